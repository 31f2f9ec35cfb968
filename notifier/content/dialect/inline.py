"""Read the inline Markdown of a tree with Python-Markdown, and nothing but Markdown."""

from __future__ import annotations

import html
import re
import string
import threading
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    ENTITY_RE,
    LINK_RE,
    InlineProcessor,
    LinkInlineProcessor,
    SimpleTagInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.util import ETX, STX, AtomicString, code_escape

MAX_PARAGRAPH = 20_000
MAX_BRACKETS = 200
# Each level of lists takes two elements, of collapsible parts and quotes one.
MAX_ELEMENTS_DEEP = 100

_ATTRIBUTES = re.compile(
    r"\{((?:\s*+(?:[#.][\w-]++|\w++=(?:\"[\w -]*+\"|[\w-]++)))++)\s*+\}"
)
_PAIR = re.compile(r"(?:#(?P<id>[\w-]+)|(?P<name>\w+)=\"?(?P<value>[\w -]*))")
_ALLOWED_ATTRIBUTES = ("id", "target")
_ADDRESS = (
    r"<((?:https?://|mailto:)[^\s<>\x02\x03]+"
    r"|[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9.-]+)>"
)
# An escaped backslash before code, or code: a run of backticks up to the next of the
# same length (CommonMark 6.1); a run without a partner is text.
_CODE = (
    r"(?<!\\)(?P<slashes>(?:\\\\)++)(?=`)"
    r"|(?<!\\)(?<!(?<!\\)`)(?P<ticks>`++)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
)
# A backslash as Python-Markdown keeps it until the end.
_BACKSLASH = f"{STX}92{ETX}"
_DELETED = r"()~~([^\s~](?:[^~]*[^\s~])?)~~"
_ENTITY = re.compile(ENTITY_RE)
# Without one of these, a text has no inline Markdown; a link begins with a bracket.
_SIGNS = re.compile(rf"[\\`*_~\[<&\n{STX}]")
_SCHEME = re.compile(r"[^/?#]*?:|[/\\]{2}")
_SAFE_SCHEMES = ("https:", "mailto:")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\ufeff]+")
_OF_THREAD = threading.local()
_TOO_DEEP = "emphasis is nested too deep: a '*' or '_' may be meant as itself"
PHRASING = frozenset(["a", "br", "code", "del", "em", "span", "strong"])
_REMOVED = (
    "backtick",
    "reference",
    "short_reference",
    "image_reference",
    "short_image_ref",
    "autolink",
    "automail",
    "html",
)


def set_inlines(root: Element) -> None:
    """Turn the inline Markdown in the texts under *root* into elements.

    Raises:
        ValueError: one text is longer than MAX_PARAGRAPH characters or holds more than
            MAX_BRACKETS opening brackets; Python-Markdown would take its time. Or its
            emphasis is nested too deep.
    """
    for element in root.iter():
        _limit(element)
        if element.text and not _SIGNS.search(element.text):
            element.text = AtomicString(element.text)
    markdown = _reader()
    markdown.reset()
    try:
        for name in ("inline", "unescape"):
            markdown.treeprocessors[name].run(root)
    except RecursionError as error:
        raise ValueError(_TOO_DEEP) from error
    _limit_depth(root)
    for element in list(root.iter()):
        _mend(element)
    for element in root.iter():
        if element.tag not in PHRASING and not element.tail:
            element.tail = "\n"
    root.tail = None


def _limit(element: Element) -> None:
    text = element.text or ""
    if element.tag != "code" and len(text) > MAX_PARAGRAPH:
        raise ValueError(
            f"the paragraph {text[:40]!r}… is longer than {MAX_PARAGRAPH} characters"
        )
    if element.tag != "code" and text.count("[") > MAX_BRACKETS:
        raise ValueError(
            f"the paragraph {text[:40]!r}… holds more than {MAX_BRACKETS} brackets"
        )


def _limit_depth(root: Element) -> None:
    """Refuse a tree that the recursive views of it could not show."""
    level = [root]
    for _ in range(MAX_ELEMENTS_DEEP):
        level = [child for element in level for child in element]
        if not level:
            return
    raise ValueError(_TOO_DEEP)


def _reader() -> Markdown:
    """Return the reader of this thread; making one takes longer than most texts."""
    if not hasattr(_OF_THREAD, "reader"):
        _OF_THREAD.reader = _make_reader()
    reader: Markdown = _OF_THREAD.reader
    return reader


def _make_reader() -> Markdown:
    markdown = Markdown()
    markdown.ESCAPED_CHARS = list(string.punctuation)
    patterns = markdown.inlinePatterns
    for name in _REMOVED:
        patterns.deregister(name)
    patterns.register(_Code(_CODE, markdown), "code", 190)
    patterns.register(_Link(LINK_RE, markdown), "link", 160)
    patterns.register(_Address(_ADDRESS, markdown), "address", 110)
    patterns.register(_Entity(ENTITY_RE, markdown), "entity", 80)
    patterns.register(SubstituteTagInlineProcessor(r"\n", "br"), "linebreak", 75)
    patterns.register(SimpleTagInlineProcessor(_DELETED, "del"), "del", 50)
    return markdown


class _Code(InlineProcessor):
    """A code span."""

    def handleMatch(  # type: ignore[override]  # the base class is loosely typed
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str, int, int]:
        if m["slashes"]:
            return _BACKSLASH * (len(m["slashes"]) // 2), m.start(), m.end()
        element = Element("code")
        element.text = verbatim(m["code"].strip())
        return element, m.start(), m.end()


class _Link(LinkInlineProcessor):
    """A link with the attribute list that is glued to it."""

    def handleMatch(  # type: ignore[override]  # the base class is loosely typed
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        element, start, end = super().handleMatch(m, data)
        if not isinstance(element, Element) or end is None:
            return None, None, None
        attributes = _ATTRIBUTES.match(data, end)
        if attributes is None:
            return element, start, end
        for pair in _PAIR.finditer(attributes[1]):
            name = "id" if pair["id"] else pair["name"]
            if name in _ALLOWED_ATTRIBUTES:
                element.set(name, pair["id"] or pair["value"])
        return element, start, attributes.end()


class _Address(InlineProcessor):
    """A web or e-mail address in angle brackets."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # the base class is loosely typed
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        is_url = ":" in m[1]
        element = Element("a", {"href": m[1] if is_url else f"mailto:{m[1]}"})
        element.text = AtomicString(m[1])
        return element, m.start(), m.end()


class _Entity(InlineProcessor):
    """A character reference, decoded."""

    def handleMatch(  # type: ignore[override]  # the base class is loosely typed
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        return html.unescape(m[0]), m.start(), m.end()


def _mend(element: Element) -> None:
    """Set right what Python-Markdown leaves for its own serializer."""
    if element.tag == "code" and element.text:
        element.text = html.unescape(element.text)
    elif element.tag == "img":
        element.tag, element.text = "span", element.get("alt", "")
        element.attrib.clear()
    elif element.tag == "a":
        href = _ENTITY.sub(
            lambda match: html.unescape(match[0]), element.get("href", "")
        )
        element.set("href", href.strip())
        element.attrib.pop("title", None)
        if not is_safe_url(href):
            element.tag = "span"
            element.attrib.clear()
        elif element.get("target") == "_blank":
            element.set("rel", "noopener")


def _decode(match: re.Match[str]) -> str:
    return html.unescape(match[0])


def verbatim(text: str) -> AtomicString:
    """Return *text* for a code element, out of reach of inline Markdown."""
    return AtomicString(code_escape(text))


def is_safe_url(url: str) -> bool:
    """Tell whether *url* may be a link: https, mailto, relative or an anchor."""
    scheme = _SCHEME.match(_INVISIBLE.sub("", url))
    return scheme is None or scheme[0].lower() in _SAFE_SCHEMES
