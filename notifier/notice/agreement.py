"""Check that the keys of `notice.yaml` agree with each other and with the folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from notifier.notice import notice_schema as schema
from notifier.notice.anchors import repeated_anchors, unreadable_anchors
from notifier.notice.facts import folder_of, locales_of, outline_of, questions_of
from notifier.notice.faults import Fault, Findings, quoted
from notifier.notice.files import read_limited
from notifier.notice.keys import place_of
from notifier.notice.yaml_tree import Node

Loc = tuple[int | str, ...]
LARGEST_LOGO = 1_000_000
COLUMNS = (
    "instance",
    "customer",
    "environment",
    "wave",
    "name",
    "country",
    "email",
    "locale",
    "timezone",
)
_LOGOS = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
}


def check_agreement(
    found: schema.NoticeKeys, root: Node, folder: Path, findings: Findings
) -> None:
    """Add what contradicts itself in *found* to *findings*."""
    for loc, fault in _faults(found):
        findings.add(fault, place_of(root, loc))
    if found.brand.logo:
        place = place_of(root, ("brand", "logo"))
        for fault in _logo(found.brand.logo, folder_of(place, folder)):
            findings.add(fault, place)


def _faults(found: schema.NoticeKeys) -> Iterator[tuple[Loc, Fault]]:
    yield from _locales(found)
    yield from _sections(found.page)
    ids = [question.id for question in questions_of(found.faq)]
    for loc, fault in _twice(ids, ("faq",), "question"):
        hint = "remove one of the two, or give it another anchor"
        yield loc, replace(fault, hint=hint)
    for loc, anchor in repeated_anchors(found).items():
        yield loc, _duplicate("anchor", anchor, "give one of the two another anchor")
    for loc, anchor in unreadable_anchors(found).items():
        key = "page.anchors.title" if loc == ("notice",) else "anchor"
        message = f"{quoted(anchor)} begins with a digit, which no anchor does"
        yield (
            loc,
            Fault("id", message, f"add '{key}' with one that begins with a letter"),
        )
    yield from _columns(found)


def _locales(found: schema.NoticeKeys) -> Iterator[tuple[Loc, Fault]]:
    locales, default = locales_of(found)
    yield from _twice(locales, ("locales",), "locale")
    if default not in locales:
        message = f"default_locale {quoted(default)} is not one of the locales"
        fault = Fault("default-locale", message, "add it to locales", default, locales)
        yield ("default_locale",), fault


def _sections(page: schema.PageKeys) -> Iterator[tuple[Loc, Fault]]:
    ids = tuple(section.id for section in outline_of(page))
    yield from _twice(ids, ("page", "outline"), "section")
    for number, alert in enumerate(page.alerts):
        if alert.section not in ids:
            yield ("page", "alerts", number, "section"), _unknown(alert.section, ids)
    for section in page.anchors or ():
        if section not in ("title", *ids, *schema.STANDARD_SECTIONS):
            loc = ("page", "anchors", section, "[key]")
            yield loc, _unknown(section, ("title", *ids))


def _unknown(section: str, ids: tuple[str, ...]) -> Fault:
    hint = "sections of the outline: " + ", ".join(ids[:12])
    return Fault("section", f"unknown section {quoted(section)}", hint, section, ids)


def _twice(values: Iterable[str], loc: Loc, noun: str) -> Iterator[tuple[Loc, Fault]]:
    seen = set[str]()
    for number, value in enumerate(values):
        if value and value in seen:
            yield (*loc, number), _duplicate(noun, value)
        seen.add(value)


def _duplicate(noun: str, value: str, hint: str = "remove one of the two") -> Fault:
    return Fault("duplicate", f"{noun} {quoted(value)} twice", hint)


def _columns(found: schema.NoticeKeys) -> Iterator[tuple[Loc, Fault]]:
    for name in found.columns:
        if name not in COLUMNS:
            hint = "one of: " + ", ".join(COLUMNS)
            message = f"unknown column {quoted(name)}"
            fault = Fault("unknown-key", message, hint, name, COLUMNS)
            yield ("columns", name, "[key]"), fault


def _logo(name: str, folder: Path) -> Iterator[Fault]:
    signatures = _LOGOS.get(Path(name).suffix.lower())
    hint = "save it as PNG, JPEG or GIF"
    if signatures is None:
        yield Fault("logo", f"{quoted(name)} is no picture that mails can show", hint)
        return
    data = read_limited(folder, name, most=LARGEST_LOGO)
    if isinstance(data, Fault):
        yield data
    elif data is None:
        hint = "put it beside the file that names it"
        yield Fault("logo", f"there is no file {quoted(name)}", hint)
    elif not data.startswith(signatures):
        yield Fault("logo", f"{quoted(name)} holds another kind of file", hint)
