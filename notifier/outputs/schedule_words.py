"""Word the public schedule: the timeline and the calendar, in one locale."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from notifier.content.translations import (
    pick_locale,
    read_catalogs,
    translation_problems,
)
from notifier.content.wave_words import (
    WaveWords,
    phase_words,
    schedule_title,
    wave_words,
)
from notifier.content.waves import wave_values
from notifier.content.wording import Wording, word
from notifier.errors import Problem, raise_errors
from notifier.language.dates import format_tick
from notifier.model.notice import Notice
from notifier.model.schedule import (
    Plan,
    PlannedPhase,
    PlannedWave,
)
from notifier.outputs.pages.time_axis import timeline_ticks
from notifier.outputs.pages.timeline import RowWords, TimelineWords
from notifier.outputs.waves_calendar import CalendarWords, EventWords

T = TypeVar("T")


def calendar_words(
    notice: Notice, plan: Plan, tag: str
) -> tuple[CalendarWords, tuple[Problem, ...]]:
    """Return the texts of the public calendar in the locale *tag*, and warnings.

    Raises:
        NotifierError: the notice is not made in that locale, or a translation is
            missing and the notice forbids that.
    """
    return _worded(
        notice, tag, lambda words: public_calendar_words(notice, plan, words)
    )


def public_calendar_words(
    notice: Notice, plan: Plan, wording: Wording
) -> CalendarWords:
    """Return the texts of the public calendar in the words of *wording*."""
    words = {wave.wave.id: _in_own_zone(wave, notice, wording) for wave in plan.waves}
    return CalendarWords(
        wording.lang,
        schedule_title(notice, wording),
        {id: EventWords(w.summary, w.description) for id, w in words.items()},
        wording.support_url,
    )


def timeline_words(
    notice: Notice, plan: Plan, tag: str
) -> tuple[TimelineWords, tuple[Problem, ...]]:
    """Return the texts of the timeline in the locale *tag*, and warnings.

    Raises:
        NotifierError: the notice is not made in that locale, or a translation is
            missing and the notice forbids that.
    """
    return _worded(
        notice, tag, lambda words: public_timeline_words(notice, plan, words)
    )


def public_timeline_words(
    notice: Notice, plan: Plan, wording: Wording
) -> TimelineWords:
    """Return the texts of the timeline in the words of *wording*."""
    words = {wave.wave.id: _in_own_zone(wave, notice, wording) for wave in plan.waves}
    waves = {id: RowWords(w.label, w.window, w.status) for id, w in words.items()}
    return TimelineWords(
        locale=wording.lang,
        title=schedule_title(notice, wording),
        phases=tuple(_phase_row(phase, notice, wording) for phase in plan.phases),
        waves=waves,
        ticks={day: format_tick(day, wording.tag) for day in timeline_ticks(plan)},
        rtl=wording.dir == "rtl",
    )


def _in_own_zone(wave: PlannedWave, notice: Notice, wording: Wording) -> WaveWords:
    values = wave_values(wave, wording, zone=wave.window.timezone)
    return wave_words(wave, notice, wording, values=values)


def _phase_row(planned: PlannedPhase, notice: Notice, wording: Wording) -> RowWords:
    said = phase_words(planned, notice, wording)
    label = said.label[:1].upper() + said.label[1:]
    return RowWords(label, said.date, said.status)


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
