"""Estimate how long a wave takes."""

from __future__ import annotations

from datetime import timedelta

from notifier.model.schedule import DurationModel, Wave
from notifier.model.values import Bound, Estimate


def estimate(model: DurationModel, instances: int) -> Estimate | None:
    """Return how long *instances* take; None when there are none.

    The low end is what the model says, the high end adds its spread; both are rounded
    up. *parallel* and *round_to* of the model are above zero.
    """
    if instances < 1:
        return None
    rounds = -(-instances // model.parallel)
    expected = model.setup + rounds * model.per_instance
    low = _round_up(expected, model.round_to)
    high = _round_up(expected * (1 + model.spread), model.round_to)
    return Estimate(low, high, Bound.ABOUT if low == high else Bound.RANGE)


def wave_estimate(
    wave: Wave, model: DurationModel | None, instances: int | None
) -> Estimate | None:
    """Return the wave's own duration, or what *model* says, or None."""
    if wave.duration is not None:
        return wave.duration
    if model is None or instances is None:
        return None
    return estimate(model, instances)


def _round_up(duration: timedelta, step: timedelta) -> timedelta:
    return -(-duration // step) * step
