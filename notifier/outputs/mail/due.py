"""Which messages are due: for each contact, one per wave of its customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from notifier.content.compiler import Compiler
from notifier.content.translations import pick_locale, reader_locale
from notifier.errors import NotifierError, Problem
from notifier.model.audience import Contact
from notifier.model.notice import Notice
from notifier.model.schedule import Plan, PlannedWave
from notifier.notice import read_contacts
from notifier.outputs.mail.message import Letterhead
from notifier.outputs.mail.outbox import NO_WAVE
from notifier.planning.status import is_open

DOCUMENTS = ("announcement",)


@dataclass(frozen=True, slots=True)
class EmailRequest:
    """Which messages to write; an empty choice takes all.

    *waves* are ids, or `none` for instances without one; *locales* are BCP 47 tags,
    also regional ones; *customers* are ids; *limit* is the most messages. *previous* is
    the manifest of an earlier run, or its folder: no time may have moved since without
    a raised revision.
    """

    documents: tuple[str, ...] = DOCUMENTS
    waves: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    limit: int | None = None
    formats: tuple[str, ...] = ("eml",)
    previous: Path | None = None

    def __post_init__(self) -> None:
        for name in ("documents", "waves", "locales", "customers", "formats"):
            if isinstance(getattr(self, name), str):
                raise TypeError(f"{name} is a tuple of texts, not one text")


@dataclass(frozen=True, slots=True)
class Run:
    """What all messages of one run share."""

    notice: Notice
    plan: Plan
    compiler: Compiler
    request: EmailRequest
    letterhead: Letterhead
    waves: Mapping[str, PlannedWave]
    instances: Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Due:
    """One message to be: which wave, in which words and zone, to whom.

    *number* counts the customer's instances in the wave.
    """

    document: str
    wave: str
    lang: str
    tag: str
    zone: str
    number: int
    contact: Contact


def announced_waves(
    planned: Plan, request: EmailRequest, now: datetime
) -> dict[str, PlannedWave]:
    """Return the waves to write about, by id; the past is not announced."""
    return {
        wave.wave.id: wave
        for wave in planned.waves
        if is_open(wave, now) and (not request.waves or wave.wave.id in request.waves)
    }


def instances_by_wave(notice: Notice) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the instances by customer and wave; an empty wave's are in none yet."""
    found: dict[str, dict[str, list[str]]] = {}
    for instance in notice.instances or ():
        waves = found.setdefault(instance.customer, {})
        waves.setdefault(instance.wave, []).append(instance.id)
    return {
        customer: {wave: tuple(ids) for wave, ids in waves.items()}
        for customer, waves in found.items()
    }


def due_messages(run: Run, idle: Counter[str] | None = None) -> Iterator[Due]:
    """Yield the messages in the order of contacts.csv, as many as are asked for.

    *idle* counts, by customer, the contacts among those asked for who get none.
    """
    request, left = run.request, run.request.limit
    assert run.notice.contacts is not None
    tags = {pick_locale(run.notice, each)[1] for each in request.locales}
    without = not request.waves or NO_WAVE in request.waves
    pick = lru_cache(maxsize=None)(lambda locale: locale_for(run.notice, locale))
    for _, contact in read_contacts(run.notice.contacts):
        if request.customers and contact.customer not in request.customers:
            continue
        (lang, tag), _ = pick(contact.locale)
        if tags and tags.isdisjoint((lang, tag)):
            continue
        concerned = False
        for wave, ids in run.instances.get(contact.customer, {}).items():
            if wave not in run.waves and (wave or not without):
                continue
            concerned = True
            if left is not None:
                if left == 0:
                    return
                left -= 1
            there = run.waves[wave].window.timezone if wave else "UTC"
            for document in request.documents:
                zone = contact.timezone or there
                yield Due(document, wave, lang, tag, zone, len(ids), contact)
        if idle is not None and not concerned:
            idle[contact.customer] += 1


def locale_for(
    notice: Notice, locale: str
) -> tuple[tuple[str, str], tuple[Problem, ...]]:
    """Return the locale for a contact's; where it is not made, the default and why."""
    default = (notice.default_locale, notice.default_locale)
    try:
        return reader_locale(notice, Contact("", "", "", locale))
    except NotifierError as error:
        return default, error.problems
