"""Break text into lines by the width that a terminal or mail reader gives it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from wcwidth import wcswidth

from notifier.content.dialect.scripts import is_unspaced

# Japanese and Chinese line breaking (JIS X 4051, CLREQ): what may not begin a line ...
_NOT_FIRST = frozenset(
    "、。，．・：；？！」』）］｝〉》】〕〗〙”’…‥ー々ゝゞヽヾ〻ぁぃぅぇぉっゃゅょゎ"
    "ァィゥェォッャュョヮヵヶ％℃｣｡､,.:;?!)]}>%"
)
# ... and what may not end one.
_NOT_LAST = frozenset("「『（［｛〈《【〔〖〘“‘｢￥＄＃([{<$#")
_BLANKS = re.compile(r" +")


def width_of(text: str) -> int:
    """Return how many columns *text* takes."""
    if text.isascii():
        return len(text)
    columns = wcswidth(text)
    return columns if columns >= 0 else len(text)


# Most paragraphs are the same in all waves and zones.
@lru_cache(maxsize=4096)
def wrap(text: str, width: int) -> tuple[str, ...]:
    """Return *text* in lines of at most *width* columns; a newline always breaks.

    A piece without a place to break (a word, an address) may be wider. No-break blanks
    are kept.
    """
    return tuple(line for part in text.split("\n") for line in _fill(part, width))


def _fill(text: str, width: int) -> Iterator[str]:
    line = ""
    used = 0
    for blank, piece in _pieces(text):
        size = width_of(piece)
        gap = 1 if blank and line else 0
        if line and used + gap + size > width:
            yield line
            line, used, gap = "", 0, 0
        line += " " * gap + piece
        used += gap + size
    yield line


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Cut *text* where a line may end; tell for each piece if a blank is before it."""
    for number, word in enumerate(_BLANKS.split(text.strip(" "))):
        if word.isascii():
            yield number > 0, word
            continue
        start = 0
        for at, (before, after) in enumerate(pairwise(word), start=1):
            if _may_break(before, after):
                yield number > 0 and start == 0, word[start:at]
                start = at
        yield number > 0 and start == 0, word[start:]


def _may_break(before: str, after: str) -> bool:
    if not (is_unspaced(before) or is_unspaced(after)):
        return False
    if before in _NOT_LAST or after in _NOT_FIRST or "\u00a0" in (before, after):
        return False
    return not unicodedata.combining(after)
