"""Header fields on the wire (RFC 5322 §2.2, RFC 2047): folded, ASCII, exact."""

from __future__ import annotations

import base64
import re
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

_LINE = 76
_WORD = 75
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ATOMS = re.compile(rf"{_ATOM}(?: {_ATOM})*")
_UNQUOTED = re.compile(r"=\?|\s\s|[^\x20-\x7e]")
_PLAIN = re.compile(r"[\x21-\x7e]+(?: [\x21-\x7e]+)*")


def header(name: str, value: str) -> bytes:
    """Return one header field with *value* as unstructured text, folded, with CRLF.

    ASCII is folded at blanks; anything else becomes encoded words of at most 75 octets.
    """
    if _PLAIN.fullmatch(value) and "=?" not in value:
        folded = _folded(f"{name}:", value.split(" "))
        if max(map(len, folded.split("\r\n"))) <= _LINE:
            return folded.encode() + b"\r\n"
    return _folded(f"{name}:", encoded_words(value, len(name) + 2)).encode() + b"\r\n"


def tokens_header(name: str, value: str) -> bytes:
    """Return a header field of ASCII tokens, folded at blanks and never encoded."""
    if not value.isascii():
        raise ValueError(f"{name} holds a character that is not ASCII")
    return _folded(f"{name}:", value.split()).encode() + b"\r\n"


def _folded(start: str, words: list[str] | tuple[str, ...]) -> str:
    lines = [start]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > _LINE and lines[-1] != start:
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines)


def encoded_words(text: str, taken: int = 0) -> tuple[str, ...]:
    """Return *text* as encoded words (RFC 2047 §2), none of which splits a character.

    *taken* is how much of the first line is used up. Blanks between the words are not
    part of the text, so each word holds its own blanks.
    """
    words: list[str] = []
    room = (min(_WORD, _LINE - taken) - len("=?utf-8?b??=")) // 4 * 3
    if len(whole := text.encode()) <= room:
        return (f"=?utf-8?b?{base64.b64encode(whole).decode()}?=",)
    current = b""
    for character in text:
        data = character.encode()
        if current and len(current) + len(data) > room:
            words.append(f"=?utf-8?b?{base64.b64encode(current).decode()}?=")
            current, room = b"", (_WORD - len("=?utf-8?b??=")) // 4 * 3
        current += data
    words.append(f"=?utf-8?b?{base64.b64encode(current).decode()}?=")
    return tuple(words)


def quoted_string(name: str) -> str:
    """Return *name* between double quotes (RFC 5322 §3.2.4)."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def mailbox(name: str, email: str) -> str:
    """Return a mailbox as text that is not encoded, its *name* quoted if it must be."""
    if not name:
        return email
    special = re.search(r'[()<>\[\]:;@\\,."]', name)
    return f"{quoted_string(name) if special else name} <{email}>"


@lru_cache(maxsize=4096)
def address(name: str, email: str) -> tuple[str, ...]:
    """Return a mailbox (RFC 5322 §3.4) as the words of a header field."""
    if not name:
        return (f"<{email}>",)
    words = name.split(" ")
    if _ATOMS.fullmatch(name) and "=?" not in name and max(map(len, words)) < _WORD - 6:
        return (*words, f"<{email}>")
    quoted = quoted_string(name)
    # Readers make one blank of several, even between quotes.
    if name.isascii() and len(quoted) < _LINE // 2 and not _UNQUOTED.search(name):
        return (quoted, f"<{email}>")
    return (*encoded_words(name, len("From: ")), f"<{email}>")


def address_header(name: str, mailbox: tuple[str, ...]) -> bytes:
    """Return a header field with one mailbox."""
    return _folded(f"{name}:", mailbox).encode() + b"\r\n"


def date_header(moment: datetime) -> bytes:
    """Return the Date field of an aware *moment*."""
    return f"Date: {format_datetime(moment)}\r\n".encode()
