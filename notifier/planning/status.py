"""Where a wave, and a notice as a whole, stands for those who are to be told of it."""

from __future__ import annotations

from datetime import date, datetime

from notifier.model.notice import Notice, NoticeStatus
from notifier.model.schedule import PhaseState, Plan, PlannedWave, WaveStatus
from notifier.zones import load_zone

_ANNOUNCED = (WaveStatus.TENTATIVE, WaveStatus.SCHEDULED, WaveStatus.IN_PROGRESS)


def is_open(wave: PlannedWave, now: datetime) -> bool:
    """Tell a wave that is still to come, or running, from one that is over."""
    return wave.status in _ANNOUNCED and wave.window.end > now


def notice_status(notice: Notice, plan: Plan) -> NoticeStatus:
    """Return where *notice* stands at the clock of *plan*.

    The author archives a notice; everything else follows from the states of the phases.
    """
    zone = load_zone(notice.schedule.timezone if notice.schedule else "UTC")
    if notice.archived and plan.now.astimezone(zone).date() >= notice.archived:
        return NoticeStatus.ARCHIVED
    states = {phase.state for phase in plan.phases}
    live = states - {PhaseState.CANCELLED}
    if states and not live:
        return NoticeStatus.CANCELLED
    if live == {PhaseState.COMPLETED}:
        return NoticeStatus.COMPLETED
    if live <= {PhaseState.PLANNED}:
        return NoticeStatus.PLANNED
    return NoticeStatus.STARTED


def last_updated(notice: Notice) -> date | None:
    """Return the last day on which the notice says that it was changed, if it does."""
    waves = notice.schedule.waves if notice.schedule else ()
    days = [change.date for change in notice.changes]
    days += [wave.updated for wave in waves if wave.updated]
    return max(days, default=None)
