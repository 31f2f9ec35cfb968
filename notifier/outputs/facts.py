"""The facts of a document as JSON for other programs: numbers beside their text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from notifier.content.editions import Edition
from notifier.content.wording import Wording
from notifier.model.notice import Notice
from notifier.model.schedule import Plan, PlannedWave
from notifier.outputs.json_parts import closed_object, minutes, written
from notifier.zones import load_zone

_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_NUMBER_OR_NULL = {"type": ["integer", "null"], "minimum": 0}


_LIST_OF_TEXTS = {"type": "array", "items": _TEXT}
_TIME = {"type": "string", "format": "date-time"}
_ESTIMATE = closed_object(
    low_minutes={"type": "number"}, high_minutes={"type": "number"}, text=_TEXT
)
_WAVE = closed_object(
    id=_TEXT,
    environment=_TEXT,
    status=_TEXT,
    instances=_NUMBER_OR_NULL,
    timezone=_TEXT,
    start=_TIME,
    end=_TIME,
    window_text=_TEXT,
    utc_text=_TEXT,
    estimate={"anyOf": [_ESTIMATE, {"type": "null"}]},
)
_PHASE = closed_object(
    environments=_LIST_OF_TEXTS,
    state=_TEXT,
    starts=_TEXT_OR_NULL,
    ends=_TEXT_OR_NULL,
    by=_TEXT_OR_NULL,
    text=_TEXT,
)
_QUESTION = closed_object(id=_TEXT, question=_TEXT, answer=_TEXT)
SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "The facts of one rendered document",
    **closed_object(
        schema={"const": 1},
        notice=_TEXT,
        kind=_TEXT,
        document=_TEXT,
        locale=_TEXT,
        title=_TEXT,
        subject=_TEXT,
        wave={"anyOf": [_WAVE, {"type": "null"}]},
        phases={"type": "array", "items": _PHASE},
        support=closed_object(name=_TEXT, url=_TEXT),
        faq={"type": "array", "items": _QUESTION},
    ),
}


def document_facts(
    edition: Edition,
    notice: Notice,
    plan: Plan,
    *,
    wording: Wording,
    subject: str,
    wave: Mapping[str, Any] | None,
) -> str:
    """Return the facts of one document as JSON text; SCHEMA describes it.

    The texts of phases and answers are Markdown of the dialect.
    """
    facts = {
        "schema": 1,
        "notice": notice.id,
        "kind": notice.kind.value,
        "document": edition.key.document,
        "locale": edition.key.tag,
        "title": wording.text(notice.title),
        "subject": subject,
        "wave": wave,
        "phases": [
            {
                "environments": list(planned.phase.environments),
                "state": planned.state.value,
                "starts": written(planned.phase.starts),
                "ends": written(planned.phase.ends),
                "by": written(planned.phase.by),
                "text": text,
            }
            for planned, text in zip(plan.phases, edition.phases, strict=True)
        ],
        "support": {
            "name": wording.text(notice.support.name),
            "url": wording.support_url,
        },
        "faq": [
            {"id": item.id, "question": item.question, "answer": item.answer}
            for item in edition.faq
        ],
    }
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"


def wave_facts(
    planned: PlannedWave, values: Mapping[str, str], *, zone: str
) -> dict[str, Any]:
    """Return the facts of a wave in *zone*; *values* hold its `wave.…` fields."""
    there = load_zone(zone)
    estimate = planned.estimate
    return {
        "id": planned.wave.id,
        "environment": planned.wave.environment,
        "status": planned.status.value,
        "instances": planned.instances,
        "timezone": zone,
        "start": planned.window.start.astimezone(there).isoformat(),
        "end": planned.window.end.astimezone(there).isoformat(),
        "window_text": values["wave.window"],
        "utc_text": values["wave.utc"],
        "estimate": estimate
        and {
            "low_minutes": minutes(estimate.low),
            "high_minutes": minutes(estimate.high),
            "text": values["wave.estimate"],
        },
    }
