from datetime import date, time

import pytest

from notifier.language import dates
from notifier.language.words import WORDS
from notifier.model.values import PartialDate, Precision


def partial(precision: Precision, year: int, month: int, day: int = 1) -> PartialDate:
    return PartialDate(precision, date(year, month, day), "")


def test_dates_read_right_in_every_language(golden):
    month, day = Precision.MONTH, Precision.DAY
    stretches = [
        (partial(month, 2023, 10), partial(month, 2024, 1)),
        (partial(month, 2023, 10), partial(month, 2023, 12)),
        (partial(month, 2023, 10), partial(month, 2023, 10)),
        (partial(day, 2024, 1, 5), partial(day, 2024, 1, 9)),
        (partial(day, 2024, 1, 28), partial(day, 2024, 2, 1)),
        (partial(day, 2023, 12, 28), partial(day, 2024, 1, 1)),
        (partial(Precision.QUARTER, 2024, 1), partial(month, 2024, 7)),
    ]
    lines = []
    for tag in (*WORDS, "en-GB", "fr-CA", "cs"):
        lines += [
            f"[{tag}]",
            dates.format_day(date(2026, 12, 5), tag),
            dates.format_weekday_day(date(2024, 1, 1), tag),
            dates.format_month(date(2023, 10, 1), tag),
            dates.month_in(date(2023, 10, 1), tag),
            dates.format_quarter(date(2024, 1, 1), tag),
            dates.quarter_in(date(2024, 1, 1), tag),
            dates.quarter_of(date(2024, 1, 1), tag),
            dates.format_clock(time(22, 5), tag),
            *(dates.format_partial_range(*ends, tag) for ends in stretches),
            dates.format_tick(date(2023, 9, 1), tag),
            dates.format_tick(date(2023, 9, 8), tag),
        ]

    golden("language/dates.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            PartialDate(Precision.MINUTE, date(2024, 2, 6), "", time(22, 0)),
            "6 febbraio 2024, 22:00",
        ),
        (partial(Precision.DAY, 2024, 2, 6), "6 febbraio 2024"),
        (partial(Precision.WEEK, 2024, 2, 5), "5 febbraio 2024"),
        (partial(Precision.MONTH, 2024, 2), "febbraio 2024"),
        (partial(Precision.QUARTER, 2024, 4), "2º trimestre 2024"),
    ],
    ids=lambda value: getattr(value, "precision", None),
)
def test_a_date_is_written_as_precisely_as_it_is_known(value, text):
    assert dates.format_partial(value, "it") == text


def test_a_stretch_of_weeks_ends_on_its_last_sunday():
    first = partial(Precision.WEEK, 2024, 2, 5)
    last = partial(Precision.WEEK, 2024, 2, 12)

    assert dates.format_partial_range(first, last, "en") == "February 5–18, 2024"
    assert dates.format_week(first, "en") == "February 5, 2024"


def test_equal_ends_of_any_precision_are_written_once():
    quarter = partial(Precision.QUARTER, 2024, 1)

    assert dates.format_partial_range(quarter, quarter, "en") == "1st quarter 2024"


def test_french_dates_do_not_break_at_the_end_of_a_line():
    assert dates.format_day(date(2022, 6, 15), "fr") == "15\xa0juin\xa02022"
    assert dates.format_weekday_day(date(2022, 6, 15), "fr") == (
        "mercredi 15\xa0juin\xa02022"
    )


def test_the_months_of_polish_are_declined_after_a_preposition():
    months = [dates.month_in(date(2024, month, 1), "pl") for month in (1, 9, 11)]

    assert months == ["w styczniu 2024", "we wrześniu 2024", "w listopadzie 2024"]
