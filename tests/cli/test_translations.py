"""The translators' workflow on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from notifier.cli import main


def translations(*args: str | Path) -> Result:
    return CliRunner().invoke(main, ["translations", *map(str, args)])


def change(folder: Path, old: str = "Moving one window could") -> None:
    path = folder / "notice.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, "Moving a window may"), "utf-8")


@pytest.mark.slow
def test_a_changed_sentence_goes_through_the_whole_workflow(sample):
    translations("update", sample)
    change(sample)

    updated = translations("update", sample)
    status = translations("status", sample, "--locale", "it", "--now", "2024-02-01")
    checked = translations("check", sample)
    accepted = translations("accept", sample, "--key", "customer.reschedule.reason")
    again = translations("check", sample)

    assert updated.stdout.count(": 1 newly stale\n") == 13
    assert "1 (14)" in status.stdout
    assert checked.exit_code == 1
    assert checked.stderr.count("[catalog/stale]") == 13
    assert accepted.stdout.count(": 1 accepted\n") == 13
    assert (again.exit_code, again.stderr) == (0, "")


def test_extracting_says_where_the_template_is(sample):
    (sample / "locales" / "notice.pot").unlink(missing_ok=True)

    first, second = translations("extract", sample), translations("extract", sample)

    assert first.stderr == f"Wrote {sample}/locales/notice.pot: 17 texts.\n"
    assert second.stderr == f"Nothing new in {sample}/locales/notice.pot: 17 texts.\n"


def test_the_status_is_also_json(sample):
    result = translations("status", sample, "--to", "json", "--locale", "ja")

    assert [row["document"] for row in json.loads(result.stdout)["documents"]] == [
        *("page", "faq", "announcement")
    ]


def test_accepting_needs_to_be_told_what(sample):
    neither = translations("accept", sample)
    both = translations("accept", sample, "--all", "--key", "title")

    assert (neither.exit_code, both.exit_code) == (2, 2)
    assert "--key PATH, or --all" in neither.stderr


@pytest.mark.parametrize("format", ["xliff", "csv"])
def test_an_export_is_imported_again_without_a_change(sample, tmp_path, format):
    if format == "xliff":
        pytest.importorskip("translate", reason="needs translate-toolkit")
    out = tmp_path / "out"

    exported = translations("export", sample, "--to", format, "-o", out)
    imported = translations("import", out, sample)

    assert exported.stderr == f"Wrote 13 files into {out}.\n"
    assert (imported.stdout, imported.exit_code) == ("", 0)
    assert imported.stderr == "Wrote 0 files.\n"


def test_without_translate_toolkit_the_way_to_install_it_is_told(
    sample, tmp_path, monkeypatch
):
    monkeypatch.setitem(__import__("sys").modules, "translate.storage.xliff", None)

    result = translations("export", sample, "-o", tmp_path / "out")

    assert result.exit_code == 1
    assert "pip install 'notifier[translations]', or use CSV" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_damaged_catalog_is_told_with_its_line(sample):
    path = sample / "locales" / "it" / "LC_MESSAGES" / "notice.po"
    path.write_text(path.read_text("utf-8") + 'msgid "half\n', "utf-8")

    result = translations("update", sample)

    assert result.exit_code == 1
    assert "locales/it/LC_MESSAGES/notice.po:" in result.stderr
    assert "[catalog/syntax]" in result.stderr


@pytest.mark.slow
def test_a_page_that_was_published_is_adopted(sample, tmp_path):
    runner = CliRunner()
    args = ["render", str(sample), "--document", "page", "--to", "md"]
    runner.invoke(main, [*args, "--now", "2024-02-01", "-o", str(tmp_path / "out")])
    (sample / "locales/it/LC_MESSAGES/notice.po").unlink()

    pages = [tmp_path / "out" / tag / "page.md" for tag in ("en", "it")]
    result = translations("import-page", *pages, sample)

    assert result.stdout == "locales/it/LC_MESSAGES/notice.po: 10 texts filled\n"
    assert result.stderr.startswith("still empty: blackouts.0.reason, waves.")


def test_what_translators_have_given_back_is_not_written_over(sample, tmp_path):
    out = tmp_path / "out"
    translations("export", sample, "--to", "csv", "--locale", "it", "-o", out)
    (out / "it.csv").write_bytes(b"given back")

    again = translations("export", sample, "--to", "csv", "-o", out)
    told = " ".join(again.stderr.replace("│", " ").split())

    assert again.exit_code == 2
    assert "holds an earlier export" in told
    assert [each.read_bytes() for each in out.glob("*.csv")] == [b"given back"]

    replaced = translations("export", sample, "--to", "csv", "--replace", "-o", out)
    assert replaced.exit_code == 0
    assert len([*out.glob("*.csv")]) == 13
