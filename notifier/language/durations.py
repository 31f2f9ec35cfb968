"""Durations to the minute, and estimates: about, at most, from … to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache

from notifier.language.lists import join_words
from notifier.language.locales import babel_locale
from notifier.language.words import words_for
from notifier.model.values import Bound, Estimate

_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
_DAY, _HOUR, _MINUTE = (timedelta(seconds=seconds) for _, seconds in _UNITS[:3])


def format_duration(duration: timedelta, tag: str) -> str:
    """Return *duration* in days, hours, minutes and seconds, never rounded.

    Units that are zero are left out: 25 hours are "1 day and 1 hour".

    Raises:
        ValueError: *duration* is negative or not a whole number of seconds.
    """
    parts = [_counted(count, unit, tag) for count, unit in _split(duration)]
    joiner = words_for(tag).joiner
    return join_words(parts, tag) if joiner is None else joiner.join(parts)


def format_estimate(estimate: Estimate, tag: str) -> str:
    """Return *estimate* with its bound: "at most 10 minutes", "30–60 minutes".

    The text stands as a label or alone; in languages with cases it is nominative.
    """
    words = words_for(tag)
    if estimate.bound is Bound.RANGE and estimate.low != estimate.high:
        return _format_range(estimate.low, estimate.high, tag)
    pattern = {
        Bound.AT_MOST: words.at_most,
        Bound.AVERAGE: words.average,
    }.get(estimate.bound, words.about)
    return pattern.format(format_duration(estimate.high, tag))


def _format_range(low: timedelta, high: timedelta, tag: str) -> str:
    words = words_for(tag)
    unit = _shared_unit(low, high)
    if unit is not None:
        size = timedelta(seconds=dict(_UNITS)[unit])
        pattern = _pattern(high // size, unit, tag)
        # The Arabic dual says "two hours" in one word, without a number to pair.
        if "{0}" in pattern:
            return pattern.format(words.numbers.format(low // size, high // size))
    return words.durations.format(format_duration(low, tag), format_duration(high, tag))


def _shared_unit(low: timedelta, high: timedelta) -> str | None:
    """Return the unit in which both ends are read at a glance, if there is one."""
    if not low % _DAY and not high % _DAY:
        return "day"
    if not low % _HOUR and not high % _HOUR and high <= 2 * _DAY:
        return "hour"
    if not low % _MINUTE and not high % _MINUTE and high <= 2 * _HOUR:
        return "minute"
    return None


def _split(duration: timedelta) -> list[tuple[int, str]]:
    if duration < timedelta(0) or duration.microseconds:
        raise ValueError(f"{duration} is not a whole number of seconds from 0")
    rest = duration.days * 86_400 + duration.seconds
    parts = []
    for unit, size in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            parts.append((count, unit))
    return parts or [(0, "minute")]


def _counted(count: int, unit: str, tag: str) -> str:
    return _pattern(count, unit, tag).format(count)


@lru_cache(maxsize=4096)
def _pattern(count: int, unit: str, tag: str) -> str:
    """Return CLDR's pattern for *count* units.

    Long patterns that repeat the short ones are left out of CLDR (LDML, inheritance);
    Babel does not follow that, so it is done here.
    """
    locale = babel_locale(tag)
    # Babel has no public name for the patterns themselves.
    widths: Mapping[str, Mapping[str, str]]
    widths = locale._data["unit_patterns"][f"duration-{unit}"]
    category = locale.plural_form(count)
    for width in ("long", "short"):
        for form in (category, "other"):
            pattern = widths.get(width, {}).get(form)
            if pattern:
                return pattern
    raise ValueError(f"CLDR has no word for {unit} in {tag}")
