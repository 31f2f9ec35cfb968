"""Judge each wave against its estimate, the clock, blackouts and notice periods."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import accumulate

from notifier.errors import Problem
from notifier.model.notice import Notice
from notifier.model.schedule import Blackout, PlannedWave, Wave, WaveStatus
from notifier.model.values import PartialDate
from notifier.planning.phases import in_range, is_over
from notifier.planning.rules import warning
from notifier.planning.wording import amount, count, moment
from notifier.zones import load_zone

_COMING = (WaveStatus.TENTATIVE, WaveStatus.SCHEDULED)
_LIVE = (*_COMING, WaveStatus.IN_PROGRESS)


def duplicate_problems(waves: Iterable[Wave]) -> Iterator[Problem]:
    """Yield a problem for each wave whose id an earlier one has."""
    seen: set[str] = set()
    for wave in waves:
        if wave.id in seen:
            message = f"wave {wave.id!r} is there twice"
            hint = "give one of them another id"
            yield Problem("waves/duplicate", message, wave.place, hint)
        seen.add(wave.id)


def blackout_problems(
    waves: Iterable[PlannedWave], blackouts: Iterable[Blackout]
) -> Iterator[Problem]:
    """Yield a problem for each wave that runs in a blackout; it names one of them."""
    in_order = sorted(blackouts, key=lambda blackout: blackout.first)
    begins = [blackout.first for blackout in in_order]
    # For each day, the blackout that lasts longest of those begun: it decides.
    longest = list(accumulate(in_order, _longer))
    for planned in waves:
        first, last = _days(planned)
        begun = bisect_right(begins, last)
        if begun and planned.status in _LIVE and longest[begun - 1].last >= first:
            yield _blacked_out(planned, longest[begun - 1])


def _longer(one: Blackout, other: Blackout) -> Blackout:
    return one if one.last >= other.last else other


def wave_problems(planned: PlannedWave, *, now: datetime) -> Iterator[Problem]:
    """Yield what is wrong with one wave at *now*, by itself."""
    if planned.status in _LIVE:
        yield from _too_short(planned)
    yield from _status_problems(planned, now)


def revision_problems(planned: PlannedWave, *, today: datetime) -> Iterator[Problem]:
    """Yield what is wrong with the revision of a wave on *today*, a local clock."""
    wave = planned.wave
    if planned.was == planned.window:
        message = f"'was' of {wave.id!r} is the window it has now"
        hint = "write the window that was announced before, or leave out 'was'"
        yield warning("waves/was-unchanged", message, place=wave.place, hint=hint)
    if planned.was is not None and wave.revision == 0:
        message = f"wave {wave.id!r} was moved, but is still revision 0"
        hint = "raise 'revision' with each change of time or status"
        rule = "waves/was-without-revision"
        yield warning(rule, message, place=wave.place, hint=hint)
    if wave.updated is not None and wave.updated > today.date():
        message = f"wave {wave.id!r} was updated on {wave.updated}, which is to come"
        hint = f"write a day up to {today.date()}"
        rule = "waves/updated-in-the-future"
        yield warning(rule, message, place=wave.place, hint=hint)


def notice_period_problems(
    planned: PlannedWave, period: timedelta | None, *, now: datetime
) -> Iterator[Problem]:
    """Yield a warning if *period* can no longer be kept for a wave still to come."""
    start, wave = planned.window.start, planned.wave
    if period is None or planned.status not in _COMING:
        return
    if not timedelta() < start - now < period:
        return
    zone = planned.window.timezone
    told = (
        "" if planned.customers is None else f", {count(planned.customers, 'customer')}"
    )
    message = (
        f"wave {wave.id!r} starts {moment(start, zone)}, but the notice of "
        f"{amount(period)} ended {moment(start - period, zone)}{told}"
    )
    hint = f"start it {moment(now + period, zone)} or later, unless they know already"
    yield warning("waves/notice-period", message, place=wave.place, hint=hint)


def deadline_problems(notice: Notice, *, today: datetime) -> Iterator[Problem]:
    """Yield a warning for each date in the duties of customers that has passed."""
    action, until = notice.duties.action, notice.duties.reschedule.until
    by = None if action is None else action.by
    dates: tuple[tuple[str, str, PartialDate | None], ...] = (
        ("notice/action-overdue", "customer.action.by", by),
        ("notice/reschedule-overdue", "customer.reschedule.until", until),
    )
    for rule, key, when in dates:
        if when is not None and in_range(when) and is_over(when, today):
            message = f"'{key}' is {when.written[:80]!r}, which has passed"
            place = (notice.places or {}).get(key)
            yield warning(rule, message, place=place, hint="move the date")


def change_problems(notice: Notice, *, today: datetime) -> Iterator[Problem]:
    """Yield a warning for each change of the notice that is dated after *today*."""
    for number, change in enumerate(notice.changes):
        if change.date > today.date():
            message = f"a change of the notice on {change.date}, which is to come"
            place = (notice.places or {}).get(f"changes.{number}.date")
            hint = f"write a day up to {today.date()}"
            rule = "notice/change-in-the-future"
            yield warning(rule, message, place=place, hint=hint)


def _too_short(planned: PlannedWave) -> Iterator[Problem]:
    length = planned.window.end - planned.window.start
    if planned.estimate is not None and planned.estimate.high > length:
        message = (
            f"wave {planned.wave.id!r} may take {amount(planned.estimate.high)}, "
            f"its window lasts {amount(length)}"
        )
        hint = "make the window longer, or move instances to another wave"
        yield Problem("waves/window-too-short", message, planned.wave.place, hint)


def _days(planned: PlannedWave) -> tuple[date, date]:
    there = load_zone(planned.window.timezone)
    first = planned.window.start.astimezone(there).date()
    return first, (planned.window.end - timedelta.resolution).astimezone(there).date()


def _blacked_out(planned: PlannedWave, blackout: Blackout) -> Problem:
    why = f" ({blackout.reason.source[:80]!r})" if blackout.reason else ""
    message = (
        f"wave {planned.wave.id!r} runs in the blackout from {blackout.first} "
        f"to {blackout.last}{why}"
    )
    hint = "move the wave before or after these days"
    return Problem("waves/blackout", message, planned.wave.place, hint)


def _status_problems(planned: PlannedWave, now: datetime) -> Iterator[Problem]:
    wave, zone = planned.wave, planned.window.timezone
    begins, over = now >= planned.window.start, now >= planned.window.end
    ends = f"its window ends {moment(planned.window.end, zone)}"
    if over and planned.status in _COMING:
        message = f"wave {wave.id!r} is still {planned.status.value!r}, but {ends}"
        hint = "write 'completed' or 'cancelled', or move it and raise 'revision'"
        yield warning("waves/overdue", message, place=wave.place, hint=hint)
    if not over and planned.status is WaveStatus.COMPLETED:
        message = f"wave {wave.id!r} is called 'completed', but {ends}"
        hint = "write 'in-progress' until it is done"
        yield warning("waves/completed-early", message, place=wave.place, hint=hint)
    if planned.status is WaveStatus.IN_PROGRESS and (over or not begins):
        starts = f"starts {moment(planned.window.start, zone)}"
        message = (
            f"wave {wave.id!r} is called 'in-progress', but {ends if over else starts}"
        )
        hint = "write 'completed' if it is done, or make the window longer"
        hint = hint if over else "write 'scheduled' until it starts"
        rule = "waves/in-progress-outside-window"
        yield warning(rule, message, place=wave.place, hint=hint)
