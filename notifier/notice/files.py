"""Read the files of a folder: only regular ones, only inside it, only so large."""

from __future__ import annotations

from pathlib import Path

from notifier.notice.faults import Fault, quoted


def find_file(folder: Path, name: str, *, most: int) -> Path | Fault | None:
    """Return the path of *name* in *folder*, None without it, or why it is unusable."""
    path = folder / name
    try:
        if not path.exists() and not path.is_symlink():
            return None
        if not path.resolve().is_relative_to(folder.resolve()):
            hint = "put the file itself into the folder"
            return Fault("unreadable", f"{quoted(name)} leads out of the folder", hint)
        if not path.is_file():
            return Fault("unreadable", f"{quoted(name)} is not a file")
        with path.open("rb") as file:
            size = file.seek(0, 2)
    except (OSError, RuntimeError, ValueError) as error:
        return unreadable(name, error)
    if size > most:
        hint = f"at most {most} bytes"
        return Fault("too-large", f"{quoted(name)} has {size} bytes", hint)
    return path


def read_limited(folder: Path, name: str, *, most: int) -> bytes | Fault | None:
    """Return the bytes of *name* in *folder*, None without it, or why they are not."""
    path = find_file(folder, name, most=most)
    if not isinstance(path, Path):
        return path
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        return unreadable(name, error)


def unreadable(name: str, error: Exception) -> Fault:
    """Return the fault of a file that the system does not give."""
    reason = getattr(error, "strerror", None) or "the path leads nowhere"
    message = f"{quoted(name)} cannot be read: {reason.lower()}"
    return Fault("unreadable", message, "check the file and its permissions")
