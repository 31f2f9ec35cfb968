"""Lists: in prose ("A, B and C"), and of technical names ("A, B, C")."""

from __future__ import annotations

import re
from collections.abc import Iterable

import babel.lists

from notifier.language.locales import babel_locale
from notifier.language.typography import isolate

# "y" becomes "e" before the sound i, but not before a diphthong (hielo).
_SOUND_I = re.compile(r"[ií]|hí|hi(?![ae])", re.IGNORECASE)


def format_list(items: Iterable[str], tag: str) -> str:
    """Return *items* joined by commas and the word "and" of *tag*.

    In right-to-left languages each item is isolated, so that names in Latin letters
    keep their order.
    """
    return join_words([isolate(item, tag) for item in items], tag)


def format_names(items: Iterable[str], tag: str) -> str:
    """Return technical names separated by the comma of *tag*, easy to copy."""
    comma = {"ja": "、", "zh": "、", "ar": "، "}.get(babel_locale(tag).language, ", ")
    return comma.join(isolate(item, tag) for item in items)


def join_words(items: list[str], tag: str) -> str:
    """Return *items*, already in the language of *tag*, joined as prose."""
    locale = babel_locale(tag)
    text = str(babel.lists.format_list(items, locale=locale))
    if locale.language == "es" and len(items) > 1 and _SOUND_I.match(items[-1]):
        return text.removesuffix(f"y {items[-1]}") + f"e {items[-1]}"
    return text
