"""Lay the indexes of the web site out: of one locale, and of all languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jinja2 import Environment

from notifier.content.site_frame import (
    LanguageLink,
    frame_variables,
    language_link,
    og_alternates,
)
from notifier.content.site_words import (
    last_updated_text,
    notice_status_name,
    site_words,
)
from notifier.content.templates import render
from notifier.content.wording import Wording
from notifier.language.dates import format_partial_range
from notifier.model.notice import Notice, NoticeStatus
from notifier.model.schedule import Plan


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """A notice as an index lists it, in the words of the locale *lang*.

    *when* tells its dates from the first to the last. *newest* sorts; *languages* are
    given where the index offers them.
    """

    id: str
    lang: str
    dir: str
    title: str
    description: str
    status: NoticeStatus
    status_name: str
    when: str
    updated: tuple[str, str, str]
    updated_day: date | None
    newest: date
    href: str
    languages: tuple[LanguageLink, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexSurroundings:
    """What an index knows of the site around it; what is not there is empty.

    *home* and *logo* are relative; *site* is absolute, with a slash at its end, and
    empty without a site. *is_root* makes it the index of languages.
    """

    home: str
    locales: tuple[str, ...]
    site: str = ""
    feed: str = ""
    logo: str = ""
    is_root: bool = False


def notice_card(
    notice: Notice,
    plan: Plan,
    wording: Wording,
    *,
    status: NoticeStatus,
    updated: date | None,
    href: str,
) -> NoticeCard:
    """Return what an index tells of *notice* in the words of *wording*."""
    when, first = _dates(plan, wording)
    return NoticeCard(
        id=notice.id,
        lang=wording.lang,
        dir=wording.dir,
        title=wording.text(notice.title),
        description=wording.text(notice.description) if notice.description else "",
        status=status,
        status_name=notice_status_name(status, wording),
        when=when,
        updated=last_updated_text(updated, wording),
        updated_day=updated,
        newest=updated or first or date.min,
        href=href,
    )


def index_page(
    environment: Environment,
    notice: Notice,
    wording: Wording,
    cards: Iterable[NoticeCard],
    around: IndexSurroundings,
) -> str:
    """Return an index as a whole HTML document, the newest notices first.

    *notice* lends the name, logo and colour of its publisher.
    """
    listed = sorted(cards, key=lambda card: (-card.newest.toordinal(), card.id))
    links = _links(around, wording.lang)
    urls = {link.lang: link.url for link in links}
    url = around.site if around.is_root else urls.get(wording.lang, "")
    archived = NoticeStatus.ARCHIVED
    return render(
        environment.get_template("layouts/site-index.html.j2"),
        {
            **frame_variables(environment, notice, wording),
            "title": site_words(wording).notices,
            "description": "",
            "is_root": around.is_root,
            "og_type": "website",
            "og_alternates": og_alternates(around.locales, wording.lang),
            "home": around.home,
            "logo": around.logo,
            "feed": around.feed,
            "url": url,
            "default_url": around.site,
            "languages": links,
            "notices": [card for card in listed if card.status is not archived],
            "archive": [card for card in listed if card.status is archived],
        },
    )


def _links(around: IndexSurroundings, current: str) -> Sequence[LanguageLink]:
    start = "" if around.is_root else "../"
    return tuple(
        language_link(
            lang,
            href=f"{start}{lang}/index.html",
            url=f"{around.site}{lang}/" if around.site else "",
            is_current=lang == current and not around.is_root,
        )
        for lang in around.locales
    )


def _dates(plan: Plan, wording: Wording) -> tuple[str, date | None]:
    """Return the time from the first to the last phase in words, and its first day."""
    phases = [planned.phase for planned in plan.phases]
    firsts = [phase.starts or phase.by or phase.ends for phase in phases]
    lasts = [phase.ends or phase.by or phase.starts for phase in phases]
    start = min(filter(None, firsts), key=lambda day: day.first, default=None)
    end = max(filter(None, lasts), key=lambda day: day.last, default=None)
    if start is None or end is None:
        return "", None
    return format_partial_range(start, end, wording.tag), start.first
