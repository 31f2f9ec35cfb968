"""Render the documents of a notice: Markdown, HTML, plain text, JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from notifier.content.compiler import Compiler
from notifier.content.editions import (
    Bound,
    Edition,
    EditionKey,
    Letter,
    bind,
    fill,
    in_two_languages,
)
from notifier.content.shape import Shape
from notifier.content.translations import read_catalogs, translation_problems
from notifier.content.waves import wave_shape, wave_values
from notifier.errors import Problem, raise_errors
from notifier.language.numbers import plural_category
from notifier.model.notice import Notice
from notifier.model.schedule import Plan
from notifier.outputs.facts import document_facts, wave_facts
from notifier.outputs.jobs import Job, RenderRequest, render_jobs
from notifier.outputs.readers import (
    SAMPLE_INSTANCES,
    contact_values,
    sample_values,
    values_in,
)
from notifier.planning import plan


@dataclass(frozen=True, slots=True)
class Rendered:
    """One file: its path below the output folder, and its text."""

    path: PurePosixPath
    text: str


@dataclass(frozen=True, slots=True)
class Rendering:
    """The files of a request, the warnings, and whether a reader was invented."""

    files: tuple[Rendered, ...]
    problems: tuple[Problem, ...]
    sample: bool


@dataclass(frozen=True, slots=True)
class Press:
    """What all documents of one run share; *columns* are those of the contacts."""

    notice: Notice
    plan: Plan
    compiler: Compiler
    columns: frozenset[str]


def render_documents(
    notice: Notice,
    request: RenderRequest,
    *,
    now: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Rendering:
    """Render the documents that *request* asks for.

    *progress* is called with the number of documents done and their total.

    Raises:
        NotifierError: the request asks for what the notice does not have, the schedule
            has an error, a template fails, or a translation is missing and the notice
            forbids that.
    """
    planned, schedule_problems = plan(notice, now=now)
    catalogs, catalog_problems = read_catalogs(notice)
    said = (*schedule_problems, *catalog_problems)
    raise_errors(said)
    jobs, warnings = render_jobs(notice, planned, request, now=now)
    columns = frozenset(notice.contacts.extra) if notice.contacts else frozenset()
    compiler = Compiler(notice, planned, catalogs, columns)
    press = Press(notice, planned, compiler, columns)
    files: list[Rendered] = []
    for number, job in enumerate(jobs, start=1):
        files.extend(render_job(job, press, request.formats))
        progress(number, len(jobs))
    said = (*said, *warnings, *translation_problems(compiler.misses(), notice))
    raise_errors(said)
    sample = any(job.document == "announcement" and not job.reader for job in jobs)
    return Rendering(tuple(files), said, sample)


def render_job(job: Job, press: Press, formats: tuple[str, ...]) -> Iterator[Rendered]:
    """Yield the document that *job* asks for, once per format.

    Raises:
        NotifierError: a template fails.
    """
    edition, wave, bound = _bound(job, press, lang=job.lang, tag=job.tag)
    if edition.needs_both_languages(press.notice):
        source = press.notice.default_locale
        _, _, second = _bound(job, press, lang=source, tag=source)
        bound = in_two_languages(bound, second)
    tags = (job.tag, *bound.langs[1:])
    values = values_in(tags, lambda tag: _reader_values(job, press, tag=tag))
    letter = fill(bound, values)
    for format in formats:
        text = (
            _facts(job, press, edition, letter, wave)
            if format == "json"
            else {"md": letter.markdown, "html": letter.html, "txt": letter.text}[
                format
            ]
        )
        yield Rendered(PurePosixPath(job.tag) / f"{job.stem}.{format}", text)


def _bound(
    job: Job, press: Press, *, lang: str, tag: str
) -> tuple[Edition, Mapping[str, str], Bound]:
    key = EditionKey(job.document, lang, tag, _shape(job, lang))
    edition = press.compiler.edition(key)
    values: Mapping[str, str] = {}
    if job.wave:
        wording = press.compiler.wording(lang, tag)
        values = wave_values(job.wave, wording, zone=job.zone)
    return edition, values, bind(edition, values)


def _shape(job: Job, lang: str) -> Shape | None:
    if job.document != "announcement":
        return None
    number = len(job.instances) if job.reader else SAMPLE_INSTANCES
    count = plural_category(number, lang)
    if job.wave is None:
        return Shape(count=count)
    return replace(wave_shape(job.wave, zone=job.zone), count=count)


def _reader_values(job: Job, press: Press, *, tag: str) -> Mapping[str, str]:
    if job.reader is None:
        return sample_values(press.columns, tag=tag)
    reader = job.reader
    ids = tuple(instance.id for instance in job.instances)
    return contact_values(reader.contact, reader.customer, ids, tag=tag)


def _facts(
    job: Job,
    press: Press,
    edition: Edition,
    letter: Letter,
    values: Mapping[str, str],
) -> str:
    return document_facts(
        edition,
        press.notice,
        press.plan,
        wording=press.compiler.wording(job.lang, job.tag),
        subject=letter.title,
        wave=wave_facts(job.wave, values, zone=job.zone) if job.wave else None,
    )
