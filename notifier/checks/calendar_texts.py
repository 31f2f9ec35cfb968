"""Read the events of calendars as people and programs do, and compare them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from notifier.checks.calendars import events_of
from notifier.checks.evidence import Evidence
from notifier.checks.letters import Letter
from notifier.checks.reading_back import letters_of, seen
from notifier.checks.times import holds, span_of, tells_span
from notifier.content.links import localized_url
from notifier.content.wording import Wording
from notifier.errors import Place, Problem
from notifier.language.durations import format_estimate
from notifier.model.schedule import PlannedWave

RULES: Mapping[str, str] = MappingProxyType(
    {
        "facts/calendar-text": "an event of a calendar is called otherwise than its "
        "wave, is about another one, or does not tell its times and estimate",
    }
)
_HINT = "report this: the texts of calendars come from no template"


def calendar_text_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield a problem per event that does not say what its wave is."""
    waves = {wave.wave.id: wave for wave in evidence.plan.waves}
    notice = evidence.notice
    for path, lang, data in evidence.calendars:
        wording = evidence.compiler.wording(lang, lang)
        for event in events_of(data):
            id = str(event.get("UID")).removeprefix(f"{notice.id}.").rpartition("@")[0]
            if id in waves:
                zone = waves[id].wave.timezone
                found = _texts(event, waves[id], evidence, wording, zone)
                yield from _told(found, id, path)
    for letter in evidence.letters:
        if letter.html.wave not in waves:
            continue
        wave = waves[letter.html.wave]
        for method, data in letter.calendars:
            path = f"{letter.path}.ics"
            for event in events_of(data):
                yield from _told(_ids(event, letter, evidence), wave.wave.id, path)
                name = f"{evidence.notice.id} {wave.wave.id}"
                if not method and str(event.get("SUMMARY")) != name:
                    yield from _told([f"it is not called {name!r}"], wave.wave.id, path)
                if method:
                    wording = evidence.compiler.wording(
                        letter.langs[0], letter.html.tag
                    )
                    zone = letter.html.zone
                    found = _texts(event, wave, evidence, wording, zone)
                    yield from _told(found, wave.wave.id, path)


def _texts(
    event: Any, wave: PlannedWave, evidence: Evidence, wording: Wording, zone: str
) -> Iterator[str]:
    """Yield what *event* does not say of *wave* in *zone*."""
    notice = evidence.notice
    title = wording.text(notice.title)
    label = wave.wave.label
    for name in (title, wording.text(label) if label else wave.wave.id):
        if letters_of(name) not in letters_of(str(event.get("SUMMARY"))):
            yield f"its summary lacks {name[:60]!r}"
    description, span = str(event.get("DESCRIPTION")), span_of(wave.wave)
    words = seen(description)
    first = seen(description.partition("\n")[0])
    for each, part in ((zone, first), ("UTC", words)):
        if not tells_span(part, span, zone=each, tag=wording.tag):
            yield f"its description lacks its window in {each}"
    if wave.estimate and not holds(words, format_estimate(wave.estimate, wording.tag)):
        yield "its description lacks the estimate"
    own = localized_url(notice.support.url, wording.lang, notice.links)
    if seen(own) not in words:
        yield f"its description lacks {own!r}"


def _ids(event: Any, letter: Letter, evidence: Evidence) -> Iterator[str]:
    """Yield what programs would take *event* for, if that is not the letter's wave."""
    notice = evidence.notice
    subject = f"{notice.id}.{letter.html.wave}"
    wanted = {
        "UID": f"{subject}.{letter.customer}@{notice.publisher.domain}",
        "X-MAINTNOTE-ACCOUNT": letter.customer,
        "X-MAINTNOTE-MAINTENANCE-ID": subject,
        "X-MAINTNOTE-PROVIDER": notice.publisher.domain,
        "X-MAINTNOTE-IMPACT": notice.impact.level.upper(),
        "X-MAINTNOTE-STATUS": str(event.get("STATUS")),
    }
    for name, value in wanted.items():
        if str(event.get(name)) != value:
            yield f"{name} is {str(event.get(name))[:80]!r}, not {value!r}"


def _told(found: Iterable[str], id: str, path: str) -> Iterator[Problem]:
    for fact in found:
        message = f"the event of {id!r}: {fact}"
        yield Problem("facts/calendar-text", message, Place(path), _HINT)
