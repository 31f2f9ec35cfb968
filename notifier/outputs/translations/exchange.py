"""Catalogs as lists of units, which translators get and give back in other formats."""

from __future__ import annotations

import gettext
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from notifier.errors import Place, Problem, Severity
from notifier.language.po_document import PoDocument
from notifier.language.po_entry import Entry, amend, mark_current, mark_stale
from notifier.language.po_faults import translation_problem
from notifier.language.po_syntax import MOST_PLURALS

RULES: Mapping[str, str] = {
    "exchange/source": "a translators' file holds another source than the catalog",
    "exchange/twice": "translators' files hold two translations of one text",
    "exchange/unknown": "a translators' file holds a text that the catalog lacks",
}
_RULE = re.compile(r"plural\s*=\s*([^;\n]{1,200})")
_COUNTS = range(0, 130)


@dataclass(frozen=True, slots=True)
class Unit:
    """One form of one message, with what a translator has to know.

    *id* stands for the message and the number of the form; *key* is its dotted path,
    *notes* say what it is; *remarks* are the translators' own. *previous* is the source
    that a stale translation was made from. *shown* and *line* tell where it was read.
    *is_trusting* says that a new text ends all doubt, whatever the state.
    """

    id: str
    source: str
    target: str
    state: str
    key: str = ""
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    previous: str = ""
    shown: str = ""
    line: int = 0
    is_trusting: bool = False

    @property
    def place(self) -> Place:
        """Return where the unit was read."""
        return Place(self.shown, self.line or None)


def units_of(document: PoDocument) -> tuple[Unit, ...]:
    """Return the units of *document* in its order, without the obsolete messages."""
    counts = _example_counts(document)
    return tuple(
        unit
        for entry in document.entries
        if not entry.obsolete
        for unit in _units(entry, counts)
    )


def apply_units(
    document: PoDocument, units: Iterable[Unit]
) -> tuple[PoDocument, tuple[Problem, ...]]:
    """Return *document* with the translations of *units*, and what is wrong with them.

    Units without a translation change nothing, and neither do those that say what the
    catalog says: another file may hold what was made of them.
    """
    given, problems = _sorted(document, units)
    merged: list[Entry] = []
    for entry in document.entries:
        forms = {} if entry.obsolete else given.get(unit_id(entry), {})
        new = _filled(entry, forms) if forms else entry
        if new is not entry:
            fault = translation_problem(new, next(iter(forms.values())).place)
            problems += [fault] if fault else []
        merged.append(new)
    return replace(document, entries=tuple(merged)), tuple(problems)


def _sorted(
    document: PoDocument, units: Iterable[Unit]
) -> tuple[dict[str, dict[int, Unit]], list[Problem]]:
    """Return *units* by message and number of the form, and which of them misfit."""
    own = {unit.id: unit for unit in units_of(document)}
    sources = Counter(unit.source for unit in own.values())
    # Spreadsheets take some ids for numbers, and spoil them.
    sole = {unit.source: unit for unit in own.values() if sources[unit.source] == 1}
    given: dict[str, dict[int, Unit]] = {}
    problems: list[Problem] = []
    for unit in units:
        known = own.get(unit.id) or sole.get(unit.source)
        if known is None or known.source != unit.source:
            problems.append(_misfit(unit, known))
            continue
        name, _, number = known.id.partition("#")
        forms = given.setdefault(name, {})
        first = forms.get(int(number or 0), known)
        if first is known or _echoes(first, known):
            forms[int(number or 0)] = unit
        elif unit.target != first.target and not _echoes(unit, known):
            problems.append(_twice(unit, first))
    return given, problems


def _echoes(unit: Unit, known: Unit) -> bool:
    """Tell whether *unit* says no more than the catalog does with *known*."""
    if unit.target and (unit.target, unit.state) != (known.target, known.state):
        return False
    return _plain(unit.remarks) in ([], _plain(known.remarks))


def unit_id(entry: Entry) -> str:
    """Return what stands for the message in a translators' file: 12 hex digits."""
    text = f"{entry.context or ''}\x04{entry.id}"
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _units(entry: Entry, counts: Mapping[int, str]) -> Iterator[Unit]:
    former = entry.former_id or "" if entry.is_stale else ""
    unit = Unit(
        unit_id(entry),
        entry.id,
        entry.forms[0],
        entry.state,
        key=", ".join(entry.paths),
        notes=entry.explanations,
        remarks=entry.remarks,
        places=entry.places,
        previous=former,
    )
    if entry.context is not None:
        unit = replace(unit, notes=(*unit.notes, f"context: {entry.context}"))
    if entry.plural is None:
        yield unit
        return
    for number, form in enumerate(entry.forms):
        note = f"plural form for counts such as {counts.get(number, '–')}"
        yield replace(
            unit,
            id=f"{unit.id}#{number}",
            source=entry.plural if number else entry.id,
            target=form,
            notes=(*unit.notes, note),
        )


def _example_counts(document: PoDocument) -> dict[int, str]:
    """Return some counts for each plural form, by the rule of the header."""
    found = _RULE.search(document.header.forms[0])
    try:
        choose = gettext.c2py(found[1] if found else "n != 1")
        chosen = [(choose(count), str(count)) for count in _COUNTS]
    except (ValueError, ArithmeticError):
        return {}
    return {
        form: ", ".join([text for each, text in chosen if each == form][:4])
        for form in range(MOST_PLURALS)
    }


def _misfit(unit: Unit, known: Unit | None) -> Problem:
    if known is None:
        fact = f"{unit.source[:80]!r} is not in the catalog"
        hint = "the notice has changed since the export; export again"
        return Problem("exchange/unknown", fact, unit.place, hint, Severity.WARNING)
    fact = f"the source {unit.source[:80]!r} is {known.source[:80]!r} here"
    hint = "translations are changed, sources are not"
    return Problem("exchange/source", fact, unit.place, hint)


def _twice(unit: Unit, first: Unit) -> Problem:
    fact = f"{unit.source[:80]!r} is translated otherwise at {first.place}"
    hint = "keep one of the two translations"
    return Problem("exchange/twice", fact, unit.place, hint)


def _filled(entry: Entry, given: Mapping[int, Unit]) -> Entry:
    """Return *entry* with the translations and the state of its units."""
    forms = tuple(
        given[number].target or form if number in given else form
        for number, form in enumerate(entry.forms)
    )
    first = next(iter(given.values()))
    new = amend(entry, forms=forms)
    if _plain(first.remarks) not in ([], _plain(entry.remarks)):
        new = amend(new, remarks=first.remarks)
    if not all(forms):
        return new
    is_new = entry.is_filled and forms != entry.forms
    trusted = is_new and all(unit.is_trusting for unit in given.values())
    doubted = any(unit.state in ("stale", "fuzzy") for unit in given.values())
    if trusted or not doubted:
        return mark_current(new)
    if first.previous and new.former_id != first.previous:
        new = mark_current(new)
        return mark_stale(new, replace(new, id=first.previous))
    return amend(new, flags=tuple(dict.fromkeys(("fuzzy", *new.flags))))


def _plain(remarks: Iterable[str]) -> list[str]:
    return [remark.strip() for remark in remarks if remark.strip()]
