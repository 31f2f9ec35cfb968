"""Whole trees as `publish` writes them: of the sample, and of four notices at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import html

from notifier.outputs.files import folder_files
from notifier.outputs.publish import publish, read_notices
from tests.outputs.pages.site_samples import FOLDERS, SAMPLE

LOCALES = "[en, it, fr, de, es, pt-BR, nl, sv, pl, ja, ko, zh-Hans, zh-Hant, ar]"
# What tells a copy of the sample from the sample.
OTHER = {"notice": "database", "path": "database.md"}
# Seconds and minutes that stand in no notice, so that a clock in a file is seen.
CLOCKS = {
    "sample": datetime(2024, 2, 1, 17, 43, 29, tzinfo=UTC),
    "folders": datetime(2025, 2, 3, 9, 43, 29, tzinfo=UTC),
}
NOTICES = {"sample": (SAMPLE,), "folders": tuple(FOLDERS)}
SITES = {
    "sample": "https://notices.example.com/",
    "folders": "https://notices.stellwerk.example/",
}


def published(folders: tuple[Path, ...], *, now: datetime) -> dict[str, bytes]:
    """Return the files that `publish` writes of *folders*, by their paths."""
    notices, _ = read_notices(folders)
    with TemporaryDirectory() as room:
        output = Path(room) / "site"
        publish(notices, now=now, output=output)
        return {str(path): data for path, data in folder_files(output)}


@cache
def tree(name: str) -> Mapping[str, bytes]:
    """Return the tree of the sample, or of the `folders` of the tests."""
    return published(NOTICES[name], now=CLOCKS[name])


def pages(name: str) -> Iterator[tuple[str, html.HtmlElement]]:
    """Yield the HTML pages of a tree by their paths below `web/`."""
    for path, data in tree(name).items():
        if path.endswith(".html"):
            yield path.removeprefix("web/"), html.document_fromstring(data.decode())


def is_notice_page(path: str) -> bool:
    """Tell the page of a notice, below `web/`, from an index."""
    return path.count("/") == 2


def edit(folder: Path, old: str, new: str, *, file: str = "notice.yaml") -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def copy_of(folder: Path, name: str, **changes: str) -> Path:
    """Return a further notice like *folder*, with other values of some keys."""
    other = folder.parent / name
    for path, data in folder_files(folder):
        target = other / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    for key, value in changes.items():
        text = (other / "notice.yaml").read_text("utf-8")
        text, count = re.subn(
            rf"^( *{key}): .*$", rf"\1: {value}", text, count=1, flags=re.MULTILINE
        )
        assert count
        (other / "notice.yaml").write_text(text, "utf-8")
    return other
