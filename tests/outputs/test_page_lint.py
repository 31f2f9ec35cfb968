"""Pages of all notices, locales and FAQ styles, before three judges of the dialect."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from notifier.content.dialect.lint import lint
from notifier.errors import Severity
from notifier.model.notice import Fallback
from notifier.model.page import FaqStyle
from notifier.notice import read_notice
from notifier.outputs.documents import render_documents
from notifier.outputs.jobs import RenderRequest
from notifier.resources import resource_folder
from tests.content.lint_samples import SAMPLES
from tests.validators.dialect import render_production
from tests.validators.markdownlint import markdownlint

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
# Of the samples of the lint, those that the renderer fails on or shows as markup.
SPOILED = {
    "AM009-blank",
    "AM009-inside",
    "AM017",
    "AM022",
    "alert-first",
    "bold-edge-cell",
    "bold-edge-ko",
    "bold-edge-open",
    "bold-edge-zh",
    "collapsible-title",
}
# What markdownlint finds under the same name.
SHARED = {
    *("MD001", "MD003", "MD004", "MD009", "MD010", "MD012", "MD018", "MD022"),
    *("MD025", "MD029", "MD032", "MD033", "MD041", "MD046", "MD047", "MD058"),
}


@cache
def pages() -> dict[str, str]:
    """Return every page by notice, FAQ style and locale."""
    made = {}
    for folder, now in CLOCKS.items():
        notice, _ = read_notice(folder)
        notice = replace(notice, fallback=Fallback.WARN)
        request = RenderRequest(documents=("page",), formats=("md",))
        for style in FaqStyle:
            styled = replace(notice, page=replace(notice.page, faq_style=style))
            for file in render_documents(styled, request, now=now).files:
                name = f"{folder.name}/{style}/{file.path.parts[0]}"
                made[name] = file.text
    return made


def test_all_pages_are_clean_in_all_locales_and_styles():
    made = pages()

    found = {
        name: lint(text, lang=name.rpartition("/")[2]) for name, text in made.items()
    }

    assert len(made) > 80
    assert {name: each for name, each in found.items() if each} == {}


def test_a_damaged_page_is_told():
    page = pages()["email-infrastructure/list/it"]
    damaged = page.replace('){target="_blank"}', ') {target="_blank"}', 1)

    assert [each.rule for each in lint(damaged)] == ["link-target"]


def test_markdownlint_finds_nothing_in_all_pages(tmp_path):
    assert markdownlint(pages(), tmp_path) == []


def test_markdownlint_sees_the_faults_that_have_its_names(tmp_path):
    samples = {each.id: each for each in SAMPLES if each.rule in SHARED}

    found = markdownlint({name: each.bad for name, each in samples.items()}, tmp_path)

    seen = {name: rule for name, _, rule in found if samples[name].rule == rule}
    # A number with a parenthesis is to it as good as one with a full stop.
    assert set(samples) - set(seen) == {"MD029-parenthesis"}


def test_markdownlint_finds_nothing_in_what_just_keeps_a_rule(tmp_path):
    samples = {each.id: each for each in SAMPLES}

    found = markdownlint({name: each.good for name, each in samples.items()}, tmp_path)

    assert found == []


def test_production_shows_all_pages_without_leftovers():
    made = pages()

    shown = dict(zip(made, render_production(made.values()), strict=True))

    assert {n: r for n, r in shown.items() if r.leftovers or r.error} == {}


def test_production_spoils_no_more_than_what_the_lint_calls_an_error():
    bad = [each.bad for each in SAMPLES]

    shown = dict(zip(SAMPLES, render_production(bad), strict=True))

    spoiled = {
        each for each, result in shown.items() if result.leftovers or result.error
    }
    assert {each.id for each in spoiled} == SPOILED
    severities = {
        found.severity
        for each in spoiled
        for found in lint(each.bad)
        if found.rule == each.rule
    }
    assert severities == {Severity.ERROR}


def test_production_shows_what_just_keeps_a_rule_without_leftovers():
    shown = render_production([each.good for each in SAMPLES])

    spoiled = [r for r in shown if r.leftovers or r.error]
    assert spoiled == []


def test_each_judge_sees_a_damaged_page(tmp_path):
    page = pages()["email-infrastructure/collapsible/ja"]
    damaged = re.sub(r"\{#impact\}", "{#aws-faq}", page)
    skipped = page.replace("\n## ", "\n#### ", 1)

    (result,) = render_production([damaged])
    found = markdownlint({"page": skipped}, tmp_path)

    assert "not unique" in (result.error or "")
    assert [rule for _, _, rule in found] == ["MD001"]
    assert [each.rule for each in lint(damaged)] == ["AM022"]
    assert [each.rule for each in lint(skipped)] == ["MD001"]
