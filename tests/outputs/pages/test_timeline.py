"""The timeline is well-formed, accessible, mirrored where needed, and discreet."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.outputs.schedule_samples import NOTICE, NOW, SCHEDULE, month, sample_plan
from wcwidth import wcswidth

from notifier.errors import NotifierError
from notifier.model.schedule import Phase, Plan
from notifier.model.values import PartialDate, Precision
from notifier.outputs.pages.timeline import (
    RowWords,
    TimelineWords,
    timeline_months,
    timeline_svg,
)
from notifier.planning import plan

SVG = "{http://www.w3.org/2000/svg}"
PLAN = sample_plan()


def words(
    of: Plan = PLAN, *, label: str = "Europe", rtl: bool = False
) -> TimelineWords:
    return TimelineWords(
        locale="ar" if rtl else "it",
        title="Quando",
        phases=tuple(RowWords(label, planned.state) for planned in of.phases),
        waves={w.wave.id: RowWords(f"{label} {w.wave.id}", w.status) for w in of.waves},
        months={day: f"{day:%Y-%m}" for day in timeline_months(of)},
        rtl=rtl,
    )


def drawn(of: Plan = PLAN, **others: bool) -> ET.Element:
    return ET.fromstring(timeline_svg(NOTICE, of, words(of, **others)))  # type: ignore[arg-type]  # one flag


def bars(svg: ET.Element) -> list[tuple[str | None, float, float]]:
    return [
        (bar.get("class"), float(bar.attrib["x"]), float(bar.attrib["width"]))
        for bar in svg.findall(f"{SVG}rect")
        if bar.get("class") != "ground"
    ]


def of_phases(*phases: Phase) -> Plan:
    return plan(
        replace(NOTICE, schedule=replace(SCHEDULE, phases=phases, waves=())), now=NOW
    )[0]


def at(days: float) -> float:
    """Return where a day since 1 October stands: six months are 183 days, 608 units."""
    return round(16 + days / 183 * 608, 1)


def test_bars_stand_where_their_days_are() -> None:
    staging_ends, production_starts, production_ends = (
        123 + 12 + 11 / 24,
        92,
        165 + 23 / 24,
    )
    assert bars(drawn()) == [
        ("solid", 16, round(at(staging_ends) - 16, 1)),
        ("solid", at(123 + 12 + 9 / 24), 5),
        (
            "solid",
            at(production_starts),
            round(at(production_ends) - at(production_starts), 1),
        ),
        ("solid", at(152 + 4 + 21 / 24), 5),
        ("hollow", at(152 + 9 + 4 / 24), 5),
        ("hatched", at(152 + 10 + 16 / 24), 5),
        ("solid", at(152 + 13 + 20.5 / 24), 5),
    ]


def test_time_runs_from_right_to_left_for_such_scripts() -> None:
    mirrored = [
        (fill, round(640 - x - width), width)
        for fill, x, width in bars(drawn(rtl=True))
    ]

    assert mirrored == [(fill, round(x), width) for fill, x, width in bars(drawn())]
    assert drawn(rtl=True).get("direction") == "rtl"


def test_a_screen_reader_hears_all_rows() -> None:
    svg = drawn()
    title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")

    assert title is not None
    assert desc is not None
    assert (svg.get("role"), svg.get("lang")) == ("img", "it")
    assert svg.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text == "Quando"
    told = (desc.text or "").split("\n")
    assert told[:2] == ["Europe: started", "Europe: started"]
    assert [row.split(":")[0] for row in told[2:]] == [
        f"Europe {planned.wave.id}" for planned in PLAN.waves
    ]


def test_dark_mode_is_in_the_file_and_nothing_comes_from_outside() -> None:
    source = timeline_svg(NOTICE, PLAN, words())
    links = re.findall(r"https?://[^\"' ]+|url\([^)]*\)|href|<script|@import", source)

    assert "@media (prefers-color-scheme: dark)" in source
    assert set(links) == {
        "http://www.w3.org/2000/svg",
        "url(#timeline-email-infrastructure-hatch)",
    }


def test_no_customer_or_instance_is_named() -> None:
    assert not re.search("secret|acme", timeline_svg(NOTICE, PLAN, words()))


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=300))
def test_any_label_is_escaped_and_wrapped_without_loss(label: str) -> None:
    svg = ET.fromstring(timeline_svg(NOTICE, PLAN, words(label=label)))

    lines = [one.text or "" for one in svg.findall(f"{SVG}text")]
    lines = lines[: lines.index("started")]
    assert "".join(lines).replace(" ", "") == label.replace(" ", "")
    assert all(wcswidth(line) <= 76 for line in lines)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2024-01", "2024-01", ["2024-01"]),
        ("2024-01", "2024-06", [f"2024-0{n}" for n in range(1, 7)]),
        (
            "2023-11",
            "2024-10",
            ["2023-11", "2024-01", "2024-03", "2024-05", "2024-07", "2024-09"],
        ),
        (
            "2024-01",
            "2026-12",
            [f"{y}-{m}" for y in (2024, 2025, 2026) for m in ("01", "07")],
        ),
        ("1970-01", "2199-12", [f"{year}-01" for year in range(1970, 2200, 40)]),
    ],
    ids=["one month", "half a year", "a year", "three years", "two centuries"],
)
def test_six_months_at_most_are_named(
    first: str, last: str, expected: list[str]
) -> None:
    found = of_phases(Phase(("production",), starts=month(first), ends=month(last)))
    assert [f"{day:%Y-%m}" for day in timeline_months(found)] == expected


def test_a_phase_of_one_day_can_be_seen() -> None:
    day = PartialDate(Precision.DAY, date(2024, 1, 31), "2024-01-31")
    found = of_phases(Phase(("production",), by=day))

    assert bars(drawn(found)) == [("pale", 604.4, 19.6)]


def test_a_plan_without_phases_is_told_as_a_problem() -> None:
    assert timeline_months(Plan(NOW)) == ()
    with pytest.raises(NotifierError, match="neither a phase nor a wave"):
        timeline_svg(NOTICE, Plan(NOW), words(Plan(NOW)))


def test_the_same_plan_makes_the_same_text() -> None:
    assert timeline_svg(NOTICE, PLAN, words()) == timeline_svg(NOTICE, PLAN, words())
