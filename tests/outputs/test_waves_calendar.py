"""The public calendar, read back by a parser and looked at as bytes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from schedule_samples import NOTICE, NOW, sample_plan

from notifier.errors import NotifierError, Problem
from notifier.model.schedule import Plan
from notifier.outputs.waves_calendar import CalendarWords, EventWords, waves_ics

PLAN = sample_plan()


def words(summary: str = "Aggiornamento", description: str = "Però") -> CalendarWords:
    said = EventWords(summary, description)
    waves = {planned.wave.id: said for planned in PLAN.waves}
    return CalendarWords("it", "Aggiornamenti", waves)


def test_each_wave_is_one_event() -> None:
    events = Calendar.from_ical(waves_ics(NOTICE, PLAN, words())).walk("VEVENT")

    assert [
        (
            str(event["UID"]),
            event["SEQUENCE"],
            event.decoded("DTSTAMP"),
            event.decoded("DTSTART"),
            event.decoded("DTEND"),
            str(event["STATUS"]),
        )
        for event in events
    ] == [
        (
            f"email-infrastructure.{planned.wave.id}@notices.example.com",
            planned.wave.revision,
            NOW,
            planned.window.start,
            planned.window.end,
            status,
        )
        for planned, status in zip(
            PLAN.waves,
            ["CONFIRMED", "CONFIRMED", "CANCELLED", "TENTATIVE", "CONFIRMED"],
            strict=True,
        )
    ]


def test_an_event_carries_its_words_and_links() -> None:
    calendar = Calendar.from_ical(waves_ics(NOTICE, PLAN, words()))
    event = calendar.walk("VEVENT")[0]

    assert {
        name: (str(event[name]), dict(event[name].params))
        for name in ("SUMMARY", "DESCRIPTION", "URL", "TRANSP", "ORGANIZER")
    } == {
        "SUMMARY": ("Aggiornamento", {"LANGUAGE": "it"}),
        "DESCRIPTION": ("Però", {"LANGUAGE": "it"}),
        "URL": ("https://example.com/?a=1&b=2#support", {}),
        "TRANSP": ("TRANSPARENT", {}),
        "ORGANIZER": (
            "mailto:operations@notices.example.com",
            {"CN": "Campaign Operations"},
        ),
    }
    assert str(calendar["X-WR-CALNAME"]) == "Aggiornamenti"
    assert "METHOD" not in calendar


def test_a_stamp_may_replace_the_clock() -> None:
    stamp = datetime(2024, 1, 25, tzinfo=UTC)

    data = waves_ics(NOTICE, PLAN, words(), stamp=stamp)

    assert set(re.findall(rb"DTSTAMP:(\S+)", data)) == {b"20240125T000000Z"}


@settings(deadline=None, max_examples=60)
@given(
    said=st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")))
        | st.sampled_from(["\n", ",", ";", "\\", '"', "però", "日本語", "👩‍💻"]),
        min_size=1,
    ).map("".join)
)
def test_words_come_back_whole_from_lines_of_75_octets(said: str) -> None:
    data = waves_ics(NOTICE, PLAN, words(said, said * 3))

    event = Calendar.from_ical(data).walk("VEVENT")[0]
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == (said, said * 3)
    lines = data.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert all(line.decode("utf-8") is not None for line in lines)


def test_the_same_plan_makes_the_same_bytes() -> None:
    assert waves_ics(NOTICE, PLAN, words()) == waves_ics(NOTICE, PLAN, words())


def test_no_customer_or_instance_is_named() -> None:
    data = waves_ics(NOTICE, PLAN, words())
    assert not re.search(rb"secret|acme", data)


def test_what_is_missing_is_told_at_once() -> None:
    notice = replace(NOTICE, publisher=replace(NOTICE.publisher, domain=None))

    with pytest.raises(NotifierError) as caught:
        waves_ics(notice, Plan(NOW), words())

    assert caught.value.problems == (
        Problem(
            "calendar/no-domain",
            "the publisher has no domain, which the calendar's UIDs need",
            None,
            "add 'domain' to 'publisher', such as 'domain: notices.example.com'",
        ),
        Problem(
            "calendar/no-waves",
            "there is no wave to put into the calendar",
            None,
            "add waves to waves.yaml",
        ),
    )
