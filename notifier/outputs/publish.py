"""Publish notices: the docs tree and the web site, for all their locales."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import TYPE_CHECKING

from notifier.content.compiler import Compiler
from notifier.content.dialect.lint_page import lint_problems
from notifier.content.library import CodeCache
from notifier.content.translations import read_catalogs, translation_problems
from notifier.errors import NotifierError, Problem, Severity, raise_errors
from notifier.model.notice import Notice
from notifier.notice import read_notice
from notifier.outputs.files import Written, write_folder
from notifier.outputs.pages.docs_tree import (
    check_paths,
    contents_files,
    docs_page,
    page_path,
)
from notifier.outputs.pages.names import name_problems
from notifier.outputs.pages.publication import Publication
from notifier.outputs.pages.site import (
    around_files,
    check_site,
    site_pages,
    web_files,
)
from notifier.planning import plan
from notifier.planning.status import last_updated, notice_status

if TYPE_CHECKING:
    from notifier.outputs.pages.checkout import Updated

File = tuple[PurePosixPath, bytes]
Progress = Callable[[int, int], None]
# Such a wave would be called planned by a page, though it has passed.
_PAST = "waves/overdue"


@dataclass(frozen=True, slots=True)
class Published:
    """What was written, and the warnings."""

    written: Written
    problems: tuple[Problem, ...]


def read_notices(
    folders: Sequence[Path],
) -> tuple[tuple[Notice, ...], tuple[Problem, ...]]:
    """Read several notice folders; return the notices and their warnings.

    Of several, each problem's place begins with its folder.

    Raises:
        NotifierError: a file has an error; it holds all problems of all folders.
    """
    notices: list[Notice] = []
    problems: list[Problem] = []
    for folder in dict.fromkeys(folders):
        try:
            notice, said = read_notice(folder)
            notices.append(notice)
        except NotifierError as error:
            said = error.problems
        problems += _located(said, folder, among=len(folders))
    raise_errors(problems)
    return tuple(notices), tuple(problems)


def publish(
    notices: Sequence[Notice],
    *,
    now: datetime,
    output: Path,
    progress: Progress = lambda done, total: None,
) -> Published:
    """Write `docs/` and `web/` of *notices* into the folder *output*, whole or not.

    *progress* is called with the number of pages done and their total.

    Raises:
        NotifierError: a schedule has an error or calls the past planned, a translation
            is missing and the notice forbids that, a page breaks a rule of its dialect
            or names a customer, or two notices stand in each other's way.
        OSError: the system refuses; *output* is as it was.
    """
    publications, problems = _prepared(notices, now=now)
    files = _whole(publications, problems)
    written = write_folder(
        output, _counted(files, _pages(notices, media=2), progress), command="publish"
    )
    return Published(written, tuple(problems))


def publish_into(
    docs: Path,
    notices: Sequence[Notice],
    *,
    now: datetime,
    progress: Progress = lambda done, total: None,
) -> Updated:
    """Update the pages of *notices*, and the contents that list them, in *docs*.

    *docs* is a checkout of a documentation tree, with a folder per locale. What others
    wrote into the front matter and the contents stays; a second run changes nothing.

    Raises:
        NotifierError: as `publish` does, or a file of the checkout cannot be updated;
            nothing is written.
        OSError: the system refuses; files are replaced one by one, each whole.
    """
    from notifier.outputs.pages.checkout import update_checkout

    publications, problems = _prepared(notices, now=now)
    for publication in publications:
        path = page_path(publication.notice)
        with _errors_of(publication, among=len(publications)):
            for lang in publication.notice.locales:
                markdown = publication.markdown(lang)
                problems += lint_problems(markdown, f"{lang}/{path}", lang=lang)
    problems += _untranslated(publications)
    raise_errors(problems)
    updated = update_checkout(publications, docs, progress=progress)
    return replace(updated, problems=(*problems, *updated.problems))


def _prepared(
    notices: Sequence[Notice], *, now: datetime
) -> tuple[tuple[Publication, ...], list[Problem]]:
    """Return what the files are made from, and warnings."""
    publications: list[Publication] = []
    problems: list[Problem] = []
    codes = CodeCache()
    for notice in notices:
        planned, said = plan(notice, now=now)
        catalogs, damaged = read_catalogs(notice)
        found = [*map(_strict, said), *damaged, *name_problems(notice, catalogs)]
        problems += _located(found, notice.folder, among=len(notices))
        if any(problem.is_error for problem in found):
            continue
        compiler = Compiler(notice, planned, catalogs, codes=codes)
        publications.append(
            Publication(
                notice,
                planned,
                compiler,
                notice_status(notice, planned),
                last_updated(notice),
                {lang: compiler.wording(lang, lang) for lang in notice.locales},
            )
        )
    raise_errors(problems)
    return tuple(publications), problems


def _strict(problem: Problem) -> Problem:
    """Make an error of what a public page must not say."""
    is_past = problem.rule == _PAST
    return replace(problem, severity=Severity.ERROR) if is_past else problem


def _whole(
    publications: Sequence[Publication], problems: list[Problem]
) -> Iterator[File]:
    """Yield all files; end in an error rather than with a file that must not stand.

    Files are made one by one: of many notices, only what the indexes list is held.
    """
    check_paths(publications)
    check_site(publications)
    pages = site_pages(publications)
    for publication in publications:
        with _errors_of(publication, among=len(publications)):
            for lang in publication.notice.locales:
                path, markdown = docs_page(publication, lang)
                problems += lint_problems(markdown, str(path), lang=lang)
                yield path, markdown.encode()
                # At once: what the page is told from serves the web page, too.
                yield from web_files(publication, lang, pages[lang])
    yield from contents_files(publications)
    yield from around_files(publications)
    problems += _untranslated(publications)
    raise_errors(problems)


def _untranslated(publications: Sequence[Publication]) -> Iterator[Problem]:
    for publication in publications:
        notice = publication.notice
        missing = translation_problems(publication.compiler.misses(), notice)
        yield from _located(missing, notice.folder, among=len(publications))


def _pages(notices: Iterable[Notice], *, media: int) -> int:
    return media * sum(len(notice.locales) for notice in notices)


def _counted(files: Iterable[File], total: int, progress: Progress) -> Iterator[File]:
    """Yield *files*, and tell *progress* of each page among them."""
    done = 0
    for path, data in files:
        yield path, data
        if path.suffix in (".md", ".html") and done < total:
            done += 1
            progress(done, total)


@contextmanager
def _errors_of(publication: Publication, *, among: int) -> Iterator[None]:
    """Say of which notice an error is that is found while its files are made."""
    try:
        yield
    except NotifierError as error:
        folder = publication.notice.folder
        raise NotifierError(_located(error.problems, folder, among=among)) from error


def _located(
    problems: Iterable[Problem], folder: Path, *, among: int
) -> Iterator[Problem]:
    """Yield *problems* with *folder* before their places, if it is one of several."""
    for problem in problems:
        place = problem.place
        if place is None or among == 1 or _is_whole(place.path, folder):
            yield problem
        else:
            path = _beside(folder, place.path)
            yield replace(problem, place=replace(place, path=path))


def _is_whole(path: str, folder: Path) -> bool:
    """Tell a path that can be read without knowing of which *folder* it is."""
    is_ours = path.startswith("builtin/") or Path(path) == folder
    return is_ours or Path(path).is_absolute()


def _beside(folder: Path, path: str) -> str:
    joined = (folder / path).as_posix()
    return joined if folder.is_symlink() else normpath(joined)
