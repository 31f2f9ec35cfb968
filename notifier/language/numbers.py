"""Numbers and the plural category they ask for."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_decimal

from notifier.language.locales import babel_locale

# CLDR's minimumGroupingDigits is 2 here, which Babel does not read: 1234, 12.345.
_FOUR_DIGITS_STAY_WHOLE = frozenset({"bg", "ca", "es", "it", "lv", "pl"})


def format_number(number: int | float | Decimal, tag: str) -> str:
    """Return *number* with the separators of *tag* and Latin digits."""
    locale = babel_locale(tag)
    small = -10_000 < number < 10_000
    grouped = not (small and locale.language in _FOUR_DIGITS_STAY_WHOLE)
    return str(format_decimal(number, locale=locale, group_separator=grouped))


@lru_cache(maxsize=4096)
def plural_category(number: int | float | Decimal, tag: str) -> str:
    """Return the CLDR plural category of *number*: zero, one, two, few, many, other."""
    return str(babel_locale(tag).plural_form(number))


def plural_sample(category: str, tag: str) -> int:
    """Return the smallest whole number of that plural *category*.

    Raises:
        ValueError: the locale has no whole number below 1,000 of that category.
    """
    for number in range(1000):
        if plural_category(number, tag) == category:
            return number
    raise ValueError(f"{tag} has no plural category {category!r} of whole numbers")
