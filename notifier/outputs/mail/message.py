"""One message per contact: bound to a wave and zone once, merged many times."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote

from notifier.content.editions import Bound
from notifier.content.fields import Pieces, fill_in, text_of
from notifier.language.typography import bare
from notifier.outputs.mail.calendar import CalendarForm
from notifier.outputs.mail.headers import (
    address,
    address_header,
    date_header,
    header,
    mailbox,
    tokens_header,
)
from notifier.outputs.mail.skeleton import skeleton_of
from notifier.outputs.mail.transfer import Escape, Part, base64_lines, encode

# RFC 3834 §5 and MS-OXCMAIL 2.1.3.2.20: no out-of-office answers, but bounces.
_AUTOMATIC = {
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "OOF, AutoReply",
    "Precedence": "bulk",
}
_IN_HREF = re.compile(r'href="[^"]*$')
_IN_ANGLES = re.compile(r"<https:[^>\s]*$")


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells the messages of one document and wave from all others."""

    document: str
    notice: str
    wave: str
    revision: int
    domain: str

    def message_id(self, customer: str, email: str) -> str:
        """Return the Message-ID for one contact (RFC 5322 §3.6.4)."""
        return self._id(self.document, self.revision, customer, email)

    def first_id(self, customer: str, email: str) -> str:
        """Return the Message-ID of the first announcement of the same wave."""
        return self._id("announcement", 0, customer, email)

    def _id(self, document: str, revision: int, customer: str, email: str) -> str:
        key = "\0".join((self.notice, self.wave, customer, email))
        digest = sha256(key.encode()).hexdigest()[:20]
        return f"<{document}.{revision}.{digest}@{self.domain}>"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a message goes to; *values* fill the fields that name them."""

    customer: str
    name: str
    email: str
    instances: tuple[str, ...]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the messages of one notice and run share.

    *unsubscribe* is where a contact changes preferences, *logo* an image and its type.
    """

    sender: str
    list_id: str
    now: datetime
    unsubscribe: Pieces = ()
    one_click: bool = False
    logo: tuple[str, bytes] | None = None

    @property
    def address(self) -> str:
        """Return the sender's address alone."""
        return parseaddr(self.sender)[1]


@dataclass(frozen=True, slots=True)
class BoundMessage:
    """A message encoded but for its contact.

    *skeleton* is the body in order: finished bytes, and the names of what is merged
    (`text`, `html`) or made per customer (`invitation`, `invite`, `maintenance`).
    """

    bound: Bound
    identity: Identity
    letterhead: Letterhead
    fixed_headers: bytes
    skeleton: tuple[bytes | str, ...]
    text: Part
    html: Part
    machine: CalendarForm | None
    person: CalendarForm | None


def bind_message(
    bound: Bound,
    letterhead: Letterhead,
    identity: Identity,
    *,
    machine: CalendarForm | None,
    person: CalendarForm | None,
) -> BoundMessage:
    """Return *bound* as a message in which only the contact is left open."""
    body = (*bound.frame[0], *bound.body, *bound.frame[1])
    text, page = encode(bound.text, _in_text), encode(body, _in_html)
    mark = _boundary(bound, identity)
    name, email = parseaddr(letterhead.sender)
    langs = ", ".join(bound.langs)
    fixed = [
        address_header("From", address(name, email)),
        date_header(letterhead.now),
        tokens_header("Content-Language", langs),
        *(tokens_header(name, value) for name, value in _AUTOMATIC.items()),
        tokens_header("List-Id", f"<{letterhead.list_id}>"),
        b"MIME-Version: 1.0\r\n",
        f'Content-Type: multipart/mixed;\r\n boundary="m{mark}"\r\n\r\n'.encode(),
    ]
    skeleton = skeleton_of(
        mark,
        langs,
        encodings=(text.encoding, page.encoding),
        logo=letterhead.logo,
        calendars=(person is not None, machine is not None),
    )
    return BoundMessage(
        bound,
        identity,
        letterhead,
        b"".join(fixed),
        skeleton,
        text,
        page,
        machine,
        person,
    )


def merge_message(message: BoundMessage, to: Addressee) -> bytes:
    """Return the finished message for one contact, with CRLF line ends.

    Raises:
        KeyError: a field that the message prints has no value.
    """
    values = to.values
    merged: dict[str, bytes] = {
        "text": message.text.merge(values),
        "html": message.html.merge(values),
    }
    if message.person is not None:
        person = _calendar(message.person, to.customer, to.instances)
        merged["invitation"] = merged["invite"] = person
    if message.machine is not None:
        merged["maintenance"] = _calendar(message.machine, to.customer, to.instances)
    body = [
        piece if isinstance(piece, bytes) else merged[piece]
        for piece in message.skeleton
    ]
    return b"".join([*_headers(message, to), message.fixed_headers, *body])


def message_headers(message: BoundMessage, to: Addressee) -> dict[str, str]:
    """Return the header fields that a mail service has to be told, decoded."""
    fixed = {
        "From": message.letterhead.sender,
        "To": mailbox(to.name, to.email),
        "Date": format_datetime(message.letterhead.now),
        "Content-Language": ", ".join(message.bound.langs),
        **_AUTOMATIC,
        "List-Id": f"<{message.letterhead.list_id}>",
    }
    return fixed | _own_headers(message, to)


def _own_headers(message: BoundMessage, to: Addressee) -> dict[str, str]:
    """Return the fields in ASCII that differ from contact to contact."""
    identity, letterhead = message.identity, message.letterhead
    own = {"Message-ID": identity.message_id(to.customer, to.email)}
    if identity.revision or identity.document != "announcement":
        own["In-Reply-To"] = identity.first_id(to.customer, to.email)
        own["References"] = own["In-Reply-To"]
    if letterhead.unsubscribe:
        encoded = {name: _address_part(each) for name, each in to.values.items()}
        own["List-Unsubscribe"] = (
            f"<{text_of(fill_in(letterhead.unsubscribe, encoded))}>"
        )
        if letterhead.one_click:
            own["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return own


def _headers(message: BoundMessage, to: Addressee) -> list[bytes]:
    own = _own_headers(message, to)
    return [
        address_header("To", address(to.name, to.email)),
        _subject(text_of(fill_in(message.bound.title, to.values))),
        *(tokens_header(name, value) for name, value in own.items()),
    ]


@lru_cache(maxsize=1024)
def _subject(subject: str) -> bytes:
    return header("Subject", subject)


@lru_cache(maxsize=1024)
def _calendar(form: CalendarForm, customer: str, instances: tuple[str, ...]) -> bytes:
    """Return a calendar file with the header that says how it is encoded."""
    data = form.fill(customer, instances)
    if data.isascii():
        return b"Content-Transfer-Encoding: 7bit\r\n\r\n" + data
    return b"Content-Transfer-Encoding: base64\r\n\r\n" + base64_lines(data)


def _boundary(bound: Bound, identity: Identity) -> str:
    """Return a mark of the content, so that equal messages have equal bytes.

    It begins as no text in quoted-printable or base64 can go on (RFC 2045 §6.7): a
    value that holds it is no boundary.
    """
    static = "".join(piece for piece in bound.body if isinstance(piece, str))
    key = f"{identity}{bound.edition.key.tag}{static}"
    return f"=_{sha256(key.encode()).hexdigest()[:32]}"


def _in_text(before: str) -> Escape:
    return _address_part if _IN_ANGLES.search(before) else str


def _in_html(before: str) -> Escape:
    return _address_part if _IN_HREF.search(before) else html.escape


def _address_part(value: str) -> str:
    return quote(bare(value), safe="")
