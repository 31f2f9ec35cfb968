"""Lay two published pages side by side, and pair what says the same."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from notifier.errors import Place, Problem, Severity
from notifier.outputs.translations.page_blocks import PageBlock, sections

RULES = {"page/structure": "two pages that are laid side by side differ in structure"}
_LABEL = re.compile(r"\[([^\[\]]+)\]\(")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
# What the page has for its renderers' sake.
_RENDERING = re.compile(r"(?<=\))\{target=[^{}]*\}|&#x200B;")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_SENTENCE = re.compile(r"(?<=[.!?؟…])(?:\s+)(?=\S)|(?<=[。！？])\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Side:
    """A text of one page, and its line."""

    text: str
    line: int


def paired_blocks(
    first: tuple[PageBlock, ...],
    second: tuple[PageBlock, ...],
    *,
    shown: tuple[str, str],
) -> tuple[tuple[tuple[Side, Side], ...], tuple[Problem, ...]]:
    """Return the blocks of two pages that stand in the same place, and what differs.

    Sections are paired by their anchors, or their order if a page has none. A section
    of another structure gives no pairs but its heading; *shown* names the two files.
    """
    pairs: list[tuple[Side, Side]] = []
    problems: list[Problem] = []
    ours, theirs = sections(first), sections(second)
    marks = [_mark(part) for part in ours], [_mark(part) for part in theirs]
    if not all(any(anchor for _, anchor in page) for page in marks):
        marks = (
            [(kind, "") for kind, _ in marks[0]],
            [(kind, "") for kind, _ in marks[1]],
        )
    matcher = SequenceMatcher(None, *marks, autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            for one, other in zip(ours[i:i_end], theirs[j:j_end], strict=True):
                found, said = _paired(one, other, shown)
                pairs += found
                problems += said
        else:
            left = [block for part in ours[i:i_end] for block in part]
            right = [block for part in theirs[j:j_end] for block in part]
            problems.append(_differs((left, right), (first, second), shown))
    return tuple(pairs), tuple(problems)


def finer_pairs(one: str, other: str) -> Iterator[tuple[str, str]]:
    """Yield the pair itself, then its sentences, labels of links and strong words.

    Parts count only if both texts have as many of them.
    """
    one, other = _RENDERING.sub("", one), _RENDERING.sub("", other)
    yield one, other
    mine, yours = _SENTENCE.split(one), _SENTENCE.split(other)
    if len(mine) == len(yours) > 1:
        for start in range(len(mine)):
            for end in range(start + 1, len(mine) + 1):
                yield " ".join(mine[start:end]), _rejoined(other, yours[start:end])
    for pattern in (_LABEL, _STRONG):
        labels = pattern.findall(one), pattern.findall(other)
        if len(labels[0]) == len(labels[1]):
            yield from zip(*labels, strict=True)


def plainly(markdown: str) -> str:
    """Return *markdown* with its escapes and entities undone, in single blanks."""
    return " ".join(html.unescape(_ESCAPE.sub(r"\1", markdown)).split(" "))


def comparable(text: str) -> str:
    """Return *text* so that two spellings of the same words are equal."""
    straight = str.maketrans("’‘“”\u00a0\u202f", "''\"\"  ")
    return " ".join(plainly(text).translate(straight).split())


def _rejoined(whole: str, parts: list[str]) -> str:
    blank = " " if " ".join(parts) in whole else ""
    return blank.join(parts)


def _mark(part: tuple[PageBlock, ...]) -> tuple[str, str]:
    head = part[0] if part and part[0].kind.startswith("heading") else None
    return (head.kind, head.anchor) if head else ("", "")


def _paired(
    one: tuple[PageBlock, ...], other: tuple[PageBlock, ...], shown: tuple[str, str]
) -> tuple[list[tuple[Side, Side]], list[Problem]]:
    kinds = [block.kind for block in one], [block.kind for block in other]
    at = next(
        (n for n, (a, b) in enumerate(zip(*kinds, strict=False)) if a != b),
        min(map(len, kinds)),
    )
    problems = []
    if kinds[0] != kinds[1]:
        problems = [_differs((one[at:], other[at:]), (one, other), shown)]
        has_heading = bool(one) and one[0].kind.startswith("heading")
        one, other = (one[:1], other[:1]) if has_heading and at else ((), ())
    pairs = [
        (Side(a.text, a.line), Side(b.text, b.line))
        for a, b in zip(one, other, strict=True)
    ]
    return pairs, problems


def _differs(
    rest: tuple[Sequence[PageBlock], Sequence[PageBlock]],
    pages: tuple[tuple[PageBlock, ...], tuple[PageBlock, ...]],
    shown: tuple[str, str],
) -> Problem:
    first, second = (
        blocks[0] if blocks else PageBlock("the end", "", page[-1].line if page else 1)
        for blocks, page in zip(rest, pages, strict=True)
    )
    fact = (
        f"{second.kind} where {shown[0]}:{first.line} has {first.kind}: "
        f"{second.text[:60]!r}, {first.text[:60]!r}"
    )
    hint = "give both sections the same structure, then import again"
    place = Place(shown[1], second.line)
    return Problem("page/structure", fact, place, hint, Severity.WARNING)
