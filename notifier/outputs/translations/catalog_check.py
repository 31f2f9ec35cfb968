"""Check the catalogs of a notice: complete, current, and sound in every sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from notifier.content.translations import own_folders
from notifier.errors import NotifierError, Place, Problem, Severity, in_order
from notifier.language.catalogs import catalog_chain, catalog_files, load_catalog
from notifier.language.glossary import FILE, Glossary, read_glossary
from notifier.language.lint import lint_document
from notifier.language.locales import parents
from notifier.language.po_document import PoDocument
from notifier.language.po_entry import Entry
from notifier.language.pofile import read_po_file
from notifier.model.notice import Fallback, Notice
from notifier.outputs.translations.acceptance import chosen_locales
from notifier.outputs.translations.folders import (
    catalog_path,
    foreign_locales,
    locales_folder,
    sound_documents,
)
from notifier.outputs.translations.notice_texts import notice_texts, wanted_texts
from notifier.resources import resource_folder

RULES: Mapping[str, str] = {
    "catalog/outdated": "a catalog lacks texts of the notice, or there is none",
    "catalog/stale": "the source of a translation has changed since it was made",
    "catalog/untranslated": "a message of a catalog has no translation",
}
_UPDATE = "run 'notifier translations update'"


def check_catalogs(
    notice: Notice, locales: tuple[str, ...] = ()
) -> tuple[Problem, ...]:
    """Return what is wrong with the notice's own catalogs, each with its line.

    *locales* chooses some of them. What is missing or outdated is an error where the
    notice forbids to fall back, a warning otherwise.

    Raises:
        NotifierError: a template is damaged, or a locale has no catalog.
    """
    documents, damaged = sound_documents(notice)
    if damaged and locales:
        return damaged
    glossary, unclear = _glossary(notice)
    chosen = chosen_locales(documents, locales)
    forbidden = notice.fallback is Fallback.FORBID
    severity = Severity.ERROR if forbidden else Severity.WARNING
    problems = [*damaged, *unclear, *_gaps(notice, documents, locales, severity)]
    for tag in chosen:
        document = documents[tag]
        problems += _read_again(notice.folder, document, tag)
        problems += _open(document, severity)
        own = notice.default_locale in (tag, *parents(tag))
        problems += lint_document(document, tag, glossary, is_source=own)
    return in_order(problems)


def _read_again(folder: Path, document: PoDocument, tag: str) -> Iterator[Problem]:
    """Yield what reading for printing finds; doubts are told one by one elsewhere."""
    found = read_po_file(folder, document.shown, tag=tag, shown=document.shown)
    yield from (each for each in found.problems if each.rule != "catalog/fuzzy")


def _open(document: PoDocument, severity: Severity) -> Iterator[Problem]:
    for entry in document.current.values():
        place, shown = document.place(entry), repr(entry.id[:80])
        if not any(entry.forms):
            fact = f"no translation of {shown}"
            yield Problem("catalog/untranslated", fact, place, None, severity)
        elif entry.is_stale:
            fact = f"{shown} was changed, it was {(entry.former_id or '')[:80]!r}"
            hint = "translate it again, or run 'notifier translations accept'"
            yield Problem("catalog/stale", fact, place, hint, severity)
        elif entry.is_fuzzy:
            fact = f"the translation of {shown} is marked fuzzy, so it does not count"
            hint = "read it, and remove the mark"
            yield Problem("catalog/fuzzy", fact, place, hint, Severity.WARNING)


def _gaps(
    notice: Notice,
    documents: Mapping[str, PoDocument],
    locales: tuple[str, ...],
    severity: Severity,
) -> Iterator[Problem]:
    """Yield the texts that a catalog does not know, and the catalogs there are not."""
    texts = notice_texts(notice, documents)
    if not texts:
        return
    damaged = catalog_files(locales_folder(notice)).keys() - documents.keys()
    for tag in foreign_locales(notice):
        if (locales and tag not in locales) or damaged.intersection(
            (tag, *parents(tag))
        ):
            continue
        names = catalog_chain(tag, documents)
        if not names:
            place = Place(catalog_path(tag))
            fact = f"no catalog for the {len(texts)} texts of the notice"
            yield Problem("catalog/outdated", fact, place, _UPDATE, severity)
            continue
        held = {key for name in names for key in documents[name].current}
        nearest = documents[names[-1]]
        wanted = wanted_texts(notice, names[-1], nearest, texts)
        lacks = [entry for entry in wanted if entry.key not in held]
        if lacks:
            # A template may repeat sentences that are translated anyway.
            built_in = load_catalog(tag, ())[0].translations
            lacks = [entry for entry in lacks if entry.key not in built_in]
        if lacks:
            yield _outdated(nearest, lacks, len(wanted), severity)


def _outdated(
    document: PoDocument, lacks: list[Entry], wanted: int, severity: Severity
) -> Problem:
    named = ", ".join(repr(entry.id[:60]) for entry in lacks[:3])
    more = " …" if len(lacks) > 3 else ""
    fact = f"lacks {len(lacks)} of {wanted} texts of the notice: {named}{more}"
    place = Place(document.shown)
    return Problem("catalog/outdated", fact, place, _UPDATE, severity)


def _glossary(notice: Notice) -> tuple[Glossary, tuple[Problem, ...]]:
    """Return the glossary, or an empty one and what is wrong with it."""
    try:
        return read_glossary(_glossary_folders(notice)), ()
    except NotifierError as error:
        return Glossary(), error.problems


def _glossary_folders(notice: Notice) -> Iterator[tuple[Path, str]]:
    """Yield the folders that may hold a glossary: the built-in one, then the near."""
    yield resource_folder("locales"), f"builtin/locales/{FILE}"
    names = (f"locales/{FILE}", f"../locales/{FILE}")
    own = [folder / "locales" for folder in own_folders(notice.folder)]
    yield from reversed(list(zip(own, names, strict=False)))
