"""Take a parsed page apart for the web: its heading, its sections, its questions."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, tostring

from markupsafe import Markup

from notifier.content.dialect import Document, to_html


@dataclass(frozen=True, slots=True)
class WebSection:
    """A section of a page, as HTML; *anchor* is the id of its heading."""

    anchor: str
    heading: Markup
    body: Markup


@dataclass(frozen=True, slots=True)
class WebDocument:
    """A page in parts, as HTML: *lead* stands before the first section."""

    anchor: str
    heading: Markup
    lead: Markup
    sections: tuple[WebSection, ...]


def take_apart(tree: Document) -> WebDocument:
    """Return the parts of a page, split at its headings of the second level.

    A section without an anchor gets one, and the cells of tables the headings of their
    columns: on a narrow screen, they stand alone.
    """
    _label_cells(tree)
    blocks = list(tree.root)
    anchor, heading = "", Markup()
    if blocks and blocks[0].tag == "h1":
        title = blocks.pop(0)
        anchor, heading = title.get("id", ""), _inner(title)
    starts = [index for index, block in enumerate(blocks) if block.tag == "h2"]
    ends = [*starts, len(blocks)][1:]
    lead = _html(blocks[: starts[0] if starts else None])
    taken = {each.get("id", "") for each in tree.root.iter()}
    sections = []
    for start, end in zip(starts, ends, strict=True):
        body = _html(blocks[start + 1 : end])
        name = blocks[start].get("id") or _free("section", taken)
        sections.append(WebSection(name, _inner(blocks[start]), body))
    return WebDocument(anchor, heading, lead, tuple(sections))


def name_questions(tree: Document, anchors: Iterable[str], *, section: str) -> None:
    """Give the collapsible questions of *section*, an anchor, ids to be linked to.

    They get none if the author has laid them out in another way.
    """
    wanted = list(anchors)
    questions = list(_details_under(tree, section))
    taken = {each.get("id", "") for each in tree.root.iter()}
    if len(questions) == len(wanted):
        for element, anchor in zip(questions, wanted, strict=True):
            element.set("id", anchor if anchor not in taken else _free(anchor, taken))


def cut_closing(tree: Document, closing: Document) -> bool:
    """Remove *closing* from the end of *tree*; tell whether it was there."""
    theirs = [_source(each) for each in closing.root]
    last = list(tree.root)[-len(theirs) :]
    if not theirs or [_source(each) for each in last] != theirs:
        return False
    for element in last:
        tree.root.remove(element)
    return True


def relink(tree: Document, *, path: str, pages: Mapping[str, str]) -> None:
    """Lead links to Markdown pages to the pages of the web site.

    *pages* gives the address of the page at each path of the docs tree, in which this
    page stands at *path*. Links to other places of that tree become their text.
    """
    for element in tree.root.iter("a"):
        address = element.get("href", "")
        if address.startswith(("https:", "mailto:", "#")):
            continue
        target, _, fragment = address.partition("#")
        place = _resolved(target, path)
        found = "" if place == path and fragment else pages.get(place)
        if found is None:
            element.tag = "span"
            element.attrib.clear()
        else:
            element.set("href", f"{found}#{fragment}" if fragment else found)


def _resolved(target: str, path: str) -> str:
    try:
        linked = unquote(urlsplit(target).path)
    except ValueError:
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), linked))


def _label_cells(tree: Document) -> None:
    for table in tree.root.iter("table"):
        headings = ["".join(cell.itertext()).strip() for cell in table.iter("th")]
        for row in table.iter("tr"):
            for cell, heading in zip(row.findall("td"), headings, strict=False):
                label = Element("span", {"class": "label"})
                label.text, label.tail, cell.text = heading, cell.text, None
                cell.insert(0, label)


def _details_under(tree: Document, section: str) -> Iterator[Element]:
    is_within = False
    for block in tree.root:
        if block.tag == "h2":
            is_within = block.get("id") == section
        elif is_within and block.tag == "details":
            yield block


def _free(name: str, taken: set[str]) -> str:
    number = 1
    while (anchor := f"{name}-{number}") in taken:
        number += 1
    taken.add(anchor)
    return anchor


def _html(blocks: Iterable[Element]) -> Markup:
    part = Element("div")
    part.extend(blocks)
    return Markup(to_html(Document(part)))


def _inner(heading: Element) -> Markup:
    """Return the inline HTML of a heading."""
    words = Element("span")
    words.text = heading.text
    words.extend(heading)
    html = _html([words]).strip()
    return Markup(html.removeprefix("<span>").removesuffix("</span>"))


def _source(element: Element) -> bytes:
    data: bytes = tostring(element)
    return data.strip()
