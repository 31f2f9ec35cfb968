"""Check that a translation holds the same tags, links, code, marks and numbers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from notifier.errors import Severity
from notifier.language.lint_pair import Finding, Pair, without_holes

_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_TARGET = re.compile(
    r"\]\(\s*<?([^()\s<>]+)|\b(https?://[^\s<>()\[\]]+[^\s<>()\[\].,;:!?])"
)
# It begins where a run of such signs begins, or a long run would be read ever again.
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CODE = re.compile(r"(?<!`)(`++)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_ATTRIBUTES = re.compile(r"(?<=[\])])\{[^{}\n]*\}")
_LINES = re.compile(r"^[ \t]*(#{1,6} |[*+-] |\d+\. |>|\|)", re.MULTILINE)
# A number of one digit may be written as a word.
_NUMBER = re.compile(r"\d(?:[.,:\u00a0\u202f٫٬]?\d)+")
_DIGIT = re.compile(r"(?<![\w-])\d(?![\w-])")
_PAIRED = {"（": "(", "）": ")", "［": "[", "］": "]"}


def check_structure(pair: Pair) -> Iterator[Finding]:
    """Yield what a translation lost or brought along that is no prose."""
    for rule, what, find, hint in _PIECES:
        wanted, found = find(pair.source), find(pair.form)
        if lost := wanted - found:
            fact = f"lost {what} {min(lost)[:80]!r}"
            yield Finding(rule, fact, hint, Severity.ERROR)
        elif more := found - wanted:
            fact = f"{what} {min(more)[:80]!r}, which the message does not hold"
            yield Finding(rule, fact, hint, Severity.ERROR)


def check_brackets(pair: Pair) -> Iterator[Finding]:
    """Yield brackets that are not closed, or closed without being open."""
    if _unpaired(pair.source) or not (bracket := _unpaired(pair.form)):
        return
    yield Finding("brackets", f"{bracket!r} has no counterpart", "close each bracket")


def check_numbers(pair: Pair) -> Iterator[Finding]:
    """Yield the numbers of the message that the translation does not hold."""
    wanted, found = _digits(pair.source), _digits(pair.form)
    if lost := wanted - found:
        fact = f"lost the number {min(lost)!r}"
        yield Finding("numbers", fact, "write the same numbers in digits")
        return
    wanted, found = _single_digits(pair.source), _single_digits(pair.form)
    lost, more = wanted - found, found - wanted
    if lost and more:
        fact = f"says {min(more)!r} where the message says {min(lost)!r}"
        yield Finding("numbers", fact, "write the same numbers")


def _counted(pattern: re.Pattern[str]) -> Callable[[str], Counter[str]]:
    def count(text: str) -> Counter[str]:
        return Counter(
            next((group for group in found.groups() if group), found[0])
            for found in pattern.finditer(text)
        )

    return count


def _codes(text: str) -> Counter[str]:
    return Counter(found[2].strip() for found in _CODE.finditer(text))


def _strong(text: str) -> Counter[str]:
    return Counter({"**": _CODE.sub("", text).count("**")})


def _unpaired(text: str) -> str | None:
    """Return the first bracket of *text* that stands alone."""
    waiting: list[str] = []
    for sign in without_holes(_CODE.sub("", text)):
        sign = _PAIRED.get(sign, sign)
        if sign in "([":
            waiting.append(sign)
        elif sign in ")]" and (not waiting or waiting.pop() != "(["[")]".index(sign)]):
            return sign
    return waiting[-1] if waiting else None


def _digits(text: str) -> Counter[str]:
    """Return the numbers of *text*, whatever their digits and separators."""
    return Counter(
        "".join(str(unicodedata.digit(sign)) for sign in found if sign.isdigit())
        for found in _NUMBER.findall(_prose(text))
    )


def _single_digits(text: str) -> Counter[str]:
    """Return the numbers of one digit in *text*, but those at the head of a line."""
    bare = _LINES.sub("", _NUMBER.sub(" ", _prose(text)))
    return Counter(str(unicodedata.digit(found)) for found in _DIGIT.findall(bare))


def _prose(text: str) -> str:
    return _ADDRESS.sub("", _TARGET.sub("", without_holes(text)))


_LIKE_MESSAGE = "copy it from the message"
_PIECES: tuple[tuple[str, str, Callable[[str], Counter[str]], str], ...] = (
    ("tags", "the tag", _counted(_TAG), _LIKE_MESSAGE),
    ("links", "the link", _counted(_TARGET), f"{_LIKE_MESSAGE}; hosts get localized"),
    ("links", "the address", _counted(_ADDRESS), _LIKE_MESSAGE),
    ("markup", "the code", _codes, f"{_LIKE_MESSAGE}, it is not translated"),
    ("markup", "the attributes", _counted(_ATTRIBUTES), _LIKE_MESSAGE),
    ("markup", "the mark", _strong, "mark as many words as the message does"),
    ("markup", "the mark", _counted(_LINES), "keep headings and lists as they are"),
)
