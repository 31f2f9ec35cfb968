"""Check the sample in all its locales; then how the cost grows with what is checked.

The seconds are those of the whole command. Of the growth, ten times as many waves,
contacts or questions are set against ten times the cost of the few.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from stopwatch import Row, command, medians, on_one_core

from notifier.resources import resource_folder

SECONDS, GROWTH = 2.0, 1.25
TIMES = 10
NOW = "2024-02-01"
LOCALES = ("en", "it", "fr", "de", "ja")


def measure() -> list[Row]:
    """Return what was measured, the ratio, its limit, and whether it holds."""
    with tempfile.TemporaryDirectory() as name, on_one_core():
        return [_sample(), *_growth(Path(name))]


def _check(notice: Path) -> Callable[[], object]:
    notifier = str(Path(sys.executable).with_name("notifier"))
    return command(notifier, "check", str(notice), "--now", NOW)


def _sample() -> Row:
    sample = resource_folder("examples") / "email-infrastructure"
    seconds = medians({"check": _check(sample)}, rounds=5)["check"]
    what = "check the sample in 14 locales, in seconds"
    return what, f"{seconds:.2f}", f"at most {SECONDS}", seconds <= SECONDS


def _growth(folder: Path) -> list[Row]:
    rows = []
    kinds = (("waves", 30, _waves), ("contacts", 3_000, _contacts))
    for what, number, write in (*kinds, ("questions", 30, _questions)):
        programs = {}
        for many in (number, TIMES * number):
            notice = folder / f"{what}-{many}"
            notice.mkdir()
            (notice / "notice.yaml").write_text(_NOTICE, "utf-8")
            write(notice, many)
            programs[str(many)] = _check(notice)
        few, most = medians(programs, rounds=1).values()
        ratio = most / few / TIMES
        told = f"check {TIMES * number:,} {what} ({most:.1f} s) / {TIMES} × {number:,}"
        rows.append((told, f"{ratio:.2f}", f"at most {GROWTH}", ratio <= GROWTH))
    return rows


def _waves(notice: Path, number: int) -> None:
    waves = (
        f"  - {{id: w{each}, environment: production, window: 4 hours,"
        f" start: 2024-{3 + each % 9:02}-{1 + each % 28:02}T22:00,"
        f" timezone: Europe/Rome, duration: 45 minutes}}\n"
        for each in range(number)
    )
    (notice / "waves.yaml").write_text(f"waves:\n{''.join(waves)}", "utf-8")


def _contacts(notice: Path, number: int) -> None:
    _waves(notice, 4)
    customers = range(number // 4)
    names = (f"c{each},Customer House {each}" for each in customers)
    instances = (f"i{each},c{each},production,w{each % 4}" for each in customers)
    contacts = (
        f"c{each // 4},Ada Nº {each},a{each}@c{each % 50}.example.com,"
        f"{LOCALES[each % len(LOCALES)]},Europe/Rome"
        for each in range(number)
    )
    _table(notice / "customers.csv", "customer,name", names)
    _table(notice / "instances.csv", "instance,customer,environment,wave", instances)
    _table(notice / "contacts.csv", "customer,name,email,locale,timezone", contacts)


def _questions(notice: Path, number: int) -> None:
    questions = (
        f"  - {{question: 'How about number {each}?',"
        f" answer: 'It **stays** as `it-{each}` is: [see](https://example.com/)'}}\n"
        for each in range(number)
    )
    text = f"{_NOTICE}faq:\n{''.join(questions)}"
    (notice / "notice.yaml").write_text(text, "utf-8")


def _table(path: Path, head: str, rows: Iterable[str]) -> None:
    path.write_text("\n".join((head, *rows, "")), "utf-8")


_NOTICE = f"""\
notice: much-to-check
kind: upgrade
title: Database upgrade
publisher:
  name: Kestrel
  domain: kestrel.example.com
  site: "https://notices.kestrel.example.com"
  sender: "Kestrel <operations@kestrel.example.com>"
support: {{name: Kestrel Support, url: "https://kestrel.example.com/help"}}
locales: [{", ".join(LOCALES)}]
fallback: warn
"""


if __name__ == "__main__":
    for row in measure():
        print(*row)
