"""Watch the files that a notice is made from, and reload when they have settled."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

from notifier.content.translations import own_folders
from notifier.preview.snapshot import below
from notifier.resources import resource_folder

# In milliseconds: files have settled when nothing happens for a step; changes that go
# on are joined for the longer time.
_STEP, _JOINED = 25, 200
_SHARED = ("notifier.yaml", "templates", "locales")


def watched(folder: Path) -> frozenset[Path]:
    """Return the folders whose files count for the notice *folder*.

    Its parent is among them: there, shared files and the folder itself come and go.
    """
    own = folder.resolve()
    rooms = [room / name for room in own_folders(own)[1:] for name in _SHARED[1:]]
    built_in = [resource_folder("templates"), resource_folder("locales")]
    return frozenset(below([own, *rooms, *built_in])) | _existing(own.parent)


def _existing(folder: Path) -> frozenset[Path]:
    return frozenset([folder]) if folder.is_dir() else frozenset()


async def watch(
    folder: Path, reload: Callable[[], Awaitable[None]], stop: asyncio.Event
) -> None:
    """Call *reload* after each change below *folder*, until *stop* is set.

    It is never called twice at a time; what is saved meanwhile makes one more call.
    Each folder is watched by itself, since a symbolic link may lead anywhere.
    """
    concerns = _Concerns(folder.resolve())
    is_new = False
    while not stop.is_set():
        paths = watched(folder)
        if is_new:
            # What was saved while nobody watched.
            await reload()
        is_new = True
        changes = awatch(
            *paths,
            watch_filter=concerns,
            debounce=_JOINED,
            step=_STEP,
            stop_event=stop,
            recursive=False,
            ignore_permission_denied=True,
        )
        try:
            async for _ in changes:
                await reload()
                if watched(folder) != paths:
                    break
            await changes.aclose()
        except FileNotFoundError:
            # A folder went away before it was watched.
            await asyncio.sleep(_JOINED / 1000)


class _Concerns(DefaultFilter):
    """Lets through what concerns a notice: of its parent, only what it shares."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._parent = str(folder.parent)
        self._known = {folder.name, *_SHARED}

    def __call__(self, change: Change, path: str) -> bool:
        place = Path(path)
        if str(place.parent) == self._parent and place.name not in self._known:
            return False
        return super().__call__(change, path)
