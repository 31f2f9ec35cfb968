"""Say for search engines what a page is about: JSON-LD in the words of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from notifier.content.faq import FaqView
from notifier.content.fragments import fragment_html, fragment_text
from notifier.content.wave_words import WaveWords, wave_words
from notifier.content.waves import wave_values
from notifier.content.wording import Wording
from notifier.model.notice import Publisher
from notifier.model.schedule import PlannedWave, WaveStatus
from notifier.outputs.pages.publication import Publication
from notifier.zones import load_zone

_Node = dict[str, object]
_SCHEMA = "https://schema.org"
# Nothing of this may stand in a script element, or in old JavaScript.
_ESCAPES: Mapping[int, str] = MappingProxyType(
    {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
)


def structured_data(publication: Publication, lang: str) -> str:
    """Return JSON for a `script` element of the type `application/ld+json`.

    It tells the questions and answers, if the page has them, and each wave as an event;
    no customer, no instance. Empty if there is neither.
    """
    graph = [*_faq_page(publication, lang), *_events(publication, lang)]
    if not graph:
        return ""
    data = {"@context": _SCHEMA, "@graph": graph}
    return json.dumps(data, ensure_ascii=False).translate(_ESCAPES)


def _faq_page(publication: Publication, lang: str) -> Iterator[_Node]:
    notice = publication.notice
    if not any(section.id == "faq" for section in notice.page.outline):
        return
    items = publication.compiler.faq(lang)
    wording = publication.wordings[lang]
    if items:
        yield {
            "@type": "FAQPage",
            "name": wording.text(notice.title),
            "inLanguage": lang,
            **_address(publication.url(lang)),
            "mainEntity": [_question(item, wording) for item in items],
        }


def _question(item: FaqView, wording: Wording) -> _Node:
    answer = fragment_html(item.answer, wording)
    return {
        "@type": "Question",
        "name": fragment_text(item.question, wording),
        "acceptedAnswer": {"@type": "Answer", "text": answer},
    }


def _events(publication: Publication, lang: str) -> Iterator[_Node]:
    for wave in publication.plan.waves:
        yield _event(publication, wave, lang)


def _event(publication: Publication, wave: PlannedWave, lang: str) -> _Node:
    notice, wording = publication.notice, publication.wordings[lang]
    zone = wave.window.timezone
    values = wave_values(wave, wording, zone=zone)
    words = wave_words(wave, notice, wording, values=values)
    url = publication.url(lang)
    return {
        "@type": "Event",
        "name": words.summary,
        "description": _description(wave, words),
        "startDate": _written(wave.window.start, zone),
        "endDate": _written(wave.window.end, zone),
        **_event_status(wave),
        "eventAttendanceMode": f"{_SCHEMA}/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": url or wording.support_url},
        "organizer": _organizer(notice.publisher),
        "inLanguage": lang,
        **_address(url),
    }


def _description(wave: PlannedWave, words: WaveWords) -> str:
    """Return the facts, and that the time is provisional: schema.org cannot say it."""
    is_provisional = wave.status is WaveStatus.TENTATIVE
    return f"{words.status}\n" * is_provisional + words.description


def _event_status(wave: PlannedWave) -> _Node:
    was = wave.was
    if wave.status is WaveStatus.CANCELLED:
        return {"eventStatus": f"{_SCHEMA}/EventCancelled"}
    if wave.status is WaveStatus.TENTATIVE:
        return {}
    if was and was.start != wave.window.start:
        return {
            "eventStatus": f"{_SCHEMA}/EventRescheduled",
            "previousStartDate": _written(was.start, was.timezone),
        }
    return {"eventStatus": f"{_SCHEMA}/EventScheduled"}


def _organizer(publisher: Publisher) -> _Node:
    return {
        "@type": "Organization",
        "name": publisher.name,
        **_address(publisher.site or ""),
    }


def _address(url: str) -> _Node:
    return {"url": url} if url else {}


def _written(moment: datetime, zone: str) -> str:
    return moment.astimezone(load_zone(zone)).isoformat()
