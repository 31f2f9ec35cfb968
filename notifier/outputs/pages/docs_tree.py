"""Lay out the docs tree: a page per notice and locale, and the contents.

Call `check_paths` before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from notifier.errors import NotifierError, Place, Problem
from notifier.model.notice import Notice, NoticeStatus
from notifier.model.page import TocEntry
from notifier.outputs.pages.contents import Entry, new_contents
from notifier.outputs.pages.publication import Publication

RULES = {"publish/same-path": "two files of the docs tree would have the same path"}
DOCS = PurePosixPath("docs")


def docs_page(publication: Publication, lang: str) -> tuple[PurePosixPath, str]:
    """Return the page of a locale, `docs/<locale>/<page.path>`, as path and text."""
    path = DOCS / lang / page_path(publication.notice)
    return path, publication.markdown(lang)


def contents_files(
    publications: Sequence[Publication],
) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield the contents of each locale, which list the pages with a `page.toc`."""
    for lang in locales_of(publications):
        for file, entries in entries_of(publications, lang).items():
            text = new_contents(entries, file, contents_title(publications, lang))
            yield DOCS / lang / file, text.encode()


def locales_of(publications: Iterable[Publication]) -> tuple[str, ...]:
    """Return the locales of all *publications*, each once."""
    tags = (lang for each in publications for lang in each.notice.locales)
    return tuple(dict.fromkeys(tags))


def page_path(notice: Notice) -> PurePosixPath:
    """Return where the page stands in the folder of a locale."""
    return PurePosixPath(notice.page.path or f"{notice.id}.md")


def contents_title(publications: Iterable[Publication], lang: str) -> str:
    """Return the title of new contents of a locale: who publishes first in it."""
    names = (
        each.notice.publisher.name
        for each in publications
        if lang in each.notice.locales
    )
    return next(names, "")


def entries_of(
    publications: Iterable[Publication], lang: str
) -> Mapping[PurePosixPath, tuple[Entry, ...]]:
    """Return what the contents of a locale list, by file."""
    found: dict[PurePosixPath, tuple[Entry, ...]] = {}
    for publication in publications:
        toc = publication.notice.page.toc
        if toc and lang in publication.notice.locales:
            file = PurePosixPath(toc.file)
            found[file] = (*found.get(file, ()), _entry(publication, toc, lang))
    return found


def check_paths(publications: Iterable[Publication]) -> None:
    """Raise a problem for each page whose path is that of another file.

    Raises:
        NotifierError: there are such pages.
    """
    publications = tuple(publications)
    pages: dict[str, Notice] = {}
    problems: list[Problem] = []
    for publication in publications:
        notice, path = publication.notice, page_path(publication.notice)
        # Not every system tells the case of letters.
        other = pages.setdefault(str(path).casefold(), notice)
        if other is not notice:
            who = f"{other.id!r} and {notice.id!r}"
            problems.append(_same(notice, f"the notices {who} both have", path))
    for publication in publications:
        toc = publication.notice.page.toc
        taken = pages.get(toc.file.casefold()) if toc else None
        if taken:
            who = f"the notice {taken.id!r} and the contents both have"
            problems.append(_same(taken, who, page_path(taken)))
    problems += _files_as_folders(publications)
    if problems:
        raise NotifierError(problems)


def _files_as_folders(publications: Iterable[Publication]) -> Iterator[Problem]:
    files: dict[str, Notice] = {}
    for publication in publications:
        notice, toc = publication.notice, publication.notice.page.toc
        files |= {toc.file.casefold(): notice} if toc else {}
        files[str(page_path(notice)).casefold()] = notice
    for path, notice in files.items():
        for parent in PurePosixPath(path).parents:
            if str(parent) in files:
                yield _same(notice, "a file and a folder both have", parent)


def _same(notice: Notice, who: str, path: PurePosixPath) -> Problem:
    known = notice.places or {}
    place = known.get("page.path") or known.get("notice") or Place("notice.yaml")
    place = replace(place, path=(notice.folder / place.path).as_posix())
    message, hint = f"{who} the path {str(path)!r}", "change page.path in one of them"
    return Problem("publish/same-path", message, place, hint)


def _entry(publication: Publication, toc: TocEntry, lang: str) -> Entry:
    notice, wording = publication.notice, publication.wordings[lang]
    return Entry(
        page=page_path(notice),
        title=wording.text(toc.title or notice.title),
        section=toc.section,
        heading=_heading(toc.section, wording.catalog.find(toc.section or "")),
        hidden=publication.status is NoticeStatus.ARCHIVED,
    )


def _heading(section: str | None, translated: str | None) -> str:
    """Return the text of a section; an id is spelled like words."""
    if translated or not section or " " in section:
        return translated or section or ""
    return section[:1].upper() + section[1:].replace("-", " ")
