"""Compare the facts for programs with the notice: JSON, feeds, structured data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from html import unescape
from types import MappingProxyType
from typing import Any

from notifier.checks.evidence import Evidence
from notifier.checks.reading_back import Output, as_words, letters_of, seen
from notifier.checks.times import (
    former_span,
    holds,
    phase_dates,
    span_of,
    tells_span,
)
from notifier.content.links import localized_url
from notifier.errors import Place, Problem
from notifier.language.dates import format_day
from notifier.model.schedule import PhaseState, PlannedWave, WaveStatus
from notifier.model.values import PartialDate
from notifier.zones import load_zone

RULES: Mapping[str, str] = MappingProxyType(
    {
        "facts/data": "a fact for programs, in JSON, a feed or structured data, is not "
        "that of the notice",
    }
)
_HINT = "compare the author's layouts with the built-in ones"
_MOST_ENTRIES = 100
_STAMP = re.compile(r"<updated>([^<]*)</updated>")
_HREF = re.compile(r'href="([^"]*)"')
_ENTRY = re.compile(r"<entry>.*?</entry>", re.DOTALL)
_ENTRY_ID = re.compile(r"<id>tag:([^,<]*),(\d{4}-\d\d-\d\d):([^<]*)</id>")


def program_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield what programs would read otherwise than people."""
    for output in evidence.documents:
        found: Iterator[str] = iter(())
        if output.kind == "md" and output.document in ("page", "docs"):
            found = _front_matter(output, evidence)
        elif output.kind == "json":
            found = _differences(output, evidence)
        elif output.document == "feed":
            found = _feed(output, evidence)
        elif output.document == "web":
            found = _structured(output, evidence)
        for message in found:
            yield Problem("facts/data", message, Place(output.path), _HINT)


def _differences(output: Output, evidence: Evidence) -> Iterator[str]:
    """Yield where the facts of a document are not those of the notice."""
    for path, wanted in _expected(output, evidence):
        found: Any = output.data
        for key in path:
            try:
                found = found[key]
            except (LookupError, TypeError):
                found = "nothing"
        if found != wanted:
            name = ".".join(map(str, path))
            yield f"{name!r} is {found!r}, not {wanted!r}"
    for wave in (w.wave for w in evidence.plan.waves if w.wave.id == output.wave):
        start = span_of(wave).start.astimezone(load_zone(output.zone))
        if not holds(seen(str(output.data["subject"])), format_day(start, output.tag)):
            yield f"the subject lacks {format_day(start, output.tag)!r}"
    for planned, told in zip(evidence.plan.phases, output.data["phases"], strict=False):
        is_over = planned.state is PhaseState.COMPLETED
        ways = phase_dates(planned.phase, output.tag, is_over=is_over)
        text = as_words(str(told["text"]), output.kind)
        is_told = any(holds(text, way) for way in ways)
        if ways and not is_told and planned.state is not PhaseState.CANCELLED:
            yield f"a phase does not tell its date, {ways[0]!r}"


def _expected(
    output: Output, evidence: Evidence
) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Yield where in the facts of a document which value stands."""
    notice = evidence.notice
    wording = evidence.compiler.wording(output.lang, output.tag)
    yield ("schema",), 1
    yield ("notice",), notice.id
    yield ("kind",), notice.kind.value
    yield ("document",), output.document
    yield ("locale",), output.tag
    yield ("title",), wording.text(notice.title)
    yield (
        ("support", "url"),
        localized_url(notice.support.url, output.lang, notice.links),
    )
    yield ("support", "name"), wording.text(notice.support.name)
    waves = (wave for wave in evidence.plan.waves if wave.wave.id == output.wave)
    for planned in waves:
        for key, value in _of_wave(planned, output, evidence).items():
            yield ("wave", *key.split(".")), value
    for number, planned_phase in enumerate(evidence.plan.phases):
        phase = planned_phase.phase
        yield ("phases", number, "environments"), list(phase.environments)
        yield ("phases", number, "state"), planned_phase.state.value
        for name in ("starts", "ends", "by"):
            when: PartialDate | None = getattr(phase, name)
            yield ("phases", number, name), when and when.written


def _of_wave(
    planned: PlannedWave, output: Output, evidence: Evidence
) -> Mapping[str, object]:
    wave, estimate = planned.wave, planned.estimate
    instances = evidence.notice.instances
    facts: dict[str, object] = {
        "id": wave.id,
        "environment": wave.environment,
        "status": planned.status.value,
        "timezone": output.zone,
        "instances": None
        if instances is None
        else sum(1 for each in instances if each.wave == wave.id),
    }
    if estimate:
        facts["estimate.low_minutes"] = estimate.low.total_seconds() / 60
        facts["estimate.high_minutes"] = estimate.high.total_seconds() / 60
    return facts


def _front_matter(output: Output, evidence: Evidence) -> Iterator[str]:
    """Yield the keys that the author set for the page, and it has otherwise."""
    page = evidence.notice.page
    by_locale = (page.front_matter_by_locale or {}).get(output.lang, ())
    lines = output.text.partition("\n---\n")[0]
    for key, value in {**dict(page.front_matter), **dict(by_locale)}.items():
        if f"{key}: {value.strip()}" not in f"{lines}\n" and "\n" not in value:
            yield f"the key {key!r} of the front matter is not {value[:60]!r}"


def _feed(output: Output, evidence: Evidence) -> Iterator[str]:
    """Yield where a feed is not about the changes that the notice lists."""
    notice = evidence.notice
    schedule = notice.schedule
    waves = [wave for wave in (schedule.waves if schedule else ()) if wave.updated]
    days = sorted(
        [change.date for change in notice.changes]
        + [wave.updated for wave in waves if wave.updated]
    )[-_MOST_ENTRIES:]
    start = f"{notice.id}/{output.lang}/"
    names = {f"{start}wave.{wave.id}.{wave.revision}" for wave in waves}
    written = {f"{day}" for day in days}
    entries = _ENTRY.findall(output.text)
    told = sorted(filter(None, (_day(_STAMP.findall(each)) for each in entries)))
    if told != days:
        yield f"its entries are of {_days(told)}, not of {_days(days)}"
    head = _ENTRY.sub("", output.text)
    if days and _day(_STAMP.findall(head)) != days[-1]:
        yield f"its stamp is not that of the last change, {days[-1]}"
    for entry in entries:
        for host, day, name in _ENTRY_ID.findall(entry) or [("", "", "")]:
            good = name in names or name.startswith(f"{start}change.")
            if host != notice.publisher.domain or not good or day not in written:
                yield "an entry has another identity than its change"
    title = evidence.compiler.wording(output.lang, output.tag).text(notice.title)
    if letters_of(title) not in letters_of(unescape(_STAMP.split(head)[0])):
        yield "it has another title than the notice"


def _day(stamps: list[str]) -> date | None:
    """Return the day of the first of *stamps*."""
    try:
        return datetime.fromisoformat(stamps[0]).astimezone(UTC).date()
    except (IndexError, ValueError):
        return None


def _days(days: list[date]) -> str:
    return ", ".join(map(str, days)) or "no day"


def _structured(output: Output, evidence: Evidence) -> Iterator[str]:
    """Yield what structured data say otherwise than the page around them."""
    shown = letters_of(output.tree.body.text_content())
    for element in output.tree.xpath("//time[not(@data-end)]"):
        said, day = element.text_content(), _day([element.get("datetime") or ""])
        if day is None or seen(said) != seen(format_day(day, output.tag)):
            yield f"{said[:60]!r} is not {element.get('datetime')!r}"
    waves = {span_of(w.wave).start: w for w in evidence.plan.waves}
    for script in output.tree.xpath('//script[@type="application/ld+json"]'):
        for node in json.loads(script.text)["@graph"]:
            for item in node.get("mainEntity", ()):
                told = (item["name"], item["acceptedAnswer"]["text"])
                yield from _untold(told, output, shown)
            if node["@type"] == "Event":
                start = datetime.fromisoformat(node["startDate"]).astimezone(UTC)
                # One at another time is told by another rule.
                if start in waves:
                    yield from _event(node, waves[start], output, evidence)


def _untold(told: Iterable[str], output: Output, shown: str) -> Iterator[str]:
    """Yield the texts in HTML that a page does not hold, and their further links."""
    for text in told:
        plain = unescape(re.sub(r"<[^>]*>", " ", text))
        # Names are plain text, answers HTML.
        if letters_of(plain) not in shown and letters_of(text) not in shown:
            yield f"the page does not say {plain[:60]!r}"
        for link in _HREF.findall(text):
            if ":" in link and unescape(link) not in output.links:
                yield f"the page does not lead to {link[:80]!r}"


def _event(
    node: Mapping[str, Any], planned: PlannedWave, output: Output, evidence: Evidence
) -> Iterator[str]:
    """Yield what an event does not say of its wave."""
    wave, notice = planned.wave, evidence.notice
    statuses = {WaveStatus.CANCELLED: "EventCancelled", WaveStatus.TENTATIVE: ""}
    was = former_span(wave)
    is_moved = was is not None and was.start != span_of(wave).start
    usual = "EventRescheduled" if is_moved else "EventScheduled"
    status = statuses.get(planned.status, usual)
    if str(node.get("eventStatus", "")).rpartition("/")[2] != status:
        yield f"the event of {wave.id!r} has another status"
    words, tag = seen(node["description"]), output.tag
    if not tells_span(words, span_of(wave), zone=wave.timezone, tag=tag):
        yield f"the event of {wave.id!r} does not tell its window"
    own = localized_url(notice.support.url, output.lang, notice.links)
    if own not in node["description"]:
        yield f"the event of {wave.id!r} lacks {own!r}"
