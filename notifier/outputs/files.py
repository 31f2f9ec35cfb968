"""Write a folder of files whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from errno import EEXIST
from os import strerror
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import MappingProxyType
from typing import NoReturn

from notifier.errors import NotifierError, Place, Problem

RULES: Mapping[str, str] = MappingProxyType(
    {
        "output/not-empty": "the folder for a new notice holds something already",
        "output/not-ours": "the output folder holds files of another maker",
        "output/no-folder": "the output folder is a file or a symbolic link",
        "output/unsafe-path": "an output file would lie outside its folder",
    }
)

_MARKER = ".notifier-output"
_MARKER_HEAD = re.compile(
    r"# notifier (\S+) made this folder, and replaces it while it holds only:\n"
)
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
    return len(_write(target, lambda new: _fill(new, files), command=None))


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written, and how many earlier ones had to go."""

    count: int
    gone: int


def write_folder(
    target: Path, files: Iterable[tuple[PurePosixPath, bytes]], *, command: str
) -> Written:
    """Write *files* as the output folder *target* of *command*.

    An earlier output of the same command is replaced as a whole: a folder whose files
    all stand in its `.notifier-output`. Any other file in it is taken for the user's,
    and the folder is refused. *files* is read to its end before *target* changes.

    Raises:
        NotifierError: *target* is not ours to replace, or a path leads out of it.
        OSError: the system refuses; *target* is as it was.
    """
    return fill_folder(target, lambda new: _fill(new, files), command=command)


def fill_folder(
    target: Path, fill: Callable[[Path], Iterable[str]], *, command: str
) -> Written:
    """Let *fill* write the output folder *target* of *command*, as `write_folder` does.

    *fill* gets an empty folder, writes into it as it likes, and returns the names of
    its files, relative and with slashes.
    """
    earlier = _check_ours(target, command) if _is_full(target) else frozenset()
    names = _write(target, fill, command=command)
    return Written(len(names), len(earlier - {*names, _MARKER}))


def _is_full(target: Path) -> bool:
    """Tell an existing folder that holds something from an empty or absent one."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        hint = "name a folder"
        _refuse("output/no-folder", "a file or a symbolic link", target, hint)
    return target.is_dir() and any(target.iterdir())


def _check_ours(target: Path, command: str) -> frozenset[str]:
    maker, ours = _listed(target / _MARKER)
    if maker not in ("", command):
        hint = "name another folder, or remove this one"
        _refuse("output/not-ours", f"made by 'notifier {maker}'", target, hint)
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target).as_posix()
        is_folder = path.is_dir() and not path.is_symlink()
        if not is_folder and (path.is_symlink() or name not in ours):
            hint = "name a new folder, or move your files out of this one"
            _refuse("output/not-ours", f"{name[:80]!r} is not ours", target, hint)
    return ours


def _listed(marker: Path) -> tuple[str, frozenset[str]]:
    """Return the command that made the folder and the files it wrote, if one did."""
    if not marker.is_file() or marker.stat().st_size > _MARKER_LIMIT:
        return "", frozenset()
    text = marker.read_bytes().decode("utf-8", "replace")
    head = _MARKER_HEAD.match(text)
    if not head:
        return "", frozenset()
    return head[1], frozenset([_MARKER, *text[head.end() :].splitlines()])


def _write(
    target: Path, fill: Callable[[Path], Iterable[str]], *, command: str | None
) -> list[str]:
    target = Path(os.path.abspath(target))  # noqa: PTH100 (resolve follows links)
    is_empty = target.is_dir() and not any(target.iterdir())
    # An empty folder may be a mount or the shell's own: it stays, and is filled.
    parent = target if is_empty else target.parent
    parent.mkdir(parents=True, exist_ok=True)
    staging = None
    try:
        staging = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}-", dir=parent))
        new = staging / "new"
        new.mkdir()
        names = list(fill(new))
        if command is not None:
            head = f"notifier {command} made this folder, and replaces it while it"
            lines = [f"# {head} holds only:", *sorted(names), ""]
            (new / _MARKER).write_bytes("\n".join(lines).encode())
        if is_empty:
            _move_into(new, target)
        else:
            _replace(new, target, aside=staging / "old", command=command)
    except OSError as error:
        # The user named the folder, not the temporary one beside it.
        error.filename, error.filename2 = str(target), None
        raise
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)
    return names


def _fill(folder: Path, files: Iterable[tuple[PurePosixPath, bytes]]) -> list[str]:
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
            if (place := target / child.name).exists() or place.is_symlink():
                raise FileExistsError(EEXIST, strerror(EEXIST), str(place))
            moved.append(child.rename(place))
    except BaseException:
        for path in moved:
            path.rename(new / path.name)
        raise


def _replace(new: Path, target: Path, *, aside: Path, command: str | None) -> None:
    if not target.exists():
        new.rename(target)
        return
    target.rename(aside)
    try:
        # Once more: somebody may have put a file there while ours were made.
        if command is None:
            _refuse("output/not-empty", "made by somebody else meanwhile", target, "")
        _check_ours(aside, command)
        new.rename(target)
    except BaseException:
        aside.rename(target)
        raise


def _refuse(rule: str, message: str, target: Path, hint: str) -> NoReturn:
    raise NotifierError([Problem(rule, message, Place(str(target)), hint)])
