"""The keys of `waves.yaml`."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, model_validator

from notifier.model.schedule import PhaseState, WaveStatus
from notifier.notice import fields as f
from notifier.notice.faults import BadValue, Fault
from notifier.notice.keys import Keys
from notifier.notice.values import one_of, whole_number

T = TypeVar("T")
# `starting` is for the clock to say.
PHASE_STATES = ("planned", "started", "completed", "cancelled")


def _phase_state(value: str) -> PhaseState:
    return PhaseState(one_of(value, PHASE_STATES, "status", "choice"))


def _parallel(value: str) -> int:
    number = whole_number(value)
    if not number:
        raise BadValue(Fault("number", "'0' at a time", "write at least 1"))
    return number


def _wave_id(value: str) -> str:
    if value == "none":
        hint = "choose another: '--wave none' means instances without a wave"
        raise f.refuse(BadValue(Fault("id", "a wave with the id 'none'", hint)))
    return value


def _as_written(default: T, written: str) -> T:
    """Return a field with *default*, which its JSON Schema tells as *written*."""
    return Field(default, json_schema_extra={"default": written})


class DurationKeys(Keys):
    """How long a wave takes, from its number of instances."""

    setup: f.Length = _as_written(timedelta(), "0 minutes")
    per_instance: f.PositiveLength
    parallel: Annotated[int, f.scalar(_parallel), f.NUMBER] = 1
    spread: f.Percent = _as_written(0.0, "0%")
    round_to: f.PositiveLength = _as_written(timedelta(minutes=1), "1 minute")


class EnvironmentKeys(Keys, shorthand="id"):
    """A stage of the customers' instances."""

    id: f.Id
    label: f.Plain | None = None
    after: f.Id | None = None
    by_at_least: f.Length | None = None


class PhaseKeys(Keys):
    """The waves of one or more environments."""

    environments: tuple[f.Id, ...] = Field(min_length=1)
    starts: f.When | None = None
    ends: f.When | None = None
    by: f.When | None = None
    label: f.Plain | None = None
    note: f.Markdown | None = None
    status: (
        Annotated[PhaseState, f.scalar(_phase_state), f.words(PHASE_STATES)] | None
    ) = None

    @model_validator(mode="after")
    def _starts_or_by(self) -> PhaseKeys:
        if self.starts and self.by:
            hint = "remove one of the two"
            fault = Fault("phase-date", "a phase with both 'starts' and 'by'", hint)
            raise f.refuse(BadValue(fault))
        return self


class BlackoutKeys(Keys):
    """Days on which no wave may run."""

    first: f.Day = Field(alias="from")
    last: f.Day = Field(alias="to")
    reason: f.Plain | None = None

    @model_validator(mode="after")
    def _in_order(self) -> BlackoutKeys:
        if self.last < self.first:
            message = f"a blackout from {self.first} to {self.last} ends too early"
            fault = Fault("blackout-order", message, "write the first day first")
            raise f.refuse(BadValue(fault))
        return self


class WasKeys(Keys):
    """What the last revision replaced."""

    start: f.Clock | None = None
    window: f.PositiveLength | None = None


class WaveKeys(Keys):
    """The instances that are changed in one window."""

    id: Annotated[f.Id, AfterValidator(_wave_id)]
    label: f.Plain | None = None
    environment: f.Id
    start: f.Clock
    timezone: f.Zone | None = None
    window: f.PositiveLength
    revision: f.Number = 0
    updated: f.Day | None = None
    was: WasKeys | None = None
    duration: f.Expected | None = None
    status: Annotated[
        WaveStatus, f.one_word(WaveStatus, "status"), f.words_of(WaveStatus)
    ] = WaveStatus.SCHEDULED


class WavesKeys(Keys):
    """The schedule: how durations are estimated, phases, blackouts, waves."""

    timezone: f.Zone = "UTC"
    duration: DurationKeys | None = None
    environments: tuple[EnvironmentKeys, ...] = ()
    phases: tuple[PhaseKeys, ...] = ()
    blackouts: tuple[BlackoutKeys, ...] = ()
    waves: tuple[WaveKeys, ...] = ()
