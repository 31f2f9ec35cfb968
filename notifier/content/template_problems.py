"""Say what is wrong in a template, and in which line of which file."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from notifier.content.fields import FieldInspected
from notifier.errors import Place, Problem, did_you_mean
from notifier.resources import resource_folder

RULES: Mapping[str, str] = {
    "template/syntax": "a template cannot be read",
    "template/unreadable": "a template is too large, elsewhere, or no UTF-8",
    "template/field-in-address": "a field could choose where a link leads",
    "template/field-in-code": "a field stands in code, where it cannot be escaped",
    "template/missing": "a template that another one names does not exist",
    "template/undefined": "a template uses a name that does not exist",
    "template/field-inspected": "a template tests, compares or filters a field",
    "template/spoilt-field": "a template cuts or changes the text of a field",
    "template/too-large": "a template makes too much text or loops too often",
    "template/failed": "a template fails in another way",
}
_OBJECT = re.compile(r"'[\w.]+ object' has no attribute|[\w.]+ object has no element")


def template_problem(
    error: Exception, document: str, *, folders: Sequence[Path]
) -> Problem:
    """Say what went wrong in a template, and where: its last line that ran."""
    place = _place(error, document, folders)
    match error:
        case TemplateSyntaxError():
            message = (error.message or "syntax error").rstrip(".")
            return Problem(
                "template/syntax", _lower(message), place, "compare with builtin/"
            )
        case TemplateNotFound():
            return Problem(
                "template/missing",
                f"no template named {str(error.name)[:80]!r}",
                place,
                _nearest_template(str(error.name)),
            )
        case FieldInspected():
            return Problem(
                "template/field-inspected",
                str(error),
                place,
                "test a fact of `shape` or `notice`; print a field with {{ … }} alone",
            )
        case OverflowError() | MemoryError() | RecursionError():
            endless = isinstance(error, RecursionError)
            text = "the template calls itself without end" if endless else str(error)
            return Problem("template/too-large", text[:200], place, "make it simpler")
        case TemplateError() if "undefined" in type(error).__name__.lower():
            # Authors know the names of facts, not of our classes.
            message = _OBJECT.sub("nothing there is called", str(error))
            hint = (
                "docs/reference.md lists the variables of each document; those of "
                "'wave' are there where 'shape.window' is true"
            )
            return Problem("template/undefined", message[:200], place, hint)
        case _:
            name = type(error).__name__
            return Problem("template/failed", f"{name}: {error}"[:200], place, None)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:200]


def _nearest_template(name: str) -> str | None:
    builtin = resource_folder("templates")
    known = [str(path.relative_to(builtin)) for path in builtin.rglob("*.j2")]
    return did_you_mean(name, known)


def _place(error: Exception, document: str, folders: Sequence[Path]) -> Place:
    if isinstance(error, TemplateSyntaxError):
        # Jinja's lexer gives the file's name as that of the template.
        path = error.filename or error.name or f"templates/{document}"
        return Place(known_as(path, folders), error.lineno)
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.endswith(".j2")
    ]
    if not frames:
        return Place(f"templates/{document}")
    return Place(known_as(frames[-1].filename, folders), frames[-1].lineno)


def known_as(filename: str, folders: Sequence[Path]) -> str:
    """Return the path of a template as its author knows it."""
    path = Path(filename)
    names = ["templates", "../templates"]
    for name, folder in zip(names, folders, strict=False):
        if path.is_relative_to(folder):
            return str(Path(name) / path.relative_to(folder))
    builtin = resource_folder("templates")
    if path.is_relative_to(builtin):
        return str(Path("builtin") / path.relative_to(builtin))
    return filename
