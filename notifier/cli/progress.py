"""Show how far long work has come."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

import click

# Shorter work is over before anybody has read a bar.
_PATIENCE = 1.0


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that shows a bar on stderr from the second second on.

    It takes how many of *what* are done and how many there are; without a terminal it
    shows nothing.
    """
    started = monotonic()
    shown = False

    def advance(done: int, total: int) -> None:
        nonlocal shown
        if sys.stderr.isatty() and monotonic() - started > _PATIENCE:
            bar = "█" * (20 * done // total)
            click.echo(f"\r{bar:░<20} {done} of {total} {what}", err=True, nl=False)
            shown = True

    try:
        yield advance
    finally:
        if shown:
            click.echo("\r\x1b[K", err=True, nl=False)
