"""What templates see of the phases: state, precision, and the date in its form."""

from __future__ import annotations

from dataclasses import dataclass

from notifier.content.views import environments_text
from notifier.content.wording import Wording
from notifier.language.dates import (
    format_day,
    format_partial,
    format_partial_range,
    month_in,
    month_of,
    quarter_in,
    quarter_of,
)
from notifier.model.notice import Notice
from notifier.model.schedule import PhaseState, Plan, PlannedPhase
from notifier.model.values import PartialDate, Precision


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase; *precision* is `unknown` where no date is told.

    *date* has the form that the sentence of its state needs; *period* is set where
    both ends are known; *by* tells that the date is the last one.
    """

    state: str
    precision: str
    date: str
    by: bool
    period: str
    environments: str
    label: str
    note: str


def view_phases(plan: Plan, notice: Notice, wording: Wording) -> tuple[PhaseView, ...]:
    """Return the phases in the words of one locale."""
    return tuple(_phase(planned, notice, wording) for planned in plan.phases)


def _phase(planned: PlannedPhase, notice: Notice, wording: Wording) -> PhaseView:
    phase = planned.phase
    done = planned.state is PhaseState.COMPLETED
    last = phase.by or phase.ends
    date = phase.ends if done else phase.starts or last
    by = not done and phase.starts is None and last is not None
    period = ""
    if phase.starts and phase.ends:
        period = format_partial_range(phase.starts, phase.ends, wording.tag)
    return PhaseView(
        state=planned.state.value,
        precision=date.precision.value if date else "unknown",
        date=_date_in_sentence(date, wording, by=by) if date else "",
        by=by,
        period=period,
        environments=environments_text(phase.environments, notice, wording),
        label=wording.any(phase.label),
        note=wording.any(phase.note),
    )


def _date_in_sentence(date: PartialDate, wording: Wording, *, by: bool) -> str:
    if date.precision is Precision.MONTH:
        form = month_of if by else month_in
        return form(date.first, wording.tag)
    if date.precision is Precision.QUARTER:
        in_sentence = quarter_of if by else quarter_in
        return in_sentence(date.first, wording.tag)
    if date.precision is Precision.WEEK:
        return format_day(date.first, wording.tag)
    return format_partial(date, wording.tag)
