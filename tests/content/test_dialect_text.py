"""Markdown of the dialect as plain text, laid out to be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from notifier.content.dialect import parse, to_text
from notifier.content.fields import TokenBook

TOKEN = str(TokenBook().field("contact.name"))


def text_of(markdown: str, width: int = 40) -> str:
    return to_text(parse(markdown), width=width).removesuffix("\n")


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        pytest.param("# Title {#a}\n\nx", "Title\n═════\n\nx", id="title"),
        pytest.param("## 日本語\n\nx", "日本語\n──────\n\nx", id="wide-heading"),
        pytest.param("### Part\n\nx", "Part\n\nx", id="small-heading"),
        pytest.param("**a** *b* `c` ~~d~~ &lt;e&gt;", "a b c d <e>", id="no-markup"),
        pytest.param("a\nb", "a\nb", id="newline"),
        pytest.param(
            "one two three four five six seven eight nine ten",
            "one two three four five six seven eight\nnine ten",
            id="wrapped",
        ),
        pytest.param(
            "[See here](https://a.b/a-very-long-address/that-is-never-broken) now",
            "See here\n<https://a.b/a-very-long-address/that-is-never-broken>\nnow",
            id="address-in-one-piece",
        ),
        pytest.param("<https://a.b> <c@d.e>", "https://a.b c@d.e", id="address-once"),
        pytest.param("[Us](mailto:c@d.e) [x](#y)", "Us <c@d.e> x", id="anchor"),
        pytest.param(
            "* a long item that goes on to the next one\n  * b\n* c",
            "• a long item that goes on to the next\n  one\n  • b\n• c",
            id="bullets-hang",
        ),
        pytest.param(
            "* **Why?**\n\n  Because.\n\n* **Who?**\n\n  All.",
            "• Why?\n\n  Because.\n\n• Who?\n\n  All.",
            id="questions",
        ),
        pytest.param(
            "9. a\n1. b\n\n   c", " 9. a\n\n10. b\n\n    c", id="numbers-align"
        ),
        pytest.param(
            "x\n\n>[!NOTE]\n>\n>a\n>\n>* b", "x\n\n│ Note\n│ a\n│\n│ • b", id="alert"
        ),
        pytest.param("+++Why?\n\na\n\n* b\n\n+++", "Why?\n  a\n\n  • b", id="details"),
        pytest.param("> a\n>\n> b", "> a\n>\n> b", id="quote"),
        pytest.param("```\n a  *b*\n\nc\n```", " a  *b*\n\nc", id="code"),
        pytest.param(
            "| Wave | 数 |\n|---|--:|\n| Süd | 5 |\n| 東京 | 12 |",
            "Wave  数\n────  ──\nSüd    5\n東京  12",
            id="table",
        ),
        pytest.param(
            "| Wave | Window |\n|---|---|\n"
            "| europe-night-3 | Tue 6 February, 22:00 UTC |",
            "Wave: europe-night-3\nWindow: Tue 6 February, 22:00 UTC",
            id="table-too-wide",
        ),
        pytest.param(
            "お客様の環境が「新しい環境」に移行します。ご不明な点は、お問い合わせください。",
            "お客様の環境が「新しい環境」に移行しま\n"
            "す。ご不明な点は、お問い合わせください。",
            id="japanese",
        ),
        pytest.param(
            "一二三四五六七八九十一二三四五六七八九十。一", "一二三四五六七八九十"
            "一二三四五六七八九\n十。一", id="no-full-stop-first",
        ),
        pytest.param(
            "이메일 전송 인프라가 업그레이드될 예정입니다 알려드립니다",
            "이메일 전송 인프라가 업그레이드될\n예정입니다 알려드립니다",
            id="korean-breaks-at-blanks",
        ),
        pytest.param(
            "سيتم ترقية البنية التحتية", "سيتم ترقية البنية التحتية", id="arabic"
        ),
        pytest.param(
            "aaaa aaaa aaaa aaaa aaaa aaaa aaa 10\u00a0minutes",
            "aaaa aaaa aaaa aaaa aaaa aaaa aaa\n10\u00a0minutes",
            id="no-break-blank",
        ),
        pytest.param("字**「引」**&#x200B;字", "字「引」字", id="no-zero-width-blank"),
    ],
)  # fmt: skip
def test_each_construct_has_its_text(markdown, text):
    assert text_of(markdown) == text


def test_values_are_in_place_before_lines_are_wrapped():
    tree = parse(f"The window of the wave {TOKEN} is long, and here it ends.")

    text = to_text(tree, width=30, values={TOKEN: "production number 3"})

    assert text == (
        "The window of the wave\nproduction number 3 is long,\nand here it ends.\n"
    )


def test_values_may_come_from_a_function():
    assert to_text(parse(TOKEN), values=str.lower) == f"{TOKEN.lower()}\n"


def test_a_paragraph_that_waits_for_a_value_is_one_line():
    markdown = f"Dear {TOKEN}, this is a paragraph of more than forty columns."

    assert text_of(markdown) == markdown


def test_laying_out_leaves_the_tree_as_it_was():
    tree = parse("* a **b**\n\n>[!NOTE]\n>\n>c\n\n+++d\n\ne\n\n+++\n")

    assert to_text(tree) == to_text(tree)


@given(
    st.lists(st.text("ab 字。「」、が한", max_size=60), max_size=4), st.integers(20, 60)
)
def test_no_line_is_wider_than_asked_unless_it_cannot_break(parts, width):
    text = to_text(parse("\n\n".join(parts)), width=width)

    for line in text.split("\n"):
        assert wcswidth(line) <= width or " " not in line.strip()


@given(st.text("abc 字。「」、が한é\u00a0", max_size=200), st.integers(20, 60))
def test_wrapping_loses_nothing(words, width):
    text = to_text(parse(words), width=width)

    assert "".join(text.split()) == "".join(words.split())
