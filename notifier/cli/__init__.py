"""The front door: commands parse, call one function of the house, and print."""

from __future__ import annotations

import atexit
import gc
import io
import sys
from importlib import import_module
from typing import Any

import click

from notifier import __version__

# Written down here, so that `notifier --help` need not import the commands.
_COMMANDS = {
    "init": "Write a complete working sample into a new folder.",
    "waves": "Show the schedule: windows, instances, estimates, notify-by dates.",
    "render": "Render documents as Markdown, HTML, plain text or JSON.",
    "check": "Say, before anything leaves, everything that is wrong.",
    "publish": "Write the docs tree and the web site, in all languages.",
    "emails": "Write every contact's messages: HTML, plain text, calendar.",
    "translations": "Keep the translations of a notice complete and true.",
    "preview": "Show every document in the browser, and what is wrong with it.",
}

_OBJECTS = 1_000_000

_EPILOG = """\b
Start with the sample:
  notifier init sample
  notifier waves sample --now 2024-01-25
  notifier render sample --now 2024-01-25 -o out

Exit status: 0 done, 1 problems (all are listed), 2 wrong usage."""


class _FrontDoor(click.Group):
    """Import a command only when it is called; show its failure as problems."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which a user meets them."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that *args* name, and import it."""
        name, stand_in, rest = super().resolve_command(ctx, args)
        if stand_in is None:
            return name, None, rest
        module = import_module(f"notifier.cli.{stand_in.name}")
        return name, module.command, rest

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run with UTF-8 streams; end every failure in problems and an exit status."""
        _speak_utf8()
        # A run is short: most of what the collector would look through stays in use.
        gc.set_threshold(_OBJECTS)
        # Nor is it worth a look at the end, when the system takes all back.
        atexit.register(gc.freeze)
        try:
            return super().main(*args, **kwargs)
        except Exception as error:
            from notifier.cli.problems import explain

            sys.exit(explain(error))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that *ctx* names; an interrupt ends it quietly."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\ninterrupted", err=True)
            ctx.exit(130)


def _speak_utf8() -> None:
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "replace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors, newline="\n")


@click.group(
    "notifier",
    cls=_FrontDoor,
    commands=[click.Command(name, short_help=text) for name, text in _COMMANDS.items()],
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_EPILOG,
)
@click.version_option(__version__, prog_name="notifier")
def main() -> None:
    """Tell customers, in their language and local time, about an upgrade.

    One notice folder holds the facts; every page, mail and calendar is made from it.
    """
