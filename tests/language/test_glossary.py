"""The glossary: terms by locale, names that stay, problems with their lines."""

from __future__ import annotations

import pytest

from notifier.errors import NotifierError
from notifier.language.glossary import Term, read_glossary


def read(folder, text):
    (folder / "glossary.csv").write_text(text, "utf-8")
    return read_glossary([(folder, "locales/glossary.csv")])


def test_a_regional_locale_has_the_terms_of_its_parents_and_of_all(tmp_path):
    glossary = read(
        tmp_path,
        "term,locale,translation,note\n"
        "window,pt,janela,\n"
        "window,pt-BR,janela | faixa,\n"
        "Campaign,*,,a name\n",
    )

    assert glossary.of("pt-BR") == (
        Term("window", ("janela", "faixa"), False),
        Term("window", ("janela",), False),
        Term("Campaign", ("Campaign",), True),
    )
    assert glossary.of("it") == (Term("Campaign", ("Campaign",), True),)


@pytest.mark.parametrize(
    ("message", "found"),
    [("Two Windows", True), ("the window.", True), ("windowing", False)],
)
def test_a_term_is_found_in_any_number_and_case(message, found):
    assert Term("window", ("fenster",), False).is_in(message) is found


def test_a_name_is_found_as_it_is_written_only():
    assert not Term("Campaign", ("Campaign",), True).is_in("a campaign")


def test_a_folder_without_a_glossary_has_no_terms(tmp_path):
    assert read_glossary([(tmp_path, "glossary.csv")]).of("it") == ()


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("term,locale\na,b\n", 1, "a column is missing"),
        ("term,locale,translation\n,it,x\n", 2, "no term"),
        ("term,locale,translation\na,it,x\nb,!!,y\n", 3, "not a BCP 47"),
        ('term,locale,translation\na,it,"x\n', 2, "not a row of CSV"),
    ],
    ids=["column", "term", "locale", "quote"],
)
def test_a_row_that_cannot_be_read_is_a_problem_at_its_line(
    tmp_path, text, place, said
):
    with pytest.raises(NotifierError) as refused:
        read(tmp_path, text)

    (problem,) = refused.value.problems
    assert (problem.rule, problem.place.line) == ("glossary/syntax", place)
    assert said in problem.message


def test_a_glossary_that_is_not_utf8_is_named_as_its_author_knows_it(tmp_path):
    (tmp_path / "glossary.csv").write_bytes(b"term,locale,translation\n\xe9,it,x\n")

    with pytest.raises(NotifierError) as refused:
        read_glossary([(tmp_path, "../locales/glossary.csv")])

    assert str(refused.value).startswith("../locales/glossary.csv: error: ")
