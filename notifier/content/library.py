"""Where templates come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType

from jinja2 import BaseLoader, BytecodeCache, Environment, TemplateNotFound
from jinja2.bccache import Bucket

from notifier.content.template_problems import known_as
from notifier.errors import NotifierError, Place, Problem
from notifier.resources import resource_folder

SOURCE_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class Sources:
    """The templates of one run.

    *read* are their texts by folder and name, None where there is no such template;
    *found* are text and path of what a name means, by folders, locale and name.
    """

    read: dict[tuple[Path, str], str | None] = field(default_factory=dict)
    found: dict[tuple[tuple[Path, ...], str, str], tuple[str, str]] = field(
        default_factory=dict
    )


@dataclass(eq=False)  # Jinja's cache wants a hash
class Library(BaseLoader):
    """Find templates: the notice folder's first, then its parent's, then the built-in.

    A name with the locale in it (`documents/faq.it.md.j2`) goes before the plain one
    of the same folder. `builtin/…` names the built-in template in any case.
    """

    folders: tuple[Path, ...]
    locale: str
    sources: Sources = field(default_factory=Sources)

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return source, path and freshness of *template*."""
        key = (self.folders, self.locale, template)
        if (found := self.sources.found.get(key)) is None:
            found = self.sources.found[key] = self._found(template)
        source, path = found
        return source, path, lambda: True

    def _found(self, template: str) -> tuple[str, str]:
        """Return source and path of *template*."""
        builtin = resource_folder("templates")
        name = template.removeprefix("builtin/")
        folders = (builtin,) if name != template else (*self.folders, builtin)
        if ".." in name.split("/") or name.startswith("/") or "\\" in name:
            raise TemplateNotFound(template)
        stem, dot, suffix = name.partition(".")
        for folder in folders:
            for option in (f"{stem}.{self.locale}{dot}{suffix}", name):
                source = self._known(folder, option)
                if source is not None:
                    return source, str(folder / option)
        raise TemplateNotFound(template)

    def _known(self, folder: Path, name: str) -> str | None:
        known = self.sources.read
        if (folder, name) not in known:
            place = Place(known_as(str(folder / name), self.folders))
            known[folder, name] = _source(folder, name, place)
        return known[folder, name]


def _source(folder: Path, name: str, place: Place) -> str | None:
    """Return the text of a template, None where *folder* has none of that name."""
    path = folder / name
    if not path.exists() and not path.is_symlink():
        return None
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise _refused("it leads elsewhere", place, "put the file itself here")
        if not path.is_file():
            raise _refused("it is not a file", place, "remove it")
        with path.open("rb") as file:
            data = file.read(SOURCE_LIMIT + 1)
        if len(data) > SOURCE_LIMIT:
            hint = "split it or move its texts to the notice"
            raise _refused(f"it has more than {SOURCE_LIMIT} bytes", place, hint)
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, ValueError) as error:
        # What the system says names the file as the machine knows it.
        reason = getattr(error, "strerror", None) or str(error)
        raise _refused(reason, place, "save it as text in UTF-8") from error


def _refused(reason: str, place: Place, hint: str) -> NotifierError:
    message = f"the template cannot be read: {reason}"
    return NotifierError([Problem("template/unreadable", message, place, hint)])


@dataclass(eq=False)
class CodeCache(BytecodeCache):
    """Keep the templates of one run: all locales share source and code of each."""

    sources: Sources = field(default_factory=Sources)
    codes: dict[tuple[str, str], CodeType] = field(default_factory=dict)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the key of a template: nothing leaves the memory, where all may be."""
        return f"{name}|{filename}"

    def get_source_checksum(self, source: str) -> str:
        """Return what tells *source* from others: itself."""
        return source

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill *bucket* from memory, if it holds the code of the same source."""
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of *bucket*."""
        if bucket.code is not None:
            self.codes[bucket.key, bucket.checksum] = bucket.code
