"""The same folder and the same `--now` give the same bytes, whatever the shell."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from notifier.outputs.files import folder_files

NOTIFIER = str(Path(sys.executable).with_name("notifier"))
PLAIN = {"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0"}
OTHER = {
    "PATH": os.environ["PATH"],
    "LC_ALL": "it_IT.UTF-8",
    "LANGUAGE": "it",
    "TZ": "Asia/Tokyo",
    "PYTHONHASHSEED": "1",
    "PYTHONIOENCODING": "latin-1",
    "COLUMNS": "40",
    "FORCE_COLOR": "1",
}
WAVES = [
    ["waves", ".", "--now", "2024-01-25", "--to", format_]
    for format_ in ("table", "json", "svg", "ics")
]
each_waves = pytest.mark.parametrize("args", WAVES, ids=lambda args: args[-1])


def printed(args: list[str], folder: Path, env: dict[str, str]) -> bytes:
    run = subprocess.run(
        [NOTIFIER, *args], cwd=folder, env=env, stdout=subprocess.PIPE, check=True
    )
    return run.stdout


def shown_on_a_terminal(args: list[str], folder: Path) -> bytes:
    ours, theirs = pty.openpty()
    modes = termios.tcgetattr(theirs)
    modes[1] &= ~termios.OPOST  # else the terminal turns LF into CR LF
    termios.tcsetattr(theirs, termios.TCSANOW, modes)
    env = PLAIN | {"TERM": "xterm-256color"}
    with subprocess.Popen(
        [NOTIFIER, *args], cwd=folder, env=env, stdin=theirs, stdout=theirs
    ) as process:
        os.close(theirs)
        pieces = []
        try:
            while piece := os.read(ours, 65536):
                pieces.append(piece)
        except OSError:  # how Linux says that the other end is closed
            pass
        os.close(ours)
    assert process.returncode == 0
    return b"".join(pieces)


@pytest.mark.slow
@each_waves
def test_waves_prints_the_same_in_every_shell(args, sample):
    assert printed(args, sample, PLAIN) == printed(args, sample, OTHER)


@pytest.mark.slow
@each_waves
def test_waves_prints_the_same_on_a_terminal_as_into_a_pipe(args, sample):
    assert shown_on_a_terminal(args, sample) == printed(args, sample, PLAIN)


@pytest.mark.slow
def test_render_writes_the_same_in_every_shell(sample):
    args = ["render", ".", "--now", "2024-01-25", "--locale", "en", "-o"]

    printed([*args, "../one"], sample, PLAIN)
    printed([*args, "../two"], sample, OTHER)

    one = list(folder_files(sample.parent / "one"))
    assert one == list(folder_files(sample.parent / "two"))
    assert len(one) >= 3


@pytest.mark.slow
def test_emails_writes_the_same_in_every_shell_and_on_a_terminal(sample):
    args = ["emails", ".", "--now", "2024-01-25", "--to", "mbox", "--to", "jsonl", "-o"]

    talk = [
        printed([*args, "../one"], sample, PLAIN),
        printed([*args, "../two"], sample, OTHER),
        shown_on_a_terminal([*args, "../three"], sample),
    ]

    one = list(folder_files(sample.parent / "one"))
    assert talk == [b"", b"", b""]
    assert one == list(folder_files(sample.parent / "two"))
    assert one == list(folder_files(sample.parent / "three"))
    assert len(one) >= 5


@pytest.mark.slow
def test_publish_writes_the_same_in_every_shell_and_on_a_terminal(sample):
    args = ["publish", ".", "--now", "2024-01-25", "-o"]

    talk = [
        printed([*args, "../one"], sample, PLAIN),
        printed([*args, "../two"], sample, OTHER),
        shown_on_a_terminal([*args, "../three"], sample),
    ]

    one = list(folder_files(sample.parent / "one"))
    assert talk == [b"", b"", b""]
    assert one == list(folder_files(sample.parent / "two"))
    assert one == list(folder_files(sample.parent / "three"))
    assert len(one) == 128
