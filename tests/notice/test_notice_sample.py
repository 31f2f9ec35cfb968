"""The sample, its schema, and what a folder may leave out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from notice_folders import CONTACTS, FULL, NOTICE, Write, problems_of

from notifier.errors import NotifierError, Place
from notifier.model.audience import Contact, Customer, Instance
from notifier.model.notice import (
    Action,
    Impact,
    ImpactLevel,
    Question,
    Reschedule,
    Rescheduling,
)
from notifier.model.page import Section
from notifier.model.schedule import LocalTime, Wave
from notifier.model.values import Bound, Estimate, PartialDate, Precision, Text
from notifier.notice import json_schema, read_contacts, read_notice
from notifier.notice.rules import RULES


def test_the_sample_reads_clean(sample: Path) -> None:
    notice, warnings = read_notice(sample)

    assert warnings == ()
    assert notice.instances is not None
    assert notice.contacts is not None
    assert [len(notice.instances), notice.contacts.count] == [
        len((sample / name).read_text("utf-8").splitlines()) - 1
        for name in ("instances.csv", "contacts.csv")
    ]
    assert len(list(read_contacts(notice.contacts))) == notice.contacts.count


class _EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do (1.2): yes, no and dates are texts."""


_EditorLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag.endswith((":int", ":null")) or (tag.endswith(":bool") and first in "tf")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("name", ["notice", "waves"])
def test_the_published_schema_accepts_the_sample(sample: Path, name: Any) -> None:
    schema = json_schema(name)
    facts = yaml.load((sample / f"{name}.yaml").read_text("utf-8"), _EditorLoader)

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(facts)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate({**facts, "wavs": []})


def test_what_is_left_out_has_sensible_defaults(write: Write) -> None:
    notice, warnings = read_notice(write({"notice.yaml": NOTICE}))

    assert warnings == ()
    assert (notice.locales, notice.default_locale) == (("en",), "en")
    assert notice.impact == Impact(ImpactLevel.OUTAGE)
    assert [section.id for section in notice.page.outline] == [
        "changes",
        "audience",
        "timeline",
        "impact",
        "faq",
    ]
    assert [question.id for question in notice.faq] == [
        "mandatory",
        "audience",
        "downtime",
        "action",
        "testing",
        "reschedule",
    ]
    tables = (notice.schedule, notice.instances, notice.customers, notice.contacts)
    assert tables == (None, None, None, None)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("30–60 minutes", (30, 60, Bound.RANGE)),
        ("{at_most: 10 minutes}", (10, 10, Bound.AT_MOST)),
        ("{average: 1 h}", (60, 60, Bound.AVERAGE)),
        ("{about: PT30M}", (30, 30, Bound.ABOUT)),
        ("90 minutes", (90, 90, Bound.ABOUT)),
    ],
)
def test_an_expected_duration_has_short_and_long_forms(
    write: Write, written: str, expected: tuple[int, int, Bound]
) -> None:
    low, high, bound = expected

    notice, _ = read_notice(write({"notice.yaml": f"{NOTICE}expected: {written}\n"}))

    minutes = timedelta(minutes=1)
    assert notice.expected == Estimate(low * minutes, high * minutes, bound)


def _text(source: str, line: int, column: int, *, markdown: bool = True) -> Text:
    return Text(source, markdown, Place("notice.yaml", line, column))


def test_duties_questions_and_sections_have_short_and_long_forms(write: Write) -> None:
    more = """\
customer:
  action: {text: Do it, by: 2024-01-15, if_not: Else}
  reschedule: request
faq: [audience, {standard: downtime, answer: None}, {question: Why?, answer: So}]
page: {outline: [faq, {id: own, heading: Own, text: Words, anchor: a}]}
"""
    notice, _ = read_notice(write({"notice.yaml": NOTICE + more}))

    by = PartialDate(Precision.DAY, date(2024, 1, 15), "2024-01-15")
    assert notice.duties.action == Action(
        _text("Do it", 7, 18), by, _text("Else", 7, 49)
    )
    assert notice.duties.reschedule == Reschedule(Rescheduling.REQUEST)
    assert notice.faq == (
        Question("audience", "audience"),
        Question("downtime", "downtime", answer=_text("None", 9, 46)),
        Question(
            "question-1",
            question=_text("Why?", 9, 64, markdown=False),
            answer=_text("So", 9, 78),
        ),
    )
    heading, words = _text("Own", 10, 42, markdown=False), _text("Words", 10, 53)
    assert notice.page.outline == (
        Section("faq"),
        Section("own", heading, words, "a"),
    )


def test_a_wave_keeps_its_wall_clock_and_what_it_replaced(write: Write) -> None:
    waves = """\
timezone: Europe/Rome
waves:
  - id: w1
    environment: production
    start: 2024-10-27T02:30+01:00
    window: 4 hours
    revision: 2
    was: {window: 3 hours}
"""
    notice, _ = read_notice(write({"notice.yaml": NOTICE, "waves.yaml": waves}))

    start = Place("waves.yaml", 5, 12)
    assert notice.schedule is not None
    assert notice.schedule.waves == (
        Wave(
            "w1",
            "production",
            LocalTime(datetime(2024, 10, 27, 2, 30), timedelta(hours=1), start),  # noqa: DTZ001 - a wall clock
            timedelta(hours=4),
            "Europe/Rome",
            revision=2,
            was_length=timedelta(hours=3),
            place=Place("waves.yaml", 3, 5),
        ),
    )


def test_places_name_each_key_of_the_notice(write: Write) -> None:
    notice, _ = read_notice(write({"notice.yaml": NOTICE + "audience: [a, b]\n"}))

    assert notice.places is not None
    assert notice.places["support.url"] == Place("notice.yaml", 5, 23)
    assert notice.places["audience.1"] == Place("notice.yaml", 6, 15)


FRONT_MATTER = """\
page:
  front_matter:
    exl-id: f01e38ad
    hide: yes   # said so
    feature: "Email: yes"
    role: [User,
           Admin]
    level:
    - Beginner
    # more to come
    - Experienced

    # the end
    deep: {a: 012, b: '*x'}
    note: |
      two
        lines
    by_locale:
      IT: {exl-id: zzz, x: ~}
"""


def test_front_matter_is_kept_as_spelled(write: Write) -> None:
    notice, _ = read_notice(write({"notice.yaml": NOTICE + FRONT_MATTER}))

    assert notice.page.front_matter == (
        ("exl-id", "f01e38ad"),
        ("hide", "yes"),
        ("feature", '"Email: yes"'),
        ("role", "[User,\n  Admin]"),
        ("level", "\n  - Beginner\n  # more to come\n  - Experienced"),
        ("deep", "{a: 012, b: '*x'}"),
        ("note", "|\n  two\n    lines"),
    )
    assert notice.page.front_matter_by_locale == {"it": (("exl-id", "zzz"), ("x", "~"))}


def test_front_matter_says_the_same_when_written_out(write: Write) -> None:
    notice, _ = read_notice(write({"notice.yaml": NOTICE + FRONT_MATTER}))

    written = "".join(f"{key}: {value}\n" for key, value in notice.page.front_matter)

    meant = yaml.safe_load(FRONT_MATTER)["page"]["front_matter"]
    assert yaml.safe_load(written) == {k: v for k, v in meant.items() if k in written}


def test_customers_come_from_the_instances_if_no_file_names_them(write: Write) -> None:
    files = {name: text for name, text in FULL.items() if name != "customers.csv"}

    notice, _ = read_notice(write(files))

    assert notice.customers == {"acme": Customer("acme", "acme")}


@pytest.mark.parametrize(
    "delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_tables_are_read_as_spreadsheets_write_them(
    write: Write, delimiter: str, encoding: str, end: str
) -> None:
    table = (
        'Account ID,name,email,"team, role",timezone,locale\n'
        '  acme ,Élodie,elodie@bücher.example, "a",,ZH-hans\n,,,,,\n'
    )
    if delimiter != ",":
        table = table.replace('"team, role"', "team").replace(",", delimiter)
    table = table.replace(' "a"', '"a ""b"" "').replace("\n", end)
    more = "columns: {customer: Account ID}\n"
    files = {**FULL, "notice.yaml": NOTICE + more}

    folder = write({**files, "contacts.csv": table.encode(encoding)})
    contacts = read_notice(folder)[0].contacts

    assert contacts is not None
    role = "team, role" if delimiter == "," else "team"
    assert list(read_contacts(contacts)) == [
        (
            2,
            Contact(
                "acme",
                "Élodie",
                "elodie@xn--bcher-kva.example",
                "zh-Hans",
                "",
                {role: 'a "b"'},
            ),
        )
    ]


@pytest.mark.parametrize(
    "absent", ["waves.yaml", "instances.csv", "customers.csv", "contacts.csv"]
)
def test_each_file_beside_the_notice_may_be_absent(sample: Path, absent: str) -> None:
    (sample / absent).unlink()

    assert read_notice(sample)[1] == ()


def test_further_columns_of_instances_are_kept(write: Write) -> None:
    table = "instance,customer,wave,host\ni1,acme,w1,h1\ni2,acme,w2,\n"

    notice, _ = read_notice(write({**FULL, "instances.csv": table}))

    assert notice.instances == (
        Instance("i1", "acme", "production", "w1", {"host": "h1"}),
        Instance("i2", "acme", "staging", "w2", {"host": ""}),
    )


def test_contacts_that_change_between_two_readings_are_a_problem(write: Write) -> None:
    folder = write(dict(FULL))
    contacts = read_notice(folder)[0].contacts
    assert contacts is not None
    (folder / "contacts.csv").write_text(CONTACTS + "acme,Bob\n", "utf-8")

    with pytest.raises(NotifierError, match=r"contacts\.csv:3"):
        list(read_contacts(contacts))


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("customer,email,name,locale,timezone\nacme,Ada,ada@example.com,it,UTC\n", 1),
        ("customer,name,email\nacme,Ada,ada@example.com\n", 1),
        ("", 1),
        (CONTACTS + "acme,Bob,bob,it,UTC\n", 3),
        (CONTACTS + "acme,Bob,bob@example.com,xx,UTC\n", 3),
        (CONTACTS + "acme,Bob,bob@example.com,it,Mars/Base\n", 3),
        (CONTACTS + "../acme,Bob,bob@example.com,it,UTC\n", 3),
    ],
    ids=["order", "columns", "empty", "e-mail", "locale", "zone", "customer"],
)
def test_any_fault_that_appears_between_two_readings_is_a_problem(
    write: Write, table: str, line: int
) -> None:
    folder = write(dict(FULL))
    contacts = read_notice(folder)[0].contacts
    assert contacts is not None
    (folder / "contacts.csv").write_text(table, "utf-8")

    with pytest.raises(NotifierError) as caught:
        list(read_contacts(contacts))

    assert [problem.place for problem in caught.value.problems] == [
        Place("contacts.csv", line)
    ]
    assert {problem.rule for problem in caught.value.problems} <= RULES.keys()


def _defaults_of(schema: dict[str, Any]) -> list[tuple[str, Any, dict[str, Any]]]:
    return [
        (key, value["default"], {**value, "$defs": schema["$defs"]})
        for owner in (schema, *schema["$defs"].values())
        for each in (owner, *owner.get("anyOf", ()))
        for key, value in each.get("properties", {}).items()
        if "default" in value
    ]


@pytest.mark.parametrize("name", ["notice", "waves"])
def test_each_default_that_the_schema_tells_is_valid_by_it(name: Any) -> None:
    defaults = _defaults_of(json_schema(name))

    assert len(defaults) > 10
    for _, value, schema in defaults:
        jsonschema.Draft202012Validator(schema).validate(value)


def test_the_defaults_of_durations_are_told_as_they_are_written(write: Write) -> None:
    told = {key: value for key, value, _ in _defaults_of(json_schema("waves"))}
    keys = ("setup", "parallel", "spread", "round_to")
    written = "".join(f", {key}: {told[key]}" for key in keys)
    folder = write({"notice.yaml": NOTICE})
    models = []
    for more in ("", written):
        text = f"duration: {{per_instance: 1 h{more}}}\n"
        (folder / "waves.yaml").write_text(text, "utf-8")
        schedule = read_notice(folder)[0].schedule
        assert schedule is not None
        models.append(schedule.model)

    assert models[0] == models[1]


def test_a_template_address_names_columns_of_the_contacts(write: Write) -> None:
    url = "https://example.com/{contact.token}"
    more = f"delivery: {{preferences_url: '{url}'}}\n"
    folder = write({**FULL, "notice.yaml": NOTICE + more})

    assert [problem.rule for problem in problems_of(folder)] == [
        "notice/contact-column"
    ]

    header, row = CONTACTS.splitlines()
    (folder / "contacts.csv").write_text(f"{header},token\n{row},x\n", "utf-8")
    assert read_notice(folder)[0].delivery.preferences_url == url
