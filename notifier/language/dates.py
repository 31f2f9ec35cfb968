"""Dates of any precision, alone and as stretches."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from babel import dates as babel_dates

from notifier.language.locales import babel_locale
from notifier.language.words import Spans, Words, words_for
from notifier.model.values import PartialDate, Precision

_NBSP = "\N{NO-BREAK SPACE}"
_FIRST = re.compile(r"(?<!\d)1(?!\d)")


def format_day(day: date, tag: str) -> str:
    """Return *day* in long form: "5 December 2026"."""
    return _written(day, "long", tag)


def format_weekday_day(day: date, tag: str) -> str:
    """Return *day* in long form with its weekday."""
    locale = babel_locale(tag)
    full = str(babel_dates.format_date(day, "full", locale=locale))
    long = str(babel_dates.format_date(day, "long", locale=locale))
    return full.replace(long, format_day(day, tag))


def format_month(day: date, tag: str) -> str:
    """Return the month and year of *day*: "October 2023"."""
    return _skeleton(day, "yMMMM", tag)


def format_tick(day: date, tag: str) -> str:
    """Return *day* for a place with little room: "8 Oct", the first one "Oct 2023"."""
    return _skeleton(day, "yMMM" if day.day == 1 else "MMMd", tag)


def month_in(day: date, tag: str) -> str:
    """Return the month and year of *day* as they stand in "started in October 2023".

    That is `format_month` but where preposition and month change together, and the
    preposition comes with it: Polish "we wrześniu 2024".
    """
    months = words_for(tag).months_in
    if months is None:
        return format_month(day, tag)
    return f"{months[day.month - 1]} {day.year}"


def month_of(day: date, tag: str) -> str:
    """Return the month and year of *day* as they stand after "the end of".

    Differs from `format_month` where the month is declined: Polish "października 2023".
    """
    months = babel_locale(tag).months
    alone = months["stand-alone"]["wide"][day.month]
    return format_month(day, tag).replace(alone, months["format"]["wide"][day.month])


def format_quarter(day: date, tag: str) -> str:
    """Return the quarter and year of *day*: "1st quarter 2024"."""
    if (pattern := words_for(tag).quarter) is None:
        return _skeleton(day, "yQQQQ", tag)
    return str(babel_dates.format_date(day, pattern, locale=babel_locale(tag)))


def quarter_in(day: date, tag: str) -> str:
    """Return the quarter and year of *day* as they stand after the preposition "in"."""
    return format_quarter(day, tag).replace(*words_for(tag).quarter_in or ("", ""))


def quarter_of(day: date, tag: str) -> str:
    """Return the quarter and year of *day* as they stand after "the end of"."""
    return format_quarter(day, tag).replace(*words_for(tag).quarter_of or ("", ""))


def format_week(week: PartialDate, tag: str) -> str:
    """Return the Monday of *week* in long form."""
    return format_day(week.first, tag)


def format_time(clock: time | datetime, tag: str) -> str:
    """Return hours and minutes, in 12 or 24 hours as *tag* has it: "10:00 PM"."""
    pattern = words_for(tag).time or "short"
    naive = clock.replace(tzinfo=None)
    text = babel_dates.format_time(naive, pattern, locale=babel_locale(tag))
    # U+202F before AM and PM is missing in many mail fonts.
    return str(text).replace("\N{NARROW NO-BREAK SPACE}", _NBSP)


def format_clock(clock: time | datetime, tag: str) -> str:
    """Return a time with the word that goes with it: "22:00 Uhr", "kl. 22:00"."""
    return words_for(tag).clock.format(format_time(clock, tag))


def format_partial(value: PartialDate, tag: str) -> str:
    """Return *value* as precisely as it is known; a week by its Monday."""
    if value.precision is Precision.MONTH:
        return format_month(value.first, tag)
    if value.precision is Precision.QUARTER:
        return format_quarter(value.first, tag)
    day = format_day(value.first, tag)
    if value.at is None:
        return day
    return words_for(tag).moment.format(day, format_clock(value.at, tag))


def format_partial_range(start: PartialDate, end: PartialDate, tag: str) -> str:
    """Return the stretch from *start* to *end*, shared parts said once.

    Ends of unlike precision are both written in full; equal ends are written once.
    """
    precisions = {start.precision, end.precision}
    if precisions == {Precision.MONTH}:
        return _month_interval(start.first, end.first, tag)
    if precisions <= {Precision.DAY, Precision.WEEK}:
        return format_date_interval(start.first, end.last, tag)
    first, last = format_partial(start, tag), format_partial(end, tag)
    return first if first == last else words_for(tag).interval.format(first, last)


def format_date_interval(first: date, last: date, tag: str) -> str:
    """Return the days from *first* to *last*, both included: "5–6 December 2026"."""
    words = words_for(tag)
    spans = _day_spans(tag, words)
    if first == last:
        return format_day(first, tag)
    if spans is None or first.year != last.year:
        return words.interval.format(format_day(first, tag), format_day(last, tag))
    if first.month == last.month:
        pattern, (head, tail) = words.tight, spans.days
    else:
        pattern, (head, tail) = words.interval, spans.days_of_months
    return pattern.format(_written(first, head, tag), _written(last, tail, tag))


def _month_interval(first: date, last: date, tag: str) -> str:
    words = words_for(tag)
    if (first.year, first.month) == (last.year, last.month):
        return format_month(first, tag)
    if words.spans is None or first.year != last.year:
        ends = (format_month(first, tag), format_month(last, tag))
    else:
        head, tail = words.spans.months
        ends = (_written(first, head, tag), _written(last, tail, tag))
    return words.interval.format(*ends)


def _day_spans(tag: str, words: Words) -> Spans | None:
    """Return the abbreviated patterns, unless this region writes dates otherwise."""
    pattern = babel_locale(tag).date_formats["long"].pattern
    return words.spans if words.spans and words.spans.like == pattern else None


def _written(day: date, pattern: str, tag: str) -> str:
    """Format *day*, with the ordinal and the blanks that its language wants."""
    words = words_for(tag)
    text = str(babel_dates.format_date(day, pattern, locale=babel_locale(tag)))
    if day.day == 1 and words.first_day != "1":
        text = _FIRST.sub(words.first_day, text, count=1)
    return text.replace(" ", words.blank)


def _skeleton(day: date, skeleton: str, tag: str) -> str:
    text = babel_dates.format_skeleton(skeleton, day, locale=babel_locale(tag))
    return str(text).replace(" ", words_for(tag).blank)
