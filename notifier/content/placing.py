"""Where a field may stand: in words, or deep in an address, never in code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notifier.content.dialect import Document
from notifier.content.fields import TOKEN
from notifier.errors import Place, Problem

# The host is the author's; a value may only follow it, where it is percent-encoded.
_HOST = re.compile(r"https://[^/?#\s]+[/?#]")


def misplaced_fields(tree: Document, document: str) -> Iterator[Problem]:
    """Yield a problem for each field that a value could misuse where it stands."""
    place = Place(f"templates/{document}")
    for element in tree.root.iter():
        if element.tag in ("code", "pre") and TOKEN.search("".join(element.itertext())):
            yield Problem(
                "template/field-in-code",
                "a field stands in code, where its value could end the code",
                place,
                "print it outside of backticks",
            )
        address = element.get("href", "")
        found = TOKEN.search(address)
        if found and not _HOST.match(address[: found.start()]):
            yield Problem(
                "template/field-in-address",
                "a field stands at the head of an address, where it chooses the host",
                place,
                "write the host yourself: https://example.com/path/{{ field }}",
            )


def without_dead_links(tree: Document) -> Document:
    """Turn links that lead nowhere from a mailbox, relative ones, into their text."""
    for element in tree.root.iter("a"):
        if not element.get("href", "").startswith(("https:", "mailto:")):
            element.tag = "span"
            element.attrib.clear()
    return tree
