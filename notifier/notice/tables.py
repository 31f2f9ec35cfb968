"""Read CSV of strangers row by row: located, stripped, bounded."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from notifier.notice.faults import Fault, Findings, quoted
from notifier.notice.texts import BIDI_CONTROLS, BLANKS_OF_NO_WIDTH

DELIMITERS = (",", ";", "\t")
LONGEST_FIELD = 8_192
MOST_ROWS = 200_000
MOST_COLUMNS = 200
LARGEST_TABLE = 50_000_000
LONGEST_LINE = 65_536
# Bytes that are not UTF-8 arrive as lone surrogates.
_CHARACTERS = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff"
    + BIDI_CONTROLS
    + BLANKS_OF_NO_WIDTH
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_UTF_16 = ("\udcff\udcfe", "\udcfe\udcff")
_BAD = re.compile(rf"[{_CHARACTERS}]|=\?")
_BAD_OR_TAB = re.compile(rf"[\t{_CHARACTERS}]|=\?")


@dataclass(frozen=True, slots=True)
class Header:
    """The first row: its delimiter, our columns and the further ones by position.

    *titles* is the whole row, which stands in *line*.
    """

    delimiter: str
    columns: Mapping[str, int]
    extra: Mapping[str, int]
    titles: tuple[str, ...]
    line: int = 1

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

    def spelled(self, titles: Iterable[str]) -> dict[str, str]:
        """Return the titles of our columns among *titles*: the mapped ones, or ours.

        Upper and lower case are the same, unless two titles differ in nothing else.
        """
        exact = {title: title for title in titles}
        known = {title.casefold(): title for title in reversed(exact)} | exact
        spelled = {}
        for column in self.ours:
            mapped = (self.names or {}).get(column, column)
            names = (mapped, mapped.casefold(), column)
            spelled[column] = next((known[n] for n in names if n in known), column)
        return spelled

    def may_be_mapped(self, titles: Iterable[str]) -> bool:
        """Tell whether a column that we miss may stand there under an unknown name."""
        found = {title.casefold() for title in titles if title}
        known = {*self.ours}
        return self.names is None and bool(found - known and known - found)


def open_table(path: Path) -> TextIO:
    """Open a CSV file for `rows`; close it afterwards."""
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


def header_line(file: TextIO) -> tuple[int, str]:
    """Return number and text of the line with the titles.

    A line such as `sep=;` before it, which spreadsheets write, is skipped.
    """
    first = file.readline(LONGEST_LINE + 1)
    if re.fullmatch(r"sep=.\r?\n", first, re.I):
        return 2, file.readline(LONGEST_LINE + 1)
    return 1, first


def read_header(file: TextIO, layout: Layout, findings: Findings) -> Header | None:
    """Return the header with which *file* begins, or None when it has faults."""
    number, line = header_line(file)
    unreadable = _line_fault(line)
    if unreadable:
        findings.add_at(number, unreadable)
        return None
    delimiter = max(DELIMITERS, key=lambda mark: _matches(line, mark, layout))
    titles = titles_of(line, delimiter)
    if layout.may_be_mapped(titles):
        findings.has_errors = True
        return None
    spelled = layout.spelled(titles)
    faults = list(_header_faults(titles, spelled, layout))
    for fault in faults:
        findings.add_at(number, fault)
    if faults:
        return None
    columns = {c: titles.index(name) for c, name in spelled.items() if name in titles}
    used = set(columns.values())
    extra = {title: n for n, title in enumerate(titles) if title and n not in used}
    return Header(delimiter, columns, extra, tuple(titles), number)


def _line_fault(line: str) -> Fault | None:
    if line.startswith(_UTF_16):
        hint = "save the file as 'CSV UTF-8'"
        return Fault("csv/not-utf8", "the file is UTF-16, not UTF-8", hint)
    if len(line) > LONGEST_LINE:
        message = f"a line of more than {LONGEST_LINE} characters"
        return Fault("csv/too-large", message, "write each row on one line")
    found = _BAD.search(line)
    return _bad_character(found) if found else None


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
    return len({*layout.spelled(titles).values()} & {*titles}), len(titles)


def _header_faults(
    titles: list[str], spelled: Mapping[str, str], layout: Layout
) -> Iterator[Fault]:
    if len(titles) > MOST_COLUMNS:
        message = f"{len(titles)} columns"
        yield Fault("csv/too-large", message, f"at most {MOST_COLUMNS}")
        return
    ours = {*spelled.values()}
    for title, count in Counter(titles).items():
        meant = spelled.get(title.casefold(), title)
        if title and count > 1:
            message = f"column {quoted(title)} twice"
            yield Fault("csv/duplicate-column", message, "remove one of the two")
        elif title not in ours and meant != title:
            message = (
                f"column {quoted(title)} beside {quoted(meant)}, which stands for it"
            )
            yield Fault(
                "csv/duplicate-column", message, "rename or remove one of the two"
            )
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
    lines = _checked(file, header, refused, findings)
    reader = csv.reader(lines, delimiter=header.delimiter, strict=True)
    before, count, width = 0, 0, len(header.titles)
    first = header.line + 1
    try:
        for row in reader:
            if refused:
                refused.clear()
                before = reader.line_num
                continue
            line, span, before = (
                before + first,
                reader.line_num - before,
                reader.line_num,
            )
            if not any(row):
                continue
            fields = [field.strip() for field in row]
            if not any(fields):
                continue
            if span > 1 or len(row) != width or sum(map(len, row)) > LONGEST_FIELD:
                fault = _row_fault(fields, header, span)
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
        findings.add_at(before + first, Fault("csv/syntax", f"not CSV: {error}", hint))


def _row_fault(fields: list[str], header: Header, span: int) -> Fault | None:
    width = len(header.titles)
    if span > 1:
        hint = "write each row on one line; check that all quotes are closed"
        return Fault("csv/character", f"a row of {span} lines", hint)
    for field in fields:
        if len(field) > LONGEST_FIELD:
            message = f"a field of {len(field)} characters: {quoted(field[:40])}"
            return Fault("csv/too-large", message, f"at most {LONGEST_FIELD}")
    if len(fields) != width:
        hint = "put fields that hold the delimiter into quotes"
        if len(fields) == 1:
            hint = f"write {header.delimiter!r} between fields, as in the header"
        fields_found = "1 field" if len(fields) == 1 else f"{len(fields)} fields"
        return Fault("csv/ragged", f"{fields_found} instead of {width}", hint)
    return None


def _checked(
    file: Iterable[str], header: Header, refused: list[int], findings: Findings
) -> Iterator[str]:
    bad = _BAD if header.delimiter == "\t" else _BAD_OR_TAB
    for number, line in enumerate(file, header.line + 1):
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
    around = found.string[max(found.start() - 20, 0) : found.end() + 20].strip()
    near = quoted(_SURROGATE.sub("?", around))
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
