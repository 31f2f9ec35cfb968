"""The docs tree has a page per notice and locale, and contents per locale."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from notifier.errors import NotifierError, Place
from notifier.model.page import FaqStyle, Page, TocEntry
from tests.outputs.pages.publications import (
    docs_files,
    publication,
    sample_publication,
    with_faq,
)
from tests.outputs.schedule_samples import NOTICE, text

PLAIN = replace(NOTICE, schedule=None, instances=None, notice_period=None)
LISTED = replace(PLAIN, page=Page(path="guides/upgrade.md", toc=TocEntry()))
OTHER = replace(LISTED, id="database", title=text("Database"))


def files(*notices) -> dict[str, str]:
    return docs_files(*map(publication, notices))


def problems(*notices) -> list[str]:
    with pytest.raises(NotifierError) as caught:
        files(*notices)
    return [str(each).partition("\n")[0] for each in caught.value.problems]


def test_the_sample_has_its_page_and_contents_in_every_locale() -> None:
    sample = sample_publication()

    found = docs_files(sample)

    assert found.keys() == {
        f"docs/{lang}/{name}"
        for lang in sample.notice.locales
        for name in ("technotes/upgrades/upgrade-to-aws.md", "TOC.md")
    }
    page = found["docs/it/technotes/upgrades/upgrade-to-aws.md"]
    assert page == sample.markdown("it")
    assert found["docs/it/TOC.md"] == (
        "# Adobe {#toc}\n"
        "\n"
        "+ Upgrades{#upgrades}\n"
        "  + [Aggiornamento dell’infrastruttura di invio e-mail di Campaign]"
        "(technotes/upgrades/upgrade-to-aws.md)\n"
    )


def test_a_notice_without_a_path_is_named_by_its_id_and_without_toc_is_not_listed():
    assert files(PLAIN).keys() == {"docs/en/email-infrastructure.md"}


def test_one_file_lists_all_notices_that_name_it() -> None:
    toc = TocEntry("guides/TOC.md", "what is new", text("The {date:2024-02-06} one"))
    second = replace(OTHER, page=Page(path="guides/database.md", toc=toc))
    archived = replace(
        OTHER,
        id="old",
        locales=("en", "it"),
        title=text("Old"),
        archived=date(2024, 1, 1),
        page=Page(path="old.md", toc=replace(toc, title=None)),
    )

    found = files(replace(LISTED, page=Page(toc=toc)), second, archived)

    assert found["docs/en/guides/TOC.md"] == (
        "# Adobe {#toc}\n"
        "\n"
        "+ what is new\n"
        "  + [The February 6, 2024 one](../email-infrastructure.md)\n"
        "  + [The February 6, 2024 one](database.md)\n"
        "  + {hide-from-toc} [Old](../old.md)\n"
    )
    assert found["docs/it/guides/TOC.md"] == (
        "# Adobe {#toc}\n\n+ what is new\n  + {hide-from-toc} [Old](../old.md)\n"
    )


def test_two_notices_of_one_path_are_both_named() -> None:
    where = {"page.path": Place("notice.yaml", 7, 9)}
    upper = replace(OTHER, page=Page(path="guides/Upgrade.md"), places=where)

    assert problems(LISTED, upper) == [
        "email-infrastructure/notice.yaml:7:9: error: the notices "
        "'email-infrastructure' and 'database' both have the path 'guides/Upgrade.md' "
        "[publish/same-path]"
    ]


def test_a_page_cannot_stand_where_contents_do() -> None:
    page = replace(PLAIN, page=Page(path="TOC.md"))

    assert problems(page, LISTED) == [
        "email-infrastructure/notice.yaml: error: the notice 'email-infrastructure' "
        "and the contents both have the path 'TOC.md' [publish/same-path]"
    ]


def test_all_questions_are_named_that_cannot_be_the_title_of_a_collapsible() -> None:
    faq = with_faq(("C & D?", "Yes."), ("So?", "So."), ("E & F?", "No."))
    folded = replace(faq, page=replace(faq.page, faq_style=FaqStyle.COLLAPSIBLE))

    assert [each.partition("error: ")[2] for each in problems(folded)] == [
        f"the question {title!r} holds a character of Markdown [faq/collapsible-title]"
        for title in ("C & D?", "E & F?")
    ]
