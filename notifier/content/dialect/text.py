"""Show a parsed document as plain text, laid out to be read and not as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from notifier.content.dialect.inline import PHRASING
from notifier.content.dialect.parse import Document
from notifier.content.dialect.wrap import width_of, wrap
from notifier.content.fields import TOKEN

_UNDERLINES = {"h1": "═", "h2": "─"}
_NARROWEST = 20
_BREAKS = re.compile(r"\s*[\n\r]\s*")


@dataclass(frozen=True, slots=True)
class _Page:
    """What all blocks are laid out by."""

    width: int
    fill: Callable[[str], str]

    def narrowed(self, columns: int) -> _Page:
        return _Page(max(self.width - columns, _NARROWEST), self.fill)


def to_text(
    document: Document,
    *,
    width: int = 72,
    values: Callable[[str], str] | Mapping[str, str] | None = None,
) -> str:
    """Return *document* as plain text in lines of at most *width* columns.

    *values* gives the text for each token, put in before the lines are laid out; a
    paragraph that still holds a token is one line. Addresses are never broken.
    """
    found = values or {}
    look_up = found if callable(found) else lambda token: found.get(token, token)

    def fill(text: str) -> str:
        return TOKEN.sub(lambda match: _BREAKS.sub(" ", look_up(match[0])), text)

    blocks = _blocks(document.root, _Page(width, fill))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _blocks(parent: Element, page: _Page) -> Iterator[list[str]]:
    """Lay out the children of *parent*; loose inline text counts as a paragraph."""
    run = Element("p")
    run.text = parent.text
    for child in parent:
        if child.tag in PHRASING:
            run.append(child)
            continue
        yield from _paragraph(run, page)
        yield _block(child, page)
        run = Element("p")
        run.text = child.tail
    yield from _paragraph(run, page)


def _paragraph(element: Element, page: _Page) -> Iterator[list[str]]:
    lines = _lines(_inline(element, page), page)
    if any(lines):
        yield lines


def _block(element: Element, page: _Page) -> list[str]:
    match element.tag:
        case "ul" | "ol":
            return _listing(element, page)
        case "table":
            return _table(element, page)
        case "pre":
            return page.fill("".join(element.itertext())).rstrip("\n").split("\n")
        case "blockquote":
            inner = _joined(_blocks(element, page.narrowed(2)), loose=True)
            return [f"> {line}".rstrip() for line in inner]
        case "div":
            return _alert(element, page)
        case "details":
            return _details(element, page)
        case "hr":
            return ["─" * min(page.width, _NARROWEST)]
    lines = _lines(_inline(element, page), page)
    if element.tag in _UNDERLINES:
        longest = max(map(width_of, lines))
        lines.append(_UNDERLINES[element.tag] * min(longest, page.width))
    return lines


def _listing(element: Element, page: _Page) -> list[str]:
    loose = any(child.tag == "p" for item in element for child in item)
    first = int(element.get("start", "1"))
    ordered = element.tag == "ol"
    markers = [f"{first + n}. " if ordered else "• " for n in range(len(element))]
    column = max(map(len, markers), default=0)
    items: list[list[str]] = []
    for marker, item in zip(markers, element, strict=True):
        inner = _joined(_blocks(item, page.narrowed(column)), loose=loose) or [""]
        head = f"{marker:>{column}}{inner[0]}".rstrip()
        items.append([head, *_indented(inner[1:], column)])
    return _joined(items, loose=loose)


def _alert(element: Element, page: _Page) -> list[str]:
    # On a line of its own, for the colon after it would differ between languages.
    title, *rest = list(element)
    body = Element("div")
    body.extend(rest)
    lines = _joined(_blocks(body, page.narrowed(2)), loose=True)
    return [f"│ {line}".rstrip() for line in (_inline(title, page), *lines)]


def _details(element: Element, page: _Page) -> list[str]:
    summary, *rest = list(element)
    body = Element("div")
    body.extend(rest)
    answer = _joined(_blocks(body, page.narrowed(2)), loose=True)
    return [*_lines(_inline(summary, page), page), *_indented(answer, 2)]


def _table(element: Element, page: _Page) -> list[str]:
    """Align the columns, or list each row as `label: value` where they do not fit."""
    cells = [list(row) for row in element.iter("tr")]
    rows = [[_inline(c, page).replace("\n", " ") for c in row] for row in cells]
    sizes = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    if sum(sizes) + 2 * (len(sizes) - 1) > page.width:
        return _records(rows, page)
    right = ["align-right" in cell.get("class", "") for cell in cells[0]]
    lines = [
        "  ".join(
            _padded(text, size, is_right)
            for text, size, is_right in zip(row, sizes, right, strict=True)
        ).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("─" * size for size in sizes))
    return lines


def _padded(text: str, size: int, right: bool) -> str:
    pad = " " * (size - width_of(text))
    return pad + text if right else text + pad


def _records(rows: list[list[str]], page: _Page) -> list[str]:
    labels, *others = rows
    records: list[list[str]] = []
    for row in others:
        record: list[str] = []
        for label, text in zip(labels, row, strict=True):
            first, *more = _lines(f"{label}: {text}" if label else text, page)
            record += [first, *_indented(more, 2)]
        records.append(record)
    return _joined(records or [[" · ".join(labels)]], loose=True)


def _inline(element: Element, page: _Page) -> str:
    return page.fill("".join(_parts(element, page))).replace("\u200b", "").strip(" \n")


def _parts(element: Element, page: _Page) -> Iterator[str]:
    yield (element.text or "").replace("\n", " ")
    for child in element:
        if child.tag == "br":
            yield "\n"
        elif child.tag == "a":
            yield _link(child, page)
        else:
            yield from _parts(child, page)
        yield (child.tail or "").replace("\n", " ")


def _link(element: Element, page: _Page) -> str:
    text = "".join(_parts(element, page))
    address = element.get("href", "").removeprefix("mailto:")
    is_reachable = element.get("href", "").startswith(("https:", "mailto:"))
    if not (is_reachable or TOKEN.search(address)) or page.fill(text) == page.fill(
        address
    ):
        return text
    return f"{text} <{address}>"


def _lines(text: str, page: _Page) -> list[str]:
    if TOKEN.search(text):
        return text.split("\n")
    return list(wrap(text, page.width))


def _indented(lines: Iterable[str], columns: int) -> list[str]:
    return [" " * columns + line if line else "" for line in lines]


def _joined(blocks: Iterable[list[str]], *, loose: bool) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if lines and loose:
            lines.append("")
        lines += block
    return lines
