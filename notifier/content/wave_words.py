"""What a public schedule says about a wave: in a calendar, on a timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from notifier.content.fragments import fragment_text
from notifier.content.views import environments_text
from notifier.content.wording import Wording
from notifier.language.dates import format_partial_range
from notifier.model.notice import Notice
from notifier.model.schedule import PhaseState, PlannedPhase, PlannedWave, WaveStatus

_AS_WAVE = {
    PhaseState.PLANNED: WaveStatus.SCHEDULED,
    PhaseState.STARTING: WaveStatus.IN_PROGRESS,
    PhaseState.STARTED: WaveStatus.IN_PROGRESS,
    PhaseState.COMPLETED: WaveStatus.COMPLETED,
    PhaseState.CANCELLED: WaveStatus.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class WaveWords:
    """The texts about one wave, all plain.

    *summary* is a line, *description* several; *window* tells both times.
    """

    label: str
    status: str
    window: str
    summary: str
    description: str


@dataclass(frozen=True, slots=True)
class PhaseWords:
    """The texts about one phase, all plain; *date* is empty where none is known."""

    label: str
    date: str
    status: str


def schedule_title(notice: Notice, wording: Wording) -> str:
    """Return the name of the whole schedule."""
    title = wording.text(notice.title)
    return wording.gettext("Schedule: %(title)s") % {"title": title}


def wave_words(
    wave: PlannedWave, notice: Notice, wording: Wording, *, values: Mapping[str, str]
) -> WaveWords:
    """Return the texts about *wave*; they name no customer and no instance.

    *values* are those of the `wave.…` fields, in the zone to be told.
    """
    title = wording.text(notice.title)
    name = {"title": title, "label": values["wave.label"]}
    lines = [values["wave.window"], values["wave.utc"]]
    if wave.estimate:
        estimate = {"estimate": values["wave.estimate"]}
        lines.append(wording.gettext("Estimated duration: %(estimate)s") % estimate)
    support = {"name": wording.text(notice.support.name), "url": wording.support_url}
    lines.append(wording.gettext("Support: %(name)s, %(url)s") % support)
    return WaveWords(
        label=values["wave.label"],
        status=status_name(wave.status, wording),
        window=values["wave.window"],
        summary=wording.gettext("%(title)s – %(label)s") % name,
        description="\n".join(dict.fromkeys(lines)),
    )


def status_name(status: WaveStatus, wording: Wording) -> str:
    """Return the word for the status of a wave."""
    names = {
        WaveStatus.TENTATIVE: wording.pgettext("wave status", "provisional"),
        WaveStatus.SCHEDULED: wording.pgettext("wave status", "scheduled"),
        WaveStatus.IN_PROGRESS: wording.pgettext("wave status", "in progress"),
        WaveStatus.COMPLETED: wording.pgettext("wave status", "completed"),
        WaveStatus.CANCELLED: wording.pgettext("wave status", "cancelled"),
    }
    return names[status]


def phase_words(planned: PlannedPhase, notice: Notice, wording: Wording) -> PhaseWords:
    """Return the texts about a phase."""
    phase = planned.phase
    first = phase.starts or phase.by or phase.ends
    last = phase.ends if phase.starts and phase.ends else first
    # A week is told by its days: its Monday alone would pass for the date.
    date = format_partial_range(first, last, wording.tag) if first and last else ""
    label = (
        wording.text(phase.label)
        if phase.label
        else fragment_text(
            environments_text(phase.environments, notice, wording), wording
        )
    )
    return PhaseWords(label, date, status_name(_AS_WAVE[planned.state], wording))
