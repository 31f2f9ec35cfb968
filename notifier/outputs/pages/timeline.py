"""Draw the public timeline: phases and waves on an axis of months, as one SVG.

It names no customer, contact or instance. Its words come from the caller, in their
locale; what a colour says, an outline, a pattern or a sign says too, and the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from types import MappingProxyType
from xml.etree import ElementTree as ET

from notifier.content.palette import Palette, palette
from notifier.errors import NotifierError, Problem
from notifier.model.notice import Notice
from notifier.model.schedule import PhaseState, Plan, WaveStatus
from notifier.outputs.pages.canvas import Canvas
from notifier.outputs.pages.lettering import text_width, wrap
from notifier.outputs.pages.time_axis import axis, midnight, phase_stretch
from notifier.outputs.pages.timeline_style import (
    DARK_TRACK,
    LABEL_SIZE,
    LIGHT_TRACK,
    TEXT_SIZE,
    TICK_SIZE,
    stylesheet,
)

RULES: Mapping[str, str] = MappingProxyType(
    {"timeline/no-phases": "a timeline is wanted, but there is nothing to draw"}
)
_PADDING, _LABEL_LINE, _TEXT_LINE = 18, 22, 20
_BAND, _MARK = 16, 14
_ROW_GAP, _TICK_GAP = 20, 12
# So many rows below an axis, it is drawn once more.
_ROWS_PER_AXIS = 8
# What is drawn into a bar, around its middle.
_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "in-progress": "M-2 0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0",
        "completed": "M-3.5 0.2L-1 2.8L3.7 -2.6",
        "cancelled": "M-2.8 -2.8L2.8 2.8M2.8 -2.8L-2.8 2.8",
    }
)


@dataclass(frozen=True, slots=True)
class RowWords:
    """What stands above a bar: a *label*, a *text* with its date, and its *state*."""

    label: str
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class TimelineWords:
    """The texts of a timeline, in *locale*, a BCP 47 tag.

    *phases* has one entry per phase of the plan, *waves* one per wave id, *ticks* one
    per day that `timeline_ticks` returns. With *rtl*, time runs from right to left.
    """

    locale: str
    title: str
    phases: tuple[RowWords, ...]
    waves: Mapping[str, RowWords]
    ticks: Mapping[date, str]
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: its words, its stretch of time, what is drawn there."""

    words: RowWords
    stretch: tuple[datetime, datetime] | None
    state: PhaseState | WaveStatus

    @property
    def is_phase(self) -> bool:
        return isinstance(self.state, PhaseState)


def timeline_svg(
    notice: Notice,
    plan: Plan,
    words: TimelineWords,
    *,
    width: int = 640,
    colors: Palette | None = None,
) -> str:
    """Return the timeline as an SVG document, *width* pixels wide.

    At that width no letter is smaller than 13 px; 320 suits a phone. It adapts to dark
    mode by itself, holds no script and refers to nothing outside. *colors* are by
    default those of the notice's brand.

    Raises:
        NotifierError: the plan has neither phases nor waves.
    """
    if not plan.phases:
        message = "there is neither a phase nor a wave to draw"
        hint = "add phases to waves.yaml"
        raise NotifierError([Problem("timeline/no-phases", message, None, hint)])
    brand = palette(notice.brand.color, light=LIGHT_TRACK, dark=DARK_TRACK)
    rows = tuple(_rows(plan, words))
    svg = _frame(f"timeline-{notice.id}", words, rows, colors or brand)
    canvas = Canvas(svg, width, axis(plan), rtl=words.rtl)
    card = canvas.card()
    bottom = _draw_rows(canvas, rows, words.ticks)
    canvas.close(card, bottom + _PADDING)
    ET.indent(svg)
    return ET.tostring(svg, encoding="unicode") + "\n"


def _rows(plan: Plan, words: TimelineWords) -> Iterator[_Row]:
    waves = {planned.wave.id: planned for planned in plan.waves}
    for planned, said in zip(plan.phases, words.phases, strict=True):
        yield _Row(said, phase_stretch(planned, plan), planned.state)
        for id in planned.waves:
            window = waves[id].window
            yield _Row(words.waves[id], (window.start, window.end), waves[id].status)


def _frame(
    name: str, words: TimelineWords, rows: tuple[_Row, ...], colors: Palette
) -> ET.Element:
    facts = {
        "xmlns": "http://www.w3.org/2000/svg",
        "id": name,
        "role": "img",
        "aria-labelledby": f"{name}-title {name}-desc",
        "xml:lang": words.locale,
        "lang": words.locale,
        "direction": "rtl" if words.rtl else "ltr",
    }
    svg = ET.Element("svg", facts)
    ET.SubElement(svg, "title", {"id": f"{name}-title"}).text = words.title
    # An image has no inner structure for a screen reader: all its rows are told here.
    description = ET.SubElement(svg, "desc", {"id": f"{name}-desc"})
    description.text = "\n".join(_told(row.words) for row in rows)
    hatch = f"{name}-hatch"
    ET.SubElement(svg, "style").text = stylesheet(colors, hatch=hatch)
    _add_hatch(svg, hatch)
    return svg


def _told(words: RowWords) -> str:
    said = " · ".join(filter(None, (words.text, words.state)))
    return f"{words.label}: {said}"


def _add_hatch(svg: ET.Element, name: str) -> None:
    facts = {"id": name, "width": "7", "height": "7"}
    facts |= {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    pattern = ET.SubElement(ET.SubElement(svg, "defs"), "pattern", facts)
    ET.SubElement(pattern, "rect", {"class": "hatched", "width": "7", "height": "7"})
    line = {"class": "hatch", "d": "M0 0V7", "stroke-width": "4"}
    ET.SubElement(pattern, "path", line)


def _draw_rows(
    canvas: Canvas, rows: tuple[_Row, ...], ticks: Mapping[date, str]
) -> float:
    """Draw the rows from the top; return where the last one ends."""
    y: float = _PADDING
    since_axis = _ROWS_PER_AXIS
    for number, row in enumerate(rows):
        y += _ROW_GAP if number else 0
        if row.is_phase and number:
            canvas.rule(y)
            y += _ROW_GAP
        if since_axis == _ROWS_PER_AXIS and canvas.axis:
            y = _draw_ticks(canvas, ticks, y)
            since_axis = 0
        y = _draw_words(canvas, row, y)
        y = _draw_bar(canvas, row, y, ticks)
        since_axis += 1
    return y


def _draw_ticks(canvas: Canvas, ticks: Mapping[date, str], y: float) -> float:
    """Name the ticks, as many as find room; return where the next row begins."""
    named = []
    for day, label in ticks.items():
        x = canvas.along(midnight(day))
        canvas.grid(x, y + TICK_SIZE + 5, 5)
        named.append((x, x + text_width(label, TICK_SIZE), label))
    for x, end, label in _uncrowded(named):
        if end <= canvas.width - canvas.margin / 2:
            canvas.text(label, x=x, y=y + TICK_SIZE, style="tick quiet")
    return y + TICK_SIZE + 24


def _uncrowded(
    named: Sequence[tuple[float, float, str]],
) -> Sequence[tuple[float, float, str]]:
    """Return every label, or every second one … so that none touches the next."""
    for step in range(1, len(named)):
        some = named[::step]
        if all(end + _TICK_GAP <= x for (_, end, _), (x, _, _) in pairwise(some)):
            return some
    return named[:1]


def _draw_words(canvas: Canvas, row: _Row, y: float) -> float:
    """Write what is above a bar; return where that ends."""
    words, full = row.words, canvas.width - 2 * canvas.margin
    style = "label phase" if row.is_phase else "label"
    # Bold letters are a little wider.
    size = LABEL_SIZE * 1.1 if row.is_phase else LABEL_SIZE
    state = text_width(words.state, TEXT_SIZE) + _TICK_GAP
    fits = text_width(words.label, size) + state <= full
    if fits:
        x = canvas.width - canvas.margin
        canvas.text(words.state, x=x, y=y + LABEL_SIZE, style="state quiet")
    for line in wrap(words.label, size=size, width=full):
        canvas.text(line, x=canvas.margin, y=y + LABEL_SIZE, style=style)
        y += _LABEL_LINE
    for text in (words.text,) if fits else (words.text, words.state):
        for line in wrap(text, size=TEXT_SIZE, width=full):
            canvas.text(line, x=canvas.margin, y=y + TEXT_SIZE, style="quiet")
            y += _TEXT_LINE
    return y


def _draw_bar(canvas: Canvas, row: _Row, y: float, ticks: Mapping[date, str]) -> float:
    """Draw the track of a row and what lies on it; return where that ends."""
    if row.stretch is None:
        return y
    height = _BAND if row.is_phase else _MARK
    track = height if row.is_phase else 4
    y += 6
    canvas.track(y + (height - track) / 2, track)
    for day in ticks:
        canvas.grid(canvas.along(midnight(day)), y + (height - track) / 2, track)
    kind = "band" if row.is_phase else "mark"
    style, radius = f"{kind} {row.state}", 4 if row.is_phase else height / 2
    middle = canvas.bar(row.stretch, y, height, style=style, radius=radius)
    if path := _SIGNS.get(row.state):
        canvas.sign(path, middle, y + height / 2, f"sign on-{style}")
    return y + height
