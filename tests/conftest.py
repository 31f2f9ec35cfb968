"""What all tests share: golden files, the sample, no network, no silent skips."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from notifier.resources import resource_folder

GOLDEN = Path(__file__).parent / "golden"

hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.load_profile("same")


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="renew the files in tests/golden"
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """See to it that no test is skipped in CI for want of a tool."""
    return _refuse_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    """See to it that no module is skipped in CI for want of a tool."""
    return _refuse_skip((yield))


def _refuse_skip(report):
    if report.skipped and os.environ.get("CI") == "true":
        reason = str(report.longrepr)
        if "Skipped: needs " in reason:
            report.outcome = "failed"
            report.longrepr = f"skipped in CI: {reason}"
    return report


@pytest.fixture(autouse=True)
def _same_surroundings(monkeypatch):
    """Keep the shell's own settings out of what the tests see."""
    for name in ("NOTIFIER_NOW", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Return a copy of the sample notice folder, free to be changed."""
    folder = tmp_path / "email-infrastructure"
    shutil.copytree(resource_folder("examples") / folder.name, folder)
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str | bytes], None]:
    """Return a function that compares a result with `tests/golden/<name>`."""

    def compare(name: str, result: str | bytes) -> None:
        path = GOLDEN / name
        data = result.encode() if isinstance(result, str) else result
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        assert path.is_file(), f"no golden file {name}: run pytest --update-golden"
        # As text where it is text, so that pytest shows the lines that differ.
        assert data.decode() == path.read_text("utf-8")
        assert data == path.read_bytes()

    return compare
