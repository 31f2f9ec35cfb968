"""The messages of the author's own templates."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract
from jinja2 import TemplateError

from notifier.content.library import SOURCE_LIMIT
from notifier.content.template_problems import template_problem
from notifier.content.translations import own_folders
from notifier.errors import NotifierError, Place, Problem
from notifier.language.po_entry import Entry
from notifier.model.notice import Notice
from notifier.reading import Refusal, read_limited

_KEYWORDS = {
    "gettext": None,
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_OPTIONS = {
    "extensions": "jinja2.ext.loopcontrols",
    "newstyle_gettext": "true",
    "silent": "false",
}
_COMMENTS = ("TRANSLATORS:",)


def template_entries(notice: Notice) -> tuple[Entry, ...]:
    """Return a message per sentence of the templates in *notice*'s folders.

    Raises:
        NotifierError: a template cannot be read.
    """
    folders = tuple(folder / "templates" for folder in own_folders(notice.folder))
    found: list[Entry] = []
    for folder, shown in zip(folders, ("templates", "../templates"), strict=False):
        for path in sorted(folder.rglob("*.j2")):
            name = path.relative_to(folder).as_posix()
            try:
                found += _messages(folder, name, f"{shown}/{name}")
            except TemplateError as error:
                problem = template_problem(error, name, folders=folders)
                raise NotifierError([problem]) from error
    return tuple(found)


def _messages(folder: Path, name: str, shown: str) -> Iterator[Entry]:
    data = read_limited(folder, name, most=SOURCE_LIMIT)
    if isinstance(data, Refusal):
        place = Place(shown)
        problem = Problem("template/unreadable", data.message, place, data.hint)
        raise NotifierError([problem])
    method = "jinja2.ext:babel_extract"
    options = {**_OPTIONS, "encoding": "utf-8"}
    source = io.BytesIO(_decoded(data or b"", shown).encode())
    for line, message, notes, context in extract(
        method, source, _KEYWORDS, _COMMENTS, options, strip_comment_tags=True
    ):
        texts = (message,) if isinstance(message, str) else tuple(message)
        single, plural = texts[0], texts[1] if len(texts) > 1 else None
        formatted = any("%(" in text for text in texts)
        yield Entry(
            single,
            ("",) if plural is None else ("", ""),
            context,
            plural,
            notes=tuple(note.strip() for note in notes),
            places=(f"{shown}:{line}",),
            flags=("python-format",) if formatted else (),
        )


def _decoded(data: bytes, shown: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fact, hint = f"the template cannot be read: {error}", "save it as text in UTF-8"
        problem = Problem("template/unreadable", fact, Place(shown), hint)
        raise NotifierError([problem]) from error
