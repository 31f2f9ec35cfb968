"""Pieces that our JSON outputs and their schemas share."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from notifier.model.values import PartialDate


def closed_object(**properties: Any) -> dict[str, Any]:
    """Return the JSON Schema of an object with all of *properties* and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def written(date: PartialDate | None) -> str | None:
    """Return *date* as its author wrote it."""
    return date.written if date else None


def minutes(duration: timedelta) -> int | float:
    """Return *duration* in minutes, whole if it is."""
    number = duration / timedelta(minutes=1)
    return int(number) if number.is_integer() else number
