"""How far the translations have come, by locale and document."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from notifier.errors import NotifierError
from notifier.language.po_document import document_bytes
from notifier.language.po_entry import STATES, amend, mark_stale
from notifier.outputs.translations.acceptance import Accepted, accept
from notifier.outputs.translations.catalog_check import check_catalogs
from notifier.outputs.translations.catalog_update import update
from notifier.outputs.translations.status import (
    json_schema,
    progress_json,
    progress_table,
    translation_progress,
)
from tests.outputs.translations.catalog_folders import (
    catalog,
    catalog_bytes,
    change,
    mail_folder,
    notice_in,
    translations,
    write,
)

NOW = datetime(2024, 2, 1, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    """Return a notice with an Italian catalog in which a title is stale."""
    folder = mail_folder(tmp_path / "mail")
    update(notice_in(folder))
    change(folder, "title: Mail upgrade", "title: Upgrade of mail")
    update(notice_in(folder))
    return folder


def progress(folder, *locales):
    return translation_progress(notice_in(folder), locales, now=NOW)


def numbers(found):
    return {
        (each.locale, each.document): tuple(each.strings.values()) for each in found
    }


def mark(folder, source, **changes):
    """Change the entry of *source* in the Italian catalog."""
    document = catalog(folder)
    text = document_bytes(
        type(document)(
            document.shown,
            document.header,
            tuple(
                amend(entry, **changes) if entry.id == source else entry
                for entry in document.entries
            ),
        )
    )
    (folder / document.shown).write_bytes(text)


@pytest.mark.slow
def test_a_complete_notice_is_complete_in_every_document(sample):
    found = progress(sample, "it", "ja")

    assert [(each.locale, each.document) for each in found] == [
        (tag, document)
        for tag in ("it", "ja")
        for document in ("page", "faq", "announcement")
    ]
    assert {each.strings[state] for each in found for state in STATES[1:]} == {0}


def test_strings_are_counted_by_state_in_the_documents_that_look_them_up(folder):
    mark(folder, "Kestrel Care", flags=("fuzzy",))

    found = {key: states[1:] for key, states in numbers(progress(folder, "it")).items()}

    # The title is stale, the support is fuzzy; reason and audience are missing.
    assert found == {
        ("it", "page"): (1, 1, 2),
        ("it", "faq"): (1, 1, 2),
        ("it", "announcement"): (1, 1, 2),
    }


def test_words_are_counted_too(folder):
    (page, *_) = progress(folder, "it")

    assert page.words["stale"] == 3


def test_the_default_locale_needs_no_translation_of_its_own_texts(folder):
    found = progress(folder, "en")

    assert {each.strings[state] for each in found for state in STATES[1:]} == {0}


def test_the_table_shows_strings_with_words_in_brackets(folder):
    table = progress_table(progress(folder, "it"), width=80)

    lines = table.splitlines()
    assert lines[0].split() == [
        *("Locale", "Document", "Done", "Translated", "Stale", "Fuzzy", "Missing"),
    ]
    assert lines[2].startswith("it ")
    assert "1 (3)" in lines[2]
    assert lines[3].split()[0] == "faq"


def test_the_json_keeps_to_its_schema(folder):
    jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema")
    found = progress(folder, "it")

    data = json.loads(progress_json(notice_in(folder), found))

    jsonschema.Draft202012Validator(json_schema()).validate(data)
    assert data["documents"][0]["locale"] == "it"
    assert data["documents"][0]["strings"]["stale"] == 1


def test_a_locale_that_the_notice_does_not_have_is_a_problem(folder):
    with pytest.raises(NotifierError) as refused:
        progress(folder, "fr")

    assert refused.value.problems[0].rule == "translation/locale"


def test_accepting_lets_a_stale_translation_count_again(folder):
    assert accept(notice_in(folder), locales=("it",), keys=("title",)) == (
        Accepted("it", 1, 0),
    )

    entry = catalog(folder).current[None, "Upgrade of mail"]
    assert entry.is_translated
    assert (entry.former, entry.flags) == ((), ())
    assert not any(note.startswith("source:") for note in entry.notes)


def test_accepting_all_leaves_what_has_no_translation(folder):
    before = translations(folder, "pl")

    assert accept(notice_in(folder)) == (Accepted("it", 1, 0), Accepted("pl", 0, 0))
    assert translations(folder, "pl") == before


def test_a_fuzzy_translation_is_not_accepted_unread(folder):
    mark(folder, "Kestrel Care", flags=("fuzzy",))

    accept(notice_in(folder))

    assert catalog(folder).current[None, "Kestrel Care"].is_fuzzy


@pytest.mark.parametrize(
    ("choice", "rule", "hint"),
    [
        ({"keys": ("titel",)}, "translations/key", "did you mean 'title'?"),
        ({"locales": ("fr",)}, "translations/locale", "there are: it, pl"),
    ],
)
def test_a_choice_that_finds_nothing_is_a_problem(folder, choice, rule, hint):
    before = catalog_bytes(folder)

    with pytest.raises(NotifierError) as refused:
        accept(notice_in(folder), **choice)

    (problem,) = refused.value.problems
    assert (problem.rule, problem.hint) == (rule, hint)
    assert catalog_bytes(folder) == before


def test_a_translation_without_the_new_placeholder_cannot_be_accepted(folder):
    change(folder, "Upgrade of mail", "Upgrade of mail on {date:2024-03}")
    update(notice_in(folder))
    before = catalog_bytes(folder)

    with pytest.raises(NotifierError) as refused:
        accept(notice_in(folder))

    (problem,) = refused.value.problems
    assert problem.rule == "catalog/placeholder"
    assert problem.place.path == "locales/it/LC_MESSAGES/notice.po"
    assert catalog_bytes(folder) == before


def test_a_key_stands_for_all_below_it(folder):
    change(folder, "  - All customers", "  - Everybody")
    mark(folder, "All customers", forms=("Tutti i clienti",))
    update(notice_in(folder))

    (done,) = accept(notice_in(folder), locales=("it",), keys=("audience",))

    assert (done.accepted, done.left) == (1, 1)


def test_the_sample_has_nothing_to_complain_of(sample):
    assert check_catalogs(notice_in(sample)) == ()


def test_every_gap_is_found_at_its_line(folder):
    found = check_catalogs(notice_in(folder), ("it",))

    told = [(each.rule, each.place.line, each.is_error) for each in found]
    lines = {key[1]: entry.line for key, entry in catalog(folder).current.items()}
    assert told == [
        ("catalog/stale", lines["Upgrade of mail"], True),
        (
            "catalog/untranslated",
            lines["We move your mail until {date:2024-03}."],
            True,
        ),
        ("catalog/untranslated", lines["All customers"], True),
    ]


def test_gaps_are_warnings_where_the_notice_allows_to_fall_back(folder):
    change(folder, "locales:", "fallback: warn\nlocales:")

    assert not any(each.is_error for each in check_catalogs(notice_in(folder)))


def test_what_the_notice_says_and_no_catalog_knows_is_found(folder):
    change(folder, "  - All customers", "  - All customers\n  - Everybody else")
    (folder / "locales/pl/LC_MESSAGES/notice.po").unlink()

    found = check_catalogs(notice_in(folder))

    outdated = [each for each in found if each.rule == "catalog/outdated"]
    assert [each.message for each in outdated] == [
        "lacks 1 of 5 texts of the notice: 'Everybody else'",
        "no catalog for the 5 texts of the notice",
    ]
    assert {each.hint for each in outdated} == {"run 'notifier translations update'"}


def test_a_glossary_of_the_folder_is_heard(folder):
    write(folder, "locales/glossary.csv", "term,locale,translation\nKestrel,*,\n")
    mark(folder, "Kestrel Care", forms=("Assistenza Gheppio",))

    found = check_catalogs(notice_in(folder), ("it",))

    assert [each.message for each in found if each.rule == "catalog/glossary"] == [
        "lost 'Kestrel', which stays as it is in the translation of 'Kestrel Care'"
    ]


def test_a_stale_plural_keeps_all_its_forms(folder):
    old = catalog(folder).current[None, "Kestrel Care"]

    stale = mark_stale(amend(old, plural="Cares", forms=("", "")), old)

    assert stale.forms == ("Assistenza Kestrel", "Assistenza Kestrel")
