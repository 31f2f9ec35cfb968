"""Write a waiver into `waivers.yaml`; all else in it stays as it is."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from notifier.checks.waivers import (
    FILE,
    LARGEST,
    Waiver,
    listed_waivers,
    read_waivers,
)
from notifier.errors import NotifierError, Place, Problem, raise_errors
from notifier.notice.faults import Findings
from notifier.notice.yaml_tree import CONTROL, Node, parse
from notifier.outputs.pages.replacing import replace_files

_HEAD = "# What 'notifier check' does not count, until when, and why.\n"
_SPOT = ("rule", "place")
_SURROGATE = re.compile("[\ud800-\udfff]")
_Change = tuple[tuple[int, int], str]


def write_waiver(folder: Path, waiver: Waiver, rules: Collection[str]) -> bool:
    """Write *waiver* into `waivers.yaml` of *folder*; tell whether it renews one.

    One of the same rule and place gets the new day and reason. *rules* are the names
    of all rules.

    Raises:
        NotifierError: the file has faults, or cannot be changed as it is written.
        OSError: the system refuses; the file is as it was.
    """
    if not folder.is_dir():
        message, hint = "there is no such folder", "name a notice folder"
        raise NotifierError(
            [Problem("notice/folder", message, Place(str(folder)), hint)]
        )
    before, problems = read_waivers(folder, rules)
    raise_errors(problems)
    path = folder / FILE
    data = path.read_bytes() if path.exists() else _HEAD.encode()
    reason = " ".join(waiver.reason.split())
    asked = replace(waiver, reason=reason, where=waiver.where.strip())
    renews = any(_spot(old) == _spot(asked) for old in before)
    after = [_renewed(old, asked) for old in before] + [asked] * (not renews)
    text = data.removeprefix(BOM_UTF8).decode()
    new = _with_waiver(text, asked, renews=renews).encode()
    if len(new) > LARGEST or _read(new.decode()) != [*map(_said, after)]:
        raise NotifierError([_unwritable(asked)])
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    replace_files([(path.resolve(), mark + new)])
    return renews


def _spot(waiver: Waiver) -> tuple[str, str]:
    return waiver.rule, waiver.where


def _renewed(old: Waiver, new: Waiver) -> Waiver:
    is_same = _spot(old) == _spot(new)
    return replace(old, until=new.until, reason=new.reason) if is_same else old


def _said(waiver: Waiver) -> Waiver:
    """Return *waiver* without the place where it stands."""
    return replace(waiver, place=None)


def _read(text: str) -> list[Waiver]:
    """Return the waivers of *text*, none if it has faults."""
    findings = Findings(FILE, "check")
    root = parse(text, findings)
    found = [_said(each) for each in listed_waivers(root, findings)] if root else []
    return [] if findings.has_errors else found


def _with_waiver(text: str, waiver: Waiver, *, renews: bool) -> str:
    root = parse(text, Findings(FILE, "check"))
    listed = (root.entries or {}).get("waivers") if root else None
    items = (listed.items or []) if listed else []
    if not renews:
        indent = listed.place.column if listed and items else None
        return _with_item(text, waiver, (indent or 3) - 1, is_new=listed is None)
    changes = (change for item in items for change in _changes(item, waiver))
    for (start, end), written in sorted(changes, reverse=True):
        text = text[:start] + written + text[end:]
    return text


def _changes(item: Node, waiver: Waiver) -> Iterator[_Change]:
    """Yield where *item*, if it is of the same rule and place, is written anew."""
    nodes = item.entries or {}
    written = [(nodes[key].value or "") if key in nodes else "" for key in _SPOT]
    if [*_spot(waiver)] == [text.strip() for text in written]:
        yield nodes["until"].span, str(waiver.until)
        yield _span(nodes["reason"]), _quoted(waiver.reason)


def _span(node: Node) -> tuple[int, int]:
    """Return where the value stands; the lines of a `|` end before their last end."""
    start, end = node.span
    return start, start + len(node.source[start:end].rstrip())


def _with_item(text: str, waiver: Waiver, indent: int, *, is_new: bool) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    place = f"place: {_quoted(waiver.where)}" if waiver.where else ""
    said = (f"until: {waiver.until}", f"reason: {_quoted(waiver.reason)}")
    blank = " " * indent
    lines = [f"{blank}- rule: {waiver.rule}"]
    lines += [f"{blank}  {line}" for line in (place, *said) if line]
    head = ["waivers:"] if is_new else []
    gap = "" if not text or text.endswith(("\n", "\r")) else end
    return text + gap + "".join(f"{line}{end}" for line in [*head, *lines])


def _quoted(text: str) -> str:
    """Return *text* between double quotes, as YAML writes it."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    return letter if letter.isprintable() else f"\\U{ord(letter):08x}"


def _unwritable(waiver: Waiver) -> Problem:
    said = waiver.reason + waiver.where
    if CONTROL.search(said) or _SURROGATE.search(said):
        message, hint = "a waiver holds a control character", "leave it out"
    else:
        message = f"{waiver.rule!r} cannot be added to the way the file is written"
        hint = "write 'waivers:' and its items in lines, each with '- rule: …'"
    return Problem("check/waiver", message, Place(FILE), hint)
