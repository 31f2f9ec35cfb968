"""The rules that a page of the dialect keeps, and what breaking one is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from notifier.errors import Severity

# The renderer fails, loses text or shows markup, or Adobe's own lint refuses the page.
_ERRORS = {
    "AM002": "the anchor of a heading holds a blank",
    "AM003": "there is a horizontal rule",
    "AM004": "a table is malformed: a bar or cell too many or too few, or its style",
    "AM005": "the anchor of a heading does not begin with a letter",
    "AM006": "there is a control character",
    "AM007": "the anchor of a heading lacks its hash sign",
    "AM008": "a heading holds a link",
    "AM009": "an alert or a tag of the dialect is misspelled or misplaced",
    "AM010": "the anchor of a heading holds a second hash sign",
    "AM011": "a blank parts the text of a link from its address",
    "AM012": "fenced code is not closed",
    "AM017": "text follows the anchor of a heading",
    "AM018": "a quotation or alert has no blank line around it",
    "AM019": "the address of a link is not closed, or holds a blank or parenthesis",
    "AM022": "two headings have the same anchor",
    "AM023": "a table lacks its outer bars",
    "AM024": "the mark of a list item stands alone on its line",
    "AM026": "the lines of a table are not indented alike",
    "AM028": "an alert is empty",
    "MD001": "a level of headings is skipped",
    "MD003": "a heading is underlined, or closed by hash signs",
    "MD004": "the lists of the page have different marks",
    "MD025": "there is a second top-level heading",
    "MD033": "there is raw HTML, or a word in angle brackets",
    "MD041": "the page does not begin with its top-level heading",
    "alert-first": "an alert begins the page, where it stays a quotation",
    "anchor-letters": "an anchor holds more than ASCII letters, digits, -, _, . and :",
    "bold-edge": "bold is not closed, so that its asterisks are shown",
    "byte-order-mark": "the file begins with a byte order mark",
    "collapsible-empty": "a collapsible part is empty",
    "collapsible-ends": "a collapsible part lacks its beginning or its end",
    "collapsible-nested": "a collapsible part stands inside another",
    "collapsible-title": "the title of a collapsible part is not plain text",
    "description-missing": "the front matter has no description",
    "exl-id": "the exl-id of the front matter is blank or none that was assigned",
    "front-matter": "the front matter is missing, not closed or no YAML mapping",
    "link-target": "a link's attributes are no target, or not glued to it",
    "metadata-blank": "a key that takes a name of a list is blank",
    "snippet": "two braces would be replaced by a snippet or an included file",
    "stray-brace": "words in braces would be read as attributes, and be lost",
    "title-missing": "the front matter has no title",
    "unrendered": "there is a badge, tab or shade box, unknown to the renderer",
}
_WARNINGS = {
    "MD009": "a line ends in blanks",
    "MD010": "there is a tab",
    "MD012": "there are several blank lines in a row",
    "MD018": "hash signs are not parted from the heading by a blank",
    "MD022": "a heading has no blank line around it",
    "MD029": "an ordered item does not begin with '1.'",
    "MD030": "several blanks follow the mark of a list item",
    "MD032": "a list has no blank line around it",
    "MD046": "code is indented where it should be fenced",
    "MD047": "the file does not end in exactly one newline",
    "MD058": "a table has no blank line around it",
    "alert-form": "an alert has no line with '>' alone between its type and its text",
    "anchor-missing": "a heading of level 1 or 2 has no anchor",
    "cjk-blank": "an ASCII blank stands beside Chinese or Japanese punctuation",
    "cjk-date": "a Chinese or Japanese month lacks its sign",
    "cjk-full-stop": "a Chinese or Japanese sentence ends in an ASCII full stop",
    "collapsible-form": "a collapsible part has no blank line inside its ends",
    "description-length": "the description is longer than 160 characters",
    "description-repeated": "the description repeats the first paragraph",
    "front-matter-order": "title and description are not the first keys",
    "line-end": "lines end in a carriage return",
    "link-scheme": "a link is neither https, e-mail nor relative",
    "list-indent": "a line in a list is not indented to the text of an item",
    "list-marker": "the mark of a list is not an asterisk",
    "loose-brace": "a brace is not escaped",
    "metadata-date": "the last-substantial-update is no date, and would become 1970",
    "metadata-retired": "a key of front matter is replaced by another way",
    "one-line": "a paragraph has several lines, whose ends would be shown",
    "quote-mix": "the page mixes straight and curly apostrophes",
    "title-characters": "the title holds a bar or an ampersand",
    "title-length": "the title is longer than 60 characters, or 120 when translated",
    "typography": "characters are set as others: two dots, two hyphens, (c)",
}
LINT_RULES: Mapping[str, str] = MappingProxyType({**_ERRORS, **_WARNINGS})


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a rule of LINT_RULES; *line* counts from 1 in the whole file."""

    rule: str
    line: int
    message: str
    hint: str
    severity: Severity


def finding(rule: str, line: int, message: str, hint: str) -> Finding:
    """Return a breach of *rule* with the severity that the rule has."""
    severity = Severity.ERROR if rule in _ERRORS else Severity.WARNING
    return Finding(rule, line, message, hint, severity)


def shown(text: str) -> str:
    """Return *text* quoted, cut to what fits in a message."""
    return repr(text if len(text) <= 60 else f"{text[:59]}…")
