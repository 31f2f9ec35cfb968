"""Say when a window starts and ends, where the reader lives and in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from notifier.language.dates import (
    format_clock,
    format_day,
    format_time,
    format_weekday_day,
)
from notifier.language.words import words_for
from notifier.language.zones import format_offset, format_zone_name, is_utc
from notifier.zones import load_zone


@dataclass(frozen=True, slots=True)
class WindowText:
    """A window in words.

    *text* is the whole: both moments with weekday, the zone and its offset. *utc* is
    the same window in UTC. *start* and *end* are moments with weekday but no zone,
    *date* and *time* those of the start alone (*time* without "Uhr" or "kl."). *zone*
    names the zone with its offset, both offsets where they differ. *change* is what
    the clock gains in between: 1 hour in spring, −1 hour in autumn, 0 mostly.
    """

    text: str
    utc: str
    start: str
    end: str
    date: str
    time: str
    zone: str
    change: timedelta
    is_utc: bool


def describe_window(
    start: datetime, end: datetime, *, zone: str, tag: str
) -> WindowText:
    """Return the window from *start* to *end*, both aware, as read in *zone*.

    Raises:
        ValueError: *start* or *end* is naive.
        ZoneInfoNotFoundError: there is no such *zone*.
    """
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("a window needs aware times")
    return _describe(start.astimezone(UTC), end.astimezone(UTC), zone, tag)


@lru_cache(maxsize=4096)
def _describe(start: datetime, end: datetime, zone: str, tag: str) -> WindowText:
    first, last = (moment.astimezone(load_zone(zone)) for moment in (start, end))
    utc = words_for(tag).utc.format(_interval(start, end, tag, weekday=False))
    return WindowText(
        text=_whole(first, last, zone, tag),
        utc=utc,
        start=_moment(first, tag),
        end=_moment(last, tag),
        date=format_day(first, tag),
        time=format_time(first, tag),
        zone=_zone(first, last, zone, tag),
        change=_offset(last) - _offset(first),
        is_utc=is_utc(zone),
    )


def _whole(first: datetime, last: datetime, zone: str, tag: str) -> str:
    words = words_for(tag)
    if is_utc(zone):
        return words.utc.format(_interval(first, last, tag))
    if _offset(first) == _offset(last):
        return words.aside.format(
            _interval(first, last, tag), _zone(first, last, zone, tag)
        )
    start = words.aside.format(_moment(first, tag), format_offset(_offset(first), tag))
    late = format_clock(last, tag) if _same_day(first, last) else _moment(last, tag)
    end = words.aside.format(late, format_offset(_offset(last), tag))
    return words.zone.format(
        words.interval.format(start, end), format_zone_name(zone, tag)
    )


def _interval(
    first: datetime, last: datetime, tag: str, *, weekday: bool = True
) -> str:
    """Write both ends in full, or the day once if it is the same."""
    words = words_for(tag)
    if not _same_day(first, last):
        ends = (_moment(moment, tag, weekday=weekday) for moment in (first, last))
        return words.interval.format(*ends)
    times = [format_time(moment, tag) for moment in (first, last)]
    spaced = any(char.isspace() for char in times[0])
    clocks = (words.interval if spaced else words.tight).format(*times)
    day = format_weekday_day(first, tag) if weekday else format_day(first, tag)
    return words.moment.format(day, words.clock.format(clocks))


def _moment(moment: datetime, tag: str, *, weekday: bool = True) -> str:
    day = format_weekday_day(moment, tag) if weekday else format_day(moment, tag)
    return words_for(tag).moment.format(day, format_clock(moment, tag))


def _zone(first: datetime, last: datetime, zone: str, tag: str) -> str:
    if is_utc(zone):
        return "UTC"
    offsets = dict.fromkeys(
        format_offset(_offset(moment), tag) for moment in (first, last)
    )
    return words_for(tag).zone.format(format_zone_name(zone, tag), " / ".join(offsets))


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta(0)


def _same_day(first: datetime, last: datetime) -> bool:
    return first.date() == last.date()
