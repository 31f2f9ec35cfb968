"""Where finished messages go: a file each, an mbox, or JSON lines; and the manifest."""

from __future__ import annotations

import csv
import json
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from notifier.model.schedule import PlannedWave
from notifier.outputs.mail.manifest import COLUMNS, MANIFEST, guarded
from notifier.outputs.mail.message import Addressee, BoundMessage
from notifier.outputs.mail.plain import envelope

FORMATS = ("eml", "mbox", "jsonl")
NO_WAVE = "none"
# Files kept open, far below what systems allow; a notice may have more waves.
_MOST_OPEN = 100
# An mbox is written in few large pieces.
_BUFFER = 262_144


@dataclass(frozen=True, slots=True)
class Posting:
    """One finished message and what the manifest tells of it."""

    message: BoundMessage
    wave: PlannedWave | None
    to: Addressee
    locale: str
    zone: str
    data: bytes

    @property
    def wave_name(self) -> str:
        """Return the id of the wave, `none` without one."""
        return self.wave.wave.id if self.wave else NO_WAVE


@dataclass
class Outbox:
    """Write messages below *folder* as they come; nothing is held.

    The files are closed with *stack*; *names* are theirs.
    """

    folder: Path
    formats: tuple[str, ...]
    stack: ExitStack
    names: list[str] = field(default_factory=list)
    _folders: set[Path] = field(default_factory=set)
    _shared: set[str] = field(default_factory=set)
    _open: dict[str, IO[bytes]] = field(default_factory=dict)
    _rows: Any = None  # a csv writer has no public type

    def __post_init__(self) -> None:
        self.formats = tuple(dict.fromkeys(self.formats))
        self.stack.callback(self._close, 0)

    def add(self, posting: Posting) -> None:
        """Write one message in every format, and its line of the manifest."""
        stem = f"{posting.message.identity.document}/{posting.wave_name}"
        names = {
            "eml": f"{stem}/{posting.locale}/{_file_name(posting)}",
            "mbox": f"{stem}.mbox",
            "jsonl": f"{stem}.jsonl",
        }
        for format in self.formats:
            name = names[format]
            if format == "eml":
                # "x" finds two files of one name, also where the system ignores case.
                with self._path(name).open("xb") as file:
                    file.write(posting.data)
            elif format == "mbox":
                self._file(name).write(_in_mbox(posting))
            else:
                told = envelope(posting.message, posting.to)
                line = json.dumps(told, ensure_ascii=False)
                self._file(name).write(line.encode() + b"\n")
        self._manifest(posting, names[self.formats[0]])

    def _manifest(self, posting: Posting, name: str) -> None:
        if self._rows is None:
            path = self._path(MANIFEST)
            file = self.stack.enter_context(
                path.open("x", encoding="utf-8", newline="")
            )
            self._rows = csv.writer(file, lineterminator="\n")
            self._rows.writerow(COLUMNS)
        wave = posting.wave
        row = (
            posting.message.identity.document,
            posting.wave_name,
            str(posting.message.identity.revision),
            posting.to.customer,
            posting.to.email,
            posting.locale,
            posting.zone,
            wave.window.start.isoformat() if wave else "",
            wave.window.end.isoformat() if wave else "",
            name,
            str(len(posting.data)),
            sha256(posting.data).hexdigest(),
        )
        self._rows.writerow(guarded(row))

    def _file(self, name: str) -> IO[bytes]:
        """Return the open file *name*; of too many, the one idle longest is closed."""
        file = self._open.pop(name, None)
        if file is None:
            self._close(_MOST_OPEN - 1)
            file = self._reopened(name)
        self._open[name] = file
        return file

    def _reopened(self, name: str) -> IO[bytes]:
        if name in self._shared:
            return (self.folder / name).open("ab")
        self._shared.add(name)
        return self._path(name).open("xb", buffering=_BUFFER)

    def _close(self, most: int) -> None:
        while len(self._open) > most:
            self._open.pop(next(iter(self._open))).close()

    def _path(self, name: str) -> Path:
        path = self.folder / name
        if path.parent not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(path.parent)
        self.names.append(name)
        return path


def _file_name(posting: Posting) -> str:
    mark = sha256(posting.to.email.encode()).hexdigest()[:12]
    return f"{posting.to.customer}--{mark}.eml"


def _in_mbox(posting: Posting) -> bytes:
    """Return a message as an mbox has it (RFC 4155): a `From ` line, bare line feeds.

    No line of ours begins with `From `, so none has to be quoted.
    """
    start = _from_line(posting.message.letterhead.now)
    # No carriage return stands alone: without them, line feeds are left.
    return b"".join((start, posting.data.replace(b"\r", b""), b"\n"))


@lru_cache(maxsize=1)
def _from_line(now: datetime) -> bytes:
    return f"From MAILER-DAEMON {now:%a %b %d %H:%M:%S %Y}\n".encode()
