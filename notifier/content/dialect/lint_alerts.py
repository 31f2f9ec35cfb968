"""Judge the alerts, quotations and collapsible parts of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from notifier.content.dialect.lint_rules import Finding, finding, shown
from notifier.content.dialect.lint_source import Kind, Line, Page
from notifier.errors import did_you_mean
from notifier.model.page import ALERT_TYPES

_HEAD = re.compile(r"\[(!?) *([A-Za-z]+)([^\]]*+)\](.*)")
_UNRENDERED = (
    "BEGINTABS",
    "TAB",
    "ENDTABS",
    "BEGINSHADEBOX",
    "ENDSHADEBOX",
    "BADGE",
)
_OTHERS = ("VIDEO", "DNL", "UICONTROL")
_TITLE_MARKUP = re.compile(r"[\\&*`\[\]<{]|\+{3}$")
_FORM = "write '>[!NOTE]', then '>' alone, then '>' and the text"
_PLAIN = "leave tabs, shade boxes and badges out of a notice"
_ENDS = "write '+++Title', a blank line, the text, a blank line and '+++'"


def lint_alerts(page: Page) -> Iterator[Finding]:
    """Yield what is wrong with the alerts and quotations of *page*."""
    first = next((line for line in page.lines if not line.is_blank), None)
    for at, line in enumerate(page.lines):
        head = _HEAD.match(line.body) if line.is_quoted and not line.is_code else None
        if head and _is_alert(head):
            yield from _head(line, head)
            yield from _content(page.lines, at)
            if line is first:
                message = "an alert here stays a quotation"
                yield finding("alert-first", line.number, message, "begin with '# '")
        elif head and head[2].upper() in _UNRENDERED:
            message = f"{shown(line.body)} is not rendered everywhere"
            yield finding("unrendered", line.number, message, _PLAIN)
        elif head and head[1] and head[2] not in _OTHERS:
            message = f"{head[2]!r} is no type of alert"
            hint = did_you_mean(head[2], ALERT_TYPES) or f"use {', '.join(ALERT_TYPES)}"
            yield finding("AM009", line.number, message, hint)
    yield from _edges(page)


def _is_alert(head: re.Match[str]) -> bool:
    name = head[2].upper()
    return name in ALERT_TYPES and (bool(head[1]) or head[2] == name)


def _head(line: Line, head: re.Match[str]) -> Iterator[Finding]:
    mark, name, extra, rest = head.groups()
    well_formed = mark and name.isupper() and not extra and line.lead.endswith(">")
    if not well_formed or line.raw.rstrip().endswith(" ]"):
        message = f"{shown(line.raw.strip())} is no alert"
        yield finding("AM009", line.number, message, _FORM)
    if rest.strip():
        message = f"{shown(rest.strip())} follows the type of the alert"
        yield finding("AM009", line.number, message, _FORM)


def _content(lines: Sequence[Line], head: int) -> Iterator[Finding]:
    at = head + 1
    while at < len(lines) and _belongs(lines[at]) and lines[at].kind is Kind.BLANK:
        at += 1
    if at == len(lines) or not _belongs(lines[at]):
        yield finding("AM028", lines[head].number, "the alert is empty", _FORM)
    elif at == head + 1:
        message = "the text follows the type of the alert at once"
        yield finding("alert-form", lines[at].number, message, _FORM)


def _belongs(line: Line) -> bool:
    return line.is_quoted and not line.body.startswith("[!")


def _edges(page: Page) -> Iterator[Finding]:
    before: Line | None = None
    for line in page.lines:
        if before and not before.is_blank and not line.is_blank:
            begins = line.is_quoted and line.body.startswith("[!")
            if before.is_quoted != line.is_quoted or begins:
                message = f"no blank line parts a quotation from {shown(before.raw)}"
                hint = "put a blank line before and after an alert"
                yield finding("AM018", line.number, message, hint)
        before = line


def lint_collapsibles(page: Page) -> Iterator[Finding]:
    """Yield what is wrong with the collapsible parts of *page*."""
    opened: Line | None = None
    is_empty = True
    before: Line | None = None
    for line in page.lines:
        if line.kind is Kind.OPENING:
            yield from _title(line)
            if opened:
                message = f"it stands inside the part that begins in {opened.number}"
                hint = "end that one before"
                yield finding("collapsible-nested", line.number, message, hint)
            opened, is_empty = line, True
        elif line.kind is Kind.CLOSING and opened is None:
            message = "no collapsible part begins before this end"
            yield finding("collapsible-ends", line.number, message, _ENDS)
        elif line.kind is Kind.CLOSING:
            if is_empty and opened:
                message = "the collapsible part is empty"
                yield finding("collapsible-empty", opened.number, message, _ENDS)
            elif before and before.kind is not Kind.BLANK:
                message = "no blank line stands before this end"
                yield finding("collapsible-form", line.number, message, _ENDS)
            opened = None
        elif line.kind is not Kind.BLANK:
            if before is opened and opened:
                message = "no blank line stands behind the title"
                yield finding("collapsible-form", line.number, message, _ENDS)
            is_empty = False
        before = line
    if opened:
        message = "the collapsible part that begins here has no end"
        yield finding("collapsible-ends", opened.number, message, _ENDS)


def _title(line: Line) -> Iterator[Finding]:
    markup = _TITLE_MARKUP.search(line.body.removeprefix("+++").rstrip())
    if markup:
        message = f"the title {shown(line.body[3:])} holds {markup[0]!r}"
        hint = "word it in plain text"
        yield finding("collapsible-title", line.number, message, hint)
