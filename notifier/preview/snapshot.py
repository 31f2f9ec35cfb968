"""Read a notice folder for the preview: what can be shown of it, and what is wrong."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from notifier.content.compiler import DOCUMENTS, PUBLIC
from notifier.content.library import CodeCache
from notifier.content.translations import own_folders
from notifier.errors import NotifierError, Place, Problem, in_order, raise_errors
from notifier.language.catalogs import load_catalog
from notifier.language.pseudo import PSEUDO_LOCALES, pseudo_catalog
from notifier.model.notice import Notice
from notifier.model.schedule import Plan
from notifier.notice import read_notice
from notifier.outputs.emails import letterhead_of
from notifier.outputs.jobs import NO_WAVE
from notifier.outputs.mail.choice import choice_problems
from notifier.outputs.mail.due import EmailRequest, announced_waves
from notifier.planning import plan
from notifier.preview.case import Case, TemplateState
from notifier.preview.contacts import Listed, list_contacts
from notifier.preview.press import Press, failure
from notifier.preview.problems import Shown, show_problems
from notifier.resources import resource_folder

RULES = {
    "preview/unreadable": "a file cannot be read, or went away meanwhile",
}
# A folder with more is watched and read no further; no notice has so many.
_MOST_FOLDERS = 2_000
# Of templates that were edited so often that most are former ones.
_MOST_CODES = 200
_UNNEEDED = "emails/no-contacts"


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the matrix: a document in a locale, about a wave if it has one."""

    document: str
    locale: str
    wave: str | None = None

    @property
    def key(self) -> str:
        """Return its name, such as `announcement/it/production-1` or `page/it`."""
        parts = (self.document, self.locale, self.wave)
        return "/".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A notice folder at one moment; *case* is None if it cannot be read.

    *problems* are those of the folder as a whole, *shown* how they look; *presses* make
    its documents, by locale.
    """

    folder: Path
    problems: tuple[Problem, ...] = ()
    shown: tuple[Shown, ...] = ()
    case: Case | None = None
    presses: Mapping[str, Press] = field(default_factory=dict)
    contacts: tuple[Listed, ...] = ()

    @property
    def waves(self) -> tuple[str, ...]:
        """Return the ids of the waves to announce, `none` for instances without one."""
        if self.case is None:
            return ()
        notice, ids = self.case.notice, tuple(self.case.waves)
        loose = any(not each.wave for each in notice.instances or ())
        return (*ids, NO_WAVE) if loose or not self.case.plan.waves else ids

    def columns(self, document: str) -> tuple[str | None, ...]:
        """Return the waves that a document is made for; None stands for any."""
        return (None,) if document in PUBLIC else self.waves

    def cells(self) -> Iterator[Cell]:
        """Yield the cells of the matrix, locale by locale, the notice's own first."""
        for locale in self.presses:
            for document in DOCUMENTS:
                for wave in self.columns(document):
                    yield Cell(document, locale, wave)


def take_snapshot(
    folder: Path, *, now: datetime, before: Snapshot | None = None
) -> Snapshot:
    """Return the state of the notice *folder*.

    Whatever is as in the snapshot *before* is taken from it, compiled as it is.

    Raises:
        NotifierError: the notice cannot be read, or its schedule has an error.
        OSError: a file went away while it was read.
    """
    notice, warnings = read_notice(folder)
    planned, said = plan(notice, now=now)
    raise_errors((*warnings, *said))
    case = _case(notice, planned, now=now, before=before.case if before else None)
    presses = _presses(case, before.presses if before else {})
    damage = (problem for press in presses.values() for problem in press.damage)
    problems = in_order((*warnings, *said, *damage))
    shown = show_problems(problems, folder)
    return Snapshot(folder, problems, shown, case, presses, list_contacts(notice))


def read_folder(
    folder: Path, *, now: datetime, before: Snapshot | None = None
) -> Snapshot:
    """Return what `take_snapshot` does; errors are told in it, never raised."""
    try:
        return take_snapshot(folder, now=now, before=before)
    except NotifierError as error:
        problems = error.problems
    except OSError as error:
        reason = (error.strerror or "the file cannot be read").lower()
        place = Place(Path(os.fsdecode(error.filename or folder)).name)
        problems = (Problem("preview/unreadable", reason, place),)
    except Exception as error:  # the preview goes on, and mends itself at the next save
        problems = (failure(error),)
    return Snapshot(folder, problems, show_problems(problems, folder))


def _case(notice: Notice, planned: Plan, *, now: datetime, before: Case | None) -> Case:
    request = EmailRequest()
    templates = frozenset(_template_states(notice.folder))
    unsendable = tuple(choice_problems(notice, planned, request, now=now))
    if any(problem.rule == _UNNEEDED for problem in unsendable):
        # Who has no contacts does not mean to send mails.
        unsendable = ()
    return Case(
        notice,
        planned,
        now,
        letterhead_of(notice, now),
        announced_waves(planned, request, now),
        templates,
        unsendable,
        bool(notice.publisher.sender and notice.publisher.domain),
        _codes(templates, before),
    )


def _codes(templates: frozenset[TemplateState], before: Case | None) -> CodeCache:
    """Return the templates as far as they are read and compiled already.

    A cache of sources is for one state of the files; code knows its source.
    """
    if before is None or len(before.codes.codes) > _MOST_CODES:
        return CodeCache()
    if before.templates == templates:
        return before.codes
    return CodeCache(codes=dict(before.codes.codes))


def _presses(case: Case, before: Mapping[str, Press]) -> dict[str, Press]:
    """Return a press per locale, the one of *before* where nothing has changed."""
    notice = case.notice
    folders = tuple(each / "locales" for each in reversed(own_folders(notice.folder)))
    read = {tag: load_catalog(tag, folders) for tag in notice.locales}
    default, _ = read[notice.default_locale]
    disguised = {tag: (pseudo_catalog(tag, default), ()) for tag in PSEUDO_LOCALES}
    made: dict[str, Press] = {}
    for tag, (catalog, damage) in (read | disguised).items():
        press = Press(tag, case, catalog, default, damage)
        old = before.get(tag)
        made[tag] = old if old and old.is_like(press) else press
    return made


def _template_states(folder: Path) -> Iterator[TemplateState]:
    """Yield path, time of change and size of each template that counts."""
    rooms = [each / "templates" for each in own_folders(folder)]
    for parent in below([*rooms, resource_folder("templates")]):
        for entry in os.scandir(parent):
            if entry.name.endswith(".j2") and entry.is_file():
                state = entry.stat()
                yield entry.path, state.st_mtime_ns, state.st_size


def below(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield those of *folders* that exist, and the folders in them.

    Hidden folders are left out, and symbolic links are not followed.
    """
    left = _MOST_FOLDERS
    for folder in folders:
        for parent, names, _ in os.walk(folder):
            names[:] = sorted(name for name in names if not name.startswith("."))
            yield Path(parent)
            left -= 1
            if left <= 0:
                return
