"""Pseudo-locales: looking foreign, to find what is not translated or does not fit.

`en-XA` writes accented letters, `ar-XB` Arabic ones from right to left. Both are longer
by a third and stand in ⟦ ⟧, so that a text that is cut, joined or not translated shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from notifier.language.catalogs import Catalog

PSEUDO_LOCALES: Mapping[str, str] = MappingProxyType({"en-XA": "en", "ar-XB": "ar"})
_ALPHABETS = {
    "en-XA": str.maketrans(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "áƀçďéƒğĥíĵķļɱñóþɋŕšťúṽŵẋýžÅƁÇĎÉƑĞĤÍĴĶĻḾÑÓÞɊŔŠŤÚṼŴẊÝŽ",
    ),
    "ar-XB": str.maketrans(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "ابتدهفغحيجكلمنوپقرسطثڤشخىزابتدهفغحيجكلمنوپقرسطثڤشخىز",
    ),
}
_OPEN, _CLOSE = "⟦", "⟧"
# What a reader never sees as words, or what must stay as it is for the markup.
_KEPT = re.compile(
    r"""
      ^[ ]{0,3}(?P<fence>```+|~~~+).*?(?:^[ ]{0,3}(?P=fence)|\Z)   # a block of code
    | (?P<ticks>(?<!`)`+(?!`)).+?(?<!`)(?P=ticks)(?!`)             # code in a line
    | ^[ ]{0,3}\[[^\[\]]+\]:.*$                                    # where links lead
    | (?<=\])(?:\[[^\[\]]*\]|\([^()\s]*(?:\s+"[^"]*")?\s*\))       # a link's target
    | <[^\s<>][^<>]*>                                              # tags, autolinks
    | \{[^{}\n]*\}                                                 # values, attributes
    | %\(\w+\)s
    | &\#?\w+;
    | \b(?:https?|ftp|mailto):[^\s<>]*
    | [\w.+-]+@[\w.-]+\w
    | \[!\w+                                                       # an alert's label
    | \\.
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


@lru_cache(maxsize=4096)
def disguise(text: str, tag: str) -> str:
    """Return *text* as the pseudo-locale *tag* writes it; markup and values stay.

    What is not kept grows by a third at least: letters are repeated. A text without a
    letter stays as it is.
    """
    parts: list[str] = []
    letters: list[int] = []
    owed = 0
    for piece, kept in _pieces(text):
        for sign in [piece] if kept else piece:
            owed += not kept
            if kept or not sign.isalpha():
                parts.append(sign)
                continue
            letters.append(len(parts))
            parts.append(sign.translate(_ALPHABETS[tag]) * (1 + owed // 3))
            owed %= 3
    if not letters:
        return text
    parts[letters[-1]] += parts[letters[-1]][-1] * -(-owed // 3) + _CLOSE
    parts[letters[0]] = _OPEN + parts[letters[0]]
    return "".join(parts)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of *text*, and whether they stay as they are."""
    end = 0
    for match in _KEPT.finditer(text):
        yield text[end : match.start()], False
        yield match[0], True
        end = match.end()
    yield text[end:], False


@dataclass(frozen=True, slots=True)
class PseudoCatalog(Catalog):
    """The catalog of the default locale, in the disguise of the pseudo-locale *mask*.

    Nothing is missing in it.
    """

    mask: str = "en-XA"

    def find(self, message: str, context: str | None = None) -> str:
        """Return the disguise of *message*, as the default locale words it."""
        # Without arguments, super() does not work in a class with slots.
        found = Catalog.find(self, message, context)
        return disguise(message if found is None else found, self.mask)

    def _many(self, context: str | None, singular: str, plural: str, n: int) -> str:
        return disguise(Catalog._many(self, context, singular, plural, n), self.mask)


def pseudo_catalog(mask: str, default: Catalog) -> PseudoCatalog:
    """Return the catalog of the pseudo-locale *mask*, a key of PSEUDO_LOCALES."""
    return PseudoCatalog(PSEUDO_LOCALES[mask], True, default.translations, mask=mask)
