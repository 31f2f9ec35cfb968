"""Write the sitemap of the site: sitemaps.org, with the locales of each page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

from notifier.outputs.pages.publication import Publication

SITEMAP = "sitemap.xml"
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
# The protocol allows 50 MiB; the frame of a file is part of it.
_MOST_URLS, _MOST_BYTES = 50_000, 50 * 1024 * 1024 - 1024


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A page: its address, the day of its last change, its addresses by locale.

    The locale `x-default` is for readers of none of the others.
    """

    url: str
    updated: date | None = None
    alternates: tuple[tuple[str, str], ...] = ()


def sitemap_entries(publications: Sequence[Publication]) -> Iterator[SitemapEntry]:
    """Yield the pages of all notices that have a site, archived ones included.

    The indexes come first: that of languages, and one per locale.
    """
    sited = [each for each in publications if each.notice.publisher.site]
    if not sited:
        return
    site = site_of(sited)
    locales = dict.fromkeys(lang for each in sited for lang in each.notice.locales)
    updated = max((each.updated for each in sited if each.updated), default=None)
    indexes = [(lang, f"{site}{lang}/") for lang in locales]
    yield from _in_all_locales(indexes, updated, fallback=site)
    yield SitemapEntry(site, updated, (*indexes, ("x-default", site)))
    for each in sited:
        pages = [(lang, each.url(lang)) for lang in each.notice.locales]
        fallback = each.url(each.notice.default_locale)
        yield from _in_all_locales(pages, each.updated, fallback=fallback)


def sitemap_files(
    entries: Iterable[SitemapEntry], *, site: str
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of each file of the sitemap; none without an entry.

    Where one file would be too large, `sitemap.xml` is an index of several, which
    stand beside it; *site* is the address of their folder, with a slash at its end.
    """
    held: bytes | None = None
    names: list[str] = []
    for part in _parts(entries):
        if held is not None:
            names.append(f"sitemap-{len(names) + 1}.xml")
            yield names[-1], held
        held = part
    if held is not None and names:
        names.append(f"sitemap-{len(names) + 1}.xml")
        yield names[-1], held
        held = _index(f"{site}{name}" for name in names)
    if held is not None:
        yield SITEMAP, held


def site_of(publications: Iterable[Publication]) -> str:
    """Return the address of the site, with a slash at its end; empty without one."""
    sites = (each.notice.publisher.site for each in publications)
    site = next(filter(None, sites), "")
    return f"{site.rstrip('/')}/" if site else ""


def _in_all_locales(
    pages: list[tuple[str, str]], updated: date | None, *, fallback: str
) -> Iterator[SitemapEntry]:
    alternates = (*pages, ("x-default", fallback))
    for _, url in pages:
        yield SitemapEntry(url, updated, alternates)


def _parts(entries: Iterable[SitemapEntry]) -> Iterator[bytes]:
    """Yield sitemaps as large as the protocol allows."""
    urls: list[bytes] = []
    size = 0
    for entry in entries:
        url = _url(entry)
        if urls and (len(urls) == _MOST_URLS or size + len(url) > _MOST_BYTES):
            yield _sitemap(urls)
            urls, size = [], 0
        urls.append(url)
        size += len(url)
    if urls:
        yield _sitemap(urls)


def _sitemap(urls: Iterable[bytes]) -> bytes:
    head = f"{_HEAD}<urlset {_NAMESPACE} {_XHTML}>\n".encode()
    return b"".join((head, *urls, b"</urlset>\n"))


def _url(entry: SitemapEntry) -> bytes:
    url = Element("url")
    SubElement(url, "loc").text = entry.url
    if entry.updated:
        SubElement(url, "lastmod").text = entry.updated.isoformat()
    for lang, address in entry.alternates:
        link = {"rel": "alternate", "hreflang": lang, "href": address}
        SubElement(url, "xhtml:link", link)
    data: bytes = tostring(url, encoding="utf-8")
    return data + b"\n"


def _index(addresses: Iterable[str]) -> bytes:
    index = Element("sitemapindex")
    for address in addresses:
        SubElement(SubElement(index, "sitemap"), "loc").text = address
    data = tostring(index, encoding="unicode")
    head = f"{_HEAD}<sitemapindex {_NAMESPACE}>"
    return f"{head}{data.removeprefix('<sitemapindex>')}\n".encode()
