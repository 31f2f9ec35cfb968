"""Turn the checked keys of `waves.yaml` into a Schedule."""

from __future__ import annotations

from collections.abc import Iterator

from notifier.errors import Place
from notifier.model import schedule as model
from notifier.notice.faults import Fault, Findings, quoted
from notifier.notice.keys import place_of
from notifier.notice.waves_schema import WaveKeys, WavesKeys
from notifier.notice.yaml_tree import Node

STANDARD_ENVIRONMENTS = ("development", "staging", "production")


def schedule_of(found: WavesKeys, root: Node) -> model.Schedule:
    """Return the schedule that *found* states."""
    estimates = found.duration
    return model.Schedule(
        timezone=found.timezone,
        model=model.DurationModel(
            **dict(estimates), place=place_of(root, ("duration",))
        )
        if estimates
        else None,
        environments=tuple(
            model.Environment(**dict(each), place=place_of(root, ("environments", n)))
            for n, each in enumerate(found.environments)
        ),
        phases=tuple(
            model.Phase(**dict(each), place=place_of(root, ("phases", n)))
            for n, each in enumerate(found.phases)
        ),
        blackouts=tuple(
            model.Blackout(**dict(each), place=place_of(root, ("blackouts", n)))
            for n, each in enumerate(found.blackouts)
        ),
        waves=tuple(
            _wave(each, found.timezone, place_of(root, ("waves", n)))
            for n, each in enumerate(found.waves)
        ),
    )


def _wave(found: WaveKeys, timezone: str, place: Place) -> model.Wave:
    facts = dict(found)
    was = facts.pop("was")
    facts["length"] = facts.pop("window")
    facts["timezone"] = found.timezone or timezone
    return model.Wave(
        **facts,
        was_start=was.start if was else None,
        was_length=was.window if was else None,
        place=place,
    )


def environments_of(schedule: model.Schedule) -> tuple[str, ...]:
    """Return the environments that *schedule* declares, or the usual three."""
    return tuple(each.id for each in schedule.environments) or STANDARD_ENVIRONMENTS


def check_environments(
    schedule: model.Schedule, root: Node, findings: Findings
) -> None:
    """Add environments that are unknown or declared twice to *findings*."""
    known = environments_of(schedule)
    for loc, name in _environments_named(schedule):
        if name not in known:
            findings.add(unknown_environment(name, known), place_of(root, loc))
    seen = set[str]()
    for number, each in enumerate(schedule.environments):
        if each.id in seen:
            message = f"environment {quoted(each.id)} twice"
            fault = Fault("duplicate", message, "remove one of the two")
            findings.add(fault, place_of(root, ("environments", number)))
        seen.add(each.id)


def _environments_named(
    schedule: model.Schedule,
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    for number, phase in enumerate(schedule.phases):
        for position, name in enumerate(phase.environments):
            yield ("phases", number, "environments", position), name
    for number, wave in enumerate(schedule.waves):
        yield ("waves", number, "environment"), wave.environment


def unknown_environment(name: str, known: tuple[str, ...]) -> Fault:
    """Return the fault of an environment that nothing declares."""
    hint = "declare it under 'environments' in waves.yaml"
    message = f"unknown environment {quoted(name)}"
    return Fault("environment", message, hint, name, known)
