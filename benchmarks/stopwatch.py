"""Time things fairly: in turns, by their medians."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

# What was measured, the ratio, its limit, and whether it holds.
Row = tuple[str, str, str, bool]


def at_least(what: str, ratio: float, limit: float) -> Row:
    """Return the row of something that must be so many times as fast as another."""
    return what, f"{ratio:.2f}", f"at least {limit}", ratio >= limit


@contextmanager
def on_one_core() -> Iterator[None]:
    """Keep this process, and those that it starts, on one core where that can be."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


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
    """Return a program that runs a command and shows what it says if it fails."""

    def run() -> object:
        done = subprocess.run(args, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(done.stderr[-2000:])
        return done

    return run


def table(rows: Sequence[Sequence[str]]) -> str:
    """Lay *rows* out in columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)
