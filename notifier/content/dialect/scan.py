"""Split Markdown into the blocks of the dialect, by CommonMark's columns."""

from __future__ import annotations

import re

from notifier.content.dialect.blocks import (
    Alert,
    Block,
    Code,
    Details,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from notifier.model.page import ALERT_TYPES

MAX_CHARACTERS = 100_000
MAX_DEPTH = 20
MAX_COLUMNS = 50
MAX_CELLS = 5_000

_CONTROLS = dict.fromkeys((*range(9), 11, *range(14, 32), 127))
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)")
_TITLE = re.compile(r" {0,3}\+\+\+ *([^\s+].*)(?<!\+\+\+)")
_END = re.compile(r" {0,3}\+\+\+")
_QUOTE = re.compile(r"^ {0,3}>")
_ALERT = re.compile(rf" {{0,3}}> ?\[!({'|'.join(ALERT_TYPES)})\]\s*(.*)", re.I)
_HEADING = re.compile(r" {0,3}(#{1,6})(?: +(\S.*))?")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)")
_RULE = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})")
_ITEM = re.compile(r"( {0,3})([*+-]|(\d{1,9})[.)])(?:( +)(\S.*))?")
_COLUMNS = re.compile(r" {0,3}\|? *:?-+:? *(?:\| *:?-+:? *)*\|?")
_STYLE = re.compile(r" {0,3}\{style=[\"'][\w:;. -]*[\"']\}")
_ANCHOR = re.compile(r"(?<!\\)\{#([A-Za-z][\w.:-]*)\}$")
_HASHES = re.compile(r"(?:^|(?<=\s))#+$")

Found = tuple[Block, int] | None


def read_blocks(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of *markdown*.

    Leading tabs count as four blanks, control characters are dropped.

    Raises:
        ValueError: the text is longer than MAX_CHARACTERS, nested too deep, or has a
            table of more than MAX_COLUMNS columns or MAX_CELLS cells.
    """
    if len(markdown) > MAX_CHARACTERS:
        raise ValueError(f"the text is longer than {MAX_CHARACTERS} characters")
    text = re.sub(r"\r\n?", "\n", markdown).translate(_CONTROLS)
    lines = [
        re.sub(r"^[ \t]+", lambda blanks: blanks[0].expandtabs(4), line.rstrip())
        for line in text.split("\n")
    ]
    return _scan(lines, 0)[0]


def cells(row: str) -> tuple[str, ...]:
    r"""Return the cells of a table row as inline Markdown; `\|` is a bar."""
    inner = re.sub(r"^\||(?<!\\)\|$", "", row.strip())
    parts = re.split(r"(?<!\\)\|", inner)
    return tuple(part.strip().replace("\\|", "|") for part in parts)


def _scan(lines: list[str], depth: int) -> tuple[tuple[Block, ...], bool]:
    """Return the blocks, and whether a blank line parts two of them."""
    if depth > MAX_DEPTH:
        raise ValueError(f"the text is nested more than {MAX_DEPTH} levels deep")
    ends = [index for index, line in enumerate(lines) if _END.fullmatch(line)]
    found: list[Block] = []
    gapped = False
    at = 0
    while at < len(lines):
        if lines[at]:
            gapped = gapped or bool(found and not lines[at - 1])
            closed = bool(ends) and at < ends[-1]
            block, at = _block(lines, at, depth, closed=closed)
            found.append(block)
        else:
            at += 1
    return tuple(found), gapped


def _block(lines: list[str], at: int, depth: int, *, closed: bool) -> tuple[Block, int]:
    if closed and (details := _details(lines, at, depth)):
        return details
    for read in (_code, _quote, _heading, _listing, _table):
        if found := read(lines, at, depth):
            return found
    return _paragraph(lines, at)


def _code(lines: list[str], at: int, depth: int) -> Found:
    if lines[at].startswith("    "):
        end = at
        while end < len(lines) and (lines[end][:4].strip() == ""):
            end += 1
        body = [line[4:] for line in lines[at:end]]
        while not body[-1]:
            body.pop()
        return Code(tuple(body)), end
    opening = _FENCE.fullmatch(lines[at])
    if not opening:
        return None
    mark, info = opening[1], opening[2].strip()
    indent = opening.start(1)
    closing = re.compile(rf" {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}")
    end = at + 1
    while end < len(lines) and not closing.fullmatch(lines[end]):
        end += 1
    body = [re.sub(f"^ {{0,{indent}}}", "", line) for line in lines[at + 1 : end]]
    return Code(tuple(body), info), end + 1


def _details(lines: list[str], at: int, depth: int) -> Found:
    """Read a collapsible part; the caller knows that an end follows."""
    opening = _TITLE.fullmatch(lines[at])
    if not opening:
        return None
    end = at + 1
    while not _END.fullmatch(lines[end]):
        end += 1
    blocks, _ = _scan(lines[at + 1 : end], depth + 1)
    return Details(opening[1].strip(), blocks), end + 1


def _quote(lines: list[str], at: int, depth: int) -> Found:
    if not _QUOTE.match(lines[at]):
        return None
    alert = _ALERT.fullmatch(lines[at])
    end = at + 1
    while end < len(lines) and _continues_quote(lines, end):
        end += 1
    inner = [_QUOTE.sub("", line, count=1) for line in lines[at + bool(alert) : end]]
    if not alert:
        inner = [line.removeprefix(" ") for line in inner]
        return Quote(_scan(inner, depth + 1)[0]), end
    # Production cuts `>` alone here; a blank that all lines share is the author's.
    if all(line.startswith(" ") for line in inner if line):
        inner = [line[1:] for line in inner]
    blocks, _ = _scan([alert[2], *inner], depth + 1)
    return Alert(alert[1].upper(), blocks), end


def _continues_quote(lines: list[str], at: int) -> bool:
    if _QUOTE.match(lines[at]):
        return not _ALERT.fullmatch(lines[at])
    before = _QUOTE.sub("", lines[at - 1], count=1)
    return bool(before and lines[at]) and not _starts(lines, at)


def _heading(lines: list[str], at: int, depth: int) -> Found:
    if _RULE.fullmatch(lines[at]):
        return Rule(), at + 1
    match = _HEADING.fullmatch(lines[at])
    if not match:
        return None
    text = _HASHES.sub("", match[2] or "").rstrip()
    return _titled(len(match[1]), text), at + 1


def _titled(level: int, text: str) -> Heading:
    anchor = _ANCHOR.search(text)
    if anchor:
        return Heading(level, text[: anchor.start()].rstrip(), anchor[1])
    return Heading(level, text)


def _listing(lines: list[str], at: int, depth: int) -> Found:
    first = _ITEM.fullmatch(lines[at])
    if not first:
        return None
    items: list[tuple[Block, ...]] = []
    loose = False
    end = at
    while end < len(lines):
        marker = _ITEM.fullmatch(lines[end])
        if not marker or bool(marker[3]) != bool(first[3]):
            break
        if _RULE.fullmatch(lines[end]):
            break
        loose = loose or bool(items and not lines[end - 1])
        body, stop = _item(lines, end, marker)
        blocks, gapped = _scan(body, depth + 1)
        items.append(blocks)
        loose = loose or gapped
        end = stop
        while stop < len(lines) and not lines[stop]:
            stop += 1
        if stop < len(lines) and _ITEM.fullmatch(lines[stop]):
            end = stop
    number = int(first[3]) if first[3] else None
    return Listing(number, loose, tuple(items)), end


def _item(lines: list[str], at: int, marker: re.Match[str]) -> tuple[list[str], int]:
    """Return the lines of the item at *at*, from its content column on, and its end."""
    blanks = marker[4] or " "
    column = marker.end(2) + (len(blanks) if len(blanks) < 5 else 1)
    body = [lines[at][column:]]
    end = at + 1
    if not body[0] and end < len(lines) and not lines[end]:
        return [], end
    stop = end
    while stop < len(lines):
        line = lines[stop]
        if not line:
            body.append("")
        elif not line[:column].strip():
            body.append(line[column:])
        elif body[-1] and not _ends_item(lines, stop, marker):
            body.append(line.lstrip())
        else:
            break
        stop += 1
        if line:
            end = stop
    return body[: end - at], end


def _ends_item(lines: list[str], at: int, marker: re.Match[str]) -> bool:
    other = _ITEM.fullmatch(lines[at])
    sibling = other is not None and bool(other[3]) == bool(marker[3])
    return sibling or _starts(lines, at)


def _table(lines: list[str], at: int, depth: int) -> Found:
    if not _is_table(lines, at):
        return None
    end = at + 2
    while end < len(lines) and lines[end] and not _opens(lines[end]):
        end += 1
    rows = tuple(line.strip() for line in lines[at:end])
    _limit_table(len(cells(rows[0])), len(rows) - 1)
    after = end
    while after < len(lines) and not lines[after]:
        after += 1
    if after < len(lines) and _STYLE.fullmatch(lines[after]):
        return Table(rows, lines[after].strip()), after + 1
    return Table(rows), end


def _limit_table(columns: int, rows: int) -> None:
    if columns > MAX_COLUMNS:
        raise ValueError(f"a table has {columns} columns, more than {MAX_COLUMNS}")
    if columns * rows > MAX_CELLS:
        raise ValueError(f"a table has {columns * rows} cells, more than {MAX_CELLS}")


def _is_table(lines: list[str], at: int) -> bool:
    if at + 1 >= len(lines) or "|" not in lines[at] or "|" not in lines[at + 1]:
        return False
    delimiter = lines[at + 1]
    return bool(_COLUMNS.fullmatch(delimiter)) and len(cells(lines[at])) == len(
        cells(delimiter)
    )


def _paragraph(lines: list[str], at: int) -> tuple[Block, int]:
    end = at + 1
    while end < len(lines) and lines[end]:
        underline = _UNDERLINE.fullmatch(lines[end])
        if underline:
            text = " ".join(line.strip() for line in lines[at:end])
            return _titled(1 if "=" in underline[1] else 2, text), end + 1
        if _starts(lines, end):
            break
        end += 1
    return Paragraph(tuple(line.strip() for line in lines[at:end])), end


def _starts(lines: list[str], at: int) -> bool:
    """Tell whether the line at *at* ends a paragraph that is above it."""
    return _opens(lines[at]) or _is_table(lines, at)


def _opens(line: str) -> bool:
    item = _ITEM.fullmatch(line)
    if item:
        return bool(item[5]) and item[3] in (None, "1")
    leaves = (_FENCE, _TITLE, _END, _HEADING, _RULE)
    return bool(_QUOTE.match(line)) or any(leaf.fullmatch(line) for leaf in leaves)
