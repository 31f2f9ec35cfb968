"""Each rule of the dialect finds its fault and nothing else, whatever comes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.checks.rule_book import remedies
from notifier.content.dialect import escape_plain, normalize_markdown, tidy
from notifier.content.dialect.lint import LINT_RULES, Finding, lint
from notifier.content.dialect.lint_page import RULES, lint_problems
from notifier.errors import Place, Problem, Severity
from tests.content.lint_samples import MATTER, SAMPLES, TOP

every_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each.id)


@every_sample
def test_a_page_that_breaks_a_rule_is_told_that_rule_alone(sample):
    found = {each.rule for each in lint(sample.bad)}

    assert found == {sample.rule, *sample.also}


@every_sample
def test_a_page_that_just_keeps_a_rule_is_told_nothing(sample):
    assert lint(sample.good) == ()


def test_every_rule_has_a_sample():
    assert {sample.rule for sample in SAMPLES} == set(LINT_RULES)


def test_the_documented_severities_are_those_of_the_findings():
    said = {rule for rule, (severity, _) in remedies().items() if severity == "warning"}

    warned = {
        f"dialect/{each.rule.lower()}"
        for sample in SAMPLES
        for each in lint(sample.bad)
        if each.severity is Severity.WARNING
    }
    assert {rule for rule in said if rule in RULES} == warned


def test_findings_come_by_line_each_with_fact_and_hint():
    page = f"{TOP}One..\n\n## Part {{#mail}}\n\n* **5%**로\n"

    assert lint(page) == (
        Finding(
            "typography",
            7,
            "'..' would be set as other characters",
            "put a backslash before each, or write the character that you mean",
            Severity.WARNING,
        ),
        Finding(
            "AM022",
            9,
            "the anchor 'mail' also stands in line 5",
            "rename one of them",
            Severity.ERROR,
        ),
        Finding(
            "bold-edge",
            11,
            "the bold at '**5%**로' is open",
            "put &#x200B; between its asterisks and a letter, or close it",
            Severity.ERROR,
        ),
    )


def test_problems_stand_at_their_lines_under_rules_that_are_listed():
    page = f"{TOP}[a](http://example.com)\n"

    problems = lint_problems(page, "docs/en/mail.md")

    assert problems == (
        Problem(
            "dialect/link-scheme",
            "the address 'http://example.com' is not https",
            Place("docs/en/mail.md", 7),
            "give an https, a mailto or a relative address",
            Severity.WARNING,
        ),
    )
    assert [*RULES] == [f"dialect/{name.lower()}" for name in LINT_RULES]


@pytest.mark.parametrize(
    ("lang", "length"),
    [("en", 60), ("en-GB", 60), ("de", 120), (None, 120)],
    ids=["English", "British English", "translated", "unknown"],
)
def test_the_title_may_be_longer_in_a_translation(lang, length):
    def rules(size):
        page = TOP.replace("title: New mail service", f"title: {'x' * size}")
        return [each.rule for each in lint(f"{page}Text.\n", lang=lang)]

    assert (rules(length), rules(length + 1)) == ([], ["title-length"])


@pytest.mark.parametrize(
    "fence",
    ["```", "````", "~~~", "* Item\n\n  ```", ">[!NOTE]\n>\n>```"],
    ids=["backticks", "four", "tildes", "in a list", "in an alert"],
)
def test_fenced_code_is_not_judged(fence):
    *above, last = fence.split("\n")
    lead = last.rstrip("`~")
    faults = ("#x", "**a", "{b}", "<c>", "[d](e", "> [!NOTE]", "- f..", "g\n", "| h")
    code = "\n".join(f"{lead}{line}".rstrip() for line in "\n".join(faults).split("\n"))
    page = "\n".join([*above, last, code, last])

    assert lint(f"{TOP}{page}\n") == ()


def test_code_in_a_line_is_not_judged():
    assert lint(f"{TOP}Write ``{{a}} ` **b <c> [d](e`` or `{{`.\n") == ()


def test_an_unusual_but_correct_page_is_told_nothing():
    page = (
        "# Title {#title}\n\n"
        "1. One\n\n"
        "   * Two\n\n"
        "     ```sh\n     curl {a}\n     ```\n\n"
        "   >[!TIP]\n   >\n   >* Three\n   >  * Four\n\n"
        "1. Five\n\n"
        "| a | b |\n| :--- | ---: |\n| `\\|` | *c* **d** |\n\n"
        '{style="table-layout:auto"}\n\n'
        "> A quotation.\n\n"
        "Snake_case, 2 * 3, a < b, AT&T, -5 °C, 10.5, “quoted” … and an end.\n"
    )

    assert lint(MATTER + page) == ()


HOSTILE = (
    *"[]{}`*<|>#+\\~_&-",
    "](",
    "[](",
    "[!DNL ",
    "**a ",
    "「**",
    "a`b``c```",
    "\\`",
    "<a ",
    "] (",
    "。 ",
    "* ",
    "[\n",
    ">[!NOTE]\n",
    "+++a\n",
    "# a {#a}\n",
    "| a |\n",
    "```\n",
    "    a\n",
)


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_hostile_pages_take_no_longer_than_their_length(piece):
    page = f"{TOP}{piece * (300_000 // len(piece))}x\n"

    begun = time.process_time()
    lint(page)

    assert time.process_time() - begun < 5


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["[", "{", "- ", "a: "])
def test_hostile_front_matter_is_a_finding(piece):
    matter = f"---\n{piece * (19_000 // len(piece))}\n---\n"

    assert lint(f"{matter}# Title {{#title}}\n")[0].rule == "front-matter"


def test_long_front_matter_is_not_read():
    matter = f"---\na: {'x' * 20_000}\n---\n"

    assert [each.message for each in lint(f"{matter}# Title {{#title}}\n")] == [
        "the front matter is longer than 20000 characters"
    ]


text = st.text(st.sampled_from("aZ1 .,;-+*_#>|~`\\[](){}<&!?@:'\"/=字。「」가%€\t\n"))


def errors(page):
    return [each for each in lint(page) if each.severity is Severity.ERROR]


@given(text)
def test_plain_text_breaks_no_rule(words):
    assert errors(f"{TOP}A {escape_plain(words, before='A ')}.\n") == []


@given(text)
def test_plain_text_in_bold_breaks_no_rule(words):
    shown = escape_plain(words).strip()

    assert errors(tidy(f"{TOP}字**（{shown}）**字\n")) == []
    assert errors(tidy(f"{TOP}€**（{shown}）**→\n")) == []


@given(st.text())
def test_whatever_comes_is_judged(words):
    assert isinstance(lint(f"{TOP}{words}"), tuple)
    assert isinstance(lint(f"---\n{words}\n---\n"), tuple)


@given(text)
def test_a_page_of_an_authors_markdown_has_the_form_of_the_dialect(words):
    page = f"{TOP}{tidy(normalize_markdown(words))}"

    form = {"MD004", "MD029", "MD030", "list-marker", "one-line", "AM018", "MD009"}
    assert {each.rule for each in lint(page)} & form == set()
