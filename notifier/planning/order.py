"""Check that environments follow each other in the order and distance declared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from notifier.errors import Problem, did_you_mean
from notifier.model.schedule import (
    Environment,
    PhaseState,
    PlannedPhase,
    PlannedWave,
    WaveStatus,
)
from notifier.planning.wording import amount, moment

# Any date of ours can move by so much: a long chain of distances adds up.
_FARTHEST = timedelta(days=1_000_000)


@dataclass(frozen=True, slots=True)
class _Step:
    """One environment after another, directly or over others that have no dates."""

    earlier: str
    later: str
    distance: timedelta

    @property
    def rule(self) -> str:
        gap = f" by at least {amount(self.distance)}" if self.distance else ""
        return f"{self.later!r} comes after {self.earlier!r}{gap}"


def order_problems(
    environments: Sequence[Environment],
    waves: Sequence[PlannedWave],
    phases: Sequence[PlannedPhase],
) -> Iterator[Problem]:
    """Yield a problem for each wave and phase that is too early for its environment."""
    known = {environment.id: environment for environment in environments}
    broken = tuple(_broken_links(environments, known))
    yield from broken
    if broken:
        return
    waves_of: dict[str, list[PlannedWave]] = defaultdict(list)
    for wave in waves:
        if wave.status is not WaveStatus.CANCELLED:
            waves_of[wave.wave.environment].append(wave)
    for step in _steps(known, waves_of):
        yield from _early_waves(step, waves_of[step.earlier], waves_of[step.later])
    phases_of: dict[str, list[PlannedPhase]] = defaultdict(list)
    for planned in phases:
        if planned.state is not PhaseState.CANCELLED:
            for name in planned.phase.environments:
                phases_of[name].append(planned)
    for step in _steps(known, phases_of):
        yield from _early_phases(step, phases_of[step.earlier], phases_of[step.later])


def _broken_links(
    environments: Iterable[Environment], known: Mapping[str, Environment]
) -> Iterator[Problem]:
    circular = _circular(known)
    for environment in environments:
        after = environment.after
        if after is not None and after not in known:
            message = f"{environment.id!r} comes after {after[:80]!r}, not declared"
            hint = did_you_mean(after, known) or "declare it under 'environments'"
            rule = "waves/environment"
            yield Problem(rule, message, environment.place, hint)
        elif environment.id in circular:
            message = f"{environment.id!r} comes after itself"
            hint = "take 'after' from one of the environments of this circle"
            rule = "waves/environment-cycle"
            yield Problem(rule, message, environment.place, hint)


def _circular(known: Mapping[str, Environment]) -> set[str]:
    """Return the environments that come after themselves."""
    seen: set[str] = set()
    circular: set[str] = set()
    for name in known:
        path: dict[str, None] = {}
        at: str | None = name
        while at is not None and at in known and at not in seen:
            seen.add(at)
            path[at] = None
            at = known[at].after
        if at in path:
            names = list(path)
            circular.update(names[names.index(at) :])
    return circular


def _steps(
    known: Mapping[str, Environment], present: Collection[str]
) -> tuple[_Step, ...]:
    """Return each present environment with the nearest present one before it."""
    before: dict[str, _Step | None] = {}
    for name in known:
        path: list[str] = []
        at: str | None = name
        while at is not None and at not in before:
            path.append(at)
            at = known[at].after
        for later in reversed(path):
            before[later] = _step(known[later], before, present)
    return tuple(step for name, step in before.items() if step and name in present)


def _step(
    environment: Environment,
    before: Mapping[str, _Step | None],
    present: Collection[str],
) -> _Step | None:
    distance = environment.by_at_least or timedelta()
    if environment.after is None or environment.after in present:
        earlier = environment.after
    else:
        over = before[environment.after]
        earlier = over.earlier if over else None
        distance += over.distance if over else timedelta()
    if earlier is None:
        return None
    return _Step(earlier, environment.id, min(distance, _FARTHEST))


def _early_waves(
    step: _Step, ahead: Iterable[PlannedWave], waves: Iterable[PlannedWave]
) -> Iterator[Problem]:
    last = max(ahead, key=lambda wave: wave.window.end)
    earliest = last.window.end + step.distance
    for wave in waves:
        if wave.window.start >= earliest:
            continue
        zone = wave.window.timezone
        message = (
            f"wave {wave.wave.id!r} starts {moment(wave.window.start, zone)}, but "
            f"{step.rule}, and {last.wave.id!r} ends {moment(last.window.end, zone)}"
        )
        hint = f"start it at {moment(earliest, zone)} or later"
        yield Problem("waves/order", message, wave.wave.place, hint)


def _early_phases(
    step: _Step, ahead: Iterable[PlannedPhase], phases: Iterable[PlannedPhase]
) -> Iterator[Problem]:
    """Compare dates of any precision: only what is surely too early is a problem."""
    ends = [_earliest_end(planned) for planned in ahead]
    known_ends = [end for end in ends if end is not None]
    if not known_ends:
        return
    earliest = max(known_ends) + step.distance
    for planned in phases:
        phase = planned.phase
        when = phase.starts or phase.by
        if step.earlier in phase.environments:
            continue
        if when is not None and when.last < earliest:
            message = f"the phase dated {when.written!r} is too early: {step.rule}"
            hint = f"let it start on {earliest} or later"
            yield Problem("waves/order", message, phase.place, hint)


def _earliest_end(planned: PlannedPhase) -> date | None:
    when = planned.phase.ends or planned.phase.starts
    return when.first if when else None
