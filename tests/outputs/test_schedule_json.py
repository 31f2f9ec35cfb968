"""The schedule as JSON keeps every fact, and its published schema."""

from __future__ import annotations

import json
from dataclasses import replace

from jsonschema import Draft202012Validator
from schedule_samples import NOTICE, NOW, PLACE, sample_plan

from notifier.errors import Problem
from notifier.model.schedule import Plan
from notifier.outputs.schedule_json import json_schema, schedule


def test_a_wave_has_its_times_in_its_zone_and_in_utc() -> None:
    facts = json.loads(schedule(NOTICE, sample_plan()))

    assert facts["waves"][1] == {
        "id": "production-1",
        "label": "Europe, night 1",
        "environment": "production",
        "status": "scheduled",
        "revision": 1,
        "updated": "2024-01-25",
        "timezone": "Europe/Rome",
        "start": "2024-03-05T22:00:00+01:00",
        "end": "2024-03-06T02:00:00+01:00",
        "start_utc": "2024-03-05T21:00:00Z",
        "end_utc": "2024-03-06T01:00:00Z",
        "instances": 18,
        "customers": 3,
        "estimate": {"low_minutes": 60, "high_minutes": 75, "bound": "range"},
        "notify_by": "2024-02-04T21:00:00Z",
    }


def test_phases_are_as_precise_as_their_author() -> None:
    facts = json.loads(schedule(NOTICE, sample_plan()))

    assert facts["phases"][1] == {
        "environments": ["production"],
        "label": "Produktion & mehr",
        "state": "started",
        "starts": "2024-01",
        "ends": None,
        "by": None,
        "waves": ["production-1", "production-2", "production-3", "production-4"],
    }


def test_problems_are_told_with_their_places() -> None:
    problem = Problem("waves/order", "too early", PLACE, "later")

    facts = json.loads(schedule(NOTICE, Plan(NOW), [problem]))

    assert facts == {
        "schema": 1,
        "notice": "email-infrastructure",
        "now": "2024-02-01T09:00:00Z",
        "phases": [],
        "waves": [],
        "problems": [
            {
                "rule": "waves/order",
                "severity": "error",
                "message": "too early",
                "hint": "later",
                "path": "waves.yaml",
                "line": 1,
                "column": None,
            }
        ],
    }


def test_what_is_written_keeps_the_published_schema() -> None:
    Draft202012Validator.check_schema(json_schema())
    checker = Draft202012Validator(
        json_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    without = replace(NOTICE, instances=None, notice_period=None)
    problems = [Problem("waves/order", "too early"), Problem("a/b", "c", PLACE, "d")]

    for notice in (NOTICE, without):
        checker.validate(json.loads(schedule(notice, sample_plan(notice), problems)))


def test_the_schema_refuses_a_wave_without_its_end() -> None:
    facts = json.loads(schedule(NOTICE, sample_plan()))
    del facts["waves"][0]["end"]

    errors = [error.message for error in _validator().iter_errors(facts)]

    assert errors == ["'end' is a required property"]


def _validator() -> Draft202012Validator:
    return Draft202012Validator(json_schema())
