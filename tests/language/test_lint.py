"""What a reader would stumble over in a translation is found at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

import notifier
from notifier.errors import Severity
from notifier.language.glossary import Glossary, Term, read_glossary
from notifier.language.lint import RULES, lint_document
from notifier.language.po_document import parse_document
from notifier.language.po_entry import Entry, written
from notifier.resources import resource_folder

ROOT = Path(notifier.__file__).parents[1]
SAMPLE = resource_folder("examples") / "email-infrastructure"
SHIPPED = sorted(
    [
        *resource_folder("locales").glob("*/LC_MESSAGES/notifier.po"),
        *SAMPLE.glob("locales/*/LC_MESSAGES/notice.po"),
    ]
)
HEADER = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)
TERMS = Glossary(
    {
        "*": (Term("Campaign", ("Campaign",), True),),
        "de": (Term("window", ("fenster",), False), Term("Tip", ("Tip",), False)),
    }
)


def findings(entry, tag="de", glossary=TERMS, **more):
    document = parse_document(HEADER + written(entry), "notice.po")
    return [*lint_document(document, tag, glossary, **more)]


def rules(source, form, tag="de", **more):
    return [each.rule for each in findings(Entry(source, (form,), **more), tag)]


SOUND = {
    "plain": ("Work starts on %(day)s.", "Die Arbeiten beginnen am %(day)s.", "de"),
    "french": ("Why now?", "Pourquoi maintenant\u00a0?", "fr"),
    "chinese": ("Why (now)?", "为什么（现在）？", "zh-Hans"),
    "japanese-heading": ("When does it start?", "開始日", "ja"),
    "japanese-list": ("These are affected:", "次のものが対象です。", "ja"),
    "arabic": ("Why now?", "لماذا الآن؟", "ar"),
    "one-digit": ("Night 1 of all", "Erste Nacht von allen", "de"),
    "separators": ("1,000.5 messages", "1.000,5 Nachrichten", "de"),
    "greeting": ("Kind regards,", "Mit freundlichen Grüßen", "de"),
    "label": ("Note", "Achtung!", "de"),
    "name": ("Campaign", "Campaign", "de"),
    "holes": ("%(title)s – %(label)s", "%(title)s – %(label)s", "de"),
    "same-word": ("Tip", "Tip", "de"),
    "stem": ("During the window", "Während des Wartungsfensters", "de"),
    "nothing-but-signs": ("Mind this", "»»", "de"),
    "inside-code": ("See `a  b`.", "Siehe `a  b`.", "de"),
}


@pytest.mark.parametrize(("source", "form", "tag"), SOUND.values(), ids=SOUND)
def test_a_sound_translation_has_no_findings(source, form, tag):
    assert rules(source, form, tag) == []


FAULTY = {
    "lost-tag": ("a <b>c</b>", "a <b>c", "de", "tags"),
    "lost-link": ("see [a](https://a.b/c)", "siehe [a](https://a.b/d)", "de", "links"),
    "bare-link": ("at https://a.b/c now", "bei https://a.b/C jetzt", "de", "links"),
    "address": ("to a@b.example", "an a@c.example", "de", "links"),
    "code": ("see `engine`", "siehe `motor`", "de", "markup"),
    "bold": ("a **b** c", "ein b C", "de", "markup"),
    "list": ("Two:\n\n* a\n* b", "Zwei:\n\n* a\n\nb", "de", "markup"),
    "attributes": ('[a](b.md){target="_blank"}', "[A](b.md)", "de", "markup"),
    "bracket": ("a (b) c", "ein (b C", "de", "brackets"),
    "one-digit": ("Europe, night 1", "Europa, Nacht 2", "de", "numbers"),
    "number": ("at most 30 minutes", "höchstens 20 Minuten", "de", "numbers"),
    "blank-at-end": ("a b ", "ein B", "de", "blanks"),
    "two-blanks": ("one two", "eins  zwei", "de", "blanks"),
    "zero-width": ("one two", "eins\u200b zwei", "de", "blanks"),
    "french-blank": ("Why now?", "Pourquoi maintenant ?", "fr", "blanks"),
    "apostrophe": ("The update", "L'aggiornamento", "it", "blanks"),
    "full-stop": ("It starts now.", "Es beginnt jetzt", "de", "punctuation"),
    "question": ("Is it so?", "Es ist so.", "de", "punctuation"),
    "added-stop": ("Some affected groups", "Einige Gruppen.", "de", "punctuation"),
    "narrow-comma": ("One, two", "一,二", "zh-Hans", "widths"),
    "narrow-bracket": ("One (two)", "一(二)", "ja", "widths"),
    "wide-comma": ("One, two", "eins， zwei", "de", "widths"),
    "arabic-question": ("Why now?", "لماذا الآن?", "ar", "widths"),
    "unchanged": ("The work starts", "The work starts", "de", "unchanged"),
    "lost-name": ("Campaign is down", "Kampagne steht", "de", "glossary"),
    "other-term": ("The window is open", "Die Zeit ist da", "de", "glossary"),
    "too-long": ("Open it", "Bitte öffnen Sie dies umgehend " * 2, "de", "length"),
    "too-short": ("This sentence goes on for a while, it does.", "So.", "de", "length"),
}


@pytest.mark.parametrize(("source", "form", "tag", "rule"), FAULTY.values(), ids=FAULTY)
def test_a_faulty_translation_is_found(source, form, tag, rule):
    assert f"catalog/{rule}" in rules(source, form, tag)


def test_each_rule_is_shown_by_an_example():
    assert {f"catalog/{row[3]}" for row in FAULTY.values()} == set(RULES)


def test_a_width_that_was_agreed_is_an_error_beyond_it():
    entry = Entry("Europe", ("Europäische Union",), flags=("max-length:12",))

    (found,) = findings(entry)

    assert (found.rule, found.severity) == ("catalog/length", Severity.ERROR)
    assert found.message.startswith("17 columns wide")


def test_a_finding_names_the_line_and_the_message():
    entry = Entry("It starts.", ("Es beginnt",), places=("notice.yaml:3",))

    (found,) = findings(entry)

    assert str(found) == (
        "notice.po:6: warning: ends with 't' where the message ends with '.' in the "
        "translation of 'It starts.' [catalog/punctuation]\n"
        "    hint: do as the message does"
    )


def test_every_plural_form_is_checked():
    entry = Entry("%(n)s file.", ("eine Datei.", "Dateien"), plural="%(n)s files.")

    assert [each.rule for each in findings(entry)] == ["catalog/punctuation"]


def test_in_the_language_of_the_source_texts_may_be_the_same():
    assert findings(Entry("The work", ("The work",)), "en", is_source=True) == []


def test_empty_and_obsolete_messages_are_left_out():
    assert findings(Entry("It starts.")) == []
    assert findings(Entry("It starts.", ("Es beginnt",), obsolete=True)) == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: "/".join(path.parts[-4:]))
def test_the_shipped_catalogs_have_no_findings(path):
    folders = [(folder / "locales", "glossary.csv") for folder in (ROOT, SAMPLE)]
    glossary = read_glossary(folders)
    document = parse_document(path.read_text("utf-8"), path.name)
    tag = path.parts[-3]

    found = lint_document(document, tag, glossary, is_source=tag == "en")

    assert [str(each) for each in found] == []
