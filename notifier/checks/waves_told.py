"""Count what pages and timelines say of each wave: name, status, estimate, clocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from types import MappingProxyType

from notifier.checks.evidence import Evidence
from notifier.checks.finding import places
from notifier.checks.reading_back import Output, as_words, seen
from notifier.checks.times import Span, former_span, holds, span_of
from notifier.content.wave_words import phase_words, status_name
from notifier.content.wording import Wording
from notifier.errors import Place, Problem
from notifier.language.dates import format_day
from notifier.language.durations import format_duration, format_estimate
from notifier.model.schedule import Phase, Wave
from notifier.model.values import Precision
from notifier.zones import load_zone

RULES: Mapping[str, str] = MappingProxyType(
    {
        "facts/clock": "an output does not say by how much clocks change during its "
        "wave, and how long it lasts",
        "facts/status": "a page or timeline does not show the name and status of a "
        "wave or phase",
    }
)
_HINT = "compare the author's templates with the built-in ones"


def wave_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield what is told less often than there are waves that it is true of."""
    spans = {wave.wave.id: span_of(wave.wave) for wave in evidence.plan.waves}
    outputs = [*evidence.documents]
    for letter in evidence.letters:
        outputs += letter.outputs
    outline = {section.id for section in evidence.notice.page.outline}
    for output in outputs:
        if output.document == "web" and "timeline" not in outline:
            continue  # it shows no waves
        if output.document in ("web", "timeline"):
            yield from _rare(output, evidence)
        if output.kind in ("md", "html", "txt"):
            for id in spans if output.document == "web" else (output.wave,):
                if id in spans:
                    yield from _clock(output, spans[id])
        if output.kind == "html" and output.wave in spans:
            yield from _title(output, spans[output.wave])


def _rare(output: Output, evidence: Evidence) -> Iterator[Problem]:
    """Yield what a page or timeline says of too few of its waves and phases."""
    wording = evidence.compiler.wording(output.lang, output.tag)
    texts = [output.words]
    if output.document == "timeline":
        texts.append(output.hidden)
    days = _days(output, evidence)
    for rule, wanted in _wanted(output, evidence, wording):
        for words in texts:
            bare = days.sub("|", words) if rule == "phase-date" else words
            for said, number in wanted.items():
                found = sum(1 for _ in places(bare, as_words(said, output.kind)))
                if found < number:
                    message = f"{said[:60]!r} stands there {found} times, not {number}"
                    yield Problem(f"facts/{rule}", message, Place(output.path), _HINT)


def _wanted(
    output: Output, evidence: Evidence, wording: Wording
) -> Iterator[tuple[str, Counter[str]]]:
    """Yield how often *output* has to say which texts, by the rule that wants it."""
    waves = evidence.plan.waves
    waves_only = (planned.wave for planned in waves)
    yield "status", Counter(_name(wave, wording) for wave in waves_only)
    statuses = Counter(status_name(wave.status, wording) for wave in waves)
    if output.document == "web":
        yield "status", statuses
        known = (wave.estimate for wave in waves if wave.estimate)
        yield "estimate", Counter(format_estimate(each, output.tag) for each in known)
        return
    phases = [
        phase_words(phase, evidence.notice, wording) for phase in evidence.plan.phases
    ]
    yield "status", statuses + Counter(phase.status for phase in phases)
    labels = (phase.label for phase in phases)
    yield "status", Counter(label[:1].upper() + label[1:] for label in labels)
    months = (
        said.date
        for said, planned in zip(phases, evidence.plan.phases, strict=True)
        if _is_month(planned.phase)
    )
    yield "phase-date", Counter(months)


def _name(wave: Wave, wording: Wording) -> str:
    return wording.text(wave.label) if wave.label else wave.id


def _is_month(phase: Phase) -> bool:
    """Tell whether a page tells of *phase* no more than a month."""
    when = phase.starts or phase.by or phase.ends
    return when is not None and when.precision is Precision.MONTH and not phase.ends


def _days(output: Output, evidence: Evidence) -> re.Pattern[str]:
    """Return a pattern of the days of all waves, which hold months, too."""
    days = set()
    for wave in (planned.wave for planned in evidence.plan.waves):
        for span in filter(None, (span_of(wave), former_span(wave))):
            for zone in (span.zone, "UTC"):
                ends = (span.start, span.end)
                days |= {moment.astimezone(load_zone(zone)).date() for moment in ends}
    written = (re.escape(seen(format_day(day, output.tag))) for day in sorted(days))
    return re.compile("|".join(written) or r"(?!)")


def _title(output: Output, span: Span) -> Iterator[Problem]:
    """Yield a page whose title in tabs and lists lacks the day of its wave."""
    day = format_day(span.start.astimezone(load_zone(output.zone)), output.tag)
    title = output.tree.findtext(".//title") or ""
    if not holds(seen(title), day):
        message = f"the title in its head lacks {day!r}"
        yield Problem("facts/subject", message, Place(output.path), _HINT)


def _clock(output: Output, span: Span) -> Iterator[Problem]:
    there = load_zone(output.zone or span.zone)
    before, after = (
        moment.astimezone(there).utcoffset() or timedelta()
        for moment in (span.start, span.end)
    )
    if before == after:
        return
    for length in (abs(after - before), span.end - span.start):
        said = format_duration(length, output.tag)
        if not holds(output.words, seen(said)):
            message = (
                f"clocks change during the wave, and {said!r} does not stand there"
            )
            yield Problem("facts/clock", message, Place(output.path), _HINT)
