"""Replace single files among those of others."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from stat import S_IMODE
from tempfile import TemporaryDirectory


def replace_files(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write *files*, each as a whole; one that exists keeps its mode.

    All are written beside their places before the first takes its place. A folder that
    was made for them and stays empty is removed.

    Raises:
        OSError: the system refuses; it names the file that could not be written.
    """
    with ExitStack() as stack:
        staged = []
        for path, data in files:
            try:
                staged.append((_staged(path, data, stack), path))
            except OSError as error:
                raise _named(error, path) from error
        for new, path in staged:
            try:
                new.replace(path)
            except OSError as error:
                raise _named(error, path) from error


def _staged(path: Path, data: bytes, stack: ExitStack) -> Path:
    _make_folder(path.parent, stack)
    folder = TemporaryDirectory(prefix=".notifier-", dir=path.parent)
    new = Path(stack.enter_context(folder)) / path.name
    new.write_bytes(data)
    if path.exists():
        new.chmod(S_IMODE(path.stat().st_mode))
    return new


def _make_folder(folder: Path, stack: ExitStack) -> None:
    missing = [each for each in (folder, *folder.parents) if not each.is_dir()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        stack.callback(_remove_empty, each)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _named(error: OSError, path: Path) -> OSError:
    """Return *error* about *path*, which is known, and not the file beside it."""
    return OSError(error.errno, error.strerror, str(path))
