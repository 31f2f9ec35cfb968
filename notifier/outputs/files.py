"""Write a folder of files whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import MappingProxyType
from typing import NoReturn

from notifier.errors import NotifierError, Place, Problem

RULES: Mapping[str, str] = MappingProxyType(
    {
        "output/not-empty": "The folder for a new notice holds something already.",
        "output/not-ours": "The output folder holds files that no output made.",
        "output/no-folder": "The output folder is a file or a symbolic link.",
        "output/unsafe-path": "An output file would lie outside its folder.",
    }
)

_MARKER = ".notifier-output"
_MARKER_HEAD = "# notifier made this folder, and replaces it while it holds only:\n"
_MARKER_LIMIT = 50_000_000


def folder_files(folder: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Read the files under *folder*, by path; hidden ones are left out."""
    for path in sorted(folder.rglob("*")):
        inner = PurePosixPath(path.relative_to(folder).as_posix())
        if path.is_file() and not any(part.startswith(".") for part in inner.parts):
            yield inner, path.read_bytes()


def write_new_folder(target: Path, files: Iterable[tuple[PurePosixPath, bytes]]) -> int:
    """Write *files* into *target*, which is absent or empty; return their number.

    Raises:
        NotifierError: *target* is something else, or a path leads out of it.
        OSError: the system refuses; no file is left behind.
    """
    if _is_full(target):
        hint = "name a new or an empty folder"
        _refuse("output/not-empty", "there is something here already", target, hint)
    return _write(target, files, marked=False)


def write_folder(target: Path, files: Iterable[tuple[PurePosixPath, bytes]]) -> int:
    """Write *files* as the output folder *target*; return their number.

    An earlier output is replaced as a whole: a folder whose files all stand in its
    `.notifier-output`. Any other file in it is taken for the user's, and the folder is
    refused. *files* is read to its end before *target* changes.

    Raises:
        NotifierError: *target* is not ours to replace, or a path leads out of it.
        OSError: the system refuses; *target* is as it was.
    """
    if _is_full(target):
        _check_ours(target)
    return _write(target, files, marked=True)


def _is_full(target: Path) -> bool:
    """Tell an existing folder that holds something from an empty or absent one."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        hint = "name a folder"
        _refuse("output/no-folder", "a file or a symbolic link", target, hint)
    return target.is_dir() and any(target.iterdir())


def _check_ours(target: Path) -> None:
    ours = _listed(target / _MARKER)
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target).as_posix()
        is_folder = path.is_dir() and not path.is_symlink()
        if not is_folder and (path.is_symlink() or name not in ours):
            hint = "name a new folder, or move your files out of this one"
            _refuse("output/not-ours", f"{name[:80]!r} is not ours", target, hint)


def _listed(marker: Path) -> frozenset[str]:
    if not marker.is_file() or marker.stat().st_size > _MARKER_LIMIT:
        return frozenset()
    text = marker.read_bytes().decode("utf-8", "replace")
    if not text.startswith(_MARKER_HEAD):
        return frozenset()
    return frozenset([_MARKER, *text.removeprefix(_MARKER_HEAD).split("\n")])


def _write(
    target: Path, files: Iterable[tuple[PurePosixPath, bytes]], *, marked: bool
) -> int:
    target = Path(os.path.abspath(target))  # noqa: PTH100 (resolve follows links)
    is_empty = target.is_dir() and not any(target.iterdir())
    # An empty folder may be a mount or the shell's own: it stays, and is filled.
    parent = target if is_empty else target.parent
    parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}-", dir=parent))
    try:
        new = staging / "new"
        names = _fill(new, files)
        if marked:
            lines = _MARKER_HEAD + "".join(f"{name}\n" for name in sorted(names))
            (new / _MARKER).write_bytes(lines.encode())
        if is_empty:
            _move_into(new, target)
        else:
            _replace(new, target, aside=staging / "old")
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return len(names)


def _fill(folder: Path, files: Iterable[tuple[PurePosixPath, bytes]]) -> list[str]:
    folder.mkdir()
    names = []
    for path, data in files:
        _check_inside(path)
        place = folder.joinpath(*path.parts)
        place.parent.mkdir(parents=True, exist_ok=True)
        # "x" finds two files of one name, also where the system ignores case.
        with place.open("xb") as file:
            file.write(data)
        names.append(str(path))
    return names


def _check_inside(path: PurePosixPath) -> None:
    windows = PureWindowsPath(path)
    parts = {"..", _MARKER} & set(windows.parts)
    control = any(ord(letter) < 32 for letter in str(path))
    if not path.parts or windows.anchor or parts or control:
        message = f"{str(path)[:80]!r} leads out of the output folder"
        hint = "use a relative path without '..', such as 'guides/upgrade.md'"
        raise NotifierError([Problem("output/unsafe-path", message, hint=hint)])


def _move_into(new: Path, target: Path) -> None:
    moved: list[Path] = []
    try:
        for child in sorted(new.iterdir()):
            moved.append(child.rename(target / child.name))
    except BaseException:
        for path in moved:
            path.rename(new / path.name)
        raise


def _replace(new: Path, target: Path, *, aside: Path) -> None:
    if not target.exists():
        new.rename(target)
        return
    target.rename(aside)
    try:
        new.rename(target)
    except BaseException:
        aside.rename(target)
        raise


def _refuse(rule: str, message: str, target: Path, hint: str) -> NoReturn:
    raise NotifierError([Problem(rule, message, Place(str(target)), hint)])
