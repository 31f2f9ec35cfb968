"""The template and the catalogs hold what the notice says, and keep what was said."""

from __future__ import annotations

from pathlib import Path

import pytest

from notifier.errors import NotifierError
from notifier.language.po_entry import digest
from notifier.outputs.translations.author_texts import KINDS, author_texts
from notifier.outputs.translations.catalog_update import extract, update
from tests.outputs.translations.catalog_folders import (
    ITALIAN,
    catalog,
    catalog_bytes,
    change,
    mail_folder,
    notice_in,
    translations,
    write,
)

FOLDERS = Path(__file__).parents[2] / "folders"


@pytest.fixture
def folder(tmp_path):
    return mail_folder(tmp_path / "mail")


def test_the_catalogs_of_the_sample_are_up_to_date(sample):
    done = update(notice_in(sample))

    assert (done.texts, done.written) == (17, 0)


def test_extracting_twice_writes_once(folder):
    assert extract(notice_in(folder)) == (4, True)
    assert extract(notice_in(folder)) == (4, False)


def test_a_text_is_told_with_its_key_its_kind_and_its_placeholders(folder):
    update(notice_in(folder))

    entry = catalog(folder).current[None, "We move your mail until {date:2024-03}."]
    assert entry.notes == (
        "key: reason",
        "why the change is made; Markdown",
        "keep as it is, each locale prints it its own way: {date:2024-03}",
    )
    assert entry.places == ("notice.yaml:4",)
    assert entry.flags == ("python-brace-format",)


def test_a_text_of_two_keys_is_one_message(folder):
    change(
        folder,
        "  - All customers\n",
        "  - All customers\nimpact:\n  unavailable: [All customers]\n",
    )

    update(notice_in(folder))

    entry = catalog(folder).current[None, "All customers"]
    assert entry.paths == ("audience.0.name", "impact.unavailable.0")
    assert entry.places == ("notice.yaml:8", "notice.yaml:10")


def test_every_text_of_a_notice_is_of_a_known_kind(sample):
    folders = [sample, *(path.parent for path in FOLDERS.glob("*/notice.yaml"))]

    kinds = {kind for each in folders for _, kind, _ in author_texts(notice_in(each))}

    assert kinds <= set(KINDS)


def test_sentences_of_the_authors_templates_are_messages(folder):
    write(
        folder,
        "templates/documents/faq.md.j2",
        '{% extends "builtin/documents/faq.md.j2" %}{% block closing %}\n'
        "{# TRANSLATORS: at the end #}\n"
        "{% trans trimmed n=2 %}{{ n }} answer"
        "{% pluralize %}{{ n }} answers{% endtrans %}"
        "{% endblock %}",
    )

    update(notice_in(folder))

    entry = catalog(folder, "pl").current[None, "%(n)s answer"]
    assert (entry.plural, len(entry.forms)) == (
        "%(n)s answers",
        catalog(folder, "pl").plural_count,
    )
    assert entry.places == ("templates/documents/faq.md.j2:3",)
    assert entry.notes == ("at the end",)
    assert entry.flags == ("python-format",)


def test_a_template_that_cannot_be_read_is_a_problem_and_nothing_changes(folder):
    write(folder, "templates/documents/faq.md.j2", "{% trans %}open")
    before = catalog_bytes(folder)

    with pytest.raises(NotifierError) as refused:
        update(notice_in(folder))

    assert refused.value.problems[0].rule == "template/syntax"
    assert catalog_bytes(folder) == before


def test_missing_catalogs_are_made_with_the_plural_forms_of_their_language(folder):
    done = update(notice_in(folder))

    assert done.written == 3
    assert "Plural-Forms: nplurals=" in catalog(folder, "pl").header.forms[0]
    assert set(translations(folder, "pl").values()) == {""}
    assert not (folder / "locales/en").exists()


def test_a_catalog_of_the_language_serves_its_regions(folder):
    change(folder, "[en, it, pl]", "[en, it-CH]")

    update(notice_in(folder))

    assert not (folder / "locales/it-CH").exists()
    assert "All customers" in translations(folder)


def test_updating_twice_changes_nothing(folder):
    update(notice_in(folder))
    before = catalog_bytes(folder)

    assert update(notice_in(folder)).written == 0
    assert catalog_bytes(folder) == before


def test_translators_comments_and_the_header_stay(folder):
    update(notice_in(folder))

    document = catalog(folder)
    assert document.header.forms[0].startswith("Language: it\n")
    assert document.current[None, "Mail upgrade"].remarks == ("checked by Anna",)


def test_a_changed_source_makes_its_translation_stale(folder):
    update(notice_in(folder))
    change(folder, "title: Mail upgrade", "title: Upgrade of mail")

    done = update(notice_in(folder))

    entry = catalog(folder).current[None, "Upgrade of mail"]
    assert entry.is_stale
    assert entry.forms == ("Aggiornamento della posta",)
    assert entry.former_id == "Mail upgrade"
    assert f"source: {digest('Mail upgrade')}" in entry.notes
    assert {each.tag: each.stale for each in done.changes} == {"it": 1, "pl": 0}


def test_a_source_that_returns_brings_its_translation_back(folder):
    update(notice_in(folder))
    before = catalog_bytes(folder)
    change(folder, "title: Mail upgrade", "title: Upgrade of mail")
    update(notice_in(folder))
    change(folder, "title: Upgrade of mail", "title: Mail upgrade")

    update(notice_in(folder))

    assert catalog_bytes(folder) == before


def test_a_reworded_built_in_sentence_stays_where_it_is_and_nowhere_else(folder):
    write(
        folder,
        "locales/it/LC_MESSAGES/notice.po",
        ITALIAN + '\nmsgid "Kind regards,"\nmsgstr "A presto,"\n',
    )

    update(notice_in(folder))

    entry = catalog(folder).current[None, "Kind regards,"]
    assert entry.forms == ("A presto,",)
    assert entry.places == ("builtin/templates/documents/announcement.md.j2",)
    assert "Kind regards," not in translations(folder, "pl")


def test_texts_that_the_shared_catalogs_translate_are_left_to_them(tmp_path):
    folder = mail_folder(tmp_path / "mail")
    change(
        folder,
        'support: {name: Kestrel Care, url: "https://kestrel.example/help"}\n',
        "",
    )
    change(
        folder,
        'msgid "Kestrel Care"\nmsgstr "Assistenza Kestrel"\n',
        "",
        "locales/it/LC_MESSAGES/notice.po",
    )
    write(
        tmp_path,
        "notifier.yaml",
        'support: {name: Kestrel Care, url: "https://kestrel.example/help"}\n'
        "brand: {logo_alt: A kestrel}\n",
    )
    write(tmp_path, "locales/it/LC_MESSAGES/notice.po", ITALIAN)

    update(notice_in(folder))

    assert "Kestrel Care" not in translations(folder)
    assert "A kestrel" in translations(folder)


def test_a_damaged_catalog_is_a_problem_at_its_line_and_nothing_changes(folder):
    write(folder, "locales/pl/LC_MESSAGES/notice.po", 'msgid "a"\nmsgstr "b\n')
    before = catalog_bytes(folder)

    with pytest.raises(NotifierError) as refused:
        update(notice_in(folder))

    assert str(refused.value.problems[0].place) == "locales/pl/LC_MESSAGES/notice.po:2"
    assert catalog_bytes(folder) == before


def test_no_catalog_is_made_out_of_the_folder(folder, tmp_path):
    (tmp_path / "outside").mkdir()
    (folder / "locales/pl").symlink_to(tmp_path / "outside")
    before = catalog_bytes(folder)

    with pytest.raises(NotifierError) as refused:
        update(notice_in(folder))

    (problem,) = refused.value.problems
    assert problem.rule == "catalog/unreadable"
    assert problem.place.path == "locales/pl/LC_MESSAGES/notice.po"
    assert not list((tmp_path / "outside").iterdir())
    assert catalog_bytes(folder) == before
