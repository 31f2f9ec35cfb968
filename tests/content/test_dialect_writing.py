"""Texts of authors, plain and Markdown, made Markdown of the dialect."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from notifier.content.dialect import (
    escape_plain,
    indent,
    normalize_markdown,
    parse,
    render_signature,
    tidy,
    to_html,
)

PIECES = [
    *"*_[]<>&`|#~{}!+>-\\()=.:;,?\"'/@^$%1aZ 字「é",
    *("[!NOTE]", "{#id}", '{target="_blank"}', "](http://x)", "&amp;", "<b>", "<!--"),
    *("https://a.b", "(c)", "...", "..", "--", "+++", "> ", "1. ", "- ", "# ", " #"),
    *("{{x}}", "|---|", "~~", "**", "```", "\n", "\u00a0", "[a]: b", "a@b.c", "==="),
]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join)


def words_of(source: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", source)).split())


@pytest.mark.parametrize(
    "prose",
    [
        "Maison Lumière (2024): it's 5 - 6.",
        'Save up to 50% & more… at AT&T, "today"; don\'t wait!',
        "snake_case, #3, a+b=c, ~10 minutes, -5 °C, 22:00/23:00, x@y.z",
        "Version 2.0 (beta) > 1.9; C# and F#",
        "お客様の「環境」が移行します。",
        "Waiting...",
    ],
)
def test_ordinary_prose_stays_as_it_is(prose):
    assert escape_plain(prose) == prose


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("*a*", r"\*a\*"),
        ("- a", r"\- a"),
        ("1. a", r"1\. a"),
        ("12) a", r"12\) a"),
        ("# a", r"\# a"),
        ("> a", r"\> a"),
        ("+++a", r"\+++a"),
        ("[a](b)", r"\[a\](b)"),
        ("![a]", r"\!\[a\]"),
        ("<b> &lt; a < b", r"&lt;b> &amp;lt; a < b"),
        ("{#a} {{b}}", r"\{#a} \{\{b}}"),
        ("a | b", r"a \| b"),
        ("_a_ b_c", r"\_a\_ b_c"),
        ("(c) a -- b ..", r"\(c) a -\- b .\."),
        ("a\nb\r\n c", "a b  c"),
        ("a #", r"a \#"),
        (" a ", " a "),
    ],
)
def test_what_markdown_would_read_is_escaped(text, markdown):
    assert escape_plain(text) == markdown


@pytest.mark.parametrize(
    "place",
    ["{}", "# {}", "* {}", "> {}", "a\n\n>[!NOTE]\n>\n>{}", "| a |\n|---|\n| {} |",
     "[{}](https://a.b)"],
    ids=["line", "heading", "item", "quote", "alert", "cell", "link"],
)  # fmt: skip
@given(TEXTS.filter(str.strip))
def test_escaped_text_renders_as_itself(place, text):
    around = words_of(to_html(parse(place.replace("{}", "QQQ"))))

    rendered = to_html(parse(place.replace("{}", escape_plain(text).strip())))

    assert words_of(rendered) == " ".join(around.replace("QQQ", text).split())


@pytest.mark.parametrize(
    ("written", "markdown"),
    [
        pytest.param("a\nb", "a b", id="one-line-a-paragraph"),
        pytest.param("移行\nします", "移行します", id="no-blank-in-japanese"),
        pytest.param("이메일\n전송", "이메일 전송", id="a-blank-in-korean"),
        pytest.param("a  \nb\\\nc", "a b c", id="hard-breaks"),
        pytest.param("- a\n- b", "* a\n* b", id="bullets"),
        pytest.param("+ a\n\n    b", "* a\n\n  b", id="continuation"),
        pytest.param("1) a\n2) b\n\n   c", "1. a\n\n1. b\n\n   c", id="numbers"),
        pytest.param("a\n- b\nc", "a\n\n* b c", id="blank-lines-around-lists"),
        pytest.param("Title\n===\nSub\n---", "# Title\n\n## Sub", id="underlined"),
        pytest.param("## T ##", "## T", id="closing-hashes"),
        pytest.param("## T ## {#a}", r"## T \## {#a}", id="hashes-before-an-anchor"),
        pytest.param("## T{#a}\nb", "## T {#a}\n\nb", id="anchor"),
        pytest.param("> [!note]\n> a\n> b", ">[!NOTE]\n>\n>a b", id="alert"),
        pytest.param("x\n>[!TIP] a\ny", "x\n\n>[!TIP]\n>\n>a y", id="alert-in-a-line"),
        pytest.param("> a\nb", "> a b", id="quote"),
        pytest.param("- a\n  > b\n- c", "* a\n\n  > b\n\n* c", id="room-for-a-quote"),
        pytest.param("+++ Q\na\n+++", "+++Q\n\na\n\n+++", id="collapsible"),
        pytest.param("+++ a", r"\+++ a", id="unclosed"),
        pytest.param("<b>a</b> & <https://a.b>", "&lt;b>a&lt;/b> & <https://a.b>",
                     id="tags"),
        pytest.param("{x} a{.b} {{c}}", r"\{x} a\{.b} \{\{c}}", id="braces"),
        pytest.param("{date:2023-06-30}", "{date:2023-06-30}", id="facts"),
        pytest.param('[a](b){target="_blank"} [a](b){x}',
                     '[a](b){target="_blank"} [a](b)\\{x}', id="link-attributes"),
        pytest.param("`{x} <b>`", "`{x} <b>`", id="code-span"),
        pytest.param("~~~sh\n{x} <b>\n- a\n~~~", "```sh\n{x} <b>\n- a\n```", id="code"),
        pytest.param("a|b\n-|:-:\n1|2", "| a | b |\n| - | :-: |\n| 1 | 2 |",
                     id="table"),
        pytest.param("[a]: https://b.c", r"\[a]: https://b.c", id="definition"),
        pytest.param("a   \n\n\n\nb\n", "a\n\nb", id="blank-lines"),
    ],
)  # fmt: skip
def test_an_authors_markdown_is_written_in_the_dialect(written, markdown):
    assert normalize_markdown(written) == markdown


@st.composite
def documents(draw, depth=0):
    """Draw Markdown with the habits of many authors."""
    line = st.sampled_from(
        ["alpha **b** c", "`x` y", "[l](https://a.b)", "&lt;x&gt;", "5 * 3", "a_b",
         "「引」です", "{x}", "<i>r</i>", "a|b", "C#", "1. z", "> q", "# h", "- i"]
    )  # fmt: skip
    blocks = []
    for kind in draw(st.lists(st.integers(0, 7 if depth < 3 else 2), max_size=4)):
        lines = draw(st.lists(line, min_size=1, max_size=3))
        inner = draw(documents(depth + 1)) if kind > 3 else ""
        marker = draw(st.sampled_from(["* ", "- ", "1. ", "2) "]))
        blocks.append(
            [
                "\n".join(lines),
                f"## {lines[0]} {{#a}}",
                "```\n<b> {x}\n```",
                "| a | b |\n|---|---|\n| c | d |",
                marker + indent(inner, len(marker)).lstrip(" "),
                "> [!note]\n" + "\n".join(f"> {row}" for row in inner.split("\n")),
                "\n".join(f"> {row}" for row in inner.split("\n")),
                f"+++Why\n\n{inner}\n\n+++",
            ][kind]
        )
    return draw(st.sampled_from(["\n\n", "\n"])).join(blocks)


@given(documents())
def test_normalizing_twice_is_normalizing_once(written):
    once = normalize_markdown(written)

    assert normalize_markdown(once) == once


@pytest.mark.slow
@given(documents())
def test_normalizing_keeps_the_structure(written):
    before = render_signature(parse(written))

    assert render_signature(parse(normalize_markdown(written))) == before


@given(documents())
def test_tidying_twice_is_tidying_once(written):
    assert tidy(tidy(written)) == tidy(written)


@pytest.mark.parametrize(
    ("markdown", "tidied"),
    [
        pytest.param("\n\na  \n\n\n\nb", "a\n\nb\n", id="blank-lines"),
        pytest.param("```\na  \n\n\nb\n```", "```\na  \n\n\nb\n```\n", id="code-stays"),
        pytest.param(
            "字**「引」**です", "字&#x200B;**「引」**&#x200B;です\n", id="japanese"
        ),
        pytest.param("**5%**로", "**5%**&#x200B;로\n", id="korean"),
        pytest.param("**2023年10月**に", "**2023年10月**に\n", id="letters"),
        pytest.param("**「引」** です。", "**「引」** です。\n", id="blank-after"),
        pytest.param("**a.** b", "**a.** b\n", id="latin"),
        pytest.param(r"\*\*「引」\*\*字", "\\*\\*「引」\\*\\*字\n", id="escaped"),
    ],
)
def test_a_document_is_tidied(markdown, tidied):
    assert tidy(markdown) == tidied


COMMON = st.lists(
    st.sampled_from(
        ["# a", "## b *c*", "d **e** `f`", "* g\n* h", "* i\n\n  j\n\n* k\n  * l",
         "1. m\n1. n", "> o\n>\n> p", "```\nq <r>\n```", "[s](t) u", "v\\* &amp; w",
         "1. x\n\n   * y", "* z\n  1. a\n     * b"]
    ),
    max_size=6,
).map("\n\n***\n\n".join)  # fmt: skip


@given(COMMON)
def test_common_markdown_is_read_as_commonmark_has_it(markdown):
    judge = MarkdownIt("commonmark").render(markdown)

    ours = to_html(parse(markdown))

    assert render_signature(ours) == render_signature(judge)
    assert words_of(ours).replace(" ", "") == words_of(judge).replace(" ", "")


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Frist: **", "3. Februar"),
        ("* **UTC:** ", "3. Februar"),
        ("", "3\\. Februar"),
        ("Satz.\n\n", "3\\. Februar"),
        ("* ", "3\\. Februar"),
        (">", "3\\. Februar"),
    ],
)
def test_a_value_is_guarded_only_where_a_line_may_begin(before, text):
    assert escape_plain("3. Februar", before=before) == text
