"""Whether a translation can be printed in the place of its message."""

from __future__ import annotations

from dataclasses import replace

from notifier.errors import Place, Problem
from notifier.language.placeholders import placeholder_fault
from notifier.language.po_entry import Entry
from notifier.language.texts import text_problem

_HINT = "copy the placeholders of the message, write '%%' for a percent sign"


def translation_problem(entry: Entry, place: Place) -> Problem | None:
    """Return why the translation of *entry* cannot be printed, or None.

    Forms that are empty are passed over. A form of several may say its count in words.
    """
    sources = (entry.id,) if entry.plural is None else (entry.id, entry.plural)
    for form in filter(None, entry.forms):
        fault = placeholder_fault(sources, form, one=len(entry.forms) > 1)
        if fault:
            fact = f"{fault} in the translation of {entry.id[:80]!r}"
            return Problem("catalog/placeholder", fact, place, _HINT)
        if problem := text_problem(sources, form):
            return replace(problem, place=place)
    return None
