"""Find parts in texts, whole and quickly, however many parts and however long a text.

A text is one that `seen` has returned, and so is a part.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

_RUN = re.compile(r"\d+")
# Looking through a shorter text takes less time than to index it.
_LONG = 20_000
# So many characters behind a number are sorted; more would hardly tell more apart.
_REACH = 24
# A time is no offset from UTC.
_SIGNS = "+\N{MINUS SIGN}"

# By number, what stands behind it, and where it begins: sorted.
_Index = Mapping[str, list[tuple[str, int]]]


def places(words: str, part: str) -> Iterator[int]:
    """Yield where *part* stands in *words*, but where it is part of a longer number."""
    number = _RUN.search(part) if len(words) > _LONG else None
    if number is None:
        yield from _scanned(words, part)
        return
    behind = part[number.end() : number.end() + _REACH]
    found = _index(words).get(number[0], [])
    for position in range(bisect_left(found, (behind, 0)), len(found)):
        text, start = found[position]
        if not text.startswith(behind):
            return
        place = start - number.start()
        is_there = place >= 0 and words.startswith(part, place)
        if is_there and _is_whole(words, part, place):
            yield place


def _scanned(words: str, part: str) -> Iterator[int]:
    place = words.find(part)
    while place >= 0:
        if _is_whole(words, part, place):
            yield place
        place = words.find(part, place + 1)


def _is_whole(words: str, part: str, place: int) -> bool:
    end = place + len(part)
    before, after = words[max(0, place - 1) : place], words[end : end + 1]
    if part[:1].isdigit() and before and (before in _SIGNS or _RUN.match(before)):
        return False
    return not (part[-1:].isdigit() and _RUN.match(after))


@lru_cache(maxsize=4)
def _index(words: str) -> _Index:
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for number in _RUN.finditer(words):
        end = number.end()
        found[number[0]].append((words[end : end + _REACH], number.start()))
    for each in found.values():
        each.sort()
    return found
