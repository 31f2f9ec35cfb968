"""Read CSV of strangers row by row: located, stripped, bounded."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from notifier.notice.faults import Fault, Findings, quoted
from notifier.notice.texts import BIDI_CONTROLS

DELIMITERS = (",", ";", "\t")
LONGEST_FIELD = 8_192
MOST_ROWS = 200_000
LARGEST_TABLE = 50_000_000
LONGEST_LINE = 65_536
# Bytes that are not UTF-8 arrive as lone surrogates.
_CHARACTERS = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff"
    + BIDI_CONTROLS
)
_BAD = re.compile(rf"[{_CHARACTERS}]|=\?")
_BAD_OR_TAB = re.compile(rf"[\t{_CHARACTERS}]|=\?")


@dataclass(frozen=True, slots=True)
class Header:
    """The first row: its delimiter, our columns and the further ones by position.

    *titles* is the whole row.
    """

    delimiter: str
    columns: Mapping[str, int]
    extra: Mapping[str, int]
    titles: tuple[str, ...]

    def positions(self, *columns: str) -> tuple[int, ...]:
        """Return where *columns* stand in a row; -1, its empty end, for absent ones."""
        return tuple(self.columns.get(column, -1) for column in columns)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which of our columns a table has, and how `columns` of the notice calls them.

    *names* is None where the notice cannot be read.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...]
    names: Mapping[str, str] | None

    @property
    def ours(self) -> tuple[str, ...]:
        """Return all our columns."""
        return (*self.required, *self.optional)

    def spelled(self, column: str, titles: Iterable[str]) -> str:
        """Return the title of our *column* among *titles*: the mapped one, or ours."""
        mapped = (self.names or {}).get(column, column)
        return mapped if mapped in titles else column

    def may_be_mapped(self, titles: Iterable[str]) -> bool:
        """Tell whether a column that we miss may stand there under an unknown name."""
        found, known = {title for title in titles if title}, {*self.ours}
        return self.names is None and bool(found - known and known - found)


def open_table(path: Path) -> TextIO:
    """Open a CSV file for `rows`; close it afterwards."""
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


def read_header(line: str, layout: Layout, findings: Findings) -> Header | None:
    """Return the header that *line* holds, or None when it has faults."""
    found = _BAD.search(line) if len(line) <= LONGEST_LINE else None
    if found:
        findings.add_at(1, _bad_character(found))
        return None
    delimiter = max(DELIMITERS, key=lambda mark: _matches(line, mark, layout))
    titles = titles_of(line, delimiter)
    if layout.may_be_mapped(titles):
        findings.has_errors = True
        return None
    spelled = {column: layout.spelled(column, titles) for column in layout.ours}
    faults = list(_header_faults(titles, spelled, layout))
    for fault in faults:
        findings.add_at(1, fault)
    if faults:
        return None
    columns = {c: titles.index(name) for c, name in spelled.items() if name in titles}
    used = set(columns.values())
    extra = {title: n for n, title in enumerate(titles) if title and n not in used}
    return Header(delimiter, columns, extra, tuple(titles))


def titles_of(line: str, delimiter: str) -> list[str]:
    """Return the fields of a header."""
    try:
        return [
            title.strip() for title in next(csv.reader([line], delimiter=delimiter))
        ]
    except (csv.Error, StopIteration):
        return []


def _matches(line: str, delimiter: str, layout: Layout) -> tuple[int, int]:
    titles = titles_of(line, delimiter)
    matching = (layout.spelled(each, titles) in titles for each in layout.ours)
    return sum(matching), len(titles)


def _header_faults(
    titles: list[str], spelled: Mapping[str, str], layout: Layout
) -> Iterator[Fault]:
    for title in dict.fromkeys(titles):
        if title and titles.count(title) > 1:
            message = f"column {quoted(title)} twice"
            yield Fault("csv/duplicate-column", message, "remove one of the two")
    for column in layout.required:
        if spelled[column] not in titles:
            title = (layout.names or {}).get(column, column)
            hint = f"name a column so, or map it: 'columns: {{{column}: …}}'"
            message = f"no column {quoted(title)}"
            yield Fault("csv/missing-column", message, hint, title, tuple(titles))


def rows(
    file: Iterable[str], header: Header, findings: Findings
) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and stripped fields of each row; an empty one at the end.

    *file* is open behind the header. What is malformed goes to *findings* and is left
    out; blank rows are no problem.
    """
    refused = list[int]()
    lines = _checked(file, header.delimiter, refused, findings)
    reader = csv.reader(lines, delimiter=header.delimiter, strict=True)
    before, count, width = 0, 0, len(header.titles)
    try:
        for row in reader:
            if refused:
                refused.clear()
                before = reader.line_num
                continue
            line, span, before = before + 2, reader.line_num - before, reader.line_num
            fields = [field.strip() for field in row]
            if not any(fields):
                continue
            if span > 1 or len(row) != width or sum(map(len, row)) > LONGEST_FIELD:
                fault = _row_fault(fields, width, span)
                if fault:
                    findings.add_at(line, fault)
                    continue
            count += 1
            if count > MOST_ROWS:
                fault = Fault("csv/too-large", f"more than {MOST_ROWS} rows")
                findings.add_at(line, fault)
                return
            fields.append("")
            yield line, fields
    except csv.Error as error:
        hint = "check the quotes: each '\"' inside a field is written twice"
        findings.add_at(before + 2, Fault("csv/syntax", f"not CSV: {error}", hint))


def _row_fault(fields: list[str], width: int, span: int) -> Fault | None:
    if span > 1:
        hint = "write each row on one line; check that all quotes are closed"
        return Fault("csv/character", f"a row of {span} lines", hint)
    for field in fields:
        if len(field) > LONGEST_FIELD:
            message = f"a field of {len(field)} characters: {quoted(field[:40])}"
            return Fault("csv/too-large", message, f"at most {LONGEST_FIELD}")
    if len(fields) != width:
        hint = "put fields that hold the delimiter into quotes"
        return Fault("csv/ragged", f"{len(fields)} fields instead of {width}", hint)
    return None


def _checked(
    file: Iterable[str], delimiter: str, refused: list[int], findings: Findings
) -> Iterator[str]:
    bad = _BAD if delimiter == "\t" else _BAD_OR_TAB
    for number, line in enumerate(file, 2):
        if len(line) > LONGEST_LINE:
            message = f"a line of {len(line)} characters"
            findings.add_at(number, Fault("csv/too-large", message))
            return
        found = bad.search(line)
        if found:
            findings.add_at(number, _bad_character(found))
            refused.append(number)
            line = bad.sub("", line)
        yield line


def _bad_character(found: re.Match[str]) -> Fault:
    bad = found[0]
    near = quoted(found.string[max(found.start() - 20, 0) : found.end() + 20].strip())
    if bad == "=?":
        hint = "remove it: it begins an encoded word in mail headers"
        return Fault("csv/character", f"'=?' in {near}", hint)
    if "\ud800" <= bad <= "\udfff":
        message = f"byte 0x{ord(bad) & 0xFF:02x} in {near} is not UTF-8"
        return Fault("csv/not-utf8", message, "save the file as 'CSV UTF-8'")
    message = f"control character U+{ord(bad):04X} in {near}"
    return Fault("csv/character", message, "remove it")


def missing_value(title: str) -> Fault:
    """Return the fault of a field that must not be empty."""
    return Fault("missing-value", f"empty {title}", "fill it in, or remove the row")
