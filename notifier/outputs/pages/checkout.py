"""Update the pages and the contents of a docs checkout in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from notifier.errors import NotifierError, Place, Problem, raise_errors
from notifier.outputs.pages.checkout_files import DocsFile, moved_pages, read_docs_file
from notifier.outputs.pages.contents import Entry, merged_contents, new_contents
from notifier.outputs.pages.docs_tree import (
    check_paths,
    contents_title,
    entries_of,
    locales_of,
    page_path,
)
from notifier.outputs.pages.front_matter import merged
from notifier.outputs.pages.locale_folders import locale_folders
from notifier.outputs.pages.page_source import read_page
from notifier.outputs.pages.publication import Publication
from notifier.outputs.pages.replacing import replace_files


@dataclass(frozen=True, slots=True)
class Updated:
    """The files written, how many were as they should be already, and the warnings."""

    written: tuple[Path, ...]
    unchanged: int
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Changes:
    """What is to be written, and what is wrong, so far."""

    docs: Path
    texts: dict[Path, tuple[DocsFile, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, name: PurePosixPath, make: Callable[[DocsFile], str]) -> None:
        """Let *make* tell what the file *name* is to hold."""
        try:
            file = read_docs_file(self.docs, name)
            text = make(file)
        except NotifierError as error:
            self.problems += error.problems
            return
        other, _ = self.texts.setdefault(file.path, (file, text))
        if other is not file:
            message = f"this is the same file as {other.shown!r}"
            hint = "put a file of its own into the folder of each locale"
            place = Place(file.shown)
            self.problems.append(Problem("publish/same-path", message, place, hint))


def update_checkout(
    publications: Sequence[Publication],
    docs: Path,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Updated:
    """Update the pages of *publications*, and the contents that list them, in *docs*.

    The folder of a locale is the one that means it (`it`, `it-IT`, `it_IT`), or is
    made. Everything is read and checked before anything is written; files that are as
    they should be are not touched. *progress* is told the number of pages done.

    Raises:
        NotifierError: a page or contents cannot be updated; nothing is written.
        OSError: the system refuses; files are replaced one by one, each whole.
    """
    check_paths(publications)
    folders = locale_folders(docs, locales_of(publications))
    changes = _Changes(docs)
    total = sum(len(each.notice.locales) for each in publications)
    for done, _ in enumerate(_pages(publications, folders, changes), 1):
        progress(done, total)
    for lang, folder in folders.items():
        title = contents_title(publications, lang)
        for name, entries in entries_of(publications, lang).items():
            _add_contents(PurePosixPath(folder), name, entries, title, changes)
    raise_errors(changes.problems)
    texts = changes.texts.values()
    changed = [(file, text) for file, text in texts if text != file.text]
    replace_files((file.path, text.encode()) for file, text in changed)
    written = tuple(Path(file.shown) for file, _ in changed)
    return Updated(written, len(texts) - len(written), tuple(changes.problems))


def _pages(
    publications: Sequence[Publication], folders: Mapping[str, str], changes: _Changes
) -> Iterator[None]:
    """Add the page of each publication and locale to *changes*, one per step."""
    for lang, folder in folders.items():
        known: dict[str, PurePosixPath] = {}
        for publication in publications:
            if lang in publication.notice.locales:
                _add_page(publication, lang, PurePosixPath(folder), changes, known)
                yield
        place = changes.docs / folder
        changes.problems += moved_pages(place, str(place), known)


def _add_page(
    publication: Publication,
    lang: str,
    folder: PurePosixPath,
    changes: _Changes,
    known: dict[str, PurePosixPath],
) -> None:
    """Add a page to *changes*, and its exl-id to those *known*."""
    path, new = page_path(publication.notice), publication.markdown(lang)

    def page(file: DocsFile) -> str:
        text = new if file.text is None else merged(file.text, new, file.shown)
        identity = read_page(text.removeprefix("\ufeff"), file.shown).identity
        known.update({identity: path} if identity else {})
        return text

    changes.add(folder / path, page)


def _add_contents(
    folder: PurePosixPath,
    name: PurePosixPath,
    entries: Sequence[Entry],
    title: str,
    changes: _Changes,
) -> None:
    def contents(file: DocsFile) -> str:
        if file.text is None:
            return new_contents(entries, name, title)
        text, said = merged_contents(file.text, entries, name, file.shown)
        changes.problems += said
        return text

    changes.add(folder / name, contents)
