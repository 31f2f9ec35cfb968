"""Each rule of the translations is told at the line of its catalog, and no other."""

from __future__ import annotations

import os

import pytest
from breaches import Breach, add, break_folder, swap, told_of

pytestmark = pytest.mark.slow  # each makes all documents

PO = "locales/it/LC_MESSAGES/notice.po"
CS = "locales/cs/LC_MESSAGES/notice.po"
HEAD = 'msgid ""\nmsgstr ""\n'
# Messages beside those of the notice, each with one fault in its translation.
ENTRIES = add(
    PO,
    r"""
«catalog/blanks»msgid "One blank between words"
msgstr "Un  spazio fra le parole"

«catalog/brackets»msgid "Brackets that are closed"
msgstr "Parentesi (chiuse"

#, fuzzy
«catalog/fuzzy»msgid "Read it again"
msgstr "Rileggere"

«catalog/glossary»msgid "The window is short"
msgstr "Il tempo a disposizione"

«catalog/length»msgid "Short"
msgstr "Una traduzione molto più lunga del messaggio breve che traduce"

«catalog/links»msgid "See [the page](https://example.com)"
msgstr "Vedere la pagina"

«catalog/markup»msgid "A **bold** word"
msgstr "Una parola in grassetto"

«catalog/numbers»msgid "After 30 days"
msgstr "Dopo un mese"

#, python-format
«catalog/placeholder»msgid "From %(start)s"
msgstr "Da %(inizio)s"

«catalog/plurals»msgid "%(count)s thing"
msgid_plural "%(count)s things"
msgstr[0] "%(count)s cosa"
msgstr[1] ""

«catalog/punctuation»msgid "It ends here."
msgstr "Finisce qui"

#, fuzzy
#| msgid "It was so"
«catalog/stale»msgid "It is so now"
msgstr "Era così"

«catalog/tags»msgid "One<br>two"
msgstr "Uno due"

«catalog/text»msgid "Two words"
msgstr "Due\n parole"

«catalog/unchanged»msgid "Leave it in English"
msgstr "Leave it in English"

«catalog/untranslated»msgid "Nothing yet"
msgstr ""

«catalog/widths»msgid "First, second"
msgstr "Primo，secondo"
""",
)


def _damaged(name, data):
    def mutate(folder):
        with (folder / name).open("ab") as file:
            file.write(data)

    return mutate


def _folder_at(name):
    def mutate(folder):
        (folder / name).unlink()
        (folder / name).mkdir()

    return mutate


def _enlarged(folder):
    os.truncate(folder / PO, 60_000_000)


FOLDERS = {
    "entries": ENTRIES,
    "catalog/syntax": add(PO, '«catalog/syntax»msgid "Open\n'),
    "catalog/encoding": Breach(
        more=_damaged(PO, b"# \xff\n"), told=(("catalog/encoding", f"{PO}:134"),)
    ),
    "catalog/too-large": Breach(more=_enlarged, told=(("catalog/too-large", PO),)),
    "catalog/unreadable": Breach(
        more=_folder_at(PO), told=(("catalog/unreadable", PO),)
    ),
    "catalog/language": swap(
        PO, "Language: it", "Language: fr", told=(("catalog/language", PO),)
    ),
    "catalog/outdated": add(
        "notice.yaml",
        "changes: [{date: 2024-01-31, text: A text that nobody has translated}]\n",
        told=(("catalog/outdated", PO),),
    ),
    "glossary/syntax": add(
        "locales/glossary.csv", "«glossary/syntax»term,not a locale,Begriff,\n"
    ),
}

# A file that cannot be read hides nothing of another one.
DAMAGED = Breach(
    (
        (PO, "", '«catalog/syntax»msgid "Open\n'),
        (
            PO.replace("/it/", "/ja/"),
            "",
            '\n«catalog/untranslated»msgid "Nothing yet"\nmsgstr ""\n',
        ),
        ("locales/glossary.csv", "", "«glossary/syntax»term,no locale,Begriff,\n"),
    )
)
ABSENT = swap(
    "notice.yaml",
    "locales: [en, it]",
    "locales: [en, it, cs]",
    told=(
        ("catalog/absent", CS),
        ("catalog/outdated", CS),
        ("translation/missing", CS),
    ),
)


@pytest.mark.parametrize("name", FOLDERS)
def test_a_catalog_that_breaks_a_rule_is_told_at_its_line_and_alone(name, italian):
    expected = break_folder(italian, FOLDERS[name])

    told = told_of(italian, FOLDERS[name])

    assert list(dict.fromkeys(told)) == expected


def test_a_language_without_any_catalog_is_told_at_the_one_to_write(italian):
    expected = break_folder(italian, ABSENT)

    assert set(expected) <= set(told_of(italian, ABSENT))


def test_a_damaged_catalog_or_glossary_hides_nothing_of_the_others(folder):
    expected = break_folder(folder, DAMAGED)

    assert told_of(folder, DAMAGED) == expected
