"""What is published says the same everywhere: in each format, locale and file."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import icalendar
import pytest
import yaml
from click.testing import CliRunner
from lxml import etree, html

from notifier.cli import main
from notifier.content.dialect import parse, render_signature
from notifier.notice import read_notice
from notifier.outputs.documents import render_documents
from notifier.outputs.jobs import RenderRequest
from tests.outputs.pages.published import (
    CLOCKS,
    LOCALES,
    NOTICES,
    SITES,
    pages,
    tree,
)
from tests.outputs.pages.site_samples import dead_links

every_tree = pytest.mark.parametrize("name", CLOCKS)
every_notice = pytest.mark.parametrize(
    ("name", "folder"),
    [(name, folder) for name, folders in NOTICES.items() for folder in folders],
    ids=[folder.name for folders in NOTICES.values() for folder in folders],
)
LENGTHS = {"hour": 60, "hours": 60, "minutes": 1}


def html_of(name: str, lang: str, id: str) -> html.HtmlElement:
    data = tree(name)[f"web/{lang}/{id}/index.html"]
    return html.document_fromstring(data.decode())


def letters(text: str) -> str:
    """Return the letters and digits of *text* alone: what every format has to tell."""
    return "".join(re.findall(r"[^\W_]+", text))


# ------------------------------------------------------------- one text, four formats

_ATTRIBUTE = re.compile(r'\{(?:#[^\s{}]+|target="_blank")\}')
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)")
_SIGNS = re.compile(
    r"^ *```.*$|^(?:>? *)*\[!\w+\]|^ *(?:[*+-] )*\d+\. |<https:[^>]*>", re.MULTILINE
)


def told_by_markdown(text: str) -> tuple[str, Counter[str]]:
    """Return the letters of Markdown, and the addresses that it links to."""
    text = unescape(_ATTRIBUTE.sub("", text))
    addresses = [url for _, url in _LINK.findall(text) if url.startswith("https:")]
    return letters(_SIGNS.sub("", _LINK.sub(r"\1", text))), Counter(addresses)


def told_by_html(*elements: html.HtmlElement) -> tuple[str, Counter[str]]:
    addresses = [
        url
        for each in elements
        for url in each.xpath("descendant-or-self::a/@href")
        if url.startswith("https:")
    ]
    said = (letters(each.text_content()) for each in elements)
    return "".join(said), Counter(addresses)


def sections_of_markdown(page: str) -> dict[str, str]:
    """Return the text of a page by the anchors of its headings."""
    body = page.split("---\n", 2)[2]
    anchors = re.split(r"^(##? .*\{#([\w-]+)\})$", body, flags=re.MULTILINE)[1:]
    return {
        anchor: f"{heading}\n{text}"
        for heading, anchor, text in zip(
            anchors[::3], anchors[1::3], anchors[2::3], strict=True
        )
    }


def sections_of_html(page: html.HtmlElement) -> dict[str, list[html.HtmlElement]]:
    """Return what the author's text has become on a page of the web site."""
    added = "//*[self::figure or @class='waves' or @class='actions' or @class='label']"
    for each in page.xpath(added):
        each.drop_tree()
    (title,) = page.xpath("//h1")
    lead = page.xpath("//div[@class='words']/section[1]/preceding-sibling::*")
    found = {title.get("id"): [title, *(e for e in lead if e.get("class") != "fold")]}
    for section in page.xpath("//div[@class='words']/section"):
        found[section.get("aria-labelledby")] = [section]
    closing = page.xpath("//div[@class='support']/*[position() < last()]")
    list(found.values())[-1].extend(closing)
    return found


@every_notice
def test_markdown_and_html_tell_the_same_in_every_section(name, folder):
    notice, _ = read_notice(folder)
    path = notice.page.path

    for lang in notice.locales:
        page = tree(name)[f"docs/{lang}/{path}"].decode()
        markdown = sections_of_markdown(page)
        web = sections_of_html(html_of(name, lang, notice.id))
        for part in (part for parts in web.values() for part in parts):
            for title in part.xpath("descendant-or-self::p[@class='alert-title']"):
                title.drop_tree()

        assert list(web) == list(markdown)
        for anchor, text in markdown.items():
            assert told_by_html(*web[anchor]) == told_by_markdown(text), (lang, anchor)


@every_notice
def test_text_and_facts_tell_what_the_web_page_does(name, folder):
    notice, _ = read_notice(folder)
    request = RenderRequest(documents=("page",), formats=("md", "txt", "json"))
    made = {
        str(file.path): file.text
        for file in render_documents(notice, request, now=CLOCKS[name]).files
    }

    for lang in notice.locales:
        assert (
            tree(name)[f"docs/{lang}/{notice.page.path}"].decode()
            == (made[f"{lang}/page.md"])
        )
        web = sections_of_html(html_of(name, lang, notice.id))
        said, addresses = told_by_html(*(e for each in web.values() for e in each))
        text = made[f"{lang}/page.txt"]
        if any(each.xpath(".//table") for parts in web.values() for each in parts):
            # A wide table becomes a list, which says its headings again.
            assert numbers(_SIGNS.sub("", text)) == numbers(said), lang
        else:
            assert letters(_SIGNS.sub("", text)) == said, lang
        assert Counter(re.findall(r"<(https:[^>]*)>", text)) == addresses, lang
        facts = json.loads(made[f"{lang}/page.json"])
        parts = [
            *(phase["text"] for phase in facts["phases"]),
            *(item[key] for item in facts["faq"] for key in ("question", "answer")),
        ]
        assert absent([told_by_markdown(part)[0] for part in parts], said) == []
        assert facts["support"]["url"] in addresses


def numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d", text))


def absent(parts: list[str], text: str) -> list[str]:
    """Return those of *parts* that do not stand in *text*, in their order."""
    at, lost = 0, []
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            lost.append(part)
        else:
            at = found + len(part)
    return lost


def test_a_difference_is_seen():
    page = "---\n---\n# A {#a}\n\nOn **May 5**, see [it](https://a.example/1).\n"
    web = html.fromstring(
        "<div><h1 id='a'>A</h1><p>On <b>May 6</b>, "
        "see <a href='https://a.example/2'>it</a>.</p></div>"
    )

    said, addresses = told_by_markdown(sections_of_markdown(page)["a"])

    assert said == "AOnMay5seeit"
    assert told_by_html(web) == ("AOnMay6seeit", Counter(["https://a.example/2"]))
    assert addresses == Counter(["https://a.example/1"])
    assert absent(["b", "a", "c"], "abc") == ["a"]


# ------------------------------------------------------------------- the schedule


def windows(folder) -> dict[str, tuple[datetime, datetime]]:
    """Return the windows of a notice by wave, read without its own code."""
    path = folder / "waves.yaml"
    data = yaml.load(path.read_text("utf-8"), yaml.BaseLoader) if path.exists() else {}
    found = {}
    for wave in data.get("waves", ()):
        zone = ZoneInfo(wave.get("timezone") or data["timezone"])
        start = datetime.fromisoformat(wave["start"]).replace(tzinfo=zone)
        number, unit = wave["window"].split()
        length = timedelta(minutes=int(number) * LENGTHS[unit])
        end = (start.astimezone(UTC) + length).astimezone(zone)
        found[wave["id"]] = (start, end)
    return dict(sorted(found.items(), key=lambda each: each[1]))


def clock_numbers(start: datetime, end: datetime) -> Counter[int]:
    """Return numbers that any language has in a window."""
    return Counter([start.year, start.day, start.minute, end.minute])


@every_notice
def test_every_file_tells_the_same_windows(name, folder):
    notice, _ = read_notice(folder)
    expected = windows(folder)
    iso = [(start.isoformat(), end.isoformat()) for start, end in expected.values()]
    now = CLOCKS[name].isoformat()
    ran = CliRunner().invoke(main, ["waves", str(folder), "--to", "json", "--now", now])

    shown = json.loads(ran.stdout)["waves"]
    assert {wave["id"]: (wave["start"], wave["end"]) for wave in shown} == dict(
        zip(expected, iso, strict=True)
    )
    for lang in notice.locales:
        page = html_of(name, lang, notice.id)
        cards = page.xpath("//li[starts-with(@class, 'wave')]//time")
        assert [(t.get("datetime"), t.get("data-end")) for t in cards] == iso
        for card, (start, end) in zip(cards, expected.values(), strict=True):
            told = Counter(map(int, re.findall(r"\d+", card.text_content())))
            assert clock_numbers(start, end) <= told, card.text_content()
        (data,) = page.xpath("//script[@type='application/ld+json']/text()")
        assert [
            (each["startDate"], each["endDate"])
            for each in json.loads(data)["@graph"]
            if each["@type"] == "Event"
        ] == iso
        assert calendar(tree(name), f"web/{lang}/{notice.id}/waves.ics") == {
            f"{notice.id}.{id}@{notice.publisher.domain}": window
            for id, window in expected.items()
        }


def calendar(
    made: Mapping[str, bytes], path: str
) -> dict[str, tuple[datetime, datetime]]:
    if path not in made:
        return {}
    events = icalendar.Calendar.from_ical(made[path]).events
    return {str(each["UID"]): (each.start, each.end) for each in events}


def test_a_week_is_told_by_its_days():
    page = html_of("folders", "en", "orbit-data-center")

    dates = page.xpath("//dl[@class='facts']//dd[span[@class='note']]/text()")
    assert dates == [
        "February 17–23, 2025",
        "March 3–9, 2025",
        "1st quarter 2025 – 2nd quarter 2025",
    ]


# ------------------------------------------------------------ alike in all locales


@every_notice
def test_the_structure_is_the_same_in_all_locales(name, folder):
    notice, _ = read_notice(folder)

    first, *others = (structure(name, lang, notice) for lang in notice.locales)

    for lang, other in zip(notice.locales[1:], others, strict=True):
        assert other == first, lang


def structure(name: str, lang: str, notice) -> dict[str, object]:
    """Return what has to be equal in all locales: all but words and addresses."""
    made = tree(name)
    page = html_of(name, lang, notice.id)
    (data,) = page.xpath("//script[@type='application/ld+json']/text()")
    markdown = made[f"docs/{lang}/{notice.page.path}"].decode().split("---\n", 2)[2]
    # How support is reached may differ by language.
    markdown = re.sub(r"\(https:[^)]*\)", "(https:)", markdown)
    beside = f"web/{lang}/{notice.id}/"
    feed = made.get(f"{beside}feed.xml")
    ics = made.get(f"{beside}waves.ics")
    return {
        "files": sorted(p.removeprefix(beside) for p in made if p.startswith(beside)),
        "markdown": render_signature(parse(markdown)),
        "html": [alike(each, lang) for each in page.iter(etree.Element)],
        "data": shape(json.loads(data)),
        "feed": feed and [each.tag for each in etree.fromstring(feed).iter()],
        "calendar": ics
        and [
            (each.name, sorted(each))
            for each in icalendar.Calendar.from_ical(ics).walk()
        ],
    }


def alike(element: html.HtmlElement, lang: str) -> tuple[str, list[tuple[str, str]]]:
    kept = ("id", "class", "href", "datetime", "data-end", "src", "srcset", "width")
    if "languages" in "".join(element.xpath("ancestor::nav/@class")):
        kept = ("lang",)
    found = ((key, element.get(key)) for key in kept if element.get(key))
    return element.tag, [
        (key, re.sub(r"^https:.*", "https:", value).replace(f"/{lang}/", "/*/"))
        for key, value in found
        if element.tag != "html"
    ]


def shape(data: object) -> object:
    if isinstance(data, dict):
        return {key: shape(value) for key, value in data.items()}
    return [shape(each) for each in data] if isinstance(data, list) else ""


# ------------------------------------------------------------------------- links


@every_tree
def test_every_relative_link_leads_to_a_file_and_a_place_in_it(name):
    made = {
        path.removeprefix("web/"): data
        for path, data in tree(name).items()
        if path.startswith("web/")
    }

    assert list(dead_links(made)) == []


@every_tree
def test_every_address_of_the_site_is_that_of_a_file(name):
    made = tree(name)
    site = SITES[name]

    named = {
        path: set(
            re.findall(rf'(?:{re.escape(site)}|webcal://{site[8:]})[^\s"<&\\]*', text)
        )
        for path, data in made.items()
        if (text := unfolded(path, data)) and not path.endswith(".svg")
    }

    lost = {
        (path, url)
        for path, urls in named.items()
        for url in urls
        if file_at(url.replace("webcal:", "https:"), site) not in made
    }
    assert lost == set()
    assert sum(map(len, named.values())) > 100


def unfolded(path: str, data: bytes) -> str:
    text = data.decode()
    return text.replace("\r\n ", "") if path.endswith(".ics") else unescape(text)


def file_at(url: str, site: str) -> str:
    path = url.partition("#")[0].removeprefix(site)
    return f"web/{path}index.html" if path.endswith("/") or not path else f"web/{path}"


@every_tree
def test_translations_of_a_page_name_each_other(name):
    site = SITES[name]
    alternates = {}
    for path, page in pages(name):
        (canonical,) = page.xpath("//link[@rel='canonical']/@href")
        (shared,) = page.xpath("//meta[@property='og:url']/@content")
        assert canonical == shared
        assert file_at(canonical, site) == f"web/{path}"
        links = page.xpath("//link[@rel='alternate' and @hreflang]")
        alternates[canonical] = {
            each.get("hreflang"): each.get("href") for each in links
        }

    for url, named in alternates.items():
        assert "x-default" in named, url
        assert url in named.values(), url
        for other in named.values():
            assert alternates[other] == named, (url, other)
    sitemap = etree.fromstring(tree(name)["web/sitemap.xml"])
    assert {
        each.findtext("{*}loc"): {
            link.get("hreflang"): link.get("href")
            for link in each.iter("{http://www.w3.org/1999/xhtml}link")
        }
        for each in sitemap
    } == alternates


@every_tree
def test_links_of_the_docs_tree_lead_to_pages_and_anchors(name):
    made = tree(name)
    lost = []
    for path, data in made.items():
        if not path.startswith("docs/"):
            continue
        text = data.decode()
        anchors = set(re.findall(r"\{#([\w-]+)\}$", text, re.MULTILINE))
        for address in re.findall(r"\]\(([^)\s]+)\)", text):
            page, _, anchor = address.partition("#")
            target = str(PurePosixPath(path).parent / page)
            # Pages of others may be linked to from a text, never from the contents.
            if path.endswith("TOC.md") and target not in made:
                lost.append((path, address))
            if not page and anchor not in anchors:
                lost.append((path, address))

    assert lost == []


@every_tree
def test_entries_of_a_feed_lead_to_the_page_of_their_locale(name):
    for path, data in tree(name).items():
        if path.endswith("feed.xml"):
            feed = etree.fromstring(data)
            lang = feed.get("{http://www.w3.org/XML/1998/namespace}lang")
            links = [
                file_at(link.get("href"), SITES[name]) for link in feed.iter("{*}link")
            ]
            assert {each.split("/")[1] for each in links} == {lang}
            assert set(links) <= tree(name).keys()


# ------------------------------------------------------------------ read as prose

_BLOCKS = {
    *("h1", "h2", "h3", "p", "li", "dt", "dd", "summary", "td", "th", "div"),
    *("section", "ul", "ol", "dl", "pre", "nav", "tr", "figure", "details", "main"),
}


def lines(element: html.HtmlElement) -> Iterator[str]:
    """Yield what a page shows, a line per block; pictures by what stands for them."""
    if element.tag == "img":
        yield f"[{element.get('alt')}]"
    is_block = element.tag in _BLOCKS or element.get("class") == "note"
    yield "\0" if is_block else ""
    yield element.text or ""
    for child in element.iterchildren(etree.Element):
        yield from lines(child)
        yield child.tail or ""
    yield "\0" if is_block else ""


def shown(page: html.HtmlElement) -> str:
    for each in page.xpath("//*[@class='side' or @class='label']"):
        each.drop_tree()
    (main_part,) = page.xpath("//main")
    text = re.sub(r"[ \n\t]+", " ", "".join(lines(main_part)))
    return re.sub(r" ?\0[ \0]*", "\n", text).strip("\n") + "\n"


@pytest.mark.parametrize("lang", LOCALES.strip("[]").split(", "))
def test_the_web_page_reads_as_reviewed(lang, golden):
    page = html_of("sample", lang, "email-infrastructure")

    golden(f"published/{lang}.txt", shown(page))
