"""The changes of a notice as the public reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from notifier.errors import NotifierError
from notifier.model.schedule import LocalTime, WaveStatus
from notifier.outputs.pages.changes import PublishedChange, published_changes
from tests.outputs.pages.publications import change, publication, with_waves
from tests.outputs.schedule_samples import NOTICE, WAVES, wave

NIGHT = replace(
    wave("production-7", "2024-03-05T22:00", "Europe/Rome", 4, "Europe, night 7"),
    revision=2,
    updated=date(2024, 1, 25),
)
WHEN = (
    "Tuesday, March 5, 2024, 10:00\xa0PM – Wednesday, March 6, 2024, 2:00\xa0AM"
    " (Rome time, UTC+01:00)"
)
IN_UTC = "• In UTC: March 5, 2024, 9:00\xa0PM – March 6, 2024, 1:00\xa0AM UTC"


def told(*waves, **others) -> tuple[PublishedChange, ...]:
    return published_changes(publication(replace(with_waves(*waves), **others)), "en")


@pytest.mark.parametrize(
    ("revised", "lines"),
    [
        pytest.param(
            {"was_start": LocalTime(datetime.fromisoformat("2024-03-04T22:00"))},
            [
                "The time has changed. It was previously scheduled for: Monday, March"
                " 4, 2024, 10:00\xa0PM – Tuesday, March 5, 2024, 2:00\xa0AM (Rome time,"
                " UTC+01:00).",
                "",
                f"• When: {WHEN}",
                IN_UTC,
            ],
            id="moved",
        ),
        pytest.param(
            {"status": WaveStatus.CANCELLED},
            [f"The work has been cancelled. It was previously scheduled for: {WHEN}."],
            id="cancelled",
        ),
        pytest.param(
            {"status": WaveStatus.TENTATIVE},
            [f"• When (provisional): {WHEN}", IN_UTC, "• Status: provisional"],
            id="tentative",
        ),
        pytest.param(
            {"status": WaveStatus.COMPLETED},
            [f"• When: {WHEN}", IN_UTC, "• Status: completed"],
            id="completed",
        ),
        pytest.param(
            {"timezone": "UTC"},
            [
                "• When: Tuesday, March 5, 2024, 10:00\xa0PM – Wednesday, March 6,"
                " 2024, 2:00\xa0AM UTC",
                "• Status: scheduled",
            ],
            id="in UTC",
        ),
    ],
)
def test_a_revised_wave_tells_its_time_and_what_it_was(revised, lines) -> None:
    (only,) = told(replace(NIGHT, **revised))

    assert (only.id, only.date, only.title) == (
        "wave.production-7.2",
        date(2024, 1, 25),
        "Europe, night 7",
    )
    assert only.text.splitlines() == lines


def test_a_wave_that_does_not_say_when_it_was_revised_is_no_change() -> None:
    assert told(replace(NIGHT, updated=None)) == ()


def test_changes_stand_newest_first_and_keep_their_ids_when_more_are_added() -> None:
    changes = (
        change("2024-01-25", "a"),
        change("2024-01-31", "b"),
        change("2024-01-25", "c"),
    )

    before = [each.id for each in told(NIGHT, changes=changes[:2])]
    after = [(each.id, each.text) for each in told(NIGHT, changes=changes)][:3]

    assert before == [
        "change.2024-01-31.1",
        "change.2024-01-25.1",
        "wave.production-7.2",
    ]
    assert after == [
        ("change.2024-01-31.1", "b"),
        ("change.2024-01-25.2", "c"),
        ("change.2024-01-25.1", "a"),
    ]


def test_a_text_is_shown_as_html_and_plain_without_links_within_the_page() -> None:
    text = "We moved **one** [night](#timeline); see [help](https://example.com/?a&b)."

    (only,) = told(changes=(change("2024-01-25", text),))

    assert only == PublishedChange(
        "change.2024-01-25.1",
        date(2024, 1, 25),
        "January 25, 2024",
        "<p>We moved <strong>one</strong> <span>night</span>; see"
        ' <a href="https://example.com/?a&amp;b">help</a>.</p>\n',
        "We moved one night; see help <https://example.com/?a&b>.",
    )


def test_a_change_names_no_customer_and_no_instance() -> None:
    schedule = NOTICE.schedule
    revised = [replace(each, updated=date(2024, 1, 25)) for each in WAVES]
    notice = replace(NOTICE, schedule=replace(schedule, waves=tuple(revised)))

    changes = published_changes(publication(notice), "en")

    assert len(changes) == len(WAVES)
    assert not [each for each in changes if "secret" in str(each)]
    assert not [each for each in changes if "acme" in str(each)]


def test_a_text_that_is_too_nested_is_a_problem_at_its_place() -> None:
    with pytest.raises(NotifierError) as raised:
        told(changes=(change("2024-01-25", "[" * 5000),))

    assert [(each.rule, str(each.place)) for each in raised.value.problems] == [
        ("text/too-complex", "waves.yaml:1")
    ]
