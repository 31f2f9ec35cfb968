"""Say what the author did where the YAML parser says what it expected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import yaml

from notifier.errors import Place
from notifier.notice.faults import Fault, quoted

Located = tuple[Fault, Place]
_NO_BLANK = re.compile(r"\s*(?:- )?([A-Za-z_][\w.-]*):[^\s:/].*")
_MISPLACED = re.compile("document start|block end|'-' indicator")
_SIGNS = "@`%*&|>!"
_HINT = "put texts that hold ': ' or ' #', or begin with a sign, into quotes"
_INDENT_HINT = "indent it with as many blanks as the keys beside it"


@dataclass(frozen=True, slots=True)
class _Spot:
    """A spot in the lines of a file, counted from 0."""

    path: str
    rows: Sequence[str]
    line: int = 0
    column: int = 0

    @property
    def row(self) -> str:
        return self.rows[self.line]

    @property
    def sign(self) -> str:
        return self.row[self.column : self.column + 1]

    @property
    def begins_row(self) -> bool:
        return not self.row[: self.column].strip()

    def at(self, mark: yaml.Mark | None) -> _Spot:
        if mark is None:
            return self
        if mark.line >= len(self.rows):
            last = len(self.rows) - 1
            return replace(self, line=last, column=len(self.rows[last]))
        return replace(self, line=mark.line, column=mark.column)

    def above(self) -> _Spot:
        """Return the start of the text in the line above that holds some."""
        for line in range(self.line - 1, -1, -1):
            row = self.rows[line].lstrip()
            if row and not row.startswith("#"):
                return replace(self, line=line, column=len(self.rows[line]) - len(row))
        return replace(self, line=0, column=0)

    def wrong(self, message: str, hint: str) -> Located:
        fault = Fault("yaml/syntax", f"not YAML: {message}", hint)
        return fault, Place(self.path, self.line + 1, self.column + 1)


def explained(error: yaml.YAMLError, text: str, path: str) -> Located:
    """Return what is wrong in *text*, of which PyYAML says *error*."""
    start = _Spot(path, re.split(r"\r\n?|\n", text))
    if not isinstance(error, yaml.MarkedYAMLError):
        return start.wrong("unreadable", _HINT)
    problem, context = error.problem or "unreadable", error.context or ""
    opened = start.at(error.context_mark or error.problem_mark)
    spot = start.at(error.problem_mark or error.context_mark)
    if opened.line != spot.line and ("flow" in context or "quoted scalar" in context):
        return _unclosed(opened)
    if "mapping values" in problem:
        return _second_colon(spot)
    if "simple key" in context:
        return _key_alone(opened)
    if "expected key" in problem or (spot.begins_row and _MISPLACED.search(problem)):
        return _no_key(spot)
    if "block sequence entries" in problem:
        hint = "begin a list of '- item' lines below its key"
        return spot.wrong("a list item behind a key", hint)
    if "escape" in problem:
        hint = "write two backslashes for one, or put the text into single quotes"
        return spot.wrong("a backslash that stands for no character", hint)
    told = f"{context}: {problem}" if context else problem
    return _sign(spot, opened, told)


def _unclosed(opened: _Spot) -> Located:
    closing = {"{": "}", "[": "]"}.get(opened.sign, opened.sign)
    hint = f"close it with {closing!r}, or put the whole text into quotes"
    return opened.wrong(f"{opened.sign!r} is not closed", hint)


def _second_colon(spot: _Spot) -> Located:
    if re.search(r":\s", spot.row[: spot.column]):
        hint = "put a text that holds ': ' into quotes"
        return spot.wrong("a second ': ' in one line", hint)
    above = spot.above()
    if _NO_BLANK.fullmatch(above.row):
        return _key_alone(above)
    begin = replace(spot, column=len(spot.row) - len(spot.row.lstrip()))
    if begin.column > above.column:
        return begin.wrong("a key further to the right than those above", _INDENT_HINT)
    return spot.wrong("a key where none can stand", _HINT)


def _key_alone(spot: _Spot) -> Located:
    row = spot.row.strip()
    named = _NO_BLANK.fullmatch(row)
    if named:
        better = quoted(row.replace(f"{named[1]}:", f"{named[1]}: ", 1))
        return spot.wrong(f"no blank behind '{named[1][:80]}:'", f"write {better}")
    hint = "write 'key: value', or indent the text below its key"
    return spot.wrong(f"{quoted(row)} without a key", hint)


def _no_key(spot: _Spot) -> Located:
    if spot.begins_row:
        return spot.wrong("a line that is not indented like those above", _INDENT_HINT)
    hint = "put the whole text into quotes; a quote inside is written twice"
    return spot.wrong(f"{quoted(spot.row[spot.column :])} behind the end", hint)


def _sign(spot: _Spot, opened: _Spot, told: str) -> Located:
    if spot.sign == "\t":
        return spot.wrong("a tab", "indent with blanks, not tabs")
    if spot.line == len(spot.rows) - 1 and not spot.row[spot.column :].strip():
        return spot.wrong("the file ends too early", "close each bracket and quote")
    begin = opened if opened.sign and opened.sign in _SIGNS else spot
    if begin.sign and (begin.sign in _SIGNS or "node content" in told):
        hint = f"put a text that begins with {begin.sign!r} into quotes"
        return begin.wrong(f"{begin.sign!r} begins something else than a text", hint)
    return spot.wrong(told, _HINT)
