"""The command line as a whole: help, exit status, streams, failures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from notifier.cli import main
from notifier.cli.options import moment, now_option
from notifier.cli.problems import explain
from notifier.errors import NotifierError, Place, Problem, Severity

NOTIFIER = Path(sys.executable).with_name("notifier")


def run(*args: str | Path, **env: str) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], env=env)


def shell(command: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run a shell line in which `$notifier` is the command."""
    settings = {"PATH": os.environ["PATH"], "notifier": str(NOTIFIER), **env}
    return subprocess.run(
        ["/bin/bash", "-c", command], env=settings, capture_output=True, check=False
    )


@pytest.mark.parametrize("name", main.commands)
def test_each_command_has_a_help_with_an_example(name):
    result = run(name, "--help")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Usage: notifier {name} ")
    assert "Example" in result.stdout


def test_the_help_of_notifier_imports_no_command():
    program = (
        "import sys\n"
        "from notifier.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted(n for n in sys.modules if n.startswith('notifier')))"
    )

    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert result.stdout.endswith("['notifier', 'notifier.cli']\n")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["wave"], "No such command 'wave'. Did you mean 'waves'?"),
        (["init"], "Missing argument 'DIR'."),
        (["waves", "--outptu", "x"], "'--outptu'. Did you mean '--output'?"),
        (["waves", "--now", "soon"], "'soon' is no ISO date or time"),
        (["waves", "--now", "9999-12-31"], "is not in the years 1970 to 2999."),
        (["waves", "--now", "0001-01-01T00:00+14:00"], "is no ISO date or time"),
    ],
    ids=["command", "argument", "option", "now", "far", "overflow"],
)
def test_wrong_usage_ends_with_2_and_says_what_on_stderr(args, message):
    result = run(*args)

    assert (result.exit_code, result.stdout) == (2, "")
    assert message in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-01-25", "2024-01-25T00:00:00+00:00"),
        ("2024-01-25T09:30", "2024-01-25T09:30:00+00:00"),
        ("2024-01-25T09:30:15.9Z", "2024-01-25T09:30:15+00:00"),
        ("2024-01-25 00:30+01:00", "2024-01-24T23:30:00+00:00"),
    ],
    ids=["date", "naive", "fraction", "offset"],
)
@pytest.mark.parametrize("source", ["option", "environment"])
def test_now_is_a_moment_in_utc(written, iso, source):
    @click.command()
    @now_option
    def show(now):
        click.echo(now.isoformat())

    args, env = (["--now", written], {}) if source == "option" else ([], written)
    result = CliRunner().invoke(show, args, env={"NOTIFIER_NOW": env} if env else {})

    assert result.stdout == f"{iso}\n"


def test_without_now_the_clock_counts():
    context = click.Context(main)

    now = moment(context, main.params[0], None)

    assert now.utcoffset() is not None
    assert now.microsecond == 0
    assert now.year >= 2026


def test_problems_are_printed_in_order_with_hint_and_count(capsys):
    status = explain(
        NotifierError(
            [
                Problem("waves/late", "late", Place("w.yaml", 9, 1), "go"),
                Problem("a/b", "a \x1b[31m", Place("a\x07.csv"), None),
                Problem("a/b", "first", None, None, Severity.WARNING),
            ]
        )
    )

    out, err = capsys.readouterr()
    assert (status, out) == (1, "")
    assert err == (
        "warning: first [a/b]\n"
        "a\\x07.csv: error: a \\x1b[31m [a/b]\n"
        "w.yaml:9:1: error: late [waves/late]\n"
        "    hint: go\n"
        "2 errors, 1 warning\n"
    )


def test_an_interrupt_ends_with_130_and_without_a_traceback(tmp_path):
    program = (
        "import notifier.cli as cli\n"
        "def stop(): raise KeyboardInterrupt\n"
        "cli.main.callback = stop\n"
        "cli.main(['init', 'x'])"
    )

    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, cwd=tmp_path
    )

    assert (result.returncode, result.stdout) == (130, b"")
    assert result.stderr == b"\ninterrupted\n"


def test_a_fault_of_the_program_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        explain(ZeroDivisionError())


def test_a_full_disk_is_one_problem():
    result = shell('"$notifier" --help > /dev/full')

    assert result.returncode == 1
    assert result.stderr == (
        b"error: the system says 'no space left on device' [system/files]\n"
        b"    hint: check the free space and your rights, then run the command again\n"
        b"1 error\n"
    )


def test_a_reader_that_goes_away_hears_no_complaint():
    result = shell('"$notifier" --help | true; echo ${PIPESTATUS[0]}')

    assert result.stderr == b""


@pytest.mark.parametrize("stream", [">&-", "2>&-", "<&-"])
def test_a_closed_stream_is_no_traceback(stream, tmp_path):
    result = shell(f'"$notifier" init {tmp_path}/x {stream}')

    assert result.returncode == 0
    assert b"Traceback" not in result.stderr
