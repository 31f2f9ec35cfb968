"""A field can be printed, and nothing else."""

import operator
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.content.fields import (
    Count,
    FieldInspected,
    Record,
    Slot,
    TokenBook,
    fill_in,
    is_spoilt,
    plural_number,
    split,
    text_of,
    tokens,
)
from notifier.content.repeats import line_of


def contact(counts=None):
    return Record("contact", TokenBook(), ["name", "book", "count"], counts)


def test_the_same_field_prints_as_the_same_token():
    record = contact()

    assert str(record.name) == str(record.name)
    assert str(record.name) != str(record.book)
    assert f"{record.name!s}" == str(record.name)


def test_a_name_that_is_not_known_is_no_field():
    with pytest.raises(AttributeError, match="nme"):
        _ = contact().nme


@pytest.mark.parametrize(
    "inspect",
    [
        pytest.param(bool, id="test"),
        pytest.param(len, id="length"),
        pytest.param(iter, id="loop"),
        pytest.param(lambda field: field == "x", id="equal"),
        pytest.param(lambda field: field != "x", id="not equal"),
        pytest.param(lambda field: field < 3, id="less"),
        pytest.param(lambda field: field[0], id="index"),
        pytest.param(lambda field: "x" in field, id="in"),
        pytest.param(lambda field: field + "x", id="add"),
        pytest.param(lambda field: "x" + field, id="add right"),
        pytest.param(lambda field: field % 2, id="modulo"),
        pytest.param(lambda field: f"{field:>10}", id="format"),
        pytest.param(int, id="number"),
        pytest.param(hash, id="hash"),
        pytest.param(operator.methodcaller("__call__"), id="call"),
    ],
)
def test_looking_at_a_field_is_refused(inspect):
    with pytest.raises(FieldInspected, match=r"contact\.name"):
        inspect(contact().name)


def test_a_count_carries_a_number_of_its_plural_category():
    field = contact({"count": 5}).count

    assert isinstance(field, Count)
    assert plural_number(field) == 5
    with pytest.raises(FieldInspected):
        bool(field)


@given(
    texts=st.lists(st.text(alphabet="aX7é日 \n", max_size=8), min_size=1, max_size=6),
    names=st.lists(st.sampled_from(["name", "book", "count"]), max_size=5),
    value=st.text(max_size=5),
)
def test_joining_what_was_split_puts_each_value_in_its_place(texts, names, value):
    book = TokenBook()
    fields = [book.field(f"contact.{name}") for name in names]
    holes = [*map(str, fields), ""]
    text = "".join(chain.from_iterable(zip(texts, holes, strict=False)))
    values = {f"contact.{name}": f"{name}={value}" for name in names}

    pieces = split(text, book, line_of)

    expected = text
    for name in names:
        token = str(book.field(f"contact.{name}"))
        expected = expected.replace(token, values[f"contact.{name}"])
    assert text_of(fill_in(pieces, values)) == expected
    assert len(tokens(text)) == sum(isinstance(piece, Slot) for piece in pieces)


@pytest.mark.parametrize(
    ("change", "spoilt"),
    [
        (str, False),
        (lambda token: f"**{token}**.", False),
        (lambda token: token * 2, False),
        (str.upper, True),
        (str.title, True),
        (lambda token: token[:-1], True),
        (lambda token: token[1:], True),
        (lambda token: token.replace("z", "y"), True),
    ],
)
def test_a_cut_or_changed_token_is_noticed(change, spoilt):
    token = str(TokenBook().field("contact.name"))

    assert is_spoilt(change(token)) is spoilt
