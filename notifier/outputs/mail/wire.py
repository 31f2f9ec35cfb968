"""Check a finished message as the bytes it is (RFC 5322, 2045, 2046, 2047)."""

from __future__ import annotations

import re
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from functools import lru_cache
from typing import cast

_LONGEST = 998  # RFC 5322 §2.1.1, without CRLF
_OURS = 76
_WORD = 75
_ONCE = (
    *("From", "To", "Date", "Subject", "Message-ID", "MIME-Version"),
    *("Content-Type", "Content-Language", "Auto-Submitted"),
)
_AT_MOST_ONCE = (
    *("References", "In-Reply-To", "List-Id", "List-Unsubscribe"),
    *("List-Unsubscribe-Post", "Sender", "Reply-To", "Cc", "Bcc"),
    *("Precedence", "X-Auto-Response-Suppress"),
)
_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n")
_FOREIGN = re.compile(rb"[^\t\r\n\x20-\x7e]")
_FIELD = re.compile(rb"([!-9;-~]+):")
_ENCODED = re.compile(r"=\?([^?\s]+)\?([BbQq])\?([^?\s]*)\?=")
_QUOTED_LINE = re.compile(rb"(?:[\t \x21-\x3c\x3e-\x7e]|=[0-9A-F]{2})*(?:=|(?<![\t ]))")
_BASE64_LINE = re.compile(rb"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[A-Za-z0-9+/=]=)?")

_LINES = {
    "quoted-printable": _QUOTED_LINE,
    "base64": _BASE64_LINE,
    "7bit": re.compile(rb"[\t\x20-\x7e]*"),
}
# Each question to a message parses a header anew, and most messages share most headers.
_POLICY = policy.default.clone(
    header_factory=lru_cache(maxsize=1024)(HeaderRegistry().__call__)
)


def check_wire(data: bytes) -> tuple[str, ...]:
    """Return what is wrong with the message *data*; nothing where all is right.

    Stricter than the standards: lines are at most 76 octets long but where a header
    has no blank to fold at, and no line of a body begins as mail programs change it.
    """
    octets = tuple(_octet_faults(data))
    if octets:
        return octets
    head, _, body = data.partition(b"\r\n\r\n")
    message = message_from_bytes(data, policy=_POLICY)
    return (
        *_line_faults(head, body),
        *_header_faults(head, message),
        *_word_faults(head.decode("ascii")),
        *_part_faults(message),
    )


def _octet_faults(data: bytes) -> Iterator[str]:
    for found in _BARE.finditer(data):
        yield f"octet {found.start()}: a bare {found[0]!r}"
    for found in _FOREIGN.finditer(data):
        yield f"octet {found.start()}: {found[0]!r}"
    if not data.endswith(b"\r\n"):
        yield "the last line has no end"


def _line_faults(head: bytes, body: bytes) -> Iterator[str]:
    for line in head.split(b"\r\n"):
        # Behind the name or the fold, one word alone cannot be folded.
        foldable = b" " in _FIELD.sub(b"", line, count=1).strip()
        if len(line) > (_OURS if foldable else _LONGEST):
            yield f"a header line of {len(line)} octets: {line[:40]!r}"
        if not line.strip():
            yield "a header line of blanks"
    for line in body.split(b"\r\n"):
        if len(line) > _OURS:
            yield f"a line of {len(line)} octets: {line[:40]!r}"
        if line.startswith((b"From ", b".")):
            yield f"a line begins with {line[:5]!r}"


def _header_faults(head: bytes, message: EmailMessage) -> Iterator[str]:
    fields = re.sub(rb"\r\n[\t ]", b" ", head).split(b"\r\n")
    names = [found[1].decode() for line in fields if (found := _FIELD.match(line))]
    if len(names) != len(fields) or names != message.keys():
        yield f"{len(fields)} header fields, read as {len(message.keys())}"
    counts = Counter(name.lower() for name in names)
    for name in _ONCE:
        if counts[name.lower()] != 1:
            yield f"{name} stands {counts[name.lower()]} times"
    for name in _AT_MOST_ONCE:
        if counts[name.lower()] > 1:
            yield f"{name} stands {counts[name.lower()]} times"


def _word_faults(head: str) -> Iterator[str]:
    for word in head.split():
        if "=?" not in word:
            continue
        found = _ENCODED.fullmatch(word)
        if found is None:
            yield f"an encoded word does not stand alone: {word!r}"
        elif len(word) > _WORD:
            yield f"an encoded word of {len(word)} octets: {word!r}"
        elif not _is_readable(*found.groups()):
            yield f"an encoded word cannot be read alone: {word!r}"


def _is_readable(charset: str, encoding: str, text: str) -> bool:
    if charset.lower() != "utf-8" or encoding.lower() != "b" or not text:
        return False
    try:
        b64decode(text, validate=True).decode()
    except ValueError:
        return False
    return True


def _part_faults(message: EmailMessage) -> Iterator[str]:
    lang = message.get("Content-Language")
    for part in message.walk():
        kind = part.get_content_type()
        if part.is_multipart():
            yield from _defects(part, kind)
            continue
        yield from _encoding_faults(part, kind)
        part.get_payload(decode=True)  # some defects are seen only now
        yield from _defects(part, kind)
        is_attached = part.get_content_disposition() == "attachment"
        if part.get_content_maintype() == "text" and not is_attached:
            language = part.get("Content-Language")
            if language != lang:
                yield f"{kind}: Content-Language {language!r}, not {lang!r}"


def _defects(part: EmailMessage, kind: str) -> Iterator[str]:
    for defect in part.defects:
        yield f"{kind}: {type(defect).__name__}"
    for name, value in part.items():
        for defect in getattr(value, "defects", ()):
            yield f"{kind}: {name}: {type(defect).__name__}"


def _encoding_faults(part: EmailMessage, kind: str) -> Iterator[str]:
    encoding = str(part.get("Content-Transfer-Encoding"))
    pattern = _LINES.get(encoding)
    if pattern is None:
        yield f"{kind}: the encoding is {encoding!r}"
        return
    lines = str(part.get_payload()).encode().split(b"\r\n")
    for line in lines:
        if not pattern.fullmatch(line):
            yield f"{kind}: not {encoding}: {line[:80]!r}"
    if encoding == "base64" and b"=" in b"".join(lines).rstrip(b"="):
        yield f"{kind}: base64 goes on behind its end"
    if part.get_content_maintype() == "text":
        try:
            cast(bytes, part.get_payload(decode=True)).decode()
        except UnicodeDecodeError:
            yield f"{kind}: not UTF-8"
