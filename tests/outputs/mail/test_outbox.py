"""The outbox streams messages into files, of which few are open at a time."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from mail_samples import Desk, Values, run_of

from notifier.outputs.mail.outbox import Outbox, Posting


@pytest.fixture(scope="module")
def posting() -> Posting:
    return Desk(run_of()).post("en", Values())


def open_files() -> int:
    """Return how many files this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def about(posting: Posting, wave: str) -> Posting:
    """Return the message as if it were about *wave*."""
    planned = posting.wave
    assert planned is not None
    return replace(posting, wave=replace(planned, wave=replace(planned.wave, id=wave)))


def to(posting: Posting, email: str) -> Posting:
    """Return the message as if it went to *email*."""
    return replace(posting, to=replace(posting.to, email=email))


def test_more_waves_than_a_system_opens_files_make_a_file_each(posting, tmp_path):
    before = open_files()
    most = 0
    with ExitStack() as stack:
        outbox = Outbox(tmp_path, ("mbox", "jsonl"), stack)
        for _ in range(2):
            for number in range(300):
                outbox.add(about(posting, f"night-{number}"))
                most = max(most, open_files() - before)

    boxes = sorted((tmp_path / "announcement").glob("*.mbox"))
    lines = sorted((tmp_path / "announcement").glob("*.jsonl"))
    assert most <= 101
    assert open_files() == before
    assert {path.read_bytes().count(b"\nMessage-ID: ") for path in boxes} == {2}
    assert {path.read_bytes().count(b"\n") for path in lines} == {2}
    assert (len(boxes), len(lines), len(outbox.names)) == (300, 300, 601)
    assert len(set(outbox.names)) == 601


def test_the_names_are_those_of_the_files(posting, tmp_path):
    with ExitStack() as stack:
        outbox = Outbox(tmp_path, ("eml", "mbox", "eml"), stack)
        for name in ("ann@example.com", "bob@example.com"):
            outbox.add(to(posting, name))

    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(outbox.names) == sorted(
        path.relative_to(tmp_path).as_posix() for path in found
    )
    assert len(outbox.names) == 4


def test_two_messages_never_share_a_file(posting, tmp_path):
    with ExitStack() as stack:
        outbox = Outbox(tmp_path, ("eml",), stack)
        outbox.add(posting)

        with pytest.raises(FileExistsError):
            outbox.add(posting)


def test_the_file_of_a_message_does_not_tell_the_address(posting, tmp_path):
    with ExitStack() as stack:
        outbox = Outbox(tmp_path, ("eml",), stack)
        outbox.add(posting)

    (name, _) = outbox.names
    assert Path(name).parent.as_posix() == "announcement/production-1/en"
    assert Path(name).name.startswith("aurora--")
    assert "giulia" not in name


def test_an_address_that_looks_like_a_formula_is_guarded_in_the_manifest(
    posting, tmp_path
):
    with ExitStack() as stack:
        Outbox(tmp_path, ("mbox",), stack).add(to(posting, "=cmd@example.com"))

    with (tmp_path / "manifest.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["contact"] == "'=cmd@example.com"
    assert row["file"] == "announcement/production-1.mbox"


def test_each_message_of_an_mbox_begins_with_its_line_and_ends_with_an_empty_one(
    posting, tmp_path
):
    with ExitStack() as stack:
        outbox = Outbox(tmp_path, ("mbox",), stack)
        outbox.add(posting)
        outbox.add(posting)

    data = (tmp_path / "announcement" / "production-1.mbox").read_bytes()
    body = posting.data.replace(b"\r\n", b"\n")
    assert data == (b"From MAILER-DAEMON Thu Feb 01 00:00:00 2024\n" + body + b"\n") * 2
