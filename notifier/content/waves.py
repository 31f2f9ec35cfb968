"""The facts of one wave as a contact reads them: to be tested, or only printed."""

from __future__ import annotations

from collections.abc import Mapping

from notifier.content.shape import Shape
from notifier.content.wording import Wording
from notifier.language.durations import format_duration, format_estimate
from notifier.language.typography import isolate
from notifier.language.windows import WindowText, describe_window
from notifier.model.schedule import PlannedWave
from notifier.model.values import Window


def wave_shape(wave: PlannedWave, *, zone: str) -> Shape:
    """Return what templates may test about *wave*, seen in *zone*."""
    change = _describe(wave.window, zone=zone, tag="en").change
    return Shape(
        window=True,
        environment=wave.wave.environment,
        status=wave.status,
        estimate=wave.estimate is not None,
        clock="forward" if change.total_seconds() > 0 else "back" if change else "none",
        utc=_describe(wave.window, zone=zone, tag="en").is_utc,
        moved=wave.was is not None,
    )


def wave_values(wave: PlannedWave, wording: Wording, *, zone: str) -> Mapping[str, str]:
    """Return the values of the `wave.…` fields, in *zone* and the words of a locale.

    The values are plain text; whoever fills them in escapes them for the place. Names
    are isolated, so that their direction cannot disturb the sentence around them.
    """
    told = _describe(wave.window, zone=zone, tag=wording.tag)
    length = wave.window.end - wave.window.start
    was = _describe(wave.was, zone=zone, tag=wording.tag).text if wave.was else ""
    label = wave.wave.label
    name = wording.text(label) if label else wave.wave.id
    values = {
        "id": isolate(wave.wave.id, wording.lang),
        "label": isolate(name, wording.lang),
        "date": isolate(told.date, wording.lang),
        "window": told.text,
        "start": told.start,
        "end": told.end,
        "zone": told.zone,
        "utc": told.utc,
        "estimate": (
            format_estimate(wave.estimate, wording.tag) if wave.estimate else ""
        ),
        "length": format_duration(length, wording.tag),
        "clock_shift": (
            format_duration(abs(told.change), wording.tag) if told.change else ""
        ),
        "was": was,
        "revision": str(wave.wave.revision),
    }
    return {f"wave.{name}": value for name, value in values.items()}


def _describe(window: Window, *, zone: str, tag: str) -> WindowText:
    return describe_window(window.start, window.end, zone=zone, tag=tag)
