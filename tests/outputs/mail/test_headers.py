"""Header fields: whatever is put in is read again, by two readers, and nothing else."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notifier.outputs.mail.headers import (
    address,
    address_header,
    date_header,
    encoded_words,
    header,
    mailbox,
    tokens_header,
)

CONTROLS = "\x00-\x1f\x7f"
# What a notice and its tables may hold: no controls, no separators of lines.
ALLOWED = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
WORDS = st.sampled_from(
    [
        "a",
        " ",
        "  ",
        ".",
        ",",
        '"',
        "\\",
        "é",
        "あ",
        "🎉",
        "مرحبا",
        "x" * 80,
        "?=",
        "<@>",
    ]
)
TEXTS = st.one_of(
    st.text(ALLOWED, min_size=1), st.lists(WORDS, min_size=1).map("".join)
)


def read(field):
    message = message_from_bytes(field + b"\r\n", policy=policy.default)
    ((_, value),) = message.items()
    assert value.defects == ()
    return value


def unfolded(field):
    _, _, value = field.decode("ascii").partition(": ")
    return value.removesuffix("\r\n").replace("\r\n ", " ")


def assert_on_the_wire(field, *, longest=76):
    lines = field.split(b"\r\n")
    assert lines.pop() == b""
    assert all(line.strip() and len(line) <= longest for line in lines)
    assert all(line[:1] == b" " for line in lines[1:])
    for word in unfolded(field).split(" "):
        if word.startswith("=?"):
            assert len(word) <= 75
            str(make_header(decode_header(word)))  # each word is readable alone


@pytest.mark.slow
@settings(max_examples=500)
@given(TEXTS)
@example(" leading and trailing ")
@example("two  blanks")
@example("=?utf-8?q?hi?=")
@example("Upgrade: 5 March 2024")
@example("à " * 200)
@example("x" * 1000)
def test_a_text_is_read_as_it_was_written(text):
    field = header("Subject", text)

    assert_on_the_wire(field)
    assert str(read(field)) == text
    assert str(make_header(decode_header(unfolded(field)))) == text


@pytest.mark.slow
@settings(max_examples=500)
@given(TEXTS.map(str.strip).filter(bool))
@example("O'Neill, Sam")
@example('Sam "The Man" O\\Neill')
@example("Dr. Sam")
@example("x" * 900)
@example("word " * 100 + "word")
@example("a  b")
@example("a" * 30 + '"' * 7)
@example("Łukasz 山田 花子 ليلى")
@example("!#$%")
@example("()")
@example("🎉" * 200)
def test_a_name_is_read_as_it_was_written(name):
    field = address_header("To", address(name, "sam@example.com"))

    assert_on_the_wire(field)
    (read_as,) = read(field).addresses
    # Python's newer reader adds and drops blanks in names.
    assert "".join(read_as.display_name.split()) == "".join(name.split())
    assert read_as.addr_spec == "sam@example.com"
    words, plain = parseaddr(unfolded(field))
    assert (str(make_header(decode_header(words))), plain) == (name, "sam@example.com")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", ("<s@example.com>",)),
        ("Sam Hill", ("Sam", "Hill", "<s@example.com>")),
        ("O'Neill", ("O'Neill", "<s@example.com>")),
        ("Hill, Sam", ('"Hill, Sam"', "<s@example.com>")),
        ('a "b" \\', ('"a \\"b\\" \\\\"', "<s@example.com>")),
        ("a  b", ("=?utf-8?b?YSAgYg==?=", "<s@example.com>")),
        ("José", ("=?utf-8?b?Sm9zw6k=?=", "<s@example.com>")),
    ],
    ids=["none", "atoms", "apostrophe", "comma", "quotes", "blanks", "accent"],
)
def test_an_address_has_these_words(name, words):
    assert address(name, "s@example.com") == words


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("", "s@example.com"),
        ("José Hill", "José Hill <s@example.com>"),
        ("Hill, José", '"Hill, José" <s@example.com>'),
        ('a"b', '"a\\"b" <s@example.com>'),
    ],
    ids=["none", "plain", "comma", "quote"],
)
def test_a_mailbox_as_text_quotes_what_would_end_it(name, text):
    assert mailbox(name, "s@example.com") == text


@given(st.text(ALLOWED), st.integers(0, 40))
def test_no_encoded_word_splits_a_character(text, taken):
    words = encoded_words(text, taken)

    assert "".join(str(make_header(decode_header(word))) for word in words) == text
    assert all(len(word) <= 75 for word in words)
    assert taken + len(words[0]) <= 76


def test_tokens_are_folded_and_never_encoded():
    long = f"<https://example.com/{'x' * 200}>"

    assert tokens_header("List-Unsubscribe", f"{long} <mailto:a@b.example>") == (
        f"List-Unsubscribe: {long}\r\n <mailto:a@b.example>\r\n".encode()
    )
    with pytest.raises(ValueError, match="not ASCII"):
        tokens_header("List-Id", "<é>")


def test_a_date_has_its_zone():
    field = date_header(datetime(2024, 2, 1, 8, tzinfo=UTC))

    assert field == b"Date: Thu, 01 Feb 2024 08:00:00 +0000\r\n"
    assert re.search(f"[{CONTROLS}]", field.decode().strip()) is None
