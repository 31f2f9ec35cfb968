"""Check a notice: make everything, read it back, judge it by all rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from notifier.checks.accessibility import accessibility_problems
from notifier.checks.alternatives import alternative_problems
from notifier.checks.calendar_texts import calendar_text_problems
from notifier.checks.evidence import Evidence, Progress, gather
from notifier.checks.facts import (
    calendar_problems,
    letter_problems,
    text_problems,
)
from notifier.checks.links import link_problems
from notifier.checks.mail import mail_problems
from notifier.checks.plurals import plural_problems
from notifier.checks.privacy import message_problems, public_problems
from notifier.checks.programs import program_problems
from notifier.checks.rule_book import GROUPS, group_of, remedies
from notifier.checks.schedule import schedule_problems
from notifier.checks.site_links import site_problems
from notifier.checks.statements import customer_problems, statement_problems
from notifier.checks.waivers import FILE, Waiver, read_waivers, waiver_problems
from notifier.checks.waves_told import wave_problems
from notifier.checks.words import dialect_problems, language_problems
from notifier.errors import NotifierError, Problem, Severity, in_order
from notifier.notice import read_notice
from notifier.zones import load_zone

# Each says what it finds in the evidence, and what remains unchecked where it fails.
CHECKS: tuple[tuple[str, Callable[[Evidence], Iterable[Problem]]], ...] = (
    ("the schedule", schedule_problems),
    ("the facts in texts", text_problems),
    ("the facts in messages", letter_problems),
    ("the links", link_problems),
    ("the formats of documents", alternative_problems),
    ("what is told of waves", wave_problems),
    ("the facts for programs", program_problems),
    ("the links of the web site", site_problems),
    ("the statements in texts", statement_problems),
    ("the names of customers", customer_problems),
    ("the calendars", calendar_problems),
    ("the texts of calendars", calendar_text_problems),
    ("the translations", language_problems),
    ("the plurals of templates", plural_problems),
    ("the dialect", dialect_problems),
    ("the messages", mail_problems),
    ("accessibility", accessibility_problems),
    ("the public names", public_problems),
    ("the names in messages", message_problems),
)
# `publish` refuses what a page would call planned though it has passed.
_PAST = "waves/overdue"
NOT_CHECKED = "check/not-checked"
# Only a comparison with an earlier run can find it.
_MOVED = "emails/moved-without-revision"


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What to check: all rules, or those named, each a rule or a group.

    *previous* is the manifest of an earlier run of `emails`, or its folder.
    """

    rules: tuple[str, ...] = ()
    previous: Path | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem in its group, and the waiver that holds for it."""

    problem: Problem
    waiver: Waiver | None = None

    @property
    def group(self) -> str:
        """Return the group of the rule."""
        return group_of(self.problem.rule)


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, by group and place, and how much was read.

    *rules* are those that were asked for, none for all. *documents* and *calendars*
    were read back, *letters* of *messages* read in full; *languages* is the number of
    locales, *outputs* are the paths of what was made, which no file of the folder has.
    """

    notice: str
    now: datetime
    rules: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    outputs: frozenset[str] = frozenset()
    documents: int = 0
    calendars: int = 0
    letters: int = 0
    messages: int = 0
    languages: int = 0
    counted: Counter[str] = field(default_factory=Counter)

    def passes(self, *, strict: bool = False) -> bool:
        """Tell whether the notice may go out; *strict* takes warnings for errors."""
        return not (self.counted["error"] or (strict and self.counted["warning"]))

    def is_about(self, rule: str) -> bool:
        """Tell whether *rule* was asked for, by its name or group."""
        return not self.rules or rule in self.rules or group_of(rule) in self.rules


def check_notice(
    folder: Path,
    request: CheckRequest,
    *,
    now: datetime,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Return all that is wrong with the notice *folder* at *now*; nothing is written.

    What cannot be made is said, and the rest is checked nevertheless.
    """
    waivers, problems = read_waivers(folder, remedies())
    found = [*problems]
    evidence: Evidence | None = None
    try:
        notice, warnings = read_notice(folder)
        evidence = gather(notice, now=now, previous=request.previous, progress=progress)
        found += [*warnings, *evidence.problems, *_judged(evidence)]
    except NotifierError as error:
        found += [*error.problems, _unchecked("all but the folder")]
    found = [*map(_strict, in_order(found))]
    today = now.astimezone(load_zone(_zone_of(evidence))).date()
    idle = {_MOVED} if request.previous is None else set()
    if any(problem.rule == NOT_CHECKED for problem in found):
        idle |= set(remedies())
    found += waiver_problems(waivers, found, today=today, idle=idle)
    valid = [waiver for waiver in waivers if today <= waiver.until]
    findings = tuple(
        Finding(problem, next((w for w in valid if w.covers(problem)), None))
        for problem in _chosen(found, request.rules)
    )
    report = Report(folder.resolve().name, now, request.rules, findings)
    return _counted(report, evidence)


def _judged(evidence: Evidence) -> Iterator[Problem]:
    for what in evidence.unchecked:
        yield _unchecked(what)
    for what, find in CHECKS:
        try:
            yield from find(evidence)
        except NotifierError as error:
            yield from error.problems
            yield _unchecked(what)


def _unchecked(what: str) -> Problem:
    hint = "mend the errors, then check again"
    message = f"not checked: {what}"
    return Problem(NOT_CHECKED, message, None, hint, Severity.WARNING)


def _strict(problem: Problem) -> Problem:
    is_past = problem.rule == _PAST
    return replace(problem, severity=Severity.ERROR) if is_past else problem


def _zone_of(evidence: Evidence | None) -> str:
    schedule = evidence.notice.schedule if evidence else None
    return schedule.timezone if schedule else "UTC"


def _chosen(problems: Iterable[Problem], rules: Collection[str]) -> tuple[Problem, ...]:
    """Return the *problems* of *rules*, by group.

    Errors of waivers always count, and so does every error where something could not
    be checked: it may hide what was asked for.
    """
    everything = tuple(problems)
    is_complete = all(problem.rule != NOT_CHECKED for problem in everything)
    kept = [
        problem
        for problem in everything
        if not rules
        or problem.rule in rules
        or group_of(problem.rule) in rules
        or (problem.is_error and not is_complete)
        or (problem.is_error and _is_of_waivers(problem))
        or problem.rule == NOT_CHECKED
    ]
    order = list(GROUPS)

    def rank(problem: Problem) -> tuple[int, bool]:
        is_aside = problem.rule == NOT_CHECKED
        return order.index(group_of(problem.rule)), is_aside

    return tuple(sorted(in_order(kept), key=rank))


def _is_of_waivers(problem: Problem) -> bool:
    is_in_file = problem.place is not None and problem.place.path == FILE
    return is_in_file or problem.rule.startswith("check/")


def _counted(report: Report, evidence: Evidence | None) -> Report:
    """Return *report* with how much was found and read."""
    counted = Counter(
        "waived" if finding.waiver else finding.problem.severity.value
        for finding in report.findings
    )
    if evidence is None:
        return replace(report, counted=counted)
    return replace(
        report,
        notice=evidence.notice.id,
        outputs=frozenset(_outputs(evidence)),
        documents=len(evidence.documents),
        calendars=len(evidence.calendars),
        letters=len(evidence.letters),
        messages=evidence.mailing.total,
        languages=len(evidence.notice.locales),
        counted=counted,
    )


def _outputs(evidence: Evidence) -> Iterator[str]:
    yield from (output.path for output in evidence.documents)
    yield from (path for path, _, _ in evidence.calendars)
    for letter in evidence.letters:
        yield from (letter.path, letter.html.path, letter.text.path)
