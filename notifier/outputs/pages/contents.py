"""Write the contents of a docs tree, TOC.md, or renew our entries in one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from posixpath import relpath

from notifier.content.dialect import escape_plain
from notifier.errors import Place, Problem, Severity
from notifier.outputs.pages.contents_items import (
    ROW,
    Item,
    commented_rows,
    items_of,
    plain,
)

RULES = {
    "publish/no-section": "the contents have no section of the name in the notice",
}
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_CONTINUED = re.compile(r"[ \t]+\S")
_HIDDEN = "{hide-from-toc}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as the contents list it: path below the locale's folder, title, section.

    *title* is plain text; *section* is the id or the text of a section, *heading* its
    text in the locale.
    """

    page: PurePosixPath
    title: str
    section: str | None = None
    heading: str = ""
    hidden: bool = False


def new_contents(entries: Iterable[Entry], file: PurePosixPath, title: str) -> str:
    """Return contents that list *entries*, to stand as *file* under the title *title*.

    Sections stand where their first entry does.
    """
    groups: dict[str | None, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.section, []).append(entry)
    lines = [f"# {escape_plain(title)} {{#toc}}", ""]
    for section, members in groups.items():
        if section is not None:
            lines.append(f"+ {_section(section, members[0].heading)}")
        indent = "" if section is None else "  "
        lines += [f"{indent}+ {_line(entry, file)}" for entry in members]
    return "\n".join([*lines, ""])


def merged_contents(
    text: str, entries: Iterable[Entry], file: PurePosixPath, path: str
) -> tuple[str, tuple[Problem, ...]]:
    """Return the contents *text* with each of *entries* as it should be, and warnings.

    An entry that links to our page gets its title and its mark; a missing one is added
    at the end of its section, or of the list. Everything else stays as it is. *file* is
    where the contents stand in the locale's folder, *path* where in the checkout.
    """
    problems: list[Problem] = []
    for entry in entries:
        rows = ROW.findall(text)
        items = tuple(items_of(text))
        ours = [item for item in items if item.is_for(entry.page, file)]
        for item in ours:
            rows[item.row] = _renewed(rows[item.row], item, entry)
        if not ours:
            section = _section_of(entry, items)
            if section is None and entry.section is not None:
                problems.append(_without_section(entry, path))
            rows = _inserted(_line(entry, file), rows, items, section)
        text = "".join(rows)
    return text, tuple(problems)


def _section(section: str, heading: str) -> str:
    anchor = f"{{#{section}}}" if _ID.fullmatch(section) else ""
    return f"{escape_plain(heading or section)}{anchor}"


def _line(entry: Entry, file: PurePosixPath) -> str:
    mark = f"{_HIDDEN} " if entry.hidden else ""
    link = relpath(f"/{entry.page}", f"/{file.parent}")
    return f"{mark}[{_title(entry)}]({link})"


def _title(entry: Entry) -> str:
    return escape_plain(entry.title, before="[")


def _renewed(row: str, item: Item, entry: Entry) -> str:
    start, link = item.match.start("said"), item.link
    if link is None:  # pragma: no cover - our page has been found by its link
        return row
    title = link["title"] if plain(link["title"]) == entry.title else _title(entry)
    after = row[start + link.end("title") :]
    hidden = item.match["hide"]
    mark = (hidden or f"{_HIDDEN} ") if entry.hidden else ""
    before = row[: item.match.start("hide") if hidden else start]
    return f"{before}{mark}[{title}{after}"


def _inserted(
    line: str, rows: Sequence[str], items: Sequence[Item], section: Item | None
) -> list[str]:
    """Return *rows* with *line* at the end of *section*, or of the list."""
    inside = tuple(_below(section, items)) if section else items
    last = inside[-1] if inside else section
    at = _behind(last, items, rows) if last else len(rows)
    line_end = "\r\n" if rows and rows[0].endswith("\r\n") else "\n"
    line = f"{_marker(section, inside, items)}{line}"
    above, below = [*rows[:at]], rows[at:]
    if above and not above[-1].endswith("\n"):
        return [*above, line_end, line]
    if not last and above and above[-1].strip():
        above.append(line_end)
    return [*above, line + line_end, *below]


def _section_of(entry: Entry, items: Sequence[Item]) -> Item | None:
    """Return the section that *entry* names by id, else by text."""
    names = {name.casefold() for name in (entry.section, entry.heading) if name}
    by_id = [item for item in items if item.id.casefold() in names]
    by_text = [item for item in items if item.text.casefold() in names]
    return next(iter([*by_id, *by_text]), None)


def _behind(last: Item, items: Sequence[Item], rows: Sequence[str]) -> int:
    """Return the row behind *last* and the lines that continue it."""
    taken, inside = {item.row for item in items}, commented_rows("".join(rows))
    row = last.row + 1
    while row < len(rows) and (
        row in inside or (row not in taken and _CONTINUED.match(rows[row]))
    ):
        row += 1
    return row


def _below(section: Item, items: Sequence[Item]) -> Iterator[Item]:
    for item in items[items.index(section) + 1 :]:
        if item.depth <= section.depth:
            return
        yield item


def _marker(section: Item | None, inside: Sequence[Item], items: Sequence[Item]) -> str:
    """Return indentation and marker of a new item, as its siblings have them."""
    if inside:
        match = inside[0].match
        return f"{match['indent']}{match['marker']}{match['gap']}"
    if section is None:
        return "+ "
    deeper = (
        item.match["indent"].removeprefix(above.match["indent"])
        for above, item in pairwise(items)
        if item.depth > above.depth
    )
    match = section.match
    step = next(deeper, "  ")
    return f"{match['indent']}{step}{match['marker']}{match['gap']}"


def _without_section(entry: Entry, path: str) -> Problem:
    return Problem(
        "publish/no-section",
        f"there is no section {entry.section!r}, so the page is listed at the end",
        Place(path),
        "move the entry where it belongs, or mend page.toc.section",
        Severity.WARNING,
    )
