"""The public calendar, read back by a parser and looked at as bytes."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from schedule_samples import NOTICE, NOW, sample_plan

from notifier.errors import NotifierError, Problem
from notifier.model.notice import Change
from notifier.model.schedule import Plan
from notifier.notice import read_notice
from notifier.outputs.schedule_words import calendar_words
from notifier.outputs.waves_calendar import CalendarWords, EventWords, waves_ics
from notifier.planning import plan
from notifier.resources import resource_folder
from tests.validators.site_judges import calendar_events

PLAN = sample_plan()


def words(summary: str = "Aggiornamento", description: str = "Però") -> CalendarWords:
    said = EventWords(summary, description)
    waves = {planned.wave.id: said for planned in PLAN.waves}
    return CalendarWords("it", "Aggiornamenti", waves, "https://example.com/it?a=1&b=2")


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
            stamp,
            planned.window.start,
            planned.window.end,
            status,
        )
        for planned, stamp, status in zip(
            PLAN.waves,
            [
                PLAN.waves[0].notify_by,
                datetime(2024, 1, 25, tzinfo=UTC),
                *(planned.notify_by for planned in PLAN.waves[2:]),
            ],
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
        "URL": ("https://example.com/it?a=1&b=2", {}),
        "TRANSP": ("TRANSPARENT", {}),
        "ORGANIZER": (
            "mailto:operations@notices.example.com",
            {"CN": "Campaign Operations"},
        ),
    }
    assert str(calendar["X-WR-CALNAME"]) == str(calendar["NAME"]) == "Aggiornamenti"
    assert "METHOD" not in calendar


def test_who_subscribes_is_asked_to_look_again_twice_a_day() -> None:
    calendar = Calendar.from_ical(waves_ics(NOTICE, PLAN, words()))

    assert dict(calendar["REFRESH-INTERVAL"].params) == {"VALUE": "DURATION"}
    assert calendar.decoded("REFRESH-INTERVAL") == timedelta(hours=12)
    assert str(calendar["X-PUBLISHED-TTL"]) == "PT12H"


def test_with_a_site_an_event_leads_to_the_page_of_the_notice() -> None:
    publisher = replace(NOTICE.publisher, site="https://notices.example.com/")

    data = waves_ics(replace(NOTICE, publisher=publisher), PLAN, words())

    assert set(re.findall(rb"\nURL:(\S+)", data)) == {
        b"https://notices.example.com/it/email-infrastructure/"
    }


UPDATED, CHANGED = date(2024, 1, 25), date(2024, 1, 31)
NOTIFY_BY = datetime(2024, 2, 4, 21, tzinfo=UTC)
START = datetime(2024, 3, 5, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("updated", "changes", "notify_by", "stamp"),
    [
        (UPDATED, [CHANGED], NOTIFY_BY, datetime(2024, 1, 25, tzinfo=UTC)),
        (
            None,
            [CHANGED, date(2024, 1, 3)],
            NOTIFY_BY,
            datetime(2024, 1, 31, tzinfo=UTC),
        ),
        (None, [], NOTIFY_BY, NOTIFY_BY),
        (None, [], None, START),
    ],
    ids=["updated", "newest change", "end of the notice period", "start"],
)
def test_an_event_is_stamped_with_what_the_notice_says_and_not_by_a_clock(
    updated, changes, notify_by, stamp
) -> None:
    notice = replace(
        NOTICE, changes=tuple(Change(day, NOTICE.title) for day in changes)
    )
    planned = PLAN.waves[1]
    wave = replace(planned.wave, updated=updated)
    alone = (replace(planned, wave=wave, notify_by=notify_by),)

    made = {
        waves_ics(notice, replace(PLAN, waves=alone, now=now), words())
        for now in (NOW, NOW + timedelta(days=400))
    }

    (event,) = Calendar.from_ical(made.pop()).walk("VEVENT")
    assert made == set()
    assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED") == stamp


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


SAMPLE = resource_folder("examples") / "email-infrastructure"


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "it", "pl", "ja", "zh-Hant", "ar"])
def test_another_reader_finds_the_waves_of_the_sample(lang: str) -> None:
    notice, _ = read_notice(SAMPLE)
    planned, _ = plan(notice, now=NOW)
    said, _ = calendar_words(notice, planned, lang)

    found = calendar_events(waves_ics(notice, planned, said))

    assert found == [
        {
            "uid": f"{notice.id}.{each.wave.id}@notices.example.com",
            "sequence": str(each.wave.revision),
            "start": each.window.start.isoformat(),
            "end": each.window.end.isoformat(),
            "summary": said.waves[each.wave.id].summary,
            "description": said.waves[each.wave.id].description,
        }
        for each in planned.waves
    ]


@pytest.mark.slow
def test_the_other_reader_finds_faults() -> None:
    data = waves_ics(NOTICE, PLAN, words())

    with pytest.raises(subprocess.CalledProcessError):
        calendar_events(re.sub(rb"UID:.*\r\n", b"", data))
