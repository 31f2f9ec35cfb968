"""Check a notice before anything leaves."""

from __future__ import annotations

import pkgutil
import textwrap
from collections.abc import Callable, Mapping
from datetime import date, datetime
from importlib import import_module
from pathlib import Path, PurePosixPath

import click

from notifier import __path__, __version__
from notifier.checks.exchange import report_junit, report_sarif
from notifier.checks.formats import report_json, report_text, verdict
from notifier.checks.rule_book import (
    GROUPS,
    RuleNote,
    is_checked,
    remedies,
    rule_book,
)
from notifier.checks.run import CheckRequest, Report, check_notice
from notifier.checks.waivers import FILE, Waiver, can_be_waived
from notifier.checks.waiving import write_waiver
from notifier.cli.options import notice_argument, now_option
from notifier.cli.progress import progress
from notifier.cli.results import deliver
from notifier.errors import did_you_mean

_FILES = {
    "text": PurePosixPath("check.txt"),
    "json": PurePosixPath("check.json"),
    "junit": PurePosixPath("junit.xml"),
    "sarif": PurePosixPath("check.sarif"),
}


def _known_rules(
    ctx: click.Context, param: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    """Refuse names that are neither rules nor groups."""
    for name in value:
        if name not in GROUPS:
            _known_rule(ctx, param, name)
    return value


def _known_rule(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> str | None:
    """Refuse a name that is no rule."""
    if value is not None and value not in remedies():
        if value in GROUPS:
            raise click.BadParameter(f"{value!r} is a group; name one of its rules")
        near = did_you_mean(value, [*GROUPS, *remedies()])
        listed = near or "the reference lists all rules"
        raise click.BadParameter(f"no rule {value[:80]!r}; {listed}")
    return value


def _explain(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    """Print what a rule finds and how to mend it, or the rules of a group, and end."""
    if value is None:
        return
    if value in GROUPS:
        click.echo(f"{value}: {GROUPS[value]}.\n")
        for note in book().values():
            if note.group == value:
                click.echo(f"{note.name} ({note.severity})\n{_wrapped(note.finds)}")
        ctx.exit()
    _known_rule(ctx, param, value)
    note = book()[value]
    click.echo(f"{note.name} ({note.severity}, group {note.group})\n")
    said = [f"Finds: {note.finds}", f"Mend:  {note.mend}"]
    said += [] if can_be_waived(value) else ["It cannot be waived."]
    said += [] if is_checked(value) else ["Other commands look for it, not 'check'."]
    click.echo(
        "\n".join(textwrap.fill(line, 80, subsequent_indent=" " * 7) for line in said)
    )
    ctx.exit()


def _wrapped(text: str) -> str:
    blank = " " * 4
    return textwrap.fill(text, 80, initial_indent=blank, subsequent_indent=blank)


@click.command(
    epilog="""\b
Examples:
  notifier check sample
  notifier check sample --rule facts --rule waves/notice-period
  notifier check sample --to junit --to sarif -o reports
  notifier check --explain waves/blackout

Everything that would go out is made in memory and read back; no message is sent and
no page is written. Ends with 1 if there is an error that no waiver covers."""
)
@notice_argument
@click.option(
    "--rule",
    "rules",
    metavar="RULE|GROUP",
    multiple=True,
    callback=_known_rules,
    help="Tell only what these rules or groups of rules find; repeatable.",
)
@click.option(
    "--previous",
    type=click.Path(exists=True, path_type=Path),
    metavar="MANIFEST",
    help="Find times that moved without a new revision since this manifest of "
    "'emails', or the folder that holds it.",
)
@click.option(
    "--ignore",
    metavar="RULE",
    callback=_known_rule,
    help="Write a waiver of this rule into waivers.yaml, then check; needs --until and "
    "--reason.",
)
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The last day of the waiver.",
)
@click.option("--reason", metavar="TEXT", help="Why the problem is accepted.")
@click.option(
    "--place",
    metavar="PATH[:LINE]",
    help="Where it is accepted: a file or folder. Default: everywhere.",
)
@click.option("--strict/--no-strict", default=False, help="Take warnings for errors.")
@click.option(
    "--explain",
    metavar="RULE|GROUP",
    callback=_explain,
    expose_value=False,
    is_eager=True,
    help="Say what a rule finds and how to mend it, or list a group, and exit.",
)
@click.option(
    "--to",
    "formats",
    type=click.Choice(list(_FILES)),
    multiple=True,
    default=["text"],
    show_default=True,
    help="In which format; repeatable.",
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
    rules: tuple[str, ...],
    previous: Path | None,
    ignore: str | None,
    until: datetime | None,
    reason: str | None,
    place: str | None,
    strict: bool,
    formats: tuple[str, ...],
    output: str,
    now: datetime,
) -> None:
    """Say, before anything leaves, everything that is wrong.

    NOTICE is a notice folder, the current one by default.
    """
    waiver = _waiver(ignore, until, reason, place, today=now.date())
    if waiver:
        done = "Renewed" if write_waiver(folder, waiver, remedies()) else "Wrote"
        click.echo(f"{done} a waiver of {waiver.rule} in {folder / FILE}.", err=True)
    request = CheckRequest(rules, previous)
    with progress("messages") as advance:
        report = check_notice(folder, request, now=now, progress=advance)
    texts = _texts(report, strict=strict, folder=_inside(folder))
    # A path need not be UTF-8; XML and JSON know no other way to write it either.
    files = (
        (_FILES[name], texts[name]().encode(errors="backslashreplace"))
        for name in dict.fromkeys(formats)
    )
    deliver(files, output)
    if output != "-":
        click.echo(verdict(report, strict=strict), err=True)
    click.get_current_context().exit(int(not report.passes(strict=strict)))


def _texts(
    report: Report, *, strict: bool, folder: str
) -> Mapping[str, Callable[[], str]]:
    return {
        "text": lambda: report_text(report, strict=strict),
        "json": lambda: report_json(report, strict=strict),
        "junit": lambda: report_junit(report, book(), strict=strict),
        "sarif": lambda: report_sarif(
            report, book(), version=__version__, folder=folder
        ),
    }


def _inside(folder: Path) -> str:
    """Return the path from the current folder to *folder*, empty if it leads out."""
    here = Path.cwd()
    there = folder.resolve()
    return there.relative_to(here).as_posix() if there.is_relative_to(here) else ""


def _waiver(
    rule: str | None,
    until: datetime | None,
    reason: str | None,
    place: str | None,
    *,
    today: date,
) -> Waiver | None:
    """Return the waiver that is asked for; its parts make sense together only."""
    if rule is None:
        if until or reason or place:
            raise click.UsageError("--until, --reason and --place are for --ignore.")
        return None
    if until is None or not reason or not reason.strip():
        raise click.UsageError("--ignore needs --until DATE and --reason TEXT.")
    if until.date() < today:
        raise click.UsageError(f"--until {until.date()} has passed already.")
    if not can_be_waived(rule):
        raise click.UsageError(f"{rule} cannot be waived.")
    return Waiver(rule, until.date(), reason, place or "")


def book() -> Mapping[str, RuleNote]:
    """Return the notes of all rules, with what the modules say of them."""
    return rule_book(registries())


def registries() -> Mapping[str, str]:
    """Return what each rule finds, from the `RULES` of all modules."""
    meanings: dict[str, str] = {}
    for module in pkgutil.walk_packages(__path__, "notifier."):
        try:
            meanings |= getattr(import_module(module.name), "RULES", {})
        except ImportError:
            continue  # an extra that is not installed
    return meanings
