"""An earlier manifest tells which times have moved."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta

import pytest

from notifier.errors import Place, Problem
from notifier.model.schedule import LocalTime, PlannedWave, Wave, WaveStatus
from notifier.model.values import Window
from notifier.outputs.mail.manifest import (
    COLUMNS,
    Told,
    guarded,
    moved_waves,
    previous_problems,
)

START = datetime(2024, 3, 5, 21, tzinfo=UTC)
HOURS = timedelta(hours=4)
PLACE = Place("waves.yaml", 31, 5)
HEAD = ",".join(COLUMNS)
LINE = (
    "announcement,night-1,1,aurora,g@example.com,it,Europe/Rome,"
    "2024-03-05T21:00:00+00:00,2024-03-06T01:00:00+00:00,a.eml,1,ff"
)


def planned(revision: int = 1, start: datetime = START) -> PlannedWave:
    wave = Wave(
        "night-1",
        "production",
        LocalTime(datetime(2024, 3, 5, 22)),  # noqa: DTZ001 (a wall clock)
        HOURS,
        "Europe/Rome",
        revision=revision,
        place=PLACE,
    )
    window = Window(start, start + HOURS, "Europe/Rome")
    return PlannedWave(wave, window, WaveStatus.SCHEDULED)


def told(revision: int = 1, start: datetime = START) -> Told:
    return Told("night-1", revision, start, start + HOURS)


def test_a_time_that_moved_with_the_same_revision_is_a_problem():
    old = START - timedelta(days=1)

    problems = moved_waves([told(start=old)] * 12, {"night-1": planned()})

    assert problems == (
        Problem(
            "emails/moved-without-revision",
            "wave 'night-1' moved from 2024-03-04 22:00/2024-03-05 02:00 to "
            "2024-03-05 22:00/2024-03-06 02:00 since 12 messages with revision 1",
            PLACE,
            "write 'revision: 2', and the time before in 'was'",
        ),
    )


@pytest.mark.parametrize(
    ("before", "wave"),
    [
        (told(), planned()),
        (told(start=START - HOURS), planned(revision=2)),
        (Told("gone", 1, START - HOURS, START), planned()),
    ],
    ids=["same time", "raised revision", "no such wave now"],
)
def test_all_else_is_none(before, wave):
    assert moved_waves([before], {"night-1": wave}) == ()


def test_a_revision_that_went_down_is_a_problem_too():
    (problem,) = moved_waves([told(3, START - HOURS)], {"night-1": planned(2)})

    assert problem.hint == "write 'revision: 4', and the time before in 'was'"


def test_a_window_that_only_got_longer_has_moved():
    before = Told("night-1", 1, START, START + timedelta(hours=3))

    assert len(moved_waves([before], {"night-1": planned()})) == 1


def test_the_same_instant_with_another_offset_has_not_moved(tmp_path):
    there = LINE.replace("05T21:00:00+00:00", "05T22:00:00+01:00")
    (tmp_path / "manifest.csv").write_text(f"{HEAD}\n{there}\n")

    assert previous_problems(tmp_path, {"night-1": planned()}) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1: not a manifest of 'notifier emails'"),
        ("wave,revision\n", "1: not a manifest of 'notifier emails'"),
        (f"{HEAD}\nannouncement,night-1\n", "2: 2 fields instead of 12"),
        (f"{HEAD}\n{LINE}\n{LINE},\n", "3: 13 fields instead of 12"),
        (f"{HEAD}\n{LINE.replace(',1,', ',-1,', 1)}\n", "2: no revision: '-1'"),
        (
            f"{HEAD}\n{LINE.replace('+00:00', '', 1)}\n",
            "2: no time with an offset: '2024-03-05T21:00:00'",
        ),
        (
            f"{HEAD}\n{LINE.replace('2024-03-05T21:00:00+00:00', '')}\n",
            "2: no time with an offset: ''",
        ),
        (f'{HEAD}\n{LINE}\n"open\n', " malformed: unexpected end of data"),
        (f"{HEAD}\n\udcff\n", " malformed: not UTF-8"),
        (f"{HEAD}\n{'x' * 200_000}\n", " malformed: field larger than field limit"),
    ],
    ids=[
        *("empty", "foreign", "short", "long", "revision", "offset", "half"),
        *("quote", "bytes", "huge"),
    ],
)
def test_what_is_no_manifest_is_a_located_problem(tmp_path, text, said):
    path = tmp_path / "manifest.csv"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))

    (problem,) = previous_problems(path, {})

    assert problem.rule == "emails/previous"
    assert f"{problem.place}: {problem.message}".startswith(f"{path}:{said}")


def test_only_so_many_malformed_lines_are_listed(tmp_path):
    path = tmp_path / "manifest.csv"
    path.write_text(HEAD + "\nx" * 1000)

    assert len(previous_problems(path, {})) == 20


def test_a_folder_without_a_manifest_is_a_problem(tmp_path):
    (problem,) = previous_problems(tmp_path, {})

    assert (problem.rule, problem.message) == (
        "emails/previous",
        "there is no manifest",
    )


@pytest.mark.parametrize("text", ["=1+1", "+x@example.com", "-1", "@x", "\tx", "\rx"])
def test_no_field_is_taken_for_a_formula(text):
    assert guarded([text, "x=1"]) == [f"'{text}", "x=1"]


def test_what_the_guard_lets_pass_is_read_as_it_is():
    assert list(csv.reader([",".join(guarded(["a@b", "'x", ""]))])) == [
        ["a@b", "'x", ""]
    ]
