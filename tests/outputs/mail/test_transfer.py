"""Transfer encodings: what is decoded is what was put in, and no line is too long."""

import base64
import binascii
import html
import quopri
import re
from email import message_from_bytes, policy

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notifier.content.fields import Slot
from notifier.outputs.mail.transfer import encode, quoted_printable

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")),
    st.lists(
        st.sampled_from(
            ["From ", ".", "=", "a", " ", "\t", "\n", "é", "あ", "🎉", "x" * 74, "--"]
        ),
        max_size=12,
    ).map("".join),
)
PIECES = st.lists(
    st.one_of(TEXTS.filter(bool), st.builds(Slot, st.sampled_from("abc")))
)
VALUES = st.fixed_dictionaries({"a": TEXTS, "b": TEXTS, "c": TEXTS})
# What the rest is too small to outweigh, so that each encoding has its turn.
LATIN, WIDE = "a" * 20_000, "あ" * 4_000


def plain(pieces, values):
    filled = [values[p.field] if isinstance(p, Slot) else p for p in pieces]
    return "".join(filled).replace("\n", "\r\n").encode()


def with_bulk(pieces, bulk, at_end):
    return (*pieces, bulk) if at_end else (bulk, *pieces)


def as_parsed(encoding, body):
    head = f"Content-Transfer-Encoding: {encoding}\r\n\r\n".encode()
    message = message_from_bytes(head + body, policy=policy.default)
    return message.get_payload(decode=True)


@settings(max_examples=200)
@given(PIECES, VALUES, st.booleans())
@example([Slot("a"), Slot("b")], {"a": "", "b": "", "c": ""}, True)
@example([Slot("a"), "\n", Slot("b")], {"a": "\n.", "b": "From me", "c": ""}, True)
@example(["x ", Slot("a"), " y"], {"a": " ", "b": "", "c": ""}, False)
@example(["=", Slot("a")], {"a": "41", "b": "", "c": ""}, False)
def test_quoted_printable_decodes_to_the_text_with_its_values(pieces, values, at_end):
    pieces = with_bulk(pieces, LATIN, at_end)
    part = encode(pieces, lambda before: str)

    body = part.merge(values)

    assert part.encoding == "quoted-printable"
    assert quopri.decodestring(body) == plain(pieces, values)
    assert as_parsed(part.encoding, body) == plain(pieces, values)
    for line in body.split(b"\r\n"):
        assert re.fullmatch(rb"(?:[\t -<>-~]|=[0-9A-F]{2})*=?", line)
        assert len(line) <= 76
        assert not line.endswith((b" ", b"\t"))
        assert not line.startswith((b".", b"From "))


@settings(max_examples=200)
@given(PIECES, VALUES, st.booleans(), st.integers(0, 2))
@example([Slot("a"), Slot("b")], {"a": "", "b": "", "c": ""}, True, 0)
@example(["x", Slot("a"), "y", "z"], {"a": "", "b": "", "c": ""}, True, 1)
@example([Slot("a"), "x", Slot("b"), "y"], {"a": "1", "b": "", "c": ""}, True, 2)
def test_base64_decodes_to_the_text_with_its_values(pieces, values, at_end, phase):
    pieces = ("x" * phase, *with_bulk(pieces, WIDE, at_end))
    part = encode(pieces, lambda before: str)

    body = part.merge(values)

    assert part.encoding == "base64"
    joined = body.replace(b"\r\n", b"")
    assert base64.b64decode(joined, validate=True) == plain(pieces, values)
    assert as_parsed(part.encoding, body) == plain(pieces, values)
    lines = body.split(b"\r\n")
    assert lines.pop() == b""
    assert all(0 < len(line) <= 76 and len(line) % 4 == 0 for line in lines)
    assert b"=" not in joined.rstrip(b"=")


@pytest.mark.parametrize("before", range(3))
@pytest.mark.parametrize("size", range(5))
@pytest.mark.parametrize("after", range(5))
def test_base64_joins_in_every_phase(before, size, after):
    pieces = (WIDE, "x" * before, Slot("a"), "y" * after, Slot("a"))
    values = {"a": "v" * size}

    body = encode(pieces, lambda before: str).merge(values)

    assert binascii.a2b_base64(body) == plain(pieces, values)


def test_a_value_is_escaped_for_where_it_stands():
    pieces = (f"{LATIN}<a href='", Slot("a"), "'>", Slot("a"))

    def escape_at(before):
        return str.upper if before.endswith("href='") else html.escape

    part = encode(pieces, escape_at)

    text = quopri.decodestring(part.merge({"a": "<b>"})).decode()
    assert text.removeprefix(LATIN) == "<a href='<B>'>&lt;b&gt;"


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        (b"", b""),
        (b".", b"=2E"),
        (b"a.b", b"a.b"),
        (b"From me", b"=46rom me"),
        (b"Fromage", b"Fromage"),
        (b"a From me", b"a From me"),
        (b"a \r\nb\t", b"a=20\r\nb=09"),
        (b"a\rb\nc", b"a=0Db=0Ac"),
        (b"a" * 75 + b".b", b"a" * 75 + b"=\r\n=2Eb"),
        (b"a" * 75 + b"From b", b"a" * 75 + b"=\r\n=46rom b"),
        ("é".encode(), b"=C3=A9"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_quoted_printable_is_written_so(text, encoded):
    assert quoted_printable(text) == encoded


def test_a_value_that_is_missing_is_named():
    part = encode(("x", Slot("contact.name")), lambda before: str)

    with pytest.raises(KeyError, match=r"contact\.name"):
        part.merge({})
