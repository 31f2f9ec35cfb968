"""Write a report as text for people, and as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from notifier.checks.rule_book import GROUPS
from notifier.checks.run import Finding, Report
from notifier.errors import Place
from notifier.outputs.json_parts import closed_object

_LEVELS = ("error", "warning", "waived")
_ORDER = {group: number for number, group in enumerate(GROUPS)}
# Of each rule, people are shown so many findings: the rest looks the same.
_SHOWN = 5
# What a terminal would act on instead of showing it.
_VISIBLE = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}


def report_text(report: Report, *, strict: bool = False) -> str:
    """Return *report* as people read it: by group, what stops the notice first.

    *strict* takes warnings for errors.
    """
    by_group = sorted(report.findings, key=lambda finding: _ORDER[finding.group])
    groups = [tuple(found) for _, found in groupby(by_group, key=lambda f: f.group)]
    lines: list[str] = []
    for found in sorted(groups, key=lambda found: min(map(_rank, found))):
        counts = _counts(Counter(map(_level, found)))
        lines += [f"{found[0].group}: {counts}", *_group(found, report.rules), ""]
    lines += [*_read_back(report), verdict(report, strict=strict)]
    return "".join(f"{line.translate(_VISIBLE)}\n" for line in lines)


def verdict(report: Report, *, strict: bool = False) -> str:
    """Return in a sentence whether the notice may go out; *strict* as above."""
    counts = _counts(report.counted) or "nothing is wrong"
    if report.rules:
        return f"Asked for {', '.join(report.rules)}: {counts}."
    may = "may" if report.passes(strict=strict) else "must not"
    return f"The notice {may} go out: {counts}."


def _level(finding: Finding) -> str:
    return "waived" if finding.waiver else finding.problem.severity.value


def _rank(finding: Finding) -> int:
    return _LEVELS.index(_level(finding))


def _group(findings: tuple[Finding, ...], asked: Collection[str]) -> Iterator[str]:
    """Yield the lines of a group; rules that were *asked* for by name show all."""
    by_rule: dict[tuple[str, str], list[Finding]] = {}
    for finding in sorted(findings, key=_rank):
        key = _level(finding), finding.problem.rule
        by_rule.setdefault(key, []).append(finding)
    for (level, rule), alike in by_rule.items():
        shown = alike if rule in asked else alike[:_SHOWN]
        for aside, some in groupby(shown, key=_aside):
            yield from map(_line, some)
            yield from [f"      {aside}"] if aside else []
        if len(alike) > len(shown):
            more = _counts({level: len(alike) - len(shown)})
            yield f"  {more} more [{rule}]: --rule {rule} shows all"


def _line(finding: Finding) -> str:
    problem = finding.problem
    where = f"{problem.place}: " if problem.place else ""
    return f"  {where}{_level(finding)}: {problem.message} [{problem.rule}]"


def _aside(finding: Finding) -> str:
    """Return what is said once below all findings that share it."""
    if waiver := finding.waiver:
        return f"until {waiver.until}: {waiver.reason}"
    return f"hint: {finding.problem.hint}" if finding.problem.hint else ""


def _read_back(report: Report) -> Iterator[str]:
    read = report.documents + report.calendars
    if read:
        messages = f"{report.letters} of {_counted(report.messages, 'message')}"
        yield (
            f"Read back: {_counted(read, 'file')} and {messages} in "
            f"{_counted(report.languages, 'language')}."
        )


def _counts(counted: Mapping[str, int]) -> str:
    counts = ((counted.get(level, 0), level) for level in _LEVELS)
    return ", ".join(
        f"{n} waived" if level == "waived" else _counted(n, level)
        for n, level in counts
        if n
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def report_json(report: Report, *, strict: bool = False) -> str:
    """Return *report* as JSON that `json_schema` describes.

    *strict* takes warnings for errors.
    """
    facts = {
        "schema": 1,
        "notice": report.notice,
        "now": report.now.isoformat(),
        "rules": list(report.rules),
        "passes": report.passes(strict=strict),
        "read": {
            "documents": report.documents,
            "calendars": report.calendars,
            "letters": report.letters,
            "messages": report.messages,
            "languages": report.languages,
        },
        "counts": {level: report.counted[level] for level in _LEVELS},
        "findings": [_finding_data(finding) for finding in report.findings],
    }
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"


def _finding_data(finding: Finding) -> dict[str, Any]:
    problem, waiver = finding.problem, finding.waiver
    return {
        "rule": problem.rule,
        "group": finding.group,
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
        "place": _place_data(problem.place),
        "waived": waiver
        and {"until": waiver.until.isoformat(), "reason": waiver.reason},
    }


def _place_data(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"path": place.path, "line": place.line, "column": place.column}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what `report_json` writes."""
    text, number = {"type": "string"}, {"type": "integer", "minimum": 0}
    line = {"type": ["integer", "null"], "minimum": 1}
    finding = closed_object(
        rule=text,
        group=_one_of(GROUPS),
        severity=_one_of(("error", "warning")),
        message=text,
        hint={"type": ["string", "null"]},
        place=_or_null(closed_object(path=text, line=line, column=line)),
        waived=_or_null(
            closed_object(until={"type": "string", "format": "date"}, reason=text)
        ),
    )
    read = ("documents", "calendars", "letters", "messages", "languages")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What `notifier check` finds",
        **closed_object(
            schema={"const": 1},
            notice=text,
            now={"type": "string", "format": "date-time"},
            rules={"type": "array", "items": text},
            passes={"type": "boolean"},
            read=closed_object(**dict.fromkeys(read, number)),
            counts=closed_object(**dict.fromkeys(_LEVELS, number)),
            findings={"type": "array", "items": finding},
        ),
    }


def _one_of(words: Iterable[str]) -> dict[str, Any]:
    return {"enum": list(words)}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}
