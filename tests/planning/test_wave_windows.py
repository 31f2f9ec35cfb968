"""Wall clocks become instants, also on the nights when clocks change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from schedules import NOW, local, notice, place, wave

from notifier.errors import Problem
from notifier.model.schedule import LocalTime, Schedule
from notifier.model.values import Window
from notifier.planning import clock_change, plan
from notifier.zones import load_zone

ZONES = (
    "Europe/Rome",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Apia",
    "Africa/Casablanca",
    "UTC",
)


def utc(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "zone", "hours", "first", "last"),
    [
        ("2024-02-06T22:00", "Europe/Rome", 4, "2024-02-06T21:00", "2024-02-07T01:00"),
        ("2024-03-30T23:00", "Europe/Rome", 4, "2024-03-30T22:00", "2024-03-31T02:00"),
        (
            "2026-10-25T02:30+02:00",
            "Europe/Rome",
            1,
            "2026-10-25T00:30",
            "2026-10-25T01:30",
        ),
        (
            "2026-10-25T02:30+01:00",
            "Europe/Rome",
            1,
            "2026-10-25T01:30",
            "2026-10-25T02:30",
        ),
        (
            "2026-03-29T02:30+01:00",
            "Europe/Rome",
            1,
            "2026-03-29T01:30",
            "2026-03-29T02:30",
        ),
        (
            "2024-12-31T23:30",
            "Asia/Kathmandu",
            1,
            "2024-12-31T17:45",
            "2024-12-31T18:45",
        ),
        (
            "2024-03-01T00:30",
            "Pacific/Kiritimati",
            2,
            "2024-02-29T10:30",
            "2024-02-29T12:30",
        ),
        ("2024-02-06T22:00+00:00", "UTC", 4, "2024-02-06T22:00", "2024-02-07T02:00"),
    ],
    ids=[
        "over midnight",
        "over a clock change, by a stopwatch",
        "first of two",
        "second of two",
        "skipped, as the winter clock counts",
        "five forty-five",
        "another date than UTC",
        "offset that need not be said",
    ],
)
def test_a_window_opens_and_closes(
    start: str, zone: str, hours: int, first: str, last: str
) -> None:
    computed, problems = plan(
        notice(Schedule(waves=(wave(start=start, zone=zone, hours=hours),))),
        now=utc("2020-01-01T00:00"),
    )

    assert [planned.window for planned in computed.waves] == [
        Window(utc(first), utc(last), zone)
    ]
    assert problems == ()


@pytest.mark.parametrize(
    ("start", "zone", "problem"),
    [
        (
            "2026-03-29T02:30",
            "Europe/Rome",
            Problem(
                "waves/time-does-not-exist",
                "'2026-03-29T02:30' does not exist in Europe/Rome, "
                "where the clocks go forward then",
                place(7),
                "choose another time, or say which is meant: "
                "'2026-03-29T02:30+01:00' or '2026-03-29T02:30+02:00'",
            ),
        ),
        (
            "2026-10-25T02:30",
            "Europe/Rome",
            Problem(
                "waves/time-exists-twice",
                "'2026-10-25T02:30' exists twice in Europe/Rome, "
                "where the clocks go back then",
                place(7),
                "choose another time, or say which is meant: "
                "'2026-10-25T02:30+02:00' or '2026-10-25T02:30+01:00'",
            ),
        ),
        (
            "2026-04-05T01:45",
            "Australia/Lord_Howe",
            Problem(
                "waves/time-exists-twice",
                "'2026-04-05T01:45' exists twice in Australia/Lord_Howe, "
                "where the clocks go back then",
                place(7),
                "choose another time, or say which is meant: "
                "'2026-04-05T01:45+11:00' or '2026-04-05T01:45+10:30'",
            ),
        ),
        (
            "2024-02-06T22:00+02:00",
            "Europe/Rome",
            Problem(
                "waves/offset-not-of-zone",
                "'2024-02-06T22:00+02:00' has an offset that Europe/Rome "
                "does not have then",
                place(7),
                "write +01:00, or leave it out",
            ),
        ),
        (
            "2026-10-25T02:30+03:00",
            "Europe/Rome",
            Problem(
                "waves/offset-not-of-zone",
                "'2026-10-25T02:30+03:00' has an offset that Europe/Rome "
                "does not have then",
                place(7),
                "write +02:00 or +01:00",
            ),
        ),
        (
            "2024-02-06T22:00",
            "Europe/Rom",
            Problem(
                "waves/timezone",
                "unknown time zone 'Europe/Rom'",
                place(7),
                "write Area/City, such as 'Europe/Rome', or 'UTC'",
            ),
        ),
        (
            "2024-02-06T22:00",
            "../../etc/passwd",
            Problem(
                "waves/timezone",
                "unknown time zone '../../etc/passwd'",
                place(7),
                "write Area/City, such as 'Europe/Rome', or 'UTC'",
            ),
        ),
        (
            "0001-01-01T00:00",
            "Asia/Tokyo",
            Problem(
                "waves/date-out-of-range",
                "cannot plan for '0001-01-01T00:00'",
                place(7),
                "write a date from 1970-01-01 to 2199-12-31",
            ),
        ),
    ],
    ids=[
        "gap",
        "fold",
        "half an hour twice",
        "wrong offset",
        "wrong offset of two",
        "misspelt zone",
        "path as zone",
        "year one",
    ],
)
def test_a_wave_that_cannot_be_placed_is_left_out_with_one_error(
    start: str, zone: str, problem: Problem
) -> None:
    made = notice(Schedule(waves=(wave(start=start, zone=zone),)))

    computed, problems = plan(made, now=NOW)

    assert (computed.waves, computed.phases, problems) == ((), (), (problem,))


def test_both_windows_of_a_moved_wave_are_judged() -> None:
    moved = wave(
        start="2026-10-25T02:30",
        revision=1,
        was_start=local("2026-03-29T02:30", line=9),
    )

    _, problems = plan(notice(Schedule(waves=(moved,))), now=NOW)

    assert [(problem.rule, problem.place) for problem in problems] == [
        ("waves/time-exists-twice", place(7)),
        ("waves/time-does-not-exist", place(9)),
    ]


@pytest.mark.parametrize(
    ("others", "first", "last"),
    [
        ({"was_start": local("2024-03-04T22:00")}, "2024-03-04T21", "2024-03-05T01"),
        ({"was_length": timedelta(hours=2)}, "2024-03-05T21", "2024-03-05T23"),
    ],
    ids=["start alone", "length alone"],
)
def test_the_replaced_window_keeps_what_it_does_not_say(
    others: dict[str, object], first: str, last: str
) -> None:
    computed, _ = plan(notice(Schedule(waves=(wave(revision=1, **others),))), now=NOW)

    assert [planned.was for planned in computed.waves] == [
        Window(utc(first), utc(last), "Europe/Rome")
    ]


@settings(deadline=None, max_examples=300)
@given(
    minutes=st.integers(0, 40 * 525_949),
    zone=st.sampled_from(ZONES),
)
def test_an_instant_written_with_its_offset_is_found_again(
    minutes: int, zone: str
) -> None:
    instant = utc("2000-01-01T00:00") + timedelta(minutes=minutes)
    there = instant.astimezone(load_zone(zone))
    clock = LocalTime(there.replace(tzinfo=None), there.utcoffset())

    made = replace(wave(zone=zone), start=clock)
    computed, _ = plan(notice(Schedule(waves=(made,))), now=NOW)

    assert [planned.window.start for planned in computed.waves] == [instant]


@pytest.mark.parametrize(
    ("first", "last", "zone", "minutes"),
    [
        ("2026-10-24T23:00", "2026-10-25T03:00", "Europe/Rome", -60),
        ("2026-03-29T00:00", "2026-03-29T04:00", "Europe/Rome", 60),
        ("2026-04-04T14:00", "2026-04-04T18:00", "Australia/Lord_Howe", -30),
        ("2026-10-24T23:00", "2026-10-25T03:00", "Asia/Tokyo", 0),
    ],
    ids=["back", "forward", "half an hour back", "elsewhere"],
)
def test_clocks_change_during_a_window_by(
    first: str, last: str, zone: str, minutes: int
) -> None:
    window = Window(utc(first), utc(last), "UTC")
    assert clock_change(window, zone) == timedelta(minutes=minutes)
