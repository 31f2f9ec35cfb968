"""Name the rules of planning, and make their warnings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from notifier.errors import Place, Problem, Severity

RULES: Mapping[str, str] = MappingProxyType(
    {
        "notice/action-overdue": "the date by which customers must act has passed",
        "notice/change-in-the-future": "a change of the notice is dated later than now",
        "notice/reschedule-overdue": "the date until which windows move has passed",
        "waves/before-phase": "a wave starts before the dates of its phase",
        "waves/blackout": "a window touches a day on which no wave may run",
        "waves/completed-early": "a wave is completed though its window is not over",
        "waves/date-out-of-range": "a date lies outside the years that are planned",
        "waves/duplicate": "a thing is named twice that can stand only once",
        "waves/ends-before-starts": "a phase ends before it starts",
        "waves/environment-cycle": "environments wait for each other in a circle",
        "waves/environment-in-two-phases": "two phases claim the same environment",
        "waves/in-progress-outside-window": (
            "a wave is in progress before its window starts or after it ends"
        ),
        "waves/more": "problems beyond the first hundred are only counted",
        "waves/notice-period": "a wave starts before its notice period can be kept",
        "waves/offset-not-of-zone": "a time has an offset that its zone has not then",
        "waves/order": "an environment starts too early after the one before it",
        "waves/overdue": "a wave is not marked as done though its window is over",
        "waves/phase-without-date": "a phase has neither a date nor waves",
        "waves/planned-in-the-past": "a phase is called planned though its date passed",
        "waves/started-in-the-future": "a phase is called started before its date",
        "waves/time-does-not-exist": "a wall clock is skipped when clocks go forward",
        "waves/time-exists-twice": "a wall clock is repeated when clocks go back",
        "waves/environment": "an environment is declared nowhere",
        "waves/timezone": "a time zone is unknown to IANA",
        "waves/updated-in-the-future": "a wave was updated later than now",
        "waves/was-unchanged": "a revision replaces a window by the same one",
        "waves/was-without-revision": "a replaced window is given for revision 0",
        "waves/window-too-short": "the estimate of a wave is longer than its window",
    }
)


def warning(rule: str, message: str, *, place: Place | None, hint: str) -> Problem:
    """Return a problem that does not stop the command."""
    return Problem(rule, message, place, hint, Severity.WARNING)
