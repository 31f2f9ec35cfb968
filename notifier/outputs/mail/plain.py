"""A message as JSON, for the interfaces of e-mail services."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from notifier.content.editions import fill
from notifier.content.mail_page import LOGO_ID
from notifier.outputs.json_parts import closed_object
from notifier.outputs.mail.message import Addressee, BoundMessage, message_headers

_TEXT = {"type": "string"}
_IMAGE = closed_object(id=_TEXT, type=_TEXT, base64=_TEXT)
_CALENDAR = closed_object(
    filename=_TEXT, method={"type": ["string", "null"]}, text=_TEXT
)
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "One message",
    **closed_object(
        schema={"const": 1},
        envelope=closed_object(
            **{"from": _TEXT, "to": {"type": "array", "items": _TEXT}}
        ),
        subject=_TEXT,
        html=_TEXT,
        text=_TEXT,
        calendars={"type": "array", "items": _CALENDAR},
        images={"type": "array", "items": _IMAGE},
        headers={"type": "object", "additionalProperties": _TEXT},
    ),
}


def envelope(message: BoundMessage, to: Addressee) -> dict[str, Any]:
    """Return the message as SCHEMA describes it, with every text decoded."""
    letter = fill(message.bound, to.values)
    files = (
        ("maintenance.ics", None, message.machine),
        ("invite.ics", "PUBLISH", message.person),
    )
    return {
        "schema": 1,
        "envelope": {"from": message.letterhead.address, "to": [to.email]},
        "subject": letter.title,
        "html": letter.html,
        "text": letter.text,
        "calendars": [
            {
                "filename": name,
                "method": method,
                "text": form.fill(to.customer, to.instances).decode(),
            }
            for name, method, form in files
            if form is not None
        ],
        "images": _images(message.letterhead.logo),
        "headers": message_headers(message, to),
    }


def _images(logo: tuple[str, bytes] | None) -> list[dict[str, str]]:
    """Return the images that the HTML names by `cid:` and their id (RFC 2392)."""
    if logo is None:
        return []
    kind, data = logo
    return [{"id": LOGO_ID, "type": kind, "base64": b64encode(data).decode()}]
