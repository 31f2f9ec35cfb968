"""Gather what a notice says to everybody, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from notifier.content.translations import own_folders
from notifier.errors import Place
from notifier.language.catalogs import Catalog, load_catalog
from notifier.model.notice import Notice
from notifier.model.page import Page
from notifier.model.schedule import Schedule
from notifier.model.values import Text

_SECRET = ("instances", "customers", "contacts", "places", "folder")
# Templates of mails are read by those whom they may name.
_TEMPLATES = ("documents/page*", "documents/faq*", "layouts/site*", "macros/*")


@dataclass(frozen=True, slots=True)
class PublicText:
    """A text that anybody can read; *is_key* tells an id, address or front matter."""

    said: str
    place: Place
    is_key: bool = False


def public_texts(
    notice: Notice, catalogs: Callable[[str], Catalog]
) -> Iterator[PublicText]:
    """Yield the texts, keys, translations and templates of *notice* that are shown."""
    for text in _texts(notice, _SECRET):
        yield PublicText(text.source, text.place)
    places = notice.places or {}
    for key, said in _keys(notice):
        place = places.get(key) or Place("notice.yaml")
        yield PublicText(said, place, is_key=True)
    if notice.schedule:
        yield from _ids(notice.schedule)
    for tag in notice.locales:
        yield from _translated(catalogs(tag))
    yield from _templates(notice.folder)


def _texts(value: object, without: tuple[str, ...] = ()) -> Iterator[Text]:
    """Yield the author's texts in *value* and in everything below it."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for each in fields(value):
            if each.name not in without:
                yield from _texts(getattr(value, each.name))


def _keys(notice: Notice) -> Iterator[tuple[str, str]]:
    """Yield the dotted paths and values of what is printed and is no text."""
    page = notice.page
    yield "notice", notice.id
    yield "support.url", notice.support.url
    yield "page.path", (page.path or "").removesuffix(".md")
    yield "page.toc.section", (page.toc and page.toc.section) or ""
    for name, anchor in (page.anchors or {}).items():
        yield f"page.anchors.{name}", anchor
    for number, section in enumerate(page.outline):
        yield f"page.outline.{number}", f"{section.id} {section.anchor or ''}"
    for number, question in enumerate(notice.faq):
        yield f"faq.{number}", question.anchor or ""
    yield from _front_matter(page)


def _ids(schedule: Schedule) -> Iterator[PublicText]:
    for environment in schedule.environments:
        place = environment.place or Place("waves.yaml")
        yield PublicText(environment.id, place, is_key=True)
    for wave in schedule.waves:
        yield PublicText(wave.id, wave.place or Place("waves.yaml"), is_key=True)


def _front_matter(page: Page) -> Iterator[tuple[str, str]]:
    for key, value in page.front_matter:
        yield f"page.front_matter.{key}", f"{key}: {value}"
    for tag, lines in (page.front_matter_by_locale or {}).items():
        for key, value in lines:
            yield f"page.front_matter.by_locale.{tag}.{key}", f"{key}: {value}"


def _translated(catalog: Catalog) -> Iterator[PublicText]:
    """Yield the translations of the notice's own catalogs."""
    built_in = load_catalog(catalog.tag, ())[0].translations
    place = Place(f"locales/{catalog.tag}/LC_MESSAGES/notice.po")
    for key, translation in catalog.translations.items():
        theirs = built_in.get(key)
        if theirs is None or theirs.forms != translation.forms:
            for form in translation.forms:
                if form != key[1]:
                    yield PublicText(form, place)


def _templates(folder: Path) -> Iterator[PublicText]:
    """Yield the lines of the templates beside a notice; unreadable ones fail later."""
    for home in own_folders(folder):
        paths = (path for each in _TEMPLATES for path in home.glob(f"templates/{each}"))
        for path in sorted(paths):
            shown = path.relative_to(home).as_posix()
            name = shown if home == folder.resolve() else f"../{shown}"
            for number, line in enumerate(_lines(path), 1):
                yield PublicText(line, Place(name, number))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines() if path.is_file() else []
    except (OSError, ValueError):
        return []
