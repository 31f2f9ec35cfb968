"""Transfer encodings of parts with slots (RFC 2045 §6): encoded once, joined often.

Static text is encoded when an edition is bound. A value is encoded by itself and
joined, so nothing is ever searched in encoded bytes.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from notifier.content.fields import Pieces, Repeat, Slot, items_of

_LINE = 76
# RFC 2045 §6.7: printable ASCII stands for itself, blanks but at a line's end; "=" is
# seen to before.
_QUOTED = re.compile(rb"[^\t -~]|[\t ]\Z")
# What mail programs change at the start of a line; a blank at its end is quoted.
_MANGLED = re.compile(rb"\.|From(?: |=20\Z)")
_SOFT_BREAK = b"=\r\n"
# Enough to tell in which address a value stands.
_CONTEXT = 2_000

Escape = Callable[[str], str]


class Part(Protocol):
    """An encoded text with holes."""

    @property
    def encoding(self) -> str:
        """Return the value of Content-Transfer-Encoding."""

    def merge(self, values: Mapping[str, str]) -> bytes:
        """Return the encoded text with *values* in its holes."""


def quoted_printable(text: bytes) -> bytes:
    """Return *text*, whose lines end in CRLF, as quoted-printable.

    No line begins with a dot or `From `, which mail programs change on their way.
    """
    return b"\r\n".join(_quoted_line(line) for line in text.split(b"\r\n"))


# Most lines are the same in all zones that an edition is bound to.
@lru_cache(maxsize=4096)
def _quoted_line(line: bytes) -> bytes:
    quoted = _QUOTED.sub(_quote, line.replace(b"=", b"=3D"))
    lines: list[bytes] = []
    start, size = 0, len(quoted)
    while True:
        room, mark = _LINE - 1, b""  # without the "=" of a soft break
        if _MANGLED.match(quoted, start):
            mark = b"=%02X" % quoted[start]
            start, room = start + 1, room - len(mark)
        end = start + room
        if end < size and (cut := quoted.rfind(b"=", end - 2, end)) >= 0:
            end = cut  # "=XX" stays whole
        lines.append(mark + quoted[start:end])
        if end >= size:
            return _SOFT_BREAK.join(lines)
        start = end


def _quote(found: re.Match[bytes]) -> bytes:
    return b"=%02X" % found[0][0]


@lru_cache(maxsize=4096)
def _quoted_value(value: str) -> bytes:
    return quoted_printable(_lines(value)) + _SOFT_BREAK


def _lines(text: str) -> bytes:
    return text.encode().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


@dataclass(frozen=True, slots=True)
class _Phases:
    """A static text in base64 for 0, 1 and 2 bytes left over before it.

    Each phase holds the bytes that fill the open group, the encoded whole groups as
    lines, and the bytes that are left over at the end.
    """

    data: bytes
    phases: tuple[tuple[bytes, bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class _Hole:
    """Where a value goes, and how it is escaped there."""

    field: str
    escape: Escape


@dataclass(frozen=True, slots=True)
class _Again:
    """Pieces that come once per item of a list field."""

    field: str
    pieces: tuple[bytes | _Phases | _Hole, ...]


def _expanded(
    pieces: Iterable[bytes | _Phases | _Hole | _Again], values: Mapping[str, str]
) -> list[bytes | _Phases | str]:
    """Return *pieces* in order, holes as their escaped values, repeats unrolled."""
    found: list[bytes | _Phases | str] = []
    for piece in pieces:
        if isinstance(piece, _Hole):
            found.append(piece.escape(values[piece.field]))
        elif isinstance(piece, _Again):
            for item in items_of(values[piece.field]):
                found += _expanded(piece.pieces, {**values, piece.field: item})
        else:
            found.append(piece)
    return found


@dataclass(frozen=True, slots=True)
class QuotedPrintable:
    """A part in quoted-printable, with a soft break before and after each slot."""

    pieces: tuple[bytes | _Phases | _Hole | _Again, ...]
    encoding: str = "quoted-printable"

    def merge(self, values: Mapping[str, str]) -> bytes:
        """Return the encoded text with *values* in its holes."""
        out: list[bytes] = []
        for piece in _expanded(self.pieces, values):
            if isinstance(piece, bytes):
                out.append(piece)
            elif isinstance(piece, str):
                out.append(_quoted_value(piece))
        return b"".join(out)


@dataclass(frozen=True, slots=True)
class Base64:
    """A part in base64; what follows a slot is prepared for all three phases."""

    pieces: tuple[bytes | _Phases | _Hole | _Again, ...]
    encoding: str = "base64"

    def merge(self, values: Mapping[str, str]) -> bytes:
        """Return the encoded text with *values* in its holes."""
        out: list[bytes] = []
        carry = b""
        for piece in _expanded(self.pieces, values):
            if isinstance(piece, _Phases):
                head, body, tail = piece.phases[len(carry)]
                if carry:
                    carry += head
                    if len(carry) < 3:
                        continue
                    out.append(base64.b64encode(carry) + b"\r\n")
                out.append(body)
                carry = tail
            elif isinstance(piece, str):
                data = carry + _lines(piece)
                whole = len(data) // 3 * 3
                out.append(base64_lines(data[:whole]))
                carry = data[whole:]
        if carry:
            out.append(base64.b64encode(carry) + b"\r\n")
        return b"".join(out)


def base64_lines(data: bytes) -> bytes:
    """Return *data* in base64, in lines of 76 characters that end in CRLF."""
    encoded = base64.b64encode(data)
    if len(encoded) <= _LINE:
        return encoded + b"\r\n" if encoded else b""
    lines = [encoded[at : at + _LINE] for at in range(0, len(encoded), _LINE)]
    return b"\r\n".join(lines) + b"\r\n"


def _phases(data: bytes) -> _Phases:
    phases = []
    for held in range(3):
        missing = (3 - held) % 3
        rest = data[missing:]
        whole = len(rest) // 3 * 3
        phases.append((data[:missing], base64_lines(rest[:whole]), rest[whole:]))
    return _Phases(data, tuple(phases))


def encode(pieces: Pieces, escape_at: Callable[[str], Escape]) -> Part:
    """Return the part that *pieces* make, in whichever encoding is smaller for them.

    *escape_at* returns how a value is escaped that stands after a given text.
    """
    quoted, grouped, _ = _encoded(pieces, escape_at, "")
    if quoted and isinstance(quoted[-1], bytes):
        quoted[-1] = quoted[-1].removesuffix(_SOFT_BREAK)  # nothing follows
    printable = sum(len(piece) for piece in quoted if isinstance(piece, bytes))
    grouped_size = sum(
        len(piece.phases[0][1]) for piece in grouped if isinstance(piece, _Phases)
    )
    if printable <= grouped_size:
        return QuotedPrintable(tuple(quoted))
    return Base64(tuple(grouped))


_Mixed = list[bytes | _Phases | _Hole | _Again]


def _encoded(
    pieces: Pieces, escape_at: Callable[[str], Escape], before: str
) -> tuple[_Mixed, _Mixed, str]:
    """Return *pieces* in both encodings, and the end of the text so far."""
    quoted: _Mixed = []
    grouped: _Mixed = []
    for piece in pieces:
        if isinstance(piece, Slot):
            hole = _Hole(piece.field, escape_at(before))
            quoted.append(hole)
            grouped.append(hole)
            before += "x"
        elif isinstance(piece, Repeat):
            inner, whole, before = _encoded(piece.pieces, escape_at, before)
            quoted.append(_Again(piece.field, tuple(inner)))  # type: ignore[arg-type]  # no repeats in repeats
            grouped.append(_Again(piece.field, tuple(whole)))  # type: ignore[arg-type]  # no repeats in repeats
        else:
            data = _lines(piece)
            quoted.append(quoted_printable(data) + _SOFT_BREAK)
            grouped.append(_phases(data))
            before += piece
        before = before[-_CONTEXT:]
    return quoted, grouped, before
