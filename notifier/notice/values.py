"""Parse single values: dates of any precision, quantities, ids, zones."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cache

from notifier import zones
from notifier.model.values import YEARS, Bound, Estimate, PartialDate, Precision
from notifier.notice.faults import BadValue, Fault, quoted

_LONGEST = timedelta(days=366)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.I | re.S)
_DATE = re.compile(
    r"([0-9]{4})-(?:W(?P<week>[0-9]{2})|Q(?P<quarter>[0-9])"
    r"|(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:[T ](?P<time>[0-9]{2}:[0-9]{2})(?::00)?(?P<offset>Z|[+-][0-9]{2}:[0-9]{2})?"
    r")?)?)"
)
_UNITS = {
    "minute": ("minutes", "minute", "mins", "min", "m"),
    "hour": ("hours", "hour", "hrs", "hr", "h"),
    "day": ("days", "day", "d"),
    "week": ("weeks", "week", "w"),
}
_MINUTES = {
    word: {"minute": 1, "hour": 60, "day": 1440, "week": 10080}[unit]
    for unit, words in _UNITS.items()
    for word in words
}
_PART = re.compile(r"([0-9]{1,6})(?:\.([0-9]{1,2}))? ?([A-Za-z]+)(?:,? and |, | )?")
_HOURS_AND = re.compile(r"([0-9]{1,4}) ?h ?([0-5][0-9])")
_ISO = re.compile(
    r"P(?:([0-9]{1,3})W)?(?:([0-9]{1,3})D)?(?:T(?:([0-9]{1,4})H)?(?:([0-9]{1,6})M)?)?"
)
_RANGE = re.compile(r"([^-–—]+?) ?(?:[-–—]| to ) ?([^-–—]+)")
_QUANTITY_HINT = "write it as '90 minutes', '2 hours 30 minutes', '7 days' or 'PT2H30M'"
_DATE_HINT = (
    "write it as '2024-02-06', '2024-W06', '2024-02', '2024-Q1' or '2024-02-06T22:00'"
)


def one_of(value: str, known: tuple[str, ...], noun: str, rule: str) -> str:
    """Return *value* if it is one of *known*; a BadValue names them otherwise."""
    if value in known:
        return value
    listed = "one of: " + ", ".join(known) if len(known) <= 15 else None
    raise BadValue(Fault(rule, f"unknown {noun} {quoted(value)}", listed, value, known))


def identifier(value: str) -> str:
    """Check an id: it becomes part of file names, UIDs and Message-IDs."""
    if not _ID.fullmatch(value):
        hint = (
            "1 to 64 of the characters A-Z, a-z, 0-9, '.', '_', '-'; "
            "a letter or digit first"
        )
        raise BadValue(Fault("id", f"{quoted(value)} is not an id", hint))
    if _DEVICE.fullmatch(value):
        hint = "choose another: this name is a device on Windows"
        raise BadValue(Fault("id", f"{quoted(value)} cannot name a file", hint))
    return value


def partial_date(value: str) -> PartialDate:
    """Parse a date of any precision, in the years 1970 to 2199."""
    match = _DATE.fullmatch(value) if len(value) <= 40 else None
    if match is None or match["offset"]:
        raise _bad_date(value, _DATE_HINT)
    try:
        return _partial(value, match)
    except ValueError as error:
        reason = "there is no such date"
        raise _bad_date(value, _DATE_HINT, reason) from error


def _partial(value: str, match: re.Match[str]) -> PartialDate:
    year = int(match[1])
    if year not in YEARS:
        raise ValueError(year)
    if match["week"]:
        week = date.fromisocalendar(year, int(match["week"]), 1)
        return PartialDate(Precision.WEEK, week, value)
    if match["quarter"]:
        first = date(year, int(match["quarter"]) * 3 - 2, 1)
        return PartialDate(Precision.QUARTER, first, value)
    if not match["day"]:
        return PartialDate(Precision.MONTH, date(year, int(match["month"]), 1), value)
    day = date(year, int(match["month"]), int(match["day"]))
    if not match["time"]:
        return PartialDate(Precision.DAY, day, value)
    return PartialDate(Precision.MINUTE, day, value, time.fromisoformat(match["time"]))


def _bad_date(value: str, hint: str, reason: str = "") -> BadValue:
    said = f"{quoted(value)} is not a date"
    return BadValue(Fault("date", f"{said}: {reason}" if reason else said, hint))


def day(value: str) -> date:
    """Parse a date that must be known to the day."""
    found = partial_date(value)
    if found.precision is not Precision.DAY:
        raise BadValue(
            Fault("date", f"{quoted(value)} is not a day", "write it as '2024-02-06'")
        )
    return found.first


def wall_clock(value: str) -> tuple[datetime, timedelta | None]:
    """Parse a wall clock such as `2024-02-06T22:00`, and the offset after it."""
    hint = "write it as '2024-02-06T22:00', or '2024-10-27T02:30+01:00' where needed"
    match = _DATE.fullmatch(value) if len(value) <= 40 else None
    if match is None or not match["time"]:
        message = f"{quoted(value)} is not a date with a time"
        raise BadValue(Fault("date", message, hint))
    try:
        found = _partial(value, match)
        clock = datetime.fromisoformat(f"{found.first}T{match['time']}")
        offset = match["offset"]
        aware = datetime.fromisoformat(f"2024-01-01T00:00{offset}") if offset else None
    except ValueError as error:
        raise _bad_date(value, hint, "there is no such time") from error
    return clock, aware.utcoffset() if aware else None


def quantity(value: str) -> timedelta:
    """Parse a length of time, of whole minutes, at most 366 days."""
    text = " ".join(value.split())
    if len(text) > 60:
        raise _bad_quantity(value)
    minutes = _iso_minutes(text)
    if minutes is None:
        minutes = _word_minutes(text.lower(), value)
    length = timedelta(minutes=minutes)
    if length > _LONGEST:
        message = f"{quoted(value)} is too long"
        raise BadValue(Fault("duration", message, "at most 366 days"))
    return length


def positive(value: str) -> timedelta:
    """Parse a length of time over zero."""
    length = quantity(value)
    if not length:
        message = f"{quoted(value)} is no time at all"
        raise BadValue(Fault("duration", message, "write at least '1 minute'"))
    return length


def _iso_minutes(text: str) -> int | None:
    match = _ISO.fullmatch(text)
    if match is None or text[-1] in "PT":
        return None
    weeks, days, hours, minutes = (int(number or 0) for number in match.groups())
    return ((weeks * 7 + days) * 24 + hours) * 60 + minutes


def _word_minutes(text: str, value: str) -> int:
    short = _HOURS_AND.fullmatch(text)
    if short:
        return int(short[1]) * 60 + int(short[2])
    position, hundredths, seen = 0, 0, 100_000
    while position < len(text):
        match = _PART.match(text, position)
        if match is None:
            raise _bad_quantity(value)
        unit = _MINUTES.get(match[3])
        if unit is None:
            raise _bad_quantity(value, f"unknown unit {quoted(match[3])}")
        if unit >= seen:
            raise _bad_quantity(value, "units go from large to small, each once")
        fraction = int((match[2] or "0").ljust(2, "0"))
        hundredths += (int(match[1]) * 100 + fraction) * unit
        seen, position = unit, match.end()
    if not text or text[-1] in " ," or hundredths % 100:
        raise _bad_quantity(value)
    return hundredths // 100


def _bad_quantity(value: str, reason: str = "") -> BadValue:
    said = f"{quoted(value)} is not a length of time"
    message = f"{said}: {reason}" if reason else said
    return BadValue(Fault("duration", message, _QUANTITY_HINT))


def estimate(value: str, bound: Bound = Bound.ABOUT) -> Estimate:
    """Parse an expected duration: a length of time, or a range `30-60 minutes`."""
    text = " ".join(value.split())
    match = _RANGE.fullmatch(text) if len(text) <= 120 else None
    if match is None or bound is not Bound.ABOUT:
        length = positive(value)
        return Estimate(length, length, bound)
    low_text, high_text = match.groups()
    if low_text.isdecimal():
        low_text += "".join(re.findall("[A-Za-z]+", high_text)[:1])
    low, high = positive(low_text), positive(high_text)
    if low > high:
        message = f"{quoted(value)} ends before it begins"
        raise BadValue(Fault("duration", message, "write the shorter length first"))
    return Estimate(low, high, Bound.ABOUT if low == high else Bound.RANGE)


def percent(value: str) -> float:
    """Parse a percentage such as `25%` into a fraction (0.25), at most 1000%."""
    match = re.fullmatch(r"([0-9]{1,4}) ?%", value)
    if match is None or int(match[1]) > 1000:
        message = f"{quoted(value)} is not a percentage"
        raise BadValue(Fault("number", message, "write it as '25%'"))
    return int(match[1]) / 100


def whole_number(value: str) -> int:
    """Parse a whole number from 0 to 1,000,000."""
    if not re.fullmatch(r"[0-9]{1,7}", value) or int(value) > 1_000_000:
        message = f"{quoted(value)} is not a whole number"
        raise BadValue(Fault("number", message, "write digits only, at most 1000000"))
    return int(value)


def yes_or_no(value: str) -> bool:
    """Parse yes, true, on or no, false, off."""
    word = value.lower()
    if word in ("yes", "true", "on"):
        return True
    if word in ("no", "false", "off"):
        return False
    message = f"{quoted(value)} is neither yes nor no"
    raise BadValue(Fault("choice", message, "write 'yes' or 'no'"))


@cache
def zone_names() -> tuple[str, ...]:
    """Return the IANA zones that a notice may use: `Area/City` names and `UTC`."""
    known = zones.zone_names()
    return tuple(name for name in known if "/" in name or name == "UTC")


@cache
def _zone_set() -> frozenset[str]:
    return frozenset(zone_names())


def zone(value: str) -> str:
    """Check the name of a time zone."""
    if value not in _zone_set():
        message = f"unknown time zone {quoted(value)}"
        hint = "write it as 'Area/City' or 'UTC'"
        city = value.casefold().replace(" ", "_")
        here = (name for name in zone_names() if name.casefold().endswith(f"/{city}"))
        found = next(here, None)
        if found:
            raise BadValue(Fault("timezone", message, f"did you mean {found!r}?"))
        if re.fullmatch(r"[A-Z]{2,5}", value):
            hint = "write a city, such as 'Europe/Rome', or 'UTC'"
            raise BadValue(Fault("timezone", message, hint))
        raise BadValue(Fault("timezone", message, hint, value, zone_names()))
    return value
