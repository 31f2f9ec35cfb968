"""The indexes of the web site: of each locale, and of the languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from notifier.model.notice import Change
from tests.outputs.pages.site_samples import SAMPLE, notice_of, parsed, site_of, texts
from tests.outputs.schedule_samples import text

SITE = "https://notices.example.com"


def notice(id, day=None, *langs, **changes):
    """Return a notice without a schedule that was changed on a day of 2024."""
    told = () if day is None else (Change(date(2024, *day), text("Moved.")),)
    made = replace(
        notice_of(SAMPLE, *(langs or ("en",))),
        id=id,
        title=text(f"The {id}"),
        description=None,
        schedule=None,
        instances=None,
        notice_period=None,
        fallback="warn",
        changes=told,
    )
    return replace(made, **changes)


def test_the_newest_notice_comes_first_and_archived_ones_are_folded():
    files = site_of(
        notice("old", (1, 5)),
        notice("undated"),
        notice("done", (1, 20), archived=date(2024, 1, 30)),
        notice("new", (1, 31)),
    )

    for path, start in (("en/index.html", ""), ("index.html", "en/")):
        index = parsed(files[path])
        listed = "//div[contains(@class, 'index')]/ul/li//h2/a"
        assert texts(index, listed) == ["The new", "The old", "The undated"]
        assert index.xpath(f"{listed}/@href") == [
            f"{start}{id}/index.html" for id in ("new", "old", "undated")
        ]
        assert texts(index, "//details[@class='archive']/summary") == ["Archive"]
        assert texts(index, "//details[@class='archive']//h2") == ["The done"]


def test_a_card_tells_status_dates_and_the_last_change():
    index = parsed(site_of(notice_of(SAMPLE, "en"))["en/index.html"])

    assert texts(index, "//li[@class='card']/*") == [
        "in progress October 2023 – January 2024",
        "Campaign email sending infrastructure upgrade",
        "What the upgrade of the Campaign email sending infrastructure means for you",
        "Last updated: January 25, 2024",
    ]


def test_the_index_of_languages_leads_to_every_locale_and_every_page():
    files = site_of(notice("one", (1, 5), "en", "ja"), notice("two", (1, 4), "ar"))

    root = parsed(files["index.html"])

    languages = root.xpath("//nav[@class='languages']//a")
    assert [(a.text, a.get("href")) for a in languages] == [
        ("English", "en/index.html"),
        ("日本語", "ja/index.html"),
        ("العربية", "ar/index.html"),
    ]
    assert [a.get("aria-current") for a in languages] == [None] * 3
    assert root.xpath("//ul[@class='tongues']//a/@href") == [
        "en/one/index.html",
        "ja/one/index.html",
        "ar/two/index.html",
    ]
    one, two = root.xpath("//li[@class='card']")
    assert (one.get("lang"), one.get("dir")) == (None, None)
    assert (two.get("lang"), two.get("dir")) == ("ar", "rtl")
    assert root.get("lang") == "en"


def test_a_locale_lists_only_what_is_made_in_it():
    files = site_of(notice("one", (1, 5), "en", "ja"), notice("two", (1, 4), "ar"))

    assert texts(parsed(files["ja/index.html"]), "//h2") == ["The one"]
    assert texts(parsed(files["ar/index.html"]), "//h2") == ["The two"]


@pytest.mark.parametrize(
    ("path", "url"),
    [("ja/index.html", f"{SITE}/ja/"), ("index.html", f"{SITE}/")],
    ids=["locale", "root"],
)
def test_the_indexes_know_each_other(path, url):
    index = parsed(site_of(notice("one", (1, 5), "en", "ja"))[path])

    assert index.xpath("//link[@rel='canonical']/@href") == [url]
    links = index.xpath("//link[@rel='alternate'][@hreflang]")
    assert [(link.get("hreflang"), link.get("href")) for link in links] == [
        ("en", f"{SITE}/en/"),
        ("ja", f"{SITE}/ja/"),
        ("x-default", f"{SITE}/"),
    ]


def test_a_shared_template_lays_the_indexes_out(sample):
    shared = sample.parent
    (shared / "notifier.yaml").write_text("fallback: warn\n")
    for folder, words in ((shared, "shared"), (sample, "own")):
        layout = folder / "templates" / "layouts" / "site-index.html.j2"
        layout.parent.mkdir(parents=True)
        layout.write_text(f"<!DOCTYPE html><p>{words}: {{{{ title }}}}</p>\n")

    files = site_of(notice_of(sample, "en"))

    expected = b"<!DOCTYPE html><p>shared: Notices</p>\n"
    assert files["index.html"] == files["en/index.html"] == expected


def test_without_notices_there_is_no_site():
    assert site_of() == {}
