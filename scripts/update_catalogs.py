"""Collect the built-in messages and bring every catalog in `locales/` up to date.

Run it after a sentence in `templates/` or `notifier/content/` has changed:
`python scripts/update_catalogs.py`. It writes `locales/notifier.pot`, merges it into
each `locales/<locale>/LC_MESSAGES/notifier.po` and fills the English catalog, whose
texts are the messages themselves. A new locale needs only its folder.
"""

from __future__ import annotations

import sys
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "locales"
METHODS = [("content/**.py", "python"), ("**.j2", "jinja2")]
KEYWORDS = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# A fixed date: the same sources give the same files.
DATED = datetime(2026, 1, 1, tzinfo=UTC)


def collect() -> Catalog:
    """Return the template catalog of all built-in messages, in order of appearance."""
    template = Catalog(
        project="notifier",
        version="1",
        copyright_holder="the notifier authors",
        creation_date=DATED,
        header_comment="# Built-in messages of notifier.\n#",
    )
    for folder in ("templates", "notifier"):
        found = extract_from_dir(
            ROOT / folder,
            method_map=METHODS,
            options_map={"**.j2": {"newstyle_gettext": "true", "silent": "false"}},
            keywords=KEYWORDS,
            comment_tags=("TRANSLATORS:",),
            strip_comment_tags=True,
        )
        for filename, _, message, comments, context in found:
            place = (f"{folder}/{filename}", 0)
            template.add(
                message, locations=[place], auto_comments=comments, context=context
            )
    return template


def update(path: Path, template: Catalog) -> Catalog:
    """Return the catalog at *path*, merged with *template*."""
    tag = path.parent.parent.name
    locale = Locale.parse(tag, sep="-")
    catalog = Catalog(locale=locale)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=locale)
    own = deepcopy(template)
    catalog.update(own, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    if tag == "en":
        for message in catalog:
            if message.id:
                message.string = message.id
    catalog.fuzzy = False
    return catalog


def main() -> int:
    """Write the template and all catalogs."""
    template = collect()
    write(LOCALES / "notifier.pot", template)
    for folder in sorted(LOCALES.glob("*/")):
        path = folder / "LC_MESSAGES" / "notifier.po"
        path.parent.mkdir(exist_ok=True)
        catalog = update(path, template)
        write(path, catalog)
        empty = sum(not _done(message.string) for message in catalog if message.id)
        print(f"{folder.name}: {len(catalog)} messages, {empty} to translate")
    return 0


def _done(text: str | tuple[str, ...] | list[str]) -> bool:
    return all(text) if isinstance(text, tuple | list) else bool(text)


def write(path: Path, catalog: Catalog) -> None:
    """Write *catalog*, one file name per message as its place."""
    catalog.revision_date = DATED
    with path.open("wb") as file:
        write_po(file, catalog, width=88, include_lineno=False, omit_header=False)


if __name__ == "__main__":
    sys.exit(main())
