"""Print problems on stderr, and turn failures into problems."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import click

from notifier.errors import NotifierError, Place, Problem, Severity, in_order

RULES = {"system/files": "the system refuses to read or write a file"}
_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
# A file name may hold control characters; they must not reach the terminal.
_VISIBLE = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}


def report(problems: Iterable[Problem]) -> int:
    """Print *problems* and their count on stderr; return the exit status."""
    found = in_order(problems)
    for problem in found:
        click.echo(_styled(problem), err=True, color=_wants_color())
    if found:
        click.echo(_count(found), err=True)
    return int(any(problem.is_error for problem in found))


def explain(error: Exception) -> int:
    """Print why a command failed; return the exit status.

    Raises:
        Exception: *error* itself, when it is a fault of this program.
    """
    if isinstance(error, NotifierError):
        return report(error.problems)
    if not isinstance(error, OSError):
        raise error
    _drop_unwritten()
    return report([_from_system(error)])


def _from_system(error: OSError) -> Problem:
    reason = (error.strerror or str(error)).lower()
    place = Place(os.fsdecode(error.filename)) if error.filename else None
    hint = "check the free space and your rights, then run the command again"
    return Problem("system/files", f"the system says {reason!r}", place, hint)


def _drop_unwritten() -> None:
    """Keep Python from complaining once more, at exit, about a full disk."""
    try:
        sys.stdout.flush()
    except OSError:
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 (a device, not a path)
            os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _styled(problem: Problem) -> str:
    where = f"{problem.place}: ".translate(_VISIBLE) if problem.place else ""
    label = click.style(problem.severity, fg=_COLORS[problem.severity], bold=True)
    rule = click.style(f"[{problem.rule}]", dim=True)
    text = f"{where}{label}: {problem.message.translate(_VISIBLE)} {rule}"
    if problem.hint is None:
        return text
    return f"{text}\n    hint: {problem.hint.translate(_VISIBLE)}"


def _count(problems: tuple[Problem, ...]) -> str:
    errors = sum(problem.is_error for problem in problems)
    counts = ((errors, "error"), (len(problems) - errors, "warning"))
    return ", ".join(f"{n} {word}{'s' * (n != 1)}" for n, word in counts if n)


def _wants_color() -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and sys.stderr.isatty()
