"""Break texts into lines for a drawing, whose reader's font nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from wcwidth import wcwidth

# How wide signs are in system fonts, in em, rather too wide than too narrow.
_EMS: Mapping[str, float] = MappingProxyType(
    dict.fromkeys(" \N{NO-BREAK SPACE}.,:;'’|!ijlI", 0.29)
    | dict.fromkeys("frt()[]/-·", 0.42)
    | dict.fromkeys("mwMW@%—…", 0.95)
)
_WIDE, _CAPITAL, _ARABIC, _OTHER = 1.0, 0.7, 0.54, 0.61
# A line in Chinese or Japanese never ends with the first, or begins with the second.
_OPENING = frozenset("（「『【〈《［｛〔“‘")
_CLOSING = frozenset(
    "、。，．・：；？！）」』】〉》］｝〕”’～〜…％々ー"
    "ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
# Blanks, and dashes and dots between two blanks, stay on the line of what they follow.
_NEVER_FIRST = frozenset(" –·")
_REMARK = re.compile(r"\([^()]{1,28}\)")
_NBSP = "\N{NO-BREAK SPACE}"
_JOINER = "\N{ZERO WIDTH JOINER}"


def text_width(text: str, size: float) -> float:
    """Return how wide *text* is at most, in a font of *size*."""
    return size * sum(map(_em, text))


def wrap(text: str, *, size: float, width: float) -> tuple[str, ...]:
    """Return the lines of *text*, none wider than *width* unless a single sign is.

    They break at blanks, but not in a short remark in parentheses, between the signs of
    Chinese and Japanese, and within a word that is wider than a line.
    """
    lines = [""]
    for piece in _pieces(_REMARK.sub(lambda at: at[0].replace(" ", _NBSP), text)):
        if _fits(lines[-1] + piece.rstrip(" "), size, width):
            lines[-1] += piece
        elif _fits(piece.rstrip(" "), size, width):
            lines.append(piece)
        else:
            lines += _cut(lines.pop(), piece, size=size, width=width)
    return tuple(line.strip(" ") for line in lines if line.strip(" "))


def _cut(line: str, piece: str, *, size: float, width: float) -> Iterator[str]:
    """Yield the lines of *line* and then *piece*, broken between any two signs."""
    for sign in piece:
        if line and wcwidth(sign) > 0 and not _fits(line + sign, size, width):
            yield line
            line = ""
        line += sign
    yield line


def _pieces(text: str) -> Iterator[str]:
    """Yield what stays on one line, each with the blanks behind it."""
    piece = ""
    for sign in text:
        if piece and _may_break(piece[-1], sign):
            yield piece
            piece = ""
        piece += sign
    if piece:
        yield piece


@lru_cache(maxsize=4096)
def _may_break(before: str, after: str) -> bool:
    if before == _JOINER or wcwidth(after) == 0 or after in _NEVER_FIRST:
        return False
    if before == " ":
        return True
    if before in _OPENING or after in _CLOSING:
        return False
    if before.isdigit() and after not in _OPENING:
        return False
    return _is_ideographic(before) or _is_ideographic(after)


def _is_ideographic(sign: str) -> bool:
    """Tell signs between which lines break; Korean has blanks for that."""
    return wcwidth(sign) == 2 and not "\uac00" <= sign <= "\ud7a3"


def _fits(text: str, size: float, width: float) -> bool:
    return text_width(text, size) <= width


@lru_cache(maxsize=4096)
def _em(sign: str) -> float:
    cells = wcwidth(sign)
    if cells != 1:
        return _WIDE if cells == 2 else 0
    if "\u0600" <= sign <= "\u06ff":
        return _ARABIC
    return _EMS.get(sign) or (_CAPITAL if sign.isupper() else _OTHER)
