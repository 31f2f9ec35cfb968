"""Say in HTML which texts stand in another language than the document around them.

A text without translation is printed in the language that it was written in, and has
to say so (WCAG 2.2, 3.1.2). A document that has such texts is worded a second time,
with marks around them: noncharacters (Unicode 23.7), which no output may hold. Only
the HTML of this second wording is used, and only if the marks have changed nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from notifier.content.dialect import code_lines
from notifier.language.locales import direction

_START, _TOLD, _END = "\ufdd0", "\ufdd1", "\ufdd2"
_MARK = rf"{_START}(?P<lang>[\w-]*){_TOLD}|{_END}"
_MARKS = re.compile(_MARK)
# Marks stand inside of what makes a line a heading, list item, quote or collapsible.
_LINE = re.compile(
    r"(?P<before> *(?:(?:[*+-]|\d{1,9}[.)]) +|> ?|#{1,6} +|\+\+\+)*+)"
    r"(?P<words>(?:[^\W_]|[^\x00-\x7f]|[\"'(]|\\|%\(|\*{1,2}[^\s*]|`[^`]|\[(?!!)).*?)"
    r"(?P<anchor>(?:(?<! ) *\{#[\w.:-]+\})?)"
)
_CELL = re.compile(r"(?<=\| )(?! |:?-+:? \|)(?:\\.|[^|\\])+?(?= \|)")
_PIECE = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style|title|option|textarea)\b.*?</(?P=raw)\s*>"
    r"|<(?P<close>/?)(?P<tag>[a-z][a-z0-9]*)(?:\"[^\"]*+\"|'[^']*+'|[^\"'>])*+>"
    rf"|<![^>]*>|(?P<mark>{_MARK})",
    re.DOTALL | re.IGNORECASE,
)
_VOID = frozenset(["br", "hr", "img", "input", "link", "meta", "source", "wbr"])
_INLINE = frozenset(
    ["a", "b", "bdi", "br", "code", "del", "em", "i", "img", "span", "strong", "time"]
)


def mark(markdown: str, lang: str) -> str:
    """Return *markdown*, or a plain text, with its words marked as those of *lang*."""
    lines = code_lines(markdown)
    return "\n".join(line if is_code else _line(line, lang) for line, is_code in lines)


def taken_apart(line: str) -> tuple[str, str]:
    """Return the language that the whole *line* is marked with, and the line.

    The language is empty where no mark stands around all of it.
    """
    found = _MARKS.match(line)
    if found is None or not found["lang"] or not line.endswith(_END):
        return "", line
    return found["lang"], line[found.end() : -len(_END)]


def unmarked(text: str) -> str:
    """Return *text* without marks."""
    return _MARKS.sub("", text)


def with_languages(html: str, marked: str) -> str:
    """Return *html* with `lang` and `dir` around what is marked in *marked*.

    It is returned as it is where *marked* differs from it by more than its marks, as
    when a template looks into the letters of a text.
    """
    return _spelled_out(marked) if unmarked(marked) == html else html


def _line(line: str, lang: str) -> str:
    def marked(words: str) -> str:
        return f"{_START}{lang}{_TOLD}{words}{_END}"

    if line.startswith("|"):
        return _CELL.sub(lambda cell: marked(cell[0]), line)
    body = line.rstrip(" ")
    found = _LINE.fullmatch(body)
    if found is None or found["words"].endswith("\\"):
        return line
    return (
        f"{found['before']}{marked(found['words'])}{found['anchor']}{line[len(body) :]}"
    )


@dataclass(slots=True)
class _Open:
    """A mark that waits for its end: where it stands, and how deep."""

    lang: str
    at: int
    depth: int
    is_whole: bool = True


def _spelled_out(html: str) -> str:
    """Return *html* with elements in place of the marks."""
    pieces: list[str] = []
    texts: set[int] = set()
    open_marks: list[_Open] = []
    depth = end = 0

    def add_text(text: str) -> None:
        if text.strip():
            texts.add(len(pieces))
        pieces.append(text)

    for found in _PIECE.finditer(html):
        add_text(html[end : found.start()])
        end = found.end()
        if found["mark"] and found["lang"]:
            open_marks.append(_Open(found["lang"], len(pieces), depth))
            pieces.append("")
        elif found["mark"]:
            closed = open_marks.pop() if open_marks else None
            around = open_marks[-1].lang if open_marks else None
            if closed and closed.lang != around:
                _close(closed, pieces, texts, depth)
        else:
            depth += _step(found)
            pieces.append(unmarked(found[0]))
            for each in open_marks:
                inside = depth >= each.depth and _is_inline(found)
                each.is_whole = each.is_whole and inside
    add_text(html[end:])
    return "".join(pieces)


def _step(found: re.Match[str]) -> int:
    """Return by how much a tag leads down into the tree."""
    tag = (found["tag"] or "").lower()
    if not tag or tag in _VOID:
        return 0
    return -1 if found["close"] else 1


def _is_inline(found: re.Match[str]) -> bool:
    return (found["tag"] or "").lower() in _INLINE


def _close(mark: _Open, pieces: list[str], texts: set[int], depth: int) -> None:
    """Wrap what stands since *mark*: as a whole, or each text where tags cross it."""
    tag = f'<span lang="{mark.lang}" dir="{direction(mark.lang)}">'
    if mark.is_whole and depth == mark.depth:
        pieces[mark.at] = tag
        pieces.append("</span>")
        return
    for at in range(mark.at, len(pieces)):
        if at in texts:
            pieces[at] = f"{tag}{pieces[at]}</span>"
