"""Check author texts: characters, raw HTML, placeholders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from notifier.notice.faults import BadValue, Fault, quoted
from notifier.notice.values import one_of, partial_date, quantity

LONGEST_PLAIN = 1_000
LONGEST_MARKDOWN = 20_000
LINKS = ("support",)
BIDI_CONTROLS = "\u202a-\u202e\u2066-\u2069"
BIDI_MARKS = "\u200e\u200f\u061c"
# What could end a header or act as one (RFC 5322), or as an encoded word (RFC 2047).
_HEADER_BREAKER = re.compile(rf"[\t\r\n{BIDI_CONTROLS}]|=\?")
_IDENTITY_BREAKER = re.compile(rf"[{BIDI_MARKS}]")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>?|<!--|<[!?][A-Za-z]")
_AUTOLINK = re.compile(r"<(?:https?|mailto):[^<>\s]+>|<[^<>\s@]+@[^<>\s@]+>", re.I)
_PLACEHOLDER = re.compile(r"\{(date|duration|link):([^{}]*)\}")
_TICKS = re.compile("`+")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)", re.M)


def plain(text: str) -> str:
    """Return a plain text that may stand in a header; raise BadValue otherwise."""
    faults = [*_too_long(text, LONGEST_PLAIN), *_breakers(text), *_placeholders(text)]
    if faults:
        raise BadValue(*faults)
    return text


def exact(text: str) -> str:
    """Return a text that stands in ids, addresses or hosts: no invisible marks."""
    faults = [*_too_long(text, LONGEST_PLAIN), *_breakers(text)]
    mark = _IDENTITY_BREAKER.search(text)
    if mark:
        faults.append(_character(text, mark[0]))
    if faults:
        raise BadValue(*faults)
    return text


def markdown(text: str) -> str:
    """Return a Markdown text without raw HTML; raise BadValue otherwise."""
    faults = [*_too_long(text, LONGEST_MARKDOWN)]
    if not faults:
        faults = [*_raw_html(text), *_placeholders(text)]
    if faults:
        raise BadValue(*faults)
    return text


def _too_long(text: str, most: int) -> Iterator[Fault]:
    if len(text) > most:
        message = f"{len(text)} characters are too many: {quoted(text[:40])}"
        yield Fault("too-long", message, f"write at most {most}")


def _breakers(text: str) -> Iterator[Fault]:
    found = _HEADER_BREAKER.search(text)
    if found is None:
        return
    if found[0] == "=?":
        hint = "write it without '=?', which begins an encoded word in mail headers"
        yield Fault("characters", f"{quoted(text)} holds '=?'", hint)
    elif found[0] in "\t\r\n":
        hint = "write it as one line, or fold it with '>-'"
        yield Fault("characters", f"{quoted(text)} has more than one line", hint)
    else:
        yield _character(text, found[0])


def _character(text: str, character: str) -> Fault:
    message = f"{quoted(text)} holds the invisible character U+{ord(character):04X}"
    return Fault("characters", message, "remove it")


def _raw_html(text: str) -> Iterator[Fault]:
    prose = _AUTOLINK.sub(" ", without_code(text))
    tags: dict[str, str] = {}
    for found in _TAG.finditer(prose):
        tags.setdefault(found[0].strip("</>").lower(), found[0])
    for tag in tags.values():
        hint = "write it in Markdown, or as code between backticks"
        yield Fault("raw-html", f"raw HTML {quoted(tag)}", hint)


def without_code(text: str) -> str:
    """Return Markdown *text* with its code spans, fenced code and escapes blanked."""
    text = re.sub(r"\\[<`]", "  ", _without_fences(text))
    runs = list(_TICKS.finditer(text))
    closing: dict[int, int] = {}
    following: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        length = len(runs[number][0])
        if length in closing:
            following[number] = closing[length]
        closing[length] = number
    kept, position, number = [], 0, 0
    while number < len(runs):
        if number in following:
            kept.append(text[position : runs[number].start()])
            number = following[number]
            position = runs[number].end()
        number += 1
    return " ".join([*kept, text[position:]])


def _without_fences(text: str) -> str:
    kept: list[str] = []
    fence = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if fence:
            if found and found[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif found:
            fence = found[1]
        else:
            kept.append(line)
    return "\n".join(kept)


def _placeholders(text: str) -> Iterator[Fault]:
    parsers: dict[str, Callable[[str], object]] = {
        "date": partial_date,
        "duration": quantity,
        "link": _link,
    }
    for found in _PLACEHOLDER.finditer(text):
        try:
            parsers[found[1]](found[2].strip())
        except BadValue as error:
            for fault in error.faults:
                message = f"in {quoted(found[0])}: {fault.message}"
                hint, wrong, known = fault.hint, fault.wrong, fault.known
                yield Fault("placeholder", message, hint, wrong, known)


def _link(name: str) -> str:
    return one_of(name, LINKS, "link", "placeholder")
