"""Each fault of a folder is one problem at its own place, with value and hint."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

import pytest
from notice_folders import CONTACTS, FULL, NOTICE, Write, lines_of, problems_of

from notifier import notice as room
from notifier.errors import NotifierError, Place, Severity
from notifier.notice import json_schema, read_notice
from notifier.notice.rules import RULES
from notifier.planning import RULES as PLANNING_RULES

# Blocks of `=== file`, its content, `---`, the problems. With `+` the content stands
# behind a good notice; other files stand beside whole, good ones.
TABLE = Path(__file__).with_name("problems.txt").read_text("utf-8")
ROWS = [
    (name.strip(), content, expected.strip())
    for block in TABLE.split("=== ")[1:]
    for name, _, rest in [block.partition("\n")]
    for content, _, expected in [rest.partition("---\n")]
]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    ROWS,
    ids=[f"{name}: {content[:50]!r}" for name, content, _ in ROWS],
)
def test_a_fault_is_told_with_its_place_value_and_hint(
    write: Write, name: str, content: str, expected: str
) -> None:
    if name == "notice.yaml + others":
        files = {**FULL, "notice.yaml": NOTICE + content}
    elif name == "notice.yaml +":
        files = {"notice.yaml": NOTICE + content}
    elif name == "waves.yaml":
        files = {"notice.yaml": NOTICE, name: content}
    else:
        files = {**FULL, name: content}

    problems = problems_of(write(files))

    assert "\n".join(str(problem) for problem in problems) == expected
    assert {problem.rule for problem in problems} <= RULES.keys()


def test_the_small_folder_is_clean(write: Write) -> None:
    assert problems_of(write(dict(FULL))) == ()


def test_problems_of_all_files_are_told_at_once(write: Write) -> None:
    files: dict[str, str | bytes] = {
        "../notifier.yaml": "fallback: never\n",
        "notice.yaml": NOTICE.replace("upgrade", "upgrad"),
        "waves.yaml": "zone: UTC\n",
        "customers.csv": "customer,nam\n",
        "instances.csv": "instance,customer\n,acme\n",
        "contacts.csv": b"customer,name,email\nacme,\xff,a@example.com\n",
    }

    places = [str(problem.place) for problem in problems_of(write(files))]

    assert [place for place in places if ":" in place] == [
        "../notifier.yaml:1:11",
        "contacts.csv:2",
        "customers.csv:1",
        "instances.csv:2",
        "notice.yaml:2:7",
        "waves.yaml:1:1",
    ]


def test_a_fault_in_a_default_stands_in_the_defaults_file(write: Write) -> None:
    files = {
        "../notifier.yaml": "brand: {color: red}\nsupport: {name: Us, url: x}\n",
        "notice.yaml": NOTICE + "brand: {logo_alt: Us}\n",
    }

    assert [(p.rule, p.place) for p in problems_of(write(files))] == [
        ("notice/color", Place("../notifier.yaml", 1, 16))
    ]


def test_defaults_are_merged_key_by_key_and_lists_replaced(write: Write) -> None:
    defaults = "publisher: {site: 'https://a.example.com'}\nlocales: [en, it]\n"
    files = {"../notifier.yaml": defaults, "notice.yaml": NOTICE + "locales: [fr]\n"}

    notice, _ = read_notice(write(files))

    assert (notice.publisher.name, notice.publisher.site, notice.locales) == (
        "Adobe",
        "https://a.example.com",
        ("fr",),
    )


@pytest.mark.parametrize("name", [*FULL, "../notifier.yaml"])
def test_an_unreadable_file_is_a_problem(write: Write, name: str) -> None:
    folder = write({key: text for key, text in FULL.items() if key != name})
    (folder / name).mkdir()

    assert [p.rule.split("/")[1] for p in problems_of(folder) if p.is_error] == [
        "unreadable"
    ]


@pytest.mark.parametrize("target", ["/etc/hostname", "notice.yaml", "nowhere"])
def test_a_link_out_of_the_folder_or_to_itself_is_refused(
    write: Write, target: str
) -> None:
    folder = write({})
    (folder / "notice.yaml").symlink_to(target)

    assert [problem.rule for problem in problems_of(folder)] == ["notice/unreadable"]


def test_a_pipe_is_refused_and_not_waited_for(write: Write) -> None:
    folder = write({"notice.yaml": NOTICE})
    os.mkfifo(folder / "contacts.csv")

    assert [problem.rule for problem in problems_of(folder)] == ["contacts/unreadable"]


@pytest.mark.parametrize("name", ["nowhere", "file", "a" * 5000, "nul\0"])
def test_what_is_not_a_folder_is_a_problem(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(NotifierError) as caught:
        read_notice(tmp_path / name)

    assert [problem.rule for problem in caught.value.problems] == ["notice/folder"]


def test_a_logo_is_a_picture_of_the_folder(write: Write) -> None:
    files: dict[str, str | bytes] = {
        "notice.yaml": NOTICE + "brand: {logo: a.png}\n",
        "a.png": b"\x89PNG\r\n\x1a\n...",
    }
    folder = write(files)

    assert read_notice(folder)[0].brand.logo == folder / "a.png"

    (folder / "a.png").write_bytes(b"<svg/>")
    assert lines_of(folder) == [
        "notice.yaml:6:15: error: 'a.png' holds another kind of file [notice/logo]"
        " | save it as PNG, JPEG or GIF"
    ]


def test_a_logo_of_the_defaults_lies_beside_them(write: Write, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "../notifier.yaml": "brand: {logo: a.png}\n",
        "notice.yaml": NOTICE,
        "../a.png": b"\x89PNG\r\n\x1a\n...",
    }

    notice, _ = read_notice(write(files))

    assert notice.brand.logo == tmp_path.resolve() / "a.png"
    (tmp_path / "a.png").rename(tmp_path / "folder" / "a.png")
    assert lines_of(notice.folder) == [
        "../notifier.yaml:1:15: error: there is no file 'a.png' [notice/logo]"
        " | put it beside the file that names it"
    ]


def test_broken_defaults_hide_only_what_seems_to_be_missing(write: Write) -> None:
    more = "reeson: x\nbrand: {color: red}\nfaq: [{question: Why?}]\nchanges: [{}]\n"
    files = {
        "../notifier.yaml": "publisher: {name: [\n",
        "notice.yaml": NOTICE.replace("publisher: {name: Adobe}\n", "") + more,
        "contacts.csv": "customer,name,Mail\nacme,A,a@example.com\n",
    }

    assert [(p.rule, str(p.place)) for p in problems_of(write(files))] == [
        ("yaml/syntax", "../notifier.yaml:2:1"),
        ("notice/unknown-key", "notice.yaml:5:1"),
        ("notice/color", "notice.yaml:6:16"),
        ("notice/question", "notice.yaml:7:7"),
        ("notice/missing", "notice.yaml:8:11"),
        ("notice/missing", "notice.yaml:8:11"),
    ]


@pytest.mark.parametrize(
    ("table", "rules"),
    [
        ("customer,name,Mail\nacme,,a\n", []),
        ("customer,name,email,Zone\nacme,,a@example.com,UTC\n", []),
        ("customer,name\nacme,A\n", ["csv/missing-column"]),
        (
            "customer,name,email,locale,timezone,team\nacme,,a@example.com,it,UTC,x\n",
            ["contacts/missing-value"],
        ),
    ],
    ids=["may be mapped", "may be mapped, too", "no column left", "all columns"],
)
def test_columns_that_a_broken_notice_may_map_are_not_missed(
    write: Write, table: str, rules: list[str]
) -> None:
    files = {**FULL, "notice.yaml": "columns: {email: Mail\n", "contacts.csv": table}

    problems = problems_of(write(files))

    assert [p.rule for p in problems if p.rule != "yaml/syntax"] == rules


def test_an_unmapped_table_of_customers_makes_no_customer_unknown(write: Write) -> None:
    files = {**FULL, "notice.yaml": "a: [\n", "customers.csv": "Id,name\nacme,A\n"}

    assert [problem.rule for problem in problems_of(write(files))] == ["yaml/syntax"]


def test_what_nobody_refers_to_is_a_warning(write: Write) -> None:
    files = {**FULL, "instances.csv": "instance,customer,wave\ni1,acme,w2\n"}
    files["contacts.csv"] = CONTACTS.splitlines()[0]

    assert [(p.rule, str(p.place), p.severity) for p in problems_of(write(files))] == [
        ("contacts/no-contact", "contacts.csv", Severity.WARNING),
        ("waves/no-instances", "waves.yaml:2:5", Severity.WARNING),
    ]


def test_after_a_hundred_problems_the_rest_is_counted(write: Write) -> None:
    keys = "".join(f"key{number}: x\n" for number in range(1000))

    problems = problems_of(write({"notice.yaml": NOTICE + keys}))

    assert len(problems) == 101
    assert ("notice/more", "900 more problems are not listed") in [
        (problem.rule, problem.message) for problem in problems
    ]


def _faults_made() -> set[str]:
    folder = Path(room.__file__).parent
    calls = (
        node
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Fault"
    )
    first = (call.args[0] for call in calls)
    return {str(rule.value) for rule in first if isinstance(rule, ast.Constant)}


def test_every_rule_made_is_registered_and_every_registered_rule_made() -> None:
    made = _faults_made() | {"more", "folder", "expected", "question"}
    made |= {"empty-locale", "empty-timezone", "yaml/alias", "yaml/tag"}
    full = {rule for rule in RULES if rule.split("/")[0] in ("yaml", "csv")}
    names = {rule.split("/")[1] for rule in RULES.keys() - full}

    assert {rule for rule in made if "/" in rule} == full
    assert {rule for rule in made if "/" not in rule} == names


def test_each_rule_says_what_it_finds_as_a_part_of_a_sentence() -> None:
    sentences = [text for text in RULES.values() if text.endswith(".")]
    capitals = [text for text in RULES.values() if re.match("[A-Z][a-z]", text)]
    assert (sentences, capitals) == ([], [])


def test_a_rule_of_two_rooms_is_the_same_rule() -> None:
    shared = RULES.keys() & PLANNING_RULES.keys()

    assert shared == {
        f"waves/{n}" for n in ["duplicate", "environment", "more", "timezone"]
    }
    assert [r for r in shared if RULES[r] != PLANNING_RULES[r]] == []


def test_a_notice_that_holds_no_numbers_has_no_rule_for_them() -> None:
    assert "notice/number" not in RULES
    assert "whole number" not in str(json_schema("notice"))


@pytest.mark.parametrize(
    ("value", "rule", "column"),
    [
        ("[" * 19 + "x" + "]" * 19, "notice/type", 9),
        ("[" * 20 + "x" + "]" * 20, "yaml/too-deep", 28),
        ("[" * 5000, "yaml/too-deep", 28),
        ("[" + "x, " * 60_000 + "]", "yaml/too-large", None),
    ],
    ids=["deep enough", "one too deep", "far too deep", "too many"],
)
def test_depth_and_number_of_values_are_limited(
    write: Write, value: str, rule: str, column: int | None
) -> None:
    (problem,) = problems_of(write({"notice.yaml": f"{NOTICE}reason: {value}\n"}))

    assert problem.rule == rule
    assert problem.place is not None
    assert column in (None, problem.place.column)


@pytest.mark.parametrize("name", ["notice.yaml", "contacts.csv"])
def test_the_size_of_a_file_is_limited(write: Write, name: str) -> None:
    folder = write(dict(FULL))
    with (folder / name).open("r+b") as file:
        file.truncate(60_000_000)

    rules = [problem.rule for problem in problems_of(folder) if problem.is_error]

    assert rules == [f"{name.split('.')[0]}/too-large"]


def test_an_id_that_begins_with_a_digit_needs_an_anchor(write: Write) -> None:
    digits = NOTICE.replace("demo", "2024-demo")

    assert lines_of(write({"notice.yaml": digits})) == [
        "notice.yaml:1:9: error: '2024-demo' begins with a digit, which no anchor does"
        " [notice/id] | add 'page.anchors.title' with one that begins with a letter"
    ]
    anchored = digits + "page: {anchors: {title: demo}}\n"
    assert lines_of(write({"notice.yaml": anchored})) == []


def test_instances_name_the_environments_where_no_schedule_does(write: Write) -> None:
    files = {
        "notice.yaml": NOTICE + "notice_period: {qa: 7 days, production: 7 days}\n",
        "instances.csv": "instance,customer,environment\ni1,acme,qa\n",
    }

    assert lines_of(write(files)) == []


def test_a_folder_may_be_named_by_a_text(write: Write) -> None:
    folder = write(dict(FULL))

    assert read_notice(str(folder)) == read_notice(folder)
