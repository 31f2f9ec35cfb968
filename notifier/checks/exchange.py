"""Write a report for other programs: JUnit XML for builds, SARIF for code hosts."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from posixpath import join, normpath
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from notifier.checks.rule_book import GROUPS, RuleNote, group_of, is_checked
from notifier.checks.run import NOT_CHECKED, Finding, Report
from notifier.errors import Place, Problem

_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
# XML 1.0 §2.2: no other character may stand in it.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report_junit(
    report: Report, book: Mapping[str, RuleNote], *, strict: bool = False
) -> str:
    """Return *report* as JUnit XML: a suite per group, a test case per rule.

    Errors are failures, and so are warnings if *strict*; else they are told in
    `system-out`. What is waived is skipped, and what perhaps was not checked.
    """
    by_rule: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_rule.setdefault(finding.problem.rule, []).append(finding)
    root = ElementTree.Element("testsuites")
    told: list[str] = []
    for group in GROUPS:
        suite = ElementTree.SubElement(root, "testsuite", name=group)
        cases = [
            _case(suite, rule, by_rule, strict=strict)
            for rule in book
            if group_of(rule) == group
            and (rule in by_rule or (is_checked(rule) and report.is_about(rule)))
        ]
        suite.attrib |= _counts(cases)
        suite.set("timestamp", report.now.strftime("%Y-%m-%dT%H:%M:%S"))
        if not cases:
            root.remove(suite)
        told += cases
    root.attrib |= {"name": "notifier check", **_counts(told)}
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _counts(cases: Sequence[str]) -> dict[str, str]:
    return {
        "tests": str(len(cases)),
        "failures": str(cases.count("failure")),
        "errors": "0",
        "skipped": str(cases.count("skipped")),
        "time": "0",
    }


def _case(
    suite: ElementTree.Element,
    rule: str,
    by_rule: Mapping[str, Sequence[Finding]],
    *,
    strict: bool,
) -> str:
    """Add the test case of *rule* to *suite*; return how it ended."""
    case = ElementTree.SubElement(
        suite, "testcase", classname=f"notifier.{group_of(rule)}", name=rule, time="0"
    )
    findings = by_rule.get(rule, ())
    counting = [finding.problem for finding in findings if not finding.waiver]
    failures = [problem for problem in counting if strict or problem.is_error]
    waivers = [finding.waiver for finding in findings if finding.waiver]
    if failures:
        first = failures[0]
        failure = ElementTree.SubElement(case, "failure", type=str(first.severity))
        failure.set("message", _xml(first.message))
        failure.text = _told(counting)
        return "failure"
    if counting:
        ElementTree.SubElement(case, "system-out").text = _told(counting)
    elif waivers:
        why = f"waived until {waivers[0].until}: {waivers[0].reason}"
        ElementTree.SubElement(case, "skipped", message=_xml(why))
        return "skipped"
    elif NOT_CHECKED in by_rule:
        ElementTree.SubElement(case, "skipped", message="perhaps not checked")
        return "skipped"
    return "passed"


def _told(problems: Iterable[Problem]) -> str:
    return _xml("\n".join(str(problem) for problem in problems))


def _xml(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def report_sarif(
    report: Report,
    book: Mapping[str, RuleNote],
    *,
    version: str,
    folder: str = "",
) -> str:
    """Return *report* as SARIF 2.1.0; the notice *folder* stands before all paths.

    A code host shows a finding beside a line of a file; what is found in an output
    stands at the beginning of `notice.yaml`, with the output named. What is waived is
    a note, with a suppression that tells the reason.
    """
    names = list(dict.fromkeys(f.problem.rule for f in report.findings))
    index = {name: number for number, name in enumerate(names)}
    results = [_result(each, report.outputs, folder) for each in report.findings]
    alike = Counter[str]()
    for result in results:
        result["ruleIndex"] = index[result["ruleId"]]
        mark = result["partialFingerprints"]["primaryLocationLineHash"]
        alike[mark] += 1
        result["partialFingerprints"] = {
            "primaryLocationLineHash": f"{mark}:{alike[mark]}"
        }
    driver = {
        "name": "notifier check",
        "semanticVersion": version,
        "rules": [_rule(book[name]) for name in names],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    schema = f"{_SARIF}sarif-schema-2.1.0.json"
    whole = {"$schema": schema, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _rule(note: RuleNote) -> dict[str, Any]:
    level = "warning" if note.severity == "warning" else "error"
    finds = {"text": note.finds}
    return {
        "id": note.name,
        "shortDescription": finds,
        "fullDescription": finds,
        "help": {"text": note.mend},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": [note.group]},
    }


def _result(finding: Finding, outputs: Collection[str], folder: str) -> dict[str, Any]:
    problem, waiver = finding.problem, finding.waiver
    place = problem.place or Place("notice.yaml")
    output = place.path if place.path in outputs else None
    told = f"{output}: {problem.message}." if output else f"{problem.message}."
    hint = f" Hint: {problem.hint}." if problem.hint else ""
    location: dict[str, Any] = {
        "physicalLocation": _physical(Place("notice.yaml") if output else place, folder)
    }
    if output:
        location["logicalLocations"] = [{"fullyQualifiedName": output}]
    result = {
        "ruleId": problem.rule,
        "level": "note" if waiver else problem.severity.value,
        "message": {"text": f"{told}{hint}"},
        "locations": [location],
        "partialFingerprints": {"primaryLocationLineHash": _fingerprint(problem)},
    }
    if waiver:
        suppression = {"kind": "external", "justification": waiver.reason}
        result["suppressions"] = [suppression]
    return result


def _fingerprint(problem: Problem) -> str:
    """Return what *problem* keeps when lines move."""
    path = problem.place.path if problem.place else ""
    said = json.dumps([problem.rule, path, problem.message])
    return sha256(said.encode()).hexdigest()[:16]


def _physical(place: Place, folder: str) -> dict[str, Any]:
    path = quote(normpath(join(folder, place.path)), errors="surrogateescape")
    region = {"startLine": place.line or 1}
    if place.column:
        region["startColumn"] = place.column
    return {"artifactLocation": {"uri": path}, "region": region}
