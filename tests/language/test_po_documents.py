"""A catalog as a document: nothing changes but what is meant to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import notifier
from notifier.errors import NotifierError
from notifier.language.po_document import (
    document_bytes,
    new_document,
    parse_document,
    read_document,
)
from notifier.language.po_entry import (
    Entry,
    amend,
    digest,
    mark_current,
    mark_stale,
    written,
)

ROOT = Path(notifier.__file__).parents[1]
CATALOGS = sorted(
    path
    for folder in ("locales", "examples", "tests/folders")
    for path in (ROOT / folder).rglob("*.po*")
)
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
FULL = (
    HEADER
    + """
# by hand
#. key: reason
#. source: 0123456789ab
#: notice.yaml:6 notice.yaml:7
#, fuzzy, python-format
#| msgid ""
#| "o"
#| "ld"
msgctxt "menu"
msgid "%(n)s file"
msgid_plural "%(n)s files"
msgstr[0] "eine"
msgstr[1] ""
"%(n)s "
"Dateien"

#~ msgid "gone"
#~ msgstr "weg"
"""
)


def parsed(text):
    return parse_document(text, "x.po")


@pytest.mark.parametrize(
    "path", CATALOGS, ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_a_catalog_that_is_not_changed_keeps_its_bytes(path):
    data = path.read_bytes()

    assert document_bytes(parse_document(data.decode(), path.name)) == data


@pytest.mark.parametrize(
    "change", [lambda text: text, lambda t: t.replace("\n", "\r\n")]
)
def test_odd_spacing_and_line_ends_are_kept(change):
    text = change(
        "\n\n# top\n\n" + FULL.replace("#~ msgid", "\n\n#~  msgid") + "\n# end\n"
    )

    assert document_bytes(parsed(text)) == text.encode()


def test_an_entry_knows_all_that_the_file_says_of_it():
    entry, gone = parsed(FULL).entries

    assert entry == Entry(
        "%(n)s file",
        ("eine", "%(n)s Dateien"),
        "menu",
        "%(n)s files",
        remarks=("by hand",),
        notes=("key: reason", "source: 0123456789ab"),
        places=("notice.yaml:6", "notice.yaml:7"),
        flags=("fuzzy", "python-format"),
        former=(("msgid", "old"),),
    )
    assert (entry.line, entry.paths, entry.former_id) == (12, ("reason",), "old")
    assert (gone.obsolete, gone.id, gone.forms) == (True, "gone", ("weg",))


def test_a_change_rewrites_its_own_lines_only():
    document = parsed(FULL)
    entry = amend(document.entries[0], forms=("ein", "%(n)s Akten"))

    assert written(entry).splitlines()[1:10] == FULL.splitlines()[3:12]
    assert written(entry).endswith('msgstr[0] "ein"\nmsgstr[1] "%(n)s Akten"\n')


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t\\"'),
    max_size=120,
)
lines = st.lists(
    st.text(st.sampled_from("abé:%~|.,"), min_size=1).map(str.strip).filter(bool),
    max_size=2,
).map(tuple)


@given(
    id=texts.filter(bool),
    forms=st.lists(texts, min_size=1, max_size=3),
    context=st.none() | texts,
    former=st.none() | texts,
    remarks=lines.filter(lambda found: not any(r[0] in ".:,|~" for r in found)),
    notes=lines,
)
def test_what_is_written_is_read_again(id, forms, context, former, remarks, notes):
    entry = Entry(
        id,
        tuple(forms),
        context,
        plural=None if len(forms) == 1 else "s",
        remarks=remarks,
        notes=notes,
        flags=("fuzzy",) if former else (),
        former=(("msgid", former),) if former is not None else (),
    )

    assert parsed(HEADER + written(entry)).entries == (entry,)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('msgid "a"\nmsgstr "b', 4, "not a line"),
        ('msgid "a"\n\nmsgid "b"\nmsgstr "c"', 5, "second msgid"),
        ('msgid "a"\n# inside\nmsgstr "c"', 4, "inside"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"', 3, "msgstr"),
        ('msgid "a"', 3, "msgstr"),
        ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"', 7, "second time"),
    ],
    ids=["quote", "two-msgids", "comment", "gap", "no-msgstr", "twice"],
)
def test_a_damaged_catalog_is_refused_at_its_line(text, line, said):
    with pytest.raises(NotifierError) as refused:
        parsed(HEADER + text + "\n")

    (problem,) = refused.value.problems
    assert (problem.rule, problem.place.line) == ("catalog/syntax", line)
    assert said in problem.message


def test_a_file_that_is_not_utf8_is_refused_at_its_line(tmp_path):
    (tmp_path / "notice.po").write_bytes(HEADER.encode() + b"# \xff\n")

    with pytest.raises(NotifierError) as refused:
        read_document(tmp_path, "notice.po", shown="notice.po")

    assert str(refused.value).startswith("notice.po:3: error: byte 0xff is not UTF-8")


def test_a_new_catalog_has_the_plural_forms_of_its_language():
    header = new_document("x.po", "sample", "pl").header.forms[0]

    assert "Language: pl\n" in header
    assert "Plural-Forms: nplurals=3; plural=(n==1 ? 0 :" in header
    assert header.endswith(" : 2);\n")


def test_a_stale_translation_remembers_what_it_was_made_from():
    old = Entry("old", ("alt",), notes=("key: reason",))

    stale = mark_stale(Entry("new", notes=("key: reason",)), old)

    assert stale.forms == ("alt",)
    assert stale.is_stale
    assert not stale.is_translated
    assert stale.former_id == "old"
    assert stale.notes == ("key: reason", f"source: {digest('old')}")
    assert mark_current(stale) == Entry("new", ("alt",), notes=("key: reason",))


def test_a_translation_that_was_stale_already_keeps_its_first_source():
    once = mark_stale(Entry("second"), Entry("first", ("alt",)))

    assert mark_stale(Entry("third"), once).former_id == "first"


def test_a_catalog_without_a_header_gets_that_of_its_locale():
    document = parse_document('msgid "a"\nmsgstr "b"\n', "x.po", "pl")

    assert document.plural_count == 3
    assert document_bytes(document).endswith(b'\n\nmsgid "a"\nmsgstr "b"\n')
