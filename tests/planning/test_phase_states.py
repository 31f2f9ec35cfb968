"""Where a phase stands follows from its status, its waves and its dates."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from schedules import day, notice, phase, wave

from notifier.model.schedule import (
    Environment,
    Phase,
    PhaseState,
    Schedule,
    Wave,
    WaveStatus,
)
from notifier.planning import plan

DONE, GONE = WaveStatus.COMPLETED, WaveStatus.CANCELLED


def state_of(
    one: Phase, now: str, *, waves: tuple[Wave, ...] = (), zone: str = "UTC"
) -> PhaseState:
    schedule = Schedule(timezone=zone, phases=(one,), waves=waves)
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    computed, _ = plan(notice(schedule), now=at)
    return computed.phases[0].state


@pytest.mark.parametrize(
    ("dates", "now", "state"),
    [
        ({"starts": "2024-02"}, "2024-01-31T23:59", "planned"),
        ({"starts": "2024-02"}, "2024-02-01T00:00", "starting"),
        ({"starts": "2024-02"}, "2024-02-29T23:59", "starting"),
        ({"starts": "2024-02"}, "2024-03-01T00:00", "started"),
        ({"starts": "2024-Q1"}, "2024-03-31T12:00", "starting"),
        ({"starts": "2024-Q1"}, "2024-04-01T00:00", "started"),
        ({"starts": "2024-W06"}, "2024-02-04T23:59", "planned"),
        ({"starts": "2024-W06"}, "2024-02-11T23:59", "starting"),
        ({"starts": "2024-W06"}, "2024-02-12T00:00", "started"),
        ({"starts": "2024-02-06"}, "2024-02-06T23:59", "starting"),
        ({"starts": "2024-02-06"}, "2024-02-07T00:00", "started"),
        ({"starts": "2024-02-06T22:00"}, "2024-02-06T00:00", "starting"),
        ({"starts": "2024-02-06T22:00"}, "2024-02-07T00:00", "started"),
        ({"starts": "2024-02", "ends": "2024-03"}, "2024-03-31T23:59", "started"),
        ({"starts": "2024-02", "ends": "2024-03"}, "2024-04-01T00:00", "completed"),
        (
            {"starts": "2024-02-06T22:00", "ends": "2024-02-07T02:00"},
            "2024-02-07T02:00",
            "completed",
        ),
        ({"by": "2024-02"}, "2024-01-31T23:59", "planned"),
        ({"by": "2024-02"}, "2024-02-10T00:00", "starting"),
        ({"by": "2024-02"}, "2024-03-01T00:00", "completed"),
        ({"ends": "2024-02"}, "2024-01-31T23:59", "planned"),
        ({"ends": "2024-02"}, "2024-03-01T00:00", "completed"),
        (
            {"starts": "2024-02", "status": PhaseState.CANCELLED},
            "2024-03-01T00:00",
            "cancelled",
        ),
        (
            {"starts": "2024-02", "status": PhaseState.STARTED},
            "2024-01-01T00:00",
            "started",
        ),
    ],
)
def test_a_phase_with_dates_is(dates: dict[str, object], now: str, state: str) -> None:
    assert state_of(phase("production", **dates), now) == PhaseState(state)


def test_days_are_those_of_the_zone_of_the_schedule() -> None:
    february = phase("production", starts="2024-02")

    states = [
        state_of(february, "2024-01-31T15:30", zone=zone)
        for zone in ("Asia/Tokyo", "UTC")
    ]

    assert states == [PhaseState.STARTING, PhaseState.PLANNED]


@pytest.mark.parametrize(
    ("environments", "statuses", "state"),
    [
        (("production",), {"production-1": DONE}, "completed"),
        (("production",), {"production-1": DONE, "production-2": GONE}, "completed"),
        (("production",), {"production-1": GONE}, "starting"),
        (
            ("production",),
            {"production-1": DONE, "production-2": WaveStatus.SCHEDULED},
            "starting",
        ),
        (("staging", "production"), {"production-1": DONE}, "starting"),
        (
            ("staging", "production"),
            {"production-1": DONE, "staging-1": DONE},
            "completed",
        ),
    ],
    ids=[
        "all completed",
        "completed or cancelled",
        "all cancelled",
        "one to come",
        "an environment without waves",
        "both environments completed",
    ],
)
def test_a_phase_whose_waves_are_done_is(
    environments: tuple[str, ...], statuses: dict[str, WaveStatus], state: str
) -> None:
    waves = tuple(wave(name, status=status) for name, status in statuses.items())
    march = phase(*environments, starts="2024-03")

    found = state_of(march, "2024-03-20T00:00", waves=waves)

    assert found == PhaseState(state)


def test_environments_without_a_phase_get_one_in_declared_order() -> None:
    schedule = Schedule(
        environments=(
            Environment("development"),
            Environment("canary"),
            Environment("production"),
        ),
        phases=(
            phase("development", starts="2024-01"),
            phase("production", starts="2024-02"),
        ),
        waves=(
            wave("canary-2", "2024-02-02T00:30"),
            wave("canary-1", "2024-02-01T23:30", zone="Pacific/Auckland"),
            wave("production-1"),
        ),
    )

    computed, problems = plan(
        notice(schedule), now=datetime(2024, 2, 1, 12, tzinfo=UTC)
    )

    assert [
        (planned.phase.environments, planned.phase.starts, planned.state, planned.waves)
        for planned in computed.phases
    ] == [
        (("development",), day("2024-01"), PhaseState.STARTED, ()),
        (
            ("canary",),
            day("2024-02-01"),
            PhaseState.STARTING,
            ("canary-1", "canary-2"),
        ),
        (
            ("production",),
            day("2024-02"),
            PhaseState.STARTING,
            ("production-1",),
        ),
    ]
    assert problems == ()


def test_the_usual_order_needs_no_declaration() -> None:
    waves = (wave("production-1"), wave("staging-1"), wave("trial-1"))
    at = datetime(2024, 2, 1, tzinfo=UTC)

    computed, _ = plan(notice(Schedule(waves=waves)), now=at)

    names = [planned.phase.environments for planned in computed.phases]
    assert names == [("staging",), ("production",), ("trial",)]


def test_a_phase_of_cancelled_waves_alone_is_cancelled() -> None:
    waves = (wave("staging-1", status=GONE),)
    at = datetime(2024, 2, 1, tzinfo=UTC)

    computed, _ = plan(notice(Schedule(waves=waves)), now=at)

    assert [planned.state for planned in computed.phases] == [PhaseState.CANCELLED]
