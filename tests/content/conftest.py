"""Folders whose templates and words are changed for one test."""

from datetime import UTC, datetime

import pytest

from notifier.notice import read_notice
from notifier.outputs.documents import render_documents
from notifier.outputs.jobs import RenderRequest

NOW = datetime(2024, 2, 1, tzinfo=UTC)


@pytest.fixture
def make(sample):
    """Render documents of the sample in English, after writing files into it."""

    def render(files=None, **request):
        for path, text in (files or {}).items():
            target = sample / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        notice, _ = read_notice(sample)
        request = {"locales": ("en",), "formats": ("md",), **request}
        rendering = render_documents(notice, RenderRequest(**request), now=NOW)
        return {str(file.path): file.text for file in rendering.files}

    return render
