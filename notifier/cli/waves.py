"""Show the schedule of a notice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePosixPath

import click

from notifier.cli.options import notice_argument, now_option
from notifier.cli.problems import report
from notifier.cli.results import deliver
from notifier.errors import Problem, in_order, raise_errors
from notifier.model.notice import Notice
from notifier.model.schedule import Plan
from notifier.notice import read_notice
from notifier.outputs.schedule_json import schedule
from notifier.outputs.schedule_table import table
from notifier.planning import plan

_FILES = {
    "table": PurePosixPath("waves.txt"),
    "json": PurePosixPath("waves.json"),
    "svg": PurePosixPath("timeline.svg"),
    "ics": PurePosixPath("waves.ics"),
}


@click.command(
    epilog="""\b
Examples:
  notifier waves sample
  notifier waves sample --to json | jq '.waves[].start'
  notifier waves sample --to svg --to ics --locale it -o schedule

The table and the JSON also show a schedule that has errors; the timeline and the
calendar, which customers see, are made from a clean one only."""
)
@notice_argument
@click.option(
    "--to",
    "formats",
    type=click.Choice(list(_FILES)),
    multiple=True,
    default=["table"],
    show_default=True,
    help="In which format; repeatable.",
)
@click.option(
    "--locale",
    metavar="TAG",
    help="Language of the timeline and the calendar. Default: the notice's.",
)
@click.option(
    "--width",
    type=click.IntRange(60, 400),
    default=80,
    show_default=True,
    help="Columns of the table.",
)
@click.option(
    "-o",
    "--output",
    metavar="DIR|-",
    default="-",
    help="Write into this folder. Default: print the only result.",
)
@now_option
def command(
    folder: Path,
    formats: tuple[str, ...],
    locale: str | None,
    width: int,
    output: str,
    now: datetime,
) -> None:
    """Show the schedule: windows, instances, estimates, notify-by dates, problems.

    NOTICE is a notice folder, the current one by default.
    """
    notice, warnings = read_notice(folder)
    planned, problems = plan(notice, now=now)
    found = in_order((*warnings, *problems))
    if {"svg", "ics"} & set(formats):
        raise_errors(found)
    if notice.schedule is None:
        click.echo(f"{folder} has no waves.yaml, hence no schedule", err=True)
    tag = locale or notice.default_locale
    said: list[Problem] = []
    writers: dict[str, Callable[[], str | bytes]] = {
        "table": lambda: table(notice, planned, width=width, color=False),
        "json": lambda: schedule(notice, planned, found),
        "svg": lambda: _timeline(notice, planned, tag, said),
        "ics": lambda: _calendar(notice, planned, tag, said),
    }

    names = dict.fromkeys(formats)
    deliver(((_FILES[name], _encoded(writers[name]())) for name in names), output)
    click.get_current_context().exit(report([*found, *said]))


def _encoded(result: str | bytes) -> bytes:
    return result if isinstance(result, bytes) else result.encode()


def _timeline(notice: Notice, planned: Plan, tag: str, problems: list[Problem]) -> str:
    from notifier.outputs.pages.timeline import timeline_svg
    from notifier.outputs.schedule_words import timeline_words

    words, said = timeline_words(notice, planned, tag)
    problems.extend(said)
    return timeline_svg(notice, planned, words)


def _calendar(
    notice: Notice, planned: Plan, tag: str, problems: list[Problem]
) -> bytes:
    from notifier.outputs.schedule_words import calendar_words
    from notifier.outputs.waves_calendar import waves_ics

    words, said = calendar_words(notice, planned, tag)
    problems.extend(said)
    return waves_ics(notice, planned, words)
