"""Lay the stretch of a plan on an axis of months, or of days if it is a short one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from notifier.model.schedule import Plan, PlannedPhase

_MOST_TICKS = 6
# In months; the last one is enough for all years that are planned.
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 480)
# The days named in each month, where the axis has so many months.
_DAYS = {1: (1, 8, 15, 22), 2: (1, 15)}


@dataclass(frozen=True, slots=True)
class Axis:
    """Whole months, from *start* up to *end*, both midnight UTC."""

    start: datetime
    end: datetime

    def share(self, instant: datetime) -> float:
        """Return where *instant* lies, from 0 to 1."""
        return (instant - self.start) / (self.end - self.start)


def axis(plan: Plan) -> Axis | None:
    """Return the months that hold all of *plan*; None where it has no dates."""
    months = _months(plan)
    return Axis(midnight(months[0]), midnight(months[-1])) if months else None


def timeline_ticks(plan: Plan) -> tuple[date, ...]:
    """Return the days that the axis names, six at most.

    They are first days of months, on a short axis further days too.
    """
    months = _months(plan)[:-1]
    if days := _DAYS.get(len(months)):
        return tuple(month.replace(day=day) for month in months for day in days)
    step = next(n for n in _STEPS if len(months) <= n * _MOST_TICKS)
    return tuple(m for m in months if (m.year * 12 + m.month - 1) % step == 0)


def phase_stretch(
    planned: PlannedPhase, plan: Plan
) -> tuple[datetime, datetime] | None:
    """Return the days of a phase and its waves; None where it has neither."""
    ends = [*_ends(planned, plan)]
    return (
        (min(start for start, _ in ends), max(end for _, end in ends)) if ends else None
    )


def midnight(day: date) -> datetime:
    """Return the beginning of *day* in UTC."""
    return datetime.combine(day, time(), UTC)


def _ends(planned: PlannedPhase, plan: Plan) -> Iterator[tuple[datetime, datetime]]:
    phase = planned.phase
    for when in (phase.starts, phase.ends, phase.by):
        if when:
            yield midnight(when.first), midnight(when.last) + timedelta(days=1)
    for wave in plan.waves:
        if wave.wave.id in planned.waves:
            yield wave.window.start, wave.window.end


def _months(plan: Plan) -> tuple[date, ...]:
    """Return the first day of each month on the axis, and of the one after it."""
    stretches = [*filter(None, (phase_stretch(each, plan) for each in plan.phases))]
    if not stretches:
        return ()
    first = min(start for start, _ in stretches)
    last = max(end for _, end in stretches) - timedelta.resolution
    indexes = range(first.year * 12 + first.month - 1, last.year * 12 + last.month + 1)
    return tuple(date(index // 12, index % 12 + 1, 1) for index in indexes)
