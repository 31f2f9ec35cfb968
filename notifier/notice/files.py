"""Read the files of a notice folder; what cannot be read is a fault of ours."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from notifier import reading
from notifier.notice.faults import Fault

T = TypeVar("T")


def find_file(folder: Path, name: str, *, most: int) -> Path | Fault | None:
    """Return the path of *name* in *folder*, None without it, or why it is unusable."""
    return _told(reading.find_file(folder, name, most=most))


def read_limited(folder: Path, name: str, *, most: int) -> bytes | Fault | None:
    """Return the bytes of *name* in *folder*, None without it, or why they are not."""
    return _told(reading.read_limited(folder, name, most=most))


def unreadable(name: str, error: Exception) -> Fault:
    """Return the fault of a file that the system does not give."""
    refusal = reading.unreadable(name, error)
    return Fault("unreadable", refusal.message, refusal.hint)


def _told(found: T | reading.Refusal) -> T | Fault:
    if not isinstance(found, reading.Refusal):
        return found
    if found.kind == "too-large":
        return Fault("too-large", found.message, found.hint)
    return Fault("unreadable", found.message, found.hint)
