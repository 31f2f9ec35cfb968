"""`notifier publish`: what it says, where it writes, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from notifier.cli import main
from notifier.outputs.files import folder_files
from tests.outputs.pages.published import LOCALES, OTHER, copy_of, edit

FILES = 2 * 9 + 2
EACH = 2 * 2


@pytest.fixture
def folder(sample: Path) -> Path:
    edit(sample, LOCALES, "[en, it]")
    return sample


def publish(*args: str | Path, now: str = "2024-02-01") -> Result:
    words = ["publish", *args, "--now", now]
    return CliRunner().invoke(main, [str(word) for word in words])


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): data for path, data in folder_files(folder)}


def test_a_tree_is_written_and_nothing_is_printed(folder, tmp_path):
    result = publish(folder, "-o", tmp_path / "site")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"Wrote {FILES} files into {tmp_path / 'site'}.\n"
    made = files(tmp_path / "site")
    assert len(made) == FILES
    assert {path.partition("/")[0] for path in made} == {"docs", "web"}


def test_the_current_folder_goes_into_site_by_default(folder, monkeypatch):
    monkeypatch.chdir(folder)

    result = publish()

    assert (result.exit_code, result.stderr) == (
        0,
        f"Wrote {FILES} files into site.\n",
    )
    assert (folder / "site" / "web" / "index.html").is_file()


def test_several_notices_go_into_one_tree(folder, tmp_path):
    second = copy_of(folder, "second", **OTHER)

    result = publish(folder, second, "-o", tmp_path / "site")

    assert (result.exit_code, result.stdout) == (0, "")
    made = files(tmp_path / "site")
    assert {"web/it/database/index.html", "docs/it/database.md"} < made.keys()
    assert made["web/sitemap.xml"].count(b"<loc>") == 1 + 2 + 4


def test_an_earlier_tree_is_replaced_as_a_whole(folder, tmp_path):
    publish(folder, "-o", tmp_path / "site")
    edit(folder, "[en, it]", "[en]")

    result = publish(folder, "-o", tmp_path / "site")

    assert result.stderr == (
        f"Wrote 11 files into {tmp_path / 'site'}. Of the earlier output, 9 are gone.\n"
    )
    assert not (tmp_path / "site" / "web" / "it").exists()


def test_a_foreign_folder_is_left_alone(folder, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mine.txt").write_text("mine")

    result = publish(folder, "-o", tmp_path / "site")

    assert result.exit_code == 1
    assert "[output/not-ours]" in result.stderr
    assert files(tmp_path / "site") == {"mine.txt": b"mine"}


def test_problems_are_all_listed_and_nothing_is_written(folder, tmp_path):
    edit(folder, "unaffected:\n", "unaffected:\n    - Aurora Viaggi S.p.A. is ready.\n")

    result = publish(folder, "-o", tmp_path / "site", now="2024-03-07")

    assert (result.exit_code, result.stdout) == (1, "")
    errors = result.stderr.partition("waves.yaml:40")[0]
    assert errors == (
        "notice.yaml:31:7: error: the customer 'Aurora Viaggi S.p.A.' is named in a "
        "text that anybody can read [publish/names-customer]\n"
        "    hint: reword it: public pages name no customer, contact or instance\n"
        "waves.yaml:31:5: error: wave 'production-1' is still 'scheduled', but its "
        "window ends 2024-03-06 02:00 Europe/Rome [waves/overdue]\n"
        "    hint: write 'completed' or 'cancelled', or move it and raise 'revision'\n"
    )
    assert result.stderr.endswith("2 errors, 3 warnings\n")
    assert not (tmp_path / "site").exists()


def test_warnings_are_told_after_the_work_is_done(folder, tmp_path):
    edit(folder, "fallback: forbid", "fallback: warn")
    edit(folder, "testing: none", "testing: Try one delivery.")

    result = publish(folder, "-o", tmp_path / "site")

    assert (result.exit_code, result.stdout) == (0, "")
    done, problem, hint, count = result.stderr.splitlines()
    assert done == f"Wrote {FILES} files into {tmp_path / 'site'}."
    assert problem.startswith("notice.yaml:36:12: warning: no translation into it of")
    assert hint.startswith("    hint: translate it")
    assert count == "1 warning"


def test_a_folder_that_is_not_there_is_a_problem_beside_those_of_others(
    folder, tmp_path
):
    edit(folder, "kind: upgrade", "kind: upgrad")

    result = publish(folder, tmp_path / "nowhere", "-o", tmp_path / "site")

    assert result.exit_code == 1
    assert f"{folder}/notice.yaml:3:7: error: " in result.stderr
    assert "nowhere" in result.stderr
    assert "2 errors" in result.stderr
    assert not (tmp_path / "site").exists()


# --------------------------------------------------------------- into a checkout


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    path = tmp_path / "docs"
    (path / "it").mkdir(parents=True)
    (path / "it" / "TOC.md").write_text("# Note {#note}\n\n+ [Altro](altro.md)\n")
    return path


def test_a_checkout_is_updated_once(folder, docs):
    first = publish(folder, "--into", docs)
    before = files(docs)
    second = publish(folder, "--into", docs, now="2024-02-01T01:00")

    assert (first.exit_code, first.stdout, second.exit_code, second.stdout) == (
        0,
        "",
        0,
        "",
    )
    assert first.stderr.startswith(f"Updated {EACH} files in {docs}; 0 unchanged.\n")
    assert second.stderr.startswith(f"Updated 0 files in {docs}; {EACH} unchanged.\n")
    assert files(docs) == before
    assert "+ [Altro](altro.md)" in before["it/TOC.md"].decode()


def test_a_checkout_stays_as_it_is_when_something_is_wrong(folder, docs):
    before = files(docs)
    edit(folder, "testing: none", "testing: Try one delivery.")

    result = publish(folder, "--into", docs)

    assert (result.exit_code, result.stdout) == (1, "")
    assert "[translation/missing]" in result.stderr
    assert files(docs) == before


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["-o", "site", "--into", "."], "choose one."),
        (["--into", "nowhere"], "'nowhere' does not exist"),
        (["--to", "html"], "No such option"),
    ],
    ids=["both", "no checkout", "no option"],
)
def test_a_wrong_usage_ends_with_2(folder, monkeypatch, args, said):
    monkeypatch.chdir(folder.parent)

    result = publish(folder, *args)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert not (folder.parent / "site").exists()
