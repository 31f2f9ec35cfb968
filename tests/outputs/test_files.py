"""Folders are written whole or not at all, and nothing else is touched."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.errors import NotifierError
from notifier.outputs.files import (
    Written,
    folder_files,
    write_folder,
    write_new_folder,
)

HEAD = "# notifier render made this folder, and replaces it while it holds only:\n"


def files(**contents: str):
    return [
        (PurePosixPath(name.replace("__", "/") + ".txt"), text.encode())
        for name, text in contents.items()
    ]


def content(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def problems_of(error: pytest.ExceptionInfo[NotifierError]) -> list[tuple[str, str]]:
    return [(problem.rule, problem.message) for problem in error.value.problems]


@pytest.mark.parametrize("marked", [True, False], ids=["output", "new notice"])
@pytest.mark.parametrize("kind", ["absent", "deep", "empty"])
def test_an_absent_or_empty_folder_is_filled_and_its_parent_kept_clean(
    tmp_path, marked, kind
):
    target = tmp_path / ("a/b" if kind == "deep" else "out")
    if kind == "empty":
        target.mkdir()

    made = files(one="1", en__page="Hi")
    if marked:
        written = write_folder(target, made, command="render")
    else:
        written = Written(write_new_folder(target, made), 0)

    marker = {".notifier-output": f"{HEAD}en/page.txt\none.txt\n"}
    expected = {"one.txt": "1", "en/page.txt": "Hi"}
    assert written == Written(2, 0)
    assert content(target) == expected | (marker if marked else {})
    assert list(target.parent.iterdir()) == [target]


def test_the_output_of_another_command_is_kept(tmp_path):
    write_folder(tmp_path / "out", files(one="1"), command="render")

    with pytest.raises(NotifierError) as error:
        write_folder(tmp_path / "out", files(two="2"), command="waves")

    assert problems_of(error) == [("output/not-ours", "made by 'notifier render'")]
    assert content(tmp_path / "out")["one.txt"] == "1"


def test_an_empty_folder_that_is_the_current_one_stays_the_current_one(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)

    write_new_folder(Path(), files(one="1"))

    assert [path.name for path in Path().iterdir()] == ["one.txt"]


def test_an_earlier_output_is_replaced_as_a_whole(tmp_path):
    write_folder(tmp_path / "out", files(old="1", both="1"), command="render")

    written = write_folder(tmp_path / "out", files(both="2", new="2"), command="render")

    assert written == Written(2, gone=1)
    assert content(tmp_path / "out") == {
        ".notifier-output": f"{HEAD}both.txt\nnew.txt\n",
        "both.txt": "2",
        "new.txt": "2",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_a_file_of_the_user_is_refused_and_kept(tmp_path):
    target = tmp_path / "out"
    write_folder(target, files(old="1"), command="render")
    (target / "mine.txt").write_text("mine")
    before = content(target)

    with pytest.raises(NotifierError) as error:
        write_folder(target, files(new="2"), command="render")

    assert problems_of(error) == [("output/not-ours", "'mine.txt' is not ours")]
    assert content(target) == before


def test_a_folder_that_no_output_made_is_refused(tmp_path):
    (tmp_path / "thesis.txt").write_text("ten years")

    with pytest.raises(NotifierError) as error:
        write_folder(tmp_path, files(new="2"), command="render")

    assert problems_of(error) == [("output/not-ours", "'thesis.txt' is not ours")]
    assert content(tmp_path) == {"thesis.txt": "ten years"}


def test_a_new_folder_never_replaces_an_output(tmp_path):
    write_folder(tmp_path / "out", files(old="1"), command="render")

    with pytest.raises(NotifierError) as error:
        write_new_folder(tmp_path / "out", files(new="2"))

    assert [problem.rule for problem in error.value.problems] == ["output/not-empty"]


@pytest.mark.parametrize("kind", ["file", "link to a folder", "dangling link"])
def test_a_target_that_is_no_folder_is_refused(tmp_path, kind):
    target = tmp_path / "out"
    if kind == "file":
        target.write_text("a file")
    else:
        target.symlink_to(tmp_path if kind == "link to a folder" else tmp_path / "no")

    with pytest.raises(NotifierError) as error:
        write_folder(target, files(new="2"), command="render")

    assert [problem.rule for problem in error.value.problems] == ["output/no-folder"]
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_inside_an_earlier_output_is_not_ours(tmp_path):
    target = tmp_path / "out"
    write_folder(target, files(old="1"), command="render")
    (target / "old.txt").unlink()
    (target / "old.txt").symlink_to("/etc/hostname")

    with pytest.raises(NotifierError) as error:
        write_folder(target, files(new="2"), command="render")

    assert problems_of(error) == [("output/not-ours", "'old.txt' is not ours")]


@pytest.mark.parametrize("before", ["absent", "empty", "ours"])
def test_a_failure_while_the_files_are_made_changes_nothing(tmp_path, before):
    target = tmp_path / "out"
    if before == "empty":
        target.mkdir()
    if before == "ours":
        write_folder(target, files(old="1"), command="render")
    held = content(target)

    def failing():
        yield from files(new="2")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_folder(target, failing(), command="render")

    assert content(target) == held
    assert list(tmp_path.iterdir()) == ([] if before == "absent" else [target])


@pytest.mark.parametrize("before", ["empty", "ours"])
def test_a_system_that_refuses_the_last_step_changes_nothing(
    tmp_path, monkeypatch, before
):
    target = tmp_path / "out"
    target.mkdir()
    if before == "ours":
        write_folder(target, files(old="1"), command="render")
    held = content(target)
    rename = Path.rename

    def refusing(path: Path, to: Path) -> Path:
        if path.name in ("new", "two.txt"):
            raise OSError(28, "No space left on device")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(OSError, match="No space"):
        write_folder(target, files(one="1", two="2"), command="render")

    assert content(target) == held
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "a/../../x",
        "/etc/x",
        "",
        "C:/x",
        "C:x",
        "..\\x",
        "\\\\host\\share\\x",
        "a\nb",
        "a\0b",
        ".notifier-output",
    ],
)
def test_a_path_that_leads_out_is_refused(tmp_path, path):
    with pytest.raises(NotifierError) as error:
        write_folder(tmp_path / "out", [(PurePosixPath(path), b"")], command="render")

    assert [problem.rule for problem in error.value.problems] == ["output/unsafe-path"]
    assert list(tmp_path.iterdir()) == []


def test_two_files_of_one_name_are_a_fault(tmp_path):
    with pytest.raises(FileExistsError):
        write_folder(
            tmp_path / "out", files(one="1") + files(one="2"), command="render"
        )

    assert list(tmp_path.iterdir()) == []


names = st.text("abc", min_size=1, max_size=3)


@given(st.dictionaries(names, st.binary(max_size=9), max_size=6))
def test_what_is_written_is_what_is_read_again(tmp_path_factory, given_files):
    target = tmp_path_factory.mktemp("any") / "out"
    expected = [
        (PurePosixPath(name), given_files[name]) for name in sorted(given_files)
    ]

    write_folder(target, expected, command="render")

    assert list(folder_files(target)) == expected


@pytest.mark.parametrize("before", ["absent", "empty", "ours"])
def test_a_file_that_appears_meanwhile_is_kept(tmp_path, before):
    target = tmp_path / "out"
    if before == "empty":
        target.mkdir()
    elif before == "ours":
        write_folder(target, files(old="1"), command="render")

    def made():
        yield from files(new="2")
        target.mkdir(exist_ok=True)
        (target / "new.txt").write_text("precious")

    with pytest.raises((NotifierError, FileExistsError)):
        write_folder(target, made(), command="render")

    assert (target / "new.txt").read_text() == "precious"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
