"""Read and plan a notice with 100,000 instances and 100,000 contacts.

The yardstick is what Python's csv module needs to read the same two files.
"""

from __future__ import annotations

import csv
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from stopwatch import medians

from notifier.notice import read_contacts, read_notice
from notifier.planning import plan
from notifier.resources import resource_folder

ROWS = 100_000
CUSTOMERS = 10_000
LIMIT = 40.0
NOW = datetime(2024, 1, 25, tzinfo=UTC)
WAVES = ("production-1", "production-2", "production-3", "production-4")
LOCALES = ("en", "it", "de-AT", "pt-BR", "ja", "zh-TW", "ar")


def large_notice(folder: Path) -> Path:
    """Write the sample with many more customers, instances and contacts."""
    sample = resource_folder("examples") / "email-infrastructure"
    for name in ("notice.yaml", "waves.yaml"):
        shutil.copy(sample / name, folder)
    _write(
        folder / "customers.csv",
        "customer,name,country",
        (f"c{n},Customer {n} S.p.A.,IT" for n in range(CUSTOMERS)),
    )
    _write(
        folder / "instances.csv",
        "instance,customer,environment,wave",
        (f"i{n},c{n % CUSTOMERS},production,{WAVES[n % 4]}" for n in range(ROWS)),
    )
    _write(
        folder / "contacts.csv",
        "customer,name,email,locale,timezone",
        (
            f"c{n % CUSTOMERS},Ada Nº {n},a{n}@c{n % 500}.example.com,"
            f"{LOCALES[n % 7]},Europe/Rome"
            for n in range(ROWS)
        ),
    )
    return folder


def measure() -> tuple[str, str, str, bool]:
    """Return what was measured, the ratio, its limit, and whether it holds."""
    with tempfile.TemporaryDirectory() as name:
        folder = large_notice(Path(name))
        times = medians(
            {"ours": lambda: _read_and_plan(folder), "csv": lambda: _bare(folder)},
            rounds=3,
        )
    ratio = times["ours"] / times["csv"]
    what = f"read, plan, stream 2 × 100,000 rows ({times['ours']:.1f} s) / csv alone"
    return what, f"{ratio:.1f}", f"at most {LIMIT}", ratio <= LIMIT


def _read_and_plan(folder: Path) -> None:
    notice, _ = read_notice(folder)
    planned, _ = plan(notice, now=NOW)
    assert notice.contacts is not None
    assert sum(wave.instances or 0 for wave in planned.waves) == ROWS
    assert sum(1 for _ in read_contacts(notice.contacts)) == ROWS


def _bare(folder: Path) -> None:
    for name in ("instances.csv", "contacts.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            assert sum(1 for _ in csv.reader(file)) == ROWS + 1


def _write(path: Path, header: str, rows: object) -> None:
    path.write_text("\n".join([header, *rows, ""]), "utf-8")


if __name__ == "__main__":
    print(*measure())
