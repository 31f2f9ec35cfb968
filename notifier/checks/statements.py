"""Look for the author's own statements in every output, and for whom it is meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from notifier.checks.evidence import Evidence
from notifier.checks.reading_back import Output, as_words
from notifier.checks.times import holds
from notifier.content.wording import Wording
from notifier.errors import Place, Problem
from notifier.model.notice import Notice
from notifier.model.values import Text

RULES: Mapping[str, str] = MappingProxyType(
    {
        "facts/customer": "a message lacks the name of its contact or customer",
        "facts/statement": "an output lacks the title, or a sentence that says what "
        "will work and what will not",
    }
)
_PAGES = ("page", "docs", "web")
_HINT = "compare the author's templates with the built-in ones"


def statement_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield the statements that an output does not hold in its language."""
    wording_of = lru_cache(maxsize=None)(evidence.compiler.wording)
    outputs = [*evidence.documents]
    for letter in evidence.letters:
        outputs += letter.outputs
    for output in outputs:
        for text in _wanted(output, evidence.notice):
            wording: Wording = wording_of(output.lang, output.tag)
            said = wording.text(text)
            if as_words(said, output.kind) not in output.words:
                message = f"{said[:60]!r} does not stand there"
                yield _problem("statement", message, output.path)


def customer_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield the messages that do not name those whom they are for."""
    customers = evidence.notice.customers or {}
    for letter in evidence.letters:
        customer = customers.get(letter.customer)
        names = [letter.contact, *([customer.name] if customer else [])]
        for name in names:
            for output in letter.outputs:
                if name and not holds(output.words, name):
                    message = f"{name[:80]!r} does not stand there"
                    yield _problem("customer", message, output.path)


def _wanted(output: Output, notice: Notice) -> tuple[Text, ...]:
    """Return the plain texts of the author that *output* has to hold."""
    impact = (*notice.impact.unavailable, *notice.impact.unaffected)
    if output.document == "announcement":
        # For programs, a document is told in facts.
        return () if output.kind == "json" else (notice.title, *impact)
    if output.document not in _PAGES or output.kind == "json":
        return ()
    outline = {section.id for section in notice.page.outline}
    title = () if notice.page.heading else (notice.title,)
    return (*title, *(impact if "impact" in outline else ()))


def _problem(rule: str, message: str, path: str) -> Problem:
    return Problem(f"facts/{rule}", message, Place(path), _HINT)
