"""Take the structure out of rendered text, to compare renderers and languages."""

from __future__ import annotations

from html.parser import HTMLParser

from notifier.content.dialect.html import to_html
from notifier.content.dialect.parse import Document

Signature = tuple[tuple[str, str], ...]

_TAGS = frozenset(
    [
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "del",
        "a",
        "code",
        "pre",
        "details",
        "table",
        "th",
        "td",
        "blockquote",
        "hr",
    ]
)
_ALIASES = {"b": "strong", "s": "del"}


def render_signature(rendered: Document | str) -> Signature:
    """Return the tags that carry structure, in order, each with its closing.

    The second member of a pair is the anchor of a heading, the address and target of a
    link, the type of an alert. Two renderings with equal signatures differ in words
    only. *rendered* is a document or HTML, also the production renderer's.
    """
    reader = _Outline()
    reader.feed(rendered if isinstance(rendered, str) else to_html(rendered))
    reader.close()
    return tuple(reader.found)


class _Outline(HTMLParser):
    """Collect the signature while the HTML is read."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _ALIASES.get(tag, tag)
        values = {name: value or "" for name, value in attrs}
        kind, *names = values.get("class", "").split() or [""]
        if kind in ("alert", "extension"):
            self.found.append(("alert", " ".join(names)))
        elif tag == "a":
            address = f"{values.get('href', '')} {values.get('target', '')}"
            self.found.append((tag, address.strip()))
        elif tag in _TAGS:
            self.found.append((tag, values.get("id", "")))

    def handle_endtag(self, tag: str) -> None:
        tag = _ALIASES.get(tag, tag)
        if tag in _TAGS and tag != "hr":
            self.found.append((f"/{tag}", ""))
