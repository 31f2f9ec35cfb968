"""A report is text for people, and JSON, JUnit and SARIF for programs."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
from lxml import etree
from notices import NOW, check, edit, override, tiny_notice

from notifier.checks.exchange import report_junit, report_sarif
from notifier.checks.formats import json_schema, report_json, report_text, verdict
from notifier.checks.rule_book import GROUPS, group_of, is_checked
from notifier.checks.run import Finding, Report
from notifier.checks.waivers import Waiver
from notifier.cli.check import book
from notifier.errors import Place, Problem, Severity

pytestmark = pytest.mark.slow  # together they take seconds

VALIDATORS = Path(__file__).parents[1] / "validators"
SARIF = VALIDATORS / "node_modules" / "@microsoft" / "sarif-multitool-ts" / "assets"
RULES = ("waves/blackout", "waves/order", "waves/window-too-short", "facts/utc")
WAIVERS = """\
waivers:
  - {rule: waves/blackout, until: 2024-02-29, reason: "Ash Wednesday: agreed."}
"""
# What no file may hold as it is: a terminal, XML or UTF-8 would choke on it.
WILD = "a\x1b[31m\x00\x85\udc80\ufffe\r\n<&>\"']]>"


def finding(rule, level="error", path="waves.yaml", line=3, message="a wave is odd"):
    """Return a finding of a rule: an error, a warning, or a waived error."""
    severity = Severity.WARNING if level == "warning" else Severity.ERROR
    waiver = Waiver(rule, date(2024, 3, 5), "they know") if level == "waived" else None
    place = Place(path, line) if path else None
    return Finding(Problem(rule, message, place, "mend it", severity), waiver)


def report_of(*findings, rules=(), outputs=()):
    """Return the report of some findings."""
    levels = (
        "waived" if each.waiver else each.problem.severity.value for each in findings
    )
    return Report(
        "kestrel",
        NOW,
        rules,
        findings,
        outputs=frozenset(outputs),
        counted=Counter(levels),
    )


def junit(report, **options):
    return etree.fromstring(report_junit(report, book(), **options).encode())


def sarif(report, **options):
    return json.loads(report_sarif(report, book(), version="1.2.3", **options))


def results(report, **options):
    return sarif(report, **options)["runs"][0]["results"]


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """Return the report about a folder that breaks some rules, one of them waived."""
    folder = tiny_notice(tmp_path_factory.mktemp("broken") / "tiny")
    closed = "blackouts: [{from: 2024-03-05, to: 2024-03-06}]\n"
    edit(folder / "waves.yaml", "window: 4 hours\n", f"window: 30 minutes\n{closed}")
    (folder / "waivers.yaml").write_text(WAIVERS, "utf-8")
    override(folder, "macros/facts.md.j2", "* {{ in_utc(wave.utc) }}", "")
    return check(folder, rules=RULES)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        pytest.param("check.txt", report_text, id="text"),
        pytest.param("check.json", report_json, id="json"),
        pytest.param("junit.xml", lambda it: report_junit(it, book()), id="junit"),
        pytest.param(
            "check.sarif",
            lambda it: report_sarif(it, book(), version="1.2.3", folder="notices/a b"),
            id="sarif",
        ),
    ],
)
def test_a_broken_folder_is_reported_as_it_was_read(name, write, broken, golden):
    golden(f"checks/{name}", write(broken))


# What people read.


def test_what_stops_the_notice_comes_first():
    text = report_text(
        report_of(
            finding("waves/blackout", "waived"),
            finding("waves/order", "warning"),
            finding("mail/size", "warning"),
            finding("mail/link", path="announcement/none/it.html", line=None),
        )
    )

    assert text == (
        "mail: 1 error, 1 warning\n"
        "  announcement/none/it.html: error: a wave is odd [mail/link]\n"
        "      hint: mend it\n"
        "  waves.yaml:3: warning: a wave is odd [mail/size]\n"
        "      hint: mend it\n"
        "\n"
        "schedule: 1 warning, 1 waived\n"
        "  waves.yaml:3: warning: a wave is odd [waves/order]\n"
        "      hint: mend it\n"
        "  waves.yaml:3: waived: a wave is odd [waves/blackout]\n"
        "      until 2024-03-05: they know\n"
        "\n"
        "The notice must not go out: 1 error, 2 warnings, 1 waived.\n"
    )


@pytest.mark.parametrize(
    ("rules", "shown", "more"),
    [
        ((), 5, ["  2 errors more [waves/order]: --rule waves/order shows all"]),
        (
            ("schedule",),
            5,
            ["  2 errors more [waves/order]: --rule waves/order shows all"],
        ),
        (("waves/order",), 7, []),
    ],
    ids=["unasked", "its group", "the rule"],
)
def test_findings_alike_are_counted_unless_their_rule_is_asked_for(rules, shown, more):
    many = [finding("waves/order", line=line) for line in range(1, 8)]

    lines = report_text(report_of(*many, rules=rules)).splitlines()

    assert sum("a wave is odd" in line for line in lines) == shown
    assert [line for line in lines if "more" in line] == more


def test_a_hint_that_findings_share_stands_once_below_them():
    text = report_text(report_of(*(finding("mail/size", line=n) for n in (1, 2))))

    assert text.splitlines()[1:4] == [
        "  waves.yaml:1: error: a wave is odd [mail/size]",
        "  waves.yaml:2: error: a wave is odd [mail/size]",
        "      hint: mend it",
    ]


@pytest.mark.parametrize(
    ("levels", "rules", "strict", "said"),
    [
        ([], (), False, "The notice may go out: nothing is wrong."),
        (["warning"], (), False, "The notice may go out: 1 warning."),
        (["warning"], (), True, "The notice must not go out: 1 warning."),
        (["waived"], (), True, "The notice may go out: 1 waived."),
        (["error"], (), False, "The notice must not go out: 1 error."),
        ([], ("mail", "facts"), False, "Asked for mail, facts: nothing is wrong."),
        (["error"], ("waves",), False, "Asked for waves: 1 error."),
    ],
)
def test_the_verdict_says_whether_the_notice_may_go_out(levels, rules, strict, said):
    found = [finding("waves/order", level) for level in levels]

    assert verdict(report_of(*found, rules=rules), strict=strict) == said


def test_no_control_character_reaches_the_terminal():
    wild = report_of(finding("waves/order", path=WILD, message=WILD))

    assert "\\x1b[31m\\x00\\x85" in report_text(wild)
    assert not {"\x1b", "\x00", "\x85", "\r"} & set(report_text(wild))


# JSON.


def test_the_json_keeps_to_its_schema(broken):
    validator = jsonschema.Draft202012Validator(json_schema())

    validator.check_schema(json_schema())
    for report in (
        broken,
        report_of(),
        report_of(finding("check/not-checked", path="")),
    ):
        validator.validate(json.loads(report_json(report)))


def test_the_json_says_whether_warnings_stop_the_notice():
    report = report_of(finding("waves/order", "warning"))

    told = [json.loads(report_json(report, strict=each)) for each in (False, True)]

    assert [each["passes"] for each in told] == [True, False]


# JUnit.


@pytest.mark.parametrize("dialect", ["Any-JUnit", "PyTest-JUnit"])
@pytest.mark.parametrize("strict", [False, True], ids=["lenient", "strict"])
def test_the_junit_file_keeps_to_the_schemas_of_its_readers(dialect, strict, broken):
    pytest.importorskip("pyEDAA.Reports", reason="needs pyedaa-reports")
    schemas = resources.files("pyEDAA.Reports") / "Resources"
    text = (schemas / f"{dialect}.xsd").read_bytes()
    schema = etree.XMLSchema(etree.fromstring(text))

    schema.assertValid(junit(broken, strict=strict))


def test_each_rule_is_a_test_case_of_its_group():
    root = junit(report_of(finding("waves/order")))

    cases = [
        (case.getparent().get("name"), case.get("name"))
        for case in root.iter("testcase")
    ]
    assert sorted(cases) == sorted(
        (group_of(rule), rule) for rule in book() if is_checked(rule)
    )
    assert [suite.get("name") for suite in root] == list(GROUPS)


@pytest.mark.parametrize(
    ("levels", "strict", "parts"),
    [
        ([], False, []),
        (["error"], False, ["failure"]),
        (["warning"], False, ["system-out"]),
        (["warning"], True, ["failure"]),
        (["waived"], True, ["skipped"]),
        (["waived", "warning"], False, ["system-out"]),
        (["waived", "warning", "error"], False, ["failure"]),
    ],
    ids=lambda value: "+".join(map(str, value)) if isinstance(value, list) else None,
)
def test_a_test_case_fails_with_errors(levels, strict, parts):
    found = [finding("waves/order", level, line=n) for n, level in enumerate(levels, 1)]

    root = junit(report_of(*found), strict=strict)

    (case,) = root.xpath("//testcase[@name='waves/order']")
    assert [part.tag for part in case] == parts
    assert [root.get("failures"), root.get("skipped")] == [
        str(parts.count("failure")),
        str(parts.count("skipped")),
    ]


def test_a_failure_lists_all_that_is_not_waived():
    found = [
        finding("mail/size", level, line=number)
        for number, level in enumerate(("waived", "warning", "error"), 1)
    ]

    (failure,) = junit(report_of(*found)).iter("failure")

    assert failure.text.splitlines()[::2] == [
        "waves.yaml:2: warning: a wave is odd [mail/size]",
        "waves.yaml:3: error: a wave is odd [mail/size]",
    ]


def test_what_may_not_have_been_checked_does_not_pass():
    aside = finding("check/not-checked", "warning", path="")

    root = junit(report_of(finding("yaml/syntax"), aside))

    quiet = [case for case in root.iter("testcase") if not len(case)]
    assert quiet == []


def test_the_junit_file_of_some_rules_has_no_others():
    root = junit(report_of(rules=("waves/order", "privacy")))

    names = {case.get("name") for case in root.iter("testcase")}
    assert {name for name in names if group_of(name) != "privacy"} == {"waves/order"}


def test_junitparser_reads_the_same_numbers(broken, tmp_path):
    junitparser = pytest.importorskip("junitparser", reason="needs junitparser")
    path = tmp_path / "junit.xml"
    path.write_text(report_junit(broken, book()), "utf-8")

    read = junitparser.JUnitXml.fromfile(str(path))

    cases = [case for suite in read for case in suite]
    failed = sorted(case.name for case in cases if case.is_failure)
    assert (read.tests, read.failures, read.skipped) == (
        len(cases),
        len(failed),
        sum(case.is_skipped for case in cases),
    )
    assert failed == sorted(
        {f.problem.rule for f in broken.findings if f.problem.is_error and not f.waiver}
    )


def test_a_wild_character_spoils_no_junit_file():
    wild = report_of(
        finding("waves/order", path=WILD, message=WILD),
        Finding(Problem("mail/size", "x"), Waiver("mail/size", date(2024, 3, 5), WILD)),
    )

    failure, skipped = (next(junit(wild).iter(tag)) for tag in ("failure", "skipped"))

    assert failure.get("message").startswith("a\ufffd[31m\ufffd\x85\ufffd\ufffd")
    assert failure.get("message").endswith("<&>\"']]>")
    assert skipped.get("message").endswith("<&>\"']]>")


# SARIF.


@pytest.mark.slow
def test_the_sarif_file_keeps_to_its_schema(broken):
    if not SARIF.is_dir():
        pytest.skip("needs `npm ci` in tests/validators")
    schema = json.loads((SARIF / "sarif-2.1.0.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)

    for report in (broken, report_of(), report_of(finding("yaml/syntax", path=""))):
        validator.validate(sarif(report))
    spoilt = sarif(broken)
    spoilt["runs"][0]["results"][0]["level"] = "grave"
    assert not validator.is_valid(spoilt)


@pytest.mark.parametrize(
    ("path", "line", "folder", "uri", "start", "output"),
    [
        ("waves.yaml", 7, "", "waves.yaml", 7, None),
        ("waves.yaml", 7, "notices/März", "notices/M%C3%A4rz/waves.yaml", 7, None),
        ("../notifier.yaml", 7, "notices/a", "notices/notifier.yaml", 7, None),
        ("a b:c#?.csv", None, "", "a%20b%3Ac%23%3F.csv", 1, None),
        (
            "out/it/page.md",
            None,
            "notices/a",
            "notices/a/notice.yaml",
            1,
            "out/it/page.md",
        ),
        ("", None, "notices/a", "notices/a/notice.yaml", 1, None),
    ],
    ids=["file", "folder", "shared", "signs", "output", "nowhere"],
)
def test_a_result_stands_in_a_file_that_a_code_host_can_show(
    path, line, folder, uri, start, output
):
    found = finding("waves/order", path=path, line=line)

    (result,) = results(report_of(found, outputs=["out/it/page.md"]), folder=folder)

    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": uri},
        "region": {"startLine": start},
    }
    named = [{"fullyQualifiedName": output}] if output else None
    assert location.get("logicalLocations") == named
    said = "a wave is odd. Hint: mend it."
    assert result["message"]["text"] == (f"{output}: {said}" if output else said)


def test_a_result_is_known_again_when_its_line_moves():
    def prints(*lines):
        found = [finding("waves/order", line=line) for line in lines]
        return [each["partialFingerprints"] for each in results(report_of(*found))]

    before, after = prints(3, 9), prints(5, 12)

    assert before == after
    assert before[0] != before[1]


def test_what_is_waived_is_a_suppressed_note():
    levels = ("error", "warning", "waived")

    told = results(report_of(*(finding("mail/size", each) for each in levels)))

    assert [each["level"] for each in told] == ["error", "warning", "note"]
    assert [each.get("suppressions") for each in told] == [
        None,
        None,
        [{"kind": "external", "justification": "they know"}],
    ]


def test_each_rule_of_a_result_is_described():
    report = report_of(
        finding("mail/size"), finding("waves/order"), finding("mail/size")
    )

    (run,) = sarif(report)["runs"]

    rules = run["tool"]["driver"]["rules"]
    assert [each["id"] for each in rules] == ["mail/size", "waves/order"]
    assert [each["ruleIndex"] for each in run["results"]] == [0, 1, 0]
    assert all(
        each["help"]["text"] and each["fullDescription"]["text"] for each in rules
    )
