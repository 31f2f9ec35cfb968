"""Mutations of finished outputs: documents, calendars, messages.

What is not read back is not mutated: the months under the ruler of a timeline, the
months among the key facts of a page, permanent ids, and stamps finer than a day.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mutants import Mutation
from notices import reread, with_document, with_letter

_TAG_OR_CODE = re.compile(
    r"<(script|style|title)\b.*?</\1>|<text class=\"tick[^<]*</text>|"
    r'<dl class="facts">.*?</dl>|<[^>]*>|&#?\w+;',
    re.DOTALL,
)
_ENTITY = re.compile(r"&#?\w+;")
_LINK = re.compile(r"(?:https?|mailto|webcal):[^\s\"<>()\\]+")
_NO_LINK = ("http://www.w3.org/", "https://schema.org")
_BLOCKS = {
    "md": re.compile(r"(?m)^(?![-#>{|]).*\w.*\n"),
    "txt": re.compile(r"(?m)^(?! *<).*\w.*\n"),
    "html": re.compile(r"<(p|li|h2|h3)\b[^>]*>(?:(?!<p|<li|<a).)*?</\1>", re.DOTALL),
}
_FIXED = (
    ("no title", r"<title>[^<]*</title>", "<title></title>"),
    ("another language", r'<html lang="[^"]*"', '<html lang="xx"'),
    ("another language", r' dir="ltr"', ' dir="rtl"'),
    ("no heading", r"<h1\b", "<h4"),
    ("no heading", r"<h2\b", "<h5"),
    ("no alternative text", r' alt="[^"]*"', ""),
    ("another time", r'datetime="\d{4}', 'datetime="2031'),
    ("another time", r'"start": "\d{4}', '"start": "2031'),
    ("another time", r'"startDate": "\d{4}', '"startDate": "2031'),
    ("another time", r"<updated>\d{4}", "<updated>2031"),
    ("another state", r'"status": "\w+"', '"status": "cancelled"'),
    ("another state", r'"state": "\w+"', '"state": "cancelled"'),
    ("another state", r"EventScheduled", "EventCancelled"),
    ("a customer", r"</main>", "<p>Aurora Viaggi S.p.A.</p></main>"),
    ("a customer", r"</feed>", "<rights>harbor-prod1</rights></feed>"),
)
_CALENDAR = (
    ("another time", rb"DTSTART:20(\d\d)", rb"DTSTART:21\1"),
    ("another time", rb"DTEND:(\d{8})T\d\d", rb"DTEND:\1T09"),
    ("another revision", rb"SEQUENCE:\d+", b"SEQUENCE:9"),
    ("another state", rb"\r\nSTATUS:\w+", b"\r\nSTATUS:CANCELLED"),
    ("another text", rb"SUMMARY([^:]*):\w+", rb"SUMMARY\1:Nothing"),
    ("another text", rb"(DESCRIPTION[^:]*:[^\d]*)\d", rb"\g<1>7"),
    ("another identity", rb"\r\nUID:\w+", b"\r\nUID:other"),
    ("no event", rb"BEGIN:VEVENT(?s:.*)END:VEVENT\r\n", b""),
)
_OF_A_CUSTOMER = (
    ("another identity", rb"ACCOUNT:[\w-]+", b"ACCOUNT:other"),
    ("another identity", rb"OBJECT-ID:[\w-]+", b"OBJECT-ID:nobody-1"),
    ("another identity", rb"MAINTENANCE-ID:[\w-]+", b"MAINTENANCE-ID:other"),
    ("another state", rb"X-MAINTNOTE-STATUS:\w+", b"X-MAINTNOTE-STATUS:COMPLETED"),
)
_WIRE = (
    (rb"\r\n", b"\n"),
    (rb"From: .*\r\n", b""),
    (rb"\A", b"Subject: x\r\n"),
    (rb"\r\n\r\n", b"\r\n\r\n" + b"x" * 999 + b"\r\n"),
    (rb"To:", b"To: \xfc"),
)
_HEADERS = {
    "From": "Somebody <somebody@example.org>",
    "To": "Somebody <somebody@example.org>",
    "Subject": "Campaign email sending infrastructure upgrade",
    "Content-Language": "fr",
    "Message-ID": "<1@elsewhere.example.com>",
}


def document_mutations(evidence, count, chance):
    """Return *count* mutations of documents, of all kinds alike."""
    kinds = sorted({(each.document, each.kind) for each in evidence.documents})
    made = []
    while len(made) < count:
        kind = kinds[len(made) % len(kinds)]
        alike = [e for e in evidence.documents if (e.document, e.kind) == kind]
        output = chance.choice(alike)
        sort, found, new = chance.choice(_one_of_each_sort(output, chance))
        text = output.text[: found.start()] + new + output.text[found.end() :]
        name = f"{output.path}: {sort}: {found[0][:60]!r} to {new[:40]!r}"
        made.append(Mutation(sort, name, _document(output, text)))
    return made


def _document(output, text):
    return lambda before: with_document(before, output, reread(output, text))


def _one_of_each_sort(output, chance):
    """Return a place and its replacement for each sort of damage that is possible."""
    ways = {}
    for way in (*_damages(output), *_fixed(output)):
        ways.setdefault(way[0], []).append(way)
    return [chance.choice(ways[sort]) for sort in sorted(ways)]


def _damages(output):
    """Yield what can be damaged, with its replacement."""
    text = output.text
    is_marked = output.kind in ("html", "svg", "xml")
    unread = _TAG_OR_CODE if is_marked else _ENTITY
    silent = [found.span() for found in unread.finditer(text)]
    if output.kind != "xml":
        for found in re.finditer(r"\d+", text):
            if not any(start <= found.start() < end for start, end in silent):
                new = found[0][:-1] + str((int(found[0][-1]) + 1) % 10)
                yield "another number", found, new
    for found in _LINK.finditer(text):
        if not found[0].startswith(_NO_LINK):
            yield "another link", found, re.sub(r":(//)?", r":\1x", found[0], count=1)
    if output.document != "web" and output.kind in _BLOCKS:
        body = text.find("<main") if is_marked else text.find("\n---\n")
        for found in _BLOCKS[output.kind].finditer(text, max(0, body)):
            yield "drop a sentence", found, ""


def _fixed(output):
    for sort, old, new in _FIXED:
        for found in re.finditer(old, output.text):
            yield sort, found, new


def letter_mutations(evidence, count, chance):
    """Return *count* mutations of messages about waves."""
    letters = [letter for letter in evidence.letters if letter.calendars]
    ways = (_alternative, _alternative, _calendar, _header, _swap, _wire)
    made = []
    while len(made) < count:
        letter = chance.choice(letters)
        way = ways[len(made) % len(ways)]
        sort, name, changes = way(letter, evidence, chance)
        where = f"{letter.path}: {sort}: {name}"
        made.append(Mutation(sort, where, _letter(letter, changes)))
    return made


def _letter(letter, changes):
    return lambda before: with_letter(before, letter, **changes)


def _alternative(letter, evidence, chance):
    """Damage the HTML or the plain text."""
    part = chance.choice(("html", "text"))
    output = getattr(letter, part)
    sort, found, new = chance.choice(_one_of_each_sort(output, chance))
    text = output.text[: found.start()] + new + output.text[found.end() :]
    name = f"{part}, {found[0][:60]!r} to {new[:40]!r}"
    return f"message: {sort}", name, {part: reread(output, text)}


def _calendar(letter, evidence, chance):
    number = chance.randrange(len(letter.calendars))
    method, data = letter.calendars[number]
    ways = [w for w in (*_CALENDAR, *_OF_A_CUSTOMER) if re.search(w[1], data)]
    sort, old, new = chance.choice(ways)
    calendars = [*letter.calendars]
    calendars[number] = (method, re.sub(old, new, data, count=1))
    return f"calendar: {sort}", f"{new!r}", {"calendars": tuple(calendars)}


def _header(letter, evidence, chance):
    name = chance.choice(sorted(_HEADERS))
    headers = {**letter.headers, name: _HEADERS[name]}
    return "another header", name, {"headers": headers}


def _swap(letter, evidence, chance):
    """Give the message a part of somebody else's."""
    others = [each for each in evidence.letters if each.customer != letter.customer]
    other = chance.choice([each for each in others if each.calendars])
    part = chance.choice(("html", "text", "calendars", "headers"))
    return "swap parts", f"{part} of {other.path}", {part: getattr(other, part)}


def _wire(letter, evidence, chance):
    old, new = chance.choice(_WIRE)
    data = re.sub(old, new.replace(b"\\", rb"\\"), letter.data, count=1)
    return "damage bytes", f"{new[:20]!r}", {"data": data}


def calendar_mutations(evidence, count, chance):
    """Return *count* mutations of public calendars."""
    made = []
    while len(made) < count:
        number = chance.randrange(len(evidence.calendars))
        path, lang, data = evidence.calendars[number]
        sort, old, new = _CALENDAR[len(made) % len(_CALENDAR)]
        found = chance.choice([*re.finditer(old, data)])
        changed = data[: found.start()] + found.expand(new) + data[found.end() :]
        calendars = [*evidence.calendars]
        calendars[number] = (path, lang, changed)
        name = f"{path}: {sort}: {found[0][:40]!r}"
        sort = f"calendar: {sort}"
        made.append(Mutation(sort, name, _calendars(tuple(calendars))))
    return made


def _calendars(calendars):
    return lambda before: replace(before, documents=(), letters=(), calendars=calendars)
