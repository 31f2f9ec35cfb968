"""Show a parsed document as HTML."""

from __future__ import annotations

from xml.etree.ElementTree import tostring

import nh3

from notifier.content.dialect.parse import Document

_TAGS = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "details",
        "div",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "span",
        "strong",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_ATTRIBUTES = {
    "*": {"id", "class"},
    "a": {"href", "target", "rel"},
    "div": {"role", "data-alert"},
    "ol": {"start"},
    "th": {"scope"},
}
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    url_schemes={"https", "mailto"},
    link_rel=None,
)


def to_html(document: Document) -> str:
    """Return *document* as an HTML fragment, cleaned by an allow-list."""
    source = "".join(
        tostring(element, encoding="unicode", method="html")
        for element in document.root
    )
    return _CLEANER.clean(source)
