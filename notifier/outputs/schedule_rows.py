"""Lay out the waves of a schedule in a table that 80 columns hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from rich import box
from rich.table import Table
from rich.text import Text

from notifier.model.schedule import PlannedWave, WaveStatus
from notifier.model.values import Bound, Estimate
from notifier.planning.wording import amount, count, offset
from notifier.zones import load_zone

STYLES = MappingProxyType(
    {
        WaveStatus.TENTATIVE: "yellow",
        WaveStatus.SCHEDULED: "",
        WaveStatus.IN_PROGRESS: "bold cyan",
        WaveStatus.COMPLETED: "green",
        WaveStatus.CANCELLED: "bright_black strike",
    }
)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_BOUNDS = MappingProxyType(
    {Bound.ABOUT: "about", Bound.AT_MOST: "at most", Bound.AVERAGE: "average"}
)
_UNKNOWN = "–"


def wave_table(waves: Sequence[PlannedWave]) -> Table:
    """Return a table with three lines per wave: local times, their zone, and UTC."""
    grid = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0)
    )
    grid.add_column("Wave\nLabel\n", overflow="fold")
    grid.add_column("Environment\nStatus\n", no_wrap=True)
    grid.add_column("Window\n\nZone", width=20, overflow="fold")
    grid.add_column("UTC\n\nNotify by", width=16)
    grid.add_column("Size\n\nEstimate", min_width=12)
    for index, planned in enumerate(waves):
        if index:
            grid.add_row()
        grid.add_row(*_cells(planned))
    return grid


def _cells(planned: PlannedWave) -> tuple[Text, ...]:
    wave, window = planned.wave, planned.window
    there = load_zone(window.timezone)
    start, end = window.start.astimezone(there), window.end.astimezone(there)
    offsets = dict.fromkeys(offset(t.utcoffset() or timedelta()) for t in (start, end))
    zone = f"{window.timezone} {' then '.join(offsets)}"
    notify_by = minute(planned.notify_by) if planned.notify_by else _UNKNOWN
    status = Text(planned.status, style=STYLES[planned.status])
    label = Text(wave.label.source if wave.label else "")
    return (
        _lines(wave_name(planned), label),
        _lines(Text(wave.environment), status),
        _lines(_day(start), _day(end), zone),
        _lines(minute(window.start), minute(window.end), notify_by),
        _lines(*_sizes(planned), _estimate(planned.estimate)),
    )


def wave_name(planned: PlannedWave) -> Text:
    """Return the id of a wave, in the style of its status."""
    return Text(planned.wave.id, style=f"bold {STYLES[planned.status]}".strip())


def _lines(*lines: Text | str) -> Text:
    texts = (Text(line) if isinstance(line, str) else line for line in lines)
    return Text("\n").join(texts)


def minute(instant: datetime) -> str:
    """Return the date and time of *instant* in its own zone."""
    return f"{instant:%Y-%m-%d %H:%M}"


def _day(instant: datetime) -> str:
    return f"{_DAYS[instant.weekday()]} {minute(instant)}"


def _sizes(planned: PlannedWave) -> tuple[str, str]:
    if planned.instances is None or planned.customers is None:
        return _UNKNOWN, ""
    return count(planned.instances, "instance"), count(planned.customers, "customer")


def _estimate(estimate: Estimate | None) -> str:
    if estimate is None:
        return _UNKNOWN
    if estimate.bound is Bound.RANGE and estimate.high <= timedelta(hours=3):
        low, high = (
            -(-end // timedelta(minutes=1)) for end in (estimate.low, estimate.high)
        )
        return f"{low}–{high} min"
    if estimate.bound is Bound.RANGE:
        return f"{amount(estimate.low)} – {amount(estimate.high)}"
    return f"{_BOUNDS[estimate.bound]} {amount(estimate.high)}"
