"""Markdown of the dialect as HTML."""

from __future__ import annotations

import contextlib
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.content.dialect import (
    escape_plain,
    normalize_markdown,
    parse,
    render_signature,
    tidy,
    to_html,
    to_text,
)
from notifier.content.fields import TokenBook
from notifier.content.fields import tokens as tokens_of


def html_of(markdown: str) -> str:
    return to_html(parse(markdown)).strip()


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        pytest.param("# T {#a-b}", '<h1 id="a-b">T</h1>', id="heading"),
        pytest.param("## T?{#a}", '<h2 id="a">T?</h2>', id="glued-anchor"),
        pytest.param(r"## T \{#a}", "<h2>T {#a}</h2>", id="escaped-anchor"),
        pytest.param("a\nb", "<p>a<br>b</p>", id="newline"),
        pytest.param("**a** *b* `c<d`", "<p><strong>a</strong> <em>b</em> "
                     "<code>c&lt;d</code></p>", id="spans"),
        pytest.param("~~a~~", "<p><del>a</del></p>", id="deleted"),
        pytest.param("&lt;x&gt; &#39;", "<p>&lt;x&gt; '</p>", id="entities"),
        pytest.param("<b>a</b> <!-- c -->", "<p>&lt;b&gt;a&lt;/b&gt; &lt;!-- c --&gt;"
                     "</p>", id="raw-html-is-text"),
        pytest.param(r"\*a\* \{x}", "<p>*a* {x}</p>", id="escapes"),
        pytest.param('[t](https://a.b/?c=1&d=2#e){target="_blank"}.',
                     '<p><a href="https://a.b/?c=1&amp;d=2#e" target="_blank" '
                     'rel="noopener">t</a>.</p>', id="link-in-new-tab"),
        pytest.param("[t](x.md#a) [u](#b)", '<p><a href="x.md#a">t</a> '
                     '<a href="#b">u</a></p>', id="relative-links"),
        pytest.param("<https://a> <c@d.e>", '<p><a href="https://a">https://a</a> '
                     '<a href="mailto:c@d.e">c@d.e</a></p>', id="addresses"),
        pytest.param("![a](b.png)", "<p><span>a</span></p>", id="image-is-its-text"),
        pytest.param("* a\n* b", "<ul><li>a</li>\n<li>b</li>\n</ul>", id="tight-list"),
        pytest.param("* a\n\n  b\n* c", "<ul><li><p>a</p>\n<p>b</p>\n</li>\n"
                     "<li><p>c</p>\n</li>\n</ul>", id="two-columns-continue-an-item"),
        pytest.param("1. a\n\n   b", "<ol><li><p>a</p>\n<p>b</p>\n</li>\n</ol>",
                     id="three-columns-continue-a-numbered-item"),
        pytest.param("* a\n  * b", "<ul><li>a<ul><li>b</li>\n</ul>\n</li>\n</ul>",
                     id="nested-list"),
        pytest.param("3. a", '<ol start="3"><li>a</li>\n</ol>', id="first-number"),
        pytest.param("x\n\n>[!NOTE]\n>\n>**a**", "<p>x</p>\n"
                     '<div class="alert note" role="note" data-alert="NOTE">'
                     '<p class="alert-title">Note</p>\n<p><strong>a</strong></p>\n'
                     "</div>",
                     id="alert"),
        pytest.param("> [!X]", "<blockquote><p>[!X]</p>\n</blockquote>", id="no-alert"),
        pytest.param("> a\n\n> b\n\nc", "<blockquote><p>a</p>\n</blockquote>\n"
                     "<blockquote><p>b</p>\n</blockquote>\n<p>c</p>", id="quotes"),
        pytest.param("+++Why?\n\n* a\n\n+++", "<details><summary>Why?</summary>\n"
                     "<ul><li>a</li>\n</ul>\n</details>", id="collapsible"),
        pytest.param("+++ a", "<p>+++ a</p>", id="unclosed-collapsible"),
        pytest.param(r"| a | b |" "\n|---|--:|\n" r"| 1 \| 2 |",
                     '<table><thead><tr><th scope="col">a</th>\n<th '
                     'class="align-right" scope="col">b</th>\n</tr>\n</thead>\n'
                     "<tbody><tr><td>1 | 2</td>\n"
                     '<td class="align-right"></td>\n</tr>\n</tbody>\n</table>',
                     id="table"),
        pytest.param("```sh\n<a> &lt; *b*\n\n {x}\n```", "<pre><code>&lt;a&gt; "
                     "&amp;lt; *b*\n\n {x}\n</code></pre>", id="code"),
        pytest.param("a\n\n---", "<p>a</p>\n<hr>", id="rule"),
    ],
)  # fmt: skip
def test_each_construct_has_its_html(markdown, html):
    assert html_of(markdown) == html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript&colon;alert(1)",
        "java&#9;script:alert(1)",
        "&#x6a;avascript:alert(1)",
        r"javascript\:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "http://a.b",
        "//a.b/c",
        r"/\\a.b",
        "file:///etc/passwd",
    ],
)
def test_a_link_to_a_forbidden_address_is_plain_text(address):
    html = html_of(f"[t]({address}) x")

    assert "<a" not in html
    assert "t" in html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '[t](https://a.b){onclick="x" style="y"}',
        '[t](https://a.b"onclick="x)',
        '[t](https://a.b "title\\" onclick=x")',
        "<https://a.b/?\"onclick='x'>",
        "# t {#a onclick=x}",
        "| <svg onload=x> |\n|---|",
        "`</code><script>`",
        "```\n</code></pre><script>\n```",
    ],
)
def test_no_text_becomes_active_markup(attack):
    tags = re.findall(r"<[^>]*>", html_of(attack))

    assert not any(re.search(r"script|svg|img|[\"' ]on|style", tag) for tag in tags)


def test_the_title_of_an_alert_is_the_given_label():
    html = to_html(parse("x\n\n>[!TIP]\n>\n>a", labels={"TIP": "Suggerimento"}))

    assert '<p class="alert-title">Suggerimento</p>' in html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("``a`", "<p>``a`</p>"),
        ("``a`b`` c", "<p><code>a`b</code> c</p>"),
        (r"\`a` b`", "<p>`a<code>b</code></p>"),
        (r"\``a`", "<p>`<code>a</code></p>"),
        (r"\\`a`", r"<p>\<code>a</code></p>"),
    ],
)
def test_code_lasts_from_a_run_of_backticks_to_the_next_of_its_length(markdown, html):
    assert html_of(markdown) == html


def test_two_languages_of_a_document_have_one_signature():
    english = "# A {#a}\n\n* **b** [c](https://d.e)\n"
    italian = "# Uno {#a}\n\n* **due** [tre](https://d.e)\n"

    assert render_signature(parse(english)) == render_signature(parse(italian))


@pytest.mark.parametrize(
    "other",
    ["# A {#z}\n\n* **b**\n", "# A {#a}\n\n* b\n", "# A {#a}\n\n1. **b**\n",
     "## A {#a}\n\n* **b**\n", "# A {#a}\n\n* **b**\n* **c**\n"],
)  # fmt: skip
def test_a_change_of_structure_changes_the_signature(other):
    first = render_signature(parse("# A {#a}\n\n* **b**\n"))

    assert render_signature(parse(other)) != first


BOOK = TokenBook()
TOKENS = st.integers(0, 40).map(lambda number: str(BOOK.field(f"a.{number}")))
SHAPES = st.sampled_from(
    ["# {}", "{}", "* {}", "1. a\n   {}", "x **{}** y", "[{}](https://a.b)",
     "| {} |\n|---|", "+++{}\n\nb\n\n+++", "`{}`", "```\n{}\n```",
     "a\n\n>[!NOTE]\n>\n>{}", "[a]({})", "_{}_", "漢{}字", "> {}", "a{}b"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x " * 60_000, "the text is longer than 100000 characters"),
        (">" * 40 + "x", "the text is nested more than 20 levels deep"),
        ("ab" * 20_000, "the paragraph 'ababab.* is longer than 20000 characters"),
        ("[" * 300, "the paragraph .* holds more than 200 brackets"),
        ("*a " * 100 + " a*" * 100, "emphasis is nested too deep"),
        ("*a " * 3000 + " a*" * 3000, "emphasis is nested too deep"),
        ("a|" * 51 + "\n" + "-|" * 51, "a table has 51 columns, more than 50"),
        ("a|\n-|\n" + "a|\n" * 5000, "a table has 5001 cells, more than 5000"),
    ],
    ids=[
        *("length", "depth", "paragraph", "brackets"),
        *("emphasis", "much-emphasis", "columns", "cells"),
    ],
)
def test_what_would_take_too_long_is_refused_with_a_reason(text, message):
    with pytest.raises(ValueError, match=message):
        parse(text)


@given(st.lists(st.tuples(SHAPES, TOKENS), min_size=1, max_size=6))
def test_every_token_survives_all_views(parts):
    markdown = "\n\n".join(shape.replace("{}", token) for shape, token in parts)
    tokens = sorted(token for _, token in parts)

    for view in (
        normalize_markdown(markdown),
        tidy(markdown),
        to_html(parse(markdown)),
        to_text(parse(markdown)),
    ):
        assert list(tokens_of(view)) == tokens


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("[" * 3000, id="brackets"),
        pytest.param("*" * 5000, id="stars"),
        pytest.param("**a* " * 4000, id="unbalanced-stars"),
        pytest.param("~~a " * 5000, id="tildes"),
        pytest.param("` " * 10_000, id="backticks"),
        pytest.param("``a`" * 5000, id="unlike-backticks"),
        pytest.param("**" + "`" * 90_000 + "a", id="run-of-backticks"),
        pytest.param("".join("`" * n + "a" for n in range(1, 195)), id="longer-runs"),
        pytest.param("*a **b " * 900 + "c** d* " * 900, id="deep-emphasis"),
        pytest.param("[a](b){a" + "=aaaa" * 3000 + "!", id="attributes"),
        pytest.param(
            "|" + "a|" * 2000 + "\n|" + "-|" * 2000 + "\nx" * 2900, id="table"
        ),
        pytest.param(">" * 200 + "x", id="deep-quotes"),
        pytest.param("\n".join("  " * n + "* x" for n in range(200)), id="deep-lists"),
        pytest.param("a" * 100_000, id="one-long-word"),
        pytest.param(" " * 99_000 + "x", id="blanks"),
        pytest.param("# a" + " " * 99_000 + "b", id="blanks-in-a-heading"),
        pytest.param("<" * 20_000, id="angles"),
        pytest.param("{#a" * 6000, id="anchors"),
        pytest.param("+++a\n" * 20_000, id="unclosed-collapsibles"),
        pytest.param("a\n" * 50_000, id="lines"),
        pytest.param("x" * 1_000_000, id="a-megabyte"),
    ],
)
def test_hostile_input_ends_soon(hostile):
    started = time.process_time()

    for view in (
        lambda: to_html(parse(hostile)),
        lambda: to_text(parse(hostile)),
        lambda: normalize_markdown(hostile),
    ):
        with contextlib.suppress(ValueError):
            assert view()
    assert tidy(hostile)
    assert escape_plain(hostile) or not hostile.strip()

    assert time.process_time() - started < 6
