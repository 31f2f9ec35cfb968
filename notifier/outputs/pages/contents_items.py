"""Read the list in the contents of a docs tree, line by line."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote

ROW = re.compile(r"[^\n]*\n|[^\n]+\Z")
_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n.*?^---[ \t]*\r?$", re.DOTALL | re.MULTILINE
)
_ITEM = re.compile(
    r"(?P<indent>[ \t]*)(?P<marker>[-+*])(?P<gap>[ \t]+)"
    r"(?P<hide>\{hide-from-toc\}[ \t]*)?(?P<said>\S.*)\n?"
)
_LINK = re.compile(
    r"\[(?P<title>(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])*)\]"
    r"\(\s*+<?(?P<target>[^\s<>()]*+)>?[^()]*+\)"
)
_SECTION_ID = re.compile(r"\{#(?P<id>[^\s{}]+)\}")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the list; *row* is its number, *depth* the column of its marker."""

    row: int
    depth: int
    match: re.Match[str]
    link: re.Match[str] | None

    def is_for(self, page: PurePosixPath, file: PurePosixPath) -> bool:
        """Tell whether this links to *page* from the contents *file*."""
        target = unquote(re.split("[?#]", self.link["target"])[0]) if self.link else ""
        if not target or ":" in target or target.startswith("//"):
            return False
        if target.startswith("/"):
            return normpath(target.lstrip("/")) == str(page)
        return normpath(f"{file.parent}/{target}") == str(page)

    @property
    def id(self) -> str:
        """Return the id of a section, empty for none."""
        found = _SECTION_ID.search(self.match["said"])
        return found["id"] if found else ""

    @property
    def text(self) -> str:
        """Return the plain text of an entry or a section."""
        said = self.match["said"]
        return plain(self.link["title"] if self.link else _SECTION_ID.sub("", said))


def items_of(text: str) -> Iterator[Item]:
    """Yield the list items of *text*, without those in comments or front matter."""
    text = _without_matter(text)
    parts, end = [], 0
    for start, stop in _comments(text):
        parts += [text[end:start], _blank(text[start:stop])]
        end = stop
    text = "".join([*parts, text[end:]])
    for row, line in enumerate(ROW.findall(text)):
        match = _ITEM.fullmatch(line)
        if match:
            link = _LINK.match(match["said"])
            yield Item(row, len(match["indent"].expandtabs(4)), match, link)


def commented_rows(text: str) -> frozenset[int]:
    """Return the numbers of the rows that begin within a comment."""
    text = _without_matter(text)
    found: set[int] = set()
    row = at = 0
    for start, end in _comments(text):
        row += text.count("\n", at, start)
        found.update(range(row + 1, row + 1 + text.count("\n", start, end)))
        at = start
    return frozenset(found)


def _without_matter(text: str) -> str:
    return _MATTER.sub(lambda match: _blank(match[0]), text)


def _blank(text: str) -> str:
    """Return *text* with its lines and their length, but nothing in them."""
    return re.sub(r"[^\n]", "\t", text)


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each comment begins and ends; one that is not closed is none."""
    end = 0
    while (start := text.find("<!--", end)) >= 0:
        closing = text.find("-->", start + 4)
        if closing < 0:
            return
        end = closing + 3
        yield start, end


def plain(markdown: str) -> str:
    """Return what a title or the name of a section says."""
    return html.unescape(_ESCAPE.sub(r"\1", markdown)).strip()
