"""Write the sample notice folder."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from notifier.outputs.files import folder_files, write_new_folder
from notifier.resources import resource_folder

_SAMPLE = "email-infrastructure"
# The sample is set in early 2024; the clock would show all its waves as past.
_NOW = "2024-01-25"


@click.command(
    epilog="""\b
Example:
  notifier init upgrades/email-infrastructure"""
)
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
def command(target: Path) -> None:
    """Write a complete working sample into DIR, a new or empty folder.

    The sample is an upgrade notice with its schedule, instances, customers, and
    contacts in many languages.
    """
    sample = resource_folder("examples") / _SAMPLE
    count = write_new_folder(target, folder_files(sample))

    name = shlex.quote(str(target))
    click.echo(f"Wrote {count} files. Next:", err=True)
    click.echo(f"  notifier waves {name} --now {_NOW}", err=True)
    click.echo(f"  notifier render {name} --now {_NOW} -o out", err=True)
    click.echo(f"Then change {shlex.quote(str(target / 'notice.yaml'))}.", err=True)
