"""Catalogs follow the messages there are now, and lose no translation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from notifier.language.po_document import new_document
from notifier.language.po_entry import Entry
from notifier.language.po_merge import merge_document

EMPTY = new_document("notice.po", "sample", "de")


def text(id, key="reason", *, place="notice.yaml:1", forms=("",), **more):
    notes = (f"key: {key}",) if key else ()
    return Entry(id, forms, notes=notes, places=(place,), **more)


def merged(entries, wanted):
    return merge_document(replace(EMPTY, entries=tuple(entries)), wanted).entries


def test_a_message_keeps_its_translation_and_gets_the_new_place():
    old = text("Why", place="notice.yaml:1", forms=("Warum",), remarks=("checked",))

    assert merged([old], [text("Why", place="notice.yaml:9")]) == (
        replace(old, places=("notice.yaml:9",)),
    )


def test_the_messages_stand_in_the_order_of_the_template():
    old = [text("A", "a", forms=("1",)), text("B", "b", forms=("2",))]

    found = merged(old, [text("B", "b"), text("C", "c"), text("A", "a")])

    assert [(entry.id, entry.forms) for entry in found] == [
        ("B", ("2",)),
        ("C", ("",)),
        ("A", ("1",)),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (text("Why we move", forms=("W",)), text("How it goes")),
        (
            text("We move the mail service.", "", forms=("W",)),
            text("We move the email service.", ""),
        ),
    ],
    ids=["of-the-same-key", "much-like-it"],
)
def test_a_message_that_was_changed_takes_its_translation_over_as_stale(old, new):
    (found,) = merged([old], [new])

    assert (found.id, found.forms, found.former_id) == (new.id, ("W",), old.id)
    assert found.is_stale


def test_a_message_of_another_file_is_no_predecessor():
    old = text("We move the mail service.", "", forms=("W",), place="waves.yaml:1")

    found, gone = merged([old], [text("We move the email service.", "")])

    assert (found.forms, gone.obsolete) == (("",), True)


def test_a_source_that_returns_makes_its_translation_current():
    (stale,) = merged([text("A", forms=("1",))], [text("B")])

    (found,) = merged([stale], [text("A")])

    assert found == text("A", forms=("1",))


def test_messages_that_are_gone_are_kept_and_return():
    (gone,) = merged([text("A", forms=("1",))], [])
    assert (gone.obsolete, gone.forms) == (True, ("1",))

    (found,) = merged([gone], [text("A", "other")])

    assert found == text("A", "other", forms=("1",))


def test_a_message_without_translation_leaves_no_trace():
    assert merged([text("A")], []) == ()


def test_the_marks_of_a_translator_who_was_done_are_cleared():
    (stale,) = merged([text("A", forms=("1",))], [text("B")])
    done = replace(stale, flags=(), forms=("2",))

    assert merged([done], [text("B")]) == (text("B", forms=("2",)),)


def test_a_plural_has_as_many_forms_as_the_language():
    wanted = Entry("file", ("", ""), plural="files")
    polish = new_document("notice.po", "sample", "pl")

    (found,) = merge_document(polish, [wanted]).entries

    assert len(found.forms) == polish.plural_count


def test_merging_twice_changes_nothing_more():
    old = [text("A", "a", forms=("1",)), text("B", "b", forms=("2",))]
    wanted = [text("A2", "a"), text("C", "c")]

    once = merged(old, wanted)

    assert merged(once, wanted) == once


def test_forms_that_a_file_lacks_stay_empty_and_none_is_lost():
    wanted = Entry("file", ("", ""), plural="files")
    polish = new_document("notice.po", "sample", "pl")
    few, many = (
        Entry("file", ("a", "b", "c", "d")[:number], plural="files")
        for number in (2, 4)
    )

    found = [
        merge_document(replace(polish, entries=(old,)), [wanted]).entries[0].forms
        for old in (few, many)
    ]

    assert found == [("a", "b", ""), ("a", "b", "c", "d")]


def test_another_plural_makes_a_translation_stale_until_it_returns():
    old = Entry("%(n)s box", ("a", "b"), plural="%(n)s boxes")
    new = Entry("%(n)s box", ("", ""), plural="%(n)s big boxes")

    (stale,) = merged([old], [new])
    (back,) = merged([stale], [replace(old, forms=("", ""))])

    assert (stale.forms, dict(stale.former)) == (
        ("a", "b"),
        {"msgid": "%(n)s box", "msgid_plural": "%(n)s boxes"},
    )
    assert stale.is_stale
    assert back == old


def test_the_remarks_of_translators_outlive_what_they_are_about():
    asked = text("A", remarks=("ask Anna",))

    (changed,) = merged([asked], [text("B")])
    (gone,) = merged([asked], [])

    assert changed == text("B", remarks=("ask Anna",))
    assert (gone.obsolete, gone.remarks) == (True, ("ask Anna",))


def test_two_former_translations_of_one_message_are_both_kept():
    (first,) = merged([text("A", forms=("1",))], [])
    second = text("A", forms=("2",))

    once = merged([first, second], [])
    (found, rest) = merged(once, [text("A")])

    assert [entry.forms for entry in once] == [("1",), ("2",)]
    assert (found.forms, rest.forms) == (("2",), ("1",))
    assert merged((found, rest), [text("A")]) == (found, rest)
