"""Write amounts and moments for operators: short, in English, unambiguous."""

from __future__ import annotations

from datetime import datetime, timedelta

from notifier.model.values import YEARS
from notifier.zones import load_zone

DATES_HINT = f"write a date from {YEARS[0]}-01-01 to {YEARS[-1]}-12-31"


def amount(duration: timedelta) -> str:
    """Return *duration* as days, hours and minutes; the last minute is rounded up.

    Whole days above one stay days, so that a notice period reads as it was promised.
    """
    minutes = -(-duration // timedelta(minutes=1))
    days, rest = divmod(minutes, 24 * 60)
    parts = (
        (days, "day" if days == 1 else "days"),
        (rest // 60, "h"),
        (rest % 60, "min"),
    )
    return " ".join(f"{n} {unit}" for n, unit in parts if n) or "0 min"


def count(number: int, noun: str) -> str:
    """Return *number* with its English noun, which takes a plain plural s."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def offset(value: timedelta) -> str:
    """Return a UTC offset such as `+05:30`."""
    sign = "-" if value < timedelta() else "+"
    minutes = abs(value) // timedelta(minutes=1)
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}"


def moment(instant: datetime, zone: str) -> str:
    """Return *instant* as the clock of *zone* shows it, with the zone's name."""
    return f"{instant.astimezone(load_zone(zone)):%Y-%m-%d %H:%M} {zone}"
