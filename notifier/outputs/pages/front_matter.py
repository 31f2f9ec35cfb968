"""Renew a page that others have added to: its body, and its own front matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from notifier.errors import NotifierError, Place, Problem
from notifier.notice.faults import quoted
from notifier.outputs.pages.page_source import PageSource, read_page

RULES = {
    "publish/exl-id": "the notice gives a page another exl-id than the checkout has",
    "publish/other-page": "another page stands in the checkout where ours belongs",
}
_FIRST = ("title", "description")


@dataclass(frozen=True, slots=True)
class _Edit:
    """The text between two positions is replaced by another."""

    start: int
    end: int
    text: str


def merged(existing: str, new: str, path: str) -> str:
    """Return the page *existing*, found at *path*, with what *new* says.

    The text is that of *new*. Of the front matter, every key of *new* gets its value,
    spelled as before if it means the same; all other keys, the comments, the order and
    the blank lines stay. A key that is not there yet is added. The line ends and the
    byte order mark are those of *existing*.

    Raises:
        NotifierError: *existing* is another page or has another exl-id, or its front
            matter is malformed or of a form that cannot be updated in place.
    """
    mark = "\ufeff" if existing.startswith("\ufeff") else ""
    old = read_page(existing.removeprefix("\ufeff"), path)
    ours = read_page(new, path)
    _check_same_page(old, ours, path)
    text = _merged(old, ours) if old.body else new.replace("\n", old.line_end)
    _check_kept(text, old, ours, path)
    return mark + text


def _merged(old: PageSource, ours: PageSource) -> str:
    above = _edited(old.text[: old.rule], [*_replaced(old, ours), *_added(old, ours)])
    rule = old.text[old.rule : old.gap]
    closing = rule if rule.endswith("\n") else f"{rule}{old.line_end}"
    body = ours.text[ours.body :].replace("\n", old.line_end)
    return above + closing + old.text[old.gap : old.body] + body


def _check_same_page(old: PageSource, ours: PageSource, path: str) -> None:
    known, wanted, anchor = old.identity, ours.identity, ours.anchor
    if known and known == wanted:
        return
    if not anchor or old.anchor != anchor:
        or_anchor = f", or {{#{anchor}}} behind its heading" if anchor else ""
        hint = (
            "give the notice another page.path; if this is its page, write the exl-id "
            f"of the notice into it{or_anchor}"
        )
        rule, message = "publish/other-page", "another page stands here"
        raise NotifierError([Problem(rule, message, Place(path), hint)])
    if known and wanted:
        message = f"the exl-id is {quoted(known)}, and {quoted(wanted)} in the notice"
        hint = "an exl-id is kept for ever: write this one into page.front_matter"
        place = old.values["exl-id"].node.place
        raise NotifierError([Problem("publish/exl-id", message, place, hint)])


def _replaced(old: PageSource, ours: PageSource) -> Iterator[_Edit]:
    for key in ours.values:
        if key not in old.values or _same(old.source(key), ours.source(key)):
            continue
        value, source = old.values[key], _spelled(ours.source(key), old)
        if "\n" in source or "\n" in old.source(key):
            yield _Edit(value.colon, old.end_of_line(value.end), source)
        elif value.start == value.colon:
            yield _Edit(value.start, value.end, source)
        else:
            # What stands between colon and value, and a comment behind it, stays.
            yield _Edit(value.start, value.end, source.lstrip(" "))


def _added(old: PageSource, ours: PageSource) -> Iterator[_Edit]:
    def lines(key: str, spot: int) -> _Edit:
        source = _spelled(ours.source(key), old)
        return _Edit(spot, spot, f"{old.margin}{key}:{source}{old.line_end}")

    spot = old.first_line()
    for key in _FIRST:
        if key in old.values:
            spot = old.next_line(old.values[key].end)
        elif key in ours.values:
            yield lines(key, spot)
    for key in ours.values:
        if key not in old.values and key not in _FIRST:
            yield lines(key, old.end_of_keys())


def _spelled(source: str, page: PageSource) -> str:
    """Return *source* with the line ends and the indentation of *page*."""
    return source.replace("\n", f"{page.line_end}{page.margin}")


def _edited(text: str, edits: list[_Edit]) -> str:
    parts, end = [], 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        parts += [text[end : edit.start], edit.text]
        end = edit.end
    return "".join([*parts, text[end:]])


def _same(source: str, other: str) -> bool:
    """Tell whether two values mean the same in YAML, however they are spelled."""
    if source.strip() == other.strip():
        return True
    try:
        # As text: 1 equals True, and nan does not equal itself.
        one, two = (repr(yaml.safe_load(f"key:{each}")) for each in (source, other))
    except (ValueError, OverflowError, yaml.YAMLError):
        return False
    return one == two


def _check_kept(text: str, old: PageSource, ours: PageSource, path: str) -> None:
    """Refuse a page in which the edits have struck anything else."""
    try:
        good = _is_kept(read_page(text, path), old, ours)
    except NotifierError:
        good = False
    if not good:
        message = "the front matter is of a form that cannot be updated in place"
        hint = "write plain 'key: value' lines, and indent what belongs to a key"
        problem = Problem("publish/front-matter", message, Place(path, 1), hint)
        raise NotifierError([problem])


def _is_kept(page: PageSource, old: PageSource, ours: PageSource) -> bool:
    kept = [key for key in old.values if key not in ours.values]
    return (
        page.values.keys() == {*old.values, *ours.values}
        and all(page.source(key) == old.source(key) for key in kept)
        and all(_same(page.source(key), ours.source(key)) for key in ours.values)
    )
