"""The glossary: how terms are translated, and which names stay as they are."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from notifier.errors import NotifierError, Place, Problem
from notifier.language.locales import normalize, parents
from notifier.reading import Refusal, read_limited

RULES: Mapping[str, str] = MappingProxyType(
    {"glossary/syntax": "a row of a glossary cannot be read"}
)
COLUMNS = ("term", "locale", "translation", "note")
FILE = "glossary.csv"
_LARGEST = 1_000_000
_MOST_ROWS = 10_000
_LONGEST = 200
_EVERY = "*"
_HINT = f"the columns are: {', '.join(COLUMNS)}"


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the default locale, and what a translation must hold for it.

    *allowed* are the texts of which one must stand there, the beginning of a word or
    the whole; a name that stays as it is has itself alone and *stays* true.
    """

    term: str
    allowed: tuple[str, ...]
    stays: bool

    def is_in(self, message: str) -> bool:
        """Tell whether *message* uses the term."""
        return _pattern(self.term, self.stays).search(message) is not None

    def is_kept(self, form: str) -> bool:
        """Tell whether the translation *form* says it as it should."""
        if self.stays:
            return self.term in form
        folded = form.casefold()
        return any(text.casefold() in folded for text in self.allowed)


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms by locale; `*` holds those of every locale."""

    terms: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)

    def of(self, tag: str) -> tuple[Term, ...]:
        """Return the terms that count for the locale *tag*, its parents' included."""
        names = (tag, *parents(tag), _EVERY)
        return tuple(term for name in names for term in self.terms.get(name, ()))


def read_glossary(folders: Iterable[tuple[Path, str]]) -> Glossary:
    """Read `glossary.csv` of each folder; the paths say how problems name them.

    A row says how a term is translated into a locale, with alternatives behind `|`; an
    empty translation says that the term stays as it is, the locale `*` means all.

    Raises:
        NotifierError: a row cannot be read; all problems of all files.
    """
    terms: dict[str, list[Term]] = {}
    problems: list[Problem] = []
    for folder, shown in folders:
        data = read_limited(folder, FILE, most=_LARGEST)
        if data is None:
            continue
        try:
            for tag, term in _rows(_text(data, shown), shown):
                terms.setdefault(tag, []).append(term)
        except NotifierError as error:
            problems.extend(error.problems)
    if problems:
        raise NotifierError(problems)
    return Glossary({tag: tuple(found) for tag, found in terms.items()})


def _text(data: bytes | Refusal, shown: str) -> str:
    if isinstance(data, Refusal):
        raise _refused(data.message, Place(shown), data.hint)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused("the file is not UTF-8", Place(shown), "save it so") from error


def _rows(text: str, shown: str) -> Iterator[tuple[str, Term]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if not set(COLUMNS[:3]) <= set(reader.fieldnames or ()):
            raise _refused("a column is missing", Place(shown, 1), _HINT)
        for number, row in enumerate(reader):
            place = Place(shown, reader.line_num)
            if number >= _MOST_ROWS:
                raise _refused(f"more than {_MOST_ROWS:,} rows", place, "fewer terms")
            yield _row(row, place)
    except csv.Error as error:
        place = Place(shown, reader.reader.line_num)
        raise _refused(f"not a row of CSV: {error}", place, _HINT) from error


def _row(row: Mapping[str | None, str | None], place: Place) -> tuple[str, Term]:
    term, tag, translation = ((row.get(name) or "").strip() for name in COLUMNS[:3])
    if not term or len(term) > _LONGEST or None in row:
        raise _refused(f"no term in {term[:80]!r}", place, _HINT)
    try:
        tag = tag if tag == _EVERY else normalize(tag)
    except ValueError as error:
        raise _refused(str(error), place, "write '*' for every locale") from error
    allowed = tuple(text.strip() for text in translation.split("|") if text.strip())
    return tag, Term(term, allowed or (term,), not allowed)


@lru_cache(maxsize=4096)
def _pattern(term: str, stays: bool) -> re.Pattern[str]:
    end = r"(?!\w)" if stays else r"(?:e?s)?(?!\w)"
    flags = re.NOFLAG if stays else re.IGNORECASE
    return re.compile(rf"(?<!\w){re.escape(term)}{end}", flags)


def _refused(fact: str, place: Place, hint: str) -> NotifierError:
    return NotifierError([Problem("glossary/syntax", fact, place, hint)])
