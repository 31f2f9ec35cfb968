"""Keep the author's front matter as it is spelled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from notifier.notice.faults import BadValue, Fault, Findings, quoted
from notifier.notice.locale_tags import locale_tag
from notifier.notice.yaml_tree import Node

Lines = tuple[tuple[str, str], ...]
_BY_LOCALE = "by_locale"
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")


def front_matter(
    node: Node | None, findings: Findings
) -> tuple[Lines, Mapping[str, Lines]]:
    """Return the lines for every locale, and those of single locales by tag.

    A value is YAML source that may stand behind `key:`; one that begins with a line
    end is a block, indented by two.
    """
    by_locale: dict[str, Lines] = {}
    if node is None or node.entries is None:
        return (), by_locale
    special = node.entries.get(_BY_LOCALE)
    common = _lines(node, findings, without=_BY_LOCALE)
    if special and special.entries is None and not special.is_empty:
        _refuse_form(special, findings)
    for tag, child in (special.entries or {}).items() if special else ():
        try:
            name = locale_tag(tag)
        except BadValue as error:
            findings.add_all(error, child.key or child.place)
            continue
        if child.entries is None and child.value != "":
            _refuse_form(child, findings)
        by_locale[name] = _lines(child, findings)
    return common, by_locale


def _refuse_form(node: Node, findings: Findings) -> None:
    fault = Fault("type", "front matter is not a mapping", "write 'key: value' lines")
    findings.add(fault, node.place)


def _lines(node: Node, findings: Findings, *, without: str | None = None) -> Lines:
    lines = []
    for key, child in (node.entries or {}).items():
        if key == without:
            continue
        if not _KEY.fullmatch(key):
            hint = "a letter, then letters, digits, '-', '_' and '.'"
            message = f"{quoted(key)} is not a front matter key"
            findings.add(Fault("id", message, hint), child.key)
        lines.append((str(key), source_of(child)))
    return tuple(lines)


def source_of(node: Node) -> str:
    """Return the value *node* as written, its further lines indented by two."""
    written = node.source[slice(*node.span)].replace("\r\n", "\n").replace("\r", "\n")
    first, *rest = written.split("\n")
    if not node.block:
        return "\n".join([first.rstrip(), *_indented(rest)]).rstrip("\n")
    lines = [" " * ((node.place.column or 1) - 1) + first, *rest]
    while not lines[-1].strip() or lines[-1].lstrip().startswith("#"):
        lines.pop()
    return "\n".join(["", *_indented(lines)])


def _indented(lines: Sequence[str]) -> list[str]:
    margins = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
    margin = min(margins, default=0)
    return [f"  {line[margin:]}".rstrip() for line in lines]
