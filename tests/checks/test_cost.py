"""The cost of a check, counted in calls and steps: it grows as what is checked."""

from __future__ import annotations

import cProfile
import pstats
import sys
from itertools import chain

import pytest
from notices import NOW, TINY, check

from notifier.checks.finding import places
from notifier.checks.reading_back import seen
from notifier.content.compiler import Compiler
from notifier.content.editions import EditionKey
from notifier.content.translations import read_catalogs
from notifier.notice import read_notice
from notifier.planning import plan

# What one more costs may grow so much where there are twice as many.
GROWTH = 1.05
ROOM = "/notifier/checks/"
_WAVE = """\
  - {{id: night-{0}, environment: production, start: 2024-{1:02}-{2:02}T22:00,
     window: 4 hours}}
"""


def _waves(number):
    waves = (_WAVE.format(n, 3 + n % 9, 1 + n % 28) for n in range(number))
    head = TINY["waves.yaml"].partition("waves:\n")[0]
    return {"waves.yaml": f"{head}waves:\n{''.join(waves)}"} | _rows(number, waves=True)


def _rows(number, *, waves=False):
    """Return tables of customers, each with an instance and a contact."""
    names = [f"c{n}" for n in range(number)]
    return {
        "instances.csv": _table(
            "instance,customer,environment,wave",
            (
                f"{name}-1,{name},production,night-{n if waves else 1}"
                for n, name in enumerate(names)
            ),
        ),
        "customers.csv": _table(
            "customer,name", (f"{name},Aurora Lines {name}" for name in names)
        ),
    }


def _contacts(number):
    rows = (f"c{n},Ada Nº {n},a{n}@c{n}.example.com,Asia/Tokyo" for n in range(number))
    table = _table("customer,name,email,timezone", rows)
    domain = "domain: kestrel.example.com"
    sender = 'sender: "Kestrel <kestrel@kestrel.example.com>"'
    text = TINY["notice.yaml"].replace(domain, f"{domain}, {sender}")
    return _rows(number) | {"contacts.csv": table, "notice.yaml": text}


def _instances(number):
    rows = (f"aurora-{n},aurora,production,night-1" for n in range(number))
    return _contacts(1) | {
        "instances.csv": _table("instance,customer,environment,wave", rows),
        "customers.csv": TINY["customers.csv"],
        "contacts.csv": "customer,name,email,timezone\n"
        "aurora,Ada Nº 1,ada@aurora.example.com,Asia/Tokyo\n",
    }


def _questions(number):
    lines = (
        f"  - {{question: 'How about {n}?', answer: 'As `{n}` **is**, so it stays.'}}\n"
        for n in range(number)
    )
    return {"notice.yaml": f"{TINY['notice.yaml']}faq:\n{''.join(lines)}"}


def _sections(number):
    lines = (
        f"    - {{id: own-{n}, heading: About {n}, text: 'It is `{n}` **still**.'}}\n"
        for n in range(number)
    )
    standard = "".join(f"    - {name}\n" for name in ("audience", "timeline", "faq"))
    outline = f"page:\n  path: database.md\n  outline:\n{standard}{''.join(lines)}"
    return {"notice.yaml": f"{TINY['notice.yaml']}{outline}"}


def _translations(number):
    """Return questions of which none is translated, so that all are told."""
    text = _questions(number)["notice.yaml"]
    return {"notice.yaml": f"{text}locales: [en, it]\nfallback: warn\n"}


def _table(head, rows):
    return "\n".join([head, *rows, ""])


SHORT = {
    "waves.yaml": TINY["waves.yaml"].replace("30 minutes", "1 minute, parallel: 20")
}
# Each with a number that costs much beside what a check costs in any case.
KINDS = {
    "waves": (_waves, 8),
    "customers": (_rows, 400),
    "contacts": (_contacts, 200),
    "instances of a customer": (_instances, 100),
    "questions": (_questions, 10),
    "sections": (_sections, 10),
    "missing translations": (_translations, 8),
}


def _steps(folder):
    """Return how many instructions a check runs in its own room.

    Calls would not tell of loops in one expression; the other rooms have other tests.
    """
    steps = 0

    def trace(frame, event, _):
        nonlocal steps
        if event == "opcode":
            steps += 1
        elif event == "call":
            if ROOM not in frame.f_code.co_filename:
                return None
            frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        report = check(folder)
    finally:
        sys.settrace(before)
    assert not report.counted["error"]
    return steps


def _calls(folder):
    profile = cProfile.Profile()
    report = profile.runcall(check, folder)
    assert not report.counted["error"]
    return pstats.Stats(profile).total_calls


@pytest.mark.slow
@pytest.mark.parametrize("cost", [_calls, _steps], ids=["calls", "steps"])
@pytest.mark.parametrize("kind", KINDS)
def test_one_more_costs_the_same_however_many_there_are(kind, cost, tmp_path):
    write, number = KINDS[kind]
    folders = []
    for times in (1, 2, 4):
        folder = tmp_path / str(times)
        folder.mkdir()
        for name, text in (TINY | SHORT | write(times * number)).items():
            (folder / name).write_text(text, "utf-8")
        folders.append(folder)
        check(folder)  # what is imported and kept at the first run is none of it

    few, more, most = map(cost, folders)

    assert (most - more) <= GROWTH * 2 * (more - few)


def test_the_page_that_is_rendered_is_the_page_that_is_published(clean):
    notice, _ = read_notice(clean)
    planned, _ = plan(notice, now=NOW)
    catalogs, _ = read_catalogs(notice)

    for lang in notice.locales:
        rendered = Compiler(notice, planned, catalogs)
        edition = rendered.edition(EditionKey("page", lang, lang))
        published = Compiler(notice, planned, catalogs).page(lang)

        assert edition.markdown == published == rendered.page(lang)


def test_the_places_of_a_part_are_the_same_in_long_and_in_short_texts():
    clocks = [f"{day}March2024at{hour}:00" for day in range(1, 32) for hour in (7, 22)]
    short = seen(" ".join(chain(clocks, ["x1", "+1", "1", "12", "-1 a"])))
    long = short + "." * 30_000
    parts = (
        "1March2024",
        "1March2024at7:00",
        "31March",
        "22:00",
        "1",
        "x1",
        "at7",
        "at",
    )

    found = {part: sorted(places(long, part)) for part in parts}

    assert found == {part: list(places(short, part)) for part in parts}
    assert len(found["1March2024"]) == 2
