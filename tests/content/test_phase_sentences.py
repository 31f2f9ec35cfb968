"""What a page says about a phase: one sentence per state and precision."""

import json
from datetime import UTC, datetime

import pytest

from notifier.content.compiler import Compiler
from notifier.content.editions import EditionKey
from notifier.content.translations import read_catalogs
from notifier.notice import read_notice
from notifier.planning import plan


def sentences(folder, phase, *, now, locale="en"):
    (folder / "waves.yaml").write_text(
        "phases:\n  - " + json.dumps({"environments": ["staging"], **phase})
    )
    for name in ("instances.csv", "contacts.csv", "customers.csv"):
        (folder / name).unlink(missing_ok=True)
    notice, _ = read_notice(folder)
    planned, _ = plan(notice, now=now)
    catalogs, _ = read_catalogs(notice)
    compiler = Compiler(notice, planned, catalogs)
    return compiler.edition(EditionKey("page", locale, locale)).phases


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("phase", "now", "sentence"),
    [
        ({"starts": "2024-03"}, "2024-02-29", "will start in **March 2024**."),
        ({"starts": "2024-03"}, "2024-03-01", "is starting in **March 2024**."),
        ({"starts": "2024-03"}, "2024-04-01", "started in **March 2024**."),
        (
            {"starts": "2024-Q2"},
            "2024-03-31",
            "will start in the **2nd quarter 2024**.",
        ),
        (
            {"starts": "2024-Q2"},
            "2024-06-30",
            "is starting in the **2nd quarter 2024**.",
        ),
        ({"starts": "2024-Q2"}, "2024-07-01", "started in the **2nd quarter 2024**."),
        (
            {"starts": "2024-W10"},
            "2024-03-03",
            "will start in the week of **March 4, 2024**.",
        ),
        (
            {"starts": "2024-W10"},
            "2024-03-10",
            "is starting in the week of **March 4, 2024**.",
        ),
        (
            {"starts": "2024-W10"},
            "2024-03-11",
            "started in the week of **March 4, 2024**.",
        ),
        ({"starts": "2024-03-05"}, "2024-03-04", "will start on **March 5, 2024**."),
        ({"starts": "2024-03-05"}, "2024-03-05", "is starting on **March 5, 2024**."),
        ({"starts": "2024-03-05"}, "2024-03-06", "started on **March 5, 2024**."),
        (
            {"starts": "2024-03", "status": "completed"},
            "2024-05-01",
            "has been completed.",
        ),
        (
            {"starts": "2024-03", "status": "cancelled"},
            "2024-02-01",
            "has been cancelled.",
        ),
        (
            {"by": "2024-03"},
            "2024-02-01",
            "will be completed by the end of **March 2024**.",
        ),
        (
            {"by": "2024-Q2"},
            "2024-02-01",
            "will be completed by the end of the **2nd quarter 2024**.",
        ),
        (
            {"by": "2024-W10"},
            "2024-02-01",
            "will be completed by the end of the week of **March 4, 2024**.",
        ),
        (
            {"by": "2024-03-05"},
            "2024-02-01",
            "will be completed by **March 5, 2024**.",
        ),
        ({"by": "2024-03"}, "2024-04-01", "has been completed."),
        (
            {"ends": "2024-03"},
            "2024-02-01",
            "will be completed by the end of **March 2024**.",
        ),
        ({"ends": "2024-03"}, "2024-04-01", "was completed in **March 2024**."),
        (
            {"starts": "2024-03", "ends": "2024-05"},
            "2024-02-01",
            "will take place in the period **March – May 2024**.",
        ),
        (
            {"starts": "2024-03", "ends": "2024-05"},
            "2024-04-01",
            "is taking place in the period **March – May 2024**.",
        ),
        (
            {"starts": "2024-03", "ends": "2024-05"},
            "2024-06-01",
            "took place in the period **March – May 2024**.",
        ),
    ],
    ids=str,
)
def test_the_sentence_follows_state_and_precision(sample, phase, now, sentence):
    found = sentences(sample, phase, now=at(now))

    assert found == (f"Work on the staging environments {sentence}",)


def test_polish_declines_month_and_quarter_for_each_sentence(sample):
    def said(phase):
        return sentences(sample, phase, now=at("2024-02-01"), locale="pl")[0]

    assert said({"starts": "2024-09"}).endswith(" rozpoczną się **we wrześniu 2024**.")
    assert said({"by": "2024-09"}).endswith(" do końca **września 2024**.")
    assert said({"starts": "2024-Q3"}).endswith(" w **III kwartale 2024**.")
    assert said({"by": "2024-Q3"}).endswith(" do końca **III kwartału 2024**.")
