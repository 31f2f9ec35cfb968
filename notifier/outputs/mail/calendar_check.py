"""A strict check of a message's calendar files, before other programs judge them.

It knows the tables that parsers pass over: what RFC 5545 §3.6.1 and RFC 5546 §3.2.1
let an event hold, and how often; and the counts of the X-MAINTNOTE fields. It accepts
what we mean to write, not all that the standards allow.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

_TEXT = r"(?:[^\x00-\x1f\x7f\\,;]|\\[\\,;n])*"
_WORDS = rf"(?=.*\S){_TEXT}"
_ID = r"[A-Za-z0-9%._-]+"
_HOST = r"[a-z0-9-]+(?:\.[a-z0-9-]+)*"
_UTC = r"[0-9]{8}T[0-9]{6}Z"
_URI = r"[!-;=?-Z\[\]_a-z~]+"
_ONCE, _SOME = (1, 1), (1, 100_000)


@dataclass(frozen=True, slots=True)
class _Rule:
    """How often a property stands there, what its value is, which parameters it has."""

    value: str
    count: tuple[int, int] = _ONCE
    parameters: str = ""


_STATUSES = "TENTATIVE|CONFIRMED|CANCELLED"
_CALENDAR = MappingProxyType({"VERSION": _Rule(r"2\.0"), "PRODID": _Rule(_WORDS)})
_EVENT = MappingProxyType(
    {
        "UID": _Rule(rf"{_ID}@{_HOST}"),
        "DTSTAMP": _Rule(_UTC),
        "DTSTART": _Rule(_UTC),
        "DTEND": _Rule(_UTC),
        "SEQUENCE": _Rule("0|[1-9][0-9]*"),
        "STATUS": _Rule(_STATUSES),
        "SUMMARY": _Rule(_WORDS),
        "ORGANIZER": _Rule(rf"mailto:{_URI}@{_HOST}", parameters="(?:;CN=.+)?"),
        "X-MAINTNOTE-PROVIDER": _Rule(_HOST),
        "X-MAINTNOTE-ACCOUNT": _Rule(_ID),
        "X-MAINTNOTE-MAINTENANCE-ID": _Rule(_ID),
        "X-MAINTNOTE-OBJECT-ID": _Rule(_ID, _SOME),
        "X-MAINTNOTE-IMPACT": _Rule("NO-IMPACT|REDUCED-REDUNDANCY|DEGRADED|OUTAGE"),
        "X-MAINTNOTE-STATUS": _Rule(f"{_STATUSES}|IN-PROCESS|COMPLETED"),
    }
)
_LANGUAGE = r";LANGUAGE=[A-Za-z0-9-]+"
_INVITATION = MappingProxyType(
    {
        "SUMMARY": _Rule(_WORDS, parameters=_LANGUAGE),
        "DESCRIPTION": _Rule(_WORDS, parameters=_LANGUAGE),
        "URL": _Rule(rf"[a-z]+:{_URI}"),
        "TRANSP": _Rule("TRANSPARENT"),
        "X-MICROSOFT-CDO-BUSYSTATUS": _Rule("FREE"),
    }
)
# A quoted value holds no quote (RFC 5545 §3.2); a quote is `^'` in it (RFC 6868).
_PLAIN, _QUOTED = r"[^\x00-\x1f\x7f\";:,]", r"\"[^\x00-\x1f\x7f\"]*\""
_LINE = re.compile(
    rf"(?P<name>[A-Z0-9-]+)(?P<parameters>(?:;[A-Z-]+=(?:{_QUOTED}|{_PLAIN}*))*)"
    r":(?P<value>[^\x00-\x1f\x7f]*)"
)


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    parameters: str
    value: str


def check_calendar(data: bytes, *, method: str | None) -> tuple[str, ...]:
    """Return all complaints about a calendar file with this METHOD, or with none."""
    if complaints := tuple(_wire(data)):
        return complaints
    found = [_LINE.fullmatch(line) for line in _unfolded(data)]
    properties = [_Property(*match.groups()) for match in found if match]
    if len(properties) < len(found):
        return (f"line {found.index(None) + 1}, unfolded, is no content line",)
    inner = _event_start(properties)
    if inner is None:
        return ("it is not one VEVENT in one VCALENDAR",)
    outer = dict(_CALENDAR) | ({"METHOD": _Rule(method)} if method else {})
    event = dict(_EVENT) | (dict(_INVITATION) if method else {})
    said = [
        *_against(outer, properties[1:inner]),
        *_against(event, properties[inner + 1 : -2]),
    ]
    if method is None and not data.isascii():
        said.append("it is not ASCII")
    return tuple(said or _agreement(properties))


def _event_start(properties: list[_Property]) -> int | None:
    """Return where the one event begins; None if the components are others."""
    marks = [
        (number, f"{line.name} {line.value}")
        for number, line in enumerate(properties)
        if line.name in ("BEGIN", "END")
    ]
    last = len(properties) - 1
    if len(marks) != 4:
        return None
    inner = marks[1][0]
    wanted = [
        (0, "BEGIN VCALENDAR"),
        (inner, "BEGIN VEVENT"),
        (last - 1, "END VEVENT"),
        (last, "END VCALENDAR"),
    ]
    return inner if marks == wanted else None


def _wire(data: bytes) -> Iterator[str]:
    """Yield what is wrong with the octets (RFC 5545 §3.1)."""
    if not data.endswith(b"\r\n"):
        yield "it does not end with CRLF"
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    for number, line in enumerate(lines, start=1):
        if re.search(rb"[\x00-\x1f\x7f]", line):
            yield f"line {number} holds a control character"
        if len(line) > 75:
            yield f"line {number} has {len(line)} octets"
        if not line.strip():
            yield f"line {number} is blank"
        try:
            line.decode()
        except UnicodeDecodeError:
            yield f"line {number} is not UTF-8 by itself"
        folded = number < len(lines) and lines[number].startswith(b" ")
        if folded and (len(line) - len(line.rstrip(b"\\"))) % 2:
            yield f"line {number} ends within an escape"


def _unfolded(data: bytes) -> list[str]:
    text = data.decode().removesuffix("\r\n")
    return text.replace("\r\n ", "").split("\r\n")


def _against(rules: Mapping[str, _Rule], found: list[_Property]) -> Iterator[str]:
    counts = Counter(line.name for line in found)
    for name in dict.fromkeys([*rules, *counts]):
        least, most = rules[name].count if name in rules else (0, 0)
        if not least <= counts[name] <= most:
            yield f"{name} stands {counts[name]} times"
    for line in found:
        rule = rules.get(line.name)
        if rule and not re.fullmatch(rule.parameters, line.parameters):
            yield f"{line.name} has the parameters {line.parameters[:80]!r}"
        if rule and not re.fullmatch(rule.value, line.value):
            yield f"{line.name} has the value {line.value[:80]!r}"


def _agreement(properties: list[_Property]) -> Iterator[str]:
    """Yield where one property contradicts another."""
    values = {line.name: line.value for line in properties}
    moments = []
    for name in ("DTSTAMP", "DTSTART", "DTEND"):
        try:
            moments.append(datetime.strptime(values[name], "%Y%m%dT%H%M%S%z"))
        except ValueError:
            yield f"{name} is no moment: {values[name]!r}"
    if len(moments) == 3 and moments[2] <= moments[1]:
        yield "DTEND is not after DTSTART"
    wave, account, provider = (
        values[f"X-MAINTNOTE-{name}"]
        for name in ("MAINTENANCE-ID", "ACCOUNT", "PROVIDER")
    )
    if values["UID"] != f"{wave}.{account}@{provider}":
        yield f"UID does not name wave, account and provider: {values['UID'][:80]!r}"
    told, status = values["X-MAINTNOTE-STATUS"], values["STATUS"]
    if status != (told if told in _STATUSES.split("|") else "CONFIRMED"):
        yield f"STATUS is {status}, X-MAINTNOTE-STATUS is {told}"
    names = Counter(p.value for p in properties if p.name == "X-MAINTNOTE-OBJECT-ID")
    for name, count in names.items():
        if count > 1:
            yield f"X-MAINTNOTE-OBJECT-ID names {name[:80]!r} {count} times"
    languages = {p.parameters for p in properties if p.name in _INVITATION}
    if len(languages - {""}) > 1:
        yield "SUMMARY and DESCRIPTION are in different languages"
