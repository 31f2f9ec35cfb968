"""Each fault of a schedule is one problem, at its place, with a hint."""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from schedules import NOW, day, instances, local, notice, phase, place, text, wave

import notifier.planning
from notifier.errors import Place, Problem, Severity
from notifier.model.audience import Instance
from notifier.model.notice import (
    Action,
    Change,
    Duties,
    Notice,
    Reschedule,
    Rescheduling,
)
from notifier.model.schedule import (
    Blackout,
    Environment,
    PhaseState,
    Plan,
    Schedule,
    WaveStatus,
)
from notifier.model.values import Bound, Estimate
from notifier.planning import RULES, plan

DAYS_7 = timedelta(days=7)
ORDERED = (
    Environment("development"),
    Environment("staging", after="development", place=place(2)),
    Environment("production", after="staging", by_at_least=DAYS_7, place=place(3)),
)
HOURS_5 = Estimate(timedelta(hours=5), timedelta(hours=5), Bound.AT_MOST)


def problems_of(
    *, now: datetime = NOW, period: dict[str, timedelta] | None = None, **facts: object
) -> tuple[Problem, ...]:
    schedule = Schedule(**facts)  # type: ignore[arg-type]  # fields by name
    return plan(notice(schedule, notice_period=period), now=now)[1]


def error(rule: str, message: str, line: int, hint: str) -> Problem:
    return Problem(rule, message, place(line), hint)


def warning(rule: str, message: str, line: int, hint: str) -> Problem:
    return Problem(rule, message, place(line), hint, Severity.WARNING)


TABLE: dict[str, tuple[dict[str, object], Problem]] = {
    "an estimate longer than the window": (
        {"waves": (wave(duration=HOURS_5),)},
        error(
            "waves/window-too-short",
            "wave 'production-1' may take 5 h, its window lasts 4 h",
            6,
            "make the window longer, or move instances to another wave",
        ),
    ),
    "a window that ends on a blackout day": (
        {
            "waves": (wave(start="2024-12-19T22:00"),),
            "blackouts": (
                Blackout(date(2024, 12, 20), date(2025, 1, 6), text("year end")),
            ),
        },
        error(
            "waves/blackout",
            "wave 'production-1' runs in the blackout from 2024-12-20 to 2025-01-06 "
            "('year end')",
            6,
            "move the wave before or after these days",
        ),
    ),
    "two waves of one id": (
        {"waves": (wave(), wave(place=place(16)))},
        error(
            "waves/duplicate",
            "wave 'production-1' is there twice",
            16,
            "give one of them another id",
        ),
    ),
    "a wave that is over and still scheduled": (
        {"waves": (wave(start="2024-01-05T22:00"),)},
        warning(
            "waves/overdue",
            "wave 'production-1' is still 'scheduled', but its window ends "
            "2024-01-06 02:00 Europe/Rome",
            6,
            "write 'completed' or 'cancelled', or move it and raise 'revision'",
        ),
    ),
    "a wave completed before its end": (
        {"waves": (wave(status=WaveStatus.COMPLETED),)},
        warning(
            "waves/completed-early",
            "wave 'production-1' is called 'completed', but its window ends "
            "2024-03-06 02:00 Europe/Rome",
            6,
            "write 'in-progress' until it is done",
        ),
    ),
    "a wave in progress before its start": (
        {"waves": (wave(status=WaveStatus.IN_PROGRESS),)},
        warning(
            "waves/in-progress-outside-window",
            "wave 'production-1' is called 'in-progress', but starts "
            "2024-03-05 22:00 Europe/Rome",
            6,
            "write 'scheduled' until it starts",
        ),
    ),
    "a wave in progress after its end": (
        {"waves": (wave(start="2024-01-05T22:00", status=WaveStatus.IN_PROGRESS),)},
        warning(
            "waves/in-progress-outside-window",
            "wave 'production-1' is called 'in-progress', but its window ends "
            "2024-01-06 02:00 Europe/Rome",
            6,
            "write 'completed' if it is done, or make the window longer",
        ),
    ),
    "a window replaced by itself": (
        {"waves": (wave(revision=1, was_start=local("2024-03-05T22:00")),)},
        warning(
            "waves/was-unchanged",
            "'was' of 'production-1' is the window it has now",
            6,
            "write the window that was announced before, or leave out 'was'",
        ),
    ),
    "a replaced window of revision 0": (
        {"waves": (wave(was_start=local("2024-03-04T22:00")),)},
        warning(
            "waves/was-without-revision",
            "wave 'production-1' was moved, but is still revision 0",
            6,
            "raise 'revision' with each change of time or status",
        ),
    ),
    "an update to come": (
        {"waves": (wave(updated=date(2024, 2, 2)),)},
        warning(
            "waves/updated-in-the-future",
            "wave 'production-1' was updated on 2024-02-02, which is to come",
            6,
            "write a day up to 2024-02-01",
        ),
    ),
    "production before staging": (
        {
            "environments": ORDERED,
            "waves": (wave(place=place(20)), wave("staging-1", "2024-02-28T22:00")),
        },
        error(
            "waves/order",
            "wave 'production-1' starts 2024-03-05 22:00 Europe/Rome, but "
            "'production' comes after 'staging' by at least 7 days, and 'staging-1' "
            "ends 2024-02-29 02:00 Europe/Rome",
            20,
            "start it at 2024-03-07 02:00 Europe/Rome or later",
        ),
    ),
    "production too soon after development, without staging": (
        {
            "environments": ORDERED,
            "waves": (
                wave(place=place(20)),
                wave("development-1", "2024-02-28T22:00"),
            ),
        },
        error(
            "waves/order",
            "wave 'production-1' starts 2024-03-05 22:00 Europe/Rome, but "
            "'production' comes after 'development' by at least 7 days, and "
            "'development-1' ends 2024-02-29 02:00 Europe/Rome",
            20,
            "start it at 2024-03-07 02:00 Europe/Rome or later",
        ),
    ),
    "phases in the wrong order": (
        {
            "environments": ORDERED,
            "phases": (
                phase("staging", starts="2024-03"),
                phase("production", starts="2024-02", line=4),
            ),
        },
        error(
            "waves/order",
            "the phase dated '2024-02' is too early: "
            "'production' comes after 'staging' by at least 7 days",
            4,
            "let it start on 2024-03-08 or later",
        ),
    ),
    "an environment after one not declared": (
        {
            "environments": (
                Environment("staging", after="developement", place=place(2)),
            )
        },
        error(
            "waves/environment",
            "'staging' comes after 'developement', not declared",
            2,
            "declare it under 'environments'",
        ),
    ),
    "an environment after itself": (
        {"environments": (Environment("staging", after="staging", place=place(2)),)},
        error(
            "waves/environment-cycle",
            "'staging' comes after itself",
            2,
            "take 'after' from one of the environments of this circle",
        ),
    ),
    "two phases of one environment": (
        {
            "phases": (
                phase("staging", "production", starts="2024-02"),
                phase("production", starts="2024-02", line=4),
            )
        },
        error(
            "waves/environment-in-two-phases",
            "environment 'production' stands in two phases",
            4,
            "keep it in one of them",
        ),
    ),
    "a phase without a date": (
        {"phases": (phase("staging", "production"),)},
        error(
            "waves/phase-without-date",
            "the phase of 'staging, production' has neither a date nor waves",
            3,
            "add 'starts' or 'by', such as 'starts: 2024-02', or waves",
        ),
    ),
    "a phase that ends before it starts": (
        {"phases": (phase("production", starts="2024-03", ends="2024-02"),)},
        error(
            "waves/ends-before-starts",
            "'2024-02' is before the start '2024-03'",
            3,
            "swap 'starts' and 'ends', or mend one of them",
        ),
    ),
    "a phase planned in the past": (
        {"phases": (phase("staging", starts="2024-01", status=PhaseState.PLANNED),)},
        error(
            "waves/planned-in-the-past",
            "'planned' is said of '2024-01', which has passed",
            3,
            "move the date, or leave out 'status', or write 'started' or 'completed'",
        ),
    ),
    "a week that begins before the first year": (
        {"phases": (phase("staging", starts="1970-W01"),)},
        error(
            "waves/date-out-of-range",
            "cannot plan for '1970-W01'",
            3,
            "write a date from 1970-01-01 to 2199-12-31",
        ),
    ),
    "a phase started in the future": (
        {"phases": (phase("staging", starts="2024-03", status=PhaseState.STARTED),)},
        warning(
            "waves/started-in-the-future",
            "'started' is said of '2024-03', which is to come",
            3,
            "move the date, or leave out 'status'",
        ),
    ),
    "a phase completed before its hour": (
        {
            "phases": (
                phase(
                    "staging", starts="2024-02-01T09:01", status=PhaseState.COMPLETED
                ),
            )
        },
        warning(
            "waves/started-in-the-future",
            "'completed' is said of '2024-02-01T09:01', which is to come",
            3,
            "move the date, or leave out 'status'",
        ),
    ),
    "one wave in several blackouts": (
        {
            "waves": (wave(start="2024-12-19T22:00"),),
            "blackouts": (
                Blackout(date(2024, 12, 25), date(2024, 12, 26)),
                Blackout(date(2024, 12, 20), date(2024, 12, 20)),
                Blackout(date(2024, 12, 1), date(2025, 1, 6)),
                Blackout(date(2024, 12, 20), date(2024, 12, 21)),
            ),
        },
        error(
            "waves/blackout",
            "wave 'production-1' runs in the blackout from 2024-12-01 to 2025-01-06",
            6,
            "move the wave before or after these days",
        ),
    ),
    "a phase in the last month of all": (
        {"phases": (phase("staging", starts="9999-12"),)},
        error(
            "waves/date-out-of-range",
            "cannot plan for '9999-12'",
            3,
            "write a date from 1970-01-01 to 2199-12-31",
        ),
    ),
    "a wave before its phase": (
        {"phases": (phase("production", starts="2024-04"),), "waves": (wave(),)},
        warning(
            "waves/before-phase",
            "wave 'production-1' starts on 2024-03-05, before its phase ('2024-04')",
            6,
            "let the phase start earlier, or the wave later",
        ),
    ),
}


@pytest.mark.parametrize(("facts", "problem"), TABLE.values(), ids=TABLE.keys())
def test_one_fault_is_one_problem(facts: dict[str, object], problem: Problem) -> None:
    assert problems_of(**facts) == (problem,)


@pytest.mark.parametrize(
    "facts",
    [
        {"waves": (wave(duration=Estimate(timedelta(hours=4), timedelta(hours=4))),)},
        {"waves": (wave(duration=HOURS_5, status=WaveStatus.CANCELLED),)},
        {
            "waves": (
                wave(start="2024-12-19T20:00"),
                wave("production-2", "2025-01-07"),
            ),
            "blackouts": (Blackout(date(2024, 12, 20), date(2025, 1, 6)),),
        },
        {
            "environments": ORDERED,
            "waves": (wave("staging-1", "2024-02-27T18:00"), wave()),
        },
        {
            "environments": ORDERED,
            "waves": (wave("staging-1", status=WaveStatus.CANCELLED), wave()),
        },
        {
            "environments": ORDERED,
            "phases": (
                phase("development", "staging", starts="2024-02"),
                phase("production", starts="2024-02"),
            ),
        },
        {"phases": (phase("staging", starts="2024-02", status=PhaseState.PLANNED),)},
        {"phases": (phase("staging", starts="2024-02", status=PhaseState.STARTED),)},
        {"phases": (phase("staging", by="2024-03", status=PhaseState.COMPLETED),)},
        {"waves": (wave(start="2024-01-05T22:00", status=WaveStatus.COMPLETED),)},
        {
            "waves": (
                wave(
                    start="2024-02-01T09:00", zone="UTC", status=WaveStatus.IN_PROGRESS
                ),
            )
        },
        {"waves": (wave(updated=date(2024, 2, 1)),)},
    ],
    ids=[
        "an estimate as long as the window",
        "a long estimate of a cancelled wave",
        "waves that touch a blackout from outside",
        "the distance just kept",
        "a cancelled wave ahead",
        "months that may be in order",
        "planned in the running month",
        "started in the running month",
        "completed early",
        "completed and over",
        "in progress from its first minute",
        "updated today",
    ],
)
def test_no_problem_is(facts: dict[str, object]) -> None:
    assert problems_of(**facts) == ()


@pytest.mark.parametrize(
    ("start", "zone", "hours", "expected"),
    [
        ("2024-03-05T20:00", "Europe/Rome", 4, 0),
        ("2024-03-05T20:00", "Europe/Rome", 4.5, 1),
        ("2024-03-06T23:30", "Europe/Rome", 4, 1),
        ("2024-03-07T00:00", "Europe/Rome", 4, 0),
        ("2024-03-07T00:00", "Asia/Tokyo", 4, 0),
        ("2024-03-06T20:00", "America/New_York", 4, 1),
        ("2024-03-04T20:00", "UTC", 72, 1),
    ],
    ids=[
        "until its midnight",
        "past its midnight",
        "on its last minutes",
        "from the next midnight",
        "the day before in UTC",
        "the day after in UTC",
        "all around it",
    ],
)
def test_a_blackout_is_a_day_of_the_zone_of_the_wave(
    start: str, zone: str, hours: float, expected: int
) -> None:
    found = problems_of(
        waves=(wave(start=start, zone=zone, hours=hours),),
        blackouts=(Blackout(date(2024, 3, 6), date(2024, 3, 6)),),
    )

    assert [problem.rule for problem in found] == ["waves/blackout"] * expected


def test_the_last_wave_ahead_counts() -> None:
    found = problems_of(
        environments=ORDERED,
        waves=(
            wave("staging-1", "2024-02-20T22:00"),
            wave("staging-2", "2024-03-01T22:00"),
            wave("production-1", "2024-03-05T22:00"),
            wave("production-2", "2024-03-07T22:00"),
            wave("production-3", "2024-03-09T22:00"),
        ),
    )

    assert [(problem.rule, problem.message[:19]) for problem in found] == [
        ("waves/order", "wave 'production-1'"),
        ("waves/order", "wave 'production-2'"),
    ]


def test_a_circle_of_environments_is_told_at_each_of_them() -> None:
    circle = tuple(
        Environment(name, after=after, place=place(line))
        for line, (name, after) in enumerate([("a", "c"), ("b", "a"), ("c", "b")])
    )

    found = problems_of(environments=(*circle, Environment("d", after="c")))

    assert [(problem.rule, problem.place) for problem in found] == [
        ("waves/environment-cycle", place(line)) for line in range(3)
    ]


def test_a_notice_period_missed_names_dates_and_customers() -> None:
    made = notice(
        Schedule(waves=(wave(start="2024-02-20T22:00"),)),
        notice_period={"production": timedelta(days=30), "staging": DAYS_7},
        instances=tuple(instances("production-1", 5, per_customer=2)),
    )

    computed, problems = plan(made, now=NOW)

    assert problems == (
        warning(
            "waves/notice-period",
            "wave 'production-1' starts 2024-02-20 22:00 Europe/Rome, but the notice "
            "of 30 days ended 2024-01-21 22:00 Europe/Rome, 3 customers",
            6,
            "start it 2024-03-02 10:00 Europe/Rome or later, unless they know already",
        ),
    )
    assert [
        (planned.instances, planned.customers, planned.notify_by)
        for planned in computed.waves
    ] == [(5, 3, datetime(2024, 1, 21, 21, tzinfo=UTC))]


@pytest.mark.parametrize(
    ("now", "status", "expected"),
    [
        ("2024-02-04T21:00", "scheduled", 0),
        ("2024-02-04T21:01", "scheduled", 1),
        ("2024-02-04T21:01", "tentative", 1),
        ("2024-02-04T21:01", "cancelled", 0),
        ("2024-03-05T20:59", "scheduled", 1),
        ("2024-03-05T21:00", "scheduled", 0),
    ],
)
def test_a_notice_period_counts_to_the_minute_until_the_start(
    now: str, status: str, expected: int
) -> None:
    found = problems_of(
        now=datetime.fromisoformat(now).replace(tzinfo=UTC),
        period={"production": timedelta(days=30)},
        waves=(wave(status=WaveStatus(status)),),
    )

    assert [problem.rule for problem in found] == ["waves/notice-period"] * expected


@pytest.mark.parametrize(
    ("duties", "rule", "message"),
    [
        (
            Duties(action=Action(text("Test"), by=day("2024-01-31"))),
            "notice/action-overdue",
            "'customer.action.by' is '2024-01-31', which has passed",
        ),
        (
            Duties(reschedule=Reschedule(Rescheduling.REQUEST, until=day("2024-01"))),
            "notice/reschedule-overdue",
            "'customer.reschedule.until' is '2024-01', which has passed",
        ),
    ],
    ids=["action", "reschedule"],
)
def test_a_deadline_of_customers_that_has_passed_is_a_warning(
    duties: Duties, rule: str, message: str
) -> None:
    where = Place("notice.yaml", 20, 3)
    keys = ("customer.action.by", "customer.reschedule.until")
    made = notice(duties=duties, places=dict.fromkeys(keys, where))

    _, problems = plan(made, now=NOW)

    assert problems == (
        Problem(rule, message, where, "move the date", Severity.WARNING),
    )


def test_a_change_of_the_notice_that_is_to_come_is_a_warning() -> None:
    days = (date(2024, 2, 1), date(2024, 2, 2))
    where = {f"changes.{n}.date": Place("notice.yaml", 20 + n, 3) for n in range(2)}
    changes = tuple(Change(each, text("Moved")) for each in days)

    _, problems = plan(notice(changes=changes, places=where), now=NOW)

    assert problems == (
        Problem(
            "notice/change-in-the-future",
            "a change of the notice on 2024-02-02, which is to come",
            Place("notice.yaml", 21, 3),
            "write a day up to 2024-02-01",
            Severity.WARNING,
        ),
    )


def test_a_deadline_today_is_no_problem() -> None:
    made = notice(duties=Duties(action=Action(text("Test"), by=day("2024-02-01"))))
    assert plan(made, now=NOW) == (Plan(NOW), ())


def test_a_clock_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        plan(notice(), now=NOW.replace(tzinfo=None))


def test_each_rule_that_is_used_is_registered() -> None:
    folder = Path(notifier.planning.__file__).parent
    used = {
        name
        for path in folder.glob("*.py")
        if path.stem != "rules"
        for name in re.findall(r'"((?:waves|notice)/[a-z-]+)"', path.read_text("utf-8"))
    }
    assert used == set(RULES)


ZONES = ("Europe/Rome", "America/New_York", "UTC", "Mars/Base")
WAVES = st.builds(
    wave,
    st.sampled_from(["development-1", "staging-1", "production-1", "production-2"]),
    st.sampled_from(["2024-02-20T22:00", "2024-03-31T02:30", "2024-10-27T02:30+01:00"]),
    zone=st.sampled_from(ZONES),
    hours=st.floats(0.1, 500),
    status=st.sampled_from(WaveStatus),
    revision=st.integers(0, 2),
    was_start=st.none() | st.just(local("2024-03-31T02:30")),
)
DATES = st.none() | st.sampled_from(
    [day(d) for d in ("2024-02-20T22:00", "2024-W06", "2024-02", "2024-Q4", "9999-12")]
)
PHASES = st.builds(
    phase,
    st.sampled_from(["development", "staging", "production"]),
    starts=DATES,
    ends=DATES,
    by=DATES,
    status=st.none() | st.sampled_from(PhaseState),
)
ENVIRONMENTS = st.builds(
    Environment,
    st.sampled_from(["development", "staging", "production"]),
    after=st.none() | st.sampled_from(["development", "staging", "production", "x"]),
    by_at_least=st.none() | st.just(DAYS_7),
)


@settings(deadline=None, max_examples=200)
@given(
    schedule=st.builds(
        Schedule,
        timezone=st.sampled_from(ZONES),
        environments=st.lists(ENVIRONMENTS, max_size=4).map(tuple),
        phases=st.lists(PHASES, max_size=4).map(tuple),
        waves=st.lists(WAVES, max_size=5).map(tuple),
    )
)
def test_any_schedule_gets_a_plan_whose_gaps_are_errors(schedule: Schedule) -> None:
    computed, problems = plan(notice(schedule), now=NOW)

    left_out = len(computed.waves) < len(schedule.waves)
    assert not left_out or any(problem.is_error for problem in problems)
    assert {problem.rule for problem in problems} <= set(RULES)
    assert all(planned.window.start < planned.window.end for planned in computed.waves)
    named = [name for planned in computed.phases for name in planned.waves]
    assert set(named) <= {planned.wave.id for planned in computed.waves}


def large_notice() -> Notice:
    waves = tuple(
        wave(f"production-{n}", f"2024-{n % 9 + 3:02}-{n % 28 + 1:02}T22:00")
        for n in range(1000)
    )
    rows = tuple(
        Instance(f"i{n}", f"c{n // 3}", "production", f"production-{n % 1000}")
        for n in range(100_000)
    )
    period = {"production": timedelta(days=30)}
    free = tuple(Blackout(date(2025, 1, n), date(2025, 1, n)) for n in range(1, 30))
    schedule = Schedule(environments=ORDERED, blackouts=free, waves=waves)
    return notice(schedule, notice_period=period, instances=rows)


def test_a_hundred_thousand_instances_are_planned_in_less_than_a_second() -> None:
    made = large_notice()
    began = time.process_time()

    computed, _ = plan(made, now=NOW)

    assert time.process_time() - began < 1
    assert sum(planned.instances or 0 for planned in computed.waves) == 100_000


def test_after_a_hundred_problems_of_a_rule_the_rest_is_counted() -> None:
    waves = [wave(f"staging-{n}", duration=HOURS_5, revision=n) for n in range(1000)]
    late = wave("staging-x", start="2024-01-05T22:00")

    found = problems_of(waves=(*waves, late))

    rules = [problem.rule for problem in found]
    assert (rules.count("waves/window-too-short"), len(found)) == (100, 102)
    assert found[-1] == Problem(
        "waves/more",
        "900 more problems of 'waves/window-too-short' are not listed",
        Place("waves.yaml"),
        "mend those listed first",
    )


DAYS_366 = timedelta(days=366)


@pytest.mark.parametrize(
    "facts",
    [
        {
            "waves": tuple(wave(f"production-{n}") for n in range(1000)),
            "blackouts": (Blackout(date(2024, 3, 1), date(2024, 3, 9)),) * 1500,
        },
        {
            "environments": tuple(
                Environment(f"e{n}", after=f"e{n - 1}" if n else None)
                for n in range(6000)
            )
        },
        {
            "environments": tuple(
                Environment(f"e{n}", after=f"e{(n + 1) % 6000}") for n in range(6000)
            )
        },
        {
            "environments": tuple(
                Environment(f"e{n}", after=f"e{n - 1}" if n else None)
                for n in range(2000)
            ),
            "waves": tuple(wave(f"e{n}") for n in range(2000)),
        },
    ],
    ids=["blackouts", "a chain", "a circle", "a chain of waves"],
)
def test_a_large_schedule_is_planned_in_less_than_two_seconds(
    facts: dict[str, object],
) -> None:
    began = time.process_time()

    problems_of(**facts)

    assert time.process_time() - began < 2


def test_distances_that_add_up_to_ages_are_no_crash() -> None:
    chain = [
        Environment(f"e{n}", after=f"e{n - 1}" if n else None, by_at_least=DAYS_366)
        for n in range(9000)
    ]
    ends = (wave("e0"), wave("e8999", place=place(9)))

    found = problems_of(environments=tuple(chain), waves=ends)

    assert [(problem.rule, problem.place) for problem in found] == [
        ("waves/order", place(9))
    ]
