"""Take a Markdown page apart: the keys of its front matter, and what stands below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from notifier.errors import NotifierError, Place, Problem, raise_errors
from notifier.notice.faults import Findings
from notifier.notice.yaml_tree import Node, parse

RULES = {
    "publish/front-matter": "front matter in the checkout cannot be updated in place",
    "publish/more": "problems beyond the first hundred are only counted",
}
# The keys of others may hold it.
_ALLOWED = "yaml/empty-item"
LINE_END = re.compile(r"\r\n|\r|\n")
_OPENING = re.compile(r"---[ \t]*\r?\n")
_CLOSING = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_GAP = re.compile(r"(?:[ \t]*\r?\n)*")
_COLON = re.compile(
    r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|.{1,1100}?)[ \t]*:(?=\s|\Z)""", re.DOTALL
)
_EMPTY_ITEM = re.compile(r"^[ ]*-[^\r\n]*", re.MULTILINE)
_KEEPS_BLANK_LINES = re.compile(r"[|>][1-9]?\+")
_HEADING = re.compile(r"^\#[ \t](.*)$", re.MULTILINE)
_ANCHOR = re.compile(r"\{#([^\s{}]+)\}$")


@dataclass(frozen=True, slots=True)
class Value:
    """The value of one key, as positions in its page.

    From *colon* to *end* it is source that may stand behind any key; *line* is where
    the line of its key begins, *key* the place of the key.
    """

    key: Place
    line: int
    colon: int
    start: int
    end: int
    node: Node


@dataclass(frozen=True, slots=True)
class PageSource:
    """A page taken apart; without front matter, its body begins at 0.

    *rule* and *gap* are where the line that closes the front matter begins and ends;
    the text below begins at *body*.
    """

    text: str
    rule: int
    gap: int
    body: int
    values: Mapping[str, Value]

    @property
    def line_end(self) -> str:
        """Return the end of the first line."""
        found = LINE_END.search(self.text)
        return "\r\n" if found and found[0] == "\r\n" else "\n"

    @property
    def margin(self) -> str:
        """Return the blanks before each key."""
        columns = (value.key.column or 1 for value in self.values.values())
        return " " * (min(columns, default=1) - 1)

    @property
    def identity(self) -> str:
        """Return the `exl-id`, empty for none."""
        found = self.values.get("exl-id")
        return (found.node.value or "").strip() if found else ""

    @property
    def anchor(self) -> str:
        """Return the anchor of the heading, empty for none."""
        heading = _HEADING.search(self.text, self.body)
        anchor = _ANCHOR.search(heading[1].rstrip()) if heading else None
        return anchor[1] if anchor else ""

    def source(self, key: str) -> str:
        """Return the value of *key* as it is spelled behind the colon."""
        value = self.values[key]
        return self.text[value.colon : value.end]

    def first_line(self) -> int:
        """Return where the line of the first key begins."""
        return min((value.line for value in self.values.values()), default=self.rule)

    def next_line(self, at: int) -> int:
        """Return where the line behind the one at *at* begins."""
        return self.text.index("\n", at) + 1

    def end_of_line(self, at: int) -> int:
        """Return where the line at *at* ends."""
        end = LINE_END.search(self.text, at)
        return end.start() if end else len(self.text)

    def end_of_keys(self) -> int:
        """Return where the line below the last key or comment begins."""
        if self.values:
            last = _last(list(self.values.values())[-1].node)
            if _KEEPS_BLANK_LINES.match(self.text, last.span[0]):
                return self.rule
        return self.next_line(len(self.text[: self.rule].rstrip()))


def read_page(text: str, path: str) -> PageSource:
    """Take *text*, found at *path*, apart; it has no byte order mark.

    Raises:
        NotifierError: the front matter is malformed, or not in lines.
    """
    opening = _OPENING.match(text)
    if not opening:
        if text.lstrip().startswith("---"):
            message, hint = "front matter below the first line", "begin with '---'"
            raise _bad(message, Place(path, 1), hint)
        return PageSource(text, 0, 0, 0, {})
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        message, hint = "the front matter is not closed", "end it with a line '---'"
        raise _bad(message, Place(path, 1), hint)
    findings = Findings(path, "publish")
    root = parse(text[: closing.start()], findings)
    raise_errors(each for each in findings.problems() if each.rule != _ALLOWED)
    if root is None or (root.entries and not root.block):
        place = root.place if root else Place(path, 1)
        raise _bad(
            "the front matter is not in lines", place, "write 'key: value' lines"
        )
    gap = _GAP.match(text, closing.end())
    body = gap.end() if gap else closing.end()
    return PageSource(text, closing.start(), closing.end(), body, dict(_values(root)))


def _values(root: Node) -> Iterator[tuple[str, Value]]:
    text = root.source
    lines = [0, *(match.end() for match in LINE_END.finditer(text))]
    for name, node in (root.entries or {}).items():
        key = node.key or node.place
        line = lines[(key.line or 1) - 1]
        colon = _COLON.match(text, line + (key.column or 1) - 1)
        after = colon.end() if colon else node.span[0]
        start, end = max(node.span[0], after), max(_end(node), after)
        yield str(name), Value(key, line, after, start, end, node)


def _end(node: Node) -> int:
    """Return where the text of *node* ends, without comments and blank lines below."""
    last = _last(node)
    end = last.span[0] + len(node.source[slice(*last.span)].rstrip())
    # Empty items have no nodes.
    items = [
        match.end() for match in _EMPTY_ITEM.finditer(node.source, end, node.span[1])
    ]
    return max(end, *items) if items else end


def _last(node: Node) -> Node:
    """Return the node that ends where the text of *node* does."""
    children = [*(node.entries or {}).values(), *(node.items or ())]
    return _last(children[-1]) if node.block and children else node


def _bad(message: str, place: Place, hint: str) -> NotifierError:
    return NotifierError([Problem("publish/front-matter", message, place, hint)])
