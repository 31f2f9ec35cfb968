"""The sitemap holds every page once, with its locales, in as many files as needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.outputs.pages.sitemap import (
    SitemapEntry,
    sitemap_entries,
    sitemap_files,
)
from tests.outputs.pages.publications import change, publication, sample_publication
from tests.outputs.schedule_samples import NOTICE
from tests.validators.site_judges import read_sitemap, sitemap_errors

SITE = "https://notices.example.com/"
PRINTABLE = st.characters(codec="ascii", exclude_categories=["Cc"])
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NOTICE_IN_TWO = replace(
    NOTICE,
    locales=("en", "it"),
    publisher=replace(NOTICE.publisher, site=SITE),
)


def files(*entries: SitemapEntry) -> dict[str, bytes]:
    return dict(sitemap_files(entries, site=SITE))


def addresses(sitemap: bytes) -> list[str | None]:
    return [node.text for node in ET.fromstring(sitemap).iter(f"{SITEMAPS}loc")]


def sample_sitemap() -> bytes:
    return files(*sitemap_entries([sample_publication()]))["sitemap.xml"]


def test_each_page_is_listed_with_its_day_and_locales() -> None:
    changed = replace(
        NOTICE_IN_TWO, id="b", schedule=None, changes=(change("2024-02-01", "Text."),)
    )
    archived = replace(
        NOTICE_IN_TWO,
        id="a",
        schedule=None,
        locales=("it", "ar"),
        default_locale="it",
        archived=date(2024, 1, 1),
    )

    entries = list(sitemap_entries([publication(changed), publication(archived)]))

    indexes = (
        ("en", f"{SITE}en/"),
        ("it", f"{SITE}it/"),
        ("ar", f"{SITE}ar/"),
        ("x-default", SITE),
    )
    first = (
        ("en", f"{SITE}en/b/"),
        ("it", f"{SITE}it/b/"),
        ("x-default", f"{SITE}en/b/"),
    )
    second = (
        ("it", f"{SITE}it/a/"),
        ("ar", f"{SITE}ar/a/"),
        ("x-default", f"{SITE}it/a/"),
    )
    day = date(2024, 2, 1)
    assert entries == [
        *(SitemapEntry(url, day, indexes) for _, url in indexes),
        *(SitemapEntry(url, day, first) for _, url in first[:2]),
        *(SitemapEntry(url, None, second) for _, url in second[:2]),
    ]


def test_a_notice_without_a_site_is_in_no_sitemap() -> None:
    alone = replace(NOTICE_IN_TWO, publisher=NOTICE.publisher)

    assert list(sitemap_entries([publication(alone)])) == []
    assert files() == {}


def test_a_small_sitemap_is_one_file() -> None:
    page = SitemapEntry(
        f"{SITE}it/?a&b", date(2024, 2, 1), (("pt-BR", f'{SITE}"pt"&'),)
    )

    assert files(page, SitemapEntry(SITE)) == {
        "sitemap.xml": (
            b'<?xml version="1.0" encoding="utf-8"?>\n'
            b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
            b' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
            b"<url><loc>https://notices.example.com/it/?a&amp;b</loc>"
            b"<lastmod>2024-02-01</lastmod>"
            b'<xhtml:link rel="alternate" hreflang="pt-BR"'
            b' href="https://notices.example.com/&quot;pt&quot;&amp;" /></url>\n'
            b"<url><loc>https://notices.example.com/</loc></url>\n"
            b"</urlset>\n"
        )
    }


@pytest.mark.parametrize(
    ("pages", "length", "sizes"),
    [
        pytest.param(50_000, 30, None, id="as many as fit"),
        pytest.param(50_001, 30, [50_000, 1], id="one page too many"),
        pytest.param(5, 20_000_000, [2, 2, 1], id="too many bytes"),
    ],
)
def test_a_sitemap_that_is_too_large_is_split(pages, length, sizes) -> None:
    urls = [f"{SITE}{number:0{length}}" for number in range(pages)]

    made = files(*(SitemapEntry(url) for url in urls))

    top = made.pop("sitemap.xml")
    if sizes is None:
        assert (addresses(top), made) == (urls, {})
        return
    parts = [addresses(part) for part in made.values()]
    assert addresses(top) == [f"{SITE}{name}" for name in made]
    assert list(made) == [f"sitemap-{n + 1}.xml" for n in range(len(sizes))]
    assert [len(part) for part in parts] == sizes
    assert [url for part in parts for url in part] == urls
    assert max(map(len, made.values())) <= 52_428_800


@given(
    st.lists(
        st.text(st.characters(codec="ascii", exclude_categories=["Cc"])), min_size=1
    )
)
def test_any_address_comes_back(paths) -> None:
    made = files(*(SitemapEntry(f"{SITE}{path}") for path in paths))

    assert addresses(made["sitemap.xml"]) == [f"{SITE}{path}" for path in paths]


@pytest.mark.slow
def test_the_sitemap_keeps_the_published_schema() -> None:
    assert sitemap_errors(sample_sitemap()) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"<lastmod>2024-01-31<", b"<lastmod>31 January 2024<"),
        (b"<loc>https://notices.example.com/en/<", b"<loc><"),
        (b'rel="alternate"', b'rel="next"'),
        (b"<url><loc>", b"<url><title/><loc>"),
    ],
    ids=["day", "address", "link", "element"],
)
def test_the_schema_finds_faults(right, wrong) -> None:
    sitemap = sample_sitemap()

    assert right in sitemap
    assert sitemap_errors(sitemap.replace(right, wrong)) != []


@pytest.mark.slow
def test_a_parser_of_sitemaps_reads_the_same() -> None:
    entries = list(sitemap_entries([sample_publication()]))

    read = read_sitemap(files(*entries)["sitemap.xml"])

    assert [
        (
            item["url"],
            item["lastmod"],
            tuple((link["lang"], link["url"]) for link in item["links"]),
        )
        for item in read
    ] == [(each.url, str(each.updated), each.alternates) for each in entries]


@pytest.mark.slow
def test_a_parser_of_sitemaps_reads_the_index() -> None:
    made = files(*(SitemapEntry(f"{SITE}{n}") for n in range(50_001)))

    read = read_sitemap(made["sitemap.xml"], index=True)

    assert [item["url"] for item in read] == [
        f"{SITE}sitemap-1.xml",
        f"{SITE}sitemap-2.xml",
    ]
