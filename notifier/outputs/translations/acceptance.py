"""Say that translations still hold after their source has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from notifier.errors import NotifierError, Problem, did_you_mean, raise_errors
from notifier.language.po_document import PoDocument
from notifier.language.po_entry import Entry, mark_current
from notifier.language.po_faults import translation_problem
from notifier.model.notice import Notice
from notifier.outputs.translations.folders import read_documents, replace_catalogs

RULES: Mapping[str, str] = {
    "translations/key": "no outdated translation belongs to a key",
    "translations/locale": "the notice has no catalog of that locale",
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """How many translations of one locale were accepted, and how many are left."""

    tag: str
    accepted: int
    left: int


def accept(
    notice: Notice, *, locales: tuple[str, ...] = (), keys: tuple[str, ...] = ()
) -> tuple[Accepted, ...]:
    """Accept the stale translations of *keys* in *locales*, or all; count them.

    A key is a dotted path, as the catalogs name it (`customer.reschedule.reason`), or
    the beginning of one. A message without a translation is left as it is.

    Raises:
        NotifierError: a locale has no catalog, a key no stale translation; or a
            translation lacks a placeholder of the new source, or a catalog is damaged.
        OSError: the system refuses.
    """
    documents = read_documents(notice)
    chosen = {tag: documents[tag] for tag in chosen_locales(documents, locales)}
    _check_keys(keys, chosen)
    accepted = {tag: _accepted(document, keys) for tag, document in chosen.items()}
    raise_errors(
        problem
        for tag, document in accepted.items()
        for problem in _faults(chosen[tag], document)
    )
    replace_catalogs(notice, accepted.values())
    return tuple(
        Accepted(tag, _stale(chosen[tag]) - _stale(document), _stale(document))
        for tag, document in accepted.items()
    )


def chosen_locales(
    documents: Mapping[str, PoDocument], locales: tuple[str, ...]
) -> tuple[str, ...]:
    """Return *locales*, or all that have a catalog.

    Raises:
        NotifierError: one of them has none.
    """
    problems = [
        Problem(
            "translations/locale",
            f"no catalog for {tag[:80]!r}",
            hint=did_you_mean(tag, documents) or f"there are: {', '.join(documents)}",
        )
        for tag in locales
        if tag not in documents
    ]
    if problems:
        raise NotifierError(problems)
    return tuple(dict.fromkeys(locales)) or tuple(documents)


def _accepted(document: PoDocument, keys: tuple[str, ...]) -> PoDocument:
    entries = tuple(
        mark_current(entry) if _is_meant(entry, keys) else entry
        for entry in document.entries
    )
    return replace(document, entries=entries)


def _faults(before: PoDocument, after: PoDocument) -> Iterator[Problem]:
    """Yield what is wrong with the translations that were accepted."""
    for old, new in zip(before.entries, after.entries, strict=True):
        if old is not new:
            problem = translation_problem(new, before.place(old))
            if problem is not None:
                yield problem


def _is_meant(entry: Entry, keys: tuple[str, ...]) -> bool:
    if entry.obsolete or not entry.is_stale or not entry.is_filled:
        return False
    return not keys or any(_covers(key, path) for key in keys for path in entry.paths)


def _covers(key: str, path: str) -> bool:
    return path == key or path.startswith(f"{key}.")


def _check_keys(keys: tuple[str, ...], documents: Mapping[str, PoDocument]) -> None:
    paths = {
        path
        for document in documents.values()
        for entry in document.current.values()
        if entry.is_stale
        for path in entry.paths
    }
    problems = [
        Problem(
            "translations/key",
            f"no outdated translation of {key[:80]!r}",
            hint=did_you_mean(key, paths)
            or (f"there are: {', '.join(sorted(paths)[:20])}" if paths else None),
        )
        for key in keys
        if not any(_covers(key, path) for path in paths)
    ]
    if problems:
        raise NotifierError(problems)


def _stale(document: PoDocument) -> int:
    return sum(entry.is_stale for entry in document.current.values())
