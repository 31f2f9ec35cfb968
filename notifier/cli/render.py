"""Render documents of a notice."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from notifier.cli.options import notice_argument, now_option
from notifier.cli.problems import report
from notifier.cli.progress import progress
from notifier.cli.results import deliver
from notifier.content.compiler import DOCUMENTS
from notifier.notice import read_notice
from notifier.outputs.documents import render_documents
from notifier.outputs.jobs import FORMATS, RenderRequest


@click.command(
    epilog="""\b
Examples:
  notifier render sample -o out
  notifier render sample --document faq --locale it --to md -o -
  notifier render sample --document announcement --wave production-1 --locale ja
  notifier render sample --contact giulia.ferrari@aurora.example.com --to html

An earlier output in the same folder is replaced as a whole; a folder that holds
other files is refused."""
)
@notice_argument
@click.option(
    "--document",
    "documents",
    type=click.Choice(DOCUMENTS),
    multiple=True,
    help="What to render; repeatable. Default: all.",
)
@click.option(
    "--wave",
    "waves",
    metavar="ID",
    multiple=True,
    help="For which wave, or 'none' before it has one; repeatable. Default: all.",
)
@click.option(
    "--locale",
    "locales",
    metavar="TAG",
    multiple=True,
    help="In which language, such as it or pt-BR; repeatable. Default: all.",
)
@click.option(
    "--contact", metavar="EMAIL", help="As this contact of contacts.csv would read it."
)
@click.option(
    "--timezone", metavar="ZONE", help="In this zone's time. Default: the wave's."
)
@click.option(
    "--to",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    default=FORMATS,
    help="In which format; repeatable. Default: all.",
)
@click.option(
    "-o",
    "--output",
    metavar="DIR|-",
    default="out",
    show_default=True,
    help="Write into this folder; - prints the only result.",
)
@now_option
def command(
    folder: Path,
    output: str,
    now: datetime,
    **choices: Any,  # what RenderRequest names, already checked by Click
) -> None:
    """Render documents as Markdown, HTML, plain text or JSON.

    NOTICE is a notice folder, the current one by default.
    """
    notice, warnings = read_notice(folder)
    with progress("documents") as advance:
        rendering = render_documents(
            notice, RenderRequest(**choices), now=now, progress=advance
        )
    deliver(((file.path, file.text.encode()) for file in rendering.files), output)
    if rendering.sample:
        click.echo("Without --contact, the reader's values are samples.", err=True)
    report([*warnings, *rendering.problems])
