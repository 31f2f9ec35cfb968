"""The timeline is well-formed, accessible, mirrored where needed, and discreet."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from notifier.content.palette import contrast
from notifier.errors import NotifierError
from notifier.model.notice import Brand
from notifier.model.schedule import (
    Phase,
    PhaseState,
    Plan,
    PlannedPhase,
    PlannedWave,
    WaveStatus,
)
from notifier.model.values import PartialDate, Precision, Window
from notifier.notice import read_notice
from notifier.outputs.pages.time_axis import timeline_ticks
from notifier.outputs.pages.timeline import RowWords, TimelineWords, timeline_svg
from notifier.outputs.schedule_words import timeline_words
from notifier.planning import plan
from notifier.resources import resource_folder
from tests.outputs.schedule_samples import NOTICE, NOW, SCHEDULE, month, sample_plan

SVG = "{http://www.w3.org/2000/svg}"
PLAN = sample_plan()
SAMPLE, _ = read_notice(resource_folder("examples") / "email-infrastructure")
SAMPLE_PLAN, _ = plan(SAMPLE, now=NOW)
WIDTHS = {"wide": 720, "narrow": 320}


def words(
    of: Plan = PLAN, *, label: str = "Europe", rtl: bool = False
) -> TimelineWords:
    return TimelineWords(
        locale="ar" if rtl else "it",
        title="Quando",
        phases=tuple(
            RowWords(label, f"{label} when", each.state) for each in of.phases
        ),
        waves={
            each.wave.id: RowWords(f"{label} {each.wave.id}", "then", each.status)
            for each in of.waves
        },
        ticks={day: f"{day:%Y-%m}" for day in timeline_ticks(of)},
        rtl=rtl,
    )


def drawn(of: Plan = PLAN, *, width: int = 640, **others: Any) -> ET.Element:
    return ET.fromstring(timeline_svg(NOTICE, of, words(of, **others), width=width))


def bars(svg: ET.Element) -> list[tuple[str, float, float]]:
    return [
        (bar.attrib["class"], float(bar.attrib["x"]), float(bar.attrib["width"]))
        for bar in svg.findall(f"{SVG}rect")
        if bar.attrib["class"].split()[0] in ("band", "mark")
    ]


def texts(svg: ET.Element, style: str = "") -> list[str]:
    return [
        one.text or ""
        for one in svg.findall(f"{SVG}text")
        if style in one.attrib["class"].split() or not style
    ]


def of_phases(*phases: Phase) -> Plan:
    schedule = replace(SCHEDULE, phases=phases, waves=())
    return plan(replace(NOTICE, schedule=schedule), now=NOW)[0]


def of_waves(number: int, *, hours: int = 4, apart: int = 1) -> Plan:
    """Return a phase of so many waves, every few days, in all states by turns."""
    states = list(WaveStatus)
    waves = []
    for each in range(number):
        wave = replace(SCHEDULE.waves[0], id=f"production-{each}")
        start = datetime(2024, 1, 31, 22, tzinfo=UTC) + timedelta(days=each * apart)
        window = Window(start, start + timedelta(hours=hours), "UTC")
        waves.append(PlannedWave(wave, window, states[each % len(states)]))
    phase = Phase(("production",), starts=month("2024-01"))
    ids = tuple(each.wave.id for each in waves)
    return Plan(
        NOW, (PlannedPhase(phase, PhaseState.STARTED, ids),), waves=tuple(waves)
    )


def at(days: float) -> float:
    """Return where a day since 1 October stands: six months are 183 days, 592 units."""
    return round(24 + days / 183 * 592, 1)


@pytest.mark.parametrize("form", WIDTHS)
@pytest.mark.parametrize("lang", ["en", "it", "ja", "ar"])
def test_the_timeline_of_the_sample_is_the_golden_one(lang, form, golden) -> None:
    said, _ = timeline_words(SAMPLE, SAMPLE_PLAN, lang)

    svg = timeline_svg(SAMPLE, SAMPLE_PLAN, said, width=WIDTHS[form])

    golden(f"pages/timeline.{lang}.{form}.svg", svg)


def test_bars_stand_where_their_days_are_and_marks_around_their_middle() -> None:
    staging_ends, production_starts, production_ends = (
        123 + 12 + 11 / 24,
        92,
        165 + 23 / 24,
    )

    def mark(days: float, hours: float) -> float:
        return round(24 + (days + hours / 48) / 183 * 592 - 7, 1)

    assert bars(drawn()) == [
        ("band started", 24, round(at(staging_ends) - 24, 1)),
        ("mark scheduled", mark(123 + 12 + 9 / 24, 2), 14),
        (
            "band started",
            at(production_starts),
            round(at(production_ends) - at(production_starts), 1),
        ),
        ("mark scheduled", mark(152 + 4 + 21 / 24, 4), 14),
        ("mark cancelled", mark(152 + 9 + 4 / 24, 4), 14),
        ("mark tentative", mark(152 + 10 + 16 / 24, 3), 14),
        ("mark scheduled", mark(152 + 13 + 20.5 / 24, 2.5), 14),
    ]


def test_time_runs_from_right_to_left_for_such_scripts() -> None:
    mirrored = [
        (fill, round(640 - x - width), width)
        for fill, x, width in bars(drawn(rtl=True))
    ]

    assert mirrored == [(fill, round(x), width) for fill, x, width in bars(drawn())]
    assert drawn(rtl=True).get("direction") == "rtl"


def test_a_screen_reader_hears_all_rows_in_their_order() -> None:
    svg = drawn()
    title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")

    assert title is not None
    assert desc is not None
    assert (svg.get("role"), svg.get("lang")) == ("img", "it")
    assert svg.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text == "Quando"
    assert (desc.text or "").split("\n") == [
        "Europe: Europe when · started",
        "Europe staging-9: then · scheduled",
        "Europe: Europe when · started",
        "Europe production-1: then · scheduled",
        "Europe production-2: then · cancelled",
        "Europe production-3: then · tentative",
        "Europe production-4: then · scheduled",
    ]


def test_dark_mode_is_in_the_file_and_nothing_comes_from_outside() -> None:
    source = timeline_svg(NOTICE, PLAN, words())
    links = re.findall(r"https?://[^\"' ]+|url\([^)]*\)|href|<script|@import", source)

    assert "@media screen and (prefers-color-scheme: dark)" in source
    assert set(links) == {
        "http://www.w3.org/2000/svg",
        "url(#timeline-email-infrastructure-hatch)",
    }


def test_no_customer_or_instance_is_named() -> None:
    assert not re.search("secret|acme", timeline_svg(NOTICE, PLAN, words()))


@settings(max_examples=40)
@given(
    label=st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=300)
    | st.lists(
        st.sampled_from(["Europe, night", "(Rome time, UTC)", "日本・アジア", "٣ ليالٍ"])
    ).map(" ".join),
    width=st.sampled_from([320, 640, 720]),
)
def test_any_label_is_escaped_and_wrapped_within_the_drawing(label, width) -> None:
    svg = drawn(label=label, width=width)

    lines = texts(svg, "label")
    blanks = re.compile(r"\s")
    assert blanks.sub("", "".join(lines)) == blanks.sub(
        "", "".join(label + each.removeprefix("Europe") for each in _row_labels())
    )
    # A wide sign takes an em, no sign on average takes less than a third of one.
    room = width - (32 if width < 480 else 48)
    assert all(wcswidth(line) * 15 / 3 <= room for line in lines)


def _row_labels() -> Iterator[str]:
    for planned in PLAN.phases:
        yield "Europe"
        yield from (f"Europe {name}" for name in planned.waves)


@settings(max_examples=40)
@given(
    number=st.integers(0, 40),
    hours=st.integers(1, 24 * 400),
    apart=st.integers(0, 40),
    width=st.sampled_from([320, 640, 720]),
    rtl=st.booleans(),
)
def test_every_shape_lies_within_the_drawing(number, hours, apart, width, rtl) -> None:
    svg = drawn(of_waves(number, hours=hours, apart=apart), width=width, rtl=rtl)
    height = float(svg.attrib["height"])
    margin = 16 if width == 320 else 24

    found = bars(svg)
    assert len(found) == number + 1
    for style, x, size in found:
        assert size >= (14 if style.startswith("mark") else 16)
        assert margin <= x
        assert x + size <= width - margin + 0.11
    tops = [float(one.attrib["y"]) for one in svg.iter() if "y" in one.attrib]
    assert 0 < min(tops) <= max(tops) < height
    assert svg.get("viewBox") == f"0 0 {width} {svg.get('height')}"


def test_every_state_has_a_look_of_its_own_without_colour() -> None:
    svg = drawn(of_waves(len(WaveStatus)))
    signs = {
        one.attrib["class"].split()[-1]: one.attrib["d"]
        for one in svg.findall(f"{SVG}path")
    }
    css = svg.findtext(f"{SVG}style") or ""

    assert len(set(signs.values())) == 3
    assert set(signs) == {"in-progress", "completed", "cancelled"}
    assert ".tentative { stroke-dasharray" in css
    assert ".planned { stroke-dasharray" in css
    assert ".band.planned, .band.starting { fill: url(" in css


def rules(css: str) -> dict[str, dict[str, str]]:
    """Return what each selector of a stylesheet without nesting sets."""
    found: dict[str, dict[str, str]] = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        pairs = [pair.split(":") for pair in body.split(";") if ":" in pair]
        for selector in selectors.split(","):
            place = found.setdefault(selector.strip(), {})
            place |= {key.strip(): value.strip() for key, value in pairs}
    return found


TEXT_PAIRS = [("text", ".ground"), (".quiet", ".ground")]
SHAPE_PAIRS = [
    (".band stroke", ".track"),
    (".band stroke", ".band"),
    (".hatch stroke", ".hatched"),
    (".mark", ".track"),
    (".mark", ".ground"),
    (".mark stroke", ".mark.tentative"),
    (".mark.cancelled stroke", ".mark.cancelled"),
    (".mark.cancelled stroke", ".track"),
    (".sign stroke", ".band"),
    (".on-mark stroke", ".mark"),
    (".sign.cancelled stroke", ".mark.cancelled"),
    (".grid stroke", ".track"),
    (".grid stroke", ".ground"),
]


@settings(max_examples=40)
@given(
    color=st.one_of(
        st.none(),
        st.sampled_from(["#ffffff", "#000000", "#ffff00", "#eb1000", "#808080"]),
        st.from_regex("#[0-9a-f]{6}", fullmatch=True),
    )
)
def test_text_and_shapes_stand_out_in_both_themes_whatever_the_brand(color) -> None:
    notice = replace(NOTICE, brand=Brand(color))
    svg = ET.fromstring(timeline_svg(notice, PLAN, words()))
    both = (svg.findtext(f"{SVG}style") or "").split("@media")

    for theme in (both[0], both[1].partition("{")[2]):
        styles = rules(theme)
        assert all(
            contrast(styles[text]["fill"], styles[paper]["fill"]) >= 4.5
            for text, paper in TEXT_PAIRS
        )
        for shape, paper in SHAPE_PAIRS:
            selector, _, key = shape.partition(" ")
            seen = styles[selector][key or "fill"], styles[paper]["fill"]
            assert contrast(*seen) >= 3, (shape, paper, *seen)


def test_no_letter_is_smaller_than_13_pixels() -> None:
    source = timeline_svg(NOTICE, PLAN, words(), width=320)

    sizes = [int(size) for size in re.findall(r"font(?:-size)?: (\d+)px", source)]
    assert min(sizes) == 13
    assert len(sizes) == 3


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2024-01", "2024-01", [f"2024-01-{day}" for day in ("01", "08", "15", "22")]),
        (
            "2024-01",
            "2024-02",
            ["2024-01-01", "2024-01-15", "2024-02-01", "2024-02-15"],
        ),
        ("2024-01", "2024-06", [f"2024-0{n}-01" for n in range(1, 7)]),
        (
            "2023-11",
            "2024-10",
            [
                "2023-11-01",
                *(f"2024-{n}-01" for n in ("01", "03", "05", "07", "09")),
            ],
        ),
        (
            "2023-12",
            "2026-11",
            [f"{year}-{n}-01" for year in (2024, 2025, 2026) for n in ("01", "07")],
        ),
        ("2022-02", "2026-12", [f"{year}-01-01" for year in range(2023, 2027)]),
        ("1970-01", "2199-12", [f"{year}-01-01" for year in range(2000, 2200, 40)]),
    ],
    ids=[
        "one month",
        "two months",
        "half a year",
        "a year",
        "three years",
        "five years",
        "two centuries",
    ],
)
def test_six_days_at_most_are_named_and_they_are_round_ones(
    first: str, last: str, expected: list[str]
) -> None:
    found = of_phases(Phase(("production",), starts=month(first), ends=month(last)))
    assert [str(day) for day in timeline_ticks(found)] == expected


@pytest.mark.parametrize(
    ("width", "label", "shown"),
    [
        (720, "{:%m}", ["10", "11", "12", "01", "02", "03"]),
        (320, "{:%b %Y}", ["Oct 2023", "Dec 2023", "Feb 2024"]),
        (320, "{:%Y, the month of %B}", ["2023, the month of October"]),
        (
            720,
            "{:%B, a month of the year %Y}",
            [
                "October, a month of the year 2023",
                "January, a month of the year 2024",
            ],
        ),
    ],
    ids=["all", "every second", "one alone", "every third"],
)
def test_labels_of_the_axis_are_thinned_before_they_touch(width, label, shown) -> None:
    said = words()
    said = replace(said, ticks={day: label.format(day) for day in said.ticks})

    svg = ET.fromstring(timeline_svg(NOTICE, PLAN, said, width=width))

    assert texts(svg, "tick") == shown


def test_the_axis_is_drawn_again_for_those_who_have_scrolled() -> None:
    once, thrice = (texts(drawn(of_waves(number)), "tick") for number in (7, 16))

    assert thrice == once * 3


def test_a_phase_of_one_day_can_be_seen() -> None:
    day = PartialDate(Precision.DAY, date(2024, 1, 31), "2024-01-31")
    found = of_phases(Phase(("production",), by=day))

    assert bars(drawn(found)) == [("band completed", 596.9, 19.1)]


def test_a_phase_without_a_date_is_told_and_not_drawn() -> None:
    undated = PlannedPhase(Phase(("production",)), PhaseState.PLANNED)
    alone, beside = Plan(NOW, (undated,)), replace(PLAN, phases=(undated, *PLAN.phases))

    assert (bars(drawn(alone)), timeline_ticks(alone)) == ([], ())
    assert texts(drawn(alone)) == ["planned", "Europe", "Europe when"]
    assert bars(drawn(beside)) == bars(drawn())


def test_a_plan_without_phases_is_told_as_a_problem() -> None:
    assert timeline_ticks(Plan(NOW)) == ()
    with pytest.raises(NotifierError, match="neither a phase nor a wave"):
        timeline_svg(NOTICE, Plan(NOW), words(Plan(NOW)))


def test_the_same_plan_makes_the_same_text() -> None:
    assert timeline_svg(NOTICE, PLAN, words()) == timeline_svg(NOTICE, PLAN, words())


MEASURE = """
const boxes = svg => [...svg.querySelectorAll("text, .track, .band, .mark, .rule")]
  .map(each => [each.getAttribute("class"), each.textContent, each.getBBox()])
  .map(([style, text, {x, y, width, height}]) => [style, text, x, y, width, height]);
document.body.textContent = JSON.stringify(
  [...document.querySelectorAll("body > svg")].map(boxes));
"""


@pytest.mark.slow
def test_in_a_browser_no_text_leaves_the_drawing_or_touches_anything(tmp_path) -> None:
    drawings = [
        (lang, width, timeline_svg(SAMPLE, SAMPLE_PLAN, said, width=width))
        for lang in SAMPLE.locales
        for said in [timeline_words(SAMPLE, SAMPLE_PLAN, lang)[0]]
        for width in WIDTHS.values()
    ]
    sources = "".join(source for _, _, source in drawings)
    page = tmp_path / "all.html"
    page.write_text(f"<!DOCTYPE html><body>{sources}<script>{MEASURE}</script>")

    for (lang, width, _), found in zip(drawings, measured(page), strict=True):
        assert len(found) > 30
        for style, text, x, _, size, _ in found:
            assert x >= 8, (lang, width, style, text)
            assert x + size <= width - 8, (lang, width, style, text)
        for one, other in combinations(found, 2):
            if one[1] or other[1]:
                assert not overlap(one, other), (lang, width, one, other)


def measured(page: Path) -> list[list[Any]]:
    """Return class, text and box of what is in each drawing, as Chromium sees it."""
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("needs chromium")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
    options += ["--disable-background-networking", f"--user-data-dir={page.parent}/me"]
    dumped = subprocess.run(
        [browser, *options, "--dump-dom", page.as_uri()],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    ).stdout
    body = dumped.partition("<body>")[2].partition("</body>")[0]
    return list(json.loads(html.unescape(body)))


def overlap(one: list[Any], other: list[Any]) -> bool:
    """Tell whether boxes share more than the air above and below letters."""
    (x, y, width, height), (left, top, wide, high) = one[2:], other[2:]
    across = min(x + width, left + wide) - max(x, left)
    down = min(y + height, top + high) - max(y, top)
    return bool(across > 0.5 and down > 5)
