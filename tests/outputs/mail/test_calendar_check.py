"""The checker of calendars names each thing that a reader would stumble on."""

from __future__ import annotations

import re

import pytest

from notifier.outputs.mail.calendar_check import check_calendar

MACHINE = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//notifier//messages//EN
BEGIN:VEVENT
SUMMARY:upgrade night-3
DTSTART:20240305T210000Z
DTEND:20240306T010000Z
DTSTAMP:20240201T000000Z
UID:upgrade.night-3.acme@notices.example.com
SEQUENCE:0
ORGANIZER;CN="Operations, night":mailto:operations@notices.example.com
STATUS:CONFIRMED
X-MAINTNOTE-ACCOUNT:acme
X-MAINTNOTE-IMPACT:OUTAGE
X-MAINTNOTE-MAINTENANCE-ID:upgrade.night-3
X-MAINTNOTE-OBJECT-ID:acme-1
X-MAINTNOTE-OBJECT-ID:acme-2
X-MAINTNOTE-PROVIDER:notices.example.com
X-MAINTNOTE-STATUS:IN-PROCESS
END:VEVENT
END:VCALENDAR
"""
PERSON = MACHINE.replace(
    "SUMMARY:upgrade night-3",
    """\
SUMMARY;LANGUAGE=it:Aggiornamento\\, notte 3
DESCRIPTION;LANGUAGE=it:22:00–02:00\\nAssistenza
URL:https://example.com/?a=1&b=2#support
TRANSP:TRANSPARENT
X-MICROSOFT-CDO-BUSYSTATUS:FREE""",
).replace("BEGIN:VEVENT", "METHOD:PUBLISH\nBEGIN:VEVENT")
ONCE = [
    *("VERSION", "PRODID", "UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS"),
    *("SUMMARY", "ORGANIZER", "X-MAINTNOTE-PROVIDER", "X-MAINTNOTE-ACCOUNT"),
    *("X-MAINTNOTE-MAINTENANCE-ID", "X-MAINTNOTE-IMPACT", "X-MAINTNOTE-STATUS"),
]


def wire(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def line_of(name: str) -> str:
    (line,) = re.findall(rf"^{name}[:;].*\n", MACHINE, re.M)
    return str(line)


def test_a_sound_calendar_gives_no_complaint() -> None:
    assert check_calendar(wire(MACHINE), method=None) == ()
    assert check_calendar(wire(PERSON), method="PUBLISH") == ()


@pytest.mark.parametrize("name", ONCE)
def test_a_property_that_must_stand_once_may_not_be_missing(name: str) -> None:
    text = MACHINE.replace(line_of(name), "")

    assert check_calendar(wire(text), method=None) == (f"{name} stands 0 times",)


@pytest.mark.parametrize("name", ONCE)
def test_a_property_that_must_stand_once_may_not_stand_twice(name: str) -> None:
    text = MACHINE.replace(line_of(name), line_of(name) * 2)

    assert check_calendar(wire(text), method=None) == (f"{name} stands 2 times",)


@pytest.mark.parametrize(
    "line",
    [
        "ATTENDEE:mailto:a@example.com",
        "REQUEST-STATUS:2.0",
        "DURATION:PT1H",
        "RRULE:FREQ=DAILY",
        "X-OTHER:1",
    ],
)
def test_a_property_that_a_publication_may_not_hold_is_told(line: str) -> None:
    text = PERSON.replace("END:VEVENT", f"{line}\nEND:VEVENT")

    assert check_calendar(wire(text), method="PUBLISH") == (
        f"{line.split(':')[0]} stands 1 times",
    )


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("DTEND:20240306", "DTEND:20240305", "DTEND is not after DTSTART"),
        ("DTEND:20240306", "DTEND:20240230", "DTEND is no moment: '20240230T010000Z'"),
        ("T010000Z", "T010000", "DTEND has the value '20240306T010000'"),
        (
            "DTEND:",
            "DTEND;TZID=Europe/Rome:",
            "DTEND has the parameters ';TZID=Europe/Rome'",
        ),
        ("SEQUENCE:0", "SEQUENCE:-1", "SEQUENCE has the value '-1'"),
        ("SEQUENCE:0", "SEQUENCE:01", "SEQUENCE has the value '01'"),
        ("\nSTATUS:CONFIRMED", "\nSTATUS:DONE", "STATUS has the value 'DONE'"),
        (
            "\nSTATUS:CONFIRMED",
            "\nSTATUS:CANCELLED",
            "STATUS is CANCELLED, X-MAINTNOTE-STATUS is IN-PROCESS",
        ),
        (
            "IN-PROCESS",
            "CANCELLED",
            "STATUS is CONFIRMED, X-MAINTNOTE-STATUS is CANCELLED",
        ),
        ("IN-PROCESS", "OVER", "X-MAINTNOTE-STATUS has the value 'OVER'"),
        ("OUTAGE", "PAIN", "X-MAINTNOTE-IMPACT has the value 'PAIN'"),
        ("acme-2", "acme-1", "X-MAINTNOTE-OBJECT-ID names 'acme-1' 2 times"),
        (
            "X-MAINTNOTE-OBJECT-ID:acme-1\nX-MAINTNOTE-OBJECT-ID:acme-2\n",
            "",
            "X-MAINTNOTE-OBJECT-ID stands 0 times",
        ),
        (
            "ACCOUNT:acme",
            "ACCOUNT:other",
            "UID does not name wave, account and provider: "
            "'upgrade.night-3.acme@notices.example.com'",
        ),
        ("upgrade night", "upgrade, night", "SUMMARY has the value 'upgrade, night-3'"),
        ("upgrade night-3", "a\\b", "SUMMARY has the value 'a\\\\b'"),
        ("upgrade night-3", " ", "SUMMARY has the value ' '"),
        ("upgrade night-3", "à", "it is not ASCII"),
        (
            "SUMMARY:",
            "SUMMARY;LANGUAGE=en:",
            "SUMMARY has the parameters ';LANGUAGE=en'",
        ),
        (
            "mailto:operations@",
            "mailto:",
            "ORGANIZER has the value 'mailto:notices.example.com'",
        ),
        (
            '"Operations, night"',
            "Operations, night",
            "line 11, unfolded, is no content line",
        ),
        ("VERSION:2.0", "VERSION 2.0", "line 2, unfolded, is no content line"),
        ("VERSION:2.0\n", "VERSION:2.0\nMETHOD:PUBLISH\n", "METHOD stands 1 times"),
        (
            "END:VEVENT",
            "END:VEVENT\nBEGIN:VEVENT\nEND:VEVENT",
            "it is not one VEVENT in one VCALENDAR",
        ),
        ("BEGIN:VEVENT\n", "", "it is not one VEVENT in one VCALENDAR"),
        ("VEVENT", "VTODO", "it is not one VEVENT in one VCALENDAR"),
        ("\nVERSION", "\n\nVERSION", "line 2 is blank"),
        ("upgrade night-3", "a\tb", "line 5 holds a control character"),
        ("upgrade night-3", "x" * 68, "line 5 has 76 octets"),
        ("upgrade night-3", "a\\\n ,b", "line 5 ends within an escape"),
    ],
)
def test_a_fault_for_machines_is_told(old: str, new: str, complaint: str) -> None:
    assert old in MACHINE

    assert check_calendar(wire(MACHINE.replace(old, new)), method=None) == (complaint,)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("METHOD:PUBLISH\n", "", "METHOD stands 0 times"),
        ("PUBLISH", "REQUEST", "METHOD has the value 'REQUEST'"),
        ("TRANSP:TRANSPARENT\n", "", "TRANSP stands 0 times"),
        (
            "SUMMARY;LANGUAGE=it",
            "SUMMARY;LANGUAGE=de",
            "SUMMARY and DESCRIPTION are in different languages",
        ),
        ("SUMMARY;LANGUAGE=it", "SUMMARY", "SUMMARY has the parameters ''"),
        ("?a=1", "? a=1", "URL has the value 'https://example.com/? a=1&b=2#support'"),
    ],
)
def test_a_fault_for_people_is_told(old: str, new: str, complaint: str) -> None:
    assert old in PERSON

    found = check_calendar(wire(PERSON.replace(old, new)), method="PUBLISH")

    assert found == (complaint,)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (wire(MACHINE)[:-2], "it does not end with CRLF"),
        (
            wire(MACHINE).replace(b"2.0\r\n", b"2.0\n"),
            "line 2 holds a control character",
        ),
        (
            wire(MACHINE).replace(b"2.0\r\n", b"2.0\r"),
            "line 2 holds a control character",
        ),
        (
            wire(MACHINE).replace(b"night-3\r", b"\xff\r", 1),
            "line 5 is not UTF-8 by itself",
        ),
        (b"", "it does not end with CRLF"),
    ],
    ids=["no-end", "bare-lf", "bare-cr", "not-utf-8", "empty"],
)
def test_a_fault_of_the_octets_is_told(data: bytes, complaint: str) -> None:
    assert complaint in check_calendar(data, method=None)


def test_a_split_character_is_told() -> None:
    data = wire(PERSON).replace("22:00–02:00".encode(), b"22:00\xe2\r\n \x80\x9302:00")

    assert check_calendar(data, method="PUBLISH") == (
        "line 7 is not UTF-8 by itself",
        "line 8 is not UTF-8 by itself",
    )
