"""Word the public schedule: the timeline and the calendar, in one locale."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from notifier.content.translations import (
    pick_locale,
    read_catalogs,
    translation_problems,
)
from notifier.content.views import environments_text
from notifier.content.wave_words import (
    WaveWords,
    schedule_title,
    status_name,
    wave_words,
)
from notifier.content.waves import wave_values
from notifier.content.wording import Wording, word
from notifier.errors import Problem, raise_errors
from notifier.language.dates import format_month, format_partial, format_partial_range
from notifier.model.notice import Notice
from notifier.model.schedule import (
    PhaseState,
    Plan,
    PlannedPhase,
    PlannedWave,
    WaveStatus,
)
from notifier.outputs.pages.timeline import RowWords, TimelineWords, timeline_months
from notifier.outputs.waves_calendar import CalendarWords, EventWords

T = TypeVar("T")
_STATUS = {
    PhaseState.PLANNED: WaveStatus.SCHEDULED,
    PhaseState.STARTING: WaveStatus.IN_PROGRESS,
    PhaseState.STARTED: WaveStatus.IN_PROGRESS,
    PhaseState.COMPLETED: WaveStatus.COMPLETED,
    PhaseState.CANCELLED: WaveStatus.CANCELLED,
}


def calendar_words(
    notice: Notice, plan: Plan, tag: str
) -> tuple[CalendarWords, tuple[Problem, ...]]:
    """Return the texts of the public calendar in the locale *tag*, and warnings.

    Raises:
        NotifierError: the notice is not made in that locale, or a translation is
            missing and the notice forbids that.
    """

    def told(wording: Wording) -> CalendarWords:
        words = {
            wave.wave.id: _in_own_zone(wave, notice, wording) for wave in plan.waves
        }
        return CalendarWords(
            wording.lang,
            schedule_title(notice, wording),
            {id: EventWords(w.summary, w.description) for id, w in words.items()},
        )

    return _worded(notice, tag, told)


def timeline_words(
    notice: Notice, plan: Plan, tag: str
) -> tuple[TimelineWords, tuple[Problem, ...]]:
    """Return the texts of the timeline in the locale *tag*, and warnings.

    Raises:
        NotifierError: the notice is not made in that locale, or a translation is
            missing and the notice forbids that.
    """

    def told(wording: Wording) -> TimelineWords:
        words = {
            wave.wave.id: _in_own_zone(wave, notice, wording) for wave in plan.waves
        }
        phases = tuple(_phase_row(phase, notice, wording) for phase in plan.phases)
        waves = {
            id: RowWords(w.label, f"{w.window} · {w.status}") for id, w in words.items()
        }
        return TimelineWords(
            locale=wording.lang,
            title=schedule_title(notice, wording),
            phases=phases,
            waves=waves,
            months={
                day: format_month(day, wording.tag) for day in timeline_months(plan)
            },
            rtl=wording.dir == "rtl",
        )

    return _worded(notice, tag, told)


def _in_own_zone(wave: PlannedWave, notice: Notice, wording: Wording) -> WaveWords:
    values = wave_values(wave, wording, zone=wave.window.timezone)
    return wave_words(wave, notice, wording, values=values)


def _phase_row(planned: PlannedPhase, notice: Notice, wording: Wording) -> RowWords:
    phase = planned.phase
    if phase.starts and phase.ends:
        date = format_partial_range(phase.starts, phase.ends, wording.tag)
    else:
        one = phase.starts or phase.by or phase.ends
        date = format_partial(one, wording.tag) if one else ""
    status = status_name(_STATUS[planned.state], wording)
    label = (
        wording.text(phase.label)
        if phase.label
        else environments_text(phase.environments, notice, wording)
    )
    return RowWords(label, " · ".join(filter(None, (date, status))))


def _worded(
    notice: Notice, tag: str, tell: Callable[[Wording], T]
) -> tuple[T, tuple[Problem, ...]]:
    """Return what *tell* makes of the words of a locale, and what they lack."""
    lang, formats = pick_locale(notice, tag)
    catalogs, damaged = read_catalogs(notice)
    raise_errors(damaged)
    wording = word(notice, catalogs(lang), formats)
    told = tell(wording)
    problems = (*damaged, *translation_problems({lang: wording.misses}, notice))
    raise_errors(problems)
    return told, problems
