"""Judge the lines of a page: its file, its paragraphs, the blank lines between."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notifier.content.dialect.lint_rules import Finding, finding, shown
from notifier.content.dialect.lint_source import Kind, Line, Page

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def lint_file(text: str) -> Iterator[Finding]:
    """Yield what is wrong with *text* as a file."""
    if text.startswith("\ufeff"):
        message = "the file begins with a byte order mark"
        yield finding("byte-order-mark", 1, message, "save it as UTF-8 without one")
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        message = "the line ends in a carriage return"
        yield finding("line-end", line, message, "end lines in a newline alone")
    if not text.endswith("\n") or text.endswith(("\n\n", "\n\r\n")):
        message = "the file does not end in exactly one newline"
        hint = "end the last line in a newline, and add none"
        yield finding("MD047", text.rstrip().count("\n") + 1, message, hint)


def lint_layout(page: Page) -> Iterator[Finding]:
    """Yield what is wrong with the lines of *page*."""
    for before, line, after in page.around():
        yield from _characters(line)
        yield from _blank_lines(before, line)
        if after is not None and _runs_on(line, after):
            message = f"{shown(after.body)} is a second line of one paragraph"
            hint = "write a paragraph as one line, or put a blank line between two"
            yield finding("one-line", after.number, message, hint)
    for line in page.lines:
        if line.kind is Kind.RULE:
            message, hint = "there is a horizontal rule", "take it out"
            yield finding("AM003", line.number, message, hint)
    yield from _code(page)


def _characters(line: Line) -> Iterator[Finding]:
    if line.raw[-1:] in (" ", "\t"):
        yield finding("MD009", line.number, "the line ends in blanks", "cut them")
    if "\t" in line.raw:
        yield finding("MD010", line.number, "the line holds a tab", "write blanks")
    control = _CONTROL.search(line.raw)
    if control:
        message = f"the line holds the control character {control[0]!r}"
        yield finding("AM006", line.number, message, "take it out")


def _blank_lines(before: Line | None, line: Line) -> Iterator[Finding]:
    if before and before.kind is line.kind is Kind.BLANK:
        message = "several blank lines follow each other"
        if before.is_blank and line.is_blank:
            yield finding("MD012", line.number, message, "leave one of them")


def _runs_on(line: Line, after: Line) -> bool:
    """Tell whether *after* continues the paragraph in *line*."""
    return (
        line.kind is after.kind is Kind.TEXT
        and not after.marker
        and line.is_quoted == after.is_quoted
        and not line.body.startswith("[!")
        and not after.body.startswith("[!")
    )


def _code(page: Page) -> Iterator[Finding]:
    before = None
    for line in page.lines:
        if line.kind is Kind.INDENTED and before is not Kind.INDENTED:
            message = f"{shown(line.body)} is indented so far that it is code"
            hint = "indent it less, or put code between lines of '```'"
            yield finding("MD046", line.number, message, hint)
        if line.kind is not Kind.BLANK:
            before = line.kind
    if page.unclosed:
        message, hint = "the code that begins here is not closed", "add a line '```'"
        yield finding("AM012", page.unclosed.number, message, hint)
