"""Hand results over: one on stdout, or many into a folder."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path, PurePosixPath

import click

from notifier.outputs.files import write_folder


def deliver(files: Iterable[tuple[PurePosixPath, bytes]], output: str) -> None:
    """Write *files* into the folder *output*, or print the only one if that is `-`.

    Raises:
        UsageError: *output* is `-`, but there is not exactly one file.
    """
    if output != "-":
        command = click.get_current_context().info_name or ""
        done = write_folder(Path(output), files, command=command)
        word = "file" if done.count == 1 else "files"
        gone = f" Of the earlier output, {done.gone} are gone." if done.gone else ""
        click.echo(f"Wrote {done.count} {word} into {output}.{gone}", err=True)
        return
    found = list(islice(files, 2))
    if len(found) != 1:
        many = "several" if found else "none"
        message = f"'-o -' prints one result, but there are {many}"
        raise click.UsageError(f"{message}: ask for exactly one, or name a folder.")
    click.echo(found[0][1], nl=False)
