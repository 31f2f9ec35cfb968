"""Pseudo-locales: longer and foreign, with markup and values as they were."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from babel.messages.pofile import read_po
from hypothesis import example, given
from hypothesis import strategies as st

from notifier.content.dialect import normalize_markdown, parse, to_html
from notifier.language.catalogs import load_catalog
from notifier.language.placeholders import placeholder_fault
from notifier.language.pseudo import PSEUDO_LOCALES, disguise, pseudo_catalog
from notifier.language.texts import text_problem
from notifier.notice import read_notice
from notifier.resources import resource_folder

SAMPLE = resource_folder("examples") / "email-infrastructure"
KEPT = re.compile(r"%\(\w+\)s|\{[^{}]*\}|https?://[^\s)>\]]+|`[^`]*`|&\w+;")
ASCII_WORD = re.compile(r"[A-Za-z]{2,}")
MARKS = "⟦⟧"

every_locale = pytest.mark.parametrize("tag", PSEUDO_LOCALES)


def built_in():
    """Return each built-in message, plural forms apart."""
    with (resource_folder("locales") / "notifier.pot").open("rb") as file:
        for message in read_po(file):
            if message.id:
                ids = message.id
                yield from ids if isinstance(ids, tuple) else (ids,)


def texts():
    """Return the author's texts of the sample, in its default locale."""
    path = SAMPLE / "locales" / "it" / "LC_MESSAGES" / "notice.po"
    with path.open("rb") as file:
        yield from (message.id for message in read_po(file) if message.id)


class Shape(HTMLParser):
    """The tags and attributes of a page, in order, without its words."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, attrs))

    def handle_endtag(self, tag):
        self.found.append(tag)


def shape(markdown):
    return Shape(to_html(parse(normalize_markdown(markdown), labels={}))).found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Start", "⟦Šťááŕťť⟧"),
        ("**Start:** %(date)s", "**⟦ŠŠťáŕŕťťť⟧:** %(date)s"),
        ("a", "⟦áá⟧"),
        ("", ""),
        ("%(date)s", "%(date)s"),
        ("12–14 %", "12–14 %"),
        ("See [x](https://a.example/b){#c}.", "⟦Šééé [ẋẋẋ⟧](https://a.example/b){#c}."),
        ("`code` &amp; <https://a.example>", "`code` &amp; <https://a.example>"),
        ("1. One\n1. Two", "1. ⟦ÓÓñéé\n1. ŤŤŵŵóó⟧"),
        ("mail me@example.com", "⟦ɱáííļļ⟧ me@example.com"),
        ("日本", "⟦日本本⟧"),
    ],
)
def test_a_text_is_accented_and_longer_around_its_markup(text, told):
    assert disguise(text, "en-XA") == told


def test_the_second_pseudo_locale_runs_from_right_to_left():
    assert disguise("Start {date:2024-01}", "ar-XB") == "⟦سطاارطط⟧ {date:2024-01}"


@every_locale
@pytest.mark.parametrize("text", [*built_in(), *texts()])
def test_each_message_keeps_its_placeholders_and_markup(text, tag):
    told = disguise(text, tag)

    assert Counter(KEPT.findall(told)) == Counter(KEPT.findall(text))
    assert placeholder_fault((text,), told, one=False) is None
    assert text_problem((text,), told) is None
    assert shape(told) == shape(text)
    assert ASCII_WORD.findall(KEPT.sub("", re.sub(r"\]\([^)]*\)", "", told))) == []


@every_locale
@pytest.mark.parametrize("text", [*built_in(), *texts()])
def test_each_message_is_longer_by_a_third(text, tag):
    told = disguise(text, tag)

    plain, grown = (len(KEPT.sub("", each).strip(MARKS)) for each in (text, told))
    assert grown >= plain * 4 / 3 or not re.search(r"[^\W\d_]", KEPT.sub("", text))
    assert grown <= plain * 4 / 3 + 4


PIECES = st.lists(
    st.sampled_from(
        [
            *("word", "Ünïcode", "two words", "**bold**", "*soft*", "`code`", "%(x)s"),
            *(
                "[link](https://a.example/b)",
                "{date:2024-02-01}",
                "\\*",
                "&amp;",
                "<b>",
            ),
            *("<https://a.example/x>", "\n\n", "\n* item\n", "\n1. one\n", "!", ": "),
            *(
                "\n>[!NOTE]\n>\n>text\n",
                "\n```\ncode x\n```\n",
                "\n| a | b |\n",
                "_it_",
            ),
            *(
                "\n| --- | --- |\n",
                "50 %",
                "{link:support}",
                "a@b.example",
                "日本語",
                "…",
            ),
        ]
    ),
    max_size=12,
).map(" ".join)


@every_locale
@given(text=PIECES)
@example(text="x `a` `` b ` c `` d")
@example(text="``` not a block")
def test_markup_of_any_text_survives(tag, text):
    told = disguise(text, tag)

    assert KEPT.findall(told) == KEPT.findall(text)
    assert len(told) >= len(text)
    assert told.count("\n") == text.count("\n")
    assert shape(told) == shape(text)


@every_locale
@given(text=st.text(max_size=80))
def test_any_text_can_be_disguised(tag, text):
    told = disguise(text, tag)

    assert told == text or (told.count("⟦"), told.count("⟧")) == (
        text.count("⟦") + 1,
        text.count("⟧") + 1,
    )


@every_locale
def test_the_catalog_lacks_nothing_and_follows_the_default_locale(tag):
    notice, _ = read_notice(SAMPLE)
    default, _ = load_catalog("it", [SAMPLE / "locales"])
    catalog = pseudo_catalog(tag, default).fresh()

    said = catalog.find(notice.title.source)
    catalog.gettext("Nobody has written this")
    many = catalog.ngettext("%(n)s thing of mine", "%(n)s things of mine", 3)

    assert said == disguise(default.find(notice.title.source), tag)
    assert catalog.missing() == ()
    assert many == disguise("%(n)s things of mine", tag)
    assert catalog.tag == PSEUDO_LOCALES[tag]
