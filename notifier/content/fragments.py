"""Show a piece of Markdown by itself, away from its page."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from notifier.content.dialect import Document, parse, to_html, to_text
from notifier.content.labels import alert_labels
from notifier.content.placing import without_dead_links
from notifier.content.wording import Wording, too_complex
from notifier.errors import raise_errors

T = TypeVar("T")
_Labels = tuple[tuple[str, str], ...]
_UNWRAPPED = 1_000_000
# Pages, feeds and calendars, wide and narrow, show the same fragments.
_KEPT = 4096


def fragment_html(markdown: str, wording: Wording) -> str:
    """Return *markdown* as HTML, its relative links as their text.

    Raises:
        NotifierError: a text of the author in it is too large or too nested.
    """
    return _in(wording, markdown, _html)


def fragment_text(markdown: str, wording: Wording) -> str:
    """Return *markdown* as plain text with a line per paragraph.

    Raises:
        NotifierError: a text of the author in it is too large or too nested.
    """
    return _in(wording, markdown, _text)


def fragment_tree(markdown: str, wording: Wording) -> Document:
    """Return the tree of *markdown*, its relative links as their text.

    Raises:
        NotifierError: a text of the author in it is too large or too nested.
    """
    return _in(wording, markdown, _tree)


def _in(wording: Wording, markdown: str, show: Callable[[str, _Labels], T]) -> T:
    """Return what *show* makes of *markdown* in the words of one locale."""
    markdown = wording.localized(markdown)
    try:
        return show(markdown, tuple(alert_labels(wording, markdown).items()))
    except ValueError:
        raise_errors(too_complex(wording))
        raise


@lru_cache(maxsize=_KEPT)
def _html(markdown: str, labels: _Labels) -> str:
    return to_html(_tree(markdown, labels))


@lru_cache(maxsize=_KEPT)
def _text(markdown: str, labels: _Labels) -> str:
    return to_text(_tree(markdown, labels), width=_UNWRAPPED).strip()


@lru_cache(maxsize=_KEPT)
def _tree(markdown: str, labels: _Labels) -> Document:
    return without_dead_links(parse(markdown, labels=dict(labels)))
