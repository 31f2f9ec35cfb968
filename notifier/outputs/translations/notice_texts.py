"""All messages of a notice, and which of them a catalog has to hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from notifier.content.translations import own_folders
from notifier.language.catalogs import catalog_chain, catalog_files
from notifier.language.po_document import PoDocument, parse_document, read_document
from notifier.language.po_entry import Entry
from notifier.language.pofile import Key
from notifier.model.notice import Notice
from notifier.outputs.translations.author_texts import author_entries
from notifier.outputs.translations.folders import foreign_locales, locales_folder
from notifier.outputs.translations.template_texts import template_entries
from notifier.resources import resource_folder


def notice_texts(
    notice: Notice, documents: Mapping[str, PoDocument]
) -> tuple[Entry, ...]:
    """Return the messages that are translated in the catalogs of *notice*.

    They are its own texts and those of its templates; of the built-in sentences, and
    of the shared texts that `../locales` translates, only what *documents* hold.

    Raises:
        NotifierError: a template or a catalog is damaged.
    """
    held = {key for document in documents.values() for key in document.current}
    shared = _shared_keys(notice)
    own = _merged([*author_entries(notice), *template_entries(notice)])
    texts = [
        entry
        for entry in own
        if entry.key in held or entry.key not in shared or not _is_shared(entry)
    ]
    known = {entry.key for entry in own}
    return (*texts, *(each for each in _built_in(held - known)))


def wanted_texts(
    notice: Notice, tag: str, document: PoDocument, texts: Iterable[Entry]
) -> tuple[Entry, ...]:
    """Return those of *texts* that the catalog *tag* is to hold.

    Built-in sentences stand only where they are reworded, and so do all texts in the
    language that they are written in.
    """
    names = {tag, *catalog_files(locales_folder(notice))}
    is_read = any(
        tag in catalog_chain(reader, names) for reader in foreign_locales(notice)
    )
    held = document.current
    return tuple(
        text
        for text in texts
        if text.key in held or (is_read and not _is_built_in(text))
    )


def _merged(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return *entries* with those of the same message made one."""
    found: dict[Key, Entry] = {}
    for entry in entries:
        known = found.get(entry.key)
        if known is None:
            found[entry.key] = entry
            continue
        found[entry.key] = replace(
            known,
            plural=known.plural or entry.plural,
            forms=max(known.forms, entry.forms, key=len),
            notes=tuple(dict.fromkeys((*known.notes, *entry.notes))),
            places=tuple(dict.fromkeys((*known.places, *entry.places))),
            flags=tuple(dict.fromkeys((*known.flags, *entry.flags))),
        )
    return tuple(found.values())


def _is_shared(entry: Entry) -> bool:
    return all(place.startswith("../") for place in entry.places)


def _is_built_in(entry: Entry) -> bool:
    return all(place.startswith("builtin/") for place in entry.places)


def _shared_keys(notice: Notice) -> set[Key]:
    """Return the messages that the catalogs beside the notice folder translate."""
    keys: set[Key] = set()
    for folder in own_folders(notice.folder)[1:]:
        for path in catalog_files(folder / "locales").values():
            name = path.relative_to(folder).as_posix()
            document = read_document(folder, name, shown=f"../{name}")
            keys |= document.current.keys() if document else set()
    return keys


def _built_in(keys: set[Key]) -> tuple[Entry, ...]:
    """Return the built-in messages among *keys*."""
    path = resource_folder("locales") / "notifier.pot"
    template = parse_document(path.read_text("utf-8"), "builtin/locales/notifier.pot")
    return tuple(
        replace(entry, places=tuple(f"builtin/{place}" for place in entry.places))
        for key, entry in template.current.items()
        if key in keys
    )
