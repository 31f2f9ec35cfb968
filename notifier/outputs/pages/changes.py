"""List what was changed in a notice since it was published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from notifier.content.foreign_texts import with_languages
from notifier.content.fragments import fragment_html, fragment_text
from notifier.content.wave_changes import wave_change
from notifier.content.waves import wave_values
from notifier.content.wording import Wording
from notifier.language.dates import format_day
from notifier.model.notice import Notice
from notifier.model.schedule import Plan
from notifier.outputs.pages.publication import Publication


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """One change of a published notice, in the words of one locale.

    *id* is permanent, and unique within the notice. *title* is plain: the label of a
    wave, or a day. *html* and *text* say the same.
    """

    id: str
    date: date
    title: str
    html: str
    text: str


def published_changes(
    publication: Publication, lang: str
) -> tuple[PublishedChange, ...]:
    """Return the changes of a notice in a locale, newest first.

    They are those that the notice lists, and the last revision of each wave that says
    when it was made. None names a customer or an instance.

    Raises:
        NotifierError: a text of the author is too large or too nested.
    """
    wording = publication.wordings[lang]
    told = _changes(publication, wording)
    if wording.misses:
        marked = _changes(publication, wording.marking)
        told = [
            replace(plain, html=with_languages(plain.html, each.html))
            for plain, each in zip(told, marked, strict=True)
        ]
    # Of several on one day, the one further down is the newer.
    return tuple(sorted(told, key=lambda change: change.date))[::-1]


def _changes(publication: Publication, wording: Wording) -> list[PublishedChange]:
    return [
        *_of_waves(publication.plan, wording),
        *_of_notice(publication.notice, wording),
    ]


def _of_notice(notice: Notice, wording: Wording) -> Iterator[PublishedChange]:
    known = Counter[date]()
    for change in notice.changes:
        known[change.date] += 1
        id = f"change.{change.date}.{known[change.date]}"
        title = format_day(change.date, wording.tag)
        yield _told(id, change.date, title, wording.any(change.text), wording)


def _of_waves(plan: Plan, wording: Wording) -> Iterator[PublishedChange]:
    for planned in plan.waves:
        wave = planned.wave
        if wave.updated is None:
            continue
        values = wave_values(planned, wording, zone=planned.window.timezone)
        id = f"wave.{wave.id}.{wave.revision}"
        markdown = wave_change(planned, wording)
        yield _told(id, wave.updated, values["wave.label"], markdown, wording)


def _told(
    id: str, day: date, title: str, markdown: str, wording: Wording
) -> PublishedChange:
    return PublishedChange(
        id,
        day,
        title,
        fragment_html(markdown, wording),
        fragment_text(markdown, wording),
    )
