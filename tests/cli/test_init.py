"""`notifier init` writes the sample."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from notifier.cli import main
from notifier.outputs.files import folder_files
from notifier.resources import resource_folder


def init(target):
    return CliRunner().invoke(main, ["init", str(target)])


def test_the_whole_sample_is_written_and_the_next_steps_are_told(tmp_path):
    target = tmp_path / "my notice"

    result = init(target)

    sample = resource_folder("examples") / "email-infrastructure"
    assert (result.exit_code, result.stdout) == (0, "")
    assert list(folder_files(target)) == list(folder_files(sample))
    assert result.stderr.splitlines() == [
        f"Wrote {len(list(folder_files(sample)))} files. Next:",
        f"  notifier waves '{target}' --now 2024-01-25",
        f"  notifier render '{target}' --now 2024-01-25 -o out",
        f"Then change '{target}/notice.yaml'.",
    ]


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("ten years")

    result = init(tmp_path)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"{tmp_path}: error: there is something here already [output/not-empty]\n"
        "    hint: name a new or an empty folder\n"
        "1 error\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("target", ["/dev/null", "/proc/none/here"])
def test_a_place_where_nothing_can_be_written_is_a_problem(target):
    result = init(target)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(("/dev/null: error", "/proc/none: error"))
