"""Check the messages: size, bytes, headers, links, and that all parts say the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from email.utils import parseaddr
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from notifier.checks.evidence import Evidence
from notifier.checks.letters import MOST_LETTERS, Letter
from notifier.checks.links import unlike
from notifier.checks.reading_back import html_pieces, letters_of
from notifier.errors import Place, Problem, Severity
from notifier.outputs.mail.calendar_check import check_calendar
from notifier.outputs.mail.wire import check_wire

RULES: Mapping[str, str] = MappingProxyType(
    {
        "mail/address": "the name and address of a contact, read back, are others",
        "mail/alternatives": "HTML and plain text of a message do not say the same",
        "mail/calendar": "a calendar file of a message breaks its standard",
        "mail/header": "a message has another sender, language or identity than it "
        "should, or lacks a subject",
        "mail/link": "a link of a message is neither https nor mailto",
        "mail/sampled": "there are more sorts of messages than are read in full",
        "mail/size": "the HTML of a message is so large that some mail programs cut "
        "it; near that, it is a warning",
        "mail/structure": "the parts of a message are not as mail programs need them",
        "mail/wire": "the bytes of a message break the standards of e-mail",
    }
)
# Gmail cuts near 102 KB.
_LARGE, _TOO_LARGE = 90_000, 102_400
_NUMBERED = re.compile(r"^\W*\d{1,3}[.)]\s")
_BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "td", "th", "div")
# Plain text begins a line with each of these, but within tables.
_LINES = ("p", "h1", "h2", "h3", "h4")
_CELLS = ("td", "th")
_LINKS = ("https://", "mailto:")


def mail_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield what is wrong with the messages as mail programs get them."""
    for letter in evidence.letters:
        yield from _size(letter)
        yield from _structure(letter)
        yield from _headers(letter, evidence)
        yield from _links(letter)
        yield from _alternatives(letter)
        for fault in check_wire(letter.data):
            yield _problem("wire", fault, letter.path, "report this: it is our fault")
        for method, data in letter.calendars:
            for fault in check_calendar(data, method=method):
                hint = "look for unusual characters in names and ids"
                yield _problem("calendar", fault, f"{letter.path}.ics", hint)
    yield from _all_messages(evidence)


def _all_messages(evidence: Evidence) -> Iterator[Problem]:
    mailing = evidence.mailing
    for email in mailing.garbled:
        message = f"the field To of {email[:80]!r} is read as somebody else"
        yield _problem("address", message, "contacts.csv", "spell the name otherwise")
    if mailing.skipped:
        message = (
            f"{MOST_LETTERS} messages are read in full, {mailing.skipped} are of "
            "further sorts"
        )
        hint = "check them by parts: a folder with some of the contacts"
        yield _problem("sampled", message, "contacts.csv", hint, Severity.WARNING)


def _size(letter: Letter) -> Iterator[Problem]:
    size = len(letter.html.text.encode())
    if size > _LARGE:
        severity = Severity.ERROR if size > _TOO_LARGE else Severity.WARNING
        message = f"the HTML has {size} bytes, and {_TOO_LARGE} are cut"
        hint = "shorten the answers, or move them to the page"
        yield _problem("size", message, letter.path, hint, severity)


def _structure(letter: Letter) -> Iterator[Problem]:
    plainest = [part for part in letter.parts if part in ("text/plain", "text/html")]
    if plainest != ["text/plain", "text/html"]:
        message = f"its texts are {', '.join(plainest) or 'missing'}"
        hint = "plain text comes first, then HTML"
        yield _problem("structure", message, letter.path, hint)
    if letter.html.wave and not letter.calendars:
        message = "it is about a window, and has no calendar"
        yield _problem("structure", message, letter.path, "see 'delivery.calendar'")


def _headers(letter: Letter, evidence: Evidence) -> Iterator[Problem]:
    publisher, headers = evidence.notice.publisher, letter.headers
    sender = parseaddr(publisher.sender or "")[1]
    wanted = {
        "From": (_address_in(headers.get("From", "")), sender),
        "To": (_address_in(headers.get("To", "")), letter.email),
        "Content-Language": (headers.get("Content-Language"), ", ".join(letter.langs)),
        "Message-ID": (
            headers.get("Message-ID", "").rpartition("@")[2],
            f"{publisher.domain}>",
        ),
    }
    for name, (found, should) in wanted.items():
        if found != should:
            message = f"{name} is {found!r}, not {should!r}"
            yield _problem("header", message, letter.path, "report this")
    if not headers.get("Subject", "").strip():
        message = "the subject is empty"
        yield _problem("header", message, letter.path, "see the macro 'subject'")


def _address_in(field: str) -> str:
    """Return the address of a decoded field; the name before it may hold anything."""
    return field.rpartition("<")[2].rpartition(">")[0] or field


def _links(letter: Letter) -> Iterator[Problem]:
    for link in sorted(set(letter.html.links)):
        if not link.startswith(_LINKS):
            message = f"{link[:80]!r} is neither https nor mailto"
            hint = "write an https address"
            yield _problem("link", message, letter.html.path, hint)


def _alternatives(letter: Letter) -> Iterator[Problem]:
    """Compare the blocks of the HTML with the text, and the lines of the text with it.

    Blanks, signs and addresses do not count: text is wrapped, and shows addresses.
    """
    html, text = letter.outputs
    if html.tree is None:
        return
    lines = [letters_of(_NUMBERED.sub("", line)) for line in text.text.splitlines()]
    told, edges = "".join(lines), {0, *accumulate(map(len, lines))}
    shown = letters_of("".join(html_pieces(html.tree.body)))
    hint = "see whether the templates leave something out in one of them"
    for element in _blocks(html.tree):
        block = "".join(html_pieces(element))
        is_line = element.tag in _LINES and element.getparent().tag not in _CELLS
        if not _holds(told, letters_of(block), edges if is_line else None):
            message = f"the text lacks {' '.join(block.split())[:60]!r}"
            yield _problem("alternatives", message, text.path, hint)
    # A wide table is told row by row, each cell behind the head of its column.
    heads = {letters_of("".join(html_pieces(each))) for each in html.tree.iter("th")}
    for line in lines:
        cells = (line.removeprefix(head) for head in heads)
        if line not in shown and not any(c != line and c in shown for c in cells):
            message = f"the HTML lacks {line[:60]!r}"
            yield _problem("alternatives", message, html.path, hint)
            break
    for lost in sorted(set(unlike(html, text)))[:1]:
        message = f"only one of both leads to {lost[:80]!r}"
        yield _problem("alternatives", message, html.path, hint)


def _holds(text: str, part: str, edges: Collection[int] | None) -> bool:
    """Tell whether *part* stands in *text*; between two of *edges*, if there are any.

    A word of its own is not told by one that another sentence happens to hold.
    """
    if edges is None or not part:
        return part in text
    place = text.find(part)
    while place >= 0:
        if place in edges and place + len(part) in edges:
            return True
        place = text.find(part, place + 1)
    return False


def _blocks(tree: Any) -> Iterator[Any]:
    """Yield the innermost blocks."""
    for element in tree.body.iter(*_BLOCKS):
        if not any(True for _ in element.iterdescendants(*_BLOCKS)):
            yield element


def _problem(
    rule: str, message: str, path: str, hint: str, severity: Severity = Severity.ERROR
) -> Problem:
    return Problem(f"mail/{rule}", message, Place(path), hint, severity)
