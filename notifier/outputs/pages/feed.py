"""Write the feeds of the site: Atom, RFC 4287."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_DNS, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from notifier.model.notice import Publisher
from notifier.outputs.pages.changes import PublishedChange, published_changes
from notifier.outputs.pages.publication import Publication

FEED = "feed.xml"
_MOST_ENTRIES = 100
# What XML 1.0 cannot hold, or would not give back.
_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class _Head:
    """What a feed says of itself; its files stand at *path*, below `web/`.

    *url* is the address of the page that it belongs to, empty without a site.
    """

    lang: str
    title: str
    domain: str
    path: str
    url: str


@dataclass(frozen=True, slots=True)
class _Told:
    """A change with the notice that tells it."""

    publication: Publication
    change: PublishedChange


def atom_feed(publication: Publication, lang: str) -> bytes | None:
    """Return the feed of one notice in a locale, which stands beside its page.

    None if the notice tells of no change, or its publisher has no domain for the ids.
    """
    notice = publication.notice
    title = publication.wordings[lang].text(notice.title)
    path = str(publication.path(lang).parent)
    domain = notice.publisher.domain or ""
    head = _Head(lang, title, domain, path, publication.url(lang))
    return _atom(head, _told(publication, lang))


def locale_feed(
    publications: Iterable[Publication], lang: str, *, title: str
) -> bytes | None:
    """Return the feed of all notices in a locale, which stands beside their index.

    It holds the newest hundred changes; *title* is plain text. None if no notice has a
    feed of its own.
    """
    told = [
        each
        for publication in publications
        if lang in publication.notice.locales
        for each in _told(publication, lang)
    ]
    told.sort(key=lambda each: each.change.date, reverse=True)
    publishers = [each.publication.notice.publisher for each in told]
    # Whichever notice comes first, the id of the feed stays.
    domain = min((each.domain or "" for each in publishers), default="")
    site = next((each.site for each in publishers if each.site), "")
    url = f"{site.rstrip('/')}/{lang}/" if site else ""
    return _atom(_Head(lang, title, domain, lang, url), told[:_MOST_ENTRIES])


def _told(publication: Publication, lang: str) -> list[_Told]:
    if not publication.notice.publisher.domain:
        return []
    changes = published_changes(publication, lang)
    return [_Told(publication, change) for change in changes]


def _atom(head: _Head, told: Sequence[_Told]) -> bytes | None:
    if not told:
        return None
    namespace = "http://www.w3.org/2005/Atom"
    feed = Element("feed", {"xmlns": namespace, "xml:lang": head.lang})
    # No date of a notice is sure to stay, as a tag: URI would need one.
    permanent = uuid5(uuid5(NAMESPACE_DNS, head.domain), head.path)
    _add(feed, "id", permanent.urn)
    _add(feed, "title", head.title)
    _add(feed, "updated", _stamp(told[0].change.date))
    for publisher in dict.fromkeys(each.publication.notice.publisher for each in told):
        _add_author(feed, publisher)
    if head.url:
        _add_link(feed, "self", f"{head.url}{FEED}", "application/atom+xml", head.lang)
    _add_link(feed, "alternate", head.url or "index.html", "text/html", head.lang)
    for each in told:
        _add_entry(feed, each, head)
    indent(feed)
    data: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _add_entry(feed: Element, told: _Told, head: _Head) -> None:
    publication, change = told.publication, told.change
    notice, wording = publication.notice, publication.wordings[head.lang]
    named = {"title": wording.text(notice.title), "label": change.title}
    path = f"{notice.id}/{head.lang}/{change.id}"
    entry = SubElement(feed, "entry")
    # RFC 4151; the same entry has the same id in both feeds.
    _add(entry, "id", f"tag:{notice.publisher.domain},{change.date}:{path}")
    _add(entry, "title", wording.gettext("%(title)s – %(label)s") % named)
    _add(entry, "updated", _stamp(change.date))
    _add_author(entry, notice.publisher)
    beside = publication.path(head.lang).relative_to(head.path)
    page = publication.url(head.lang) or str(beside)
    _add_link(entry, "alternate", page, "text/html", head.lang)
    # Readers lay out what runs the other way only if the text says so itself.
    is_rtl = wording.dir == "rtl"
    html = f'<div dir="rtl">\n{change.html}</div>\n' if is_rtl else change.html
    _add(entry, "content", html).set("type", "html")


def _add_author(parent: Element, publisher: Publisher) -> None:
    author = SubElement(parent, "author")
    _add(author, "name", publisher.name)
    if publisher.site:
        _add(author, "uri", publisher.site)


def _add_link(parent: Element, rel: str, href: str, type: str, lang: str) -> None:
    link = {"rel": rel, "type": type, "hreflang": lang, "href": href}
    SubElement(parent, "link", link)


def _add(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, name)
    child.text = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
    return child


def _stamp(day: date) -> str:
    return f"{day}T00:00:00Z"
