"""Check the schedule against the world: public holidays, phases, what is promised."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from types import MappingProxyType

from notifier.checks.evidence import Evidence
from notifier.errors import Place, Problem, Severity
from notifier.model.audience import Customer
from notifier.model.schedule import PhaseState, PlannedWave, WaveStatus
from notifier.planning.status import is_open
from notifier.zones import load_zone

RULES: Mapping[str, str] = MappingProxyType(
    {
        "schedule/country": "the public holidays of a customer's country are unknown",
        "schedule/estimate": "nothing says how long a coming wave takes",
        "schedule/holiday": "a wave runs on a public holiday of some of its customers",
        "schedule/phase": "the first wave of a phase is later than the phase",
    }
)


def schedule_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield doubts about coming waves and their phases."""
    waves = [w for w in evidence.plan.waves if is_open(w, evidence.plan.now)]
    yield from _countries(evidence)
    concerned = _customers_by_wave(evidence)
    for wave in waves:
        yield from _holidays(wave, concerned[wave.wave.id])
        # A wave without instances is told by another rule.
        is_idle = wave.instances == 0
        if not (is_idle or wave.estimate or evidence.notice.expected):
            message = f"nothing says how long wave {wave.wave.id!r} takes"
            yield _doubt("estimate", message, wave.wave.place, _how_long(evidence))
    yield from _late_phases(evidence)


def _how_long(evidence: Evidence) -> str:
    schedule = evidence.notice.schedule
    if schedule and schedule.model and evidence.notice.instances is None:
        return "add instances.csv, 'duration' to the wave, or 'expected' to the notice"
    return "add 'duration' to waves.yaml or to the wave, or 'expected' to the notice"


def _countries(evidence: Evidence) -> Iterator[Problem]:
    customers = (evidence.notice.customers or {}).values()
    counts = Counter(each.country for each in customers if each.country)
    unknown = [country for country in sorted(counts) if not _is_known(country)]
    if unknown:
        number = sum(counts[country] for country in unknown)
        concerned = f"{number} customer{'s' * (number != 1)}"
        message = (
            f"the public holidays of {', '.join(unknown[:10])} are unknown: {concerned}"
        )
        hint = "look up these holidays yourself"
        yield _doubt("country", message, Place("customers.csv"), hint)


def _customers_by_wave(evidence: Evidence) -> Mapping[str, set[Customer]]:
    known = evidence.notice.customers or {}
    concerned: defaultdict[str, set[Customer]] = defaultdict(set)
    for instance in evidence.notice.instances or ():
        if instance.wave and instance.customer in known:
            concerned[instance.wave].add(known[instance.customer])
    return concerned


def _holidays(wave: PlannedWave, customers: Iterable[Customer]) -> Iterator[Problem]:
    """Yield one problem with all holidays on which *wave* runs."""
    countries = Counter(each.country for each in customers if each.country)
    found = [
        f"{day} in {country} ({name}; {number} customer{'s' * (number != 1)})"
        for country, number in sorted(countries.items())
        for day in _days(wave)
        if (name := _holiday(country, day))
    ]
    if found:
        message = f"wave {wave.wave.id!r} runs on a public holiday: {', '.join(found)}"
        hint = "ask these customers, or move the wave"
        yield _doubt("holiday", message, wave.wave.place, hint)


def _days(wave: PlannedWave) -> tuple[date, ...]:
    """Return the days that the window touches in the wave's own zone."""
    there = load_zone(wave.window.timezone)
    first = wave.window.start.astimezone(there).date()
    last = (wave.window.end - timedelta.resolution).astimezone(there).date()
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def _is_known(country: str) -> bool:
    return country in _known_countries()


@cache
def _known_countries() -> frozenset[str]:
    # Imported here: it takes longer than a check without countries. To list what the
    # library supports would import the holidays of all countries.
    from holidays.registry import EntityLoader

    return frozenset(EntityLoader.get_country_codes())


@lru_cache(maxsize=4096)
def _holiday(country: str, day: date) -> str:
    """Return the name of a public holiday, in English if known; else nothing."""
    return str(_calendar(country, day.year).get(day) or "")


@lru_cache(maxsize=1024)
def _calendar(country: str, year: int) -> Mapping[date, str]:
    from holidays import country_holidays

    if not _is_known(country):
        return {}
    return country_holidays(country, years=year, language="en_US")


def _late_phases(evidence: Evidence) -> Iterator[Problem]:
    """Yield the phases that promise an earlier start than their waves.

    A phase with an environment that has no waves yet may have begun there.
    """
    waves = [w for w in evidence.plan.waves if w.status is not WaveStatus.CANCELLED]
    present = {wave.wave.environment for wave in waves}
    for planned in evidence.plan.phases:
        phase = planned.phase
        own = [w for w in waves if w.wave.environment in phase.environments]
        whole = set(phase.environments) <= present
        when = phase.starts
        if not (whole and own and when) or planned.state is PhaseState.CANCELLED:
            continue
        first = min(own, key=lambda wave: wave.window.start)
        day = _days(first)[0]
        if day > when.last:
            message = f"the phase starts {when.written!r}, its first wave on {day}"
            hint = "move the phase, or add the waves that are missing"
            yield _doubt("phase", message, phase.place, hint)


def _doubt(rule: str, message: str, place: Place | None, hint: str) -> Problem:
    return Problem(f"schedule/{rule}", message, place, hint, Severity.WARNING)
