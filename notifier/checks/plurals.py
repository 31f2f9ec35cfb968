"""Compare the two forms of sentences that count, in the author's own templates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from notifier.checks.evidence import Evidence
from notifier.errors import Place, Problem
from notifier.outputs.translations.template_texts import template_entries

RULES: Mapping[str, str] = MappingProxyType(
    {
        "language/plural": "the plural of a sentence in a template prints other values "
        "than its singular",
    }
)
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def plural_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield the sentences whose plural leaves a value out, or brings one along.

    The singular alone may leave out a number: it is one.

    Raises:
        NotifierError: a template is damaged.
    """
    for entry in template_entries(evidence.notice):
        if entry.plural is None:
            continue
        one, many = (set(_PLACEHOLDER.findall(t)) for t in (entry.id, entry.plural))
        extra = many - one
        lost = sorted(one - many) or sorted(extra)[1:]
        if lost:
            path, _, line = entry.places[0].rpartition(":")
            message = f"only one of both forms of {entry.id[:60]!r} prints {lost[0]!r}"
            hint = "print the same values before and after 'pluralize'"
            yield Problem("language/plural", message, Place(path, int(line)), hint)
