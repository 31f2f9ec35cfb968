"""Merge messages in one process: against bare joining, and against Jinja's stack.

The three make the same messages, in turns, on one core.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from mail_fleet import write_fleet
from mail_messages import Bare, Opened, ReadyMade, decoded, postings
from stopwatch import Row, at_least, on_one_core

from notifier.outputs.mail import headers, message, transfer
from notifier.outputs.mail.message import merge_message

LANGUAGES = {"Latin": "de", "CJK": "ja"}
ROUNDS, MESSAGES, SAMPLE = 7, 400, 20
FLOOR, READY_MADE = 0.6, 40.0


def measure() -> list[Row]:
    """Return what was measured, the ratio, its limit, and whether it holds."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name, on_one_core():
        for script, lang in LANGUAGES.items():
            folder = write_fleet(
                Path(name) / lang, contacts=ROUNDS * MESSAGES, locales=(lang,)
            )
            rows += _compare(folder, script)
    return rows


def _compare(folder: Path, script: str) -> list[Row]:
    posted = postings(folder)
    opened = {id(each.message): Opened(each.message) for each in posted}
    times: dict[str, list[float]] = {"ours": [], "bare": [], "ready": []}
    for start in range(0, len(posted), MESSAGES):
        part = posted[start : start + MESSAGES]
        bare = [Bare(each, opened[id(each.message)]) for each in part]
        ready = [ReadyMade(each, opened[id(each.message)]) for each in part[:SAMPLE]]
        said = decoded(part[0].data)
        assert said == decoded(bare[0].make()) == decoded(ready[0].make())
        _forget()
        times["ours"].append(
            _seconds(lambda each: merge_message(each.message, each.to), part)
        )
        times["bare"].append(_seconds(Bare.make, bare))
        times["ready"].append(_seconds(ReadyMade.make, ready))
    ours, floor, stack = (statistics.median(each) for each in times.values())
    told = f"merge, {script}, {posted[0].message.html.encoding} ({1 / ours:,.0f}/s)"
    return [
        at_least(f"{told} : bare joining", floor / ours, FLOOR),
        at_least(f"{told} : Jinja, EmailMessage", stack / ours, READY_MADE),
    ]


def _seconds(make: Callable[[Any], object], given: Sequence[Any]) -> float:
    """Return how long one takes."""
    start = time.process_time()
    for each in given:
        make(each)
    return (time.process_time() - start) / len(given)


def _forget() -> None:
    """Empty the caches that making these messages before has filled."""
    for module in (headers, message, transfer):
        for each in vars(module).values():
            if hasattr(each, "cache_clear"):
                each.cache_clear()


if __name__ == "__main__":
    for row in measure():
        print(*row)
