"""What the last revision of a wave changed, as anybody may read it."""

from __future__ import annotations

from collections.abc import Iterator

from notifier.content.dialect import escape_plain
from notifier.content.wave_words import status_name
from notifier.content.waves import wave_shape, wave_values
from notifier.content.wording import Wording
from notifier.model.schedule import PlannedWave, WaveStatus


def wave_change(wave: PlannedWave, wording: Wording) -> str:
    """Return Markdown that tells the last revision of *wave*, in the wave's zone.

    It names no customer and no instance.
    """
    told = wave_values(wave, wording, zone=wave.window.timezone)
    values = {name: escape_plain(value) for name, value in told.items()}
    if wave.status is WaveStatus.CANCELLED:
        # TRANSLATORS: was: two dates with times
        cancelled = wording.gettext(
            "The work has been cancelled. It was previously scheduled for: %(was)s."
        )
        return cancelled % {"was": values["wave.window"]}
    facts = _facts(wave, wording, values)
    listed = "\n".join(f"* {fact}" for fact in facts)
    if wave.was is None:
        return listed
    moved = wording.gettext(
        "The time has changed. It was previously scheduled for: %(was)s."
    )
    return f"{moved % {'was': values['wave.was']}}\n\n{listed}"


def _facts(
    wave: PlannedWave, wording: Wording, values: dict[str, str]
) -> Iterator[str]:
    window = {"window": values["wave.window"]}
    if wave.status is WaveStatus.TENTATIVE:
        yield wording.gettext("**When (provisional):** %(window)s") % window
    else:
        yield wording.gettext("**When:** %(window)s") % window
    if not wave_shape(wave, zone=wave.window.timezone).utc:
        yield wording.gettext("**In UTC:** %(utc)s") % {"utc": values["wave.utc"]}
    if wave.estimate:
        estimate = {"estimate": values["wave.estimate"]}
        yield wording.gettext("**Estimated duration:** %(estimate)s") % estimate
    if wave.was is None:
        status = {"status": escape_plain(status_name(wave.status, wording))}
        yield wording.gettext("**Status:** %(status)s") % status
