"""Bring a catalog up to date with the messages there are now."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import replace

from notifier.language.po_document import PoDocument
from notifier.language.po_entry import (
    Entry,
    amend,
    fitting,
    mark_current,
    mark_stale,
    texts_of,
    without_source,
)

_NEAR = 0.7
_FUZZY = "fuzzy"


def merge_document(document: PoDocument, wanted: Iterable[Entry]) -> PoDocument:
    """Return *document* with the messages *wanted*, in their order.

    A message that is new there takes over the translation of the one that it replaces,
    marked as outdated: first the one of the same key, then one much like it of the
    same file. Translations of what is gone are kept as obsolete.
    """
    wanted = tuple(wanted)
    keys = {entry.key for entry in wanted}
    current = document.current
    resting = [entry for entry in document.entries if entry.obsolete]
    rested = {entry.key: entry for entry in resting}
    gone = tuple(
        entry
        for key, entry in current.items()
        if key not in keys and (any(entry.forms) or entry.remarks)
    )
    merged: list[Entry] = []
    replaced: set[int] = set()
    for new in wanted:
        fresh = _sized(new, document)
        known = current.get(new.key) or rested.get(new.key)
        if known is not None:
            replaced.add(id(known))
            merged.append(_kept(known, fresh))
        elif (old := _predecessor(new, gone)) is not None:
            replaced.add(id(old))
            merged.append(_taken_over(fresh, old))
        else:
            merged.append(fresh)
    left = [entry for entry in (*resting, *gone) if id(entry) not in replaced]
    merged += dict.fromkeys(map(_obsolete, left))
    return replace(document, entries=tuple(merged))


def _sized(new: Entry, document: PoDocument) -> Entry:
    """Return *new* with as many empty forms as the language has."""
    count = document.plural_count if new.plural is not None else 1
    return replace(new, forms=("",) * count, gap="\n", head=None, body=None)


def _kept(old: Entry, new: Entry) -> Entry:
    """Return *old* with the places and comments of *new*, stale if its plural is."""
    marks = [flag for flag in old.flags if not flag.endswith("-format")]
    fuzzy = [flag for flag in marks if flag == _FUZZY]
    rest = [flag for flag in marks if flag != _FUZZY]
    history = old.notes[len(without_source(old.notes)) :] if fuzzy else ()
    kept = amend(
        old,
        obsolete=False,
        plural=new.plural,
        forms=fitting(old, new),
        places=new.places,
        notes=(*new.notes, *history),
        flags=tuple(dict.fromkeys((*fuzzy, *new.flags, *rest))),
    )
    if old.plural != new.plural and any(old.forms):
        return _renewed(kept, old)
    return kept if fuzzy else mark_current(kept)


def _predecessor(new: Entry, gone: tuple[Entry, ...]) -> Entry | None:
    """Return the entry of *gone* that *new* stands in the place of."""
    for old in gone:
        if not set(new.paths).isdisjoint(old.paths):
            return old
    files = _files(new)
    near = [old for old in gone if files & _files(old)]
    return max(
        (old for old in near if _likeness(old, new) >= _NEAR),
        key=lambda old: _likeness(old, new),
        default=None,
    )


def _files(entry: Entry) -> set[str]:
    return {place.partition(":")[0] for place in entry.places}


def _likeness(old: Entry, new: Entry) -> float:
    matcher = difflib.SequenceMatcher(None, old.id, new.id, autojunk=False)
    if matcher.real_quick_ratio() < _NEAR or matcher.quick_ratio() < _NEAR:
        return 0.0
    return matcher.ratio()


def _taken_over(new: Entry, old: Entry) -> Entry:
    taken = replace(new, remarks=old.remarks)
    return _renewed(taken, old) if any(old.forms) else taken


def _renewed(new: Entry, old: Entry) -> Entry:
    """Return *new* with the translation of *old*, stale unless it was made from it."""
    if old.is_stale and dict(old.former) == texts_of(new):
        return mark_current(amend(new, forms=fitting(old, new)))
    return mark_stale(new, old)


def _obsolete(entry: Entry) -> Entry:
    if entry.obsolete:
        return entry
    return amend(entry, obsolete=True, places=(), notes=without_source(entry.notes))
