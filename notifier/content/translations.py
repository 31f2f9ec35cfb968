"""The catalogs of a notice, and what its fallback policy makes of a missing text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from notifier.errors import NotifierError, Place, Problem, Severity
from notifier.language.catalogs import Catalog, load_catalogs
from notifier.language.locales import format_locale, negotiate, normalize
from notifier.model.audience import Contact
from notifier.model.notice import Fallback, Notice
from notifier.model.values import Text

RULES = {
    "translation/locale": "a locale is asked for that the notice is not made in",
    "translation/missing": "a text has no translation into a locale of the notice",
}


def read_catalogs(
    notice: Notice,
) -> tuple[Callable[[str], Catalog], tuple[Problem, ...]]:
    """Read the catalogs of the notice's locales; return them by tag, with problems.

    Later ones win: the built-in catalog, `../locales`, the folder's own `locales`.
    """
    folders = tuple(each / "locales" for each in reversed(own_folders(notice.folder)))
    read = load_catalogs(notice.locales, folders)
    catalogs = {tag: catalog for tag, (catalog, _) in read.items()}
    problems = tuple(problem for _, found in read.values() for problem in found)
    return catalogs.__getitem__, problems


def own_folders(folder: Path) -> tuple[Path, ...]:
    """Return the folders whose templates and translations count, *folder* first.

    The parent's do only beside a `notifier.yaml`: without it, it is nobody's we know.
    """
    folder = folder.resolve()
    shared = (folder.parent / "notifier.yaml").is_file()
    return (folder, folder.parent) if shared else (folder,)


def pick_locale(notice: Notice, wanted: str) -> tuple[str, str]:
    """Return the locale of the words and that of the formats for a tag.

    `it-CH` is worded as `it` and keeps its own way to write dates.

    Raises:
        NotifierError: the notice is not made in a locale near to *wanted*.
    """
    try:
        tag = normalize(wanted)
        lang = negotiate(tag, notice.locales)
    except ValueError:
        tag, lang = wanted, None
    if lang is None:
        hint = f"the notice is made in: {', '.join(notice.locales)}"
        message = f"no locale {wanted[:80]!r}"
        raise NotifierError([Problem("translation/locale", message, hint=hint)])
    return lang, format_locale(tag, lang)


def reader_locale(
    notice: Notice, contact: Contact
) -> tuple[tuple[str, str], tuple[Problem, ...]]:
    """Return what `pick_locale` does for *contact*, and what is to be said about it.

    A contact whose language the notice is not made in reads the default locale, if the
    notice allows that.

    Raises:
        NotifierError: the notice forbids it.
    """
    wanted = contact.locale or notice.default_locale
    try:
        return pick_locale(notice, wanted), ()
    except NotifierError as error:
        who = f"{contact.email} of customer {contact.customer!r}"
        problem = Problem(
            "translation/locale",
            f"{who} reads {wanted!r}, which the notice is not made in",
            Place("contacts.csv"),
            error.problems[0].hint,
        )
        if notice.fallback is Fallback.FORBID:
            raise NotifierError([problem]) from error
    default = notice.default_locale
    return (default, default), (replace(problem, severity=Severity.WARNING),)


def translation_problems(
    missing: Mapping[str, Iterable[Text | str]], notice: Notice
) -> tuple[Problem, ...]:
    """Return a problem per text that is printed in the default locale instead.

    *missing* holds, by locale, the author's texts and the built-in messages without
    translation. They are errors where the notice forbids that, warnings otherwise.
    """
    forbidden = notice.fallback is Fallback.FORBID
    severity = Severity.ERROR if forbidden else Severity.WARNING
    problems: dict[Problem, None] = {}
    for lang, texts in missing.items():
        path = f"locales/{lang}/LC_MESSAGES/notice.po"
        hint = f"translate it in {path}" + (
            ", or set 'fallback: warn' in notice.yaml" if forbidden else ""
        )
        for text in texts:
            if isinstance(text, Text):
                source, place = text.source, text.place
            else:
                source, place = text, Place(path)
            message = f"no translation into {lang} of {_short(source)!r}"
            problem = Problem("translation/missing", message, place, hint, severity)
            problems[problem] = None
    return tuple(problems)


def _short(text: str) -> str:
    """Return *text* as it has to stand in a catalog, unless it is very long."""
    return text if len(text) <= 400 else f"{text[:397]}..."
