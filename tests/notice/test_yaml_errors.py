"""What is not YAML is told in the words of an author, where the fault begins."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from notifier.notice import yaml_tree
from notifier.notice.faults import Findings

INDENT = "indent it with as many blanks as the keys beside it"
QUOTES = "put the whole text into quotes; a quote inside is written twice"


def told(text: str) -> tuple[str, str, str | None]:
    """Return place, message and hint of the one problem in *text*."""
    findings = Findings("x.yaml", "notice")
    yaml_tree.parse(text, findings)
    (problem,) = findings.problems()
    place = str(problem.place).removeprefix("x.yaml:")
    return place, problem.message.removeprefix("not YAML: "), problem.hint


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("title:Foo\na: b\n", "1:1", "no blank behind 'title:'", "write 'title: Foo'"),
        ("a: b\nurl:https://x.de\nc: d\n", "2:1", "no blank behind 'url:'", None),
        ("a: 1\nfoo\nb: 2\n", "2:1", "'foo' without a key", None),
        (
            "a: 1\n\n b: 2\n",
            "3:2",
            "a key further to the right than those above",
            INDENT,
        ),
        *(
            (text, place, "a line that is not indented like those above", INDENT)
            for text, place in [
                ("a:\n  b: 1\n c: 2\n", "3:2"),
                (" a: 1\nb: 2\n", "2:1"),
                ("a: 1\n # c\n b: 2\n", "3:2"),
                ("- a\nb: c\n", "2:1"),
            ]
        ),
        ("a: x: y\n", "1:5", "a second ': ' in one line", None),
        ("a: {b: 1\nc: 2\nd: 3\n", "1:4", "'{' is not closed", None),
        ("a: [x, y\nb: c\n", "1:4", "'[' is not closed", None),
        ("b: c\na: 'x\nb: c\n", "2:4", '"\'" is not closed', None),
        ('a: "x\n', "1:4", "'\"' is not closed", None),
        ("a: {x} y\n", "1:8", "'y' behind the end", QUOTES),
        ("a: 'it's'\n", "1:8", '"s\'" behind the end', QUOTES),
        ("a: - b\n", "1:4", "a list item behind a key", None),
        ('a: "\\q"\n', "1:5", "a backslash that stands for no character", None),
        ("a: 1\n\tb: c\n", "2:1", "a tab", "indent with blanks, not tabs"),
        ("{", "1:2", "the file ends too early", "close each bracket and quote"),
        ("a: {b: c d: e}\n", "1:11", None, None),
        *(
            (f"a: {sign} x\n", "1:4", f"{sign!r} begins something else than a text", "")
            for sign in "@`%&*|>]}"
        ),
    ],
)
def test_a_slip_is_told_where_it_began(
    text: str, place: str, message: str | None, hint: str | None
) -> None:
    where, what, how = told(text)

    assert (where, what if message else None) == (place, message)
    assert how is not None
    assert hint in (None, "", how)
    assert hint != "" or how == f"put a text that begins with {text[3]!r} into quotes"


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="a: '\"{}[],-#&*!|>@%`\\\n\t?", max_size=30))
def test_whatever_is_no_yaml_has_one_syntax_problem_inside_the_text(text: str) -> None:
    findings = Findings("x.yaml", "notice")
    yaml_tree.parse(text, findings)
    try:
        list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError:
        last = list(findings.problems())[-1]
        assert last.rule in ("yaml/syntax", "yaml/documents")
        assert last.place is not None
        assert 1 <= (last.place.line or 0) <= text.count("\n") + 1


def test_a_slip_behind_a_million_empty_lines_is_told_at_once() -> None:
    start = time.process_time()

    where, _, _ = told("a: 1\n" + "\n" * 1_000_000 + " b: 2\n")

    assert where == "1000002:2"
    assert time.process_time() - start < 5
