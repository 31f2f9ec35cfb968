"""Make what the notices of the web site share: indexes, feeds, the sitemap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from notifier.content.site_frame import language_link
from notifier.content.site_index import IndexSurroundings, NoticeCard, notice_card
from notifier.content.site_words import site_words
from notifier.model.notice import Notice
from notifier.outputs.pages.docs_tree import locales_of
from notifier.outputs.pages.feed import FEED, locale_feed
from notifier.outputs.pages.publication import Publication
from notifier.outputs.pages.sitemap import site_of, sitemap_entries, sitemap_files

_INDEX = "index.html"
File = tuple[PurePosixPath, bytes]


def index_files(publications: Sequence[Publication]) -> Iterator[File]:
    """Yield the index and feed of each locale, the index of languages, the sitemap.

    The first notice of a locale lends its words, its look, and the templates that it
    shares with others, beside its `notifier.yaml`.

    Raises:
        NotifierError: a template fails.
    """
    if not publications:
        return
    locales, site = locales_of(publications), site_of(publications)
    for lang in locales:
        listed = [each for each in publications if lang in each.notice.locales]
        path = PurePosixPath(lang)
        words = site_words(listed[0].wordings[lang])
        feed = locale_feed(listed, lang, title=words.notices)
        if feed:
            yield path / FEED, feed
        around = IndexSurroundings(
            "index.html", locales, site, FEED if feed else "", _logo(listed[0])
        )
        page = listed[0].compiler.index_page(
            lang, partial(_cards, listed, lang), around
        )
        yield path / _INDEX, page.encode()
    yield PurePosixPath(_INDEX), _root(publications, locales, site).encode()
    for name, data in sitemap_files(sitemap_entries(publications), site=site):
        yield PurePosixPath(name), data


def logo_name(notice: Notice) -> str:
    """Return the name of the logo beside the pages of *notice*; empty without one."""
    logo = notice.brand.logo
    return f"logo{logo.suffix.lower()}" if logo else ""


def _logo(publication: Publication) -> str:
    """Return where the logo stands, seen from the index of a locale."""
    name = logo_name(publication.notice)
    return f"{publication.notice.id}/{name}" if name else ""


def _cards(
    publications: Sequence[Publication], lang: str, marking: bool
) -> list[NoticeCard]:
    return [_card(each, lang, marking=marking) for each in publications]


def _card(publication: Publication, lang: str, *, marking: bool) -> NoticeCard:
    wording = publication.wordings[lang]
    return notice_card(
        publication.notice,
        publication.plan,
        wording.marking if marking else wording,
        status=publication.status,
        updated=publication.updated,
        href=f"{publication.notice.id}/{_INDEX}",
    )


def _root(
    publications: Sequence[Publication], locales: tuple[str, ...], site: str
) -> str:
    """Return the index of languages, in the default one of the first notice."""
    first = publications[0]
    lang = first.notice.default_locale
    logo = f"{lang}/{_logo(first)}" if _logo(first) else ""
    around = IndexSurroundings(_INDEX, locales, site, logo=logo, is_root=True)

    def cards(marking: bool) -> list[NoticeCard]:
        return [_root_card(each, lang, marking=marking) for each in publications]

    return first.compiler.index_page(lang, cards, around)


def _root_card(publication: Publication, lang: str, *, marking: bool) -> NoticeCard:
    """Return the card of a notice with its languages, best in the locale *lang*."""
    notice = publication.notice
    told = lang if lang in notice.locales else notice.default_locale
    languages = tuple(
        language_link(each, href=f"{each}/{notice.id}/{_INDEX}")
        for each in notice.locales
    )
    card = _card(publication, told, marking=marking)
    return replace(card, href=f"{told}/{card.href}", languages=languages)
