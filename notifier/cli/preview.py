"""Show every document in the browser, as its readers will see it."""

from __future__ import annotations

import webbrowser
from datetime import datetime
from pathlib import Path

import click

from notifier.cli.options import notice_argument, now_option
from notifier.cli.problems import report
from notifier.cli.progress import progress
from notifier.errors import NotifierError, Place, Problem
from notifier.preview.export import export

RULES = {
    "preview/not-installed": "the server of the preview is not installed",
    "preview/no-folder": "the folder to be shown does not exist",
}


@click.command(
    epilog="""\b
Examples:
  (cd sample; NOTIFIER_NOW=2024-02-01 notifier preview --open)
  notifier preview sample --now 2024-02-01 --export look

The page is for this machine alone. Saving a file of the notice refreshes it; nothing is
written, and nothing sent. Ctrl+C ends it."""
)
@notice_argument
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8765,
    show_default=True,
    metavar="NUMBER",
    help="Listen here, or at the next port that is free.",
)
@click.option(
    "--open/--no-open", "opens", default=False, help="Open the page in the browser."
)
@click.option(
    "--export",
    "target",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write the same as plain files into this folder instead; the readers' values "
    "are samples.",
)
@now_option
def command(
    folder: Path, port: int, opens: bool, target: Path | None, now: datetime
) -> None:
    """Look at every document for each wave, language, time zone and contact.

    NOTICE is a notice folder, the current one by default.
    """
    if target:
        with progress("documents") as advance:
            exported = export(folder, target, now=now, progress=advance)
        click.echo(f"Wrote {exported.documents} documents into {target}.", err=True)
        if exported.troubled:
            click.echo(f"{exported.troubled} of them have problems.", err=True)
        report(exported.problems)
        return
    _serve(folder, port, opens=opens, now=now)


def _serve(folder: Path, port: int, *, opens: bool, now: datetime) -> None:
    if not folder.is_dir():
        hint = "name a folder that holds a notice.yaml"
        message = f"{str(folder)!r} is not a folder"
        problem = Problem("preview/no-folder", message, Place(str(folder)), hint)
        raise NotifierError([problem])
    try:
        from notifier.preview.server import open_port, serve
    except ImportError as error:
        message = f"the preview needs {error.name}, which is not installed"
        hint = "pip install 'notifier[preview]'; --export works without it"
        raise NotifierError(
            [Problem("preview/not-installed", message, hint=hint)]
        ) from error
    bound = open_port(port)
    real = bound.getsockname()[1]
    url = f"http://127.0.0.1:{real}/"

    def ready() -> None:
        if port and real != port:
            click.echo(f"Port {port} is taken.", err=True)
        click.echo(f"Showing {folder} as of {now:%Y-%m-%d %H:%M} UTC at:", err=True)
        click.echo(url)
        click.echo("Ctrl+C ends it.", err=True)
        if opens:
            webbrowser.open(url)

    try:
        serve(folder, bound, now=now, ready=ready)
    except KeyboardInterrupt:
        click.echo("Ended.", err=True)
