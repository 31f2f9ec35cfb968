"""Notice folders with catalogs, for the tests of the translators' workflow."""

from __future__ import annotations

from pathlib import Path

from notifier.language.po_document import PoDocument, read_document
from notifier.model.notice import Notice
from notifier.notice import read_notice

NOTICE = """\
notice: mail
kind: upgrade
title: Mail upgrade
reason: We move your mail until {date:2024-03}.
publisher: {name: Kestrel}
support: {name: Kestrel Care, url: "https://kestrel.example/help"}
audience:
  - All customers
locales: [en, it, pl]
"""
ITALIAN = """\
msgid ""
msgstr ""
"Language: it\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

# checked by Anna
msgid "Mail upgrade"
msgstr "Aggiornamento della posta"

msgid "Kestrel Care"
msgstr "Assistenza Kestrel"
"""


def mail_folder(folder: Path, **files: str) -> Path:
    """Return *folder* with a small notice, and with *files* by their paths."""
    write(folder, "notice.yaml", NOTICE)
    write(folder, "locales/it/LC_MESSAGES/notice.po", ITALIAN)
    for name, text in files.items():
        write(folder, name, text)
    return folder


def write(folder: Path, name: str, text: str) -> None:
    """Write the file *name* in *folder*."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def change(folder: Path, old: str, new: str, name: str = "notice.yaml") -> None:
    """Replace *old* by *new* in a file of *folder*."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    write(folder, name, text.replace(old, new))


def notice_in(folder: Path) -> Notice:
    """Return the notice in *folder*."""
    return read_notice(folder)[0]


def catalog(folder: Path, tag: str = "it") -> PoDocument:
    """Return the catalog of *tag*."""
    name = f"locales/{tag}/LC_MESSAGES/notice.po"
    document = read_document(folder, name, shown=name)
    assert document is not None
    return document


def translations(folder: Path, tag: str = "it") -> dict[str, str]:
    """Return the first form of each message in the catalog of *tag*."""
    return {
        key[1]: entry.forms[0] for key, entry in catalog(folder, tag).current.items()
    }


def catalog_bytes(folder: Path) -> dict[str, bytes]:
    """Return the bytes of everything in `locales/`."""
    files = sorted((folder / "locales").rglob("*.po*"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
