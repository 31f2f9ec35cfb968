"""Tell how characters behave at line ends and beside markup."""

from __future__ import annotations

import string
import unicodedata
from functools import cache


@cache
def is_unspaced(character: str) -> bool:
    """Tell whether *character* is set without blanks: wide, but not Hangul.

    False for the empty string, as are the others.
    """
    if not character or unicodedata.east_asian_width(character) not in "WF":
        return False
    return not unicodedata.name(character, "").startswith("HANGUL")


@cache
def is_punctuation(character: str) -> bool:
    """Tell whether *character* is punctuation to CommonMark."""
    return bool(character) and (
        character in string.punctuation
        or unicodedata.category(character).startswith("P")
    )
