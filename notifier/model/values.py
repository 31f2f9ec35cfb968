"""Single values: dates of any precision, estimates, author texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from notifier.errors import Place

# The years that dates may lie in.
YEARS = range(1970, 2200)
# A value in an author's text that is printed for the locale: its kind, its value.
PLACEHOLDER = re.compile(r"\{(date|duration|link):([^{}]{1,80})\}")


class Precision(StrEnum):
    """How exactly a date is known."""

    MINUTE = "minute"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as its author knows it.

    *first* is the first day of the stretch (Monday of an ISO week); *at* is the wall
    clock of a minute, None for every coarser precision; *written* is the author's text.
    """

    precision: Precision
    first: date
    written: str
    at: time | None = None

    @property
    def last(self) -> date:
        """Return the last day of the stretch."""
        if self.precision is Precision.WEEK:
            return self.first + timedelta(days=6)
        months = {Precision.MONTH: 1, Precision.QUARTER: 3}.get(self.precision)
        if months is None:
            return self.first
        index = self.first.year * 12 + self.first.month - 1 + months
        return date(index // 12, index % 12 + 1, 1) - timedelta(days=1)


class Bound(StrEnum):
    """How an estimate limits the real duration."""

    ABOUT = "about"
    AT_MOST = "at_most"
    AVERAGE = "average"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Estimate:
    """An expected duration; *low* equals *high* unless *bound* is RANGE."""

    low: timedelta
    high: timedelta
    bound: Bound = Bound.ABOUT


@dataclass(frozen=True, slots=True)
class Text:
    """A text that the author wrote, in the default locale.

    *source* is the key of its translations; *markdown* is false for plain text.
    """

    source: str
    markdown: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch in which a wave is done: *start* before *end*, both aware, in UTC.

    *timezone* is the IANA zone of the wave.
    """

    start: datetime
    end: datetime
    timezone: str
