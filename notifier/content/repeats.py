"""Where a list field repeats what holds it: a list item, a table row, a line."""

from __future__ import annotations

import re

from notifier.content.fields import ITEMS, TokenBook

LIST_FIELDS = ("customer.instances",)
_UNIT_LINE = re.compile(r"^\s*(?:[*+-]|\d+\.)\s.*$|^\s*\|.*$", re.MULTILINE)
_TAG = re.compile(r"<(/?)(?:li|tr)\b[^>]*>")


def mark_items(markdown: str, book: TokenBook) -> str:
    """Return *markdown* in which list fields stand for one item in items and rows.

    Elsewhere, in a paragraph, such a field stays the list as one text.
    """
    for name in LIST_FIELDS:
        if name in book.names:
            whole, item = str(book.field(name)), str(book.field(name + ITEMS))
            markdown = _UNIT_LINE.sub(
                lambda line: line[0].replace(whole, item),  # noqa: B023 (used at once)
                markdown,
            )
    return markdown


def line_of(text: str, at: int) -> tuple[int, int]:
    """Return where the line begins that holds the place *at*, and where it ends."""
    return text.rfind("\n", 0, at) + 1, (text.find("\n", at) + 1) or len(text)


def element_of(html: str, at: int) -> tuple[int, int]:
    """Return where the innermost list item or table row around *at* begins and ends."""
    opened: list[int] = []
    for tag in _TAG.finditer(html):
        if not tag[1]:
            opened.append(tag.start())
        elif opened:
            start = opened.pop()
            if start < at < tag.end():
                return start, tag.end()
    return line_of(html, at)
