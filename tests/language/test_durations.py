import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.language.durations import format_duration, format_estimate
from notifier.language.words import WORDS
from notifier.model.values import Bound, Estimate


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def estimate(low: int, high: int, bound: Bound) -> Estimate:
    return Estimate(minutes(low), minutes(high), bound)


DURATIONS = (0, 1, 2, 52, 60, 61, 90, 120, 150, 270, 1440, 1500, 2880, 3060, 1501)
ESTIMATES = (
    estimate(30, 60, Bound.RANGE),
    estimate(45, 90, Bound.RANGE),
    estimate(60, 120, Bound.RANGE),
    estimate(120, 300, Bound.RANGE),
    estimate(45, 150, Bound.RANGE),
    estimate(1440, 4320, Bound.RANGE),
    estimate(10, 10, Bound.AT_MOST),
    estimate(60, 60, Bound.AT_MOST),
    estimate(60, 60, Bound.ABOUT),
    estimate(120, 120, Bound.ABOUT),
    estimate(90, 90, Bound.AVERAGE),
)


def test_durations_and_estimates_read_right_in_every_language(golden):
    lines = []
    for tag in WORDS:
        lines.append(f"[{tag}]")
        for count in DURATIONS:
            lines.append(f"{count} min: {format_duration(minutes(count), tag)}")
        for value in ESTIMATES:
            low, high = (int(end / minutes(1)) for end in (value.low, value.high))
            asked = f"{low}-{high}" if low != high else f"{low}"
            lines.append(f"{value.bound} {asked}: {format_estimate(value, tag)}")

    golden("language/durations.txt", "\n".join(lines) + "\n")


# Words for day, hour and minute, written down apart from CLDR.
UNITS = {
    "en": (r"days?", r"hours?", r"minutes?"),
    "it": (r"giorn[oi]", r"or[ae]", r"minut[oi]"),
    "fr": (r"jours?", r"heures?", r"minutes?"),
    "de": (r"Tage?", r"Stunden?", r"Minuten?"),
    "es": (r"días?", r"horas?", r"minutos?"),
    "pt-BR": (r"dias?", r"horas?", r"minutos?"),
    "nl": (r"dag(?:en)?", r"uur", r"minu(?:ut|ten)"),
    "sv": (r"dygn", r"tim(?:me|mar)", r"minut(?:er)?"),
    "pl": (r"dzień|dni", r"godzin[ay]?", r"minut[ay]?"),
    "ja": ("日", "時間", "分"),
    "ko": ("일", "시간", "분"),
    "zh-Hans": ("天", "小时", "分钟"),
    "zh-Hant": ("天", "小時", "分鐘"),
    "ar": (r"يوم(?:ان|ًا)?|أيام", r"ساع(?:ة|تان|ات)", r"دقي(?:قة|قتان)|دقائق"),
}
DUALS = {"يومان", "ساعتان", "دقيقتان"}


def read_back(text: str, tag: str) -> int:
    """Return the minutes that a reader of *text* understands."""
    total = 0
    for words, size in zip(UNITS[tag], (1440, 60, 1), strict=True):
        found = list(re.finditer(rf"(?:(\d+)\s?)?(?<![^\W\dو])({words})(?!\w)", text))
        if tag in {"ja", "ko", "zh-Hans", "zh-Hant"}:
            found = list(re.finditer(rf"(\d+) ?({words})", text))
        for each in found:
            alone = 2 if each[2] in DUALS else 1
            total += size * (int(each[1]) if each[1] else alone)
    return total


@pytest.mark.parametrize("tag", WORDS)
@given(count=st.integers(0, 4320))
def test_a_duration_reads_back_as_the_minutes_it_was_made_from(tag, count):
    assert read_back(format_duration(minutes(count), tag), tag) == count


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (timedelta(seconds=90), "1 minute and 30 seconds"),
        (timedelta(days=1, hours=2, minutes=3), "1 day, 2 hours, and 3 minutes"),
    ],
    ids=["seconds", "three units"],
)
def test_no_unit_is_hidden(duration, text):
    assert format_duration(duration, "en") == text


@pytest.mark.parametrize(
    "duration", [timedelta(minutes=-1), timedelta(microseconds=1)], ids=str
)
def test_a_duration_that_cannot_be_said_exactly_is_refused(duration):
    with pytest.raises(ValueError, match="whole number of seconds"):
        format_duration(duration, "en")


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (30, 60, "30–60 minutes"),
        (60, 120, "1–2 hours"),
        (60, 90, "60–90 minutes"),
        (75, 120, "75–120 minutes"),
        (90, 180, "1 hour and 30 minutes to 3 hours"),
        (1440, 2880, "1–2 days"),
        (1200, 1500, "20–25 hours"),
        (60, 60, "about 1 hour"),
    ],
)
def test_a_range_has_one_unit_where_both_ends_have_it(low, high, text):
    assert format_estimate(estimate(low, high, Bound.RANGE), "en") == text


def test_a_language_without_words_of_ours_gets_signs_and_the_words_of_cldr():
    values = (
        estimate(10, 10, Bound.AT_MOST),
        estimate(120, 120, Bound.ABOUT),
        estimate(1440, 2880, Bound.RANGE),
        estimate(90, 150, Bound.RANGE),
    )

    assert [format_estimate(value, "cs") for value in values] == [
        "≤ 10 minut",
        "≈ 2 hodiny",
        "1–2 dny",
        "1 hodina a\xa030 minut – 2 hodiny a\xa030 minut",
    ]
