"""Write the computed schedule as JSON, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum

from notifier.errors import Problem, Severity
from notifier.model.notice import Notice
from notifier.model.schedule import (
    PhaseState,
    Plan,
    PlannedPhase,
    PlannedWave,
    WaveStatus,
)
from notifier.model.values import Bound, Estimate
from notifier.outputs.json_parts import closed_object, minutes, written
from notifier.zones import load_zone

Json = Mapping[str, object]


def schedule(notice: Notice, plan: Plan, problems: Iterable[Problem] = ()) -> str:
    """Return the schedule as JSON that `json_schema` describes.

    Times are ISO 8601, those of a wave in its zone and again in UTC; dates of phases
    are as precise as the author knows them.
    """
    facts = {
        "schema": 1,
        "notice": notice.id,
        "now": _utc(plan.now),
        "phases": [_phase(planned) for planned in plan.phases],
        "waves": [_wave(planned) for planned in plan.waves],
        "problems": [_problem(problem) for problem in problems],
    }
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"


def json_schema() -> dict[str, object]:
    """Return the JSON Schema (2020-12) of what `schedule` writes."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Schedule of a notice",
        **closed_object(
            schema={"const": 1},
            notice=_STRING,
            now=_TIME,
            phases=_array(_phase_schema()),
            waves=_array(_wave_schema()),
            problems=_array(_problem_schema()),
        ),
    }


def _phase(planned: PlannedPhase) -> Json:
    phase = planned.phase
    return {
        "environments": phase.environments,
        "label": phase.label.source if phase.label else None,
        "state": planned.state,
        "starts": written(phase.starts),
        "ends": written(phase.ends),
        "by": written(phase.by),
        "waves": planned.waves,
    }


def _wave(planned: PlannedWave) -> Json:
    wave, window = planned.wave, planned.window
    there = load_zone(window.timezone)
    return {
        "id": wave.id,
        "label": wave.label.source if wave.label else None,
        "environment": wave.environment,
        "status": planned.status,
        "revision": wave.revision,
        "updated": wave.updated.isoformat() if wave.updated else None,
        "timezone": window.timezone,
        "start": window.start.astimezone(there).isoformat(),
        "end": window.end.astimezone(there).isoformat(),
        "start_utc": _utc(window.start),
        "end_utc": _utc(window.end),
        "instances": planned.instances,
        "customers": planned.customers,
        "estimate": _estimate(planned.estimate) if planned.estimate else None,
        "notify_by": _utc(planned.notify_by) if planned.notify_by else None,
    }


def _estimate(estimate: Estimate) -> Json:
    return {
        "low_minutes": minutes(estimate.low),
        "high_minutes": minutes(estimate.high),
        "bound": estimate.bound,
    }


def _problem(problem: Problem) -> Json:
    place = problem.place
    return {
        "rule": problem.rule,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
        "path": place.path if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


_STRING: Json = {"type": "string"}
_TEXT: Json = {"type": ["string", "null"]}
_TIME: Json = {"type": "string", "format": "date-time"}
_COUNT: Json = {"type": ["integer", "null"], "minimum": 0}
_NUMBER: Json = {"type": "number", "minimum": 0}


def _array(items: object) -> Json:
    return {"type": "array", "items": items}


def _one_of(values: type[StrEnum]) -> Json:
    return {"enum": [value.value for value in values]}


def _or_null(schema: object) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def _phase_schema() -> Json:
    return closed_object(
        environments=_array(_STRING),
        label=_TEXT,
        state=_one_of(PhaseState),
        starts=_TEXT,
        ends=_TEXT,
        by=_TEXT,
        waves=_array(_STRING),
    )


def _wave_schema() -> Json:
    estimate = closed_object(
        low_minutes=_NUMBER, high_minutes=_NUMBER, bound=_one_of(Bound)
    )
    return closed_object(
        id=_STRING,
        label=_TEXT,
        environment=_STRING,
        status=_one_of(WaveStatus),
        revision={"type": "integer", "minimum": 0},
        updated=_or_null({"type": "string", "format": "date"}),
        timezone=_STRING,
        start=_TIME,
        end=_TIME,
        start_utc=_TIME,
        end_utc=_TIME,
        instances=_COUNT,
        customers=_COUNT,
        estimate=_or_null(estimate),
        notify_by=_or_null(_TIME),
    )


def _problem_schema() -> Json:
    return closed_object(
        rule=_STRING,
        severity=_one_of(Severity),
        message=_STRING,
        hint=_TEXT,
        path=_TEXT,
        line=_COUNT,
        column=_COUNT,
    )
