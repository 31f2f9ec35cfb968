"""The schedule as `waves.yaml` states it, before any planning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from notifier.errors import Place
from notifier.model.values import Estimate, PartialDate, Text, Window


class WaveStatus(StrEnum):
    """Where a wave stands."""

    TENTATIVE = "tentative"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class PhaseState(StrEnum):
    """Where a phase stands: *starting* is its running month, week, quarter or day."""

    PLANNED = "planned"
    STARTING = "starting"
    STARTED = "started"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class DurationModel:
    """How long a wave takes, from its number of instances.

    setup + ceil(instances / parallel) × per_instance, as a range up to (1 + spread)
    times that, both ends rounded up to *round_to*. *spread* is a fraction (0.25).
    """

    setup: timedelta
    per_instance: timedelta
    parallel: int = 1
    spread: float = 0.0
    round_to: timedelta = timedelta(minutes=1)
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Environment:
    """A stage of the customers' instances; *after* names the one that goes first."""

    id: str
    label: Text | None = None
    after: str | None = None
    by_at_least: timedelta | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """The waves of one or more environments, with a date of any precision."""

    environments: tuple[str, ...]
    starts: PartialDate | None = None
    ends: PartialDate | None = None
    by: PartialDate | None = None
    label: Text | None = None
    note: Text | None = None
    status: PhaseState | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Blackout:
    """Days, first and last included, on which no wave may run."""

    first: date
    last: date
    reason: Text | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A wall clock as written in a file.

    *value* is naive; *offset* is what the author added to tell two equal wall clocks
    apart (or None). Whether it exists in the wave's zone is decided by planning.
    """

    value: datetime
    offset: timedelta | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Wave:
    """One wave as written; planning turns *start* and *length* into a Window.

    *was_start* and *was_length* are what the last revision replaced.
    """

    id: str
    environment: str
    start: LocalTime
    length: timedelta
    timezone: str
    label: Text | None = None
    revision: int = 0
    updated: date | None = None
    was_start: LocalTime | None = None
    was_length: timedelta | None = None
    duration: Estimate | None = None
    status: WaveStatus = WaveStatus.SCHEDULED
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """All of `waves.yaml`."""

    timezone: str = "UTC"
    model: DurationModel | None = None
    environments: tuple[Environment, ...] = ()
    phases: tuple[Phase, ...] = ()
    blackouts: tuple[Blackout, ...] = ()
    waves: tuple[Wave, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedWave:
    """A wave with everything computed.

    *instances* and *customers* are counts, None without `instances.csv`; *estimate* is
    None where nothing says how long; *notify_by* is the last moment (UTC) that keeps
    the notice period. *was* is the window that the last revision replaced.
    """

    wave: Wave
    window: Window
    status: WaveStatus
    instances: int | None = None
    customers: int | None = None
    estimate: Estimate | None = None
    notify_by: datetime | None = None
    was: Window | None = None


@dataclass(frozen=True, slots=True)
class PlannedPhase:
    """A phase with its state at *now*; *waves* holds the ids of its waves."""

    phase: Phase
    state: PhaseState
    waves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The computed schedule: phases in order, waves by start."""

    now: datetime
    phases: tuple[PlannedPhase, ...] = ()
    waves: tuple[PlannedWave, ...] = ()
