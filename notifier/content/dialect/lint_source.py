"""Read a page line by line, for the rules that judge it; linear in its length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from notifier.content.dialect.scan import cells

_FENCE = re.compile(r"(`{3,})[^`]*|(~{3,}).*")
_MARKER = re.compile(r"(?:[*+-]|\d{1,9}[.)])(?= |$)")
_RULE = re.compile(r"(?:\* *+){3,}|(?:- *+){3,}|(?:_ *+){3,}")
_UNDERLINE = re.compile(r"=+|-+")
_HEADING = re.compile(r"#{1,6}(?= |$)")
_CODE_COLUMNS = 4
_COLUMNS = re.compile(r"\|? *+:?-+:? *+(?:\| *+:?-+:? *+)*+\|?")
_TICKS = re.compile(r"(?<!\\)(\\*+)(`++)")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")


class Kind(Enum):
    """What a line is."""

    BLANK = auto()
    CODE = auto()
    INDENTED = auto()
    HEADING = auto()
    UNDERLINE = auto()
    RULE = auto()
    ROW = auto()
    STYLE = auto()
    OPENING = auto()
    CLOSING = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, taken apart; *number* counts from 1 in the whole file.

    *lead* is the blanks and quotation marks before it, *marker* that of a list item
    with its blanks, *body* the rest. *prose* is the body with `x` for code and escaped
    characters. *columns* are those that an item above leaves to what belongs to it. Of
    fenced code, the first line alone has a body.
    """

    number: int
    raw: str
    kind: Kind
    lead: str = ""
    marker: str = ""
    body: str = ""
    prose: str = ""
    columns: tuple[int, ...] = ()

    @property
    def is_quoted(self) -> bool:
        """Tell whether it belongs to a quotation or alert."""
        return ">" in self.lead

    @property
    def is_blank(self) -> bool:
        """Tell whether there is nothing in it, not even a quotation mark."""
        return self.kind is Kind.BLANK and not self.is_quoted

    @property
    def is_code(self) -> bool:
        """Tell whether it is shown as it is."""
        return self.kind in (Kind.CODE, Kind.INDENTED)

    @property
    def indent(self) -> int:
        """Return the column of the first character that is no blank."""
        return len(self.raw) - len(self.raw.lstrip(" "))


@dataclass(frozen=True, slots=True)
class Page:
    """The lines below the front matter, and the fence that is not closed, if any."""

    lines: tuple[Line, ...]
    unclosed: Line | None = None

    def around(self) -> Iterator[tuple[Line | None, Line, Line | None]]:
        """Yield each line that is no code, with those before and after it."""
        for at, line in enumerate(self.lines):
            if not line.is_code:
                before = self.lines[at - 1] if at else None
                after = self.lines[at + 1] if at + 1 < len(self.lines) else None
                yield before, line, after


def read_lines(text: str, first: int) -> Page:
    """Read *text*, whose first line has the number *first*; lines end in newlines."""
    reader = _Reader()
    rows = text.removesuffix("\n").split("\n")
    lines = [reader.read(first + at, raw) for at, raw in enumerate(rows)]
    unclosed = reader.unclosed or (reader.opening if reader.fence else None)
    return Page(tuple(_with_tables(lines)), unclosed)


def masked(text: str) -> str:
    """Return *text* with `x` for what stands in code spans or behind a backslash."""
    if "`" not in text:
        return _ESCAPE.sub(r"\\x", text) if "\\" in text else text
    parts: list[str] = []
    end = 0
    for start, stop in _code_spans(text):
        parts += [_ESCAPE.sub(r"\\x", text[end:start]), "x" * (stop - start)]
        end = stop
    return "".join([*parts, _ESCAPE.sub(r"\\x", text[end:])])


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the insides of code spans begin and end (CommonMark 6.1)."""
    runs = list(_TICKS.finditer(text))
    later: dict[int, list[int]] = {}
    for run in reversed(runs):
        later.setdefault(len(run[2]), []).append(run.start(2))
    free = 0
    for run in runs:
        end = run.end()
        if end <= free:
            continue
        size = len(run[2]) - len(run[1]) % 2
        partners = later.get(size, [])
        while partners and partners[-1] < end:
            partners.pop()
        if size and partners:
            yield end, partners[-1]
            free = partners[-1] + size


class _Reader:
    """Keep what the lines above leave to the next: an open fence, items, their text."""

    def __init__(self) -> None:
        self.fence = ""
        self.opening: Line | None = None
        self.unclosed: Line | None = None
        self.columns: list[int] = []
        self.before: Line | None = None

    def read(self, number: int, raw: str) -> Line:
        line = self._read(number, raw)
        self.before = line
        return line

    def _read(self, number: int, raw: str) -> Line:
        lead = raw[: len(raw) - len(raw.lstrip(" >"))]
        body = raw[len(lead) :].rstrip()
        if self.fence and self.opening:
            if not self.opening.is_quoted or ">" in lead:
                lead = lead if self.opening.is_quoted else ""
                return self._code(Line(number, raw, Kind.CODE, lead), body)
            self.fence, self.unclosed = "", self.unclosed or self.opening
        inner, marker = self._marker(body)
        if _FENCE.fullmatch(inner):
            self.opening = Line(number, raw, Kind.CODE, lead, marker, inner)
            self.fence = inner[: len(inner) - len(inner.lstrip(inner[0]))]
            self._place(lead, marker, body)
            return replace(self.opening, columns=tuple(self.columns))
        kind = self._kind(lead, inner, marker)
        if kind is Kind.INDENTED:
            return Line(number, raw, kind, lead, "", body)
        if kind is not Kind.BLANK:
            self._place(lead, marker, inner)
        columns = tuple(self.columns)
        prose = masked(inner)
        return Line(number, raw, kind, lead, marker, inner, prose, columns)

    def _code(self, line: Line, body: str) -> Line:
        if body.startswith(self.fence) and not body.strip(self.fence[0]):
            self.fence = ""
        return line

    def _marker(self, body: str) -> tuple[str, str]:
        """Return what follows the mark of an item, and the mark with its blanks."""
        found = _MARKER.match(body)
        if not found or _RULE.fullmatch(body):
            return body, ""
        inner = body[found.end() :].lstrip(" ")
        return inner, body[: len(body) - len(inner)]

    def _place(self, lead: str, marker: str, body: str) -> None:
        """Leave the items that the line is not in, and enter the one it begins."""
        if ">" in lead.lstrip(" "):
            lead, marker = lead[: lead.index(">")], ""
        lazy = self.before is not None and self.before.kind is Kind.TEXT
        if not marker and lazy:
            return
        while self.columns and len(lead) < self.columns[-1]:
            self.columns.pop()
        if marker:
            width = len(marker.rstrip(" ")) + 1 if not body else len(marker)
            self.columns.append(len(lead) + width)

    def _kind(self, lead: str, body: str, marker: str) -> Kind:
        if not body:
            return Kind.TEXT if marker else Kind.BLANK
        before = self.before.kind if self.before else Kind.BLANK
        margin = max((c for c in self.columns if c <= len(lead)), default=0)
        may_begin_code = before in (Kind.BLANK, Kind.INDENTED, Kind.HEADING)
        is_far = ">" not in lead and len(lead) - margin >= _CODE_COLUMNS
        if is_far and may_begin_code:
            return Kind.INDENTED
        above = self.before if before is Kind.TEXT and not marker else None
        if above and _UNDERLINE.fullmatch(body) and above.body and above.lead == lead:
            return Kind.UNDERLINE
        return _kind_of(body)


def _kind_of(body: str) -> Kind:
    if _HEADING.match(body):
        return Kind.HEADING
    if _RULE.fullmatch(body):
        return Kind.RULE
    if body.startswith("+++"):
        return Kind.OPENING if body.strip("+") else Kind.CLOSING
    if body.startswith("{style="):
        return Kind.STYLE
    return Kind.TEXT


def _with_tables(lines: list[Line]) -> list[Line]:
    """Mark the rows of tables: a head, a delimiter row, all lines up to a blank."""
    found = list(lines)
    in_table = False
    for at, line in enumerate(lines):
        if in_table:
            above = lines[at - 1]
            in_table = line.kind is Kind.TEXT and not line.marker
            in_table = in_table and line.is_quoted == above.is_quoted
        elif at + 1 < len(lines) and _is_head(line, lines[at + 1]):
            in_table = True
        if in_table:
            found[at] = replace(line, kind=Kind.ROW)
    return found


def _is_head(line: Line, after: Line) -> bool:
    return (
        line.kind is after.kind is Kind.TEXT
        and not after.marker
        and "|" in line.prose
        and "|" in after.body
        and line.is_quoted == after.is_quoted
        and bool(_COLUMNS.fullmatch(after.body))
        and len(cells(line.body)) == len(cells(after.body))
    )
