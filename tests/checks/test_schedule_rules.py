"""Each rule of the schedule, and each doubt about a notice, is told at its place."""

from __future__ import annotations

import pytest
from breaches import Breach, add, break_folder, told_of, write

pytestmark = pytest.mark.slow  # together they take seconds

NOTICE = "notice.yaml"
WAVES = "waves.yaml"
# What may stand so, but is hardly meant so.
DOUBTS = Breach(
    (
        (NOTICE, "name: Adobe\n", "name: Adobe «yaml/comment»#1\n"),
        (NOTICE, "reason: >-", "reason: «notice/braces»>-\n  {dat:2024-02-06}"),
        (NOTICE, "What the up", "«notice/plain-text»What the **up**"),
        (
            NOTICE,
            "action: none",
            "action: {text: x, «notice/action-overdue»by: 2024-01}",
        ),
        (
            NOTICE,
            "allowed: no",
            "allowed: no\n    «notice/reschedule-overdue»until: 2024-01-31",
        ),
        (
            NOTICE,
            "  faq_style: list",
            "  «notice/unused»components: [a]\n  faq_style: list",
        ),
        (
            NOTICE,
            "faq: [mandatory, audience, downtime, action",
            "changes: [{«notice/change-in-the-future»date: 2024-02-02, text: x}]\n"
            "faq: [mandatory, audience, downtime, action",
        ),
        (WAVES, "label: Pilot", "label: «waves/plain-text»'`Pilot`' # "),
        (
            WAVES,
            "starts: 2024-01}",
            "starts: 2024-01, note: «waves/braces»'{Date:2024-01}'}",
        ),
    ),
)
# All that goes by the clock, on 2024-02-01, and by the other waves.
WINDOWS = write(
    WAVES,
    """\
timezone: Europe/Rome
environments: [development, {id: staging, after: development}, production]
blackouts: [{from: 2024-04-01, to: 2024-04-02}]
phases:
  - {environments: [production], starts: 2024-02-15}
waves:
  - id: development-1
    environment: development
    start: 2024-03-04T10:00
    window: 2 hours
  - «waves/order»id: too-early-for-staging
    environment: staging
    start: 2024-03-03T10:00
    window: 2 hours
  - «waves/blackout»id: in-a-blackout
    environment: production
    start: 2024-04-01T22:00
    window: 2 hours
  - «waves/overdue»id: forgotten
    environment: development
    start: 2024-01-30T10:00
    window: 2 hours
  - «waves/before-phase»«waves/notice-period»id: before-its-phase
    environment: production
    start: 2024-02-14T22:00
    window: 2 hours
  - «waves/notice-period»id: too-soon
    environment: production
    start: 2024-02-20T22:00
    window: 2 hours
  - «waves/completed-early»id: not-over
    environment: production
    start: 2024-03-05T22:00
    window: 2 hours
    status: completed
  - «waves/in-progress-outside-window»id: not-begun
    environment: production
    start: 2024-03-06T22:00
    window: 2 hours
    status: in-progress
  - «waves/updated-in-the-future»id: updated-tomorrow
    environment: production
    start: 2024-03-07T22:00
    window: 2 hours
    updated: 2024-02-02
  - «waves/was-unchanged»id: unmoved
    environment: production
    start: 2024-03-08T22:00
    window: 2 hours
    revision: 1
    was: {window: 2 hours}
  - «waves/was-without-revision»id: moved-in-silence
    environment: production
    start: 2024-03-09T22:00
    window: 2 hours
    was: {start: 2024-03-08T22:00}
  - «waves/window-too-short»id: too-long
    environment: production
    start: 2024-03-10T22:00
    window: 2 hours
    duration: 3 hours
  - id: twice
    environment: production
    start: 2024-03-11T22:00
    window: 2 hours
  - «waves/duplicate»id: twice
    environment: production
    start: 2024-03-12T22:00
    window: 2 hours
  - id: skipped
    environment: production
    start: «waves/time-does-not-exist»2024-03-31T02:30
    window: 2 hours
  - id: repeated
    environment: production
    start: «waves/time-exists-twice»2024-10-27T02:30
    window: 2 hours
  - id: elsewhere
    environment: production
    start: «waves/offset-not-of-zone»2024-03-13T22:00+05:00
    window: 2 hours
""",
)
PHASES = write(
    WAVES,
    """\
environments: [development, staging, production, lab, qa]
phases:
  - {environments: [development], starts: 2024-02}
  - «waves/environment-in-two-phases»{environments: [development], starts: 2024-03}
  - «waves/ends-before-starts»{environments: [staging], starts: 2024-03, ends: 2024-02}
  - «waves/phase-without-date»{environments: [production]}
  - «waves/planned-in-the-past»{environments: [lab], starts: 2024-01, status: planned}
  - «waves/started-in-the-future»{environments: [qa], starts: 2024-03, status: started}
""",
)
LINKS = write(
    WAVES,
    """\
environments:
  - «waves/environment-cycle»{id: development, after: staging}
  - «waves/environment-cycle»{id: staging, after: development}
  - «waves/environment»{id: production, after: canary}
phases: [{environments: [production], starts: 2024-03}]
""",
)
_CALLED_OFF = """\
  - {mark}id: w{number}
    environment: production
    start: 2024-03-05T22:00
    window: 2 hours
    status: cancelled
    was: {{start: 2024-03-04T22:00}}
"""
MANY = write(
    WAVES,
    "waves:\n"
    + "".join(
        _CALLED_OFF.format(
            number=number, mark="«waves/was-without-revision»" * (number < 100)
        )
        for number in range(101)
    ),
    told=(("waves/more", WAVES),),
)
FOLDERS = {
    "doubts": DOUBTS,
    "windows": WINDOWS,
    "phases": PHASES,
    "environments": LINKS,
    "many": MANY,
}
IDLE_WAVE = add(
    WAVES,
    """\
  - «waves/no-instances»id: production-5
    environment: production
    start: 2024-03-16T22:00
    window: 2 hours
""",
)


@pytest.mark.parametrize("name", FOLDERS)
def test_all_that_is_wrong_with_a_schedule_is_told_at_once(name, lean):
    expected = break_folder(lean, FOLDERS[name])

    assert told_of(lean, FOLDERS[name]) == expected


def test_a_wave_without_instances_is_told(folder):
    expected = break_folder(folder, IDLE_WAVE)

    assert told_of(folder, IDLE_WAVE) == expected
