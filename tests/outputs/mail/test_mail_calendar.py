"""The calendars of messages, judged by our own checker and by other readers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import timeit
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from notifier.cli import main
from notifier.content.compiler import Compiler
from notifier.content.translations import read_catalogs
from notifier.content.wave_words import WaveWords, wave_words
from notifier.content.waves import wave_values
from notifier.content.wording import Wording
from notifier.model.notice import ImpactLevel, Notice
from notifier.model.schedule import PlannedWave, WaveStatus
from notifier.notice import read_notice
from notifier.outputs.mail.calendar import (
    CalendarForm,
    Occasion,
    OpenLine,
    invitation_form,
    maintenance_form,
)
from notifier.outputs.mail.calendar_check import check_calendar
from notifier.planning import plan
from notifier.resources import resource_folder

READERS = Path(__file__).parents[2] / "validators"
PYTHON = READERS / ".venv" / "bin" / "python"
SAMPLE = resource_folder("examples") / "email-infrastructure"
NOW = datetime(2024, 2, 1, tzinfo=UTC)
NOTICE, _ = read_notice(SAMPLE)
PLAN, _ = plan(NOTICE, now=NOW)
WAVES = {wave.wave.id: wave for wave in PLAN.waves}
WAVE = WAVES["production-1"]
IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,8}", fullmatch=True)
# What a notice may hold: no controls, no separators of lines.
ALLOWED = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
AWKWARD = [",", ";", ":", '"', "'", "\\", "\\n", "^", "%", "=", "BEGIN:VEVENT"]
SAID = st.lists(
    st.text(ALLOWED, max_size=20)
    | st.sampled_from(
        [*AWKWARD, "però", "日本語", "👩‍💻", "مرحبا", "\\" * 80, "a " * 50]
    ),
    max_size=6,
).map("".join)
SUPPORT = "https://experienceleague.adobe.com/it?support-solution=Campaign#support"
WORDS = SAID.map(lambda said: f"x{said}x")
# icalendar reads two backslashes in a parameter as one, which RFC 5545 §3.2 does not.
NAMES = WORDS.map(lambda said: said.replace("\\", "/"))


def unfolded(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def changed(wave: PlannedWave, **changes: Any) -> PlannedWave:
    return replace(wave, wave=replace(wave.wave, **changes))


def made(
    notice: Notice = NOTICE,
    wave: PlannedWave = WAVE,
    *,
    said: tuple[str, str, str] = ("it", "Aggiornamento", "Quando\nDove"),
    to: tuple[str, tuple[str, ...]] = ("aurora", ("aurora-1", "aurora-2")),
    stamp: datetime = NOW,
) -> tuple[bytes, bytes]:
    occasion = Occasion(wave, *said, SUPPORT)
    forms = (
        maintenance_form(notice, occasion, stamp),
        invitation_form(notice, occasion, stamp),
    )
    machine, person = (form.fill(*to) for form in forms)
    assert check_calendar(machine, method=None) == ()
    assert check_calendar(person, method="PUBLISH") == ()
    return machine, person


def event_of(data: bytes) -> Any:
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    return event


def facts_of(event: Any) -> dict[str, Any]:
    return {
        "uid": str(event["UID"]),
        "sequence": str(event["SEQUENCE"]),
        "start": event.decoded("DTSTART").isoformat(),
        "end": event.decoded("DTEND").isoformat(),
        "summary": str(event["SUMMARY"]),
        "description": str(event["DESCRIPTION"]) if "DESCRIPTION" in event else None,
    }


def write_sample(folder: Path, output: Path, *options: str) -> list[Path]:
    asked = ["emails", str(folder), "--now", "2024-02-01", "-o", str(output), *options]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0, result.output
    return sorted(output.rglob("*.eml"))


def calendars_of(path: Path) -> list[tuple[str | None, str | None, bytes]]:
    """Return file name, `method=` and content of each calendar part of a message."""
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return [
        (part.get_filename(), part.get_param("method"), part.get_payload(decode=True))
        for part in message.walk()
        if part.get_content_type() == "text/calendar"
    ]


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    mails = write_sample(SAMPLE, tmp_path_factory.mktemp("mails") / "out")
    return [path for path in mails if path.parts[-3] != "none"]


@pytest.fixture(scope="module")
def reader() -> Iterator[Callable[..., dict[str, Any]]]:
    """Return a function that asks the readers of tests/validators/.venv."""
    if not PYTHON.exists():
        pytest.skip("needs `scripts/test-tools` to install the calendar readers")
    with subprocess.Popen(
        [PYTHON, READERS / "calendars.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        asking, answers = process.stdin, process.stdout
        assert asking is not None
        assert answers is not None

        def ask(**question: str) -> dict[str, Any]:
            asking.write(json.dumps(question) + "\n")
            asking.flush()
            return dict(json.loads(answers.readline()))

        yield ask
        asking.close()


def test_a_machine_reads_the_wave_as_maintenance() -> None:
    machine, _ = made(to=("aurora", ("aurora-1", "aurora-2")))

    assert set(unfolded(machine)) == {
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//notifier//messages//EN"),
        "BEGIN:VEVENT",
        "UID:email-infrastructure.production-1.aurora@notices.example.com",
        "DTSTAMP:20240201T000000Z",
        "DTSTART:20240305T210000Z",
        "DTEND:20240306T010000Z",
        "SEQUENCE:1",
        "STATUS:CONFIRMED",
        "SUMMARY:email-infrastructure production-1",
        'ORGANIZER;CN="Campaign Operations":mailto:operations@notices.example.com',
        "X-MAINTNOTE-PROVIDER:notices.example.com",
        "X-MAINTNOTE-ACCOUNT:aurora",
        "X-MAINTNOTE-MAINTENANCE-ID:email-infrastructure.production-1",
        "X-MAINTNOTE-OBJECT-ID:aurora-1",
        "X-MAINTNOTE-OBJECT-ID:aurora-2",
        "X-MAINTNOTE-IMPACT:OUTAGE",
        "X-MAINTNOTE-STATUS:CONFIRMED",
        *("END:VEVENT", "END:VCALENDAR"),
    }


def test_a_person_reads_the_same_event_in_their_language() -> None:
    machine, person = (set(unfolded(data)) for data in made())

    assert machine - person == {"SUMMARY:email-infrastructure production-1"}
    assert person - machine == {
        "METHOD:PUBLISH",
        "SUMMARY;LANGUAGE=it:Aggiornamento",
        r"DESCRIPTION;LANGUAGE=it:Quando\nDove",
        f"URL:{SUPPORT}",
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
    }


def worded(wave: PlannedWave, wording: Wording, *, zone: str) -> WaveWords:
    values = wave_values(wave, wording, zone=zone)
    return wave_words(wave, NOTICE, wording, values=values)


def test_an_italian_description_tells_both_times_the_estimate_and_support() -> None:
    catalogs, _ = read_catalogs(NOTICE)
    wording = Compiler(NOTICE, PLAN, catalogs).wording("it", "it")
    words = worded(WAVE, wording, zone="Asia/Tokyo")

    _, person = made(said=("it", words.summary, words.description))

    lines = [
        re.sub(r"[\u2009\u00a0\u202f]", " ", line)
        for line in str(event_of(person)["DESCRIPTION"]).split("\n")
    ]
    assert lines == [
        "mercoledì 6 marzo 2024, 06:00–10:00 (ora di Tokyo, UTC+09:00)",
        "5 marzo 2024, 21:00 – 6 marzo 2024, 01:00 UTC",
        "Durata stimata: 60–75 minuti",
        "Assistenza: Assistenza clienti Adobe, "
        "https://experienceleague.adobe.com/it?support-solution=Campaign#support",
    ]


@pytest.mark.parametrize("lang", NOTICE.locales)
def test_every_wave_passes_the_check_in(lang: str) -> None:
    catalogs, _ = read_catalogs(NOTICE)
    wording = Compiler(NOTICE, PLAN, catalogs).wording(lang, lang)
    for wave in PLAN.waves:
        words = worded(wave, wording, zone="America/New_York")

        _, person = made(wave=wave, said=(lang, words.summary, words.description))

        assert facts_of(event_of(person)) == {
            "uid": f"{NOTICE.id}.{wave.wave.id}.aurora@notices.example.com",
            "sequence": str(wave.wave.revision),
            "start": wave.window.start.isoformat(),
            "end": wave.window.end.isoformat(),
            "summary": words.summary,
            "description": words.description,
        }


@pytest.mark.slow
def test_each_message_of_the_sample_holds_sound_calendars(mails: list[Path]) -> None:
    wanted = [
        (None, "PUBLISH"),
        ("maintenance.ics", None),
        ("invite.ics", "PUBLISH"),
    ]
    for path in mails:
        found = calendars_of(path)

        assert [(name, method) for name, method, _ in found] == wanted
        assert [check_calendar(data, method=how) for _, how, data in found] == [()] * 3
        assert found[0][2] == found[2][2]
    assert {path.parts[-2].split("-")[0] for path in mails} >= {"ar", "ja", "zh", "pl"}


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("both", [None, "maintenance.ics", "invite.ics"]),
        ("machine", ["maintenance.ics"]),
        ("person", [None, "invite.ics"]),
    ],
)
def test_the_notice_chooses_who_gets_a_calendar(
    wanted: str, names: list[str | None], sample: Path, tmp_path: Path
) -> None:
    with (sample / "notice.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\ndelivery: {{calendar: {wanted}}}\n")

    options = ("--wave", "production-1", "--limit", "1")
    (mail,) = write_sample(sample, tmp_path / "out", *options)

    assert [name for name, _, _ in calendars_of(mail)] == names


@pytest.mark.parametrize(
    ("status", "event_status", "maintenance_status"),
    [
        (WaveStatus.TENTATIVE, "TENTATIVE", "TENTATIVE"),
        (WaveStatus.SCHEDULED, "CONFIRMED", "CONFIRMED"),
        (WaveStatus.IN_PROGRESS, "CONFIRMED", "IN-PROCESS"),
        (WaveStatus.COMPLETED, "CONFIRMED", "COMPLETED"),
        (WaveStatus.CANCELLED, "CANCELLED", "CANCELLED"),
    ],
)
def test_a_status_is_told_in_both_vocabularies(
    status: WaveStatus, event_status: str, maintenance_status: str
) -> None:
    for data in made(wave=replace(WAVE, status=status)):
        event = event_of(data)
        told = str(event["STATUS"]), str(event["X-MAINTNOTE-STATUS"])
        assert told == (event_status, maintenance_status)


@pytest.mark.parametrize("level", ImpactLevel)
def test_an_impact_is_told_as_maintnote_spells_it(level: ImpactLevel) -> None:
    notice = replace(NOTICE, impact=replace(NOTICE.impact, level=level))

    machine, _ = made(notice)

    assert f"X-MAINTNOTE-IMPACT:{level.name.replace('_', '-')}" in unfolded(machine)


def test_a_stamp_of_any_zone_is_told_in_utc() -> None:
    stamp = datetime(2024, 2, 1, 9, tzinfo=timezone(timedelta(hours=9)))

    assert made(stamp=stamp) == made(stamp=NOW)


def test_the_machine_file_is_ascii_whatever_the_publisher_is_called() -> None:
    publisher = replace(NOTICE.publisher, sender="Überkom <o%p@notices.example.com>")

    machine, person = made(replace(NOTICE, publisher=publisher))

    assert "ORGANIZER:mailto:o%25p@notices.example.com" in unfolded(machine)
    assert event_of(person)["ORGANIZER"].params == {"CN": "Überkom"}


@settings(max_examples=30)
@given(IDS, IDS, st.lists(st.tuples(IDS, IDS), min_size=2, max_size=4, unique=True))
@example("n", "c", [("a.b", "c"), ("a", "b.c")])
def test_a_uid_names_one_wave_and_customer_for_good(
    notice_id: str, instance: str, pairs: list[tuple[str, str]]
) -> None:
    notice = replace(NOTICE, id=notice_id)
    uids = set()
    for wave_id, customer in pairs:
        wave = changed(WAVE, id=wave_id)
        later = changed(replace(wave, status=WaveStatus.CANCELLED), revision=2)
        files = [
            *made(notice, wave, to=(customer, (instance,))),
            *made(notice, later, to=(customer, (instance,)), said=("ja", "x", "x")),
        ]
        (uid,) = {str(event_of(data)["UID"]) for data in files}
        assert [event_of(data)["SEQUENCE"] for data in files] == [
            *[WAVE.wave.revision] * 2,
            *[2, 2],
        ]
        uids.add(uid)
    assert len(uids) == len(pairs)


@pytest.mark.slow
@settings(max_examples=80)
@given(said=st.tuples(WORDS, st.lists(WORDS, min_size=1).map("\n".join)), name=NAMES)
@example(said=("x" + "\\" * 120, "x"), name='Ops, "night" shift; 24:7 ^^')
def test_words_come_back_whole_from_two_readers(
    said: tuple[str, str], name: str, reader: Callable[..., dict[str, Any]]
) -> None:
    publisher = replace(NOTICE.publisher, name=name, sender="ops@notices.example.com")

    machine, person = made(replace(NOTICE, publisher=publisher), said=("it", *said))

    event = event_of(person)
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == said
    assert event["ORGANIZER"].params == {"CN": name}
    assert facts_of(event) == reader(calendar=person.decode())
    assert facts_of(event_of(machine)) == reader(calendar=machine.decode())


@settings(max_examples=300)
@given(SAID)
@example("\\" * 1000)
@example("a" * 74 + "é" * 200)
@example("a" * 73 + "\\,b" * 100)
def test_a_folded_line_unfolds_to_itself(line: str) -> None:
    line = "SUMMARY:" + line.replace("\\", "\\\\").replace(",", "\\,")

    data = CalendarForm((OpenLine(line, "", False),)).fill("", ())

    assert unfolded(data) == [line]
    pieces = data.removesuffix(b"\r\n").split(b"\r\n ")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert "".join(piece.decode() for piece in pieces) == line
    ends = [len(piece) - len(piece.rstrip(b"\\")) for piece in pieces]
    assert {number % 2 for number in ends} == {0}


def test_a_customer_is_named_where_it_belongs_and_nowhere_else() -> None:
    marks = "CUSTOMER-OF-THIS-LINE INSTANCE-OF-THIS-LINE"

    _, person = made(said=("en", marks, marks), to=("acme", ("acme-1",)))

    event = event_of(person)
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == (marks, marks)


def test_the_same_wave_makes_the_same_bytes() -> None:
    assert made() == made()


def test_fifty_instances_are_filled_in_within_a_tenth_of_a_millisecond() -> None:
    form = maintenance_form(NOTICE, Occasion(WAVE, "it", "x", "x", SUPPORT), NOW)
    ids = tuple(f"instance-of-the-customer-{number}" for number in range(50))

    times = timeit.repeat(lambda: form.fill("aurora", ids), number=20, repeat=50)

    assert form.fill("aurora", ids).count(b"OBJECT-ID") == 50
    assert min(times) / 20 < 100e-6


@pytest.mark.slow
def test_readers_agree_on_every_calendar_of_the_sample(
    mails: list[Path], reader: Callable[..., dict[str, Any]]
) -> None:
    for path in mails:
        for _, _, data in calendars_of(path):
            assert facts_of(event_of(data)) == reader(calendar=data.decode())


def maintenance(customer: str, wave: PlannedWave) -> dict[str, Any]:
    """Return what a maintenance parser must find for a customer and a wave."""
    upgrade = f"email-infrastructure.{wave.wave.id}"
    return {
        "account": customer,
        "circuits": [
            {"circuit_id": instance.id, "impact": "OUTAGE"}
            for instance in NOTICE.instances or ()
            if (instance.customer, instance.wave) == (customer, wave.wave.id)
        ],
        "start": int(wave.window.start.timestamp()),
        "end": int(wave.window.end.timestamp()),
        "stamp": int(NOW.timestamp()),
        "maintenance_id": upgrade,
        "organizer": "mailto:operations@notices.example.com",
        "provider": "notices.example.com",
        "sequence": wave.wave.revision,
        "status": "CONFIRMED",
        "uid": f"{upgrade}.{customer}@notices.example.com",
    }


@pytest.mark.slow
def test_a_maintenance_parser_understands_every_message(
    mails: list[Path], reader: Callable[..., dict[str, Any]]
) -> None:
    for path in mails:
        found = reader(message=str(path))
        found.pop("summary", None)
        customer, wave = path.name.split("--")[0], WAVES[path.parts[-3]]
        assert found == maintenance(customer, wave)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_whichever_calendar_the_parser_picks_it_finds_the_maintenance(
    seed: int, mails: list[Path], reader: object
) -> None:
    # It keeps the parts in a set and reads one calendar: which, hangs on the hash seed.
    mail = next(path for path in mails if path.name.startswith("aurora--"))
    command = PYTHON.with_name("circuit-maintenance-parser")
    done = subprocess.run(
        [command, "--data-type", "email", "--data-file", mail],
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count('"account": "aurora"') == 1
