"""The schedule for operators is readable at 80 columns, in any script, when piped."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from schedule_samples import NOTICE, NOW, SCHEDULE, sample_plan, text
from wcwidth import wcswidth

from notifier.model.schedule import Plan
from notifier.outputs.schedule_table import table

EXPECTED = """\
Campaign [email] sending infrastructure upgrade
email-infrastructure · as of 2024-02-01 09:00 UTC · 5 waves · 39 instances

Phase                  State     Dates            Waves
───────────────────────────────────────────────────────
development, staging   started   starts 2023-10       1
production             started   starts 2024-01       4
Produktion & mehr

Wave           Environment  Window                UTC               Size
Label          Status
                            Zone                  Notify by         Estimate
────────────────────────────────────────────────────────────────────────────────
staging-9      staging      Tue 2024-02-13 10:00  2024-02-13 09:00  4 instances
Europe,        scheduled    Tue 2024-02-13 12:00  2024-02-13 11:00  3 customers
staging                     Europe/Rome +01:00    2024-02-06 09:00  30–45 min

production-1   production   Tue 2024-03-05 22:00  2024-03-05 21:00  18 instances
Europe, night  scheduled    Wed 2024-03-06 02:00  2024-03-06 01:00  3 customers
1                           Europe/Rome +01:00    2024-02-04 21:00  60–75 min

production-2   production   Sat 2024-03-09 23:00  2024-03-10 04:00  8 instances
Americas       cancelled    Sun 2024-03-10 04:00  2024-03-10 08:00  3 customers
                            America/New_York      2024-02-09 04:00  about 45 min
                            -05:00 then -04:00

production-3   production   Tue 2024-03-12 01:00  2024-03-11 16:00  9 instances
日本・アジア   tentative    Tue 2024-03-12 04:00  2024-03-11 19:00  3 customers
太平洋                      Asia/Tokyo +09:00     2024-02-10 16:00  45–60 min

production-4   production   Fri 2024-03-15 00:30  2024-03-14 20:30  0 instances
الشرق الأوسط   scheduled    Fri 2024-03-15 03:00  2024-03-14 23:00  0 customers
                            Asia/Dubai +04:00     2024-02-13 20:30  30–60 min

              2024-02-04 2024-02-11  2024-02-18 2024-02-25  2024-03-03
              ┴──────────┴───────────┴──────────┴───────────┴──────────┴────────
staging-9        ············█
production-1   ·················································██
production-2          ··················································░
production-3            ··················································▒
production-4                  ·················································█

█ window   ▒ tentative   ░ cancelled   · notice period
"""


def test_the_table_at_80_columns_is() -> None:
    assert table(NOTICE, sample_plan(), width=80, color=False) == EXPECTED


@pytest.mark.parametrize("width", [40, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    shown = table(NOTICE, sample_plan(), width=width, color=False)
    assert max(wcswidth(line) for line in shown.splitlines()) <= width


@pytest.mark.parametrize("width", [80, 120])
def test_colour_changes_nothing_but_colour(width: int) -> None:
    plain = table(NOTICE, sample_plan(), width=width, color=False)
    colored = table(NOTICE, sample_plan(), width=width, color=True)

    assert "\x1b" not in plain
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain


def test_the_terminal_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    before = table(NOTICE, sample_plan(), width=90, color=True)
    for name, value in {"COLUMNS": "50", "NO_COLOR": "1", "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)

    assert table(NOTICE, sample_plan(), width=90, color=True) == before


def test_a_label_is_text_and_not_markup() -> None:
    label = text("[red]a[/red] :smile:")
    waves = tuple(replace(wave, label=label) for wave in SCHEDULE.waves)
    notice = replace(NOTICE, schedule=replace(SCHEDULE, waves=waves))

    shown = table(notice, sample_plan(notice), width=120, color=False)

    assert "[red]a[/red] :smile:" in shown


def test_a_notice_without_a_schedule_has_a_table_too() -> None:
    assert table(NOTICE, Plan(NOW), width=80, color=False) == (
        "Campaign [email] sending infrastructure upgrade\n"
        "email-infrastructure · as of 2024-02-01 09:00 UTC · no waves\n"
    )


def test_now_stands_on_the_axis() -> None:
    plan = replace(sample_plan(), now=NOW.replace(day=20))

    shown = table(NOTICE, plan, width=80, color=False)

    bars = [line for line in shown.splitlines() if line.startswith("staging-9  ")]
    assert bars[-1] == "staging-9        ············█           │"
    assert shown.endswith("notice period   │ now\n")
