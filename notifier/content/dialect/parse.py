"""Parse the dialect into one element tree, of which HTML and text are views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

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
from notifier.content.dialect.inline import set_inlines, verbatim
from notifier.content.dialect.scan import cells, read_blocks

_ALIGNMENTS = {
    (True, True): "align-center",
    (False, True): "align-right",
    (True, False): "align-left",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document; the children of *root* are its blocks, all text is decoded.

    The tree is to be read only.
    """

    root: Element


def parse(markdown: str, *, labels: Mapping[str, str] | None = None) -> Document:
    """Return the tree of *markdown*; raw HTML in it is text.

    *labels* gives the title of each alert type (`{"NOTE": "Nota"}`); one that is
    missing is titled by its type. Only https, mailto, relative and `#anchor` links
    stay links.

    Raises:
        ValueError: the text is too long, nested too deep, full of brackets, or has too
            large a table.
    """
    root = Element("div")
    _build(root, read_blocks(markdown), labels or {})
    set_inlines(root)
    return Document(root)


def _build(parent: Element, blocks: Iterable[Block], labels: Mapping[str, str]) -> None:
    for block in blocks:
        match block:
            case Paragraph(lines):
                SubElement(parent, "p").text = "\n".join(lines)
            case Heading(level, text, anchor):
                heading = SubElement(
                    parent, f"h{level}", {"id": anchor} if anchor else {}
                )
                heading.text = text
            case Code(lines):
                code = SubElement(SubElement(parent, "pre"), "code")
                code.text = verbatim("".join(f"{line}\n" for line in lines))
            case Table():
                _table(parent, block)
            case Quote(inner):
                _build(SubElement(parent, "blockquote"), inner, labels)
            case Alert():
                _alert(parent, block, labels)
            case Details(title, inner):
                details = SubElement(parent, "details")
                SubElement(details, "summary").text = title
                _build(details, inner, labels)
            case Listing():
                _listing(parent, block, labels)
            case _:
                SubElement(parent, "hr")


def _alert(parent: Element, block: Alert, labels: Mapping[str, str]) -> None:
    box = SubElement(
        parent,
        "div",
        {
            "class": f"alert {block.kind.lower()}",
            "role": "note",
            "data-alert": block.kind,
        },
    )
    title = SubElement(box, "p", {"class": "alert-title"})
    title.text = AtomicString(labels.get(block.kind, block.kind.capitalize()))
    _build(box, block.blocks, labels)


def _listing(parent: Element, block: Listing, labels: Mapping[str, str]) -> None:
    listing = SubElement(parent, "ul" if block.first is None else "ol")
    if block.first not in (None, 1):
        listing.set("start", str(block.first))
    for inner in block.items:
        item = SubElement(listing, "li")
        if not block.loose and inner and isinstance(inner[0], Paragraph):
            item.text = "\n".join(inner[0].lines)
            inner = inner[1:]
        _build(item, inner, labels)


def _table(parent: Element, block: Table) -> None:
    table = SubElement(parent, "table")
    header, delimiter, *rows = (cells(line) for line in block.lines)
    classes = [
        _ALIGNMENTS.get((column.startswith(":"), column.endswith(":")))
        for column in delimiter
    ]
    head = SubElement(SubElement(table, "thead"), "tr")
    body = SubElement(table, "tbody") if rows else None
    for row, tag in ((header, "th"), *((row, "td") for row in rows)):
        line = head if body is None or tag == "th" else SubElement(body, "tr")
        for text, name in zip(_filled(row, len(classes)), classes, strict=True):
            cell = SubElement(line, tag, {"class": name} if name else {})
            if tag == "th":
                cell.set("scope", "col")
            cell.text = text


def _filled(row: tuple[str, ...], count: int) -> tuple[str, ...]:
    return (row + ("",) * count)[:count]
