"""Where a notice as a whole stands, and when it was last changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from notifier.errors import Place
from notifier.model.notice import Change, Notice, NoticeStatus
from notifier.model.schedule import Phase, PhaseState, Plan, PlannedPhase, Schedule
from notifier.model.values import Text
from notifier.notice import read_notice
from notifier.planning.status import last_updated, notice_status
from notifier.resources import resource_folder

NOW = datetime(2024, 2, 1, tzinfo=UTC)
P, G, S, D, C = (
    PhaseState.PLANNED,
    PhaseState.STARTING,
    PhaseState.STARTED,
    PhaseState.COMPLETED,
    PhaseState.CANCELLED,
)


@pytest.fixture
def notice() -> Notice:
    notice, _ = read_notice(resource_folder("examples") / "email-infrastructure")
    return notice


@pytest.mark.parametrize(
    ("states", "status"),
    [
        ((), NoticeStatus.PLANNED),
        ((P, P), NoticeStatus.PLANNED),
        ((P, C), NoticeStatus.PLANNED),
        ((G, P), NoticeStatus.STARTED),
        ((D, P), NoticeStatus.STARTED),
        ((S, S), NoticeStatus.STARTED),
        ((D, D), NoticeStatus.COMPLETED),
        ((D, C), NoticeStatus.COMPLETED),
        ((C, C), NoticeStatus.CANCELLED),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "",
)
def test_a_notice_stands_where_its_phases_stand(notice, states, status):
    phases = tuple(PlannedPhase(Phase(("production",)), state) for state in states)

    assert notice_status(notice, Plan(NOW, phases)) is status


@pytest.mark.parametrize(
    ("now", "is_archived"),
    [
        (datetime(2024, 1, 31, 14, 59, tzinfo=UTC), False),
        (datetime(2024, 1, 31, 15, tzinfo=UTC), True),
    ],
    ids=["the evening before in its zone", "the first moment of the day"],
)
def test_a_notice_is_archived_from_that_day_in_the_zone_of_its_schedule(
    notice, now, is_archived
):
    archived = replace(
        notice, archived=date(2024, 2, 1), schedule=Schedule(timezone="Asia/Tokyo")
    )

    status = notice_status(archived, Plan(now))

    assert (status is NoticeStatus.ARCHIVED) is is_archived


def test_a_notice_was_last_updated_on_the_newest_of_its_days(notice):
    said = Text("Moved.", markdown=True, place=Place("notice.yaml"))
    changed = replace(notice, changes=(Change(date(2024, 1, 26), said),))

    assert last_updated(notice) == date(2024, 1, 25)
    assert last_updated(changed) == date(2024, 1, 26)
    assert last_updated(replace(notice, schedule=None)) is None
