"""Say where each phase stands on a day, and which phases follow from the waves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from notifier.errors import Problem
from notifier.model.schedule import (
    Phase,
    PhaseState,
    PlannedPhase,
    PlannedWave,
    Schedule,
    WaveStatus,
)
from notifier.model.values import YEARS, PartialDate, Precision
from notifier.planning.rules import warning
from notifier.planning.wording import DATES_HINT
from notifier.zones import load_zone

_USUAL_ORDER = ("development", "staging", "production")


def plan_phases(
    schedule: Schedule, waves: Sequence[PlannedWave], *, today: datetime
) -> tuple[tuple[PlannedPhase, ...], tuple[Problem, ...]]:
    """Return the phases with their state, and what is wrong with them.

    *waves* are by start; *today* is the clock of the schedule's zone. An environment
    with waves and no phase gets one of its own, in its place among the environments.
    """
    problems = [*_claims(schedule.phases)]
    written = {wave.environment for wave in schedule.waves}
    planned = []
    for phase in _with_derived(schedule, waves):
        own = tuple(w for w in waves if w.wave.environment in phase.environments)
        dated = _dated(phase, own)
        found = tuple(_date_problems(dated))
        if not found and (dated.starts or dated.by or dated.ends):
            ids = tuple(wave.wave.id for wave in own)
            planned.append(PlannedPhase(dated, phase_state(dated, own, today), ids))
            found = (
                *_planned_past(dated, today),
                *_started_early(dated, today),
                *_early_waves(dated, own),
            )
        elif not found and not written & {*phase.environments}:
            found = (_undated(phase),)
        problems += found
    return tuple(planned), tuple(problems)


def phase_state(
    phase: Phase, waves: Sequence[PlannedWave], today: datetime
) -> PhaseState:
    """Return where *phase* stands on *today*, the clock of the schedule's zone.

    The author's status wins, then what its *waves* say, then its dates.
    """
    if phase.status is not None:
        return phase.status
    if _all_done(phase, waves) or (phase.ends and is_over(phase.ends, today)):
        return PhaseState.COMPLETED
    if phase.starts is None:
        limit = phase.by or phase.ends
        after = PhaseState.COMPLETED
    else:
        limit, after = phase.starts, PhaseState.STARTED
    if limit is None or today.date() < limit.first:
        return PhaseState.PLANNED
    return PhaseState.STARTING if today.date() <= limit.last else after


def is_over(when: PartialDate, today: datetime) -> bool:
    """Tell whether the stretch *when* has passed on *today*, a clock of its zone."""
    if when.at is not None:
        return today.replace(tzinfo=None) >= datetime.combine(when.first, when.at)
    return today.date() > when.last


def is_ahead(when: PartialDate, today: datetime) -> bool:
    """Tell whether the stretch *when* has not begun on *today*, a clock of its zone."""
    if when.at is not None:
        return today.replace(tzinfo=None) < datetime.combine(when.first, when.at)
    return today.date() < when.first


def in_range(when: PartialDate) -> bool:
    """Tell whether *when* lies in the years that are planned."""
    return when.first.year in YEARS


def _all_done(phase: Phase, waves: Sequence[PlannedWave]) -> bool:
    statuses = {wave.status for wave in waves}
    return (
        {wave.wave.environment for wave in waves} == set(phase.environments)
        and WaveStatus.COMPLETED in statuses
        and statuses <= {WaveStatus.COMPLETED, WaveStatus.CANCELLED}
    )


def _with_derived(
    schedule: Schedule, waves: Sequence[PlannedWave]
) -> tuple[Phase, ...]:
    declared = [environment.id for environment in schedule.environments]
    present = dict.fromkeys(wave.wave.environment for wave in waves)
    order = list(dict.fromkeys([*(declared or _USUAL_ORDER), *present]))
    taken = {name for phase in schedule.phases for name in phase.environments}
    phases = list(schedule.phases)
    for name in order:
        if name in taken or name not in present:
            continue
        later = set(order[order.index(name) :])
        spots = (i for i, phase in enumerate(phases) if later & {*phase.environments})
        phases.insert(next(spots, len(phases)), Phase((name,)))
    return tuple(phases)


def _dated(phase: Phase, waves: Sequence[PlannedWave]) -> Phase:
    if phase.starts or phase.by or not waves:
        return phase
    live = [w for w in waves if w.status is not WaveStatus.CANCELLED]
    if not live and phase.status is None:
        phase = replace(phase, status=PhaseState.CANCELLED)
    first = min(_local_day(wave) for wave in live or waves)
    return replace(phase, starts=PartialDate(Precision.DAY, first, first.isoformat()))


def _local_day(wave: PlannedWave) -> date:
    return wave.window.start.astimezone(load_zone(wave.window.timezone)).date()


def _claims(phases: Iterable[Phase]) -> Iterator[Problem]:
    claimed: set[str] = set()
    for phase in phases:
        for name in phase.environments:
            if name in claimed:
                message = f"environment {name!r} stands in two phases"
                hint = "keep it in one of them"
                rule = "waves/environment-in-two-phases"
                yield Problem(rule, message, phase.place, hint)
            claimed.add(name)


def _date_problems(phase: Phase) -> Iterator[Problem]:
    starts, ends = phase.starts, phase.ends
    far = [when for when in (starts, ends, phase.by) if when and not in_range(when)]
    for when in far:
        message = f"cannot plan for {when.written[:80]!r}"
        rule = "waves/date-out-of-range"
        yield Problem(rule, message, phase.place, DATES_HINT)
    if starts and ends and not far and _edge(ends) < _edge(starts):
        message = f"{ends.written[:80]!r} is before the start {starts.written[:80]!r}"
        hint = "swap 'starts' and 'ends', or mend one of them"
        yield Problem("waves/ends-before-starts", message, phase.place, hint)


def _undated(phase: Phase) -> Problem:
    names = ", ".join(phase.environments)
    message = f"the phase of {names[:80]!r} has neither a date nor waves"
    hint = "add 'starts' or 'by', such as 'starts: 2024-02', or waves"
    return Problem("waves/phase-without-date", message, phase.place, hint)


def _planned_past(phase: Phase, today: datetime) -> Iterator[Problem]:
    limit = phase.starts or phase.by or phase.ends
    if phase.status is PhaseState.PLANNED and limit and is_over(limit, today):
        message = f"'planned' is said of {limit.written[:80]!r}, which has passed"
        hint = "move the date, or leave out 'status', or write 'started' or 'completed'"
        yield Problem("waves/planned-in-the-past", message, phase.place, hint)


def _started_early(phase: Phase, today: datetime) -> Iterator[Problem]:
    begun = phase.status in (PhaseState.STARTED, PhaseState.COMPLETED)
    if begun and phase.status and phase.starts and is_ahead(phase.starts, today):
        said, starts = phase.status.value, phase.starts.written[:80]
        message = f"{said!r} is said of {starts!r}, which is to come"
        hint = "move the date, or leave out 'status'"
        rule = "waves/started-in-the-future"
        yield warning(rule, message, place=phase.place, hint=hint)


def _early_waves(phase: Phase, waves: Iterable[PlannedWave]) -> Iterator[Problem]:
    for wave in waves:
        if phase.starts is None or wave.status is WaveStatus.CANCELLED:
            continue
        day = _local_day(wave)
        if day < phase.starts.first:
            message = (
                f"wave {wave.wave.id!r} starts on {day}, before its phase "
                f"({phase.starts.written[:80]!r})"
            )
            hint = "let the phase start earlier, or the wave later"
            yield warning(
                "waves/before-phase", message, place=wave.wave.place, hint=hint
            )


def _edge(when: PartialDate) -> tuple[date, time]:
    return when.last, when.at or time.max
