"""Doubt author texts that may stand so, but are hardly meant so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from notifier.errors import Severity
from notifier.model.values import PLACEHOLDER, Text
from notifier.notice.faults import Fault, Findings, quoted
from notifier.notice.keys import Keys
from notifier.notice.prose import without_code

_KINDS = ("date", "duration", "link")
_BRACES = re.compile(r"\{?\{ *([A-Za-z]{3,12}) *:([^{}]{1,80})\}\}?")
_MARKDOWN = re.compile(r"\*\*[^\s*][^*]*\*\*|`[^`]+`|\[[^\[\]]+\]\([^()\s]+\)")


def warn_of_doubts(found: Keys, findings: Findings) -> None:
    """Add a warning to *findings* for each doubtful text in *found*."""
    for text in _texts_in(found):
        for fault in _doubts(text):
            findings.add(fault, text.place, Severity.WARNING)


def _texts_in(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Keys):
        for _, child in value:
            yield from _texts_in(child)
    elif isinstance(value, tuple):
        for child in value:
            yield from _texts_in(child)


def _doubts(text: Text) -> Iterator[Fault]:
    prose = without_code(text.source) if text.markdown else text.source
    for found in _BRACES.finditer(prose):
        near = get_close_matches(found[1].casefold(), _KINDS, n=1, cutoff=0.75)
        if near and not PLACEHOLDER.fullmatch(found[0]):
            hint = f"did you mean {quoted(f'{{{near[0]}:{found[2].strip()}}}')}?"
            message = f"{quoted(found[0])} is printed with its braces"
            yield Fault("braces", message, hint)
    markup = None if text.markdown else _MARKDOWN.search(prose)
    if markup:
        message = f"{quoted(markup[0])} in a plain text is printed as it is"
        yield Fault("plain-text", message, "write it without Markdown")
