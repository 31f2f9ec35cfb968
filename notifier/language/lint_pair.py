"""What the checks of translations share: a message beside one form of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from notifier.errors import Severity
from notifier.language.glossary import Term
from notifier.language.locales import babel_locale

_HOLE = re.compile(r"%\(\w+\)s|\{(?:date|duration|link):[^{}]*\}|&#?\w+;|<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Pair:
    """A message and the form of its translation into *tag* that is checked.

    *source* is the singular or the plural of the message, whichever the form is of;
    *most* is the greatest width the catalog allows it, in columns.
    """

    source: str
    form: str
    tag: str
    terms: tuple[Term, ...] = ()
    most: int | None = None

    @property
    def language(self) -> str:
        """Return the language without script and region."""
        return str(babel_locale(self.tag).language)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check finds: the name of its rule in `catalog/`, the fact, the remedy."""

    rule: str
    fact: str
    hint: str
    severity: Severity = Severity.WARNING


Check = Callable[[Pair], Iterator[Finding]]


def without_holes(text: str) -> str:
    """Return *text* without placeholders, tags and entities."""
    return _HOLE.sub(" ", text)
