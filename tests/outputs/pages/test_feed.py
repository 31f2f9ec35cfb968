"""The feeds, read back by a feed reader and held against RFC 4287."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from notifier.outputs.pages.changes import published_changes
from notifier.outputs.pages.feed import atom_feed, locale_feed
from tests.outputs.pages.publications import change, publication, sample_publication
from tests.outputs.schedule_samples import NOTICE, text
from tests.validators.site_judges import feed_errors

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://notices.example.com"
PUBLISHER = replace(NOTICE.publisher, site=SITE)
# Two waves without a revision are no changes; one was revised on 25 January.
CHANGED = replace(
    NOTICE, publisher=PUBLISHER, changes=(change("2024-01-31", "**Two** answers."),)
)
OTHER = replace(
    CHANGED,
    id="database",
    title=text("Database upgrade"),
    publisher=replace(PUBLISHER, name="Kestrel", domain="kestrel.example.com"),
    schedule=None,
    instances=None,
    changes=(change("2024-01-28", "First."), change("2024-02-01", "Second.")),
)


def ids(feed: bytes | None) -> list[str | None]:
    assert feed
    return [node.text for node in ET.fromstring(feed).iter(f"{ATOM}id")]


def links(feed: bytes | None) -> list[tuple[str, str]]:
    assert feed
    found = ET.fromstring(feed).iter(f"{ATOM}link")
    return [(link.attrib["rel"], link.attrib["href"]) for link in found]


@pytest.mark.parametrize("lang", ["it", "ar"])
def test_the_feed_of_the_sample_is_the_golden_one(lang, golden) -> None:
    feed = atom_feed(sample_publication(), lang)

    assert feed
    golden(f"pages/feed.{lang}.xml", feed)


def test_a_feed_reader_finds_the_changes() -> None:
    changed = publication(CHANGED)

    read = feedparser.parse(atom_feed(changed, "en"))

    title = "Campaign [email] sending infrastructure upgrade"
    assert not read.bozo
    assert (read.version, read.feed.title, read.feed.language, read.feed.author) == (
        "atom10",
        title,
        "en",
        "Adobe",
    )
    assert [
        (entry.id, entry.title, entry.updated, entry.link, entry.content[0].value)
        for entry in read.entries
    ] == [
        (
            f"tag:notices.example.com,{day}:email-infrastructure/en/{id}",
            f"{title} – {label}",
            f"{day}T00:00:00Z",
            f"{SITE}/en/email-infrastructure/",
            each.html.strip(),
        )
        for (day, id, label), each in zip(
            [
                ("2024-01-31", "change.2024-01-31.1", "January 31, 2024"),
                ("2024-01-25", "wave.production-1.1", "Europe, night 1"),
            ],
            published_changes(changed, "en"),
            strict=True,
        )
    ]


@pytest.mark.parametrize("site", [SITE, None], ids=["with a site", "without a site"])
@pytest.mark.parametrize("lang", ["en", "pt-BR", "zh-Hant", "ar"])
def test_each_feed_keeps_the_grammar_of_atom(lang, site) -> None:
    sample = sample_publication()
    notice = replace(sample.notice, publisher=replace(PUBLISHER, site=site))
    sample = replace(sample, notice=notice)
    both = (atom_feed(sample, lang), locale_feed([sample], lang, title="Notices"))

    assert [feed_errors(feed or b"") for feed in both] == [[], []]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"T00:00:00Z", b""),
        (b"<id>tag:", b"<id>"),
        (b"<name>Adobe</name>", b"<name/>"),
        (b'type="html"', b'type="HTML"'),
        (b'"self"', b'"alternate"'),
        (b"<title>", b"<title/><title>"),
    ],
    ids=["day alone", "relative id", "no author", "type", "two alternates", "title"],
)
def test_the_grammar_finds_faults(right, wrong) -> None:
    feed = atom_feed(publication(CHANGED), "en")

    assert feed
    assert right in feed
    assert feed_errors(feed.replace(right, wrong)) != []


def test_the_feed_reader_finds_faults() -> None:
    feed = atom_feed(publication(CHANGED), "en")

    assert feed
    assert feedparser.parse(feed.replace(b"</author>", b"", 1)).bozo


def test_without_a_site_links_are_relative_and_the_feed_has_no_address() -> None:
    alone = publication(replace(CHANGED, publisher=NOTICE.publisher))

    page = ("alternate", "index.html")
    below = ("alternate", "email-infrastructure/index.html")
    assert links(atom_feed(alone, "en")) == [page, page, page]
    assert links(locale_feed([alone], "en", title="All")) == [page, below, below]


def test_the_feed_of_a_locale_holds_all_notices_newest_first() -> None:
    publications = [publication(CHANGED), publication(OTHER)]

    feed = locale_feed(publications, "en", title="All notices")

    read = feedparser.parse(feed)
    assert (read.feed.title, read.feed.updated) == (
        "All notices",
        "2024-02-01T00:00:00Z",
    )
    assert [each.name for each in read.feed.authors] == ["Kestrel", "Adobe"]
    assert [(entry.author, entry.id.rpartition(":")[2]) for entry in read.entries] == [
        ("Kestrel", "database/en/change.2024-02-01.1"),
        ("Adobe", "email-infrastructure/en/change.2024-01-31.1"),
        ("Kestrel", "database/en/change.2024-01-28.1"),
        ("Adobe", "email-infrastructure/en/wave.production-1.1"),
    ]
    assert links(feed)[:2] == [
        ("self", f"{SITE}/en/feed.xml"),
        ("alternate", f"{SITE}/en/"),
    ]


def test_a_notice_is_only_in_the_feeds_of_its_locales() -> None:
    italian = replace(CHANGED, locales=("en", "it"))
    both = [publication(italian), publication(OTHER)]

    assert len(ids(locale_feed(both, "it", title="Avvisi"))) == 3
    assert locale_feed(both, "fr", title="Avis") is None


def test_ids_differ_by_notice_and_locale_and_stay_when_something_is_added() -> None:
    two = replace(CHANGED, locales=("en", "it"))
    more = replace(two, changes=(*two.changes, change("2024-02-01", "More.")))
    before = ids(atom_feed(publication(two), "en"))
    after = ids(atom_feed(publication(more), "en"))
    others = [
        *ids(atom_feed(publication(two), "it")),
        *ids(atom_feed(publication(OTHER), "en")),
    ]

    assert set(before) < set(after)
    assert not set(before) & set(others)
    assert len(set(others)) == len(others)


def test_an_entry_is_the_same_in_both_feeds() -> None:
    changed = publication(CHANGED)
    own, all_of_it = (
        [ET.tostring(entry) for entry in ET.fromstring(feed or "").iter(f"{ATOM}entry")]
        for feed in (
            atom_feed(changed, "en"),
            locale_feed([changed], "en", title="All"),
        )
    )

    assert own == all_of_it


def test_the_feed_of_a_locale_holds_the_newest_hundred() -> None:
    days = [date.fromordinal(date(2023, 1, 1).toordinal() + n) for n in range(120)]
    changes = tuple(change(str(day), "Text.") for day in days)

    feed = locale_feed([publication(replace(OTHER, changes=changes))], "en", title="A")

    assert [id and id[-12:-2] for id in ids(feed)[1:]] == [
        str(day) for day in reversed(days[20:])
    ]


@pytest.mark.parametrize(
    "notice",
    [
        pytest.param(replace(OTHER, changes=()), id="no change"),
        pytest.param(
            replace(OTHER, publisher=replace(PUBLISHER, domain=None)), id="no domain"
        ),
    ],
)
def test_there_is_no_feed_without_changes_or_domain(notice) -> None:
    told = publication(notice)

    assert atom_feed(told, "en") is None
    assert locale_feed([told], "en", title="Notices") is None


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_but_for_what_xml_cannot_hold(title) -> None:
    told = publication(OTHER)
    told = replace(told, notice=replace(told.notice, title=text(f"¶{title}")))
    feed = atom_feed(told, "en")

    assert feed
    assert ET.fromstring(feed).findtext(f"{ATOM}title") == "".join(
        char if etree_holds(char) else "\ufffd" for char in f"¶{title}"
    )


def etree_holds(char: str) -> bool:
    """Ask lxml, which refuses what XML 1.0 cannot hold; a return is not kept."""
    try:
        etree.Element("a").text = char
    except ValueError:
        return False
    return char != "\r"
