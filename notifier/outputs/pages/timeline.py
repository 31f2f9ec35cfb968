"""Draw the public timeline: phases and waves on an axis of months, as one SVG.

It names no customer, contact or instance. Its words come from the caller, in their
locale; what a colour says, a pattern and the words say too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from xml.etree import ElementTree as ET

from wcwidth import wcwidth

from notifier.errors import NotifierError, Problem
from notifier.model.notice import Notice
from notifier.model.schedule import PhaseState, Plan, PlannedPhase, WaveStatus

RULES: Mapping[str, str] = MappingProxyType(
    {"timeline/no-phases": "a timeline is wanted, but there is nothing to draw"}
)
_WIDTH, _MARGIN, _LINE, _BAR = 640, 16, 21, 12
_CELLS = 76
_MOST_TICKS = 6
# In months; the last one is enough for all years that are planned.
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 480)
_FILLS: Mapping[PhaseState | WaveStatus, str] = MappingProxyType(
    {
        PhaseState.PLANNED: "hatched",
        PhaseState.STARTING: "solid",
        PhaseState.STARTED: "solid",
        PhaseState.COMPLETED: "pale",
        PhaseState.CANCELLED: "hollow",
        WaveStatus.TENTATIVE: "hatched",
        WaveStatus.SCHEDULED: "solid",
        WaveStatus.IN_PROGRESS: "solid",
        WaveStatus.COMPLETED: "pale",
        WaveStatus.CANCELLED: "hollow",
    }
)
_STYLE = """
.timeline { font: 15px system-ui, "Segoe UI", "Noto Sans", sans-serif }
.timeline .ground { fill: #fff }
.timeline text { fill: #1f2328 }
.timeline .phase { font-weight: 600 }
.timeline .quiet, .timeline .month { fill: #59636e }
.timeline .month { font-size: 13px }
.timeline line { stroke: #d1d9e0 }
.timeline .solid, .timeline .pale { fill: #0b5cad }
.timeline .solid, .timeline .pale, .timeline .hatched, .timeline path {
  stroke: #0b5cad }
.timeline .pale { fill-opacity: .3 }
.timeline .hollow { fill: none; stroke: #59636e; stroke-dasharray: 4 3 }
@media (prefers-color-scheme: dark) {
  .timeline .ground { fill: #0d1117 }
  .timeline text { fill: #f0f6fc }
  .timeline .quiet, .timeline .month { fill: #9198a1 }
  .timeline line { stroke: #3d444d }
  .timeline .solid, .timeline .pale { fill: #6cb6ff }
  .timeline .solid, .timeline .pale, .timeline .hatched, .timeline path {
    stroke: #6cb6ff }
  .timeline .hollow { stroke: #9198a1 }
}
"""


@dataclass(frozen=True, slots=True)
class RowWords:
    """What stands above a bar: its *label*, and a *text* with date and state."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class TimelineWords:
    """The texts of a timeline, in *locale*, a BCP 47 tag.

    *phases* has one entry per phase of the plan, *waves* one per wave id, *months* one
    per day that `timeline_months` returns. With *rtl*, time runs from right to left.
    """

    locale: str
    title: str
    phases: tuple[RowWords, ...]
    waves: Mapping[str, RowWords]
    months: Mapping[date, str]
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: its words, its stretch of time, how it is filled and named in CSS."""

    words: RowWords
    start: datetime
    end: datetime
    fill: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Canvas:
    """Where time lies from left to right, or from right to left."""

    svg: ET.Element
    name: str
    start: datetime
    end: datetime
    rtl: bool

    def x(self, instant: datetime) -> float:
        """Return how far *instant* is from the side where time begins."""
        share = (instant - self.start) / (self.end - self.start)
        return _MARGIN + share * (_WIDTH - 2 * _MARGIN)

    def text(self, words: str, *, x: float, y: float, style: str) -> None:
        """Write *words* from *x*, measured from the side where reading begins."""
        at = _WIDTH - x if self.rtl else x
        made = ET.SubElement(
            self.svg, "text", {"class": style, "x": _number(at), "y": _number(y)}
        )
        made.text = words


def timeline_months(plan: Plan) -> tuple[date, ...]:
    """Return the first days of the months that the axis names, six at most."""
    months = _months(plan)[:-1]
    return months[:: next(n for n in _STEPS if len(months) <= n * _MOST_TICKS)]


def timeline_svg(notice: Notice, plan: Plan, words: TimelineWords) -> str:
    """Return the timeline as an SVG document.

    It adapts to dark mode by itself, holds no script and refers to nothing outside.

    Raises:
        NotifierError: the plan has neither phases nor waves.
    """
    if not plan.phases:
        message = "there is neither a phase nor a wave to draw"
        hint = "add phases to waves.yaml"
        raise NotifierError([Problem("timeline/no-phases", message, None, hint)])
    months = _months(plan)
    svg = _frame(f"timeline-{notice.id}", words)
    start, end = (_midnight(day) for day in (months[0], months[-1]))
    canvas = _Canvas(svg, svg.attrib["id"], start, end, words.rtl)
    lines = ET.SubElement(svg, "g")
    y = 48.0
    for row in _rows(plan, words):
        y = _draw(canvas, row, y)
    for day in timeline_months(plan):
        x = canvas.x(_midnight(day))
        canvas.text(words.months[day], x=x + 4, y=24, style="month")
        at = _number(_WIDTH - x if words.rtl else x)
        ends = {"x1": at, "y1": "28", "x2": at, "y2": _number(y - _BAR)}
        ET.SubElement(lines, "line", ends)
    svg.set("viewBox", f"0 0 {_WIDTH} {_number(y)}")
    ET.indent(svg)
    return ET.tostring(svg, encoding="unicode") + "\n"


def _frame(name: str, words: TimelineWords) -> ET.Element:
    facts = {
        "xmlns": "http://www.w3.org/2000/svg",
        "id": name,
        "class": "timeline",
        "role": "img",
        "aria-labelledby": f"{name}-title {name}-desc",
        "xml:lang": words.locale,
        "lang": words.locale,
        "direction": "rtl" if words.rtl else "ltr",
    }
    svg = ET.Element("svg", facts)
    ET.SubElement(svg, "title", {"id": f"{name}-title"}).text = words.title
    # An image has no inner structure for a screen reader: all its rows are told here.
    told = (*words.phases, *words.waves.values())
    description = ET.SubElement(svg, "desc", {"id": f"{name}-desc"})
    description.text = "\n".join(f"{row.label}: {row.text}" for row in told)
    ET.SubElement(svg, "style").text = _STYLE
    hatch = {"id": f"{name}-hatch", "patternUnits": "userSpaceOnUse"}
    size = {"width": "6", "height": "6", "patternTransform": "rotate(45)"}
    pattern = ET.SubElement(ET.SubElement(svg, "defs"), "pattern", {**hatch, **size})
    ET.SubElement(pattern, "path", {"d": "M0 0V6", "stroke-width": "4"})
    ground = {"class": "ground", "width": "100%", "height": "100%", "rx": "8"}
    ET.SubElement(svg, "rect", ground)
    return svg


def _rows(plan: Plan, words: TimelineWords) -> Iterator[_Row]:
    by_id = {planned.wave.id: planned for planned in plan.waves}
    for planned, said in zip(plan.phases, words.phases, strict=True):
        start, end = _stretch(planned, plan)
        yield _Row(said, start, end, _FILLS[planned.state], "phase")
        for name in planned.waves:
            wave = by_id[name]
            window, fill = wave.window, _FILLS[wave.status]
            yield _Row(words.waves[name], window.start, window.end, fill, "wave")


def _draw(canvas: _Canvas, row: _Row, y: float) -> float:
    """Draw *row* from *y* on; return where the next one begins."""
    inset = _MARGIN if row.kind == "phase" else _MARGIN + 12
    texts = [(line, row.kind) for line in _wrap(row.words.label)]
    texts += [(line, "quiet") for line in _wrap(row.words.text)]
    for line, style in texts:
        canvas.text(line, x=inset, y=y, style=style)
        y += _LINE
    left, right = canvas.x(row.start), canvas.x(row.end)
    width = max(right - left, 5)
    left = min(left, _WIDTH - _MARGIN - width)
    facts = {
        "class": row.fill,
        "x": _number(_WIDTH - left - width if canvas.rtl else left),
        "y": _number(y - _BAR),
        "width": _number(width),
        "height": str(_BAR),
        "rx": "2",
    }
    if row.fill == "hatched":
        facts["fill"] = f"url(#{canvas.name}-hatch)"
    ET.SubElement(canvas.svg, "rect", facts)
    return y + _BAR + _LINE


def _wrap(words: str) -> Iterator[str]:
    """Yield the lines of *words*: broken at blanks, and where none is in CJK text."""
    line, room = "", _CELLS
    for sign in words:
        room -= max(wcwidth(sign), 0)
        if room < 0:
            head, blank, tail = line.rpartition(" ")
            yield head if blank else line
            line = tail if blank else ""
            room = _CELLS - sum(max(wcwidth(one), 0) for one in line + sign)
        line += sign
    if line:
        yield line


def _stretch(planned: PlannedPhase, plan: Plan) -> tuple[datetime, datetime]:
    """Return the days from a phase's first date to its last one, or its last wave's."""
    phase = planned.phase
    dates = [when for when in (phase.starts, phase.ends, phase.by) if when]
    start = min(_midnight(when.first) for when in dates)
    end = max(_midnight(when.last) + timedelta(days=1) for when in dates)
    windows = [w.window for w in plan.waves if w.wave.id in planned.waves]
    return (
        min(start, *(w.start for w in windows)) if windows else start,
        max(end, *(w.end for w in windows)) if windows else end,
    )


def _months(plan: Plan) -> tuple[date, ...]:
    """Return the first day of each month on the axis, and of the one after it."""
    if not plan.phases:
        return ()
    stretches = [_stretch(planned, plan) for planned in plan.phases]
    first = min(start for start, _ in stretches)
    last = max(end for _, end in stretches) - timedelta.resolution
    indexes = range(first.year * 12 + first.month - 1, last.year * 12 + last.month + 1)
    return tuple(date(index // 12, index % 12 + 1, 1) for index in indexes)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
