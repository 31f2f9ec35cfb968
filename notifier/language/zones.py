"""Name a time zone for readers: its city and its offset from UTC."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from babel.core import get_global

from notifier.language.locales import babel_locale
from notifier.language.typography import isolate_ltr
from notifier.language.words import words_for

_UTC_NAMES = frozenset(
    {"UTC", "UCT", "Zulu", "Universal", "GMT", "Greenwich", "Etc/UCT", "Etc/UTC"}
    | {"Etc/GMT", "Etc/Zulu", "Etc/Universal", "Etc/Greenwich", "Etc/GMT0", "GMT0"}
)


def is_utc(zone: str) -> bool:
    """Tell whether the IANA *zone* is UTC under one of its names."""
    return zone in _UTC_NAMES


@lru_cache(maxsize=4096)
def format_city(zone: str, tag: str) -> str:
    """Return the city that stands for the IANA *zone*, by CLDR: "Roma".

    Where CLDR's locale has no name of its own, the last part of *zone* is used.
    """
    known = babel_locale(tag).time_zones
    for name in _names(zone):
        city = known.get(name, {}).get("city")
        if city:
            return str(city)
    return _current(zone).rpartition("/")[2].replace("_", " ")


@lru_cache(maxsize=4096)
def format_zone_name(zone: str, tag: str) -> str:
    """Return the time of the city of *zone*: "Rome time"; UTC is "UTC"."""
    if is_utc(zone):
        return "UTC"
    words = words_for(tag)
    text = words.city.format(format_city(zone, tag))
    for apart, together in words.contractions:
        text = text.replace(apart, together)
    return text


def format_offset(offset: timedelta, tag: str) -> str:
    """Return *offset* as "UTC+01:00", with a true minus sign west of Greenwich.

    It stays left to right in right-to-left languages.
    """
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "\N{MINUS SIGN}" if minutes < 0 else "+"
    return isolate_ltr(f"UTC{sign}{hours:02}:{rest:02}", tag)


def _current(zone: str) -> str:
    return str(get_global("zone_aliases").get(zone, zone))


def _names(zone: str) -> tuple[str, ...]:
    """Return every name of *zone*: CLDR files some cities under a former one."""
    aliases = get_global("zone_aliases")
    current = _current(zone)
    former = (old for old, new in aliases.items() if new == current)
    return (zone, current, *former)
