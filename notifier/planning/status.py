"""Where a wave stands for those who are to be told of it."""

from __future__ import annotations

from datetime import datetime

from notifier.model.schedule import PlannedWave, WaveStatus

_ANNOUNCED = (WaveStatus.TENTATIVE, WaveStatus.SCHEDULED, WaveStatus.IN_PROGRESS)


def is_open(wave: PlannedWave, now: datetime) -> bool:
    """Tell a wave that is still to come, or running, from one that is over."""
    return wave.status in _ANNOUNCED and wave.window.end > now
