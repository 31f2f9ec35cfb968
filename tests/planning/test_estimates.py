"""The duration model, against a simulator that does the work minute by minute."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from schedules import NOW, instances, notice, wave

from notifier.model.schedule import DurationModel, Schedule
from notifier.model.values import Bound, Estimate
from notifier.planning import estimate, plan


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def model(**others: object) -> DurationModel:
    facts: dict[str, object] = {
        "setup": minutes(20),
        "per_instance": minutes(6),
        "parallel": 4,
        "spread": 0.25,
        "round_to": minutes(15),
    }
    return DurationModel(**{**facts, **others})  # type: ignore[arg-type]  # by name


def simulated(setup: int, each: int, *, workers: int, number: int) -> int:
    """Return the minute at which the last of *number* instances is done."""
    free_at = [setup] * workers
    for _ in range(number):
        first = free_at.index(min(free_at))
        free_at[first] += each
    return max(free_at)


def next_step(value: Fraction, step: int) -> int:
    reached = 0
    while reached < value:
        reached += step
    return reached


@settings(deadline=None, max_examples=200)
@given(
    setup=st.integers(0, 90),
    each=st.integers(1, 40),
    workers=st.integers(1, 9),
    number=st.integers(1, 80),
    percent=st.integers(0, 100),
    step=st.integers(1, 60),
)
def test_an_estimate_is_what_a_simulator_of_the_work_measures(
    setup: int, each: int, workers: int, number: int, percent: int, step: int
) -> None:
    facts = model(
        setup=minutes(setup),
        per_instance=minutes(each),
        parallel=workers,
        spread=percent / 100,
        round_to=minutes(step),
    )

    found = estimate(facts, number)

    work = simulated(setup, each, workers=workers, number=number)
    low = minutes(next_step(Fraction(work), step))
    high = minutes(next_step(Fraction(work * (100 + percent), 100), step))
    bound = Bound.ABOUT if low == high else Bound.RANGE
    assert found == Estimate(low, high, bound)


@pytest.mark.parametrize(
    ("number", "low", "high"),
    [(1, 30, 45), (4, 30, 45), (5, 45, 45), (18, 60, 75), (1000, 1530, 1905)],
    ids=["one", "a full round", "one over", "eighteen", "a thousand"],
)
def test_the_sample_model_says(number: int, low: int, high: int) -> None:
    bound = Bound.ABOUT if low == high else Bound.RANGE
    assert estimate(model(), number) == Estimate(minutes(low), minutes(high), bound)


def test_no_instances_take_no_known_time() -> None:
    assert estimate(model(), 0) is None


EXPLICIT = Estimate(minutes(30), minutes(60), Bound.RANGE)


@pytest.mark.parametrize(
    ("own", "known", "facts", "expected"),
    [
        (EXPLICIT, instances("production-1", 4), model(), EXPLICIT),
        (EXPLICIT, None, None, EXPLICIT),
        (
            None,
            instances("production-1", 4),
            model(),
            Estimate(minutes(30), minutes(45), Bound.RANGE),
        ),
        (None, [], model(), None),
        (None, None, model(), None),
        (None, instances("production-1", 4), None, None),
    ],
    ids=[
        "its own wins",
        "its own alone",
        "the model",
        "no instances of it",
        "no instances.csv",
        "no model",
    ],
)
def test_the_estimate_of_a_wave_is(
    own: Estimate | None,
    known: list[object] | None,
    facts: DurationModel | None,
    expected: Estimate | None,
) -> None:
    made = notice(
        Schedule(model=facts, waves=(wave(duration=own),)),
        instances=None if known is None else tuple(known),
    )

    computed, problems = plan(made, now=NOW)

    assert [planned.estimate for planned in computed.waves] == [expected]
    assert problems == ()
