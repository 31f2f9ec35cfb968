"""The catalogs of a notice folder: where they are, how they are read and replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from notifier.errors import NotifierError, Place, Problem, raise_errors
from notifier.language.catalogs import catalog_files
from notifier.language.locales import parents
from notifier.language.po_document import PoDocument, document_bytes, read_document
from notifier.model.notice import Notice
from notifier.outputs.pages.replacing import replace_files

TEMPLATE = "locales/notice.pot"
_HINT = "put a folder in the place of the link"


def locales_folder(notice: Notice) -> Path:
    """Return the folder of the notice's own catalogs."""
    return notice.folder / "locales"


def catalog_path(tag: str) -> str:
    """Return the path of the catalog of *tag* in its notice folder."""
    return f"locales/{tag}/LC_MESSAGES/notice.po"


def read_documents(notice: Notice) -> Mapping[str, PoDocument]:
    """Return the notice's own catalogs by locale.

    Raises:
        NotifierError: one of them is damaged; all problems of all catalogs.
    """
    found, problems = sound_documents(notice)
    raise_errors(problems)
    return found


def sound_documents(
    notice: Notice,
) -> tuple[Mapping[str, PoDocument], tuple[Problem, ...]]:
    """Return the notice's own catalogs by locale, and why others cannot be read."""
    found: dict[str, PoDocument] = {}
    problems: list[Problem] = []
    for tag, path in catalog_files(locales_folder(notice)).items():
        name = path.relative_to(notice.folder).as_posix()
        try:
            document = read_document(notice.folder, name, shown=name, tag=tag)
        except NotifierError as error:
            problems.extend(error.problems)
        else:
            if document is not None:
                found[tag] = document
    return found, tuple(problems)


def foreign_locales(notice: Notice) -> tuple[str, ...]:
    """Return the locales of *notice* into which its texts are to be translated."""
    default = notice.default_locale
    return tuple(tag for tag in notice.locales if default not in (tag, *parents(tag)))


def replace_catalogs(notice: Notice, documents: Iterable[PoDocument]) -> int:
    """Write *documents* where they differ from their files; return how many do.

    Raises:
        NotifierError: a place of one leads out of the folder.
        OSError: the system refuses; every file is as it was or as it is to be.
    """
    documents = tuple(documents)
    raise_errors(
        _astray(document.shown)
        for document in documents
        if not _is_inside(notice.folder, document.shown)
    )
    files = [
        (notice.folder / document.shown, document_bytes(document))
        for document in documents
    ]
    changed = [(path, data) for path, data in files if _bytes_of(path) != data]
    replace_files(changed)
    return len(changed)


def _is_inside(folder: Path, name: str) -> bool:
    return (folder / name).parent.resolve().is_relative_to(folder.resolve())


def _astray(shown: str) -> Problem:
    fact = f"{shown!r} leads out of the folder"
    return Problem("catalog/unreadable", fact, Place(shown), _HINT)


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
