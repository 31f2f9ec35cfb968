"""Publish notices: the docs tree and the web site."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from notifier.cli.options import now_option
from notifier.cli.problems import report
from notifier.cli.progress import progress
from notifier.errors import Problem
from notifier.outputs.publish import publish, publish_into, read_notices


@click.command(
    epilog="""\b
Examples:
  notifier publish sample -o site
  notifier publish sample --into site/docs

Several notices go into one site: 'notifier publish notices/* -o site'.

The folder of -o is written whole or not at all, and an earlier output in it is
replaced; a folder that holds other files is refused. --into replaces single pages
and entries of TOC.md, and keeps what others added to them."""
)
@click.argument(
    "folders", metavar="[NOTICE]...", nargs=-1, type=click.Path(path_type=Path)
)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write docs/ and web/ into this folder. Default: site.",
)
@click.option(
    "--into",
    "docs",
    metavar="DOCS",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Update the pages in this docs checkout, which has a folder per locale.",
)
@now_option
def command(
    folders: tuple[Path, ...], output: Path | None, docs: Path | None, now: datetime
) -> None:
    """Write the docs tree (Markdown) and the web site (HTML) of notices.

    Each NOTICE is a notice folder, the current one by default. All go into one tree,
    with one table of contents, index, feed and sitemap.
    """
    if output and docs:
        message = "-o writes a new folder, --into updates one that exists: choose one."
        raise click.UsageError(message)
    notices, warnings = read_notices(folders or (Path(),))
    if docs:
        with progress("pages") as advance:
            updated = publish_into(docs, notices, now=now, progress=advance)
        written, unchanged = len(updated.written), updated.unchanged
        said = f"Updated {_counted(written)} in {docs}; {unchanged} unchanged."
        problems: tuple[Problem, ...] = updated.problems
    else:
        target = output or Path("site")
        with progress("pages") as advance:
            done = publish(notices, now=now, output=target, progress=advance)
        gone = done.written.gone
        lost = f" Of the earlier output, {gone} are gone." if gone else ""
        said = f"Wrote {_counted(done.written.count)} into {target}.{lost}"
        problems = done.problems
    click.echo(said, err=True)
    report([*warnings, *problems])


def _counted(number: int) -> str:
    return f"{number} file{'s' * (number != 1)}"
