"""Bars fill exactly the cells in which a wave runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from schedule_samples import wave

from notifier.model.schedule import PlannedWave, WaveStatus
from notifier.model.values import Window
from notifier.outputs.schedule_bars import Axis, axis, bar, legend, scale

MIDNIGHT = datetime(2024, 3, 4, tzinfo=UTC)
HOURS = Axis(MIDNIGHT, timedelta(hours=1), 12, MIDNIGHT - timedelta(days=9))


def planned(
    first: float,
    last: float,
    *,
    notify_by: float | None = None,
    status: WaveStatus = WaveStatus.SCHEDULED,
) -> PlannedWave:
    """Return a wave from hour to hour after MIDNIGHT."""
    start, end = (MIDNIGHT + timedelta(hours=hour) for hour in (first, last))
    by = None if notify_by is None else MIDNIGHT + timedelta(hours=notify_by)
    made = wave("production-1", "2024-03-04T00:00", "UTC", 4, "Europe")
    return PlannedWave(made, Window(start, end, "UTC"), status, notify_by=by)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (planned(2, 4), "  ██        "),
        (planned(2.5, 2.6), "  █         "),
        (planned(2.5, 3.5), "  ██        "),
        (planned(6, 12, notify_by=1), " ·····██████"),
        (planned(6, 7, notify_by=-50), "······█     "),
        (planned(0, 1, status=WaveStatus.TENTATIVE), "▒           "),
        (planned(0, 1, status=WaveStatus.CANCELLED), "░           "),
    ],
    ids=["two", "a moment", "half and half", "notice", "long notice", "maybe", "not"],
)
def test_a_wave_is_drawn_as(one: PlannedWave, expected: str) -> None:
    assert bar(one, HOURS) == expected


def test_now_is_drawn_behind_the_window() -> None:
    now = Axis(MIDNIGHT, timedelta(hours=1), 12, MIDNIGHT + timedelta(hours=3))

    rows = [bar(planned(5, 6, notify_by=1), now), bar(planned(3, 4), now)]

    assert rows == [" ··│·█      ", "   █        "]
    assert legend(rows) == "█ window   · notice period   │ now"


@pytest.mark.parametrize("days", [1, 3, 30, 400, 4_000, 80_000])
def test_dates_on_the_axis_never_touch(days: int) -> None:
    waves = [planned(0, 1), planned(24 * days - 1, 24 * days)]

    dates, line = scale(axis(waves, now=MIDNIGHT, cells=60)).split("\n")

    assert len(dates) == len(line) == 60
    assert all(len(one) == 10 for one in dates.split())
    assert dates.startswith("2024-03-04")
    assert line.startswith("┴")
