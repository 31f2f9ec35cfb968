"""Make the messages as they would be sent, and read one of each sort back.

Messages that differ in their contact alone are of one sort: of each, the first is made
and read in full. Of all others, what names the contact is read back: the address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from functools import lru_cache

from notifier.checks.reading_back import Output, read_back
from notifier.content.compiler import Compiler
from notifier.errors import NotifierError, Problem, raise_errors
from notifier.model.notice import Notice
from notifier.model.schedule import Plan
from notifier.outputs.emails import foreign_problems, letterhead_of
from notifier.outputs.mail.binder import Binder
from notifier.outputs.mail.choice import choice_problems
from notifier.outputs.mail.due import (
    Due,
    EmailRequest,
    Run,
    announced_waves,
    due_messages,
    instances_by_wave,
    locale_for,
)
from notifier.outputs.mail.headers import address, address_header

MOST_LETTERS = 300


@dataclass(frozen=True, slots=True)
class Letter:
    """One finished message, read back.

    *contact* is a name, *customer* an id, *instances* are those that it may name;
    *langs* are its languages; *headers* are decoded, *parts* the types of all parts in
    order; *html* and *text* are its alternatives; *calendars* all distinct ones, with
    their METHOD.
    """

    path: str
    contact: str
    email: str
    customer: str
    instances: tuple[str, ...]
    langs: tuple[str, ...]
    data: bytes
    headers: Mapping[str, str]
    parts: tuple[str, ...]
    html: Output
    text: Output
    calendars: tuple[tuple[str | None, bytes], ...]

    @property
    def outputs(self) -> tuple[Output, Output]:
        """Return both alternatives."""
        return self.html, self.text


@dataclass
class Letters:
    """What is known of all messages: their number, those not read, their faults."""

    total: int = 0
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)
    garbled: list[str] = field(default_factory=list)


def read_letters(
    notice: Notice,
    planned: Plan,
    compiler: Compiler,
    known: Letters,
    *,
    now: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Letter]:
    """Yield one message of each sort, at most MOST_LETTERS; count all in *known*.

    *progress* is called with the number of messages looked at and their total.

    Raises:
        NotifierError: something that all messages need is missing or wrong.
    """
    if notice.contacts is None:
        return
    request = EmailRequest()
    raise_errors(choice_problems(notice, planned, request, now=now))
    run = Run(
        notice,
        planned,
        compiler,
        request,
        letterhead_of(notice, now),
        announced_waves(planned, request, now),
        instances_by_wave(notice),
    )
    yield from _of_each_sort(run, known, progress)


def _of_each_sort(
    run: Run, known: Letters, progress: Callable[[int, int], None]
) -> Iterator[Letter]:
    binder = Binder(run)
    sorts: set[tuple[str, ...]] = set()
    foreign: Counter[str] = Counter()
    locale_of = lru_cache(maxsize=None)(lambda locale: locale_for(run.notice, locale))
    total = sum(1 for _ in due_messages(run))
    for due in due_messages(run):
        known.total += 1
        if known.total % 10 == 0 or known.total == total:
            progress(known.total, total)
        contact = due.contact
        if not _is_readable(contact.name, contact.email):
            known.garbled.append(contact.email)
        if locale_of(contact.locale)[1]:
            foreign[contact.locale] += 1
        sort = binder.key(due)
        if sort in sorts:
            continue
        if len(sorts) >= MOST_LETTERS:
            known.skipped += 1
            continue
        sorts.add(sort)
        try:
            yield _letter(binder, due)
        except NotifierError as error:
            known.problems += error.problems
    known.problems += foreign_problems(run.notice, foreign)


def _is_readable(name: str, email: str) -> bool:
    """Tell whether the field To, read back, has this name and address."""
    field = address_header("To", address(name, email)).decode()
    value = field.partition(":")[2].replace("\r\n", "").strip()
    if "=?" not in value:
        return parseaddr(value) == (name, email)
    words, _, rest = value.rpartition(" <")
    return str(make_header(decode_header(words))) == name and rest == f"{email}>"


def _letter(binder: Binder, due: Due) -> Letter:
    posting = binder.post(due)
    wave = posting.wave.wave.id if posting.wave else ""
    path = f"{due.document}/{wave or 'none'}/{due.tag}/{due.contact.email}"
    message = message_from_bytes(posting.data)
    texts, calendars = _contents(message)
    html, text = (
        read_back(
            f"{path}.{suffix}",
            texts.get(kind, ""),
            lang=due.lang,
            tag=due.tag,
            document=due.document,
            wave=wave,
            zone=due.zone,
        )
        for kind, suffix in (("text/html", "html"), ("text/plain", "txt"))
    )
    return Letter(
        path,
        due.contact.name,
        due.contact.email,
        due.contact.customer,
        posting.to.instances,
        posting.message.bound.langs,
        posting.data,
        {name: _decoded(str(value)) for name, value in message.items()},
        tuple(part.get_content_type() for part in message.walk()),
        html,
        text,
        calendars,
    )


def _contents(
    message: Message,
) -> tuple[Mapping[str, str], tuple[tuple[str | None, bytes], ...]]:
    """Return the first text of each type, and the distinct calendars."""
    texts: dict[str, str] = {}
    calendars: dict[tuple[str | None, bytes], None] = {}
    for part in message.walk():
        kind = part.get_content_type()
        if part.get_content_maintype() != "text":
            continue
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)  # what is no multipart has contents
        if kind == "text/calendar":
            calendars["PUBLISH" if b"\r\nMETHOD:" in data else None, data] = None
        else:
            texts.setdefault(kind, data.decode().replace("\r\n", "\n"))
    return texts, tuple(calendars)


def _decoded(value: str) -> str:
    unfolded = value.replace("\r\n", "").replace("\n", "")
    return str(make_header(decode_header(unfolded)))
