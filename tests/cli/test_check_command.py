"""`notifier check` says whether a notice may go out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from notifier.cli import main

NOTICE = """\
notice: database-upgrade
kind: upgrade
title: Database upgrade
description: What the upgrade of the database means for you
publisher: {name: Kestrel, domain: kestrel.example.com}
support: {name: Kestrel Support, url: "https://kestrel.example.com/help"}
"""
WAVES = """\
blackouts: [{from: 2024-03-05, to: 2024-03-06}]
duration: {setup: 20 minutes, per_instance: 30 minutes}
waves:
  - id: night-1
    environment: production
    start: 2024-03-05T22:00
    window: 4 hours
"""
ACCEPT = ("--ignore", "waves/blackout", "--until", "2024-02-06", "--reason", "agreed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one error: its wave is in a blackout."""
    path = tmp_path / "kestrel"
    path.mkdir()
    (path / "notice.yaml").write_text(NOTICE, "utf-8")
    (path / "waves.yaml").write_text(WAVES, "utf-8")
    (path / "instances.csv").write_text(
        "instance,customer,environment,wave\naurora-1,aurora,production,night-1\n",
        "utf-8",
    )
    (path / "customers.csv").write_text("customer,name\naurora,Aurora\n", "utf-8")
    return path


def check(folder: Path, *args: str | Path) -> Result:
    words = ["check", folder, "--now", "2024-02-01", *args]
    return CliRunner().invoke(main, [str(word) for word in words])


def clear(folder: Path) -> None:
    """Take away what is wrong with the folder."""
    path = folder / "waves.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("start: 2024-03-05", "start: 2024-03-15"), "utf-8")


def test_an_error_holds_the_notice_back(folder):
    broken = check(folder)
    clear(folder)
    whole = check(folder)

    assert (broken.exit_code, broken.stderr) == (1, "")
    assert "[waves/blackout]" in broken.stdout
    assert broken.stdout.endswith("The notice must not go out: 1 error.\n")
    assert (whole.exit_code, whole.stderr) == (0, "")
    assert whole.stdout.endswith("The notice may go out: nothing is wrong.\n")


def test_warnings_hold_it_back_only_if_asked(folder):
    clear(folder)
    (folder / "waivers.yaml").write_text(
        "waivers: [{rule: waves/blackout, until: 2024-02-06, reason: x}]\n", "utf-8"
    )

    lenient, strict = check(folder), check(folder, "--strict")

    assert (lenient.exit_code, strict.exit_code) == (0, 1)
    assert lenient.stdout.endswith("may go out: 1 warning.\n")
    assert strict.stdout.endswith("must not go out: 1 warning.\n")


def test_a_waiver_is_written_and_holds(folder):
    first = check(folder, *ACCEPT)
    again = check(folder)
    late = check(folder, "--now", "2024-02-07")
    renewed = check(folder, *ACCEPT[:3], "2024-03-01", "--reason", "still agreed")

    path = folder / "waivers.yaml"
    assert first.stderr == f"Wrote a waiver of waves/blackout in {path}.\n"
    assert (first.exit_code, again.exit_code, late.exit_code) == (0, 0, 1)
    assert first.stdout == again.stdout
    assert "until 2024-02-06: agreed\n" in again.stdout
    assert "[check/waiver-expired]" in late.stdout
    assert renewed.stderr == f"Renewed a waiver of waves/blackout in {path}.\n"
    assert path.read_text("utf-8") == (
        "# What 'notifier check' does not count, until when, and why.\n"
        "waivers:\n"
        "  - rule: waves/blackout\n"
        "    until: 2024-03-01\n"
        '    reason: "still agreed"\n'
    )


def test_a_waiver_may_be_for_one_place(folder):
    elsewhere = check(folder, *ACCEPT, "--place", "waves.yaml:40")
    here = check(folder, *ACCEPT, "--place", "waves.yaml:4")

    assert (elsewhere.exit_code, here.exit_code) == (1, 0)
    assert "[check/waiver-unused]" in here.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (ACCEPT[:4], "--ignore needs --until DATE and --reason TEXT."),
        (ACCEPT[2:], "--until, --reason and --place are for --ignore."),
        (["--place", "waves.yaml"], "--until, --reason and --place are for --ignore."),
        ([*ACCEPT[:5], " "], "--ignore needs --until DATE and --reason TEXT."),
        ([*ACCEPT, "--until", "2024-01-31"], "--until 2024-01-31 has passed already."),
        ([*ACCEPT, "--until", "soon"], "'soon' does not match the format"),
        ([*ACCEPT, "--ignore", "privacy/public-name"], "cannot be waived."),
        ([*ACCEPT, "--ignore", "waves"], "no rule 'waves'"),
        (["--rule", "wave"], "no rule 'wave'"),
        (["--rule", "waves/blackot"], "did you mean 'waves/blackout'?"),
        (["--to", "html"], "'html' is not one of"),
        (["--to", "json", "--to", "sarif"], "ask for exactly one, or name a folder."),
        (["--previous", "nowhere.csv"], "'nowhere.csv' does not exist."),
    ],
)
def test_a_wrong_call_is_refused_and_writes_nothing(folder, args, said):
    result = check(folder, *args)

    assert result.exit_code == 2
    assert said in result.stderr
    assert not (folder / "waivers.yaml").exists()


def test_some_rules_or_groups_alone_can_be_asked_for(folder):
    mail, schedule = (
        check(folder, "--rule", "mail"),
        check(folder, "--rule", "schedule"),
    )
    both = check(folder, "--rule", "mail", "--rule", "waves/blackout")

    assert [mail.exit_code, schedule.exit_code, both.exit_code] == [0, 1, 1]
    assert mail.stdout.endswith("Asked for mail: nothing is wrong.\n")
    assert both.stdout.endswith("Asked for mail, waves/blackout: 1 error.\n")


def test_an_error_that_keeps_rules_from_being_checked_is_told_with_any_rule(folder):
    (folder / "notice.yaml").write_text(NOTICE.replace("upgrade", "ugrade"), "utf-8")

    result = check(folder, "--rule", "mail")

    assert result.exit_code == 1
    assert "[notice/choice]" in result.stdout
    assert "not checked: all but the folder" in result.stdout


@pytest.mark.parametrize("format", ["text", "json", "junit", "sarif"])
def test_each_format_is_printed_or_written(format, folder, tmp_path):
    out = tmp_path / "out"

    printed = check(folder, "--to", format)
    written = check(folder, "--to", format, "-o", out)

    (path,) = (path for path in out.iterdir() if not path.name.startswith("."))
    assert path.read_text("utf-8") == printed.stdout
    assert (printed.exit_code, written.exit_code) == (1, 1)
    assert written.stderr == (
        f"Wrote 1 file into {out}.\nThe notice must not go out: 1 error.\n"
    )


def test_all_formats_go_into_one_folder(folder, tmp_path):
    formats = (
        word for each in ("text", "json", "junit", "sarif") for word in ("--to", each)
    )

    check(folder, *formats, "-o", tmp_path / "out")

    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [
        *(".notifier-output", "check.json", "check.sarif", "check.txt", "junit.xml"),
    ]


@pytest.mark.parametrize(
    ("here", "there", "uri"),
    [
        (".", "kestrel", "kestrel/waves.yaml"),
        ("kestrel", ".", "waves.yaml"),
        ("elsewhere", "../kestrel", "waves.yaml"),
    ],
)
def test_paths_in_sarif_begin_where_the_command_runs(
    here, there, uri, folder, monkeypatch
):
    (folder.parent / "elsewhere").mkdir()
    monkeypatch.chdir(folder.parent / here)

    result = check(Path(there), "--to", "sarif")

    (found,) = json.loads(result.stdout)["runs"][0]["results"]
    place = found["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == uri


# What users get wrong, and systems.


def _no_folder(folder: Path) -> list[str]:
    (folder.parent / "out").write_text("mine", "utf-8")
    return ["-o", str(folder.parent / "out")]


def _full_folder(folder: Path) -> list[str]:
    (folder.parent / "out").mkdir()
    (folder.parent / "out" / "mine.txt").write_text("mine", "utf-8")
    return ["-o", str(folder.parent / "out")]


def _not_utf8(folder: Path) -> list[str]:
    (folder / "waivers.yaml").write_bytes(b"waivers: \xff\n")
    return [*ACCEPT]


def _huge(folder: Path) -> list[str]:
    (folder / "waivers.yaml").write_bytes(b"waivers:\n" + b"- x\n" * 1_250_000)
    return []


def _many_faults(folder: Path) -> list[str]:
    item = "- {rule: waves/blackot, until: 2024-02-06, reason: x}\n"
    (folder / "waivers.yaml").write_text("waivers:\n" + item * 5_000, "utf-8")
    return ["--to", "sarif"]


def _a_folder(folder: Path) -> list[str]:
    (folder / "waivers.yaml").mkdir()
    return [*ACCEPT]


def _a_control_character(folder: Path) -> list[str]:
    return [*ACCEPT, "--reason", "bell\x07"]


def _no_manifest(folder: Path) -> list[str]:
    return ["--previous", str(folder / "waves.yaml")]


@pytest.mark.parametrize(
    ("trouble", "rule"),
    [
        (_no_folder, "output/no-folder"),
        (_full_folder, "output/not-ours"),
        (_not_utf8, "yaml/not-utf8"),
        (_huge, "check/waiver"),
        (_many_faults, "check/more"),
        (_a_folder, "check/waiver"),
        (_a_control_character, "check/waiver"),
        (_no_manifest, "emails/previous"),
    ],
)
def test_trouble_is_told_without_a_traceback(trouble, rule, folder):
    result = check(folder, *trouble(folder))

    assert result.exit_code == 1
    assert not isinstance(result.exception, ValueError | TypeError | KeyError)
    assert rule in result.output


@pytest.mark.slow
def test_a_full_disk_leaves_the_waivers_as_they_were(folder):
    path = folder / "waivers.yaml"
    path.write_text("waivers:\n", "utf-8")
    program = "from notifier.cli import main; main()"
    limited = ["sh", "-c", 'ulimit -f 0; exec "$0" "$@"', sys.executable, "-c", program]

    result = subprocess.run(
        [*limited, "check", str(folder), "--now", "2024-02-01", *ACCEPT],
        capture_output=True,
        text=True,
    )

    assert result.returncode == 1
    assert f"{path}: error: the system says 'file too large'" in result.stderr
    assert path.read_text("utf-8") == "waivers:\n"
    assert [each.name for each in folder.iterdir() if each.name.startswith(".")] == []


def test_a_folder_that_is_none_is_told(tmp_path):
    plain, accepted = check(tmp_path / "no"), check(tmp_path / "no", *ACCEPT)

    assert (plain.exit_code, accepted.exit_code) == (1, 1)
    assert "[notice/folder]" in plain.stdout
    assert "[notice/folder]" in accepted.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format", ["text", "json", "junit", "sarif"])
def test_a_name_that_is_not_utf8_is_told_in_every_format(format, tmp_path):
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("needs a file system that takes any name")

    result = check(folder, "--to", format)

    assert result.exit_code == 1
    assert "notice/missing-file" in result.stdout
