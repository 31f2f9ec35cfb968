"""A page that is published in two languages fills the catalog."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from notifier.errors import NotifierError
from notifier.outputs.documents import render_documents
from notifier.outputs.jobs import RenderRequest
from notifier.outputs.translations.page_blocks import PageBlock, page_blocks
from notifier.outputs.translations.page_import import import_page
from notifier.outputs.translations.page_pairs import finer_pairs, paired_blocks
from tests.outputs.translations.catalog_folders import (
    ITALIAN,
    catalog_bytes,
    mail_folder,
    notice_in,
    translations,
    write,
)

NOW = datetime(2024, 2, 1, tzinfo=UTC)
ENGLISH_PAGE = """\
---
title: Mail upgrade
description: ''
---

# Mail upgrade {#top}

## What changes? {#what}

We move your mail until March 2024. It gets faster.

## Who? {#who}

* All customers

For help: [Kestrel Care](https://kestrel.example/help){target="_blank"}.
"""
ITALIAN_PAGE = """\
---
title: Aggiornamento della posta
description: ''
---

# Aggiornamento della posta {#top}

## Che cosa cambia? {#what}

Spostiamo la posta entro marzo 2024. Diventa più veloce.

## Chi? {#who}

* Tutti i clienti

Per assistenza: [Aiuto Kestrel](https://kestrel.example/it/help){target="_blank"}.
"""


@pytest.fixture
def folder(tmp_path):
    folder = mail_folder(tmp_path / "mail")
    (folder / "locales/it/LC_MESSAGES/notice.po").unlink()
    return folder


def pages(tmp_path: Path, translated: str, original: str = ENGLISH_PAGE):
    write(tmp_path, "docs/en/mail.md", original)
    write(tmp_path, "docs/it/mail.md", translated)
    return tmp_path / "docs/en/mail.md", tmp_path / "docs/it/mail.md"


def test_the_texts_of_a_notice_are_found_in_its_page(folder, tmp_path):
    done = import_page(notice_in(folder), *pages(tmp_path, ITALIAN_PAGE))

    assert translations(folder) == {
        "Mail upgrade": "Aggiornamento della posta",
        "We move your mail until {date:2024-03}.": (
            "Spostiamo la posta entro {date:2024-03}."
        ),
        "Kestrel Care": "Aiuto Kestrel",
        "All customers": "Tutti i clienti",
    }
    assert (done.tag, done.filled, done.kept, done.empty) == ("it", 4, 0, ())
    assert done.problems == ()


@pytest.mark.parametrize(
    ("overwrite", "name", "kept"),
    [(False, "Assistenza Kestrel", 1), (True, "Aiuto Kestrel", 0)],
)
def test_what_is_translated_stays_unless_it_is_to_be_replaced(
    folder, tmp_path, overwrite, name, kept
):
    write(folder, "locales/it/LC_MESSAGES/notice.po", ITALIAN)

    done = import_page(
        notice_in(folder), *pages(tmp_path, ITALIAN_PAGE), overwrite=overwrite
    )

    assert translations(folder)["Kestrel Care"] == name
    assert done.kept == kept


def test_a_section_of_another_structure_is_told_with_both_lines(folder, tmp_path):
    translated = ITALIAN_PAGE.replace("* Tutti", "Ecco:\n\n* Alcuni\n* Tutti")
    original, page = pages(tmp_path, translated)

    done = import_page(notice_in(folder), original, page)

    assert [str(each) for each in done.problems] == [
        f"{page}:14: warning: paragraph 0 where {original}:14 has item 0: 'Ecco:', "
        "'All customers' [page/structure]\n"
        "    hint: give both sections the same structure, then import again"
    ]
    assert done.empty == ("support.name", "audience.0.name")


def test_a_section_that_one_page_lacks_does_not_move_the_others(folder, tmp_path):
    translated = ITALIAN_PAGE.replace(
        "## Chi?", "## Perché? {#why}\n\nPerché sì.\n\n## Chi?"
    )

    done = import_page(notice_in(folder), *pages(tmp_path, translated))

    assert [each.rule for each in done.problems] == ["page/structure"]
    assert done.filled == 4


def test_a_page_without_anchors_is_paired_by_its_order(folder, tmp_path):
    translated = re.sub(r" \{#\w+\}", "", ITALIAN_PAGE)

    done = import_page(notice_in(folder), *pages(tmp_path, translated))

    assert translated != ITALIAN_PAGE
    assert (done.filled, done.problems) == (4, ())


def test_what_nobody_has_translated_is_not_adopted(folder, tmp_path):
    translated = ITALIAN_PAGE.replace("Tutti i clienti", "All customers")

    done = import_page(notice_in(folder), *pages(tmp_path, translated))

    assert done.empty == ("audience.0.name",)


def test_a_date_that_is_written_in_another_way_is_told(folder, tmp_path):
    translated = ITALIAN_PAGE.replace("entro marzo 2024", "entro 3/2024")
    _, page = pages(tmp_path, translated)

    done = import_page(notice_in(folder), *pages(tmp_path, translated))

    (problem,) = done.problems
    assert (problem.rule, str(problem.place)) == ("page/value", f"{page}:10")
    assert done.empty == ("reason",)


@pytest.mark.parametrize("other", ["13 marzo 2024", "marzo 20245"])
def test_a_date_within_another_one_is_not_taken_for_it(folder, tmp_path, other):
    translated = ITALIAN_PAGE.replace("entro marzo 2024", f"entro {other}")

    done = import_page(notice_in(folder), *pages(tmp_path, translated))

    told = [problem.rule for problem in done.problems]
    assert told == (["page/value"] if "20245" in other else [])


@pytest.mark.parametrize(
    ("names", "rule"),
    [
        (("docs/en/mail.md", "docs/fr/mail.md"), "page/unreadable"),
        (("docs/en/mail.md", "notice.md"), "page/locale"),
        (("gone.md", "docs/it/mail.md"), "page/unreadable"),
    ],
    ids=["absent", "locale", "original"],
)
def test_a_page_that_is_of_no_use_is_a_problem(folder, tmp_path, names, rule):
    pages(tmp_path, ITALIAN_PAGE)
    before = catalog_bytes(folder)
    locale = "it" if "fr" in names[1] else None

    with pytest.raises(NotifierError) as refused:
        import_page(
            notice_in(folder), *(tmp_path / name for name in names), locale=locale
        )

    assert refused.value.problems[0].rule == rule
    assert catalog_bytes(folder) == before


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["it", "fr", "pl", "ja", "zh-Hant", "ar"])
def test_the_published_page_of_the_sample_gives_its_translations_back(
    sample, tmp_path, tag
):
    notice = notice_in(sample)
    request = RenderRequest(documents=("page",), formats=("md",))
    for file in render_documents(notice, request, now=NOW).files:
        write(tmp_path, f"docs/{file.path}", file.text)
    before = translations(sample, tag)
    (sample / f"locales/{tag}/LC_MESSAGES/notice.po").unlink()

    folders = [tmp_path / "docs" / each / "page.md" for each in ("en", tag)]
    done = import_page(notice, *folders)

    found = {id: said for id, said in translations(sample, tag).items() if said}
    assert done.filled == len(found) >= 9
    assert {id: before[id] for id in found} == found


def test_a_page_is_read_as_blocks_with_their_lines():
    blocks = page_blocks(
        "---\ntitle: 'T'\nexl-id: x\n---\n\n# T {#t}\n\nOne\ntwo.\n\n* a\n  more\n\n"
        "  under\n\n>[!NOTE]\n>\n>Said.\n\n| A | B |\n|---|---|\n| c | d |\n\n"
        "```\ncode\n```\n\n+++Fold\n\nIn.\n\n+++\n"
    )

    assert blocks == (
        PageBlock("front matter title", "T", 2),
        PageBlock("heading 1", "T", 6, "t"),
        PageBlock("paragraph 0", "One two.", 8),
        PageBlock("item 0", "a more", 11),
        PageBlock("paragraph 1", "under", 14),
        PageBlock("alert NOTE", "NOTE", 16),
        PageBlock("quoted paragraph 0", "Said.", 18),
        PageBlock("cell", "A", 20),
        PageBlock("cell", "B", 20),
        PageBlock("cell", "c", 22),
        PageBlock("cell", "d", 22),
        PageBlock("code", "```", 24),
        PageBlock("end of code", "```", 26),
        PageBlock("details", "Fold", 28),
        PageBlock("paragraph 0", "In.", 30),
    )


def test_pages_of_one_structure_are_paired_block_by_block():
    pairs, problems = paired_blocks(
        page_blocks(ENGLISH_PAGE), page_blocks(ITALIAN_PAGE), shown=("en.md", "it.md")
    )

    assert problems == ()
    assert [(one.line, other.line) for one, other in pairs] == [
        (line, line) for line in (2, 3, 6, 8, 10, 12, 14, 16)
    ]


@pytest.mark.parametrize(
    ("one", "other", "pair"),
    [
        ("A b. C d.", "甲。乙。", ("C d.", "乙。")),
        ("**A** b", "**甲** 乙", ("A", "甲")),
        ("See [a](x.md)", "见[甲](y.md)", ("a", "甲")),
    ],
    ids=["sentences", "strong", "labels"],
)
def test_parts_of_a_block_are_paired_if_both_have_as_many(one, other, pair):
    assert pair in finer_pairs(one, other)
    assert pair not in finer_pairs(f"{one} More. **x** [y](z)", other)
