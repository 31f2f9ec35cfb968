"""Judge what stands inside the lines of a page: links, braces, bold, characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notifier.content.dialect.inline import is_safe_url
from notifier.content.dialect.lint_headings import anchor_spans
from notifier.content.dialect.lint_rules import Finding, finding, shown
from notifier.content.dialect.lint_source import Kind, Line, Page
from notifier.content.dialect.scripts import is_punctuation
from notifier.model.page import ALERT_TYPES

_LINK = re.compile(r"\]\(([^)\]]*+)(\)?)")
_PARTED = re.compile(r"\] +\((?:https?:|mailto:|#|[^\s()]++(?<=\.md)\))")
_BRACE = re.compile(r"\{\{|\{[^{}]*+\}?")
_TARGET = '{target="_blank"}'
_TAG = re.compile(r"<(?:/?[A-Za-z][\w-]*+(?:\s[^<>]*+)?+/?>|!--|\?|![A-Z])")
_NAMES = re.compile(
    r"\[(?:[^\[\]]*+\[)?!(?:DNL|UICONTROL)\s[^\[\]]*+\](?:[^\[\]]*+\])?\("
)
_STRAY = re.compile(rf"\[!(?:{'|'.join(ALERT_TYPES)})\]")
_BADGE = re.compile(r"\[!BADGE\b", re.I)
_BOLD = re.compile(r"\*+")


def lint_inline(page: Page) -> Iterator[Finding]:
    """Yield what is wrong inside the lines of *page*."""
    for _, line, _ in page.around():
        if line.prose:
            yield from _links(line)
            yield from _braces(line)
            yield from _tags(line)
    for lines in _paragraphs(page):
        yield from _bold(lines)


def _links(line: Line) -> Iterator[Finding]:
    for match in _LINK.finditer(line.prose):
        address = line.body[match.start(1) : match.end(1)]
        rule, fault = _fault(address, is_closed=bool(match[2]))
        if rule:
            message = f"the address {shown(address)} {fault}"
            hint = "write '[text](https://…)'; ( is %28, ) is %29, a blank is %20"
            yield finding(rule, line.number, message, hint)
        elif not is_safe_url(address):
            message = f"the address {shown(address)} is not https"
            hint = "give an https, a mailto or a relative address"
            yield finding("link-scheme", line.number, message, hint)
    if _PARTED.search(line.prose):
        message = "a blank parts the text of a link from its address"
        yield finding("AM011", line.number, message, "write '[text](https://…)'")


def _fault(address: str, *, is_closed: bool) -> tuple[str, str]:
    if not is_closed:
        return "AM019", "is not closed"
    if not address.strip():
        return "AM019", "is empty"
    if address[0].isspace():
        return "AM011", "begins with a blank"
    if any(character.isspace() for character in address):
        return "AM019", "holds a blank"
    return ("AM019", "holds a parenthesis") if "(" in address else ("", "")


def _braces(line: Line) -> Iterator[Finding]:
    if line.kind is Kind.STYLE:
        return
    anchors = anchor_spans(line)
    for match in _BRACE.finditer(line.prose):
        before = line.prose[max(match.start() - 1, 0) : match.start()]
        if match.span() in anchors or (match[0] == _TARGET and before in (")", ">")):
            continue
        if match[0] == "{{":
            message = "two braces would be replaced by a snippet"
            yield finding("snippet", line.number, message, "write '\\{\\{'")
        elif "_blank" in match[0] or "target" in match[0]:
            message = f"{shown(match[0])} gives no link a target"
            hint = f"glue {_TARGET} to the parenthesis of the link"
            yield finding("link-target", line.number, message, hint)
        elif _is_eaten(match, line.prose):
            message = f"{shown(match[0])} would be read as attributes"
            yield finding("stray-brace", line.number, message, "write '\\{'")
        else:
            message = f"the brace in {shown(match[0])} is not escaped"
            yield finding("loose-brace", line.number, message, "write '\\{'")


def _is_eaten(match: re.Match[str], prose: str) -> bool:
    """Tell whether the braces end a line, begin one, or are glued to markup."""
    start, end = match.span()
    is_outer = start == 0 or not prose[end:].strip() or prose[start - 1] in ")>*_~`"
    return is_outer and match[0].endswith("}")


def _tags(line: Line) -> Iterator[Finding]:
    tag = _TAG.search(line.prose)
    if tag:
        message = f"{shown(tag[0])} is raw HTML"
        hint = "leave it out; to show angle brackets, write '&lt;word&gt;'"
        yield finding("MD033", line.number, message, hint)
    if _NAMES.search(line.prose):
        message = "a link's text holds a name for the translators"
        hint = "take [!DNL …] or [!UICONTROL …] out of the link"
        yield finding("AM009", line.number, message, hint)
    is_head = line.is_quoted and line.body.startswith("[")
    if not is_head and _STRAY.search(line.prose):
        message = f"{shown(line.body)} holds the type of an alert"
        yield finding("AM009", line.number, message, "begin the line with '>[!NOTE]'")
    if not is_head and _BADGE.search(line.prose):
        message, hint = "a badge is not rendered everywhere", "say it in words"
        yield finding("unrendered", line.number, message, hint)


def _paragraphs(page: Page) -> Iterator[list[Line]]:
    """Yield the lines that belong together, as bold may go from one to the next."""
    lines: list[Line] = []
    for before, line, _ in page.around():
        joins = before and before.kind is line.kind is Kind.TEXT and not line.marker
        if lines and not joins:
            yield lines
            lines = []
        lines.append(line)
    yield lines


def _bold(lines: list[Line]) -> Iterator[Finding]:
    if not any("**" in line.prose for line in lines):
        return
    if lines[0].kind is Kind.ROW:
        parts = list(_cells(lines[0]))
    else:
        parts = [("\n".join(x.body for x in lines), "\n".join(x.prose for x in lines))]
    for body, prose in parts:
        loose = _loose_stars(body, prose)
        if loose:
            at = loose[0]
            number = lines[0].number + body.count("\n", 0, at)
            message = f"the bold at {shown(body[max(at - 10, 0) : at + 12])} is open"
            hint = "put &#x200B; between its asterisks and a letter, or close it"
            yield finding("bold-edge", number, message, hint)


def _cells(line: Line) -> Iterator[tuple[str, str]]:
    start = 0
    for cell in line.prose.split("|"):
        end = start + len(cell)
        yield line.body[start:end], cell
        start = end + 1


def _loose_stars(body: str, prose: str) -> list[int]:
    """Return where two asterisks open or close nothing (CommonMark 6.2)."""
    opened: list[tuple[int, int]] = []
    loose: list[int] = []
    for match in _BOLD.finditer(prose):
        opens, closes = _flanks(body, *match.span())
        left = len(match[0])
        while left and closes and opened:
            at, count = opened.pop()
            used = min(left, count, 2)
            left -= used
            if count > used:
                opened.append((at, count - used))
        if left and opens:
            opened.append((match.start(), left))
        elif left > 1:
            loose.append(match.start())
    return sorted([*loose, *(at for at, count in opened if count > 1)])


def _flanks(body: str, start: int, end: int) -> tuple[bool, bool]:
    """Tell whether the asterisks may open emphasis, and whether they may close it."""
    before, after = body[start - 1 : start] or " ", body[end : end + 1] or " "
    if start == 0:
        before = " "
    marks = is_punctuation(before), is_punctuation(after)
    blanks = before.isspace(), after.isspace()
    opens = not blanks[1] and (not marks[1] or blanks[0] or marks[0])
    closes = not blanks[0] and (not marks[0] or blanks[1] or marks[1])
    return opens, closes
