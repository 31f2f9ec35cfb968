"""Compare `notifier --help` with the mere import of Click."""

from __future__ import annotations

import sys
from pathlib import Path

from stopwatch import command, medians

LIMIT = 2.5


def measure() -> tuple[str, str, str, bool]:
    """Return what was measured, the ratio, its limit, and whether it holds."""
    notifier = str(Path(sys.executable).with_name("notifier"))
    times = medians(
        {
            "help": command(notifier, "--help"),
            "click": command(sys.executable, "-c", "import click"),
        },
        rounds=15,
    )
    ratio = times["help"] / times["click"]
    what = f"--help ({times['help'] * 1000:.0f} ms) / import click"
    return what, f"{ratio:.2f}", f"at most {LIMIT}", ratio <= LIMIT


if __name__ == "__main__":
    print(*measure())
