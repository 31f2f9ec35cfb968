"""Units as CSV, for translators who work in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from notifier.errors import NotifierError, Place, Problem
from notifier.language.po_entry import STATES
from notifier.outputs.translations.exchange import Unit

COLUMNS = (
    "locale",
    "id",
    "key",
    "source",
    "translation",
    "state",
    "previous source",
    "notes",
    "remarks",
)
_NEEDED = frozenset({"locale", "id", "source", "translation", "state"})
_DELIMITERS = (",", ";", "\t")
# A cell that begins so is a formula to a spreadsheet; one quote keeps it a text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_MOST_ROWS = 100_000
_HINT = "export again; nothing was changed"


def csv_bytes(units: Iterable[Unit], *, target: str) -> bytes:
    """Return *units* with their translations into *target*, with a byte order mark."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for unit in units:
        cells = (
            target,
            unit.id,
            unit.key,
            unit.source,
            unit.target,
            unit.state,
            unit.previous,
            "\n".join((*unit.notes, *unit.places)),
            "\n".join(unit.remarks),
        )
        writer.writerow([_guarded(cell) for cell in cells])
    return file.getvalue().encode("utf-8-sig")


def read_csv(data: bytes, shown: str) -> tuple[tuple[str, Unit], ...]:
    """Return the units of the CSV file *data*, each with its locale.

    A translation that has been changed counts as current, whatever its state says.

    Raises:
        NotifierError: it is damaged; the problem names its line.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "save the file as 'CSV UTF-8'"
        raise _damaged("the file is not UTF-8", Place(shown, line), hint) from error
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return tuple(_units(reader, shown))
    except csv.Error as error:
        place = Place(shown, reader.line_num)
        raise _damaged(f"not a row of CSV: {error}", place) from error


def _units(reader: Iterator[list[str]], shown: str) -> Iterator[tuple[str, Unit]]:
    names = [name.strip().lower() for name in next(reader, [])]
    missing = _NEEDED - set(names)
    if missing:
        fact = f"the column {min(missing)!r} is missing"
        raise _damaged(fact, Place(shown, 1))
    if twice := sorted(name for name in COLUMNS if names.count(name) > 1):
        raise _damaged(f"the column {twice[0]!r} stands twice", Place(shown, 1))
    needed = max(map(names.index, _NEEDED)) + 1
    line = 2
    for count, row in enumerate(reader):
        if any(row):
            place = Place(shown, line)
            # Spreadsheets leave out empty cells at the end of rows.
            if len(row) < needed or any(row[len(names) :]):
                fact = f"{len(row)} cells instead of {len(names)}"
                raise _damaged(fact, place)
            if count >= _MOST_ROWS:
                raise _damaged(f"more than {_MOST_ROWS:,} rows", place)
            yield _unit(dict(zip(names, row, strict=False)), place)
        line = getattr(reader, "line_num", line) + 1


def _unit(row: Mapping[str, str], place: Place) -> tuple[str, Unit]:
    cells = {name: _bare(cell) for name, cell in row.items()}
    state = cells["state"].strip().lower()
    if state not in STATES:
        hint = f"write one of: {', '.join(STATES)}"
        raise _damaged(f"no state {state[:80]!r}", place, hint)
    unit = Unit(
        cells["id"].strip(),
        _lines(cells["source"]),
        _lines(cells["translation"]),
        state,
        remarks=tuple(cells.get("remarks", "").splitlines()),
        previous=_lines(cells.get("previous source", "")),
        shown=place.path,
        line=place.line or 0,
        is_trusting=True,
    )
    return cells["locale"].strip(), unit


def _lines(cell: str) -> str:
    return cell.replace("\r\n", "\n")


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _bare(cell: str) -> str:
    inner = cell[1:]
    return inner if cell.startswith("'") and inner.startswith(_FORMULA) else cell


def _damaged(fact: str, place: Place, hint: str = _HINT) -> NotifierError:
    return NotifierError([Problem("exchange/syntax", fact, place, hint)])
