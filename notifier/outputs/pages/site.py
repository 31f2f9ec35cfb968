"""Make the pages of the web site, and all that stands beside each.

Call `check_site` before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import urlsplit

from notifier.content.site_page import Picture, Surroundings
from notifier.errors import Place, Problem, raise_errors
from notifier.model.notice import Notice
from notifier.outputs.pages.docs_tree import locales_of, page_path
from notifier.outputs.pages.feed import FEED, atom_feed
from notifier.outputs.pages.publication import Publication
from notifier.outputs.pages.site_indexes import index_files, logo_name
from notifier.outputs.pages.structured_data import structured_data
from notifier.outputs.pages.timeline import timeline_svg
from notifier.outputs.schedule_words import (
    public_calendar_words,
    public_timeline_words,
)
from notifier.outputs.waves_calendar import waves_ics

RULES: Mapping[str, str] = MappingProxyType(
    {
        "publish/same-notice": "two notices of one run have the same id, or one has "
        "the name of a file of the site",
        "publish/sites-differ": "the notices of one run have different sites",
    }
)
WEB = PurePosixPath("web")
CALENDAR = "waves.ics"
_DRAWINGS = {"timeline.svg": 720, "timeline-narrow.svg": 320}
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_TAKEN = ("index.html", FEED)
File = tuple[PurePosixPath, bytes]


def check_site(publications: Iterable[Publication]) -> None:
    """Raise a problem for each notice that cannot be part of this site.

    Raises:
        NotifierError: two notices have the same id, or different sites.
    """
    notices = [publication.notice for publication in publications]
    raise_errors((*_same_ids(notices), *_different_sites(notices)))


def site_pages(publications: Sequence[Publication]) -> dict[str, Mapping[str, str]]:
    """Return, by locale, where the page at each path of the docs tree stands.

    The addresses are relative to any page of a notice in that locale; a notice that is
    not made in it is read in its default locale.
    """
    notices = [publication.notice for publication in publications]
    return {lang: _pages(notices, lang) for lang in locales_of(publications)}


def web_files(
    publication: Publication, lang: str, pages: Mapping[str, str]
) -> Iterator[File]:
    """Yield `web/<locale>/<notice>/index.html` and the files beside it.

    *pages* are the `site_pages` of the locale.

    Raises:
        NotifierError: a template fails, or a text is too large.
    """
    for name, data in notice_files(publication, lang, pages):
        yield WEB / publication.path(lang, name), data


def around_files(publications: Sequence[Publication]) -> Iterator[File]:
    """Yield what the notices share: indexes, feeds, the sitemap."""
    for path, data in index_files(publications):
        yield WEB / path, data


def notice_files(
    publication: Publication, lang: str, pages: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a notice in a locale; the page knows what stands beside it.

    Raises:
        NotifierError: a template fails, or a text is too large.
    """
    beside = dict(_beside(publication, lang))
    yield from beside.items()
    notice = publication.notice
    urls = {each: publication.url(each) for each in notice.locales}
    around = Surroundings(
        status=publication.status,
        updated=publication.updated,
        urls=urls if notice.publisher.site else {},
        feed=FEED if FEED in beside else "",
        calendar=CALENDAR if CALENDAR in beside else "",
        subscription=_subscription(publication, lang) if CALENDAR in beside else "",
        logo=logo_name(notice),
        timeline=_drawn(beside),
        path=str(page_path(notice)),
        pages=pages,
        data=structured_data(publication, lang),
    )
    yield "index.html", publication.compiler.site_page(lang, around).encode()


def _beside(publication: Publication, lang: str) -> Iterator[tuple[str, bytes]]:
    notice, plan = publication.notice, publication.plan
    wording = publication.wordings[lang]
    if plan.phases:
        drawn = public_timeline_words(notice, plan, wording)
        for name, width in _DRAWINGS.items():
            yield name, timeline_svg(notice, plan, drawn, width=width).encode()
    if plan.waves and notice.publisher.domain:
        said = public_calendar_words(notice, plan, wording)
        yield CALENDAR, waves_ics(notice, plan, said)
    if feed := atom_feed(publication, lang):
        yield FEED, feed
    if notice.brand.logo:
        yield logo_name(notice), notice.brand.logo.read_bytes()


def _drawn(files: Mapping[str, bytes]) -> tuple[Picture, Picture] | None:
    """Return the wide and the narrow timeline, each with its own size."""
    sizes = {
        name: _BOX.search(files[name].decode()) for name in _DRAWINGS if name in files
    }
    pictures = [
        Picture(name, round(float(box[1])), round(float(box[2])))
        for name, box in sizes.items()
        if box
    ]
    return (pictures[0], pictures[1]) if len(pictures) == 2 else None


def _subscription(publication: Publication, lang: str) -> str:
    """Return the address by which calendar programs subscribe; empty without a site."""
    url = publication.url(lang, CALENDAR)
    return urlsplit(url)._replace(scheme="webcal").geturl() if url else ""


def _pages(notices: Iterable[Notice], lang: str) -> dict[str, str]:
    return {
        str(page_path(notice)): f"../{notice.id}/index.html"
        if lang in notice.locales
        else f"../../{notice.default_locale}/{notice.id}/index.html"
        for notice in notices
    }


def _place(notice: Notice, key: str) -> Place:
    """Return where the folder says *key*, so that it can be told from others."""
    place = (notice.places or {}).get(key) or Place("notice.yaml")
    return replace(place, path=(notice.folder / place.path).as_posix())


def _same_ids(notices: Iterable[Notice]) -> Iterator[Problem]:
    seen: dict[str, Notice] = {}
    for notice in notices:
        place = _place(notice, "notice")
        # Some file systems do not tell letter cases apart.
        first = seen.setdefault(notice.id.casefold(), notice)
        if notice.id.casefold() in _TAKEN:
            message = f"the id {notice.id!r} is the name of a file of the web site"
            yield Problem("publish/same-notice", message, place, "choose another id")
        elif first is not notice:
            message = (
                f"the id {notice.id!r} of {notice.folder.name!r} is also that of "
                f"{first.folder.name!r}"
            )
            hint = "give each notice an id of its own"
            yield Problem("publish/same-notice", message, place, hint)


def _different_sites(notices: Iterable[Notice]) -> Iterator[Problem]:
    first = ""
    for notice in notices:
        site = (notice.publisher.site or "").rstrip("/")
        first = first or site
        if site and site != first:
            message = f"the site {site!r} of {notice.id!r} is not {first!r}"
            place = _place(notice, "publisher.site")
            hint = "publish the notices of different sites one by one"
            yield Problem("publish/sites-differ", message, place, hint)
