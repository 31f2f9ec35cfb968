"""Read times, estimates, dates and links back from every output, and compare them."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from notifier.checks.calendars import events_of
from notifier.checks.evidence import Evidence
from notifier.checks.letters import Letter
from notifier.checks.reading_back import Output, as_words, seen
from notifier.checks.times import (
    Span,
    former_span,
    holds,
    in_order,
    phase_dates,
    span_of,
    tells_span,
)
from notifier.content.links import localized_url
from notifier.errors import Place, Problem
from notifier.language.dates import format_day
from notifier.language.durations import format_estimate
from notifier.language.zones import is_utc
from notifier.model.notice import Notice
from notifier.model.schedule import PhaseState, PlannedWave, WaveStatus
from notifier.zones import load_zone

RULES: Mapping[str, str] = MappingProxyType(
    {
        "facts/calendar": "an event of a calendar has another time, revision, status "
        "or support link than its wave",
        "facts/estimate": "an output lacks the estimated duration of its wave",
        "facts/instances": "a message lists other instances than those of its customer",
        "facts/machine-time": "a time for programs is not that of a wave",
        "facts/phase-date": "an output lacks the date of a phase",
        "facts/previous-time": "an output lacks the time that a moved wave had before",
        "facts/subject": "the subject or title of an announcement lacks the day of its "
        "wave",
        "facts/support-link": "an output lacks the support link of its language, or "
        "has that of another",
        "facts/time": "an output lacks start or end of a wave in the reader's zone",
        "facts/utc": "an output lacks start or end of a wave in UTC",
    }
)
_LINKED = ("page", "faq", "announcement", "docs", "web")
_DATED = ("page", "docs", "web", "timeline")
_BESIDE = 10
# The path of an entry ends with the wave and its revision.
_WAVE_ENTRY = re.compile(r"/wave\.([\w.-]{1,64})\.\d+<")
_HINT = "compare the author's templates with the built-in ones"


def text_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield a problem per fact that an output does not tell, or tells otherwise."""
    outputs = [*evidence.documents]
    for letter in evidence.letters:
        outputs += letter.outputs
    spans = {wave.wave.id: (wave, span_of(wave.wave)) for wave in evidence.plan.waves}
    outline = {section.id for section in evidence.notice.page.outline}
    waves_shown = ("timeline", "web") if "timeline" in outline else ("timeline",)
    for output in outputs:
        yield from _links(output, evidence.notice)
        yield from _title(output, evidence, spans)
        yield from _phases(output, evidence)
        yield from _machine_times(output, spans)
        for wave, span in _told(output, spans, waves_shown):
            yield from _times(output, wave, span)


def letter_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield a problem per fact that a subject or a list of instances gets wrong."""
    waves = {wave.wave.id: wave for wave in evidence.plan.waves}
    others = {instance.id for instance in evidence.notice.instances or ()}
    for letter in evidence.letters:
        wave = waves.get(letter.html.wave)
        if wave:
            there = load_zone(letter.html.zone)
            day = format_day(
                span_of(wave.wave).start.astimezone(there), letter.html.tag
            )
            subject = letter.headers.get("Subject", "")
            if not holds(seen(subject), day):
                yield _problem("subject", f"the subject lacks {day!r}", letter.path)
        yield from _instances(letter, others)


def calendar_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield a problem per event that is not as its wave."""
    waves = {wave.wave.id: wave for wave in evidence.plan.waves}
    notice = evidence.notice
    for path, lang, data in evidence.calendars:
        events = {str(event["UID"]): event for event in events_of(data)}
        for id, wave in waves.items():
            uid = f"{notice.id}.{id}@{notice.publisher.domain}"
            yield from _event(events.get(uid), wave, notice, path, lang)
    for letter in evidence.letters:
        wave_or_none = waves.get(letter.html.wave)
        for method, data in letter.calendars if wave_or_none else ():
            (event, *_) = (*events_of(data), None)
            lang = letter.langs[0] if method else ""
            assert wave_or_none is not None
            yield from _event(event, wave_or_none, notice, f"{letter.path}.ics", lang)


def _told(
    output: Output,
    spans: Mapping[str, tuple[PlannedWave, Span]],
    waves_shown: Collection[str],
) -> Iterator[tuple[PlannedWave, Span]]:
    """Yield the waves that *output* has to tell; documents *waves_shown* tell all."""
    if output.wave in spans:
        yield spans[output.wave]
    elif output.document in waves_shown:
        yield from spans.values()
    elif output.document == "feed":
        entered = set(_WAVE_ENTRY.findall(output.text.partition("<entry>")[2]))
        yield from (told for id, told in spans.items() if id in entered)


def _times(output: Output, wave: PlannedWave, span: Span) -> Iterator[Problem]:
    """Yield what *output* does not tell of a wave: window, UTC, estimate."""
    zone = output.zone or span.zone
    name, words, tag = repr(wave.wave.id), output.words, output.tag
    if not tells_span(words, span, zone=zone, tag=tag):
        message = f"the window of {name} does not stand there in {zone}"
        yield _problem("time", message, output.path)
    if output.hidden and not tells_span(output.hidden, span, zone=zone, tag=tag):
        message = f"what only some read does not tell the window of {name}"
        yield _problem("time", message, output.path)
    is_cancelled = wave.status is WaveStatus.CANCELLED
    if output.document == "timeline" or (output.document == "feed" and is_cancelled):
        return  # they say when it is, or was to be
    if not is_utc(zone) and not tells_span(words, span, zone="UTC", tag=tag):
        message = f"the window of {name} does not stand there in UTC"
        yield _problem("utc", message, output.path)
    if wave.estimate and not holds(words, format_estimate(wave.estimate, tag)):
        message = f"the estimate of {name} does not stand there"
        yield _problem("estimate", message, output.path)
    # For programs, only the time that counts is given.
    was = former_span(wave.wave) if output.kind != "json" else None
    if was and not tells_span(words, was, zone=zone, tag=tag):
        message = f"the time that {name} had before does not stand there"
        yield _problem("previous-time", message, output.path)


def _title(
    output: Output, evidence: Evidence, spans: Mapping[str, tuple[PlannedWave, Span]]
) -> Iterator[Problem]:
    """Yield an announcement whose title lacks its day."""
    if output.wave not in spans or output.kind == "json":
        return
    _, span = spans[output.wave]
    day = span.start.astimezone(load_zone(output.zone))
    title = evidence.compiler.wording(output.lang, output.tag).text(
        evidence.notice.title
    )
    written = format_day(day, output.tag)
    if not any(
        in_order(output.words, ((as_words(title, output.kind), 0), (written, _BESIDE)))
    ):
        yield _problem("subject", f"the title lacks {written!r}", output.path)


def _links(output: Output, notice: Notice) -> Iterator[Problem]:
    if output.document not in _LINKED:
        return
    url = notice.support.url
    own = localized_url(url, output.lang, notice.links)
    links = set(output.links)
    if output.kind == "json":
        links = {str(output.data["support"]["url"])}
    if output.kind == "txt" and own.removeprefix("mailto:") in output.text:
        links.add(own)  # it shows mail addresses without their scheme
    if own not in links:
        yield _problem("support-link", f"the link {own!r} is missing", output.path)
    if output.lang == notice.default_locale:
        return
    foreign = {localized_url(url, lang, notice.links) for lang in notice.locales}
    allowed = {own, localized_url(url, notice.default_locale, notice.links)}
    for link in sorted(links & (foreign - allowed)):
        yield _problem("support-link", f"{link!r} is of another language", output.path)


def _phases(output: Output, evidence: Evidence) -> Iterator[Problem]:
    if output.document not in _DATED or not evidence.notice.schedule:
        return
    outline = {section.id for section in evidence.notice.page.outline}
    if output.document != "timeline" and "timeline" not in outline:
        return
    for planned in evidence.plan.phases:
        is_over = planned.state is PhaseState.COMPLETED
        ways = phase_dates(planned.phase, output.tag, is_over=is_over)
        if planned.state is PhaseState.CANCELLED or not ways:
            continue
        if not any(holds(output.words, way) for way in ways):
            names = ", ".join(planned.phase.environments)
            message = f"the date of {names!r}, {ways[0]!r}, does not stand there"
            yield _problem("phase-date", message, output.path)


def _machine_times(
    output: Output, spans: Mapping[str, tuple[PlannedWave, Span]]
) -> Iterator[Problem]:
    """Yield the times for programs that are not those of the waves."""
    known: set[tuple[datetime | None, datetime | None]] = set()
    found: list[tuple[str, str]] = []
    if output.kind == "json" and output.data.get("wave"):
        wave = output.data["wave"]
        found = [(wave["start"], wave["end"])]
        known = {(span.start, span.end) for _, span in [spans[output.wave]]}
    elif output.document == "web" and output.tree is not None:
        known = {(span.start, span.end) for _, span in spans.values()}
        for element in output.tree.xpath("//time[@data-end]"):
            found.append((element.get("datetime"), element.get("data-end")))
        found += [(each["startDate"], each["endDate"]) for each in _event_data(output)]
        lost = known - {(_moment(start), _moment(end)) for start, end in found}
        for begin, _ in sorted(lost, key=str):
            message = f"the wave of {begin:%Y-%m-%d %H:%M} UTC has no time for programs"
            yield _problem("machine-time", message, output.path)
    for start, end in found:
        if (_moment(start), _moment(end)) not in known:
            message = f"no wave runs from {start} to {end}"
            yield _problem("machine-time", message, output.path)


def _event_data(output: Output) -> Iterator[Mapping[str, Any]]:
    for script in output.tree.xpath('//script[@type="application/ld+json"]'):
        for node in json.loads(script.text)["@graph"]:
            if node["@type"] == "Event":
                yield node


def _moment(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written).astimezone(UTC)
    except ValueError:
        return None


def _instances(letter: Letter, all_instances: set[str]) -> Iterator[Problem]:
    for output in letter.outputs:
        missing = [each for each in letter.instances if not holds(output.words, each)]
        if missing:
            message = f"the instance {missing[0]!r} does not stand there"
            yield _problem("instances", message, output.path)
    own = set(letter.instances)
    for _, data in letter.calendars:
        for event in events_of(data):
            told = event.get("X-MAINTNOTE-OBJECT-ID", [])
            names = {str(each) for each in (told if isinstance(told, list) else [told])}
            if names != own:
                message = f"the calendar names {sorted(names ^ own)[0]!r} wrongly"
                yield _problem("instances", message, f"{letter.path}.ics")


def _event(
    event: Any, wave: PlannedWave, notice: Notice, path: str, lang: str
) -> Iterator[Problem]:
    name = repr(wave.wave.id)
    if event is None:
        yield _problem("calendar", f"there is no event for {name}", path)
        return
    span = span_of(wave.wave)
    if (event.decoded("DTSTART"), event.decoded("DTEND")) != (span.start, span.end):
        yield _problem("calendar", f"the event of {name} is at another time", path)
    if int(event.get("SEQUENCE", -1)) != wave.wave.revision:
        yield _problem("calendar", f"the event of {name} has another revision", path)
    statuses = {WaveStatus.TENTATIVE: "TENTATIVE", WaveStatus.CANCELLED: "CANCELLED"}
    if str(event.get("STATUS")) != statuses.get(wave.status, "CONFIRMED"):
        yield _problem("calendar", f"the event of {name} has another status", path)
    own = localized_url(notice.support.url, lang, notice.links) if lang else ""
    if lang and own not in f"{event.get('URL')} {event.get('DESCRIPTION')}":
        yield _problem("calendar", f"the event of {name} lacks {own!r}", path)


def _problem(rule: str, message: str, path: str) -> Problem:
    return Problem(f"facts/{rule}", message, Place(path), _HINT)
