"""Check author texts: characters, raw HTML, placeholders."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from notifier.model.values import PLACEHOLDER
from notifier.notice.faults import BadValue, Fault, quoted
from notifier.notice.prose import without_code
from notifier.notice.values import one_of, partial_date, quantity

LONGEST_PLAIN = 1_000
LONGEST_MARKDOWN = 20_000
LINKS = ("support",)
BIDI_CONTROLS = "\u202a-\u202e\u2066-\u2069"
BIDI_MARKS = "\u200e\u200f\u061c"
# They make two names that look the same differ; the last one is a stray BOM.
BLANKS_OF_NO_WIDTH = "\u200b\u2060\ufeff"
# What could end a header or act as one (RFC 5322), or as an encoded word (RFC 2047).
_HEADER_BREAKER = re.compile(rf"[\t\r\n{BIDI_CONTROLS}{BLANKS_OF_NO_WIDTH}]|=\?")
_BIDI_CONTROL = re.compile(f"[{BIDI_CONTROLS}]")
_IDENTITY_BREAKER = re.compile(rf"[{BIDI_MARKS}]")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>?|<!--|<[!?][A-Za-z]")
_AUTOLINK = re.compile(r"<(?:https?|mailto):[^<>\s]+>|<[^<>\s@]+@[^<>\s@]+>", re.I)
_TARGET = re.compile(r"\[[^\[\]]*\]\(\s*<?([^\s<>()]+)|<(http:[^\s<>]+)>", re.I)
_SAFE = re.compile(r"(?:https|mailto):|(?![/\\]{2})[^:/?#]*(?:[/?#]|\Z)", re.I)
_IMAGE = re.compile(r"!\[[^\[\]]*\](?=[(\[])")


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
    """Return a Markdown text of safe parts, without HTML; raise BadValue otherwise."""
    faults = [*_too_long(text, LONGEST_MARKDOWN)]
    if not faults:
        prose = without_code(text)
        faults = [*_raw_html(prose), *_links(prose), *_placeholders(text)]
        bidi = _BIDI_CONTROL.search(text)
        faults += [_character(text, bidi[0])] if bidi else []
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


def _raw_html(prose: str) -> Iterator[Fault]:
    prose = _AUTOLINK.sub(" ", prose)
    tags: dict[str, str] = {}
    for found in _TAG.finditer(prose):
        tags.setdefault(found[0].strip("</>").lower(), found[0])
    for tag in tags.values():
        hint = "write it in Markdown, or as code between backticks"
        yield Fault("raw-html", f"raw HTML {quoted(tag)}", hint)


def _links(prose: str) -> Iterator[Fault]:
    """Yield the links that no document shows as links, and the images."""
    prose = re.sub(r"\\.", "  ", prose)
    targets = (found[1] or found[2] for found in _TARGET.finditer(prose))
    for target in dict.fromkeys(targets):
        if not _SAFE.match(html.unescape(target)):
            hint = "write an address that begins with 'https://'"
            yield Fault("link", f"link to {quoted(target)}", hint)
    image = _IMAGE.search(prose)
    if image:
        hint = "leave it out, or link to it"
        yield Fault("link", f"image {quoted(image[0])}", hint)


def _placeholders(text: str) -> Iterator[Fault]:
    parsers: dict[str, Callable[[str], object]] = {
        "date": partial_date,
        "duration": quantity,
        "link": _link,
    }
    for found in PLACEHOLDER.finditer(text):
        try:
            parsers[found[1]](" ".join(found[2].split()))
        except BadValue as error:
            for fault in error.faults:
                message = f"in {quoted(found[0])}: {fault.message}"
                hint, wrong, known = fault.hint, fault.wrong, fault.known
                yield Fault("placeholder", message, hint, wrong, known)


def _link(name: str) -> str:
    return one_of(name, LINKS, "link", "placeholder")
