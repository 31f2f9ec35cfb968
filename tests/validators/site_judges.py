"""Ask the outside judges of what machines read of the web site."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from lxml import etree

from tests.node import find_node

FOLDER = Path(__file__).parent
BROWSER = FOLDER.parent / "browser" / "site.mjs"
MODULES = FOLDER / "node_modules"
# The sitemap schema wants a declaration of each foreign element.
_ENTRY = """\
<schema xmlns="http://www.w3.org/2001/XMLSchema">
  <import namespace="http://www.sitemaps.org/schemas/sitemap/0.9"
          schemaLocation="{schema}"/>
  <import namespace="http://www.w3.org/1999/xhtml" schemaLocation="{link}"/>
</schema>
"""


def feed_errors(feed: bytes) -> list[str]:
    """Return what the grammar of Atom says against a feed."""
    grammar = etree.RelaxNG(etree.parse(str(FOLDER / "atom.rng")))
    grammar.validate(etree.fromstring(feed))
    return [error.message for error in grammar.error_log]


def sitemap_errors(sitemap: bytes) -> list[str]:
    """Return what the published schema of sitemaps says against one."""
    schema = _package("sitemap") / "schema" / "sitemap.xsd"
    link = FOLDER / "xhtml-link.xsd"
    entry = _ENTRY.format(schema=schema.as_uri(), link=link.as_uri())
    judge = etree.XMLSchema(etree.fromstring(entry))
    judge.validate(etree.fromstring(sitemap))
    return [error.message for error in judge.error_log]


def read_sitemap(sitemap: bytes, *, index: bool = False) -> list[dict[str, object]]:
    """Return the items that the parser of the npm package `sitemap` finds."""
    _package("sitemap")
    kind = "index" if index else "sitemap"
    found = json.loads(_node("sitemap.mjs", sitemap.decode(), kind))
    return list(found)


def calendar_events(calendar: bytes) -> list[dict[str, object]]:
    """Return what vobject finds in the events of a calendar; it has to be valid."""
    python = FOLDER / ".venv" / "bin" / "python"
    if not python.exists():
        pytest.skip("needs `scripts/test-tools` to install the calendar readers")
    answer = subprocess.run(
        [python, FOLDER / "calendars.py"],
        input=json.dumps({"calendars": calendar.decode()}),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return list(json.loads(answer.stdout))


def vocabulary_errors(graphs: Iterable[str]) -> list[list[str]]:
    """Return, per graph, what the types of schema.org say against it."""
    _package("typescript")
    _package("schema-dts")
    found = json.loads(_node("structured_data.cjs", json.dumps(list(graphs))))
    return list(found)


def browsed(**asked: object) -> Mapping[str, list[Mapping[str, object]]]:
    """Open pages in Chromium; return what `tests/browser/site.mjs` says is there."""
    _package("axe-core")
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("needs chromium")
    given = json.dumps({"browser": browser, **asked}, default=str)
    return dict(json.loads(_node(str(BROWSER), given)))


def _package(name: str) -> Path:
    if not (MODULES / name).is_dir():
        pytest.skip("needs `npm ci` in tests/validators")
    return MODULES / name


def _node(script: str, given: str, *options: str) -> str:
    return subprocess.run(
        [find_node(), str(FOLDER / script), *options],
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=240,
    ).stdout
