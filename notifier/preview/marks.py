"""Judge a cell of the matrix at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from notifier.preview.case import View

_UNTRANSLATED = "translation/missing"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a cell says about its document.

    *mark* is `clean`, `warnings`, `untranslated`, `problems`, or `pending` as long as
    nothing is known. *pending* tells that the rest is of an earlier state.
    """

    mark: str
    warnings: int = 0
    problems: int = 0
    untranslated: float = 0.0
    pending: bool = False


UNKNOWN = Mark("pending", pending=True)


def mark_of(view: View) -> Mark:
    """Return the mark of a document; what prevents it weighs most."""
    errors = [problem for problem in view.problems if problem.is_error]
    warnings = len(view.problems) - len(errors)
    if any(problem.rule != _UNTRANSLATED for problem in errors):
        mark = "problems"
    elif view.untranslated:
        mark = "untranslated"
    else:
        mark = "warnings" if warnings else "clean"
    return Mark(mark, warnings, len(errors), round(view.untranslated, 4))
