"""What a request to render comes to: one job per document, wave and locale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from notifier.content.compiler import DOCUMENTS
from notifier.content.translations import pick_locale, reader_locale
from notifier.errors import NotifierError, Problem, did_you_mean, raise_errors
from notifier.model.audience import Instance
from notifier.model.notice import Notice
from notifier.model.schedule import Plan, PlannedWave
from notifier.notice.values import zone
from notifier.outputs.readers import Reader, find_reader
from notifier.planning.status import is_open

FORMATS = ("md", "html", "txt", "json")
NO_WAVE = "none"
RULES = {
    "render/format-unknown": "there is no format of that name",
    "render/idle-choice": "a choice concerns a document that is not asked for",
    "render/document-unknown": "there is no document of that name",
    "render/wave-unknown": "the notice has no wave of that id",
    "render/wave-over": "an announcement is asked for of a wave that is over",
    "render/zone-unknown": "there is no time zone of that name",
    "render/nothing": "the request comes to no document at all",
}


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """What to render; an empty choice takes everything there is.

    *waves* are ids, or `none` for instances without a wave; *locales* are BCP 47 tags,
    also regional ones; *contact* is an e-mail address of `contacts.csv`, with
    `customer/` before it if two customers share it; *timezone* replaces the wave's.
    """

    documents: tuple[str, ...] = ()
    waves: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    contact: str | None = None
    timezone: str | None = None
    formats: tuple[str, ...] = FORMATS

    def __post_init__(self) -> None:
        for name in ("documents", "waves", "locales", "formats"):
            if isinstance(getattr(self, name), str):
                raise TypeError(f"{name} is a tuple of texts, not one text")


@dataclass(frozen=True, slots=True)
class Job:
    """One document to make.

    *lang* is the locale of the words, *tag* that of dates and numbers and the name of
    the folder; *zone* is where times are told; *reader* is None for sample values.
    """

    document: str
    lang: str
    tag: str
    zone: str = "UTC"
    wave: PlannedWave | None = None
    reader: Reader | None = None

    @property
    def stem(self) -> str:
        """Return the name of its files, without a suffix."""
        return f"{self.document}.{self.wave.wave.id}" if self.wave else self.document

    @property
    def instances(self) -> tuple[Instance, ...]:
        """Return the reader's instances that the document is about."""
        if self.reader is None:
            return ()
        return self.reader.in_wave(self.wave.wave.id if self.wave else "")


def render_jobs(
    notice: Notice, plan: Plan, request: RenderRequest, *, now: datetime
) -> tuple[tuple[Job, ...], tuple[Problem, ...]]:
    """Return the jobs that *request* comes to, in a fixed order, and warnings.

    Raises:
        NotifierError: it names a document, wave, locale, zone or contact that is not
            there, or comes to nothing.
    """
    problems = [
        *_unknown("format", request.formats, FORMATS),
        *_unknown("document", request.documents, DOCUMENTS),
        *_unknown("wave", request.waves, (NO_WAVE, *_ids(plan.waves))),
        *_idle(request),
        *_past(plan, request, now),
        *_zone_problems(request.timezone),
    ]
    reader = None
    try:
        reader = find_reader(notice, request.contact) if request.contact else None
    except NotifierError as error:
        problems.extend(error.problems)
    locales, said = _locales(notice, request, reader)
    problems.extend(said)
    raise_errors(problems)
    waves = _waves(plan, request, reader, now)
    jobs = tuple(
        job
        for lang, tag in locales
        for document in request.documents or DOCUMENTS
        for job in _jobs_of(document, waves, request, reader, (lang, tag))
    )
    if not jobs:
        _nothing(request, reader)
    return jobs, tuple(problems)


def _jobs_of(
    document: str,
    waves: Iterable[PlannedWave | None],
    request: RenderRequest,
    reader: Reader | None,
    locale: tuple[str, str],
) -> Iterator[Job]:
    lang, tag = locale
    if document != "announcement":
        yield Job(document, lang, tag)
        return
    own = reader.contact.timezone if reader else ""
    for wave in waves:
        default = wave.window.timezone if wave else "UTC"
        where = request.timezone or own or default
        yield Job(document, lang, tag, where, wave, reader)


def _waves(
    plan: Plan, request: RenderRequest, reader: Reader | None, now: datetime
) -> tuple[PlannedWave | None, ...]:
    """Return the waves to announce; None stands for instances without one."""
    if request.waves:
        by_id = {wave.wave.id: wave for wave in plan.waves}
        chosen = [by_id.get(id) for id in dict.fromkeys(request.waves)]
    else:
        open_waves = [wave for wave in plan.waves if is_open(wave, now)]
        chosen = [*open_waves, *(() if plan.waves else (None,))]
        if reader and "" in reader.waves() and None not in chosen:
            chosen.append(None)
    if reader:
        own = reader.waves()
        chosen = [w for w in chosen if (w.wave.id if w else "") in own]
    return tuple(chosen)


def _ids(waves: Iterable[PlannedWave]) -> tuple[str, ...]:
    return tuple(wave.wave.id for wave in waves)


def _unknown(
    noun: str, wanted: Iterable[str], known: tuple[str, ...]
) -> Iterator[Problem]:
    for word in wanted:
        if word not in known:
            hint = did_you_mean(word, known) or f"one of: {', '.join(known[:20])}"
            message = f"no {noun} {word[:80]!r}"
            yield Problem(f"render/{noun}-unknown", message, hint=hint)


def _idle(request: RenderRequest) -> Iterator[Problem]:
    """A choice that changes nothing is a misunderstanding."""
    chosen = {
        "wave": request.waves,
        "contact": request.contact,
        "timezone": request.timezone,
    }
    if request.documents and "announcement" not in request.documents:
        for name, value in chosen.items():
            if value:
                message = f"{name} is for announcements, which are not asked for"
                hint = "add 'announcement' to the documents, or leave it out"
                yield Problem("render/idle-choice", message, hint=hint)


def _past(plan: Plan, request: RenderRequest, now: datetime) -> Iterator[Problem]:
    """An announcement that was asked for by name must not promise the past."""
    for wave in plan.waves:
        if wave.wave.id in request.waves and not is_open(wave, now):
            yield Problem(
                "render/wave-over",
                f"the wave {wave.wave.id!r} is {wave.status.value} or in the past",
                wave.wave.place,
                "announce a wave that is still to come",
            )


def _zone_problems(name: str | None) -> Iterator[Problem]:
    try:
        if name is not None:
            zone(name)
    except ValueError as error:
        hint = "write it as 'Europe/Rome' or 'UTC'"
        yield Problem("render/zone-unknown", str(error), hint=hint)


def _locales(
    notice: Notice, request: RenderRequest, reader: Reader | None
) -> tuple[tuple[tuple[str, str], ...], list[Problem]]:
    """Return pairs of the locale of the words and that of the formats."""
    pairs: dict[tuple[str, str], None] = {}
    problems: list[Problem] = []
    try:
        if reader and not request.locales:
            pair, said = reader_locale(notice, reader.contact)
            return (pair,), list(said)
    except NotifierError as error:
        return (), list(error.problems)
    for wanted in request.locales or notice.locales:
        try:
            pairs[pick_locale(notice, wanted)] = None
        except NotifierError as error:
            problems.extend(error.problems)
    return tuple(pairs), problems


def _nothing(request: RenderRequest, reader: Reader | None) -> NoReturn:
    who = f" for {request.contact!r}" if reader else ""
    hint = "choose other waves or documents; 'notifier waves' lists the waves"
    problem = Problem("render/nothing", f"nothing to render{who}", hint=hint)
    raise NotifierError([problem])
