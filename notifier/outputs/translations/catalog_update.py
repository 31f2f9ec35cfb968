"""Write the template of a notice's texts, and bring its catalogs up to date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from notifier.language.catalogs import catalog_chain
from notifier.language.po_document import PoDocument, new_document
from notifier.language.po_entry import Entry
from notifier.language.po_merge import merge_document
from notifier.model.notice import Notice
from notifier.outputs.translations.folders import (
    TEMPLATE,
    catalog_path,
    foreign_locales,
    read_documents,
    replace_catalogs,
)
from notifier.outputs.translations.notice_texts import notice_texts, wanted_texts

_COMMENT = "Texts of the notice {notice}: translate them in the notice.po of a locale."


@dataclass(frozen=True, slots=True)
class CatalogChange:
    """What an update did to one catalog, in numbers of messages."""

    tag: str
    shown: str
    added: int
    stale: int
    obsolete: int
    missing: int


@dataclass(frozen=True, slots=True)
class Update:
    """What an update did: *written* files, and the change of each catalog."""

    texts: int
    written: int
    changes: tuple[CatalogChange, ...]


def extract(notice: Notice) -> tuple[int, bool]:
    """Write `locales/notice.pot`; return its messages, and whether it has changed.

    Raises:
        NotifierError: a template or a catalog is damaged.
        OSError: the system refuses; the file is as it was.
    """
    texts = notice_texts(notice, read_documents(notice))
    return len(texts), bool(replace_catalogs(notice, [_template(notice, texts)]))


def update(notice: Notice) -> Update:
    """Write `locales/notice.pot`, and merge it into every catalog of *notice*.

    Catalogs that its locales lack are made.

    Raises:
        NotifierError: a template or a catalog is damaged; nothing has changed.
        OSError: the system refuses.
    """
    documents = dict(read_documents(notice))
    texts = notice_texts(notice, documents)
    old = {tag: document.entries for tag, document in documents.items()}
    for tag in foreign_locales(notice):
        if not catalog_chain(tag, documents):
            documents[tag] = new_document(catalog_path(tag), notice.id, tag)
    merged = {
        tag: merge_document(document, wanted_texts(notice, tag, document, texts))
        for tag, document in documents.items()
    }
    written = replace_catalogs(notice, [_template(notice, texts), *merged.values()])
    changes = [
        _change(tag, document, old.get(tag, ())) for tag, document in merged.items()
    ]
    return Update(len(texts), written, tuple(changes))


def _template(notice: Notice, texts: Iterable[Entry]) -> PoDocument:
    comment = _COMMENT.format(notice=notice.id)
    empty = new_document(TEMPLATE, notice.id, None, comment=comment)
    return replace(empty, entries=tuple(texts))


def _change(tag: str, document: PoDocument, old: tuple[Entry, ...]) -> CatalogChange:
    known = {entry.key for entry in old if not entry.obsolete}
    stale = {entry.key for entry in old if entry.is_stale}
    current = document.current
    resting = sum(entry.obsolete for entry in document.entries)
    outdated = {key for key, entry in current.items() if entry.is_stale}
    return CatalogChange(
        tag,
        document.shown,
        added=len(current.keys() - known - outdated),
        stale=len(outdated - stale),
        obsolete=resting - sum(entry.obsolete for entry in old),
        missing=sum(not entry.is_filled for entry in current.values()),
    )
