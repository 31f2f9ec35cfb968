"""The command `preview`: its words, its port, its end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from notifier.cli import main

COMMAND = [sys.executable, "-c", "from notifier.cli import main; main()", "preview"]


def run(*arguments):
    return CliRunner().invoke(main, ["preview", *map(str, arguments)])


@contextmanager
def started(*arguments):
    """Run the command until it says where the page is."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
def test_it_says_where_the_page_is_and_ends_quietly(sample):
    with started(sample, "--now", "2024-02-01", "--port", "0") as (process, url):
        page = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with page.open(f"{url}state.json", timeout=10) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        rest, said = process.communicate(timeout=15)

    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", url)
    assert rest == ""
    assert said == (
        f"Showing {sample} as of 2024-02-01 00:00 UTC at:\nCtrl+C ends it.\nEnded.\n"
    )
    assert process.returncode == 0


@pytest.mark.slow
def test_a_port_that_is_taken_is_said(sample):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with started(sample, "--port", port) as (process, url):
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=15)

    assert said.startswith(f"Port {port} is taken.\n")
    assert int(url.rstrip("/").rpartition(":")[2]) > port


def test_a_folder_that_is_not_there_is_a_problem(tmp_path):
    result = run(tmp_path / "nowhere")

    assert result.exit_code == 1
    assert "is not a folder [preview/no-folder]" in result.stderr


def test_a_server_that_is_not_installed_is_a_problem(sample, monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "notifier.preview.server", raising=False)

    result = run(sample)

    assert result.exit_code == 1
    assert "the preview needs uvicorn, which is not installed" in result.stderr
    assert "pip install 'notifier[preview]'" in result.stderr


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_cannot_be_is_a_wrong_usage(sample, port):
    assert run(sample, "--port", port).exit_code == 2
