"""Find the prose of a Markdown text: what is left without its code.

Blocks are read as CommonMark and the dialect read them: by the columns of quotes and
list items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notifier.model.page import ALERT_TYPES

_DEEPEST = 20
_TICKS = re.compile("`+")
_LINE_END = re.compile(r"\r\n?|\n")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,}).*")
_ITEM = re.compile(r"( {0,3})([*+-]|(\d{1,9})[.)])(?:( +)(\S.*))?")
_QUOTE = re.compile(r" {0,3}>")
_ALERT = re.compile(rf" {{0,3}}> ?\[!(?:{'|'.join(ALERT_TYPES)})\]\s*", re.I)
_BREAK = re.compile(
    r" {0,3}(?:#{1,6}(?: .*)?|\+\+\+.*|(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})"
)
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)")


def without_code(text: str) -> str:
    """Return Markdown *text* with its code blocks, code spans and escapes blanked."""
    text = "\n".join(_prose([_tidied(line) for line in _LINE_END.split(text)], 0))
    text = re.sub(r"\\[<`]", "  ", text)
    runs = list(_TICKS.finditer(text))
    closing: dict[int, int] = {}
    following: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        length = len(runs[number][0])
        if length in closing:
            following[number] = closing[length]
        closing[length] = number
    kept, position, number = [], 0, 0
    while number < len(runs):
        if number in following:
            kept.append(text[position : runs[number].start()])
            number = following[number]
            position = runs[number].end()
        number += 1
    return " ".join([*kept, text[position:]])


def _prose(lines: list[str], depth: int) -> Iterator[str]:
    """Yield the lines that are no code, without the marks of quotes and items."""
    at, in_paragraph = 0, False
    while at < len(lines):
        line, after = lines[at], at + 1
        fence = _FENCE.fullmatch(line)
        inner: list[str] | None = None
        if line.startswith("    ") and not in_paragraph:
            pass
        elif fence:
            after = _behind_fence(lines, at, fence[1])
        elif _QUOTE.match(line):
            inner, after = _quoted(lines, at)
        elif _BREAK.fullmatch(line):
            yield line
        elif _ITEM.fullmatch(line) and not (in_paragraph and not _opens(line)):
            inner, after = _item(lines, at)
        else:
            yield line
            in_paragraph = bool(line) and not (
                in_paragraph and _UNDERLINE.fullmatch(line)
            )
            at = after
            continue
        if inner is not None:
            yield from _prose(inner, depth + 1) if depth < _DEEPEST else inner
        at, in_paragraph = after, False


def _tidied(line: str) -> str:
    return re.sub(r"^[ \t]+", lambda blanks: blanks[0].expandtabs(4), line.rstrip())


def _behind_fence(lines: list[str], at: int, mark: str) -> int:
    closing = re.compile(rf" {{0,3}}{mark[0]}{{{len(mark)},}}")
    ends = (n for n in range(at + 1, len(lines)) if closing.fullmatch(lines[n]))
    return next(ends, len(lines)) + 1


def _quoted(lines: list[str], at: int) -> tuple[list[str], int]:
    """Return the lines of the quote or alert at *at*, and its end."""
    alert = _ALERT.match(lines[at])
    inner = [_QUOTE.sub("", lines[at], count=1)]
    end = at + 1
    while end < len(lines) and lines[end]:
        quote = _QUOTE.match(lines[end])
        if _ALERT.match(lines[end]) if quote else not inner[-1] or _opens(lines[end]):
            break
        inner.append(lines[end][quote.end() if quote else 0 :])
        end += 1
    if not alert:
        return [line.removeprefix(" ") for line in inner], end
    rest = inner[1:]
    if all(line.startswith(" ") for line in rest if line):
        rest = [line[1:] for line in rest]
    return [lines[at][alert.end() :], *rest], end


def _item(lines: list[str], at: int) -> tuple[list[str], int]:
    """Return the lines of the list item at *at* from its column on, and its end."""
    marker = _ITEM.fullmatch(lines[at])
    assert marker is not None
    blanks = marker[4] or " "
    column = marker.end(2) + (len(blanks) if len(blanks) < 5 else 1)
    inner = [lines[at][column:]]
    end = at + 1
    while end < len(lines):
        line = lines[end]
        if line and line[:column].strip():
            other = _ITEM.fullmatch(line)
            sibling = other is not None and bool(other[3]) == bool(marker[3])
            if not inner[-1] or sibling or _opens(line):
                break
            inner.append(line.lstrip())
        elif not line and inner == [""]:
            break
        else:
            inner.append(line[column:])
        end += 1
    return inner, end


def _opens(line: str) -> bool:
    """Tell whether *line* ends a paragraph above it."""
    item = _ITEM.fullmatch(line)
    if item:
        return bool(item[5]) and item[3] in (None, "1")
    return any(mark.fullmatch(line) for mark in (_FENCE, _BREAK)) or bool(
        _QUOTE.match(line)
    )
