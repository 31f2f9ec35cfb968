"""Read calendars and messages with parsers that live in `tests/validators/.venv`.

Its Python runs this file. Each line asks, each line answers, both JSON: `calendar` (the
text of a file with one event) and `calendars` (of one with many) are read by vobject,
`message` (the path of an .eml file) by the command circuit-maintenance-parser.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import vobject
from circuit_maintenance_parser.cli import main as circuit_maintenance_parser
from click.testing import CliRunner


def read_calendar(text: str) -> dict[str, Any]:
    """Return what vobject finds in the event of a calendar."""
    return read_event(vobject.readOne(text).vevent)


def read_calendars(text: str) -> list[dict[str, Any]]:
    """Return what vobject finds in the events of a calendar that it holds valid."""
    calendar = vobject.readOne(text)
    calendar.validate(raiseException=True)
    return [read_event(event) for event in calendar.vevent_list]


def read_event(event: Any) -> dict[str, Any]:
    """Return the facts of an event."""
    return {
        "uid": event.uid.value,
        "sequence": event.sequence.value,
        "start": event.dtstart.value.isoformat(),
        "end": event.dtend.value.isoformat(),
        "summary": event.summary.value,
        "description": event.getChildValue("description"),
    }


def read_message(path: str) -> dict[str, Any]:
    """Return the one maintenance that the command prints for a message."""
    asked = ["--data-type", "email", "--data-file", path]
    result = CliRunner().invoke(circuit_maintenance_parser, asked)
    if result.exit_code:
        return {"failed": result.output}
    _, maintenance, *others = result.stdout.split("Circuit Maintenance Notification #")
    if others:
        return {"failed": "more than one maintenance"}
    text = maintenance.partition("\n")[2].partition("Metadata #")[0]
    return dict(json.loads(text))


for line in sys.stdin:
    asked = json.loads(line)
    if "calendar" in asked:
        answer = read_calendar(asked["calendar"])
    elif "calendars" in asked:
        answer = read_calendars(asked["calendars"])
    else:
        answer = read_message(asked["message"])
    print(json.dumps(answer), flush=True)
