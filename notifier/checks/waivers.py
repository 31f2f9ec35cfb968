"""Waivers: problems that somebody accepts until a day, with a reason.

They stand in `waivers.yaml` of the notice folder, where a reviewer sees them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from notifier.errors import (
    Place,
    Problem,
    Severity,
)
from notifier.notice.faults import BadValue, Fault, Findings, quoted
from notifier.notice.files import read_limited
from notifier.notice.values import day
from notifier.notice.yaml_tree import Node, decode, parse

RULES: Mapping[str, str] = MappingProxyType(
    {
        "check/more": "problems beyond the first hundred are only counted",
        "check/waiver": "a waiver is not a rule, a day and a reason",
        "check/waiver-expired": "the last day of a waiver has passed",
        "check/waiver-refused": "a waiver is for a rule that cannot be waived",
        "check/waiver-rule": "a waiver names a rule that does not exist",
        "check/waiver-unused": "a waiver has nothing to waive",
    }
)
FILE = "waivers.yaml"
LARGEST = 1_000_000
_KEYS = ("rule", "place", "until", "reason")


@dataclass(frozen=True, slots=True)
class Waiver:
    """A problem that does not count up to the day *until*, that day included.

    *where* is a file, a folder or `file:line`, empty for all; *place* is its own.
    """

    rule: str
    until: date
    reason: str
    where: str = ""
    place: Place | None = None

    def covers(self, problem: Problem) -> bool:
        """Tell whether this is a waiver of *problem*, whatever the day."""
        if problem.rule != self.rule:
            return False
        found = str(problem.place or "")
        inside = (f"{self.where}:", f"{self.where.rstrip('/')}/")
        return not self.where or found == self.where or found.startswith(inside)


def can_be_waived(rule: str) -> bool:
    """Tell whether a waiver may be for *rule*: nobody may waive what is another's."""
    return not rule.startswith(("privacy/", "publish/names-", "check/"))


def read_waivers(
    folder: Path, rules: Collection[str]
) -> tuple[tuple[Waiver, ...], tuple[Problem, ...]]:
    """Return the waivers of the notice *folder*, and what is wrong with them.

    *rules* are the names of all rules.
    """
    findings = Findings(FILE, "check")
    data = read_limited(folder, FILE, most=LARGEST)
    if data is None:
        return (), ()
    if isinstance(data, Fault):
        findings.add(Fault("check/waiver", data.message, data.hint))
        return (), tuple(findings.problems())
    text = decode(data, findings)
    root = parse(text, findings) if text is not None else None
    found = tuple(listed_waivers(root, findings)) if root else ()
    waivers = tuple(each for each in found if _is_usable(each, rules, findings))
    return waivers, tuple(findings.problems())


def listed_waivers(root: Node, findings: Findings) -> Iterator[Waiver]:
    """Yield the waivers of the tree *root*; what is no waiver goes to *findings*."""
    entries = root.entries or {}
    for key, node in entries.items():
        if key != "waivers":
            hint = "the only key is 'waivers'"
            fault = Fault("waiver", f"unknown key {quoted(key)}", hint)
            findings.add(fault, node.key)
    listed = entries.get("waivers")
    if listed is None or listed.is_empty:
        return
    if listed.items is None:
        hint = "write '- rule: …' items"
        _refuse(findings, "'waivers' is not a list", listed, hint)
    for item in listed.items or ():
        waiver = _waiver(item, findings)
        if waiver:
            yield waiver


def _waiver(item: Node, findings: Findings) -> Waiver | None:
    if item.entries is None:
        hint = "write '- {rule: …, until: 2024-02-06, reason: …}'"
        _refuse(findings, "a waiver is not a mapping", item, hint)
        return None
    known = {
        key: node.value.strip() for key, node in item.entries.items() if node.value
    }
    before = len(findings)
    for key, node in item.entries.items():
        if key not in _KEYS:
            hint = f"one of: {', '.join(_KEYS)}"
            fault = Fault("waiver", f"unknown key {quoted(key)}", hint, key, _KEYS)
            findings.add(fault, node.key)
    for key in ("rule", "until", "reason"):
        if not known.get(key):
            _refuse(findings, f"{key!r} is missing", item, f"add '{key}: …'")
    if len(findings) > before:
        return None
    try:
        until = day(known["until"])
    except BadValue as error:
        for fault in error.faults:
            named = replace(fault, rule="waiver")
            findings.add(named, item.entries["until"].place)
        return None
    return Waiver(
        known["rule"], until, known["reason"], known.get("place", ""), item.place
    )


def _refuse(findings: Findings, message: str, node: Node, hint: str) -> None:
    findings.add(Fault("waiver", message, hint), node.place)


def _is_usable(waiver: Waiver, rules: Collection[str], findings: Findings) -> bool:
    if waiver.rule not in rules:
        hint = "the reference lists all rules"
        message = f"no rule {quoted(waiver.rule)}"
        fault = Fault("waiver-rule", message, hint, wrong=waiver.rule, known=rules)
        findings.add(fault, waiver.place)
        return False
    if not can_be_waived(waiver.rule):
        message = f"{waiver.rule!r} cannot be waived"
        hint = "mend what it finds, and remove the waiver"
        findings.add(Fault("waiver-refused", message, hint), waiver.place)
        return False
    return True


def waiver_problems(
    waivers: Iterable[Waiver],
    problems: Collection[Problem],
    *,
    today: date,
    idle: Collection[str] = (),
) -> Iterator[Problem]:
    """Yield the *waivers* that have expired, and those without any of *problems*.

    The rules *idle* could not find all they might: their waivers may be needed.
    """
    for waiver in waivers:
        is_needed = waiver.rule in idle or any(map(waiver.covers, problems))
        if not is_needed:
            message = f"nothing to waive for {waiver.rule!r}"
            rule, hint = "check/waiver-unused", "remove the waiver"
            yield Problem(rule, message, waiver.place, hint, Severity.WARNING)
        elif today > waiver.until:
            message = f"the waiver of {waiver.rule!r} ended on {waiver.until}"
            hint = "mend what it was for, or decide again until when"
            yield Problem("check/waiver-expired", message, waiver.place, hint)
