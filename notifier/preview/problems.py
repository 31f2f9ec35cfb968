"""Show problems with the lines of the file around them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from notifier.content.translations import own_folders
from notifier.errors import Problem
from notifier.reading import read_limited
from notifier.resources import resource_folder

# More are counted, not shown.
MOST_SHOWN = 200
_AROUND = 3
_LONGEST_LINE = 240
_LARGEST = 5_000_000
_LINE_END = re.compile(r"\r\n|\r|\n")
_ROOMS = ("templates", "locales")
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an excerpt; *here* marks the one that the problem is about."""

    line: int
    text: str
    here: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A problem as it is shown; *excerpt* is empty without a readable place."""

    rule: str
    severity: str
    message: str
    hint: str | None
    place: str | None
    line: int | None
    column: int | None
    excerpt: tuple[Line, ...]


def visible(text: str) -> str:
    """Return *text* with control characters and marks of direction spelled out."""
    return "".join(f"\\u{ord(sign):04x}" if _is_hidden(sign) else sign for sign in text)


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def show_problems(
    problems: Iterable[Problem], folder: Path, made: Mapping[str, str] = _NOTHING
) -> tuple[Shown, ...]:
    """Return the first *problems*, with excerpts of the files of the notice *folder*.

    *made* gives the texts of places that are no files. Only files of the folder, those
    that its parent shares with it, and the built-in ones are read; symbolic links that
    lead elsewhere are not followed.
    """
    first = islice(problems, MOST_SHOWN)
    return tuple(_show(problem, folder, made) for problem in first)


def _show(problem: Problem, folder: Path, made: Mapping[str, str]) -> Shown:
    place = problem.place
    excerpt: tuple[Line, ...] = ()
    if place and place.line is not None:
        text = made[place.path] if place.path in made else _read(place.path, folder)
        excerpt = _excerpt(text, place.line)
    return Shown(
        problem.rule,
        problem.severity.value,
        visible(problem.message),
        visible(problem.hint) if problem.hint else None,
        visible(place.path) if place else None,
        place.line if place else None,
        place.column if place else None,
        excerpt,
    )


def _read(path: str, folder: Path) -> str:
    """Return the text of the file that a place names, empty if it may not be read."""
    found = _file_of(path, folder)
    data = read_limited(*found, most=_LARGEST) if found else None
    return data.decode("utf-8-sig", "replace") if isinstance(data, bytes) else ""


def _excerpt(text: str, at: int) -> tuple[Line, ...]:
    first = max(at - _AROUND, 1)
    around = _LINE_END.split(text)[first - 1 : at + _AROUND] if text else ()
    return tuple(
        Line(number, _cut(each), number == at)
        for number, each in enumerate(around, start=first)
    )


def _cut(text: str) -> str:
    shown = visible(text.replace("\t", "    ")[:_LONGEST_LINE])
    return f"{shown}…" if len(text) > _LONGEST_LINE else shown


def _file_of(path: str, folder: Path) -> tuple[Path, str] | None:
    """Return root and name of the file that a place names, if it may be read."""
    first, _, rest = path.partition("/")
    room, _, name = rest.partition("/")
    if first == "builtin":
        # Templates are named without their folder, catalogs with it.
        if room == "locales":
            return resource_folder(room), name
        return resource_folder("templates"), rest
    if first != "..":
        return folder, path
    shared = own_folders(folder)[1:]
    if not shared:
        return None
    if room in _ROOMS:
        return shared[0] / room, name
    is_own = rest == "notifier.yaml" and not (shared[0] / rest).is_symlink()
    return (shared[0], rest) if is_own else None
