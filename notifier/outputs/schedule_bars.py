"""Draw waves on a time axis with characters, one row each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from notifier.model.schedule import PlannedWave, WaveStatus

_STEPS = tuple(timedelta(days=days) for days in (1, 2, 7, 14, 28, 91, 182, 364))
_TICK_CELLS = 11
_BLOCKS = {WaveStatus.TENTATIVE: "▒", WaveStatus.CANCELLED: "░"}
_MEANINGS = {
    "█": "window",
    "▒": "tentative",
    "░": "cancelled",
    "·": "notice period",
    "│": "now",
}


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of time from midnight UTC, *cells* characters wide."""

    start: datetime
    cell: timedelta
    cells: int
    now: datetime

    def position(self, instant: datetime) -> int:
        """Return the cell that holds *instant*, the first or last if none does."""
        return min(max((instant - self.start) // self.cell, 0), self.cells - 1)


def axis(waves: Sequence[PlannedWave], *, now: datetime, cells: int) -> Axis:
    """Return the axis on which all of *waves*, with their notice periods, find room."""
    first = min(wave.notify_by or wave.window.start for wave in waves)
    first = min(first, *(wave.window.start for wave in waves))
    last = max(wave.window.end for wave in waves)
    start = first.replace(hour=0, minute=0, second=0, microsecond=0)
    days = -((start - last) // timedelta(days=1))
    return Axis(start, timedelta(days=days) / cells, cells, now)


def scale(axis: Axis) -> str:
    """Return the two lines above the bars: dates, and where they stand."""
    wanted = axis.cell * _TICK_CELLS
    step = next((step for step in _STEPS if step >= wanted), None)
    step = step or -(-wanted // _STEPS[-1]) * _STEPS[-1]
    dates, line = [" "] * axis.cells, ["─"] * axis.cells
    tick = axis.start
    while tick < axis.start + axis.cell * axis.cells:
        at = axis.position(tick)
        line[at] = "┴"
        label = f"{tick:%Y-%m-%d}"
        if at + len(label) <= axis.cells:
            dates[at : at + len(label)] = label
        tick += step
    return f"{''.join(dates)}\n{''.join(line)}"


def bar(wave: PlannedWave, axis: Axis) -> str:
    """Return one row: the notice period as dots, the window as a block."""
    row = [" "] * axis.cells
    first = axis.position(wave.window.start)
    last = axis.position(wave.window.end - timedelta.resolution)
    if wave.notify_by is not None:
        begins = axis.position(wave.notify_by)
        row[begins:first] = "·" * (first - begins)
    if axis.start <= axis.now < axis.start + axis.cell * axis.cells:
        row[axis.position(axis.now)] = "│"
    row[first : last + 1] = _BLOCKS.get(wave.status, "█") * (last + 1 - first)
    return "".join(row)


def legend(rows: Sequence[str]) -> str:
    """Return what the characters of *rows* mean, those that occur."""
    drawn = set().union(*rows)
    used = (item for item in _MEANINGS.items() if item[0] in drawn)
    return "   ".join(f"{sign} {meaning}" for sign, meaning in used)
