"""Edits that break rules, with marks where that must be told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from notices import found

_MARK = re.compile(r"«([a-z]+/[a-z0-9-]+)»")
# What follows from an error, wherever that is.
_FOLLOWS = "check/not-checked"


@dataclass(frozen=True, slots=True)
class Breach:
    """Edits of a folder: a file, what stands there, what replaces it.

    Of what stands there, "" is the end of the file, None all of it. «room/rule» marks
    in the new texts say which rule must be told there. *more* does what edits cannot,
    *told* are rules with places that cannot be marked, and *aside* the rules that may
    be told beside.
    """

    edits: tuple[tuple[str, str | None, str], ...] = ()
    more: Callable[[Path], object] | None = None
    told: tuple[tuple[str, str], ...] = ()
    aside: tuple[str, ...] = ()

    @property
    def rules(self) -> frozenset[str]:
        """Return the rules that are broken."""
        marked = (rule for *_, new in self.edits for rule in _MARK.findall(new))
        return frozenset([*marked, *(rule for rule, _ in self.told)])


def swap(name: str, old: str, new: str, **known) -> Breach:
    """Return the breach that replaces *old* in a file."""
    return Breach(((name, old, new),), **known)


def write(name: str, new: str, **known) -> Breach:
    """Return the breach that writes a file anew."""
    return Breach(((name, None, new),), **known)


def add(name: str, new: str, **known) -> Breach:
    """Return the breach that adds *new* to a file."""
    return Breach(((name, "", new),), **known)


def break_folder(folder: Path, breach: Breach) -> list[tuple[str, str]]:
    """Break *folder*; return the rules that must be told, with their places."""
    for name, old, new in breach.edits:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8") if path.exists() and old is not None else ""
        assert (old or "") in text, f"{old!r} does not stand in {name}"
        changed = text.replace(old, new, 1) if old else text + new
        path.write_text(changed, "utf-8")
    told = [*breach.told]
    for name in dict.fromkeys(name for name, *_ in breach.edits):
        told += _unmark(folder / name, name)
    if breach.more:
        breach.more(folder)
    return sorted(told)


def _unmark(path: Path, name: str) -> list[tuple[str, str]]:
    """Remove the marks from a file; return their rules with their places."""
    text, places = marked(path.read_text("utf-8"), name)
    path.write_text(text, "utf-8")
    return places


def marked(text: str, name: str, above: int = 0) -> tuple[str, list[tuple[str, str]]]:
    """Return *text* without its marks, and their rules with their places.

    It begins below *above* lines of the file *name*.
    """
    places = []
    while mark := _MARK.search(text):
        before, text = text[: mark.start()], text[: mark.start()] + text[mark.end() :]
        line = before.count("\n") + 1 + above
        column = f":{len(before) - before.rfind(chr(10))}"
        has_columns = name.endswith(".yaml")
        places.append((mark[1], f"{name}:{line}{column if has_columns else ''}"))
    return text, places


def told_of(folder: Path, breach: Breach, **options) -> list[tuple[str, str]]:
    """Return the rules that a check of *folder* tells, but those that may be told."""
    overlooked = {_FOLLOWS, *breach.aside} - breach.rules
    return sorted(
        each for each in found(folder, **options) if each[0] not in overlooked
    )
