"""Read the files of a folder: only regular ones, only inside it, only so large."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not read; *kind* is `unreadable` or `too-large`."""

    kind: str
    message: str
    hint: str


def find_file(folder: Path, name: str, *, most: int) -> Path | Refusal | None:
    """Return the path of *name* in *folder*, None without it, or why it is unusable.

    It is a regular file that lies in *folder* when all links are followed, and has at
    *most* so many bytes.
    """
    path = folder / name
    try:
        if not path.exists() and not path.is_symlink():
            return None
        if not path.resolve().is_relative_to(folder.resolve()):
            hint = "put the file itself into the folder"
            return Refusal(
                "unreadable", f"{_quoted(name)} leads out of the folder", hint
            )
        if not path.is_file():
            hint = "put a regular file in its place"
            return Refusal("unreadable", f"{_quoted(name)} is not a file", hint)
        with path.open("rb") as file:
            size = file.seek(0, 2)
    except (OSError, RuntimeError, ValueError) as error:
        return unreadable(name, error)
    if size > most:
        message = f"{_quoted(name)} has {size} bytes"
        return Refusal("too-large", message, f"at most {most} bytes")
    return path


def read_limited(folder: Path, name: str, *, most: int) -> bytes | Refusal | None:
    """Return the bytes of *name* in *folder*, None without it, or why they are not."""
    path = find_file(folder, name, most=most)
    if not isinstance(path, Path):
        return path
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        return unreadable(name, error)


def unreadable(name: str, error: Exception) -> Refusal:
    """Return the refusal of a file that the system does not give."""
    reason = getattr(error, "strerror", None) or "the path leads nowhere"
    message = f"{_quoted(name)} cannot be read: {reason.lower()}"
    return Refusal("unreadable", message, "check the file and its permissions")


def _quoted(name: str) -> str:
    return repr(name if len(name) <= 80 else name[:79] + "…")
