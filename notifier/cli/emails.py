"""Write every contact's message."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from notifier.cli.options import notice_argument, now_option
from notifier.cli.problems import report
from notifier.cli.progress import progress
from notifier.notice import read_notice
from notifier.outputs.emails import Emails, write_emails
from notifier.outputs.mail.due import DOCUMENTS, EmailRequest
from notifier.outputs.mail.outbox import FORMATS


def _customers(
    ctx: click.Context, param: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the ids of customers written as `ID` or `customer=ID`."""
    return tuple(each.removeprefix("customer=") for each in value)


@click.command(
    epilog="""\b
Examples:
  notifier emails sample -o outbox
  notifier emails sample --wave production-1 --to mbox --to jsonl -o mbox
  notifier emails sample --only aurora --limit 1 -o proof
  notifier emails sample --previous outbox -o next

Nothing is sent: the messages are files, and manifest.csv lists them. The folder is
written whole or not at all."""
)
@notice_argument
@click.option(
    "--document",
    "documents",
    type=click.Choice(DOCUMENTS),
    multiple=True,
    default=DOCUMENTS,
    show_default=True,
    help="What to write; repeatable.",
)
@click.option(
    "--wave",
    "waves",
    metavar="ID",
    multiple=True,
    help="About which wave, or 'none' for instances without one; repeatable. "
    "Default: all to come.",
)
@click.option(
    "--locale",
    "locales",
    metavar="TAG",
    multiple=True,
    help="To readers of which language, such as it or it-CH; repeatable. Default: all.",
)
@click.option(
    "--only",
    "customers",
    metavar="[customer=]ID",
    multiple=True,
    callback=_customers,
    help="To which customer; repeatable. Default: all.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="At most so many messages."
)
@click.option(
    "--previous",
    type=click.Path(exists=True, path_type=Path),
    metavar="MANIFEST",
    help="Refuse times that moved without a new revision since this manifest, or "
    "the folder that holds it.",
)
@click.option(
    "--to",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    default=["eml"],
    show_default=True,
    help="In which format; repeatable.",
)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default="outbox",
    show_default=True,
    help="Write into this folder.",
)
@now_option
def command(
    folder: Path,
    output: Path,
    now: datetime,
    **choices: Any,  # what EmailRequest names, already checked by Click
) -> None:
    """Write every contact's messages: HTML, plain text, calendar; and a manifest.

    NOTICE is a notice folder, the current one by default.
    """
    notice, warnings = read_notice(folder)
    with progress("messages") as advance:
        emails = write_emails(
            notice, EmailRequest(**choices), now=now, output=output, progress=advance
        )
    click.echo(_summary(emails, output), err=True)
    report([*warnings, *emails.problems])


def _summary(emails: Emails, output: Path) -> str:
    gone, idle = emails.written.gone, emails.unconcerned
    parts = [f"Wrote {_counted(emails.messages, 'message')} into {output}."]
    if gone:
        parts.append(f"Of the earlier output, {gone} are gone.")
    if idle:
        have = "has" if idle == 1 else "have"
        contacts = _counted(idle, "contact")
        parts.append(f"{contacts} {have} no instance to be told about.")
    return " ".join(parts)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
