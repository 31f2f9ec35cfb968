"""What a request asks to see, checked against what there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from notifier.content.compiler import DOCUMENTS, PUBLIC
from notifier.errors import NotifierError, Problem, did_you_mean
from notifier.notice.values import zone
from notifier.outputs.jobs import NO_WAVE
from notifier.outputs.readers import Reader, find_reader
from notifier.preview.case import Choice
from notifier.preview.snapshot import Cell, Snapshot

RULES = {"preview/unknown": "something is asked for that the notice does not have"}
PARTS = ("document", "locale", "wave", "contact", "zone")


def asked(cell: Cell) -> dict[str, str]:
    """Return the parts of a request that asks for *cell*."""
    return {"document": cell.document, "locale": cell.locale, "wave": cell.wave or ""}


def choose(snapshot: Snapshot, parts: Mapping[str, str]) -> Choice:
    """Return the choice that the *parts* of a request come to.

    A page has no reader: a wave, contact or zone asked for with one does not count.

    Raises:
        NotifierError: it names what is not there, all of it at once; or the notice
            cannot be read.
    """
    wanted = {name: parts.get(name, "") for name in PARTS}
    if snapshot.case is None:
        raise NotifierError(snapshot.problems)
    problems = [
        *_unknown("document", wanted["document"], DOCUMENTS),
        *_unknown("locale", wanted["locale"], snapshot.presses),
    ]
    if wanted["document"] in PUBLIC:
        if problems:
            raise NotifierError(problems)
        return Choice(wanted["document"], wanted["locale"])
    problems += _unknown("wave", wanted["wave"], snapshot.waves)
    reader: Reader | None = None
    try:
        if wanted["contact"]:
            reader = find_reader(snapshot.case.notice, wanted["contact"])
        if wanted["zone"]:
            zone(wanted["zone"])
    except NotifierError as error:
        problems += error.problems
    except ValueError:
        problems.append(_problem("zone", wanted["zone"], "write it as 'Europe/Rome'"))
    if problems:
        raise NotifierError(problems)
    wave = "" if wanted["wave"] == NO_WAVE else wanted["wave"]
    return Choice(*(wanted["document"], wanted["locale"], wave, reader, wanted["zone"]))


def _unknown(noun: str, word: str, known: Iterable[str]) -> Iterator[Problem]:
    options = list(known)
    if word not in options:
        hint = did_you_mean(word, options) or f"one of: {', '.join(options[:20])}"
        yield _problem(noun, word, hint)


def _problem(noun: str, word: str, hint: str) -> Problem:
    return Problem("preview/unknown", f"no {noun} {word[:80]!r}", hint=hint)
