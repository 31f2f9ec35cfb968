"""Find what a reader would stumble over in the translations of a catalog."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from notifier.errors import Problem
from notifier.language.glossary import Glossary, Term
from notifier.language.lint_pair import Check, Pair
from notifier.language.lint_prose import (
    check_blanks,
    check_glossary,
    check_length,
    check_punctuation,
    check_unchanged,
    check_widths,
)
from notifier.language.lint_structure import (
    check_brackets,
    check_numbers,
    check_structure,
)
from notifier.language.po_document import PoDocument
from notifier.language.po_entry import Entry

RULES: Mapping[str, str] = MappingProxyType(
    {
        "catalog/blanks": "a translation has blanks too many, too few or of the wrong "
        "kind; what its language asks for is mended when it is printed",
        "catalog/brackets": "a bracket of a translation has no counterpart",
        "catalog/glossary": "a term is not translated as the glossary says, or a name "
        "is lost that stays as it is, which is an error",
        "catalog/length": "a translation is much longer or shorter than its message; "
        "or wider than its `max-length` allows, which is an error",
        "catalog/links": "a translation does not hold the links of its message",
        "catalog/markup": "a translation does not hold the marks, code, lists or "
        "headings of its message",
        "catalog/numbers": "a translation does not hold the numbers of its message",
        "catalog/punctuation": "a translation ends with another sign than its message",
        "catalog/tags": "a translation does not hold the HTML tags of its message",
        "catalog/unchanged": "a translation is the message itself",
        "catalog/widths": "a translation holds the punctuation of another script",
    }
)
_CHECKS: tuple[Check, ...] = (
    check_structure,
    check_brackets,
    check_numbers,
    check_blanks,
    check_punctuation,
    check_widths,
    check_unchanged,
    check_glossary,
    check_length,
)
_MOST = re.compile(r"max-length:(\d{1,6})")


def lint_document(
    document: PoDocument, tag: str, glossary: Glossary, *, is_source: bool = False
) -> Iterator[Problem]:
    """Yield what is wrong with the translations into *tag*, each with its line.

    Entries without a translation are left out. In the *source* language, the
    translation may be the message itself, and terms are as they are.
    """
    terms = () if is_source else glossary.of(tag)
    for entry in document.current.values():
        if not entry.is_filled:
            continue
        place = document.place(entry)
        found: dict[Problem, None] = {}
        for pair in _pairs(entry, tag, terms):
            for problem in _findings(pair, entry):
                if is_source and problem.rule == "catalog/unchanged":
                    continue
                found[problem] = None
        for each in found:
            yield Problem(each.rule, each.message, place, each.hint, each.severity)


def _pairs(entry: Entry, tag: str, terms: tuple[Term, ...]) -> Iterator[Pair]:
    most = next(
        (int(m[1]) for flag in entry.flags if (m := _MOST.fullmatch(flag))), None
    )
    for form in entry.forms:
        source = entry.id if entry.plural is None else entry.plural
        yield Pair(source, form, tag, terms, most)


def _findings(pair: Pair, entry: Entry) -> Iterator[Problem]:
    for check in _CHECKS:
        for each in check(pair):
            fact = f"{each.fact} in the translation of {entry.id[:80]!r}"
            yield Problem(f"catalog/{each.rule}", fact, None, each.hint, each.severity)
