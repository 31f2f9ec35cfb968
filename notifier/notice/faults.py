"""Carry what is wrong with a value until its place is known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from notifier.errors import Place, Problem, Severity, did_you_mean

LISTED = 100
MOST_COMPARISONS = 20_000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one value; *known* holds the words it may have meant.

    *rule* has no room yet: the file that holds the value gives it.
    """

    rule: str
    message: str
    hint: str | None = None
    wrong: str = ""
    known: Collection[str] = ()


class BadValue(ValueError):
    """A value that cannot be used, with all its faults."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.message for fault in faults))


def quoted(value: str) -> str:
    """Return *value* as a problem shows it: with quotes, at most 80 characters."""
    return repr(value if len(value) <= 80 else value[:79] + "…")


class Findings:
    """The problems of one file: the first hundred, and how many more there are."""

    def __init__(self, path: str, room: str) -> None:
        self.path = path
        self.room = room
        self._problems: list[Problem] = []
        self._hints: dict[tuple[str, str], str | None] = {}
        self._comparisons = MOST_COMPARISONS
        self._unlisted = 0
        self.has_errors = False

    def __len__(self) -> int:
        return len(self._problems) + self._unlisted

    @property
    def is_full(self) -> bool:
        """Tell whether further problems are only counted."""
        return len(self._problems) >= LISTED

    def count_more(self) -> None:
        """Count a problem without listing it."""
        self._unlisted += 1

    def add(
        self,
        fault: Fault,
        place: Place | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add a problem at *place*, or at the file as a whole."""
        self.has_errors = self.has_errors or severity is Severity.ERROR
        if self.is_full:
            self.count_more()
            return
        rule = fault.rule if "/" in fault.rule else f"{self.room}/{fault.rule}"
        where, hint = place or Place(self.path), self._hint(fault)
        self._problems.append(Problem(rule, fault.message, where, hint, severity))

    def add_all(self, error: BadValue, place: Place) -> None:
        """Add all faults of a value that stands at *place*."""
        for fault in error.faults:
            self.add(fault, place)

    def add_at(self, line: int, fault: Fault) -> None:
        """Add an error in *line*."""
        self.add(fault, None if self.is_full else Place(self.path, line))

    def _hint(self, fault: Fault) -> str | None:
        key = (fault.rule, fault.wrong)
        if key not in self._hints:
            # Comparing words is slow; a table can have thousands of ids.
            self._comparisons -= len(fault.known)
            compare = fault.known and self._comparisons >= 0
            near = did_you_mean(fault.wrong, fault.known) if compare else None
            self._hints[key] = near
        near = self._hints[key]
        return "; ".join(part for part in (near, fault.hint) if part) or None

    def problems(self) -> Iterable[Problem]:
        """Return the problems found so far; the last one counts those left out."""
        yield from self._problems
        if self._unlisted:
            yield Problem(
                f"{self.room}/more",
                f"{self._unlisted} more problems are not listed",
                Place(self.path),
                "mend those listed first",
                Severity.ERROR if self.has_errors else Severity.WARNING,
            )
