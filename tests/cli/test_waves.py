"""`notifier waves` shows the schedule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from notifier.cli import main
from notifier.outputs.files import folder_files


def waves(folder: Path, *args: str | Path) -> Result:
    words = ["waves", folder, "--now", "2024-01-25", *args]
    return CliRunner().invoke(main, [str(word) for word in words])


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_sample_is_shown_as_a_table_without_a_complaint(sample):
    result = waves(sample)

    assert (result.exit_code, result.stderr) == (0, "")
    assert "production-4" in result.stdout
    assert "\x1b" not in result.stdout


def test_the_current_folder_is_the_default(sample, monkeypatch):
    monkeypatch.chdir(sample)

    assert waves(Path()).stdout == waves(sample).stdout


def test_every_format_is_written_into_a_folder(sample, tmp_path):
    formats = ("--to", "ics", "--to", "table", "--to", "svg", "--to", "json")

    result = waves(sample, *formats, "-o", tmp_path / "out")

    names = [str(path) for path, _ in folder_files(tmp_path / "out")]
    assert (result.exit_code, result.stdout) == (0, "")
    assert names == ["timeline.svg", "waves.ics", "waves.json", "waves.txt"]


def test_several_formats_need_a_folder(sample):
    result = waves(sample, "--to", "json", "--to", "svg")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "'-o -' prints one result, but there are several" in result.stderr


def test_a_schedule_with_errors_is_shown_with_status_1(sample):
    replace(sample / "waves.yaml", "window: 4 hours", "window: 10 minutes")

    result = waves(sample, "--to", "json")

    shown = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [problem["rule"] for problem in shown["problems"]] == [
        "waves/window-too-short"
    ]
    assert "[waves/window-too-short]" in result.stderr
    assert result.stderr.endswith("\n1 error\n")


@pytest.mark.parametrize("format_", ["svg", "ics"])
def test_customers_never_get_a_schedule_with_errors(sample, format_):
    replace(sample / "waves.yaml", "window: 4 hours", "window: 10 minutes")

    result = waves(sample, "--to", format_)

    assert (result.exit_code, result.stdout) == (1, "")
    assert "[waves/window-too-short]" in result.stderr


@pytest.mark.parametrize("kind", ["absent", "file"])
def test_a_folder_that_is_none_is_a_problem(tmp_path, kind):
    if kind == "file":
        (tmp_path / "nowhere").write_text("no folder")

    result = waves(tmp_path / "nowhere")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("\n1 error\n")


@pytest.fixture
def without_waves(sample: Path) -> Path:
    for name in ("waves.yaml", "instances.csv", "contacts.csv"):
        (sample / name).unlink()
    return sample


def test_a_notice_without_waves_has_an_empty_schedule_and_that_is_said_once(
    without_waves,
):
    result = waves(without_waves, "--to", "json")

    assert result.exit_code == 0
    assert json.loads(result.stdout)["waves"] == []
    assert result.stderr.count("no waves.yaml") == 1


@pytest.mark.parametrize(
    ("format_", "rule"), [("svg", "timeline/no-phases"), ("ics", "calendar/no-waves")]
)
def test_without_waves_there_is_no_timeline_and_no_calendar(
    without_waves, format_, rule
):
    result = waves(without_waves, "--to", format_)

    assert (result.exit_code, result.stdout) == (1, "")
    assert f"[{rule}]" in result.stderr


@pytest.mark.parametrize("format_", ["svg", "ics"])
def test_an_unknown_locale_is_a_problem(sample, format_):
    result = waves(sample, "--to", format_, "--locale", "xx")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "'xx'" in result.stderr
