"""Read the files of a docs checkout: only regular ones, only inside it, only text."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from notifier.errors import NotifierError, Place, Problem, Severity
from notifier.reading import Refusal, read_limited, unreadable

RULES = {
    "publish/moved-page": "a page with the same exl-id stands elsewhere",
    "publish/not-utf8": "a file of the docs checkout is not UTF-8",
    "publish/too-large": "a file of the docs checkout has too many bytes",
    "publish/unreadable": "a file of the docs checkout is no readable file inside it",
}
_MOST_BYTES = 2_000_000
_HEAD = 2_048
_MOST_PAGES = 100_000
_IDENTITY = re.compile(rb"""^exl-id:[ \t]*["']?([^\s"'#]+)""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class DocsFile:
    """A file of a checkout: where it really is, its text, and how a problem names it.

    *text* is None for a file that does not exist yet.
    """

    path: Path
    shown: str
    text: str | None


def read_docs_file(docs: Path, name: PurePosixPath) -> DocsFile:
    """Read the file *name* of the checkout *docs*.

    Raises:
        NotifierError: it is something else than a text file, or not inside *docs*.
    """
    shown = str(docs / name)
    path = _real_path(docs, name)
    found = read_limited(docs, str(name), most=_MOST_BYTES)
    if isinstance(found, Refusal):
        raise _refused(found, shown)
    if found is None:
        return DocsFile(path, shown, None)
    try:
        return DocsFile(path, shown, found.decode())
    except UnicodeDecodeError as error:
        message = f"byte 0x{found[error.start]:02x} is not UTF-8"
        place = Place(shown, found.count(b"\n", 0, error.start) + 1)
        hint = "save the file as UTF-8"
        problem = Problem("publish/not-utf8", message, place, hint)
        raise NotifierError([problem]) from error


def moved_pages(
    folder: Path, shown: str, pages: Mapping[str, PurePosixPath]
) -> Iterator[Problem]:
    """Yield a warning per page in *folder* that has the exl-id of another path.

    *pages* are paths by exl-id; *shown* is how a problem names *folder*.
    """
    for path in islice(_pages_below(folder), _MOST_PAGES if pages else 0):
        inner = PurePosixPath(path.relative_to(folder).as_posix())
        identity = _identity(path)
        ours = pages.get(identity, inner)
        if ours != inner and (folder / ours).resolve() != path.resolve():
            yield Problem(
                "publish/moved-page",
                f"it has the exl-id {identity!r}, as {str(ours)!r} has",
                Place(f"{shown}/{inner}"),
                f"if the page was renamed, remove this one, and add '{inner},{ours}' "
                "to redirects.csv",
                Severity.WARNING,
            )


def _real_path(docs: Path, name: PurePosixPath) -> Path:
    """Return where *name* lies when all links are followed."""
    try:
        root, path = docs.resolve(), (docs / name).resolve()
        inner = path.relative_to(root)
        above = [parent for parent in path.parents if parent.is_relative_to(root)]
        blocked = any(parent.exists() and not parent.is_dir() for parent in above)
    except ValueError as error:
        hint = "put the file itself into the checkout"
        refusal = Refusal("unreadable", "the path leads out of the checkout", hint)
        raise _refused(refusal, str(docs / name)) from error
    except (OSError, RuntimeError) as error:
        raise _refused(unreadable(str(name), error), str(docs / name)) from error
    if blocked:
        hint = "put a folder in the place of that file"
        refusal = Refusal("unreadable", "a file stands where a folder belongs", hint)
        raise _refused(refusal, str(docs / name))
    if any(part.startswith(".") for part in inner.parts):
        hint = "put the file itself into the folder of its locale"
        refusal = Refusal("unreadable", "the path leads into a hidden folder", hint)
        raise _refused(refusal, str(docs / name))
    return path


def _refused(refusal: Refusal, shown: str) -> NotifierError:
    too_large = refusal.kind == "too-large"
    rule = "publish/too-large" if too_large else "publish/unreadable"
    return NotifierError([Problem(rule, refusal.message, Place(shown), refusal.hint)])


def _pages_below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if name.endswith(".md") and path.is_file() and not path.is_symlink():
                yield path


def _identity(path: Path) -> str:
    try:
        with path.open("rb") as file:
            found = _IDENTITY.search(file.read(_HEAD))
    except OSError:
        return ""
    return found[1].decode("utf-8", "replace") if found else ""
