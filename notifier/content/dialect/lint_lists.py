"""Judge the lists and tables of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notifier.content.dialect.lint_rules import Finding, finding, shown
from notifier.content.dialect.lint_source import Kind, Line, Page
from notifier.content.dialect.scan import cells

_STYLE = re.compile(r"\{style=\"table-layout:(?:auto|fixed)\"\}")
_STYLE_FORM = "write '{style=\"table-layout:auto\"}' alone, after a blank line"
_ROW_FORM = "write '| cell | cell |', each row in one line"


def lint_lists(page: Page) -> Iterator[Finding]:
    """Yield what is wrong with the lists of *page*."""
    first = ""
    for before, line, _ in page.around():
        mark = line.marker.strip()
        if mark in ("*", "-", "+"):
            yield from _bullet(line, mark, first)
            first = first or mark
        if line.marker:
            yield from _item(line)
            if before and _runs_into(before, line):
                message = f"no blank line parts the list from {shown(before.body)}"
                hint = "put a blank line before and after a list"
                yield finding("MD032", line.number, message, hint)
    yield from _indents(page)


def _bullet(line: Line, mark: str, first: str) -> Iterator[Finding]:
    if first and mark != first:
        message = f"the mark {mark!r} follows lists with {first!r}"
        yield finding("MD004", line.number, message, "write '*' everywhere")
    elif not first and mark != "*":
        message = f"the mark of the list is {mark!r}"
        yield finding("list-marker", line.number, message, "write '*' everywhere")


def _item(line: Line) -> Iterator[Finding]:
    mark = line.marker.strip()
    if mark[0].isdigit() and mark != "1.":
        message, hint = f"the mark of the item is {mark!r}", "begin each item with '1.'"
        yield finding("MD029", line.number, message, hint)
    if not line.body:
        message, hint = "the mark of the item stands alone", "put its text behind it"
        yield finding("AM024", line.number, message, hint)
    elif len(line.marker) > len(mark) + 1:
        message = f"{len(line.marker) - len(mark)} blanks follow the mark of the item"
        yield finding("MD030", line.number, message, "leave one of them")


def _runs_into(before: Line, line: Line) -> bool:
    return (
        before.kind is Kind.TEXT
        and not before.marker
        and not before.body.startswith("[!")
        and before.is_quoted == line.is_quoted
        and len(before.lead) <= len(line.lead)
    )


def _indents(page: Page) -> Iterator[Finding]:
    before: Line | None = None
    for line in page.lines:
        above, before = before, line
        # Of fenced code, the first line alone is taken apart.
        if line.kind in (Kind.BLANK, Kind.INDENTED) or not line.body:
            continue
        continues = above is not None and above.kind is line.kind and not line.marker
        if continues and line.kind in (Kind.TEXT, Kind.ROW):
            continue
        nested = line.marker and not line.is_quoted
        columns = line.columns[:-1] if nested else line.columns
        wanted = columns[-1] if columns else 0
        if line.indent != wanted:
            message = f"the line is indented by {line.indent}, not by {wanted}"
            hint = "indent what belongs to an item to the first letter of the item"
            yield finding("list-indent", line.number, message, hint)


def lint_tables(page: Page) -> Iterator[Finding]:
    """Yield what is wrong with the tables of *page*."""
    head: Line | None = None
    above: Line | None = None
    for before, line, after in page.around():
        if line.kind is Kind.ROW:
            begins = before is None or before.kind is not Kind.ROW
            head = line if begins or head is None else head
            yield from _row(line, head)
            beside = before if begins else after
            if beside and beside.kind is not Kind.BLANK and beside.kind is not Kind.ROW:
                message = f"no blank line parts the table from {shown(beside.body)}"
                hint = "put a blank line before and after a table"
                yield finding("MD058", line.number, message, hint)
        elif line.kind is Kind.STYLE:
            yield from _style(line, before, above)
        elif line.kind is Kind.TEXT and line.body.startswith("|"):
            message = f"{shown(line.body)} belongs to no table"
            hint = "a table begins with its heads, then '| --- |' for each of them"
            yield finding("AM004", line.number, message, hint)
        above = before if line.kind is Kind.BLANK else line


def _row(line: Line, head: Line) -> Iterator[Finding]:
    body = line.body.rstrip()
    if not body.startswith("|"):
        rule = "AM023" if line is head else "AM004"
        message = f"the row {shown(body)} does not begin with a bar"
        yield finding(rule, line.number, message, _ROW_FORM)
    if not body.endswith("|") or body.endswith("\\|"):
        message = f"the row {shown(body)} does not end in a bar"
        yield finding("AM004", line.number, message, _ROW_FORM)
    count, wanted = len(cells(body)), len(cells(head.body))
    if count != wanted:
        message = f"the row has {count} cells, and the head of the table {wanted}"
        hint = "add what is missing; a bar inside a cell is written '\\|'"
        yield finding("AM004", line.number, message, hint)
    if line.lead != head.lead:
        message = "the row is not indented as the head of its table"
        yield finding("AM026", line.number, message, "indent all rows alike")


def _style(line: Line, before: Line | None, above: Line | None) -> Iterator[Finding]:
    if not _STYLE.fullmatch(line.body):
        message = f"{shown(line.body)} is no style of a table"
        yield finding("AM004", line.number, message, _STYLE_FORM)
    is_parted = before is not None and before.kind is Kind.BLANK
    if not is_parted or above is None or above.kind is not Kind.ROW:
        message = "no table and one blank line stand before this style"
        yield finding("AM004", line.number, message, _STYLE_FORM)
