"""Results go to stdout one by one, or together into a folder."""

from __future__ import annotations

from pathlib import PurePosixPath

import click
import pytest

from notifier.cli.results import deliver
from notifier.outputs.files import folder_files

ONE = (PurePosixPath("en/page.md"), "# Più\n".encode())
TWO = (PurePosixPath("it/page.md"), b"# Due\n")


def test_a_dash_prints_the_only_result_as_it_is(capfdbinary):
    deliver(iter([ONE]), "-")

    assert capfdbinary.readouterr() == ("# Più\n".encode(), b"")


@pytest.mark.parametrize(
    ("files", "count"), [([], "none"), ([ONE, TWO], "several")], ids=["none", "two"]
)
def test_a_dash_refuses_another_number_of_results(files, count):
    with pytest.raises(click.UsageError) as error:
        deliver(files, "-")

    assert error.value.message == (
        f"'-o -' prints one result, but there are {count}: "
        "ask for exactly one, or name a folder."
    )


def test_a_folder_takes_all_results_and_the_count_is_talk(tmp_path, capsys):
    target = tmp_path / "out"

    with click.Context(click.Command("render"), info_name="render"):
        deliver([ONE, TWO], str(target))

    assert list(folder_files(target)) == [ONE, TWO]
    assert capsys.readouterr() == ("", f"Wrote 2 files into {target}.\n")
