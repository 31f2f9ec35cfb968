"""Write the public calendar of the waves: RFC 5545, one event per wave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from email.utils import parseaddr
from types import MappingProxyType

from icalendar import Calendar, Event, vCalAddress, vDuration, vText
from icalendar.parser import Contentline

from notifier.content.mail_page import notice_url
from notifier.errors import NotifierError, Problem
from notifier.model.notice import Notice
from notifier.model.schedule import Plan, PlannedWave, WaveStatus

RULES: Mapping[str, str] = MappingProxyType(
    {
        "calendar/no-domain": "a calendar is wanted, but the publisher has no domain",
        "calendar/no-waves": "a calendar is wanted, but the plan has no waves",
    }
)
_REFRESH = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class EventWords:
    """What an event says, in the locale of the calendar."""

    summary: str
    description: str


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """The texts of a calendar: its *name*, and those of each wave by its id.

    *locale* is a BCP 47 tag, *support_url* what events lead to without a site.
    """

    locale: str
    name: str
    waves: Mapping[str, EventWords]
    support_url: str


def waves_ics(notice: Notice, plan: Plan, words: CalendarWords) -> bytes:
    """Return the calendar of all waves, without a METHOD, so that none is answered.

    It holds no clock: DTSTAMP and LAST-MODIFIED are the day on which a wave was
    `updated`, else that of the newest of the notice's `changes`, else the end of its
    notice period, or its start. Times are in UTC; the local ones belong in the
    description. Who subscribes to it is asked to look again twice a day.

    Raises:
        NotifierError: the publisher has no domain for the UIDs, or there is no wave.
    """
    faults = tuple(_faults(notice, plan))
    if faults:
        raise NotifierError(faults)
    calendar = Calendar()
    calendar.add("prodid", "-//notifier//waves//EN")
    calendar.add("version", "2.0")
    calendar.add("name", words.name, parameters={"LANGUAGE": words.locale})
    calendar.add("x-wr-calname", words.name)
    # RFC 7986, and what programs read that are older than it.
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_REFRESH))
    for planned in plan.waves:
        calendar.add_component(_event(notice, planned, words))
    lines = calendar.content_lines()
    return b"\r\n".join(_folded(line) for line in lines if line) + b"\r\n"


def _folded(line: Contentline) -> bytes:
    """Return *line* in lines of at most 75 octets (RFC 5545, section 3.1)."""
    data = line.encode()
    # The library takes its time, also for what is short enough.
    if len(data) >= 75:
        data = line.to_ical()  # type: ignore[no-untyped-call]  # of the library
    return data


def _faults(notice: Notice, plan: Plan) -> tuple[Problem, ...]:
    places = notice.places or {}
    faults = []
    if not notice.publisher.domain:
        message = "the publisher has no domain, which the calendar's UIDs need"
        hint = "add 'domain' to 'publisher', such as 'domain: notices.example.com'"
        place = places.get("publisher")
        faults.append(Problem("calendar/no-domain", message, place, hint))
    if not plan.waves:
        message = "there is no wave to put into the calendar"
        hint = "add waves to waves.yaml"
        faults.append(Problem("calendar/no-waves", message, None, hint))
    return tuple(faults)


def _event(notice: Notice, planned: PlannedWave, words: CalendarWords) -> Event:
    wave, said = planned.wave, words.waves[planned.wave.id]
    language = {"LANGUAGE": words.locale}
    event = Event()
    event.add("uid", f"{notice.id}.{wave.id}@{notice.publisher.domain}")
    event.add("dtstamp", _stamp(notice, planned))
    event.add("last-modified", _stamp(notice, planned))
    event.add("sequence", wave.revision)
    event.add("dtstart", planned.window.start.astimezone(UTC))
    event.add("dtend", planned.window.end.astimezone(UTC))
    event.add("status", _status(planned.status))
    event.add("summary", said.summary, parameters=language)
    event.add("description", said.description, parameters=language)
    event.add("url", notice_url(notice, words.locale) or words.support_url)
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    if notice.publisher.sender:
        event.add("organizer", _organizer(notice.publisher.sender))
    return event


def _stamp(notice: Notice, planned: PlannedWave) -> datetime:
    newest = max((change.date for change in notice.changes), default=None)
    if day := planned.wave.updated or newest:
        return datetime.combine(day, time(), UTC)
    return (planned.notify_by or planned.window.start).astimezone(UTC)


def _status(status: WaveStatus) -> str:
    match status:
        case WaveStatus.TENTATIVE:
            return "TENTATIVE"
        case WaveStatus.CANCELLED:
            return "CANCELLED"
        case _:
            return "CONFIRMED"


def _organizer(sender: str) -> vCalAddress:
    name, address = parseaddr(sender)
    organizer = vCalAddress(f"mailto:{address}")
    if name:
        organizer.params["CN"] = vText(name)
    return organizer
