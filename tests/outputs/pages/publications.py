"""Publications of the sample and of notices of model objects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import PurePosixPath

from notifier.content.compiler import Compiler
from notifier.content.translations import read_catalogs
from notifier.model.notice import Change, Notice, Question
from notifier.model.page import Page, Section
from notifier.model.schedule import Wave
from notifier.model.values import Text
from notifier.notice import read_notice
from notifier.outputs.pages.docs_tree import check_paths, contents_files, docs_page
from notifier.outputs.pages.publication import Publication
from notifier.outputs.pages.site import (
    around_files,
    check_site,
    site_pages,
    web_files,
)
from notifier.planning import plan
from notifier.planning.status import last_updated, notice_status
from notifier.resources import resource_folder
from tests.outputs.schedule_samples import NOTICE, NOW, PLACE


def publication(notice: Notice, *, now: datetime = NOW) -> Publication:
    """Return *notice* ready to be published."""
    planned = plan(notice, now=now)[0]
    compiler = Compiler(notice, planned, read_catalogs(notice)[0])
    return Publication(
        notice,
        planned,
        compiler,
        notice_status(notice, planned),
        last_updated(notice),
        {lang: compiler.wording(lang, lang) for lang in notice.locales},
    )


def sample_publication() -> Publication:
    """Return the sample, with two changes that its author lists."""
    notice, _ = read_notice(resource_folder("examples") / "email-infrastructure")
    first = change("2024-01-25", "The **first** night moves by a day.")
    last = change("2024-01-31", "More questions are answered.")
    return publication(replace(notice, changes=(first, last)))


def docs_files(*publications: Publication) -> dict[str, str]:
    """Return the docs tree of *publications*, by the paths of its files."""
    check_paths(publications)
    pages = [
        docs_page(each, lang) for each in publications for lang in each.notice.locales
    ]
    contents = ((path, data.decode()) for path, data in contents_files(publications))
    return {str(path): text for path, text in (*pages, *contents)}


def site_files(*publications: Publication) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield the web site of *publications*."""
    check_site(publications)
    pages = site_pages(publications)
    for each in publications:
        for lang in each.notice.locales:
            yield from web_files(each, lang, pages[lang])
    yield from around_files(publications)


def with_waves(*waves: Wave) -> Notice:
    """Return a notice with *waves* alone, counting no instance."""
    schedule = NOTICE.schedule
    assert schedule is not None
    schedule = replace(schedule, phases=(), waves=waves, model=None)
    return replace(NOTICE, schedule=schedule, instances=None)


def change(day: str, text: str) -> Change:
    return Change(date.fromisoformat(day), Text(text, True, PLACE))


def with_faq(*questions: tuple[str, str]) -> Notice:
    """Return a notice without a schedule, with plain questions and rich answers."""
    return replace(
        NOTICE,
        schedule=None,
        instances=None,
        notice_period=None,
        faq=tuple(
            Question(
                f"question-{number}",
                question=Text(question, False, PLACE),
                answer=Text(answer, True, PLACE),
            )
            for number, (question, answer) in enumerate(questions)
        ),
        page=Page(outline=(Section("faq"),)),
    )
