"""Judge the characters of a page: what typography, Chinese and Japanese ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notifier.content.dialect.lint_rules import Finding, finding, shown
from notifier.content.dialect.lint_source import Line, Page

_ADDRESSES = re.compile(r"\]\([^)\]]*+\)?|<(?:https?:|mailto:)[^<>\s]*+>")
_TRAP = re.compile(
    r"(?<!\.)\.\.(?!\.)|\.{4,}+|(?<=[?!])\.{2,}+|-{2,}+(?!>)|\+-|,,+|[?!]{4,}+"
    r"|\((?:c|r|tm)\)",
    re.I,
)
# Kana, ideographs, wide punctuation and letters; not Hangul, which has blanks.
_WIDE = "\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60"
_MARKS = "、。，．：；？！」』）】〉》"
_BLANK = re.compile(rf"[{_MARKS}] +(?=[^\s|{{])|[{_WIDE}] +(?=\[|\*\*)")
_STOP = re.compile(rf"[{_WIDE}][*)]{{0,4}}\.(?=\s|$)")
_MONTH = re.compile(r"年\d{1,2}(?=\*\*|[.。\s]|$)")


def lint_letters(page: Page) -> Iterator[Finding]:
    """Yield what is wrong with the characters of *page*."""
    straight = curly = 0
    for _, line, _ in page.around():
        yield from _typography(line)
        if not line.body.isascii():
            yield from _wide(line)
        straight = straight or line.number * ("&#39;" in line.body)
        curly = curly or line.number * ("’" in line.body)
    if straight and curly:
        message = f"line {straight} has &#39; and line {curly} has ’"
        hint = "write the same apostrophe everywhere"
        yield finding("quote-mix", max(straight, curly), message, hint)


def _typography(line: Line) -> Iterator[Finding]:
    if not line.prose.strip("|:- "):
        return
    trap = _TRAP.search(_ADDRESSES.sub("", line.prose))
    if trap:
        message = f"{shown(trap[0])} would be set as other characters"
        hint = "put a backslash before each, or write the character that you mean"
        yield finding("typography", line.number, message, hint)


def _wide(line: Line) -> Iterator[Finding]:
    blank, stop = _BLANK.search(line.prose), _STOP.search(line.prose)
    if blank:
        message = f"a blank follows {shown(blank[0][0])}"
        yield finding("cjk-blank", line.number, message, "take the blank out")
    if stop:
        message = f"{shown(stop[0])} ends in an ASCII full stop"
        yield finding("cjk-full-stop", line.number, message, "write '。'")
    month = _MONTH.search(line.prose)
    if month:
        message = f"the month in {shown(month[0])} has no sign"
        yield finding("cjk-date", line.number, message, "write '月' behind it")
