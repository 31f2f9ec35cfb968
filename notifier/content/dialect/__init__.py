"""The Experience League dialect of Markdown, and its views as HTML and plain text."""

from notifier.content.dialect.escape import escape_plain
from notifier.content.dialect.html import to_html
from notifier.content.dialect.normalize import indent, normalize_markdown
from notifier.content.dialect.parse import Document, parse
from notifier.content.dialect.signature import Signature, render_signature
from notifier.content.dialect.text import to_text
from notifier.content.dialect.tidy import code_lines, tidy

__all__ = [
    "Document",
    "Signature",
    "code_lines",
    "escape_plain",
    "indent",
    "normalize_markdown",
    "parse",
    "render_signature",
    "tidy",
    "to_html",
    "to_text",
]
