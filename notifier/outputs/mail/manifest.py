"""The manifest: a line per message, and what an earlier one tells."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from notifier.errors import Place, Problem
from notifier.model.schedule import PlannedWave
from notifier.model.values import Window
from notifier.reading import Refusal, find_file

MANIFEST = "manifest.csv"
COLUMNS = (
    *("document", "wave", "revision", "customer", "contact", "locale", "zone"),
    *("start", "end", "file", "size", "sha256"),
)
RULES = {
    "emails/moved-without-revision": "a wave has moved since its contacts were told, "
    "and its revision is not raised",
    "emails/previous": "the earlier manifest is not one, or holds a malformed line",
}
# A spreadsheet takes a field that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MOST_BYTES = 1_000_000_000
_MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Told:
    """What an earlier message has told about a wave."""

    wave: str
    revision: int
    start: datetime
    end: datetime


def guarded(row: Iterable[str]) -> list[str]:
    """Return *row* with a quote before what a spreadsheet would take for a formula."""
    return [f"'{text}" if text.startswith(_FORMULA) else text for text in row]


def previous_problems(
    path: Path, waves: Mapping[str, PlannedWave]
) -> tuple[Problem, ...]:
    """Return what is wrong with the manifest *path*, or with *waves* since it.

    *path* may also be the folder that holds it. It is read as a stream.
    """
    place = path / MANIFEST if path.is_dir() else path
    found = find_file(place.parent, place.name, most=_MOST_BYTES)
    if found is None:
        found = Refusal("", "there is no manifest", "name the folder of an earlier run")
    if isinstance(found, Refusal):
        return (
            Problem("emails/previous", found.message, Place(str(place)), found.hint),
        )
    problems: list[Problem] = []
    moved = moved_waves(_read(found, problems), waves)
    return (*moved, *problems)


def moved_waves(
    told: Iterable[Told], waves: Mapping[str, PlannedWave]
) -> tuple[Problem, ...]:
    """Return a problem for each time that was *told* and moved with the same revision.

    A calendar ignores an event whose revision it has seen (RFC 5546 §2.1.5), and so
    keeps the old time.
    """
    moved = Counter(each for each in told if _has_moved(each, waves.get(each.wave)))
    return tuple(
        _moved(each, waves[each.wave], number) for each, number in moved.items()
    )


def _has_moved(told: Told, wave: PlannedWave | None) -> bool:
    if wave is None or told.revision < wave.wave.revision:
        return False
    return (told.start, told.end) != (wave.window.start, wave.window.end)


def _moved(told: Told, wave: PlannedWave, number: int) -> Problem:
    zone = wave.window.timezone
    old = _written(Window(told.start, told.end, zone))
    told_to = f"{number} message{'s' * (number != 1)}"
    return Problem(
        "emails/moved-without-revision",
        f"wave {told.wave!r} moved from {old} to {_written(wave.window)} since "
        f"{told_to} with revision {told.revision}",
        wave.wave.place,
        f"write 'revision: {told.revision + 1}', and the time before in 'was'",
    )


def _written(window: Window) -> str:
    here = ZoneInfo(window.timezone)
    start, end = window.start.astimezone(here), window.end.astimezone(here)
    return f"{start:%Y-%m-%d %H:%M}/{end:%Y-%m-%d %H:%M}"


def _read(path: Path, problems: list[Problem]) -> Iterator[Told]:
    """Yield what the manifest *path* tells; add to *problems* what it cannot tell."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, strict=True)
        try:
            if tuple(next(rows, ())) != COLUMNS:
                hint = f"its first line is {','.join(COLUMNS)}"
                message = "not a manifest of 'notifier emails'"
                problems.append(_problem(message, Place(str(path), 1), hint))
                return
            for row in rows:
                try:
                    told = _told(row)
                except ValueError as error:
                    place = Place(str(path), rows.line_num)
                    problems.append(_problem(str(error), place, None))
                    if len(problems) >= _MOST_PROBLEMS:
                        return
                    continue
                if told:
                    yield told
        except (csv.Error, UnicodeDecodeError) as error:
            reason = "not UTF-8" if isinstance(error, ValueError) else str(error)
            problems.append(_problem(f"malformed: {reason}", Place(str(path)), None))


def _told(row: list[str]) -> Told | None:
    """Return what a line tells, nothing if its message was about no wave."""
    if len(row) != len(COLUMNS):
        raise ValueError(f"{len(row)} fields instead of {len(COLUMNS)}")
    said = dict(zip(COLUMNS, row, strict=True))
    if not said["revision"].isdecimal() or len(said["revision"]) > 9:
        raise ValueError(f"no revision: {said['revision'][:80]!r}")
    if not said["start"] and not said["end"]:
        return None
    start, end = _moment(said["start"]), _moment(said["end"])
    return Told(said["wave"], int(said["revision"]), start, end)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None or moment.year not in range(1970, 3000):
            raise ValueError
    except ValueError:
        raise ValueError(f"no time with an offset: {text[:80]!r}") from None
    return moment


def _problem(message: str, place: Place, hint: str | None) -> Problem:
    mend = "take the manifest as the earlier run wrote it"
    return Problem("emails/previous", message, place, hint or mend)
