"""Judge the headings of a page and their anchors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notifier.content.dialect.lint_rules import Finding, finding, shown
from notifier.content.dialect.lint_source import Kind, Line, Page

_BRACES = re.compile(r"\{([^{}]*+)\}")
_LETTERS = re.compile(r"[A-Za-z0-9_.:-]+")
_GLUED = re.compile(r"#{1,6}[^#\s]")
_FORM = "write '## Text {#anchor}'"


def lint_headings(page: Page) -> Iterator[Finding]:
    """Yield what is wrong with the headings of *page*."""
    yield from _first(page)
    yield from _levels(page)
    seen: dict[str, int] = {}
    for before, line, after in page.around():
        if line.kind is Kind.HEADING:
            yield from _heading(line)
            yield from _anchor(line, seen)
            for other in (before, after):
                if other and not _parts(other, line):
                    message = "the heading has no blank line around it"
                    hint = "put one before it and one after"
                    yield finding("MD022", line.number, message, hint)
                    break
        elif line.kind is Kind.UNDERLINE:
            message, hint = "a heading is underlined", "begin its line with '## '"
            yield finding("MD003", line.number, message, hint)
        elif line.kind is Kind.TEXT and _GLUED.match(line.prose):
            message = f"{shown(line.body)} is no heading"
            hint = "put a blank behind the hash signs, or a backslash before them"
            yield finding("MD018", line.number, message, hint)


def level_of(line: Line) -> int:
    """Return the level of a heading."""
    return len(line.body) - len(line.body.lstrip("#"))


def anchor_spans(line: Line) -> tuple[tuple[int, int], ...]:
    """Return where in the prose of a heading something like an anchor stands."""
    if line.kind is not Kind.HEADING:
        return ()
    return tuple(found.span() for found in _anchors(line))


def _anchors(line: Line) -> list[re.Match[str]]:
    return [
        found
        for found in _BRACES.finditer(line.prose)
        if found[1].startswith("#")
        or (found.end() == len(line.prose) and "=" not in found[1])
    ]


def _first(page: Page) -> Iterator[Finding]:
    first = next((line for line in page.lines if not line.is_blank), None)
    if first is None or first.kind is not Kind.HEADING or level_of(first) != 1:
        number = first.number if first else page.lines[0].number
        message = "the page does not begin with its top-level heading"
        yield finding("MD041", number, message, "begin with '# Title {#anchor}'")


def _levels(page: Page) -> Iterator[Finding]:
    last, tops = 0, 0
    for line in page.lines:
        if line.kind is not Kind.HEADING:
            continue
        level = level_of(line)
        tops += level == 1
        if level == 1 and tops > 1:
            message = f"{shown(line.body)} is a second top-level heading"
            yield finding("MD025", line.number, message, "begin it with '## '")
        if last and level > last + 1:
            message = f"a heading of level {level} follows one of level {last}"
            hint = f"write it with {last + 1} hash signs"
            yield finding("MD001", line.number, message, hint)
        last = level


def _heading(line: Line) -> Iterator[Finding]:
    if "](" in line.prose or "<http" in line.prose:
        message, hint = "the heading holds a link", "put the link into the text below"
        yield finding("AM008", line.number, message, hint)
    words = line.prose[level_of(line) :]
    if words.rstrip("#").endswith(" ") and words.endswith("#"):
        message, hint = "the heading is closed by hash signs", "take them out"
        yield finding("MD003", line.number, message, hint)


def _anchor(line: Line, seen: dict[str, int]) -> Iterator[Finding]:
    found = _anchors(line)
    if not found and level_of(line) <= 2:
        message = f"the heading {shown(line.body)} has no anchor"
        yield finding("anchor-missing", line.number, message, _FORM)
    for match in found:
        name = match[1].removeprefix("#")
        rule, fault = _fault(match, name, line)
        if rule:
            message = f"the anchor {shown(match[0])} {fault}"
            yield finding(rule, line.number, message, _FORM)
        elif name in seen:
            message = f"the anchor {name!r} also stands in line {seen[name]}"
            yield finding("AM022", line.number, message, "rename one of them")
        seen.setdefault(name, line.number)


def _fault(match: re.Match[str], name: str, line: Line) -> tuple[str, str]:
    if not match[1].startswith("#"):
        return "AM007", "lacks its hash sign"
    if line.prose[match.end() :].strip():
        return "AM017", "is not the last thing in its line"
    if " " in name or not name:
        return "AM002", "holds a blank" if name else "is empty"
    if "#" in name:
        return "AM010", "holds a second hash sign"
    if not name[0].isalpha():
        return "AM005", "does not begin with a letter"
    if not _LETTERS.fullmatch(name):
        return "anchor-letters", "holds other than ASCII letters, digits and - _ . :"
    return "", ""


def _parts(other: Line, line: Line) -> bool:
    """Tell whether the blank line *other* parts *line* from what is beyond."""
    return other.kind is Kind.BLANK or other.is_quoted != line.is_quoted
