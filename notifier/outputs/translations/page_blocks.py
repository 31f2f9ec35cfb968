"""A published page as blocks with their lines, to be laid beside another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r" *(`{3,}|~{3,})")
_HEADING = re.compile(r"(#{1,6}) *(\S.*?)[ #]*(?:\{#([\w.:-]+)\})? *")
_ITEM = re.compile(r"( *)(?:[*+-]|\d{1,9}[.)]) +(.*)")
_ALERT = re.compile(r" *> ?\[!(\w+)\] *(.*)")
_QUOTE = re.compile(r" *> ?(.*)")
_DETAILS = re.compile(r" *\+\+\+ *(.*)")
_ROW = re.compile(r" *\|(.*)\| *")
_RULE = re.compile(r" *(?:[*_-] *){3,}|[|: -]+|\{style=.*\} *")
_MATTER = re.compile(r"""(title|description): *["']?(.*?)["']? *""")


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A piece of a page: what it is (`heading 2`, `item 0`, `paragraph 2`), its text.

    *anchor* is that of a heading, *line* the first one in the file.
    """

    kind: str
    text: str
    line: int
    anchor: str = ""


def page_blocks(markdown: str) -> tuple[PageBlock, ...]:
    """Return the blocks of a page: title and description of its front matter first."""
    lines = markdown.replace("\r\n", "\n").split("\n")
    end = _matter_end(lines)
    blocks = [*_matter(lines[:end])]
    for block in _body(lines, end):
        last = blocks[-1] if blocks else None
        if last and block.kind == "continued":
            blocks[-1] = PageBlock(
                last.kind, f"{last.text} {block.text}", last.line, last.anchor
            )
        elif block.text:
            blocks.append(block)
    return tuple(blocks)


def sections(blocks: tuple[PageBlock, ...]) -> tuple[tuple[PageBlock, ...], ...]:
    """Return the parts of a page, each but the first with its heading at its head."""
    parts: list[list[PageBlock]] = [[]]
    for block in blocks:
        if block.kind.startswith("heading"):
            parts.append([])
        parts[-1].append(block)
    return tuple(tuple(part) for part in parts)


def _matter_end(lines: list[str]) -> int:
    if lines[0].strip() != "---":
        return 0
    ends = (n for n, line in enumerate(lines[1:], 2) if line.strip() == "---")
    return next(ends, 0)


def _matter(lines: list[str]) -> Iterator[PageBlock]:
    for number, line in enumerate(lines, start=1):
        if found := _MATTER.fullmatch(line):
            yield PageBlock(f"front matter {found[1]}", found[2], number)


def _body(lines: list[str], start: int) -> Iterator[PageBlock]:
    fence = ""
    joins = False
    for number, line in enumerate(lines[start:], start=start + 1):
        opening = _FENCE.match(line)
        if opening and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else opening[1]
            yield PageBlock("code" if fence else "end of code", "```", number)
            joins = False
        elif fence or not line.strip(" >") or _RULE.fullmatch(line):
            joins = False
        else:
            blocks = [*_line(line, number)]
            plain = len(blocks) == 1 and blocks[0].kind.startswith("paragraph")
            if plain and joins:
                yield PageBlock("continued", blocks[0].text, number)
            else:
                yield from blocks
            joins = not blocks[0].kind.startswith(("heading", "cell", "details"))


def _line(line: str, number: int) -> Iterator[PageBlock]:
    """Yield what one line begins; a table row is a block per cell."""
    if heading := _HEADING.fullmatch(line):
        kind = f"heading {len(heading[1])}"
        yield PageBlock(kind, heading[2].strip(), number, heading[3] or "")
    elif alert := _ALERT.fullmatch(line):
        yield PageBlock(f"alert {alert[1].upper()}", alert[1], number)
        if alert[2]:
            yield PageBlock("quote", alert[2].strip(), number)
    elif quote := _QUOTE.fullmatch(line):
        inner = [*_line(quote[1], number)]
        yield from (PageBlock(f"quoted {b.kind}", b.text, number) for b in inner)
    elif details := _DETAILS.fullmatch(line):
        yield PageBlock("details", details[1].strip(), number)
    elif row := _ROW.fullmatch(line):
        for cell in re.split(r"(?<!\\)\|", row[1]):
            yield PageBlock("cell", cell.strip() or "–", number)
    elif item := _ITEM.fullmatch(line):
        yield PageBlock(f"item {len(item[1]) // 2}", item[2].strip(), number)
    else:
        depth = (len(line) - len(line.lstrip())) // 2
        yield PageBlock(f"paragraph {depth}", line.strip(), number)
