"""Work out afresh when waves are, and find those times in what readers see.

Nothing here uses the plan: the wall clocks of `waves.yaml` become instants by zoneinfo
alone, so that a mistake of planning cannot confirm itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from notifier.checks.finding import places
from notifier.checks.reading_back import seen
from notifier.language.dates import (
    format_date_interval,
    format_day,
    format_month,
    format_partial,
    format_partial_range,
    format_quarter,
    format_time,
    month_in,
    month_of,
    quarter_in,
    quarter_of,
)
from notifier.language.windows import describe_window
from notifier.language.zones import format_offset, is_utc
from notifier.model.schedule import LocalTime, Phase, Wave
from notifier.model.values import Precision
from notifier.zones import load_zone

# How far apart the parts of a window may stand, by the kind of the later one: there
# are words such as "Uhr", an offset from UTC, and a weekday.
_DAY_NEAR, _TIME_NEAR = 45, 25
# How far behind or, in some languages, before a window its zone may stand.
_ZONE_NEAR, _ZONE_BEFORE = 60, 30
# An offset such as UTC+01:00 is not UTC itself.
_OFFSET = re.compile(r"UTC(?:[+\N{MINUS SIGN}]\d\d:\d\d)?")
_seen = lru_cache(maxsize=4096)(seen)


@dataclass(frozen=True, slots=True)
class Span:
    """When a wave starts and ends, in UTC; *zone* is its own."""

    start: datetime
    end: datetime
    zone: str


def span_of(wave: Wave) -> Span:
    """Return when *wave* is."""
    return _span(wave, wave.start)


def former_span(wave: Wave) -> Span | None:
    """Return when *wave* was, before its last revision; None if it has not moved."""
    if wave.was_start is None and wave.was_length is None:
        return None
    start = _instant(wave.was_start or wave.start, wave.timezone)
    length = wave.length if wave.was_length is None else wave.was_length
    return Span(start, start + length, wave.timezone)


def _span(wave: Wave, local: LocalTime) -> Span:
    start = _instant(local, wave.timezone)
    return Span(start, start + wave.length, wave.timezone)


def _instant(local: LocalTime, zone: str) -> datetime:
    there = load_zone(zone) if local.offset is None else timezone(local.offset)
    return local.value.replace(tzinfo=there).astimezone(UTC)


def tells_span(words: str, span: Span, *, zone: str, tag: str) -> bool:
    """Tell whether *words*, as `seen` returns them, hold the window in *zone*.

    Both ends stand in order, with the days and the offset from UTC.
    """
    parts, offsets = _signs(span, zone, tag)
    for start, end in in_order(words, parts):
        within, behind = words[start:end], words[end : end + _ZONE_NEAR]
        if _is_zone_behind(tag):
            told = _OFFSET.findall(within) + _OFFSET.findall(behind)[:1]
        else:
            before = words[max(0, start - _ZONE_BEFORE) : start]
            told = _OFFSET.findall(before)[-1:] + _OFFSET.findall(within)
        if set(told) == offsets:
            return True
    return False


@lru_cache(maxsize=1024)
def _is_zone_behind(tag: str) -> bool:
    """Tell whether the zone of a window stands behind it in the language of *tag*."""
    start = datetime(2024, 7, 1, 1, tzinfo=UTC)
    end = start + timedelta(hours=1)
    text = describe_window(start, end, zone="Asia/Dubai", tag=tag).text
    there = end.astimezone(load_zone("Asia/Dubai"))
    return text.rindex("UTC") > text.rindex(format_time(there, tag))


@lru_cache(maxsize=16_384)
def _signs(
    span: Span, zone: str, tag: str
) -> tuple[tuple[tuple[str, int], ...], frozenset[str]]:
    """Return the parts of a window for `in_order`, and the offsets beside it."""
    there = load_zone(zone)
    ends = (span.start.astimezone(there), span.end.astimezone(there))
    offsets = {"UTC"}
    if not is_utc(zone):
        found = (moment.utcoffset() or timedelta() for moment in ends)
        offsets = {seen(format_offset(each, tag)) for each in found}
    parts = ((seen(part), near) for part, near in _moments(ends, tag))
    return tuple(parts), frozenset(offsets)


def _moments(ends: tuple[datetime, datetime], tag: str) -> Iterator[tuple[str, int]]:
    """Yield the parts of a window, and how near each stands to the one before."""
    first, last = ends
    yield format_day(first, tag), 0
    yield format_time(first, tag), _TIME_NEAR
    if first.date() != last.date():
        yield format_day(last, tag), _DAY_NEAR
    yield format_time(last, tag), _TIME_NEAR


def in_order(
    words: str, parts: tuple[tuple[str, int], ...]
) -> Iterator[tuple[int, int]]:
    """Yield where *parts* stand in order, each as near to the one before as it says.

    *words* are as `seen` returns them; the distance does not count the part itself.
    """
    (first, _), *others = ((_seen(part), near) for part, near in parts)
    for start in places(words, first):
        end = start + len(first)
        for part, near in others:
            place = next(places(words[end : end + near + len(part)], part), None)
            if place is None:
                break
            end += place + len(part)
        else:
            yield start, end


def holds(words: str, part: str) -> bool:
    """Tell whether *words*, as `seen` returns them, hold *part* as a whole."""
    return next(places(words, _seen(part)), None) is not None


def phase_dates(phase: Phase, tag: str, *, is_over: bool = False) -> tuple[str, ...]:
    """Return the ways in which the date of *phase* may be written.

    Of one that *is_over*, its end is told, if it is known.
    """
    when = phase.ends if is_over else phase.starts or phase.by
    if when is None:
        return ()
    ways: Iterable[str]
    if when.precision is Precision.MONTH:
        ways = (each(when.first, tag) for each in (format_month, month_in, month_of))
    elif when.precision is Precision.QUARTER:
        quarters = (format_quarter, quarter_in, quarter_of)
        ways = (each(when.first, tag) for each in quarters)
    elif when.precision is Precision.WEEK:
        week = format_date_interval(when.first, when.last, tag)
        ways = (format_partial(when, tag), week)
    else:
        ways = (format_partial(when, tag),)
    if phase.starts and phase.ends:
        ways = (*ways, format_partial_range(phase.starts, phase.ends, tag))
    return tuple(dict.fromkeys(ways))
