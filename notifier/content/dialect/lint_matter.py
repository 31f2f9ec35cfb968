"""Judge the front matter of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import yaml

from notifier.content.dialect.lint_rules import Finding, finding, shown

MAX_CHARACTERS = 20_000
TITLE = 60
TRANSLATED_TITLE = 120
DESCRIPTION = 160

_LISTED = ("feature", "role", "level", "topic")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_FORM = "begin the file with '---', a line 'title: …' and 'description: …', and '---'"


@dataclass(frozen=True, slots=True)
class Matter:
    """The keys of a front matter with line and text; empty text for no scalar.

    The page below begins at *end*, which is in line *next_line*.
    """

    keys: Mapping[str, tuple[int, str]]
    end: int
    next_line: int
    fault: str = ""

    def text(self, key: str) -> str:
        """Return what stands behind *key*, empty if there is no such key."""
        return self.keys.get(key, (1, ""))[1]

    def line(self, key: str) -> int:
        """Return the line of *key*, the first if there is no such key."""
        return self.keys.get(key, (1, ""))[0]


def read_matter(text: str) -> Matter:
    """Read the front matter of *text*, whose lines end in newlines."""
    if not text.startswith("---\n"):
        return Matter({}, 0, 1, "the front matter is missing")
    close = text.find("\n---\n", 3)
    if close < 0:
        # Where it ends cannot be told; so no line below is judged.
        lines = text.count("\n") + 1
        return Matter({}, len(text), lines, "the front matter is not closed")
    end = close + len("\n---\n")
    next_line = text.count("\n", 0, end) + 1
    if close > MAX_CHARACTERS:
        fault = f"the front matter is longer than {MAX_CHARACTERS} characters"
        return Matter({}, end, next_line, fault)
    try:
        keys = _keys(text[4 : close + 1])
    except (yaml.YAMLError, RecursionError, ValueError):
        return Matter({}, end, next_line, "the front matter is no YAML mapping")
    return Matter(keys, end, next_line)


def _keys(source: str) -> Mapping[str, tuple[int, str]]:
    root = yaml.compose(source, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise ValueError("no mapping")
    return {
        str(key.value): (
            key.start_mark.line + 2,
            _text(value),
        )
        for key, value in root.value
    }


def _text(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        return "…" if node.value else ""
    return "" if node.tag.endswith(":null") else str(node.value).strip()


def lint_matter(matter: Matter, paragraph: str, lang: str | None) -> Iterator[Finding]:
    """Yield what is wrong in *matter*; *paragraph* is the first one of the page.

    The title is measured by itself, though the site appends a product's name to it:
    of a page whose *lang* is not known, it may be as long as a translated one.
    """
    if matter.fault:
        yield finding("front-matter", 1, matter.fault, _FORM)
        return
    yield from _title(matter, lang)
    yield from _description(matter, paragraph)
    if list(matter.keys)[:2] not in (["title", "description"], ["title"]):
        message = "title and description are not the first keys"
        yield finding("front-matter-order", 2, message, "move them up, in this order")
    yield from _metadata(matter)


def _title(matter: Matter, lang: str | None) -> Iterator[Finding]:
    title, line = matter.text("title"), matter.line("title")
    if not title:
        yield finding("title-missing", line, "there is no title", "write 'title: …'")
    limit = TITLE if (lang or "").split("-")[0] == "en" else TRANSLATED_TITLE
    if len(title) > limit:
        message = f"the title has {len(title)} characters, more than {limit}"
        hint = "shorten it: the site appends the name of the product"
        yield finding("title-length", line, message, hint)
    for sign, hint in (("|", "leave the product out"), ("&", "write the word")):
        if sign in title:
            message = f"the title {shown(title)} holds {sign!r}"
            yield finding("title-characters", line, message, hint)


def _description(matter: Matter, paragraph: str) -> Iterator[Finding]:
    text, line = matter.text("description"), matter.line("description")
    if not text:
        message, hint = "there is no description", "write 'description: …'"
        yield finding("description-missing", line, message, hint)
    elif text == paragraph:
        message = "the description repeats the first paragraph"
        hint = "say what the page answers"
        yield finding("description-repeated", line, message, hint)
    if len(text) > DESCRIPTION:
        message = f"the description has {len(text)} characters, more than {DESCRIPTION}"
        yield finding("description-length", line, message, "shorten it")


def _metadata(matter: Matter) -> Iterator[Finding]:
    for key, (line, text) in matter.keys.items():
        if key == "exl-id" and not _ID.fullmatch(text):
            message = f"the exl-id is {shown(text)}"
            hint = "leave it out until one is assigned, then keep that for ever"
            yield finding("exl-id", line, message, hint)
        if key in _LISTED and not text:
            message, hint = f"the key {key!r} is blank", "fill it in, or leave it out"
            yield finding("metadata-blank", line, message, hint)
        if key == "last-substantial-update" and not _is_date(text):
            message, hint = f"{shown(text)} is not a date", "write YYYY-MM-DD"
            yield finding("metadata-date", line, message, hint)
        if key == "hidefromtoc":
            message = "the key 'hidefromtoc' is of no use any more"
            hint = "write {hide-from-toc} at its entry in TOC.md"
            yield finding("metadata-retired", line, message, hint)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True
