"""Sites of the sample and of the folders of the tests, and how to look into them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html

from notifier.model.notice import Notice
from notifier.notice import read_notice
from notifier.outputs.pages.publication import Publication
from notifier.resources import resource_folder
from tests.outputs.pages.publications import publication, site_files

SAMPLE = resource_folder("examples") / "email-infrastructure"
FOLDERS = sorted(
    path.parent
    for path in (Path(__file__).parents[2] / "folders").glob("*/notice.yaml")
)


def notice_of(folder: Path = SAMPLE, *langs: str) -> Notice:
    """Return the notice of *folder*, in the locales *langs* if any are given."""
    notice, _ = read_notice(folder)
    locales = langs or notice.locales
    default = notice.default_locale
    return replace(
        notice,
        locales=locales,
        default_locale=default if default in locales else locales[0],
    )


def site_of(*notices: Notice | Publication) -> dict[str, bytes]:
    """Return the files of the site of *notices* by their paths below `web/`."""
    made = [
        each if isinstance(each, Publication) else publication(each) for each in notices
    ]
    return {str(path.relative_to("web")): data for path, data in site_files(*made)}


def page_of(*notices: Notice, lang: str = "en") -> html.HtmlElement:
    """Return the page of the first of *notices*."""
    return parsed(site_of(*notices)[f"{lang}/{notices[0].id}/index.html"])


def parsed(data: bytes) -> html.HtmlElement:
    return html.document_fromstring(data.decode())


def texts(page: html.HtmlElement, path: str) -> list[str]:
    """Return the texts of the elements at an XPath, blanks made one."""
    return [" ".join(each.text_content().split()) for each in page.xpath(path)]


def dead_links(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the relative addresses that lead to no file, or to no place in it."""
    ids = {
        path: set(parsed(data).xpath("//@id"))
        for path, data in files.items()
        if path.endswith(".html")
    }
    for path in ids:
        for address in parsed(files[path]).xpath("//@href | //@src | //@srcset"):
            parts = urlsplit(address)
            if parts.scheme:
                continue
            beside = posixpath.join(posixpath.dirname(path), parts.path)
            target = posixpath.normpath(beside) if parts.path else path
            if target not in files or (
                parts.fragment and parts.fragment not in ids[target]
            ):
                yield f"{path}: {address}"
