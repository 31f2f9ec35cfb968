"""Compute the schedule of a notice: windows, estimates, phases, and their faults."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain

from notifier.errors import NotifierError, Place, Problem, in_order
from notifier.model.audience import Instance
from notifier.model.notice import Notice
from notifier.model.schedule import Plan, PlannedWave, Schedule, Wave
from notifier.planning.checks import (
    blackout_problems,
    change_problems,
    deadline_problems,
    duplicate_problems,
    notice_period_problems,
    revision_problems,
    wave_problems,
)
from notifier.planning.estimates import estimate, wave_estimate
from notifier.planning.order import order_problems
from notifier.planning.phases import plan_phases
from notifier.planning.rules import RULES
from notifier.planning.windows import clock_change, wave_windows, zone

__all__ = ["RULES", "clock_change", "estimate", "plan"]

_LISTED = 100


def plan(notice: Notice, *, now: datetime) -> tuple[Plan, tuple[Problem, ...]]:
    """Return the schedule of *notice* at *now*, and all that is wrong with it.

    What cannot be computed (a wave at a wall clock that does not exist, a phase
    without a date) is left out of the plan and has an error.

    Raises:
        ValueError: *now* has no time zone.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    now = now.astimezone(UTC)
    schedule = notice.schedule or Schedule()
    waves, problems = _plan_waves(notice, schedule)
    try:
        today = now.astimezone(zone(schedule.timezone))
    except NotifierError as error:
        today, problems = now, (*problems, *error.problems)
    phases, found = plan_phases(schedule, waves, today=today)
    # What was derived from the waves has no order of its own.
    written = [planned for planned in phases if planned.phase in schedule.phases]
    found += tuple(order_problems(schedule.environments, waves, written))
    found += tuple(duplicate_problems(schedule.waves))
    found += tuple(deadline_problems(notice, today=today))
    found += tuple(change_problems(notice, today=today))
    found += tuple(blackout_problems(waves, schedule.blackouts))
    for wave in waves:
        found += tuple(_judge(wave, notice, today=today))
    return Plan(now, phases, waves), _listed(in_order((*problems, *found)))


def _plan_waves(
    notice: Notice, schedule: Schedule
) -> tuple[tuple[PlannedWave, ...], tuple[Problem, ...]]:
    """Return the waves with all that is computed, by start, and what cannot be."""
    counts = None if notice.instances is None else _counts(notice.instances)
    planned: list[PlannedWave] = []
    problems: list[Problem] = []
    for wave in schedule.waves:
        try:
            window, was = wave_windows(wave)
        except NotifierError as error:
            problems += error.problems
            continue
        count, customers = (None, None) if counts is None else counts[wave.id]
        period = _period(wave, notice)
        planned.append(
            PlannedWave(
                wave,
                window,
                wave.status,
                instances=count,
                customers=customers,
                estimate=wave_estimate(wave, schedule.model, count),
                notify_by=None if period is None else window.start - period,
                was=was,
            )
        )
    planned.sort(key=lambda wave: (wave.window.start, wave.window.end, wave.wave.id))
    return tuple(planned), tuple(problems)


def _counts(instances: Sequence[Instance]) -> Mapping[str, tuple[int, int]]:
    """Return how many instances and customers each wave has, none being (0, 0)."""
    sizes = Counter(instance.wave for instance in instances)
    pairs = {(instance.wave, instance.customer) for instance in instances}
    customers = Counter(wave for wave, _ in pairs)
    known = {wave: (size, customers[wave]) for wave, size in sizes.items()}
    return defaultdict(lambda: (0, 0), known)


def _period(wave: Wave, notice: Notice) -> timedelta | None:
    return (notice.notice_period or {}).get(wave.environment)


def _judge(wave: PlannedWave, notice: Notice, *, today: datetime) -> Iterator[Problem]:
    period = _period(wave.wave, notice)
    yield from wave_problems(wave, now=today)
    yield from revision_problems(wave, today=today)
    yield from notice_period_problems(wave, period, now=today)


def _listed(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the first hundred *problems* of each rule, then how many more it has."""
    by_rule: dict[str, list[Problem]] = {}
    for problem in problems:
        by_rule.setdefault(problem.rule, []).append(problem)
    kept = (found[:_LISTED] for found in by_rule.values())
    more = (_more(found) for found in by_rule.values() if len(found) > _LISTED)
    return (*in_order(chain.from_iterable(kept)), *more)


def _more(found: Sequence[Problem]) -> Problem:
    first = found[0]
    return Problem(
        "waves/more",
        f"{len(found) - _LISTED} more problems of {first.rule!r} are not listed",
        Place(first.place.path) if first.place else None,
        "mend those listed first",
        first.severity,
    )
