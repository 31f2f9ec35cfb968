"""Follow the links of the web site: each leads to something that is published."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin

from notifier.checks.evidence import Evidence
from notifier.checks.reading_back import Output
from notifier.content.links import localized_url
from notifier.errors import Place, Problem

RULES: Mapping[str, str] = MappingProxyType(
    {
        "facts/site-link": "a link within the web site leads to nothing that is "
        "published",
    }
)
_HINT = "compare the author's layouts with the built-in ones"
_LINK = re.compile(r'<link [^>]*href="([^"]*)"|<uri>([^<]*)</uri>')
_ADDRESS = re.compile(r"[a-z]+:")
_AROUND = ("index.html", "feed.xml")
# Stands for the site of a notice that names none.
_NOWHERE = "https://site.invalid"


def site_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield the links of the web site that lead nowhere within it."""
    notice = evidence.notice
    site = (notice.publisher.site or _NOWHERE).rstrip("/")
    published = {output.path for output in evidence.documents}
    published |= {path for path, _, _ in evidence.calendars} | {*evidence.pictures}
    folders = ("web", *(f"web/{lang}" for lang in notice.locales))
    published |= {f"{folder}/{name}" for folder in folders for name in _AROUND}
    known = {f"{site}/{path.removeprefix('web/')}" for path in published}
    known |= {url.removesuffix("index.html") for url in known} | {site}
    for output in evidence.documents:
        if output.document in ("web", "feed"):
            own = dict.fromkeys(_own_links(output))
            support = localized_url(notice.support.url, output.lang, notice.links)
            anchors = _anchors(output)
            for link in dict.fromkeys((*own, *_links(output))):
                is_ours = link in own and _ADDRESS.match(link) and link != support
                if link in anchors:
                    continue
                if not _leads(link, output, site, known, is_ours=bool(is_ours)):
                    message = f"{link[:80]!r} leads to no page of the site"
                    place = Place(output.path)
                    yield Problem("facts/site-link", message, place, _HINT)


def _own_links(output: Output) -> Iterator[str]:
    """Yield the links that can only mean the site itself."""
    if output.document == "feed":
        yield from (one or other for one, other in _LINK.findall(output.text))
        return
    yield from output.tree.xpath("//link/@href")
    yield from output.tree.xpath('//meta[contains(@property, "url")]/@content')
    for script in output.tree.xpath('//script[@type="application/ld+json"]'):
        yield from _addresses(json.loads(script.text))


def _anchors(output: Output) -> frozenset[str]:
    """Return the links that lead to a place of the page itself."""
    ids = () if output.tree is None else output.tree.xpath("//@id")
    return frozenset(f"#{id}" for id in ids)


def _links(output: Output) -> Iterator[str]:
    if output.document == "feed":
        return
    yield from output.tree.xpath("//@href")
    # A logo stands beside the page, and is not read back.
    pictures = output.tree.xpath("//img/@src | //source/@srcset")
    yield from (link for link in pictures if link.endswith(".svg"))


def _addresses(value: Any) -> Iterator[str]:
    """Yield all values of `url` in *value*, which came from JSON."""
    if isinstance(value, Mapping):
        yield from (str(each) for key, each in value.items() if key == "url")
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _addresses(each)


def _leads(
    link: str, output: Output, site: str, known: Collection[str], *, is_ours: bool
) -> bool:
    """Tell whether *link* leads to one of the *known*, or out of the site.

    One that *is_ours* may not lead out of it.
    """
    if link.startswith("#"):
        return False
    if link.startswith("webcal://"):
        is_ours = True
        link = f"{site.partition(':')[0]}:{link.partition(':')[2]}"
    if _ADDRESS.match(link) and not is_ours and not _is_near(link, site):
        return True
    here = f"{site}/{output.path.removeprefix('web/')}"
    return urljoin(here, link).partition("#")[0] in known


def _is_near(link: str, site: str) -> bool:
    return link == site or link.startswith(f"{site}/")
