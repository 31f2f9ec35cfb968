"""The two calendar files of a message: one for machines, one for people.

Both tell one wave to one customer and hold the X-MAINTNOTE fields (NANOG maintenance
notifications): a reader of whole messages, such as circuit-maintenance-parser, takes
any of their calendars. `maintenance.ics` is ASCII without METHOD, the invitation is
localized with METHOD:PUBLISH (RFC 5546 §3.2.1). icalendar writes them once per wave
and locale; only the lines that name the customer are made per customer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parseaddr
from urllib.parse import quote

from icalendar import Calendar, Event, vCalAddress, vText

from notifier.model.notice import Notice
from notifier.model.schedule import PlannedWave, WaveStatus

_PRODID = "-//notifier//messages//EN"
_CUSTOMER = "CUSTOMER-OF-THIS-LINE"
_INSTANCE = "INSTANCE-OF-THIS-LINE"
_OPEN = {
    "UID": _CUSTOMER,
    "X-MAINTNOTE-ACCOUNT": _CUSTOMER,
    "X-MAINTNOTE-OBJECT-ID": _INSTANCE,
}
# What RFC 6068 §2 lets stand as it is in a mailto address.
_MAILTO = "@!$'*+"
_FOLD = re.compile(r"\r\n[ \t]")
_MAINTNOTE_STATUS = {
    WaveStatus.TENTATIVE: "TENTATIVE",
    WaveStatus.SCHEDULED: "CONFIRMED",
    WaveStatus.IN_PROGRESS: "IN-PROCESS",
    WaveStatus.COMPLETED: "COMPLETED",
    WaveStatus.CANCELLED: "CANCELLED",
}
_EVENT_STATUS = {
    WaveStatus.TENTATIVE: "TENTATIVE",
    WaveStatus.CANCELLED: "CANCELLED",
}


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line with a name left open: the customer's, or one line for each instance."""

    before: str
    after: str
    each_instance: bool


@dataclass(frozen=True, slots=True)
class CalendarForm:
    """A calendar file line by line, with its customer and instances left open."""

    lines: tuple[bytes | OpenLine, ...]

    def fill(self, customer: str, instances: Iterable[str]) -> bytes:
        """Return the file for one customer and its instances of the wave."""
        ids = tuple(instances)
        filled: list[bytes] = []
        for line in self.lines:
            if isinstance(line, bytes):
                filled.append(line)
                continue
            names = ids if line.each_instance else (customer,)
            filled += [_folded(f"{line.before}{name}{line.after}") for name in names]
        return b"".join(filled)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the calendar says about a wave, in the locale *lang*."""

    wave: PlannedWave
    lang: str
    summary: str
    description: str
    support_url: str


def maintenance_form(
    notice: Notice, occasion: Occasion, stamp: datetime
) -> CalendarForm:
    """Return the file for machines, in ASCII; its summary is the wave's id."""
    event = _event(notice, occasion.wave, stamp)
    event.add("summary", f"{notice.id} {occasion.wave.wave.id}")
    name = event["organizer"].params
    if not name["CN"].isascii():
        del name["CN"]
    return _form(event, method=None)


def invitation_form(
    notice: Notice, occasion: Occasion, stamp: datetime
) -> CalendarForm:
    """Return the file for people: localized, and it does not block the day."""
    event = _event(notice, occasion.wave, stamp)
    language = {"LANGUAGE": occasion.lang}
    event.add("summary", occasion.summary, parameters=language)
    event.add("description", occasion.description, parameters=language)
    event.add("url", occasion.support_url)
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    return _form(event, method="PUBLISH")


def _event(notice: Notice, wave: PlannedWave, stamp: datetime) -> Event:
    domain = str(notice.publisher.domain)
    upgrade = f"{_dotless(notice.id)}.{_dotless(wave.wave.id)}"
    event = Event()
    event.add("uid", f"{upgrade}.{_CUSTOMER}@{domain}")
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", wave.window.start.astimezone(UTC))
    event.add("dtend", wave.window.end.astimezone(UTC))
    event.add("sequence", wave.wave.revision)
    event.add("status", _EVENT_STATUS.get(wave.status, "CONFIRMED"))
    event.add("organizer", _organizer(notice))
    event.add("x-maintnote-provider", domain)
    event.add("x-maintnote-account", _CUSTOMER)
    event.add("x-maintnote-maintenance-id", upgrade)
    event.add("x-maintnote-object-id", _INSTANCE)
    event.add("x-maintnote-impact", notice.impact.level.value.upper())
    event.add("x-maintnote-status", _MAINTNOTE_STATUS[wave.status])
    return event


def _dotless(identifier: str) -> str:
    """Return *identifier* without dots, so that joining by dots keeps ids apart."""
    return identifier.replace(".", "%2E")


def _organizer(notice: Notice) -> vCalAddress:
    name, email = parseaddr(notice.publisher.sender or "")
    organizer = vCalAddress(f"mailto:{quote(email, safe=_MAILTO)}")
    organizer.params["CN"] = vText(name or notice.publisher.name)
    return organizer


def _form(event: Event, *, method: str | None) -> CalendarForm:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODID)
    if method:
        calendar.add("method", method)
    calendar.add_component(event)
    text = _FOLD.sub("", calendar.to_ical().decode())
    return CalendarForm(tuple(map(_line, text.rstrip("\r\n").split("\r\n"))))


def _line(line: str) -> bytes | OpenLine:
    mark = _OPEN.get(line.partition(":")[0])
    if mark is None:
        return _folded(line)
    before, _, after = line.rpartition(mark)
    return OpenLine(before, after, mark == _INSTANCE)


def _folded(line: str) -> bytes:
    """Return *line* in pieces of at most 75 octets (RFC 5545 §3.1), with CRLF.

    A piece never ends inside a character, nor between a backslash and what it escapes.
    """
    data = line.encode()
    pieces: list[bytes] = []
    start, room = 0, 75
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:
            end -= 1
        piece = data[start:end]
        # The last of an odd number of backslashes escapes what comes next.
        end -= (len(piece) - len(piece.rstrip(b"\\"))) % 2
        pieces.append(data[start:end])
        start, room = end, 74
    return b"\r\n ".join([*pieces, data[start:]]) + b"\r\n"
