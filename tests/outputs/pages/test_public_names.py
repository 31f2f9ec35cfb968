"""Public texts name no customer, contact or instance."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from notifier.content.translations import read_catalogs
from notifier.notice import read_notice
from notifier.outputs.pages.names import Names, name_problems

CUSTOMERS = "customer,name\nnordwind,Nordwind AG\nc-17,Atlas\naozora,株式会社 青空\n"
INSTANCES = (
    "instance,customer,environment\nnordwind-prod-1,nordwind,production\n"
    "pilot,c-17,production\n"
)
CONTACTS = (
    "customer,name,email,locale,timezone\n"
    "nordwind,Jo van Dyk,jo@nordwind.example.com,en,UTC\n"
    "c-17,Support,help@atlas.example.com,en,UTC\n"
)
NOTICE = """\
notice: database
kind: upgrade
title: Database upgrade
publisher: {name: Kestrel}
support: {name: Kestrel Support, url: "https://kestrel.example.com/help"}
"""


@pytest.fixture
def found(tmp_path: Path):
    def write(more: str = "", **files: str):
        tables = {
            "customers.csv": CUSTOMERS,
            "instances.csv": INSTANCES,
            "contacts.csv": CONTACTS,
        }
        for name, text in ({"notice.yaml": NOTICE + more} | tables).items():
            (tmp_path / name).write_text(text, "utf-8")
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        notice, _ = read_notice(tmp_path)
        problems = name_problems(notice, read_catalogs(notice)[0])
        return [(str(each.place), each.rule, each.severity.value) for each in problems]

    return write


@pytest.mark.parametrize(
    ("text", "rule", "severity"),
    [
        ("We move Nordwind AG first.", "customer", "error"),
        ("We move Nordwind-AG first.", "customer", "error"),
        ("株式会社 青空から始めます。", "customer", "error"),
        ("It concerns c-17 alone.", "customer", "error"),
        ("As on a map by Atlas, all is well.", "customer", "warning"),
        ("The host nordwind-prod-1 moves.", "instance", "error"),
        ("Ask Jo van Dyk.", "contact", "error"),
        ("Write to Jo@Nordwind.example.com.", "contact", "error"),
        ("The pilot comes first.", None, None),
        ("An atlas of winds: nordwind.", None, None),
        ("The host nordwind-prod-12 is none.", None, None),
        ("Write to Support.", None, None),
    ],
    ids=lambda value: re.sub(r"\W+", "-", value) if isinstance(value, str) else "",
)
def test_a_name_in_a_text_is_found_at_its_place(found, text, rule, severity):
    problems = found(f"reason: '{text}'\n")

    expected = [("notice.yaml:6:9", f"publish/names-{rule}", severity)] if rule else []
    assert problems == expected


def test_a_label_of_a_wave_is_a_public_text(found):
    waves = (
        "waves:\n  - {id: one, environment: production, start: 2024-05-01T22:00,"
        " window: 2 hours, label: Nordwind AG}\n"
    )

    (problem,) = found(**{"waves.yaml": waves})

    assert problem == ("waves.yaml:2:89", "publish/names-customer", "error")


def test_a_name_in_a_translation_is_found(found):
    catalog = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "We move one first."\nmsgstr "Zuerst zieht die Nordwind AG um."\n'
    )

    problems = found(
        "reason: We move one first.\nlocales: [en, de]\n",
        **{"locales/de/LC_MESSAGES/notice.po": catalog},
    )

    place = "locales/de/LC_MESSAGES/notice.po"
    assert problems == [(place, "publish/names-customer", "error")]


def test_the_sample_names_nobody():
    sample = Path(__file__).parents[3] / "examples" / "email-infrastructure"
    notice, _ = read_notice(sample)

    assert name_problems(notice, read_catalogs(notice)[0]) == ()


def test_many_names_cost_no_more_than_the_words_of_the_text():
    names = Names()
    for number in range(100_000):
        names.add(f"Customer number {number}", "publish/names-customer", str(number))

    found = [each.what for each in names.find("of Customer number 99999, they say")]

    assert found == ["99999"]


def test_a_text_without_blanks_costs_no_more_than_one_with_them():
    names = Names()
    names.add_exact("a@example.com", "publish/names-contact", "the address")

    # Read once, this takes no time; read from each letter on, it takes minutes.
    (found,) = set(names.find("x" * 500_000 + " (a@example.com)"))

    assert found.what == "the address"
