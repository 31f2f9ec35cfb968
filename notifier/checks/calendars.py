"""Read the events of finished calendars."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from icalendar import Calendar


@lru_cache(maxsize=1024)  # several rules read them
def events_of(data: bytes) -> tuple[Any, ...]:
    """Return the events of a calendar; none if it cannot be read."""
    try:
        return tuple(Calendar.from_ical(data).walk("VEVENT"))
    except ValueError:
        return ()
