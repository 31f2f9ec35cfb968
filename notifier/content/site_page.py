"""Lay a notice out as a page of the web site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from notifier.content.dialect import Document, tidy, to_html
from notifier.content.fragments import fragment_tree
from notifier.content.page_views import page_anchors
from notifier.content.site_facts import (
    fact_sentences,
    label_of,
    notice_facts,
    question_anchor,
    wave_cards,
)
from notifier.content.site_frame import frame_variables, language_link, og_alternates
from notifier.content.site_words import last_updated_text, notice_status_name
from notifier.content.telling import Source, Telling
from notifier.content.templates import render
from notifier.content.wave_words import schedule_title
from notifier.content.web_document import (
    WebDocument,
    cut_closing,
    name_questions,
    relink,
    take_apart,
)
from notifier.model.notice import NoticeStatus


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture beside the page, with its size in pixels."""

    source: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a page knows of the site around it; what is not there is empty.

    *urls* gives the absolute address of the page per locale, and is empty without a
    site; all others are relative. *notices* leads to the index of the locale, *feed*,
    *calendar* and *logo* to files beside the page, *subscription* to the calendar by
    the scheme `webcal`. *timeline* is the wide and the narrow drawing, *pages* the
    address of each page of the run by its path in the docs tree, in which this page
    stands at *path*. *data* is JSON-LD that may stand in a script.
    """

    status: NoticeStatus
    updated: date | None = None
    urls: Mapping[str, str] = field(default_factory=dict)
    notices: str = "../index.html"
    feed: str = ""
    calendar: str = ""
    subscription: str = ""
    logo: str = ""
    timeline: tuple[Picture, Picture] | None = None
    path: str = ""
    pages: Mapping[str, str] = field(default_factory=dict)
    data: str = ""


def site_page(
    telling: Telling, tree: Document, source: Source, around: Surroundings
) -> str:
    """Return the page of a notice in one locale as a whole HTML document.

    *tree* is that of the page, with collapsible questions. It is taken apart.
    """
    notice, wording = source.notice, telling.wording
    document, closing = _parts(tree, telling, source, around)
    template = telling.environment.get_template("layouts/site.html.j2")
    return render(
        template,
        {
            **frame_variables(telling.environment, notice, wording),
            **_head(telling, source, around),
            **_files(around),
            "status": around.status.value,
            "status_name": notice_status_name(around.status, wording),
            "updated": last_updated_text(around.updated, wording),
            "updated_day": around.updated,
            "document": document,
            "facts": notice_facts(telling, source, status=around.status),
            "timeline_anchor": page_anchors(notice).get("timeline", ""),
            "schedule_title": schedule_title(notice, wording),
            "waves": wave_cards(telling, source),
            "reader_zone": label_of(fact_sentences(telling).in_reader_zone("")),
            "closing": closing,
            "support_name": wording.text(notice.support.name),
            "support_url": wording.support_url,
        },
    )


def _head(telling: Telling, source: Source, around: Surroundings) -> dict[str, object]:
    notice, lang = source.notice, telling.wording.lang
    return {
        "title": telling.notice.plain_title,
        "og_type": "article",
        "description": telling.notice.plain_description,
        "url": around.urls.get(lang, ""),
        "default_url": around.urls.get(notice.default_locale, ""),
        "languages": tuple(
            language_link(
                each,
                href=f"../../{each}/{notice.id}/index.html",
                url=around.urls.get(each, ""),
                is_current=each == lang,
            )
            for each in notice.locales
        ),
        "og_alternates": og_alternates(notice.locales, lang),
    }


def _files(around: Surroundings) -> dict[str, object]:
    """Return what stands beside the page."""
    return {
        "home": around.notices,
        "logo": around.logo,
        "feed": around.feed,
        "calendar": around.calendar,
        "subscription": around.subscription,
        "timeline": around.timeline,
        "data": Markup(around.data),
    }


def _parts(
    tree: Document, telling: Telling, source: Source, around: Surroundings
) -> tuple[WebDocument, Markup]:
    """Return the parts of the page, and the closing sentence if it ends with it."""
    anchors = page_anchors(source.notice)
    questions = map(question_anchor, telling.faq)
    name_questions(tree, questions, section=anchors.get("faq", ""))
    closing = _closing(telling)
    support = Markup(to_html(closing)) if cut_closing(tree, closing) else Markup()
    relink(tree, path=around.path, pages=around.pages)
    return take_apart(tree), support


def _closing(telling: Telling) -> Document:
    """Return the sentence at the end of the page, which goes to the call-out."""
    parts = telling.environment.get_template("macros/page.md.j2").module
    closing = str(parts.closing(telling.notice))  # type: ignore[attr-defined]
    return fragment_tree(tidy(closing), telling.wording)
