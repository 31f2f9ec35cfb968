"""Write catalogs for translators, and take their files back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from notifier.errors import NotifierError, Place, Problem, in_order, raise_errors
from notifier.language.locales import normalize
from notifier.language.po_document import PoDocument
from notifier.model.notice import Notice
from notifier.outputs.translations.acceptance import chosen_locales
from notifier.outputs.translations.exchange import Unit, apply_units, units_of
from notifier.outputs.translations.folders import (
    foreign_locales,
    read_documents,
    replace_catalogs,
)
from notifier.outputs.translations.spreadsheet import csv_bytes, read_csv
from notifier.outputs.translations.xliff import read_xliff, xliff_bytes
from notifier.reading import Refusal, read_limited

RULES: Mapping[str, str] = {
    "exchange/nothing": "there is nothing to give to translators, or to take back",
}
FORMATS = ("xliff", "csv")
_SUFFIXES = {"xliff": "xlf", "csv": "csv"}
_XLIFF = frozenset({".xlf", ".xliff"})
_CSV = ".csv"
_LARGEST = 10_000_000
_MOST_FILES = 1_000


@dataclass(frozen=True, slots=True)
class Imported:
    """How many messages of each locale a translators' file has changed."""

    changed: Mapping[str, int]
    written: int
    problems: tuple[Problem, ...]


def export_files(
    notice: Notice, *, locales: tuple[str, ...] = (), formats: Iterable[str] = FORMATS
) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield a file per locale and format, `it.xlf` or `it.csv`.

    Without *locales*, it is those into which the notice is translated.

    Raises:
        NotifierError: a locale has no catalog, or a catalog is damaged.
    """
    documents = read_documents(notice)
    foreign = [tag for tag in documents if tag in foreign_locales(notice)]
    wanted = chosen_locales(documents, locales) if locales else tuple(foreign)
    if not wanted:
        fact = "there is no catalog to export"
        hint = "run 'notifier translations update' first"
        raise NotifierError([Problem("exchange/nothing", fact, hint=hint)])
    for tag in wanted:
        units = units_of(documents[tag])
        for name in dict.fromkeys(formats):
            data = _data(name, units, notice, documents[tag].shown, tag)
            yield PurePosixPath(f"{tag}.{_SUFFIXES[name]}"), data


def holds_exchange(folder: Path) -> bool:
    """Tell whether *folder* holds files that translators may have changed."""
    suffixes = {*_XLIFF, _CSV}
    if not folder.is_dir():
        return False
    return any(each.suffix.lower() in suffixes for each in folder.iterdir())


def import_files(notice: Notice, paths: Iterable[Path]) -> Imported:
    """Put the translations of the files *paths*, or of folders, into the catalogs.

    A file of several locales changes all of them.

    Raises:
        NotifierError: a file is damaged or holds a translation that cannot be printed;
            no catalog has changed.
        OSError: the system refuses.
    """
    documents = read_documents(notice)
    units: dict[str, list[Unit]] = {}
    problems: list[Problem] = []
    for path in _expanded(paths):
        try:
            for tag, unit in _read(path):
                units.setdefault(_known(tag, documents, unit.place), []).append(unit)
        except NotifierError as error:
            problems += error.problems
    current: dict[str, PoDocument] = {}
    for tag, given in units.items():
        current[tag], found = apply_units(documents[tag], given)
        problems += found
    raise_errors(problems)
    written = replace_catalogs(notice, current.values())
    changed = {tag: _changes(documents[tag], new) for tag, new in current.items()}
    used = {tag: number for tag, number in changed.items() if number}
    return Imported(used, written, in_order(problems))


def _data(
    name: str, units: tuple[Unit, ...], notice: Notice, shown: str, tag: str
) -> bytes:
    if name == "csv":
        return csv_bytes(units, target=tag)
    catalog = f"{notice.id}/{shown}"
    return xliff_bytes(units, name=catalog, source=notice.default_locale, target=tag)


def _expanded(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        suffixes = {*_XLIFF, _CSV}
        found = [each for each in path.iterdir() if each.suffix.lower() in suffixes]
        if not found or len(found) > _MOST_FILES:
            fact = f"{len(found) or 'no'} files that end in .xlf, .xliff or .csv"
            hint = "name the folder that translators have given back, or one file"
            raise NotifierError([Problem("exchange/nothing", fact, _place(path), hint)])
        yield from sorted(found)


def _read(path: Path) -> tuple[tuple[str, Unit], ...]:
    data = read_limited(path.parent, path.name, most=_LARGEST)
    suffix = path.suffix.lower()
    if data is None or isinstance(data, Refusal):
        fact = data.message if data else f"there is no file {path.name[:80]!r}"
        hint = data.hint if data else None
    elif suffix in _XLIFF:
        return read_xliff(data, str(path))
    elif suffix == _CSV:
        return read_csv(data, str(path))
    else:
        fact, hint = "neither XLIFF nor CSV", "name a file that ends in .xlf or .csv"
    raise NotifierError([Problem("exchange/syntax", fact, _place(path), hint)])


def _place(path: Path) -> Place:
    return Place(str(path))


def _known(tag: str, documents: Mapping[str, PoDocument], place: Place) -> str:
    try:
        known = normalize(tag)
    except ValueError:
        known = ""
    if known not in documents:
        fact = f"no catalog for {tag[:80]!r}"
        hint = f"there are: {', '.join(documents)}"
        raise NotifierError([Problem("exchange/locale", fact, place, hint)])
    return known


def _changes(before: PoDocument, after: PoDocument) -> int:
    pairs = zip(before.entries, after.entries, strict=True)
    return sum(old != new for old, new in pairs)
