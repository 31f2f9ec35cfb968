"""Time things fairly: in turns, by their medians."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence


def medians(
    programs: Mapping[str, Callable[[], object]], *, rounds: int
) -> dict[str, float]:
    """Return the median seconds of each program.

    They run in turns, so that a busy machine slows all of them alike.
    """
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, program in programs.items():
            start = time.perf_counter()
            program()
            seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in seconds.items()}


def command(*args: str) -> Callable[[], object]:
    """Return a program that runs a command and throws its output away."""

    def run() -> object:
        return subprocess.run(args, stdout=subprocess.DEVNULL, check=True)

    return run


def table(rows: Sequence[Sequence[str]]) -> str:
    """Lay *rows* out in columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)
