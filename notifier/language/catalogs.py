"""The translations of one locale: the built-in ones and those of the folders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from notifier.errors import Place, Problem, Severity
from notifier.language.locales import (
    babel_locale,
    negotiate,
    normalize,
    parents,
)
from notifier.language.pofile import Key, Translation, read_po_file
from notifier.resources import resource_folder

_BUILT_IN = "notifier.po"
_OF_FOLDER = "notice.po"
SOURCE_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Catalog:
    """The translations of the locale *tag*, in the shape that gettext and Jinja call.

    A message without a translation is returned as it is, and remembered as missing;
    in *source*, the language of the messages, that is no miss.
    """

    tag: str
    source: bool
    translations: Mapping[Key, Translation]
    _missed: dict[str, None] = field(default_factory=dict, compare=False, repr=False)

    def gettext(self, message: str) -> str:
        """Return the translation of *message*."""
        return self._one(None, message)

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation of *message* in *context*."""
        return self._one(context, message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the translation that suits *n* things."""
        return self._many(None, singular, plural, n)

    def npgettext(self, context: str, singular: str, plural: str, n: int) -> str:
        """Return the translation in *context* that suits *n* things."""
        return self._many(context, singular, plural, n)

    def find(self, message: str, context: str | None = None) -> str | None:
        """Return the translation of *message*, or None; nothing is remembered."""
        found = self.translations.get((context, message))
        return found.forms[0] if found else None

    def lacks(self, message: str, context: str | None = None) -> bool:
        """Tell whether *message* is printed in the language of the messages instead."""
        return not self.source and self.find(message, context) is None

    def missing(self) -> tuple[str, ...]:
        """Return the messages looked up so far that have no translation."""
        return tuple(self._missed)

    def remember(self, messages: Iterable[str]) -> None:
        """Count *messages* among those without translation that were looked up."""
        self._missed.update(dict.fromkeys(messages))

    def fresh(self) -> Catalog:
        """Return the same catalog with nothing remembered, for one document."""
        return replace(self, _missed={})

    def _one(self, context: str | None, message: str) -> str:
        found = self.find(message, context)
        return self._miss(message) if found is None else found

    def _many(self, context: str | None, singular: str, plural: str, n: int) -> str:
        found = self.translations.get((context, singular))
        if found is None:
            self._miss(singular)
            return singular if n == 1 else plural
        return found.form(n)

    def _miss(self, message: str) -> str:
        if not self.source and message:
            self._missed[message] = None
        return message


def load_catalog(
    tag: str, folders: Sequence[Path]
) -> tuple[Catalog, tuple[Problem, ...]]:
    """Return the translations of *tag*, and the problems of the files they come from.

    *folders* are the `locales` folders, weakest first (the parent's, the notice's); the
    built-in catalog is weaker still. Folders that do not exist are skipped. A regional
    tag adds to the catalog of its parent, or uses the nearest there is.

    Raises:
        ValueError: *tag* is malformed, or CLDR has no such locale.
    """
    return _load(tag, _shelves(folders))


def load_catalogs(
    tags: Iterable[str], folders: Sequence[Path]
) -> dict[str, tuple[Catalog, tuple[Problem, ...]]]:
    """Return what `load_catalog` does for each of *tags*; look for files only once.

    Raises:
        ValueError: a tag is malformed, or CLDR has no such locale.
    """
    shelves = _shelves(folders)
    return {tag: _load(tag, shelves) for tag in tags}


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The catalogs in one `locales` folder, by locale; they are shown as *name*/…."""

    folder: Path
    name: str
    files: Mapping[str, Path]


def _load(tag: str, shelves: Iterable[_Shelf]) -> tuple[Catalog, tuple[Problem, ...]]:
    tag = normalize(tag)
    source = babel_locale(tag).language == SOURCE_LANGUAGE
    translations: dict[Key, Translation] = {}
    problems: list[Problem] = []
    paths = [(shelf, path) for shelf in shelves for path in _chain(tag, shelf.files)]
    for shelf, path in paths:
        name = path.relative_to(shelf.folder).as_posix()
        shown = f"{shelf.name}/{name}"
        file = read_po_file(shelf.folder, name, tag=tag, shown=shown)
        translations.update(file.translations)
        problems.extend(file.problems)
    if not paths and not source:
        problems.append(_absent(tag))
    return Catalog(tag, source, translations), tuple(problems)


def catalog_tags(folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """Return the locales that have a catalog, built in or in *folders*, sorted."""
    tags = {SOURCE_LANGUAGE, *_files(resource_folder("locales"), _BUILT_IN)}
    for folder in folders:
        tags |= _files(folder, _OF_FOLDER).keys()
    return tuple(sorted(tags))


def catalog_files(folder: Path) -> Mapping[str, Path]:
    """Return the catalogs in the `locales` folder of a notice, by locale."""
    return _files(folder, _OF_FOLDER)


def catalog_chain(tag: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return which of the *known* catalogs of a folder *tag* reads, parents first."""
    names = tuple(known)
    own = [name for name in (tag, *parents(tag)) if name in names]
    if not own:
        own = [name for name in [negotiate(tag, names)] if name]
    return tuple(reversed(own))


def _absent(tag: str) -> Problem:
    return Problem(
        "catalog/absent",
        f"there are no translations for {tag!r}",
        Place(f"locales/{tag}/LC_MESSAGES/{_OF_FOLDER}"),
        "add this catalog, or leave the locale out",
        severity=Severity.WARNING,
    )


def _shelves(folders: Sequence[Path]) -> tuple[_Shelf, ...]:
    """Return where catalogs stand, weakest first."""
    built_in = resource_folder("locales")
    home = folders[-1].parent if folders else Path()
    return (
        _Shelf(built_in, f"builtin/{built_in.name}", _files(built_in, _BUILT_IN)),
        *(
            _Shelf(each, _shown(each, home), _files(each, _OF_FOLDER))
            for each in folders
        ),
    )


def _shown(path: Path, home: Path) -> str:
    """Return *path* as seen from the notice folder *home*."""
    if path.is_relative_to(home):
        return path.relative_to(home).as_posix()
    if path.is_relative_to(home.parent):
        return f"../{path.relative_to(home.parent).as_posix()}"
    return path.as_posix()


def _chain(tag: str, files: Mapping[str, Path]) -> tuple[Path, ...]:
    """Return the files that *tag* reads, the parents' first."""
    return tuple(files[name] for name in catalog_chain(tag, files))


def _files(folder: Path, name: str) -> dict[str, Path]:
    """Return the files `<locale>/LC_MESSAGES/<name>` of *folder* by locale."""
    found: dict[str, Path] = {}
    for path in sorted(folder.glob(f"*/LC_MESSAGES/{name}")):
        try:
            found[normalize(path.parts[-3])] = path
        except ValueError:
            continue
    return found
