"""ICU, as Node carries it, judges the texts; what differs by choice is listed here."""

import json
import re
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from notifier.language.dates import (
    format_date_interval,
    format_day,
    format_month,
    format_partial_range,
    format_weekday_day,
)
from notifier.language.durations import format_duration, format_estimate
from notifier.language.lists import format_list
from notifier.language.numbers import format_number, plural_category
from notifier.language.windows import describe_window
from notifier.language.words import WORDS
from notifier.model.values import Bound, Estimate, PartialDate, Precision
from tests.node import find_node

pytestmark = pytest.mark.slow

TAGS = tuple(WORDS)
EAST_ASIAN = ("ja", "ko", "zh-Hans", "zh-Hant")

# Chosen differences, each with its reason.
#
# durations: ICU's unit lists have no "and" in many languages ("2 hours, 30 minutes").
#   In a sentence "2 hours and 30 minutes" reads better, so the units are joined as a
#   list in prose; East Asian languages put them side by side as ICU does.
# first day: French, Italian and Portuguese write the first of a month as an ordinal.
FIRST_DAY = {"fr": "1er", "it": "1º", "pt-BR": "1º"}
# times: Koreans write 오전 and 오후, not AM and PM; a Traditional Chinese window by the
#   24-hour clock, because 午夜12:00 does not say which end of the day is meant.
KOREAN_HALVES = {"AM": "오전", "PM": "오후"}
# ranges: an en dash instead of a hyphen between numbers, a word in French and
#   Chinese; Arabic says from … to …, and writes a dual end out, without a number.
# spans: blanks around the dash between whole dates, none between two days; ICU pads
#   Italian days to two digits, turns to figures in Japanese and Chinese, and repeats
#   the year after Polish months.
SPANS_OTHERWISE = {"it", "ja", "zh-Hans", "zh-Hant"}
BETWEEN_NUMBERS = {
    "fr": " à ",
    "ja": "～",
    "ko": "~",
    "zh-Hans": "至",
    "zh-Hant": " 至 ",
}


def days_to_ask() -> list[date]:
    return [date(2023, 12, 20) + timedelta(days=7 * n + n % 5) for n in range(90)] + [
        date(2024, month, 1) for month in range(1, 13)
    ]


SPANS = [
    (date(2024, 2, 5), date(2024, 2, 6)),
    (date(2024, 3, 1), date(2024, 3, 9)),
    (date(2024, 1, 28), date(2024, 2, 3)),
    (date(2024, 10, 30), date(2024, 12, 2)),
    (date(2024, 12, 28), date(2025, 1, 3)),
]
ZONES = (
    "Europe/Rome",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Honolulu",
    "Pacific/Kiritimati",
)
# Midnight, New Year, 29 February, the clock changes of both hemispheres.
STARTS = tuple(
    datetime.fromisoformat(text).replace(tzinfo=UTC)
    for text in (
        "2023-12-31T10:30",
        "2023-12-31T22:00",
        "2024-02-28T22:00",
        "2024-02-29T11:45",
        "2024-03-10T05:00",
        "2024-03-31T00:00",
        "2024-04-06T13:00",
        "2024-07-01T00:00",
        "2024-09-28T12:30",
        "2024-10-05T14:00",
        "2024-11-03T04:00",
        "2026-03-29T00:15",
        "2026-10-24T23:00",
        "2026-12-05T21:00",
    )
)
WINDOWS = tuple((start, start + timedelta(hours=4)) for start in STARTS)
MINUTES = tuple(range(4321))
LISTS = (["A"], ["A", "B"], ["A", "B", "C"], ["A", "Iglesia"], ["A", "B", "hielo"])
LISTS += (["padres", "hijos"], ["A", "B", "C", "ideas"])
COUNTS = (*range(500), 1.5)
NUMBERS = (0, 12, 1234, 9999, 10_000, 1_234_567)
RANGES = [
    (low, high, unit)
    for unit, most in (("minute", 120), ("hour", 47), ("day", 30))
    for low, high in ((1, 2), (1, 3), (2, 5), (5, 11), (5, 21), (11, 22), (15, 30))
    if high <= most
] + [(30, 60, "minute"), (45, 90, "minute")]


@pytest.fixture(scope="module")
def oracle() -> dict[str, dict[str, list]]:
    node = find_node()
    question = {
        "locales": TAGS,
        "minutes": MINUTES,
        "days": [day.isoformat() for day in days_to_ask()],
        "spans": [[day.isoformat() for day in span] for span in SPANS],
        "moments": [
            [moment.isoformat(), zone]
            for zone in ZONES
            for window in WINDOWS
            for moment in window
        ],
        "lists": LISTS,
        "counts": COUNTS,
        "numbers": NUMBERS,
        "ranges": RANGES,
    }
    script = Path(__file__).with_name("intl_oracle.mjs")
    ran = subprocess.run(
        [node, script],
        input=json.dumps(question),
        capture_output=True,
        check=True,
        text=True,
        timeout=120,
    )
    answers: dict[str, dict[str, list]] = json.loads(ran.stdout)
    return answers


def plain(text: str) -> str:
    """Level blanks, which ICU changes between versions, and marks of direction."""
    return re.sub("[\u2066-\u2069\u200e\u200f\u061c]", "", re.sub(r"\s", " ", text))


def with_ordinal(text: str, day: date, tag: str) -> str:
    if day.day != 1 or tag not in FIRST_DAY:
        return text
    return re.sub(r"(?<!\d)1(?!\d)", FIRST_DAY[tag], text, count=1)


def tight(text: str) -> str:
    return re.sub(r" ?([–~～至]) ?", r"\1", plain(text))


@pytest.mark.parametrize("tag", TAGS)
def test_durations_read_as_icu_has_them(oracle, tag):
    kind = 1 if tag in EAST_ASIAN else 0

    ours = [format_duration(timedelta(minutes=n), tag) for n in MINUTES]

    asked = [plain(pair[kind]) for pair in oracle[tag]["durations"]]
    assert [plain(text) for text in ours] == asked


@pytest.mark.parametrize("tag", TAGS)
def test_days_and_months_read_as_icu_has_them(oracle, tag):
    days = days_to_ask()

    ours = [
        (format_day(day, tag), format_weekday_day(day, tag), format_month(day, tag))
        for day in days
    ]

    expected = [
        (with_ordinal(long, day, tag), with_ordinal(full, day, tag), month)
        for day, (long, full, month) in zip(days, oracle[tag]["days"], strict=True)
    ]
    assert [tuple(map(plain, texts)) for texts in ours] == [
        tuple(map(plain, texts)) for texts in expected
    ]


@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag not in SPANS_OTHERWISE])
def test_stretches_of_days_and_months_read_as_icu_has_them(oracle, tag):
    ours = [format_date_interval(*span, tag) for span in SPANS]
    ours_months = [
        format_partial_range(
            *(PartialDate(Precision.MONTH, day.replace(day=1), "") for day in span), tag
        )
        for span in SPANS
    ]

    spans = [
        with_ordinal(text, first, tag)
        for (first, _), text in zip(SPANS, oracle[tag]["spans"], strict=True)
    ]
    assert [tight(text) for text in ours] == [tight(text) for text in spans]
    months = [tight(text) for text in oracle[tag]["months"]]
    if tag == "pl":
        months = [re.sub(r" (\d+)(–.* \1)$", r"\2", text) for text in months]
    assert [tight(text) for text in ours_months] == months


@pytest.mark.parametrize("tag", TAGS)
def test_windows_have_the_days_times_and_offsets_that_icu_finds(oracle, tag):
    answers = iter(oracle[tag]["moments"])
    for zone in ZONES:
        for start, end in WINDOWS:
            text = describe_window(start, end, zone=zone, tag=tag)
            (day, time, offset), (last_day, last_time, last_offset) = (
                moment_by_icu(next(answers), tag) for _ in range(2)
            )

            assert with_moment(day, time, plain(text.start))
            assert with_moment(last_day, last_time, plain(text.end))
            assert plain(text.time) == time
            for piece in {day, time, offset, last_day, last_time, last_offset}:
                assert piece in plain(text.text)
            for piece in {offset, last_offset}:
                assert piece in plain(text.zone)


def moment_by_icu(answer: list[str], tag: str) -> tuple[str, str, str]:
    day, time, offset = (plain(text) for text in answer)
    if tag == "ko":
        time = re.sub("AM|PM", lambda half: KOREAN_HALVES[half[0]], time)
    if tag == "zh-Hant":
        time = by_24_hours(time)
    if re.search(r"(?<!\d)1(?!\d)", day) and tag in FIRST_DAY:
        day = re.sub(r"(?<!\d)1(?!\d)", FIRST_DAY[tag], day, count=1)
    offset = offset.replace("GMT", "UTC").replace("-", "−")
    return day, time, offset


def by_24_hours(time: str) -> str:
    half, hour, minute = re.fullmatch(r"(\D+)(\d+):(\d+)", time).groups()
    noon_or_later = half in {"中午", "下午", "晚上"}
    return f"{int(hour) % 12 + 12 * noon_or_later:02}:{minute}"


def with_moment(day: str, time: str, text: str) -> bool:
    return text.startswith(day) and time in text.removeprefix(day)


@pytest.mark.parametrize("tag", TAGS)
def test_lists_plurals_and_numbers_are_those_of_icu(oracle, tag):
    answers = oracle[tag]

    assert [plain(format_list(items, tag)) for items in LISTS] == answers["lists"]
    assert [plural_category(n, tag) for n in COUNTS] == answers["plurals"]
    assert [plain(format_number(n, tag)) for n in NUMBERS] == [
        plain(text) for text in answers["numbers"]
    ]


@pytest.mark.parametrize("tag", TAGS)
def test_ranges_of_one_unit_take_the_plural_that_icu_takes(oracle, tag):
    for (low, high, unit), text in zip(RANGES, oracle[tag]["ranges"], strict=True):
        size = timedelta(**{f"{unit}s": 1})
        if unit == "hour" and not low * size % timedelta(days=1):
            continue

        ours = format_estimate(Estimate(low * size, high * size, Bound.RANGE), tag)

        if tag == "ar":
            unitless = re.sub(r"^\D*\d+\D+\d+ ", "", ours)
            expected = re.sub(r"^\d+–\d+ ", "", text)
            assert unitless == expected or high == 2
        else:
            dash = BETWEEN_NUMBERS.get(tag, "–")
            assert plain(ours) == plain(re.sub(r"(?<=\d)[-–](?=\d)", dash, text))
