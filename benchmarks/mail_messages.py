"""The same messages made by bare joining, and by ready-made libraries."""

from __future__ import annotations

import binascii
import email
import html
import re
from base64 import encodebytes
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP, default
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import jinja2
from mail_fleet import NOW

from notifier.content.compiler import Compiler
from notifier.content.fields import Pieces, Repeat, Slot
from notifier.content.mail_page import preference_pieces
from notifier.content.translations import read_catalogs
from notifier.notice import read_notice
from notifier.outputs.mail.binder import Binder
from notifier.outputs.mail.due import (
    EmailRequest,
    Run,
    announced_waves,
    due_messages,
    instances_by_wave,
)
from notifier.outputs.mail.message import BoundMessage, Letterhead
from notifier.outputs.mail.outbox import Posting
from notifier.planning import plan

_ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "quoted-printable": binascii.b2a_qp,
    "base64": encodebytes,
}
_IN_ADDRESS = re.compile(r'(href="|<https:)[^">\s]*$')
_SEVEN_BIT = SMTP.clone(cte_type="7bit")
# What EmailMessage sets itself, or drops with the content that it replaces.
_MIME = ("MIME-Version", "Content-Type", "Content-Language")


@dataclass(frozen=True, slots=True)
class _Hole:
    field: str
    escape: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Loop:
    field: str
    pieces: tuple[str | _Hole | _Loop, ...]


_Open = tuple[str | _Hole | _Loop, ...]


def postings(folder: Path, *, every: int = 1) -> list[Posting]:
    """Return each *every*-th message of the notice in *folder*, and what it is of."""
    notice, _ = read_notice(folder)
    planned, _ = plan(notice, now=NOW)
    catalogs, _ = read_catalogs(notice)
    request = EmailRequest()
    letterhead = Letterhead(
        notice.publisher.sender or "",
        f"{notice.id}.{notice.publisher.domain}",
        NOW,
        preference_pieces(notice),
    )
    run = Run(
        notice,
        planned,
        Compiler(notice, planned, catalogs),
        request,
        letterhead,
        announced_waves(planned, request, NOW),
        instances_by_wave(notice),
    )
    binder = Binder(run)
    return [binder.post(due) for due in islice(due_messages(run), 0, None, every)]


class Opened:
    """The decoded texts of a bound message, prepared for the other two ways."""

    def __init__(self, message: BoundMessage) -> None:
        page = (*message.bound.frame[0], *message.bound.body, *message.bound.frame[1])
        self.text = tuple(_opened(message.bound.text, str))
        self.page = tuple(_opened(page, html.escape))
        self.encode_text = _ENCODERS[message.text.encoding]
        self.encode_page = _ENCODERS[message.html.encoding]
        self.text_template, self.page_template = (
            jinja2.Template(template(pieces), keep_trailing_newline=True)
            for pieces in (self.text, self.page)
        )


class Bare:
    """Joins and encodes one message, and does nothing else.

    All but its two texts is finished beforehand.
    """

    def __init__(self, posting: Posting, opened: Opened) -> None:
        self.opened, self.values = opened, posting.to.values
        parts = (posting.message.text, posting.message.html)
        text, page = (part.merge(self.values) for part in parts)
        self.start, _, rest = posting.data.partition(text)
        self.between, _, self.end = rest.partition(page)

    def make(self) -> bytes:
        """Make the message."""
        opened = self.opened
        text = _joined(opened.text, self.values).encode()
        page = _joined(opened.page, self.values).encode()
        return b"".join(
            (
                self.start,
                opened.encode_text(text),
                self.between,
                opened.encode_page(page),
                self.end,
            )
        )


class ReadyMade:
    """Makes one message with Jinja, its template inlined before, and EmailMessage.

    What its headers and calendars say is known beforehand.
    """

    def __init__(self, posting: Posting, opened: Opened) -> None:
        self.opened = opened
        self.values = {variable(k): v for k, v in posting.to.values.items()}
        parsed = email.message_from_bytes(posting.data, policy=default)
        self.headers = [(k, str(v)) for k, v in parsed.items() if k not in _MIME]
        self.calendars = [
            (part.get_content(), part.get_param("method"), part.get_filename())
            for part in parsed.walk()
            if part.get_content_subtype() == "calendar"
        ]

    def make(self) -> bytes:
        """Make the message."""
        message = EmailMessage(policy=_SEVEN_BIT)
        for name, value in self.headers:
            message[name] = value
        page = self.opened.page_template.render(self.values)
        message.set_content(self.opened.text_template.render(self.values))
        message.add_alternative(page, subtype="html")
        for text, method, file in self.calendars:
            params = {"method": method} if method else None
            if file:
                message.add_attachment(text, "calendar", filename=file, params=params)
            else:
                message.add_alternative(text, "calendar", params=params)
        return message.as_bytes()


def decoded(data: bytes) -> tuple[object, object]:
    """Return what a message says, however it is laid out and encoded.

    Blanks count for nothing: EmailMessage doubles some where it folds a header.
    """
    parsed = email.message_from_bytes(data, policy=default)
    parts = [part for part in parsed.walk() if not part.is_multipart()]
    return (
        sorted((k, str(v).split()) for k, v in parsed.items() if k not in _MIME),
        [(p.get_content_type(), p.get_content().split()) for p in parts],
    )


def _opened(
    pieces: Pieces, escape: Callable[[str], str]
) -> Iterator[str | _Hole | _Loop]:
    before = ""
    for piece in pieces:
        if isinstance(piece, Slot):
            address = _IN_ADDRESS.search(before)
            yield _Hole(piece.field, _address_part if address else escape)
        elif isinstance(piece, Repeat):
            yield _Loop(piece.field, tuple(_opened(piece.pieces, escape)))
        else:
            yield piece.replace("\n", "\r\n")
            before = piece


def _address_part(value: str) -> str:
    return quote(value, safe="")


def _joined(pieces: _Open, values: Mapping[str, str]) -> str:
    out: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            out.append(piece)
        elif isinstance(piece, _Hole):
            out.append(piece.escape(values[piece.field]))
        else:
            for item in values[piece.field].split("\n"):
                out.append(_joined(piece.pieces, {piece.field: item}))
    return "".join(out)


def template(pieces: _Open) -> str:
    """Return the Jinja template that makes what *pieces* make."""
    filters = {html.escape: "|e", _address_part: "|urlencode", str: ""}
    parts: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            parts.append(f"{{% raw %}}{piece}{{% endraw %}}")
        elif isinstance(piece, _Hole):
            parts.append(f"{{{{ {variable(piece.field)}{filters[piece.escape]} }}}}")
        else:
            name = variable(piece.field)
            parts.append(f"{{% for {name} in {name}.split('\\n') %}}")
            parts += [template(piece.pieces), "{% endfor %}"]
    return "".join(parts)


def variable(field: str) -> str:
    """Return the name of a field in Jinja."""
    return re.sub(r"\W", "_", field)
