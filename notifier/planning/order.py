"""Check that environments follow each other in the order and distance declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    live = [wave for wave in waves if wave.status is not WaveStatus.CANCELLED]
    for step in _steps(known, {wave.wave.environment for wave in live}):
        yield from _early_waves(step, live)
    dated = [p for p in phases if p.state is not PhaseState.CANCELLED]
    names = {name for planned in dated for name in planned.phase.environments}
    for step in _steps(known, names):
        yield from _early_phases(step, dated)


def _broken_links(
    environments: Iterable[Environment], known: Mapping[str, Environment]
) -> Iterator[Problem]:
    for environment in environments:
        after = environment.after
        if after is not None and after not in known:
            message = f"{environment.id!r} comes after {after[:80]!r}, not declared"
            hint = did_you_mean(after, known) or "declare it under 'environments'"
            rule = "waves/unknown-environment"
            yield Problem(rule, message, environment.place, hint)
        elif environment.id in _chain(environment, known):
            message = f"{environment.id!r} comes after itself"
            hint = "take 'after' from one of the environments of this circle"
            rule = "waves/environment-cycle"
            yield Problem(rule, message, environment.place, hint)


def _chain(
    environment: Environment, known: Mapping[str, Environment]
) -> tuple[str, ...]:
    """Return what comes before *environment*, nearest first; a circle once."""
    seen: dict[str, None] = {}
    after = environment.after
    while after is not None and after not in seen:
        seen[after] = None
        after = known[after].after if after in known else None
    return tuple(seen)


def _steps(known: Mapping[str, Environment], present: set[str]) -> Iterator[_Step]:
    for environment in known.values():
        distance = environment.by_at_least or timedelta()
        for name in _chain(environment, known):
            if name in present:
                yield _Step(name, environment.id, distance)
                break
            distance += known[name].by_at_least or timedelta()


def _early_waves(step: _Step, waves: Iterable[PlannedWave]) -> Iterator[Problem]:
    ahead = [wave for wave in waves if wave.wave.environment == step.earlier]
    last = max(ahead, key=lambda wave: wave.window.end)
    earliest = last.window.end + step.distance
    for wave in waves:
        if wave.wave.environment != step.later or wave.window.start >= earliest:
            continue
        zone = wave.window.timezone
        message = (
            f"wave {wave.wave.id!r} starts {moment(wave.window.start, zone)}, but "
            f"{step.rule}, and {last.wave.id!r} ends {moment(last.window.end, zone)}"
        )
        hint = f"start it at {moment(earliest, zone)} or later"
        yield Problem("waves/order", message, wave.wave.place, hint)


def _early_phases(step: _Step, phases: Sequence[PlannedPhase]) -> Iterator[Problem]:
    """Compare dates of any precision: only what is surely too early is a problem."""
    ends = [_earliest_end(p) for p in phases if step.earlier in p.phase.environments]
    known_ends = [end for end in ends if end is not None]
    if not known_ends:
        return
    earliest = max(known_ends) + step.distance
    for planned in phases:
        phase = planned.phase
        when = phase.starts or phase.by
        if step.later not in phase.environments or step.earlier in phase.environments:
            continue
        if when is not None and when.last < earliest:
            message = f"the phase dated {when.written!r} is too early: {step.rule}"
            hint = f"let it start on {earliest} or later"
            yield Problem("waves/order", message, phase.place, hint)


def _earliest_end(planned: PlannedPhase) -> date | None:
    when = planned.phase.ends or planned.phase.starts
    return when.first if when else None
