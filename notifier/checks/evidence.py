"""Make everything that would go out, in memory, and read it back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from notifier.checks.letters import Letter, Letters, read_letters
from notifier.checks.reading_back import Output, read_back
from notifier.content.compiler import Compiler
from notifier.content.translations import read_catalogs
from notifier.errors import NotifierError, Problem
from notifier.language.catalogs import Catalog
from notifier.model.notice import Notice
from notifier.model.schedule import Plan
from notifier.outputs.documents import Press, render_job
from notifier.outputs.jobs import FORMATS, RenderRequest, render_jobs
from notifier.outputs.mail.manifest import previous_problems
from notifier.outputs.pages.docs_tree import check_paths, docs_page
from notifier.outputs.pages.publication import Publication
from notifier.outputs.pages.site import check_site, site_pages, web_files
from notifier.planning import plan
from notifier.planning.status import last_updated, notice_status

Progress = Callable[[int, int], None]
_SORTS = {".html": "web", ".xml": "feed", ".svg": "timeline"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is checked: the facts, and the finished outputs, read back.

    *letters* are one message for each wave, language and zone, *documents* those of
    `publish` and `render`, but for what a letter tells already; *calendars* are the
    public ones, each with its path and locale, *pictures* the paths of logos.
    *problems* were found on the way, *unchecked* could not be made.
    """

    notice: Notice
    plan: Plan
    catalogs: Callable[[str], Catalog]
    compiler: Compiler
    documents: tuple[Output, ...] = ()
    calendars: tuple[tuple[str, str, bytes], ...] = ()
    pictures: tuple[str, ...] = ()
    letters: tuple[Letter, ...] = ()
    mailing: Letters = field(default_factory=Letters)
    problems: tuple[Problem, ...] = ()
    unchecked: tuple[str, ...] = ()


@dataclass
class _Gathering:
    """Goes on where something fails, and remembers what that was."""

    problems: list[Problem] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)

    @contextmanager
    def trying(self, what: str) -> Iterator[None]:
        try:
            yield
        except NotifierError as error:
            self.problems += error.problems
            self.unchecked.append(what)


def gather(
    notice: Notice,
    *,
    now: datetime,
    previous: Path | None = None,
    progress: Progress = lambda done, total: None,
) -> Evidence:
    """Return the evidence about *notice* at *now*.

    *previous* is the manifest of an earlier run, or its folder. *progress* is called
    with the number of messages looked at and their total.
    """
    gathering = _Gathering()
    planned, said = plan(notice, now=now)
    planned = _without_repeats(planned, gathering)
    catalogs, damaged = read_catalogs(notice)
    gathering.problems += [*said, *filter(_is_whole, damaged)]
    columns = frozenset(notice.contacts.extra) if notice.contacts else frozenset()
    compiler = Compiler(notice, planned, catalogs, columns)
    evidence = Evidence(notice, planned, catalogs, compiler)
    letters, mailing = _letters(evidence, now, gathering, progress)
    calendars: list[tuple[str, str, bytes]] = []
    pictures: list[str] = []
    told = {(letter.html.wave, letter.html.lang) for letter in letters}
    rendered = [*_rendered(evidence, columns, told, gathering)]
    documents = [*_published(evidence, calendars, pictures, gathering), *rendered]
    if previous:
        waves = {wave.wave.id: wave for wave in planned.waves}
        gathering.problems += previous_problems(previous, waves)
    return replace(
        evidence,
        documents=tuple(documents),
        calendars=tuple(calendars),
        pictures=tuple(pictures),
        letters=letters,
        mailing=mailing,
        problems=tuple(gathering.problems),
        unchecked=tuple(dict.fromkeys(gathering.unchecked)),
    )


def _is_whole(problem: Problem) -> bool:
    """Tell what is told of a catalog once from what is told again of each entry."""
    is_own = problem.place is not None and problem.place.path.startswith("locales/")
    return not (is_own and problem.rule == "catalog/fuzzy")


def _without_repeats(planned: Plan, gathering: _Gathering) -> Plan:
    """Return the plan with one wave of each id, which outputs are about."""
    waves = tuple({wave.wave.id: wave for wave in planned.waves}.values())
    if len(waves) < len(planned.waves):
        gathering.unchecked.append("the other waves of the same id")
    return replace(planned, waves=waves)


def _rendered(
    evidence: Evidence,
    columns: frozenset[str],
    told: Collection[tuple[str, str]],
    gathering: _Gathering,
) -> Iterator[Output]:
    """Yield what `render` makes, but announcements in the waves and locales *told*."""
    notice, now = evidence.notice, evidence.plan.now
    press = Press(notice, evidence.plan, evidence.compiler, columns)
    with gathering.trying("the documents"):
        jobs, warnings = render_jobs(notice, evidence.plan, RenderRequest(), now=now)
        gathering.problems += warnings
        for job in jobs:
            wave = job.wave.wave.id if job.wave else ""
            if job.document == "announcement" and (wave, job.lang) in told:
                continue
            with gathering.trying(f"{job.document} in {job.tag}"):
                for file in render_job(job, press, FORMATS):
                    yield read_back(
                        str(file.path),
                        file.text,
                        lang=job.lang,
                        tag=job.tag,
                        document=job.document,
                        wave=wave,
                        zone=job.zone,
                    )


def _published(
    evidence: Evidence,
    calendars: list[tuple[str, str, bytes]],
    pictures: list[str],
    gathering: _Gathering,
) -> Iterator[Output]:
    """Yield what `publish` would write.

    The calendars go to *calendars*, the paths of other files to *pictures*.
    """
    notice, compiler = evidence.notice, evidence.compiler
    with gathering.trying("the published pages"):
        publication = Publication(
            notice,
            evidence.plan,
            compiler,
            notice_status(notice, evidence.plan),
            last_updated(notice),
            {lang: compiler.wording(lang, lang) for lang in notice.locales},
        )
        gathering.problems += _clashes(publication)
        pages = site_pages((publication,))
        for lang in notice.locales:
            with gathering.trying(f"the published page in {lang}"):
                path, markdown = docs_page(publication, lang)
                yield read_back(str(path), markdown, lang=lang, document="docs")
                for path, data in web_files(publication, lang, pages[lang]):
                    if path.suffix == ".ics":
                        calendars.append((str(path), lang, data))
                    elif sort := _SORTS.get(path.suffix):
                        text = data.decode()
                        yield read_back(str(path), text, lang=lang, document=sort)
                    else:
                        pictures.append(str(path))


def _clashes(publication: Publication) -> Iterator[Problem]:
    """Yield which files of the notice would stand in each other's way."""
    above = f"{publication.notice.folder.as_posix()}/"
    for judge in (check_paths, check_site):
        try:
            judge((publication,))
        except NotifierError as error:
            for each in error.problems:
                # They name the whole path, as one of several notices has to.
                path = each.place.path.removeprefix(above) if each.place else ""
                yield replace(each, place=each.place and replace(each.place, path=path))


def _letters(
    evidence: Evidence, now: datetime, gathering: _Gathering, progress: Progress
) -> tuple[tuple[Letter, ...], Letters]:
    mailing = Letters()
    found: list[Letter] = []
    with gathering.trying("the messages"):
        found += read_letters(
            evidence.notice,
            evidence.plan,
            evidence.compiler,
            mailing,
            now=now,
            progress=progress,
        )
    gathering.problems += mailing.problems
    return tuple(found), mailing
