"""Keep the latest state of a notice folder, and tell who looks on when it changes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from notifier.preview.case import Choice, View
from notifier.preview.choosing import asked, choose
from notifier.preview.marks import Mark, mark_of
from notifier.preview.snapshot import Cell, Snapshot, read_folder

Result = TypeVar("Result")

# Who looks at a document gets it before the matrix is judged again.
_HEAD_START = 0.3
_NEWS_EVERY = 0.5


@dataclass(frozen=True, slots=True)
class News:
    """What has happened: a `change` of the folder, or new `marks`."""

    event: str
    version: int


class Desk:
    """The latest snapshot of *folder* at the time *now*, and those who listen.

    Whatever takes long runs in one thread, one piece after the other; everything else
    belongs to one event loop.
    """

    def __init__(self, folder: Path, *, now: datetime) -> None:
        self.folder = folder
        self.version = 0
        self.snapshot = Snapshot(folder)
        self.marks: Mapping[str, Mark] = {}
        self._now = now
        self._worker = ThreadPoolExecutor(1, "preview")
        self._listeners: set[asyncio.Queue[News | None]] = set()
        self._judge: asyncio.Task[None] | None = None
        self._is_open = True

    async def reload(self) -> None:
        """Read the folder again, and tell everybody."""
        before = self.snapshot
        after = await self._in_thread(self._read)
        kept = {
            cell.key: mark if _is_same(cell, before, after) else _outdated(mark)
            for cell in after.cells()
            if (mark := self.marks.get(cell.key))
        }
        self.snapshot, self.marks = after, kept
        self.version += 1
        self._tell("change")
        if self._judge:
            self._judge.cancel()
        self._judge = asyncio.create_task(self._judge_cells())

    async def view(self, parts: Mapping[str, str]) -> tuple[Snapshot, Choice, View]:
        """Return the document that the *parts* of a request name, made if need be.

        Raises:
            NotifierError: it names what is not there.
        """
        return await self._in_thread(partial(_viewed, self.snapshot, parts))

    async def news(self) -> AsyncIterator[News]:
        """Yield what happens from now on, until the desk is closed."""
        queue: asyncio.Queue[News | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            while self._is_open and (news := await queue.get()):
                yield news
        finally:
            self._listeners.discard(queue)

    async def close(self) -> None:
        """End all that listen, and the work in progress."""
        self._is_open = False
        for queue in self._listeners:
            queue.put_nowait(None)
        if self._judge:
            self._judge.cancel()
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _read(self) -> Snapshot:
        return read_folder(self.folder, now=self._now, before=self.snapshot)

    async def _judge_cells(self) -> None:
        """Find out the marks that are not known, a cell at a time."""
        await asyncio.sleep(_HEAD_START)
        snapshot, clock = self.snapshot, asyncio.get_running_loop().time
        told = clock()
        left = [cell for cell in snapshot.cells() if self._is_pending(cell)]
        for cell in left:
            mark = await self._in_thread(partial(_judged, snapshot, cell))
            self.marks = {**self.marks, cell.key: mark}
            if clock() - told > _NEWS_EVERY:
                self._tell("marks")
                told = clock()
        if left:
            self._tell("marks")

    def _is_pending(self, cell: Cell) -> bool:
        mark = self.marks.get(cell.key)
        return mark is None or mark.pending

    def _tell(self, event: str) -> None:
        for queue in self._listeners:
            queue.put_nowait(News(event, self.version))

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)


def _viewed(
    snapshot: Snapshot, parts: Mapping[str, str]
) -> tuple[Snapshot, Choice, View]:
    choice = choose(snapshot, parts)
    return snapshot, choice, snapshot.presses[choice.locale].view(choice)


def _judged(snapshot: Snapshot, cell: Cell) -> Mark:
    return mark_of(_viewed(snapshot, asked(cell))[2])


def _is_same(cell: Cell, before: Snapshot, after: Snapshot) -> bool:
    """Tell whether *cell* shows the same document in both."""
    return before.presses.get(cell.locale) is after.presses[cell.locale]


def _outdated(mark: Mark) -> Mark:
    return replace(mark, pending=True)
