"""Refuse translations that bring along what their messages do not hold."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator

from notifier.errors import Problem

# Twice the longest text that an author may write.
_LONGEST = 40_000
# Controls but the newline, line and paragraph separators, embeddings, overrides and
# isolates of direction. The marks U+200E, U+200F and U+061C are of use in prose.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_TAG = re.compile(r"(?<!\\)</?([a-z][a-z0-9-]*+)(?=[\s/>]|\Z)|<[!?]", re.IGNORECASE)
_TARGET = re.compile(
    r"""
      \] (?: \(\s*+<?+ | :\s*+ ) ( [a-z][a-z0-9+.\\-]*+: | [/\\]{2} )  # a link
    | < ( [a-z][a-z0-9+.-]*+: ) [^\s<>]*+ >                           # an autolink
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SAFE_SCHEMES = ("https:", "mailto:")


def text_problem(sources: tuple[str, ...], form: str) -> Problem | None:
    """Return what is wrong with the text of *form*, or None.

    *sources* is the message, or its singular and plural. What stands in one of them
    may stand in the translation too.
    """
    for fact, hint in _faults(sources, form):
        message = f"{fact} in the translation of {sources[0][:80]!r}"
        return Problem("catalog/text", message, hint=hint)
    return None


def _faults(sources: tuple[str, ...], form: str) -> Iterator[tuple[str, str]]:
    if len(form) > _LONGEST:
        yield f"{len(form):,} characters", f"write at most {_LONGEST:,}"
        return
    if not any(unicodedata.category(char)[0] not in "CZ" for char in form):
        yield "nothing but blanks", "translate the message, or leave msgstr empty"
    lines, most = _line_count(form), max(map(_line_count, sources))
    if lines > most:
        hint = "take away the line breaks that the message does not have"
        yield f"{lines} lines instead of {most}", hint
    for find, fact, hint in _FOREIGN:
        own = find(form)
        if own and (own := own.difference(*map(find, sources))):
            yield f"{fact} {min(own)[:80]!r}", hint


def _line_count(text: str) -> int:
    return html.unescape(text).count("\n") + 1


def _controls(text: str) -> set[str]:
    return {f"U+{ord(char):04X}" for char in _CONTROL.findall(html.unescape(text))}


def _tags(text: str) -> set[str]:
    return {found[0].lstrip("</").lower() for found in _TAG.finditer(text)}


def _unsafe_schemes(text: str) -> set[str]:
    schemes = {
        (found[1] or found[2]).replace("\\:", ":").lower()
        for found in _TARGET.finditer(html.unescape(text))
    }
    return schemes.difference(_SAFE_SCHEMES)


def _encoded_words(text: str) -> set[str]:
    return {"=?"} if "=?" in text else set()


_FOREIGN: tuple[tuple[Callable[[str], set[str]], str, str], ...] = (
    (_controls, "the invisible character", "remove it"),
    (_tags, "the HTML tag", "write it in Markdown, or as the message has it"),
    (_unsafe_schemes, "a link to", "link to https: or mailto: addresses"),
    (_encoded_words, "the start of an encoded word,", "write it with a blank between"),
)
