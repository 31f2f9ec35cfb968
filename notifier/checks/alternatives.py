"""Compare the words of all formats of a document, one after the other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import escape, unescape
from types import MappingProxyType
from typing import Any

from notifier.checks.evidence import Evidence
from notifier.checks.reading_back import (
    Output,
    html_pieces,
    is_silent,
    letters_of,
    text_of,
)
from notifier.content.labels import alert_labels
from notifier.errors import Place, Problem
from notifier.model.notice import Fallback, Notice

RULES: Mapping[str, str] = MappingProxyType(
    {
        "facts/alternatives": "the formats of a document do not say the same",
    }
)
# Marks that are read otherwise, or not at all; code is as it is.
_MARKS = re.compile(
    r"(?P<fence>^[ >]*(?P<bar>`{3,}|~{3,}))[^\n]*(?P<block>.*?)(?:^[ >]*(?P=bar)|\Z)"
    r"|(?<!`)(?P<tick>`+)(?!`)(?P<code>.+?)(?<!`)(?P=tick)(?!`)"
    r"|\\\[(?P<plain>[^\]\n]*\]\([^)\n]*\))|\\[!-/:-@\[-`{-~]"
    r"|\]\(<?(?:[^()\s]|\([^()]*\))*>?\)(?:\{[^{}\n]*\})?"
    r"|(?<![ \t])[ \t]*\{#[\w-]+\}$"
    r"|\[!(?P<alert>[A-Z]+)\]",
    re.DOTALL | re.MULTILINE,
)
_NUMBERED = re.compile(r"^[ >]*\d{1,3}[.)]\s")
_NUMBER = re.compile(r"\d{1,3}")
_HINT = "compare the author's templates with the built-in ones"


def alternative_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield the formats of a document that say something else than its HTML."""
    groups: defaultdict[tuple[str, ...], dict[str, Output]] = defaultdict(dict)
    for output in evidence.documents:
        is_page = output.document in ("docs", "web")
        sort, name = ("page", output.document) if is_page else (output.document, "")
        key = (sort, output.wave, output.tag, output.lang)
        groups[key][name or output.kind] = output
    for outputs in groups.values():
        if "html" in outputs and "md" in outputs:
            yield from _compared(outputs, evidence)


def _compared(outputs: Mapping[str, Output], evidence: Evidence) -> Iterator[Problem]:
    html, markdown = outputs["html"], outputs["md"]
    stretches = tuple(_stretches(html.tree.body))
    whole = "".join(text for text, _ in stretches)
    lines = _markdown_lines(markdown, evidence)
    start, end, fault = _follow(lines, whole)
    if fault:
        plain = letters_of(outputs["txt"].text) if "txt" in outputs else ""
        is_layout = _without_number(fault) in plain
        yield from _told(fault, html if is_layout else markdown)
        return
    if "docs" in outputs:
        docs = _markdown_lines(outputs["docs"], evidence)
        yield from _told(_unlike(docs, whole[start:end]), outputs["docs"])
    if "txt" in outputs:
        fault = _without_tables(outputs["txt"], _clipped(stretches, start, end))
        yield from _told(fault, outputs["txt"])
    if "web" in outputs:
        web = "".join(text for text, _ in _stretches(outputs["web"].tree.body))
        yield from _told(_missing(lines, web), outputs["web"])
    if "json" in outputs:
        data = outputs["json"].data["faq"]
        questions = (_without_number(_bare(each["question"], {})) for each in data)
        # Programs get the questions even of a document that shows none of them.
        if any(question in whole for question in questions):
            told = _answers(outputs["json"])
            lost = (line for line in told if _without_number(line) not in whole)
            yield from _told(next(lost, None), outputs["json"])


def _stretches(element: Any) -> Iterator[tuple[str, bool]]:
    """Yield the letters of *element* in order, and whether a table holds them.

    Items of numbered lists begin with their number. Menus do not count.
    """
    if not isinstance(element.tag, str) or element.tag == "nav" or is_silent(element):
        return
    if element.tag == "table":
        yield letters_of("".join(html_pieces(element))), True
        return
    yield letters_of(element.text or ""), False
    for number, child in enumerate(element, start=1):
        if element.tag == "ol" and child.tag == "li" and not is_silent(child):
            yield str(number), False
        yield from _stretches(child)
        yield letters_of(child.tail or ""), False


def _markdown_lines(output: Output, evidence: Evidence) -> tuple[str, ...]:
    """Return the lines of a page as they read without the marks of Markdown."""
    lines: list[str] = []
    for lang, text in _by_language(output, evidence.notice):
        wording = evidence.compiler.wording(lang, lang)
        lines += _bare(text, alert_labels(wording, text)).splitlines()
    return tuple(lines)


def _by_language(output: Output, notice: Notice) -> Iterator[tuple[str, str]]:
    """Yield the text of each language in *output*; each begins with its heading."""
    text = text_of(output)
    at = text.find("\n# ", 1)
    is_second = output.document == "announcement" and at > 0
    if notice.fallback is Fallback.BILINGUAL and is_second:
        yield output.lang, text[:at]
        yield notice.default_locale, text[at:]
    else:
        yield output.lang, text


def _answers(output: Output) -> Iterator[str]:
    for each in output.data["faq"]:
        yield _bare(each["question"], {})
        yield from _bare(each["answer"], {}).splitlines()


def _bare(markdown: str, labels: Mapping[str, str]) -> str:
    """Return *markdown* as it reads; *labels* are the titles of alerts."""

    def read(found: re.Match[str]) -> str:
        code = found["block"] or found["code"] or found["plain"]
        return f" {escape(code or labels.get(found['alert'] or '', ''))} "

    return unescape(_MARKS.sub(read, markdown))


def _without_number(line: str) -> str:
    return letters_of(_NUMBERED.sub("", line))


def _follow(lines: Iterable[str], whole: str) -> tuple[int, int, str | None]:
    """Return from where to where *lines* stand in *whole*, one behind the other.

    The third is the first line that does not. Numbers of lists do not count.
    """
    start: int | None = None
    at = 0
    for line in lines:
        part = _without_number(line)
        if start is None:
            start = at = max(0, whole.find(part)) if part else 0
            start = start if part else None
        elif part and not whole.startswith(part, at) and _NUMBERED.match(line):
            number = _NUMBER.match(whole, at)
            at = number.end() if number else at
        if not whole.startswith(part, at):
            return start or 0, at, line
        at += len(part)
    return start or 0, at, None


def _unlike(lines: Iterable[str], whole: str) -> str | None:
    """Return the first of *lines* that differs from *whole*, or its rest."""
    start, end, fault = _follow(lines, whole)
    return fault or whole[:start] or whole[end:] or None


def _clipped(
    stretches: Iterable[tuple[str, bool]], start: int, end: int
) -> Iterator[tuple[str, bool]]:
    """Yield what of *stretches* lies between *start* and *end*; joined by tables."""
    at, joined = 0, ""
    for text, is_table in stretches:
        part = text[max(0, start - at) : max(0, end - at)]
        at += len(text)
        if is_table:
            yield joined, False
            yield part, True
            joined = ""
        else:
            joined += part
    yield joined, False


def _without_tables(
    output: Output, stretches: Iterable[tuple[str, bool]]
) -> str | None:
    """Return what the plain text has otherwise; it draws tables in its own way."""
    plain = letters_of(output.text)
    at, is_behind_table = 0, False
    for text, is_table in stretches:
        if is_table:
            is_behind_table = True
            continue
        found = plain.find(text, at) if is_behind_table else at
        if found < 0 or not plain.startswith(text, found):
            pairs = enumerate(zip(text, plain[max(0, found) :], strict=False))
            same = next((n for n, (one, other) in pairs if one != other), 0)
            return text[max(0, same - 20) : same + 20]
        at, is_behind_table = found + len(text), False
    return plain[at : at + 40] or None


def _missing(lines: Iterable[str], whole: str) -> str | None:
    """Return the first of *lines* that *whole* does not hold behind those before.

    Between the cells of a table, *whole* may say more.
    """
    at = 0
    for line in lines:
        for cell in line.split("|") if line.startswith("|") else (line,):
            part = _without_number(cell)
            found = whole.find(part, at)
            if found < 0:
                return line
            at = found + len(part)
    return None


def _told(line: str | None, output: Output) -> Iterator[Problem]:
    if line:
        message = f"the other formats say something else near {line.strip()[:60]!r}"
        yield Problem("facts/alternatives", message, Place(output.path), _HINT)
