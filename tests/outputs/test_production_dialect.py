"""Every Markdown file that is made, as the production renderer shows it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from notifier.content.dialect import parse, render_signature
from notifier.model.notice import Fallback
from notifier.notice import read_notice
from notifier.outputs.documents import render_documents
from notifier.outputs.jobs import RenderRequest
from notifier.resources import resource_folder
from tests.validators.dialect import render_production, require_node

pytestmark = pytest.mark.slow

FOLDERS = Path(__file__).parent.parent / "folders"
SAMPLE = resource_folder("examples") / "email-infrastructure"
CLOCKS = {
    SAMPLE: datetime(2024, 2, 1, tzinfo=UTC),
    **{
        path.parent: datetime(2025, 2, 3, 9, tzinfo=UTC)
        for path in sorted(FOLDERS.glob("*/notice.yaml"))
    },
}


def documents(folder: Path, now: datetime) -> dict[str, str]:
    """Return the Markdown of all documents of *folder*, without front matter."""
    notice, _ = read_notice(folder)
    notice = replace(notice, fallback=Fallback.WARN)
    rendering = render_documents(notice, RenderRequest(formats=("md",)), now=now)
    return {
        f"{folder.name}/{file.path}": re.sub(
            r"\A---\n.*?\n---\n", "", file.text, flags=re.DOTALL
        )
        for file in rendering.files
    }


def structure(rendered):
    """Return the signature without the ids that production makes up."""
    return [
        (tag, "" if re.fullmatch(r"-?\d*", value) else value)
        for tag, value in render_signature(rendered)
    ]


def test_what_is_made_looks_in_production_as_in_our_html():
    require_node()
    made = {
        name: text
        for folder, now in CLOCKS.items()
        for name, text in documents(folder, now).items()
    }

    results = render_production(made.values())

    assert len(made) > 100
    shown = dict(zip(made, results, strict=True))
    assert {n: r.leftovers for n, r in shown.items() if r.leftovers or r.error} == {}
    differing = [
        name
        for name, text in made.items()
        if structure(shown[name].html) != structure(parse(text))
    ]
    assert differing == []


def test_a_damaged_page_is_noticed():
    require_node()
    page = documents(SAMPLE, CLOCKS[SAMPLE])["email-infrastructure/it/page.md"]

    [result] = render_production([page.replace('){target="_blank"}', ") {#x} **", 1)])

    assert result.leftovers != ()
