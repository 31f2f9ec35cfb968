"""Keep the translations of a notice complete and true."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from notifier.cli.options import notice_argument, now_option
from notifier.cli.problems import report
from notifier.cli.progress import progress
from notifier.cli.results import deliver
from notifier.notice import read_notice
from notifier.outputs.translations.acceptance import accept
from notifier.outputs.translations.catalog_check import check_catalogs
from notifier.outputs.translations.catalog_update import extract, update
from notifier.outputs.translations.exchange_files import (
    FORMATS,
    export_files,
    holds_exchange,
    import_files,
)
from notifier.outputs.translations.folders import TEMPLATE
from notifier.outputs.translations.page_import import import_page
from notifier.outputs.translations.status import (
    progress_json,
    progress_table,
    translation_progress,
)

_locale_option = click.option(
    "--locale",
    "locales",
    metavar="TAG",
    multiple=True,
    help="In which language; repeatable. Default: all.",
)


class _InOrder(click.Group):
    """List the commands in the order in which they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of this module."""
        return list(self.commands)


@click.group(
    cls=_InOrder,
    epilog="""\b
Examples:
  notifier translations update sample
  notifier translations status sample
  notifier translations check sample
  notifier translations accept sample --all
  notifier translations export sample -o for-translators
  notifier translations import for-translators sample

Catalogs are the files locales/<locale>/LC_MESSAGES/notice.po of the notice folder.
Each is replaced as a whole, and none if one of them is damaged.""",
)
def command() -> None:
    """Keep the translations of a notice complete and true."""


@command.command("extract", short_help="Write the template of all texts.")
@notice_argument
def extract_command(folder: Path) -> None:
    """Write the template locales/notice.pot: all texts to be translated.

    NOTICE is a notice folder, the current one by default.
    """
    notice, warnings = read_notice(folder)
    texts, changed = extract(notice)
    done = "Wrote" if changed else "Nothing new in"
    click.echo(f"{done} {folder / TEMPLATE}: {_counted(texts, 'text')}.", err=True)
    report(warnings)


@command.command("update", short_help="Bring all catalogs up to date.")
@notice_argument
def update_command(folder: Path) -> None:
    """Write the template, and bring every catalog up to date with it.

    A text that has changed keeps its translation, which is marked stale until somebody
    translates it again or accepts it. Missing catalogs are made.
    """
    notice, warnings = read_notice(folder)
    done = update(notice)
    for each in done.changes:
        numbers = {
            "new": each.added,
            "newly stale": each.stale,
            "obsolete": each.obsolete,
            "without translation": each.missing,
        }
        said = ", ".join(f"{n} {what}" for what, n in numbers.items() if n > 0)
        click.echo(f"{each.shown}: {said or 'up to date'}")
    click.echo(f"Wrote {_counted(done.written, 'file')}.", err=True)
    report(warnings)


@command.command("status", short_help="Show how far translations have come.")
@notice_argument
@_locale_option
@click.option(
    "--to",
    "format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="In which format.",
)
@click.option(
    "--width",
    type=click.IntRange(60, 400),
    default=80,
    show_default=True,
    help="Columns of the table.",
)
@now_option
def status_command(
    folder: Path, locales: tuple[str, ...], format: str, width: int, now: datetime
) -> None:
    """Show how far each document is translated into each locale.

    Strings are counted, and words in brackets. Which strings a document has depends on
    the states of its phases and waves, hence on the time.
    """
    notice, warnings = read_notice(folder)
    with progress("locales") as advance:
        found = translation_progress(notice, locales, now=now, progress=advance)
    if format == "json":
        click.echo(progress_json(notice, found), nl=False)
    else:
        click.echo(progress_table(found, width=width), nl=False)
    report(warnings)


@command.command("check", short_help="Find what is wrong in the catalogs.")
@notice_argument
@_locale_option
def check_command(folder: Path, locales: tuple[str, ...]) -> None:
    """Check the catalogs of the notice; every finding names its line.

    Ends with 1 if there are errors. The built-in catalogs are sound.
    """
    notice, warnings = read_notice(folder)
    problems = check_catalogs(notice, locales)
    click.get_current_context().exit(report([*warnings, *problems]))


@command.command("accept", short_help="Let stale translations count again.")
@notice_argument
@_locale_option
@click.option(
    "--key",
    "keys",
    metavar="PATH",
    multiple=True,
    help="The text at this key, such as customer.reschedule.reason, or all below it; "
    "repeatable.",
)
@click.option("--all", "everything", is_flag=True, help="All stale translations.")
def accept_command(
    folder: Path, locales: tuple[str, ...], keys: tuple[str, ...], everything: bool
) -> None:
    """Say that stale translations still hold, though their source has changed.

    One of --key and --all says which. Translations that lost a placeholder of the new
    source are refused.
    """
    if everything == bool(keys):
        raise click.UsageError("Say which translations: --key PATH, or --all.")
    notice, warnings = read_notice(folder)
    for each in accept(notice, locales=locales, keys=keys):
        left = f", {each.left} still stale" if each.left else ""
        click.echo(f"{each.tag}: {each.accepted} accepted{left}")
    report(warnings)


@command.command("export", short_help="Write XLIFF or CSV for translators.")
@notice_argument
@_locale_option
@click.option(
    "--to",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    default=["xliff"],
    show_default=True,
    help="In which format; repeatable.",
)
@click.option(
    "-o",
    "--output",
    metavar="DIR|-",
    default="for-translators",
    show_default=True,
    help="Write into this folder; - prints the only result.",
)
@click.option(
    "--replace/--no-replace",
    default=False,
    help="Replace the files of an earlier export, even if translators changed them.",
)
def export_command(
    folder: Path,
    locales: tuple[str, ...],
    formats: tuple[str, ...],
    output: str,
    replace: bool,
) -> None:
    """Write the catalogs for translators: XLIFF 1.2, or CSV for spreadsheets.

    XLIFF needs the package translate-toolkit: pip install 'notifier[translations]'.
    """
    if output != "-" and not replace and holds_exchange(Path(output)):
        raise click.UsageError(
            f"{output} holds an earlier export, perhaps with translators' work: import "
            "it, then write it anew with --replace, or name another folder with -o."
        )
    notice, warnings = read_notice(folder)
    deliver(export_files(notice, locales=locales, formats=formats), output)
    report(warnings)


@command.command("import", short_help="Take their files back.")
@click.argument("source", metavar="FILE|DIR", type=click.Path(path_type=Path))
@notice_argument
def import_command(source: Path, folder: Path) -> None:
    """Take back what translators have made of an export.

    FILE ends in .xlf, .xliff or .csv; of a folder, all such files are taken. If one is
    damaged, no catalog changes.
    """
    notice, warnings = read_notice(folder)
    done = import_files(notice, [source])
    for tag, number in done.changed.items():
        click.echo(f"{tag}: {_counted(number, 'message')} changed")
    click.echo(f"Wrote {_counted(done.written, 'file')}.", err=True)
    report([*warnings, *done.problems])


@command.command("import-page", short_help="Adopt a published translation.")
@click.argument("original", metavar="PAGE", type=click.Path(path_type=Path))
@click.argument("translated", metavar="TRANSLATION", type=click.Path(path_type=Path))
@notice_argument
@click.option(
    "--locale",
    metavar="TAG",
    help="Language of the translation. Default: by the name of its file or folder.",
)
@click.option(
    "--overwrite/--no-overwrite",
    default=False,
    help="Replace translations that count already.",
)
def import_page_command(
    original: Path, translated: Path, folder: Path, locale: str | None, overwrite: bool
) -> None:
    """Adopt the translations of a page that is published in two languages.

    PAGE, in the default locale, and its TRANSLATION are laid side by side, block by
    block; where their structure differs, both lines are told.
    """
    notice, warnings = read_notice(folder)
    done = import_page(notice, original, translated, locale=locale, overwrite=overwrite)
    kept = f", {done.kept} kept that say otherwise" if done.kept else ""
    click.echo(f"{done.shown}: {_counted(done.filled, 'text')} filled{kept}")
    if done.empty:
        click.echo(f"still empty: {', '.join(done.empty)}", err=True)
    report([*warnings, *done.problems])


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"
