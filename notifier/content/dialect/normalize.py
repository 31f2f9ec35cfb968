"""Write an author's Markdown in the one way that the dialect asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from notifier.content.dialect.blocks import (
    Alert,
    Block,
    Code,
    Details,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Table,
)
from notifier.content.dialect.scan import cells, read_blocks
from notifier.content.dialect.scripts import is_unspaced

_INLINE = re.compile(
    r"""
      (?P<kept>
        \\.
      | (?<!`)(?P<ticks>`{1,8})(?!`).+?(?<!`)(?P=ticks)(?!`)      # code
      | <(?:https?://|mailto:)[^\s<>]*> | <[^\s<>@!/]+@[^\s<>]+>  # autolinks
      | (?<=\))\{(?:[ ]*+                                        # attributes
          (?:[#.][\w-]++ | (?:id|class|target)=(?:"[\w -]*+"|[\w-]++)))++[ ]*+\}
      | \{(?:date|duration|link):[^{}]*\}                        # facts to be printed
      )
    | \{
    | <(?=[A-Za-z/!?])
    """,
    re.VERBOSE,
)
_STARS = re.compile(r"(?: *\*){2,}(?:\n|$)")
_START = re.compile(r"\+\+\+|\[[^\[\]]+\]:")
_CLOSING = re.compile(r"(?:^|(?<= ))#+$")
_BLANKS = re.compile(r"\n{3,}")
_SPACED = (Alert, Code, Details, Quote, Table)


def normalize_markdown(text: str) -> str:
    """Return *text* in the dialect, whatever its author's habits.

    A paragraph is one line, bullets are `* `, alerts `>[!NOTE]`. Raw tags and stray
    braces are escaped, code stays as it is. Doing it twice changes nothing more.

    Raises:
        ValueError: the text is too long, nested too deep, or has too large a table.
    """
    return "\n".join(_write(read_blocks(text), loose=True))


def indent(markdown: str, columns: int) -> str:
    """Return *markdown* moved right by *columns*, for nesting under a list item."""
    pad = " " * columns
    return "\n".join(pad + line if line else "" for line in markdown.split("\n"))


def _write(blocks: Iterable[Block], *, loose: bool) -> Iterator[str]:
    for number, block in enumerate(blocks):
        if number and loose:
            yield ""
        yield from _lines(block)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(lines):
            yield _line(lines)
        case Heading(level, text, anchor):
            words = _CLOSING.sub(r"\\\g<0>", _inline(text))
            tail = f"{{#{anchor}}}" if anchor else ""
            yield " ".join(part for part in ("#" * level, words, tail) if part)
        case Code():
            yield from _code(block)
        case Table(lines, style):
            yield from map(_row, lines)
            yield from ("", style) if style else ()
        case Quote(blocks):
            lines = tuple(_write(blocks, loose=True)) or ("",)
            yield from (f"> {line}".rstrip() for line in lines)
        case Alert(kind, blocks):
            yield from (f">[!{kind}]", ">")
            yield from (f">{line}" for line in _write(blocks, loose=True))
        case Details(title, blocks):
            yield from (f"+++{_inline(title)}", "")
            yield from _write(blocks, loose=True)
            yield from ("", "+++")
        case Listing():
            yield from _listing(block)
        case _:
            yield "---"


def _row(line: str) -> str:
    """Write a row of a table with its outer bars."""
    texts = (_inline(cell).replace("|", "\\|") for cell in cells(line))
    return f"| {' | '.join(texts)} |"


def _code(block: Code) -> Iterator[str]:
    runs = (len(run) for line in block.lines for run in re.findall("`+", line))
    fence = "`" * max([3, *(run + 1 for run in runs)])
    yield f"{fence}{block.language}"
    yield from block.lines
    yield fence


def _listing(block: Listing) -> Iterator[str]:
    loose = block.loose or any(map(_needs_room, block.items))
    marker = "*" if block.first is None else "1."
    for number, item in enumerate(block.items):
        if number and loose:
            yield ""
        written = indent("\n".join(_write(item, loose=loose)), len(marker) + 1)
        if _STARS.match(written):  # with one star more, the line were a rule
            yield marker
            yield from written.split("\n")
        else:
            yield from f"{marker} {written.lstrip(' ')}".rstrip().split("\n")


def _needs_room(item: tuple[Block, ...]) -> bool:
    """Tell whether blank lines must stand between the blocks of *item*."""
    return any(isinstance(block, _SPACED) for block in item) or any(
        isinstance(block, Paragraph) for block in item[1:]
    )


def _line(lines: tuple[str, ...]) -> str:
    """Join the lines of a paragraph, without a blank between Chinese or Japanese."""
    parts = [*map(_without_break, lines[:-1]), lines[-1]]
    joined = parts[0]
    for before, after in pairwise(parts):
        joined += (
            after
            if is_unspaced(before[-1:]) and is_unspaced(after[:1])
            else f" {after}"
        )
    text = _inline(joined)
    return f"\\{text}" if _START.match(text) else text


def _without_break(line: str) -> str:
    slashes = len(line) - len(line.rstrip("\\"))
    return line[:-1].rstrip() or line if slashes % 2 else line


def _inline(text: str) -> str:
    return _INLINE.sub(
        lambda match: match["kept"] or {"{": "\\{", "<": "&lt;"}[match[0]], text
    )
