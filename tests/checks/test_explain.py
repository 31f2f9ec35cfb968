"""Each rule can be explained: what it finds, how grave it is, how to mend it."""

from __future__ import annotations

import re
from textwrap import wrap

import pytest
from click.testing import CliRunner

from notifier.checks.rule_book import GROUPS, group_of, is_checked, remedies
from notifier.cli import main
from notifier.cli.check import book
from notifier.content.dialect import lint_rules


def explain(name):
    return CliRunner().invoke(main, ["check", "--explain", name])


@pytest.fixture(scope="module")
def notes():
    """Return the notes of all rules."""
    return book()


def test_each_rule_says_what_it_finds_and_how_to_mend_it(notes):
    severities = {"error", "warning", "by `fallback`"}

    lame = [
        name
        for name, note in notes.items()
        if not re.fullmatch(r"\S.*[^.]\.", note.finds)
        or not re.fullmatch(r"[A-Z`].*[^.]\.", note.mend)
        or note.severity not in severities
        or note.group not in GROUPS
    ]

    assert (lame, list(notes)) == ([], sorted(remedies()))


def test_each_explanation_is_readable_on_a_narrow_terminal():
    for name in remedies():
        result = explain(name)

        head, blank, *lines = result.stdout.splitlines()
        assert (result.exit_code, blank) == (0, "")
        assert head == f"{name} ({remedies()[name][0]}, group {group_of(name)})"
        assert max(map(len, lines)) <= 80
        assert lines[0].startswith("Finds: ")
        assert " ".join(lines).count("Mend:  ") == 1


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("waves/blackout", ""),
        ("publish/names-contact", "It cannot be waived."),
        ("check/waiver-unused", "It cannot be waived."),
        ("publish/exl-id", "Other commands look for it, not 'check'."),
        ("publish/same-path", ""),
    ],
)
def test_an_explanation_says_what_is_special(rule, said):
    lines = explain(rule).stdout.splitlines()

    assert [line for line in lines if line.startswith(("It ", "Other "))] == (
        [said] if said else []
    )


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_is_explained_by_its_rules(group, notes):
    text = explain(group).stdout

    named = re.findall(r"^(\w+/\S+) \((.+)\)$", text, re.MULTILINE)
    members = [note for note in notes.values() if note.group == group]
    assert text.startswith(f"{group}: {GROUPS[group]}.\n")
    assert named == [(note.name, note.severity) for note in members]
    assert max(map(len, text.splitlines())) <= 80
    assert all(wrap(note.finds, 76)[0] in text for note in members)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("waves/blackot", "did you mean 'waves/blackout'?"),
        ("facs", "did you mean 'facts'?"),
        ("xyz" * 50, "the reference lists all rules"),
    ],
)
def test_a_name_that_is_no_rule_is_refused(name, hint):
    result = explain(name)

    assert result.exit_code == 2
    assert f"no rule {name[:80]!r}; {hint}" in result.stderr


def test_each_group_has_rules_that_a_check_looks_for():
    assert {group_of(rule) for rule in remedies() if is_checked(rule)} == set(GROUPS)


@pytest.mark.parametrize("rule", lint_rules.LINT_RULES)
def test_a_rule_of_the_dialect_is_as_grave_in_the_book_as_in_the_linter(rule):
    severity = lint_rules.finding(rule, 1, "", "").severity

    assert remedies()[f"dialect/{rule.lower()}"][0] == severity
