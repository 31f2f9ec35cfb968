"""Catalogs go to translators and come back, and nothing is lost on the way."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import notifier
from notifier.errors import NotifierError
from notifier.language.po_document import PoDocument, parse_document
from notifier.language.po_entry import Entry, amend, mark_current, mark_stale
from notifier.outputs.translations.catalog_update import update
from notifier.outputs.translations.exchange import apply_units, units_of
from notifier.outputs.translations.exchange_files import export_files, import_files
from notifier.outputs.translations.spreadsheet import csv_bytes, read_csv
from notifier.outputs.translations.xliff import read_xliff, xliff_bytes
from tests.outputs.translations.catalog_folders import (
    catalog,
    catalog_bytes,
    change,
    mail_folder,
    notice_in,
    translations,
)

etree = pytest.importorskip("lxml.etree")
xliff = pytest.importorskip("translate.storage.xliff", reason="needs translate-toolkit")

ROOT = Path(notifier.__file__).parents[1]
CATALOGS = sorted(
    path
    for folder in ("locales", "examples", "tests/folders")
    for path in (ROOT / folder).rglob("*.po")
)
SCHEMA = etree.RelaxNG(file=str(ROOT / "tests/validators/xliff.rng"))
HEADER = Entry("", ("Content-Type: text/plain; charset=utf-8\n",))

every_catalog = pytest.mark.parametrize(
    "path", CATALOGS, ids=lambda path: path.relative_to(ROOT).as_posix()
)
both_formats = pytest.mark.parametrize("suffix", ["xlf", "csv"])


@pytest.fixture
def folder(tmp_path):
    """Return a notice with a stale title, and three texts to be translated."""
    folder = mail_folder(tmp_path / "mail")
    update(notice_in(folder))
    change(folder, "title: Mail upgrade", "title: Upgrade of mail")
    update(notice_in(folder))
    return folder


def sent(document: PoDocument, suffix: str, tag: str = "it") -> bytes:
    units = units_of(document)
    if suffix == "csv":
        return csv_bytes(units, target=tag)
    return xliff_bytes(units, name="notice.po", source="en", target=tag)


def returned(document: PoDocument, data: bytes, suffix: str) -> PoDocument:
    found = read_csv(data, "it.csv") if suffix == "csv" else read_xliff(data, "it.xlf")
    assert {tag for tag, _ in found} <= {"it"}
    merged, problems = apply_units(document, [unit for _, unit in found])
    assert problems == ()
    return merged


def emptied(document: PoDocument) -> PoDocument:
    """Return *document* as if nobody had ever translated it."""
    return replace(
        document,
        entries=tuple(
            amend(mark_current(entry), forms=("",) * len(entry.forms), remarks=())
            for entry in document.entries
        ),
    )


def export(folder: Path, *formats: str) -> Path:
    target = folder.parent / "out"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for name, data in export_files(notice_in(folder), formats=formats):
        (target / name).write_bytes(data)
    return target


def edit(path: Path, old: str, new: str) -> None:
    data = path.read_bytes()
    assert old.encode() in data
    path.write_bytes(data.replace(old.encode(), new.encode()))


@both_formats
@every_catalog
def test_a_catalog_comes_back_whole(path, suffix):
    document = parse_document(path.read_text("utf-8"), path.name)

    data = sent(document, suffix)

    same = returned(document, data, suffix)
    assert same.entries == document.entries
    assert all(
        old is new for old, new in zip(document.entries, same.entries, strict=True)
    )
    assert returned(emptied(document), data, suffix).entries == document.entries
    assert sent(same, suffix) == data


@every_catalog
def test_what_translators_get_is_xliff(path):
    document = parse_document(path.read_text("utf-8"), path.name)

    data = sent(document, "xlf")

    assert SCHEMA.validate(etree.fromstring(data)), SCHEMA.error_log
    units = xliff.xlifffile.parsestring(data).units
    forms = [form for e in document.current.values() for form in e.forms]
    assert [str(unit.target or "") for unit in units] == forms


safe = st.text(st.sampled_from("ab=+-@'\";,\n<>&é字"), min_size=1, max_size=40)
entries = st.builds(
    Entry,
    id=safe,
    forms=st.tuples(safe.filter(str.strip)),
    remarks=st.lists(st.text("ab c", min_size=1).map(str.strip).filter(bool)).map(
        tuple
    ),
).flatmap(
    lambda entry: (
        st.sampled_from(
            [entry, replace(entry, flags=("fuzzy",)), replace(entry, forms=("",))]
        )
        | safe.map(lambda old: mark_stale(entry, replace(entry, id=old)))
    )
)


@both_formats
@given(found=st.lists(entries, max_size=4, unique_by=lambda entry: entry.id))
@settings(max_examples=25)
def test_any_text_comes_back_as_it_was(suffix, found):
    document = PoDocument("notice.po", HEADER, tuple(found))

    data = sent(document, suffix)

    if suffix == "csv":
        units = [unit for _, unit in read_csv(data, "it.csv")]
    else:
        units = [unit for _, unit in read_xliff(data, "it.xlf")]
    sent_units = units_of(document)
    assert [(u.id, u.source, u.target) for u in units] == [
        (u.id, u.source, u.target) for u in sent_units
    ]
    assert [u.remarks for u in units] == [u.remarks for u in sent_units]


@both_formats
def test_a_translation_that_was_made_is_taken(folder, suffix):
    out = export(folder, "csv" if suffix == "csv" else "xliff")
    units = units_of(catalog(folder))
    (empty,) = [unit for unit in units if unit.source == "All customers"]
    made = replace(empty, target="Tutti i clienti", state="translated")
    data = (
        csv_bytes([made], target="it")
        if suffix == "csv"
        else xliff_bytes([made], name="x", source="en", target="it")
    )
    (out / f"it.{suffix}").write_bytes(data)

    done = import_files(notice_in(folder), [out / f"it.{suffix}"])

    assert (done.changed, done.written, done.problems) == ({"it": 1}, 1, ())
    assert translations(folder)["All customers"] == "Tutti i clienti"


def test_a_stale_text_that_is_changed_in_a_spreadsheet_is_current(folder):
    out = export(folder, "csv")
    edit(out / "it.csv", "Aggiornamento della posta", "Nuova posta")

    import_files(notice_in(folder), [out])

    entry = catalog(folder).current[None, "Upgrade of mail"]
    assert (entry.forms, entry.is_translated, entry.former) == (
        ("Nuova posta",),
        True,
        (),
    )


def test_a_stale_text_is_current_when_its_unit_is_signed_off(folder):
    out = export(folder, "xliff")
    edit(out / "it.xlf", 'state="needs-adaptation"', 'state="final"')

    import_files(notice_in(folder), [out])

    assert catalog(folder).current[None, "Upgrade of mail"].is_translated


def test_an_empty_translation_takes_nothing_away(folder):
    out = export(folder, "csv")
    edit(out / "it.csv", ",Assistenza Kestrel,translated", ",,missing")

    assert import_files(notice_in(folder), [out]).written == 0


def test_a_spreadsheet_may_part_its_cells_by_semicolons(folder):
    document = catalog(folder)
    rows = sent(document, "csv").decode("utf-8-sig").replace(",", ";")

    found = [unit.target for _, unit in read_csv(rows.encode(), "it.csv")]

    assert found == [unit.target for unit in units_of(document)]


def test_no_cell_is_a_formula():
    entry = Entry('=HYPERLINK("https://evil.example")', ("+1",), remarks=("@me",))

    data = sent(PoDocument("notice.po", HEADER, (entry,)), "csv").decode("utf-8-sig")

    row = data.splitlines()[1]
    assert "\"'=HYPERLINK" in row
    assert ",'+1," in row
    assert row.endswith(",'@me")


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">'
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><xliff>&i;</xliff>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff>&a;</xliff>'


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("it.xlf", "<xliff", "exchange/syntax"),
        ("it.xlf", "<xliff version='1.2'/>", "exchange/syntax"),
        ("it.xlf", BOMB, "exchange/syntax"),
        ("it.xlf", OUTSIDE, "exchange/syntax"),
        ("it.csv", "", "exchange/syntax"),
        ("it.csv", "locale,id\nit,x\n", "exchange/syntax"),
        ("it.csv", "locale,id,source,translation,state\nit,x\n", "exchange/syntax"),
        (
            "it.csv",
            "locale,id,source,translation,state\nit,x,y,z,q\n",
            "exchange/syntax",
        ),
        (
            "it.csv",
            "locale,id,source,translation,state\nfr,x,y,z,stale\n",
            "exchange/locale",
        ),
        ("it.csv", 'locale,id,source,translation,state\n"it', "exchange/syntax"),
        ("it.csv", "locale,id,source,translation,state,id\n", "exchange/syntax"),
        ("it.txt", "x", "exchange/syntax"),
        ("gone.csv", None, "exchange/syntax"),
    ],
    ids=[
        *("half", "no-file", "bomb", "entity", "empty", "columns", "cells", "state"),
        *("locale", "quote", "twice", "suffix", "absent"),
    ],
)
def test_a_damaged_file_changes_nothing(folder, tmp_path, name, text, rule):
    path = tmp_path / name
    if text is not None:
        path.write_text(text, "utf-8")
    before = catalog_bytes(folder)

    with pytest.raises(NotifierError) as refused:
        import_files(notice_in(folder), [path])

    (problem,) = refused.value.problems
    assert problem.rule == rule
    assert problem.place.path == str(path)
    assert catalog_bytes(folder) == before


def test_a_document_type_is_refused_in_a_file_that_is_sound_otherwise(folder):
    data = sent(catalog(folder), "xlf").decode()
    typed = data.replace("<xliff", '<!DOCTYPE xliff [<!ENTITY a "b">]><xliff', 1)

    with pytest.raises(NotifierError) as refused:
        read_xliff(typed.encode(), "it.xlf")

    assert str(refused.value).startswith("it.xlf:1: error: a document type is declared")


@both_formats
@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("Assistenza Kestrel", "Assistenza {date:2024}", "catalog/placeholder"),
        ("Assistenza Kestrel", "Assistenza \u202eKestrel", "catalog/text"),
        ("Kestrel Care", "Kestrel Help", "exchange/source"),
    ],
    ids=["placeholder", "bidi", "source"],
)
def test_one_bad_unit_stops_the_whole_import(folder, suffix, old, new, rule):
    out = export(folder, "csv" if suffix == "csv" else "xliff")
    before = catalog_bytes(folder)
    edit(out / f"it.{suffix}", old, new)

    with pytest.raises(NotifierError) as refused:
        import_files(notice_in(folder), [out])

    (problem,) = refused.value.problems
    assert (problem.rule, problem.place.path) == (rule, str(out / f"it.{suffix}"))
    assert problem.place.line
    assert catalog_bytes(folder) == before


def test_a_text_that_is_gone_meanwhile_is_a_warning(folder):
    out = export(folder, "xliff")
    change(folder, "  - All customers", "  - Everybody else")
    update(notice_in(folder))

    done = import_files(notice_in(folder), [out / "it.xlf"])

    (problem,) = done.problems
    assert (problem.rule, problem.is_error) == ("exchange/unknown", False)


def test_what_a_translator_has_changed_in_one_of_two_formats_counts(folder):
    out = export(folder, "csv", "xliff")
    edit(out / "it.csv", "Assistenza Kestrel", "Aiuto Kestrel")
    edit(out / "it.xlf", "Aggiornamento della posta", "Nuova posta")
    edit(out / "it.xlf", 'state="needs-adaptation"', 'state="final"')

    import_files(notice_in(folder), [out])

    assert translations(folder)["Kestrel Care"] == "Aiuto Kestrel"
    assert translations(folder)["Upgrade of mail"] == "Nuova posta"


def test_two_new_translations_of_one_text_change_nothing(folder):
    out = export(folder, "csv", "xliff")
    edit(out / "it.csv", "Assistenza Kestrel", "Aiuto Kestrel")
    edit(out / "it.xlf", "Assistenza Kestrel", "Servizio Kestrel")
    before = catalog_bytes(folder)

    with pytest.raises(NotifierError) as refused:
        import_files(notice_in(folder), [out])

    (problem,) = refused.value.problems
    assert (problem.rule, problem.place.path) == ("exchange/twice", str(out / "it.xlf"))
    assert f"otherwise at {out / 'it.csv'}:" in problem.message
    assert catalog_bytes(folder) == before


@pytest.mark.parametrize("id", ["1.23E+11", "#x", "#²", f"#{'9' * 5000}"])
def test_a_spoilt_id_is_found_by_its_source(folder, id):
    (unit,) = [u for u in units_of(catalog(folder)) if u.source == "Kestrel Care"]
    made = replace(unit, id=id, target="Aiuto Kestrel")

    done, problems = apply_units(catalog(folder), [made])

    assert problems == ()
    assert done.current[None, "Kestrel Care"].forms == ("Aiuto Kestrel",)


def test_a_spoilt_id_of_a_source_that_stands_twice_is_a_warning():
    entries = (Entry("Ship", ("a",), "verb"), Entry("Ship", ("b",), "noun"))
    document = PoDocument("notice.po", HEADER, entries)
    unit = replace(units_of(document)[0], id="?", target="c")

    done, (problem,) = apply_units(document, [unit])

    assert (done.entries, problem.rule) == (entries, "exchange/unknown")


def test_cells_that_a_spreadsheet_leaves_out_take_nothing_away():
    entry = Entry("A", ("1",), remarks=("checked",), notes=("key: a",))
    stale = mark_stale(entry, replace(entry, id="B"))
    document = PoDocument("notice.po", HEADER, (stale,))
    head, row = sent(document, "csv").decode("utf-8-sig").splitlines()[:2]
    cells = row.split(",")[:6]

    for text in (",".join([*head.split(",")[:6]]), head, f"{head},,"):
        units = read_csv(f"{text}\n{','.join(cells)}\n".encode(), "it.csv")

        assert apply_units(document, [unit for _, unit in units]) == (document, ())


def test_every_line_of_a_note_is_a_remark(folder):
    out = export(folder, "xliff")
    note = '<note from="translator">ask Anna\nor Bob</note><note>soon</note>'
    edit(out / "it.xlf", '<note from="translator">checked by Anna</note>', note)

    import_files(notice_in(folder), [out])

    entry = catalog(folder).current[None, "Upgrade of mail"]
    assert entry.remarks == ("ask Anna", "or Bob", "soon")


def test_a_file_of_two_languages_changes_both_catalogs(folder):
    texts = {"it": "Tutti", "pl": "Wszyscy"}
    parts = []
    for tag, text in texts.items():
        (unit,) = [
            u for u in units_of(catalog(folder, tag)) if u.source == "All customers"
        ]
        made = replace(unit, target=text, state="translated")
        data = xliff_bytes([made], name=tag, source="en", target=tag).decode()
        parts.append(data[data.index("<file") : data.index("</xliff>")])
    head = data[: data.index("<file")]
    path = folder.parent / "all.xlf"
    path.write_text(f"{head}{''.join(parts)}</xliff>", "utf-8")

    import_files(notice_in(folder), [path])

    found = {tag: translations(folder, tag)["All customers"] for tag in texts}
    assert found == texts


def test_a_locale_without_a_catalog_cannot_be_exported(folder):
    with pytest.raises(NotifierError) as refused:
        list(export_files(notice_in(folder), locales=("fr",)))

    assert refused.value.problems[0].rule == "translations/locale"


def test_plural_forms_are_units_of_their_own_that_say_for_which_counts():
    header = Entry("", ("Plural-Forms: nplurals=2; plural=(n != 1);\n",))
    entry = Entry("%(n)s file", ("", ""), plural="%(n)s files")

    first, second = units_of(PoDocument("notice.po", header, (entry,)))

    assert (first.source, second.source) == ("%(n)s file", "%(n)s files")
    assert first.notes == ("plural form for counts such as 1",)
    assert second.notes == ("plural form for counts such as 0, 2, 3, 4",)
