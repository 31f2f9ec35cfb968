"""Judge a page in the dialect by the rules of LINT_RULES."""

from __future__ import annotations

from collections.abc import Iterator

from notifier.content.dialect.lint_alerts import lint_alerts, lint_collapsibles
from notifier.content.dialect.lint_headings import lint_headings
from notifier.content.dialect.lint_inline import lint_inline
from notifier.content.dialect.lint_layout import lint_file, lint_layout
from notifier.content.dialect.lint_letters import lint_letters
from notifier.content.dialect.lint_lists import lint_lists, lint_tables
from notifier.content.dialect.lint_matter import lint_matter, read_matter
from notifier.content.dialect.lint_rules import LINT_RULES, Finding
from notifier.content.dialect.lint_source import Kind, Page, read_lines

__all__ = ["LINT_RULES", "Finding", "lint"]

_JUDGES = (
    lint_layout,
    lint_headings,
    lint_lists,
    lint_tables,
    lint_alerts,
    lint_collapsibles,
    lint_inline,
    lint_letters,
)


def lint(markdown: str, *, lang: str | None = None) -> tuple[Finding, ...]:
    """Return where the page *markdown* breaks a rule, by line.

    It has front matter, a heading and text. *lang* is its locale: titles in English
    must be shorter. Code is not judged.
    """
    found = sorted(_findings(markdown, lang), key=lambda each: (each.line, each.rule))
    return tuple(dict.fromkeys(found))


def _findings(markdown: str, lang: str | None) -> Iterator[Finding]:
    yield from lint_file(markdown)
    text = markdown.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    matter = read_matter(text)
    page = read_lines(text[matter.end :], matter.next_line)
    yield from lint_matter(matter, _first_paragraph(page), lang)
    for judge in _JUDGES:
        yield from judge(page)


def _first_paragraph(page: Page) -> str:
    texts = (line for line in page.lines if line.kind is Kind.TEXT and not line.marker)
    return next((line.body for line in texts if not line.is_quoted), "")
