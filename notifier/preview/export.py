"""Write everything the preview shows as plain files, for who has no server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from notifier.content.compiler import DOCUMENTS
from notifier.errors import Problem
from notifier.outputs.files import Written, write_folder
from notifier.preview.case import View
from notifier.preview.choosing import asked, choose
from notifier.preview.frames import THEMES, confined, framed
from notifier.preview.pages import fill_page
from notifier.preview.snapshot import Cell, Snapshot, take_snapshot
from notifier.preview.state import cell as told
from notifier.preview.state import state

File = tuple[PurePosixPath, bytes]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, how many documents have problems, and the folder's own."""

    written: Written
    documents: int
    troubled: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document of the export; *files* are named by what they show."""

    cell: Cell
    told: Mapping[str, Any]
    files: tuple[tuple[str, str], ...]

    @property
    def link(self) -> str:
        """Return where its page stands, seen from the index."""
        return f"{self.cell.key}/index.html"


def export(
    folder: Path,
    target: Path,
    *,
    now: datetime,
    progress: Progress = lambda done, total: None,
) -> Exported:
    """Write all documents of the notice *folder* into *target*, with an `index.html`.

    The values of readers are samples: no contact's data is written. *progress* is
    called with the number of documents done and their total.

    Raises:
        NotifierError: the notice cannot be read, or *target* is not ours to replace.
        OSError: the system refuses; *target* is as it was.
    """
    snapshot = take_snapshot(folder, now=now)
    sheets: list[Sheet] = []
    files = _files(snapshot, sheets, progress)
    written = write_folder(target, files, command="preview")
    troubled = sum(sheet.told["mark"]["problems"] > 0 for sheet in sheets)
    return Exported(written, len(sheets), troubled, snapshot.problems)


def _files(
    snapshot: Snapshot, sheets: list[Sheet], progress: Progress
) -> Iterator[File]:
    cells = tuple(snapshot.cells())
    for number, cell in enumerate(cells, start=1):
        choice = choose(snapshot, asked(cell))
        view = snapshot.presses[cell.locale].view(choice)
        parts = tuple(_parts(view))
        names = tuple((label, name) for label, name, _ in parts)
        sheet = Sheet(cell, told(snapshot, choice, view), names)
        sheets.append(sheet)
        place = PurePosixPath(cell.key)
        for _, name, text in parts:
            yield place / name, _encoded(text)
        page = fill_page("export-document", sheet=sheet, up="../" * len(place.parts))
        yield place / "index.html", _encoded(page)
        progress(number, len(cells))
    yield PurePosixPath("index.html"), _encoded(_index(snapshot, sheets))


def _parts(view: View) -> Iterator[tuple[str, str, str]]:
    """Yield the files of one document: what each shows, its name, its text."""
    letter, message = view.letter, view.message
    if letter is None:
        return
    for theme in THEMES:
        html = framed(letter.html, view.pictures, theme)
        yield theme.capitalize(), f"{theme}.html", confined(html)
    yield "Plain text", "text.txt", letter.text
    yield "Markdown", "markdown.md", letter.markdown
    if message:
        headers = "".join(f"{name}: {value}\n" for name, value in message.headers)
        yield "Headers", "headers.txt", headers
        for name, text in message.calendars:
            yield f"Calendar ({name})", name, text
        yield "Source", "message.eml", message.source


def _index(snapshot: Snapshot, sheets: Iterable[Sheet]) -> str:
    """Return the matrix: a table per document, a row per locale, a column per wave."""
    by_key = {sheet.cell.key: sheet for sheet in sheets}
    columns = {document: snapshot.columns(document) for document in DOCUMENTS}
    rows = {
        (document, tag): [
            by_key[Cell(document, tag, wave).key] for wave in columns[document]
        ]
        for document in DOCUMENTS
        for tag in snapshot.presses
    }
    told = state(snapshot, {}, version=0)
    return fill_page("export-index", state=told, columns=columns, rows=rows)


def _encoded(text: str) -> bytes:
    # A lone surrogate of a text cannot be encoded, but told.
    return text.encode(errors="xmlcharrefreplace")
