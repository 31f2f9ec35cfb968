"""Show the computed schedule to operators: phases, waves, and a bar for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from io import StringIO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from notifier.model.notice import Notice
from notifier.model.schedule import PhaseState, Plan, PlannedPhase, PlannedWave
from notifier.outputs.schedule_bars import axis, bar, legend, scale
from notifier.outputs.schedule_rows import STYLES, minute, wave_name, wave_table
from notifier.planning.wording import count

_LEAST_WIDTH = 40
_QUIET = "bright_black"
# The padding of cells shows nowhere, and clutters what is piped into a file.
_END_OF_LINE = re.compile(r"(?: |\x1b\[[0-9;]*m)+$", re.MULTILINE)


def table(notice: Notice, plan: Plan, *, width: int, color: bool) -> str:
    """Return the schedule, made for *width* columns (40 at least).

    Without *color* it is the same text without the escape sequences; nothing else is
    asked of the terminal.
    """
    file = StringIO()
    console = Console(
        file=file,
        width=max(width, _LEAST_WIDTH),
        height=25,
        force_terminal=color,
        force_jupyter=False,
        color_system="standard" if color else None,
        legacy_windows=False,
        highlight=False,
        _environ={},
    )
    console.print(_heading(notice, plan))
    if plan.phases:
        console.print(Text(), _phases(plan.phases), sep="\n")
    if plan.waves:
        bars = _bars(plan.waves, now=plan.now, width=console.width)
        console.print(Text(), wave_table(plan.waves), Text(), bars, sep="\n")
    return _END_OF_LINE.sub(lambda end: end[0].replace(" ", ""), file.getvalue())


def _heading(notice: Notice, plan: Plan) -> RenderableType:
    facts = [notice.id, f"as of {minute(plan.now)} UTC"]
    facts.append(count(len(plan.waves), "wave") if plan.waves else "no waves")
    if plan.waves and notice.instances is not None:
        total = sum(wave.instances or 0 for wave in plan.waves)
        facts.append(count(total, "instance"))
    title = Text(notice.title.source, style="bold")
    return Group(title, Text(" · ".join(facts), style=_QUIET))


def _phases(phases: Sequence[PlannedPhase]) -> RenderableType:
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in ("Phase", "State", "Dates"):
        grid.add_column(name)
    grid.add_column("Waves", justify="right")
    for planned in phases:
        phase = planned.phase
        title = Text(", ".join(phase.environments))
        if phase.label:
            title.append(f"\n{phase.label.source}", style=_QUIET)
        dates = (("starts", phase.starts), ("ends", phase.ends), ("by", phase.by))
        grid.add_row(
            title,
            Text(planned.state, style=_state_style(planned.state)),
            Text(", ".join(f"{word} {when.written}" for word, when in dates if when)),
            Text(str(len(planned.waves))),
        )
    return grid


def _state_style(state: PhaseState) -> str:
    match state:
        case PhaseState.STARTING | PhaseState.STARTED:
            return "cyan"
        case PhaseState.COMPLETED:
            return "green"
        case PhaseState.CANCELLED:
            return f"{_QUIET} strike"
        case PhaseState.PLANNED:
            return ""


def _bars(waves: Sequence[PlannedWave], *, now: datetime, width: int) -> RenderableType:
    names = min(max(len(planned.wave.id) for planned in waves), width // 3)
    scaled = axis(waves, now=now, cells=width - names - 2)
    bars = [bar(planned, scaled) for planned in waves]
    grid = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    grid.add_column(width=names, no_wrap=True, overflow="ellipsis")
    grid.add_column(no_wrap=True)
    grid.add_row(Text(), Text(scale(scaled), style=_QUIET))
    for planned, drawn in zip(waves, bars, strict=True):
        grid.add_row(wave_name(planned), Text(drawn, style=STYLES[planned.status]))
    return Group(grid, Text(), Text(legend(bars), style=_QUIET))
