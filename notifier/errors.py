"""Say what is wrong, where, under which rule, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a problem stops the command or is only said."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file: its path as the user knows it, line and column from 1."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        numbers = [str(n) for n in (self.line, self.column) if n is not None]
        return ":".join([self.path, *numbers])


@dataclass(frozen=True, slots=True)
class Problem:
    """One complaint, as every command prints it.

    *rule* is `room/name` (`waves/window-too-short`); *message* states the fact in
    lower case, with the offending value quoted; *hint* says how to mend it.
    """

    rule: str
    message: str
    place: Place | None = None
    hint: str | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        text = f"{where}{self.severity}: {self.message} [{self.rule}]"
        return f"{text}\n    hint: {self.hint}" if self.hint else text

    @property
    def is_error(self) -> bool:
        """Tell whether this problem stops the command."""
        return self.severity is Severity.ERROR


class NotifierError(Exception):
    """Base of every error that is shown to the user: one or more problems."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return *problems* without repeats, by file, line and column."""

    def key(problem: Problem) -> tuple[str, int, int]:
        place = problem.place
        if place is None:
            return ("", 0, 0)
        return (place.path, place.line or 0, place.column or 0)

    return tuple(sorted(dict.fromkeys(problems), key=key))


def raise_errors(problems: Iterable[Problem]) -> None:
    """Raise NotifierError with all *problems* if one of them is an error."""
    found = tuple(problems)
    if any(problem.is_error for problem in found):
        raise NotifierError(found)


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return a hint that names the known word nearest to *word*, if one is near."""
    options = list(known)
    by_folded = {option.casefold(): option for option in reversed(options)}
    close = difflib.get_close_matches(word[:80].casefold(), list(by_folded), n=1)
    return f"did you mean {by_folded[close[0]]!r}?" if close else None
