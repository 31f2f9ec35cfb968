"""Check that the keys of `notice.yaml` agree with each other and with the folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from notifier.notice import notice_schema as schema
from notifier.notice.facts import locales_of, outline_of
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
    for loc, fault in _faults(found, folder):
        findings.add(fault, place_of(root, loc))


def _faults(found: schema.NoticeKeys, folder: Path) -> Iterator[tuple[Loc, Fault]]:
    yield from _locales(found)
    yield from _sections(found.page)
    yield from _questions(found)
    yield from _columns(found)
    if found.brand.logo:
        for fault in _logo(found.brand.logo, folder):
            yield ("brand", "logo"), fault


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
    anchored = dict[str, str]()
    for section, anchor in (page.anchors or {}).items():
        loc = ("page", "anchors", section)
        if section not in ("title", *ids, *schema.STANDARD_SECTIONS):
            yield (*loc, "[key]"), _unknown(section, ("title", *ids))
        if anchor in anchored:
            yield loc, _duplicate("anchor", anchor)
        anchored[anchor] = section


def _unknown(section: str, ids: tuple[str, ...]) -> Fault:
    hint = "sections of the outline: " + ", ".join(ids[:12])
    return Fault("section", f"unknown section {quoted(section)}", hint, section, ids)


def _questions(found: schema.NoticeKeys) -> Iterator[tuple[Loc, Fault]]:
    questions = found.faq or ()
    standard = [question.standard or "" for question in questions]
    yield from _twice(standard, ("faq",), "question")
    yield from _twice([each.anchor or "" for each in questions], ("faq",), "anchor")


def _twice(values: Iterable[str], loc: Loc, noun: str) -> Iterator[tuple[Loc, Fault]]:
    seen = set[str]()
    for number, value in enumerate(values):
        if value and value in seen:
            yield (*loc, number), _duplicate(noun, value)
        seen.add(value)


def _duplicate(noun: str, value: str) -> Fault:
    return Fault("duplicate", f"{noun} {quoted(value)} twice", "remove one of the two")


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
        hint = "put the file into the notice folder"
        yield Fault("logo", f"there is no file {quoted(name)}", hint)
    elif not data.startswith(signatures):
        yield Fault("logo", f"{quoted(name)} holds another kind of file", hint)
