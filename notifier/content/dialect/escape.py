"""Turn plain text into Markdown that shows exactly that text."""

from __future__ import annotations

import re

_BREAKS = re.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_SPECIAL = re.compile(
    r"""
      [\\`*\[\]{|]                     # code, emphasis, links, attributes, cells
    | (?<![^\W_])_ | _(?![^\W_])       # emphasis, but not the one in snake_case
    | &(?=\#?\w+;)                     # entities
    | <(?=[A-Za-z/!?]|$|[^\s<>@]+@)     # tags, autolinks
    | (?<=~)~ | ~(?=~)                 # deletions
    | !(?=\[)                          # images
    | (?<=[+-])- | (?<=,), | \((?=(?:c|r|tm)\)) | \.{2,} | [?!]{4,}  # typography
    """,
    re.VERBOSE | re.IGNORECASE,
)
_START = re.compile(
    r"\#{1,6}(?=\s|$) | [>] | [+-](?=\s|$|--|\+\+) | =+$ | (?<=\d)[.)](?=\s|$)",
    re.VERBOSE,
)
_NUMBER = re.compile(r"\d{0,9}")
_WORDS = re.compile(r"[^\s>*+#\d.)-]")
_HASHES = re.compile(r"(?<= )#+$")


def escape_plain(text: str, *, before: str = "") -> str:
    """Return Markdown that renders as *text*, wherever it stands in a line.

    *before* is the Markdown that it follows, if that is known: after other words it
    needs no guard against lists and headings ("3. Februar"). Line breaks and tabs
    become blanks, outer blanks are kept as one: *text* may be a part of a sentence.
    Control characters go away. An ellipsis of three dots stays, though production sets
    it as one character.
    """
    line = _CONTROLS.sub("", _BREAKS.sub(" ", text))
    words = line.strip(" ")
    if not words:
        return line[:1]
    left = " " if line[0] == " " else ""
    right = " " if line[-1] == " " else ""
    escaped = _HASHES.sub(r"\\\g<0>", _SPECIAL.sub(_escape, words))
    if not _WORDS.search(before.rpartition("\n")[2]):
        escaped = _guard_start(escaped)
    return f"{left}{escaped}{right}"


def _guard_start(escaped: str) -> str:
    number = _NUMBER.match(escaped)
    at = number.end() if number else 0
    if _START.match(escaped, at):
        return f"{escaped[:at]}\\{escaped[at:]}"
    return escaped


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    if found in ("&", "<"):
        return {"&": "&amp;", "<": "&lt;"}[found]
    if found.startswith("."):
        asked = match.start() > 0 and match.string[match.start() - 1] in "?!"
        if len(found) == 3 and not asked:
            return found
        return "\\".join(found)
    return "\\".join(["", *found])
