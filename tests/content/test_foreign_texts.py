"""Texts in another language: marked in HTML, and nowhere else, whatever they hold."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.content.dialect import normalize_markdown, parse, to_html
from notifier.content.foreign_texts import mark, taken_apart, unmarked, with_languages

LINK = '<a href="https://a.b/c_d">now</a>'
CALL = f"Call {mark('Ann', 'ar')}: {mark('now', 'en')}"
START, END = mark("x", "en").split("x")
SPAN = re.compile(r'<span lang="en" dir="ltr">|</span>')
MARKS = re.compile("[\ufdd0-\ufdef]")
LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *("# One {#a}", "## *Two*", "* **Q?**", "* a", "  b", "1. c", "10. d"),
                *("> quote", ">[!NOTE]", ">", ">text", "+++Title", "+++", "```", "`x`"),
                *("| a | b |", "| --- | --- |", "| `c` | d\\|e |", "---", "***", "==="),
                *("\\- no list", "break\\", "**bold** and _not_", "[x](https://a.b/c)"),
                *(
                    "",
                    "",
                    "    code",
                    "3. Februar",
                    "<https://a.b>",
                    "“Say”",
                    "日本語。",
                ),
            ]
        ),
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])),
    ),
    max_size=8,
).map("\n".join)


def spelled(html: str) -> str:
    """Return *html*, which holds marks, with elements in their place."""
    return with_languages(unmarked(html), html)


def worded(markdown: str) -> str:
    """Return the HTML of *markdown*, whose words are English."""
    plain = to_html(parse(markdown))
    return with_languages(plain, to_html(parse(mark(markdown, "en"))))


def en(words: str) -> str:
    return f'<span lang="en" dir="ltr">{words}</span>'


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        pytest.param("Words.", f"<p>{en('Words.')}</p>\n", id="paragraph"),
        pytest.param(
            "**When:** [now](https://a.b/c_d).",
            f"<p>{en(f'<strong>When:</strong> {LINK}.')}</p>\n",
            id="inline elements, in one",
        ),
        pytest.param(
            "## What? {#what}",
            f'<h2 id="what">{en("What?")}</h2>\n',
            id="heading with an anchor",
        ),
        pytest.param(
            "* One\n* Two\n\n  1. `c`",
            f"<ul><li><p>{en('One')}</p>\n</li>\n<li><p>{en('Two')}</p>\n<ol><li>"
            f"{en('<code>c</code>')}</li>\n</ol>\n</li>\n</ul>\n",
            id="lists",
        ),
        pytest.param(
            ">[!TIP]\n>\n>Wait.",
            '<div class="alert tip" role="note" data-alert="TIP">'
            f'<p class="alert-title">Tip</p>\n<p>{en("Wait.")}</p>\n</div>\n',
            id="alert",
        ),
        pytest.param(
            "| a | b |\n| --- | --- |\n| c\\|d | |",
            f'<table><thead><tr><th scope="col">{en("a")}</th>\n<th scope="col">'
            f"{en('b')}</th>\n</tr>\n</thead>\n<tbody><tr><td>{en('c|d')}</td>\n"
            "<td></td>\n</tr>\n</tbody>\n</table>\n",
            id="table",
        ),
        pytest.param(
            "```\ncode\n```",
            "<pre><code>code\n</code></pre>\n",
            id="code, which has no language",
        ),
    ],
)
def test_the_words_of_each_block_say_their_language(markdown, html):
    assert worded(markdown) == html


@pytest.mark.parametrize(
    ("marked", "html"),
    [
        pytest.param(
            f'<title>{mark("a", "en")}</title><img alt="{mark("b", "en")}">',
            '<title>a</title><img alt="b">',
            id="none where there are no elements",
        ),
        pytest.param(
            f"<script>{mark('a', 'en')}</script><!-- {mark('b', 'en')} -->",
            "<script>a</script><!-- b -->",
            id="none in scripts and comments",
        ),
        pytest.param(
            f"<p>{mark(CALL, 'en')}</p>",
            '<p><span lang="en" dir="ltr">Call <span lang="ar" dir="rtl">Ann</span>: '
            "now</span></p>",
            id="one in another, unless it is the same",
        ),
        pytest.param(
            f"<p><b>{START}a</b> c</p><p>d{END}</p>",
            f"<p><b>{en('a')}</b>{en(' c')}</p><p>{en('d')}</p>",
            id="text by text where elements cross it",
        ),
        pytest.param(
            f"<p>a{START}b</p>",
            "<p>ab</p>",
            id="none without an end",
        ),
    ],
)
def test_marks_become_elements_only_where_these_may_stand(marked, html):
    assert spelled(marked) == html


def test_what_differs_by_more_than_marks_stays_as_it_is():
    assert with_languages("<p>a</p>", f"<p>{mark('b', 'en')}</p>") == "<p>a</p>"


@given(LINES)
def test_marks_can_be_taken_away_again(markdown):
    assert unmarked(mark(markdown, "zh-Hant")) == markdown


@given(LINES)
def test_an_author_s_text_reads_the_same_with_its_language(text):
    markdown = normalize_markdown(text)
    plain = to_html(parse(markdown))

    html = worded(markdown)

    assert SPAN.sub("", html) == SPAN.sub("", plain)
    assert not MARKS.search(html)


@given(LINES)
def test_marks_never_change_what_an_author_s_text_becomes(text):
    markdown = normalize_markdown(text)

    assert unmarked(to_html(parse(mark(markdown, "en")))) == to_html(parse(markdown))


def test_a_line_that_is_marked_as_a_whole_can_be_taken_apart():
    assert taken_apart(mark("**Label:** value", "pt-BR")) == (
        "pt-BR",
        "**Label:** value",
    )
    assert taken_apart("**Label:** value") == ("", "**Label:** value")
