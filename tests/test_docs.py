"""README, CONTRIBUTING and docs/ are true: commands, examples, links, tables."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import shlex
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import notifier
from notifier.checks.rule_book import remedies
from notifier.cli import main
from notifier.cli.check import book, registries
from notifier.notice import read_notice
from notifier.notice.agreement import COLUMNS
from notifier.notice.notice_schema import STANDARD_SECTIONS
from notifier.outputs.documents import render_documents
from notifier.outputs.jobs import RenderRequest

ROOT = Path(notifier.__file__).parents[1]
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/reference.md")
REFERENCE = (ROOT / "docs" / "reference.md").read_text("utf-8")
FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
RULE = re.compile(r"[a-z]+/[a-z][a-z0-9-]*[a-z0-9]")
RENEW = "run python scripts/update_reference.py"

spec = importlib.util.spec_from_file_location(
    "update_reference", ROOT / "scripts" / "update_reference.py"
)
assert spec is not None
assert spec.loader is not None
script = importlib.util.module_from_spec(spec)
spec.loader.exec_module(script)

every_page = pytest.mark.parametrize("page", PAGES)


def blocks(page, label):
    """Return the fenced blocks of a page whose label is *label*."""
    text = (ROOT / page).read_text("utf-8")
    return [body for name, body in FENCE.findall(text) if name == label]


def commands(page):
    """Return the commands of a page in order, each with the output it shows."""
    text = (ROOT / page).read_text("utf-8")
    found = []
    for label, body in FENCE.findall(text):
        if label == "sh":
            lines = body.splitlines()
            found += [(line, None) for line in lines if line.startswith("notifier ")]
        elif label == "console":
            for part in body.split("$ ")[1:]:
                line, _, output = part.partition("\n")
                found.append((line, output))
    return found


def matches(shown, real):
    """Tell whether *real* is what a page shows; a line `…` stands for any lines."""
    parts = [re.escape(part) for part in re.split(r"^…\n", shown, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*?".join(parts), real) is not None


def run(line):
    return CliRunner().invoke(main, shlex.split(line)[1:])


def anchors(text):
    """Return the anchors that a forge gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.slow
@pytest.mark.parametrize("page", ["README.md", "docs/reference.md"])
def test_each_command_runs_and_prints_what_the_page_shows(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    for line, shown in commands(page):
        result = run(line)

        assert result.exit_code == 0, f"{line}\n{result.stderr}"
        assert shown is None or matches(shown, result.stdout), result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", main.commands)
def test_the_examples_in_the_help_run(name, sample, tmp_path, monkeypatch):
    sample.rename(tmp_path / "sample")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOTIFIER_NOW", "2024-01-25")
    epilog = script.command(name).epilog
    lines = re.findall(r"^  (notifier [^|\n]+)", epilog, re.MULTILINE)

    results = {line: run(line) for line in lines}

    assert lines
    assert {k: v.stderr for k, v in results.items() if v.exit_code} == {}


@pytest.mark.slow
def test_the_python_example_writes_the_announcements_that_are_due(
    sample, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (program,) = blocks("README.md", "python")
    (further,) = blocks("README.md", "python contacts")

    exec(program + further, {})

    due = sorted(path.name for path in Path("due/it").iterdir())
    rows = (sample / "contacts.csv").read_text("utf-8").splitlines()
    assert due[:2] == [
        "announcement.production-1.html",
        "announcement.production-1.txt",
    ]
    told = {path.parts[1] for path in Path("due").glob("contact-*/*/*.txt")}
    assert told == {f"contact-{line}" for line in range(2, len(rows) + 1)}


def test_the_smallest_notice_of_the_readme_has_no_problems(tmp_path):
    (text,) = blocks("README.md", "yaml smallest")
    (tmp_path / "notice.yaml").write_text(text, "utf-8")

    _, warnings = read_notice(tmp_path)

    required = script.notice_schema.NoticeKeys.model_json_schema()["required"]
    assert warnings == ()
    assert list(yaml.safe_load(text)) == required


@pytest.mark.parametrize("page", ["README.md", "docs/reference.md"])
def test_the_problem_that_a_page_shows_is_a_real_one(page, sample):
    waves = sample / "waves.yaml"
    waves.write_text(waves.read_text().replace("window: 4 hours", "window: 1 hour", 1))
    (shown,) = [body for body in blocks(page, "text") if "hint:" in body]

    result = run(f"notifier waves {sample} --now 2024-01-25")

    assert result.stderr == f"{shown}1 error\n"


def test_the_excerpts_in_the_readme_are_from_the_sample(sample):
    files = ("notice.yaml", "waves.yaml")
    held = {line for name in files for line in (sample / name).read_text().splitlines()}

    excerpts = "".join(blocks("README.md", "yaml")).splitlines()

    assert [line for line in excerpts if line not in held] == []


@every_page
def test_each_link_leads_to_a_file_and_a_heading(page):
    prose = re.sub(r"`[^`\n]+`", "", (ROOT / page).read_text("utf-8"))

    for target in re.findall(r"\]\(((?!https?:)[^)\s]+)\)", prose):
        path, _, anchor = target.partition("#")
        file = (ROOT / page).parent / path if path else ROOT / page
        assert file.is_file(), target
        assert not anchor or anchor in anchors(file.read_text("utf-8")), target


def test_the_reference_is_what_the_code_says():
    made = script.regions()

    named = re.findall(r"<!-- begin: (.+?) -->", REFERENCE)
    assert sorted(named) == sorted(made)
    assert script.filled(REFERENCE, made) == REFERENCE, RENEW


@pytest.mark.parametrize("name", script.schemas())
def test_the_published_schemas_are_those_of_the_code(name):
    text = (ROOT / "docs" / "schemas" / name).read_text("utf-8")

    assert text == script.schemas()[name], RENEW


def test_nothing_is_explained_that_does_not_exist():
    said = script.meanings()

    views = [
        f"{path}.{each.name}" for path, v in script.VIEWS.items() for each in fields(v)
    ]
    printed = [
        f"{group}.{key}" for group, known in script.FIELDS.items() for key in known
    ]
    assert sorted(said["notice"]) == sorted(script.key_paths("notice"))
    assert sorted(said["waves"]) == sorted(script.key_paths("waves"))
    assert sorted(said["views"]) == sorted(views)
    assert sorted(said["fields"]) == sorted(printed)


def test_the_documented_commands_are_those_of_the_front_door():
    headings = re.findall(r"^### notifier (\w+)$", REFERENCE, re.MULTILINE)

    assert headings == list(main.commands)


def test_the_documented_columns_are_those_of_the_tables():
    section = REFERENCE.partition("## CSV files")[2].partition("\n## ")[0]

    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(COLUMNS)


def test_the_documented_sections_are_the_standard_ones():
    section = REFERENCE.partition("#### page.outline")[2].partition("\n#### ")[0]
    table = section.partition("| Section |")[2]

    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [*STANDARD_SECTIONS]


@pytest.fixture
def described(tmp_path):
    """Return a notice folder made of all examples of the reference page."""
    folder = tmp_path / "described"
    folder.mkdir()
    for name in ("notice", "waves"):
        text = "".join(blocks("docs/reference.md", f"yaml {name}"))
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    (shared,) = blocks("docs/reference.md", "yaml defaults")
    (tmp_path / "notifier.yaml").write_text(shared, "utf-8")
    (folder / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder


def test_the_examples_of_the_reference_make_a_notice_without_problems(described):
    notice, warnings = read_notice(described)

    assert warnings == ()
    assert notice.schedule is not None


@pytest.mark.parametrize("file", ["notice", "waves"])
def test_each_key_has_an_example(file, described):
    tree = yaml.load((described / f"{file}.yaml").read_text(), yaml.BaseLoader)

    def paths(node, above):
        for key, value in node.items():
            many = isinstance(value, list)
            yield f"{above}{key}"
            for each in value if many else [value]:
                if isinstance(each, dict):
                    yield from paths(each, f"{above}{key}{'[]' * many}.")

    # What a bare text stands for, or one of the three ways to say the same.
    short = {"expected.about", "expected.average"}
    missing = set(script.key_paths(file)) - set(paths(tree, "")) - short
    assert missing == set()


def test_the_template_of_the_reference_overrides_one_block(sample):
    (template,) = blocks("docs/reference.md", "jinja faq")
    target = sample / "templates" / "documents" / "faq.md.j2"
    target.parent.mkdir(parents=True)
    target.write_text(template, "utf-8")
    notice, _ = read_notice(sample)
    request = RenderRequest(documents=("faq",), locales=("en",), formats=("txt",))

    (file,) = render_documents(
        notice, request, now=datetime(2024, 1, 25, tzinfo=UTC)
    ).files

    assert file.text.endswith("at any time.\n")


@pytest.mark.parametrize("file", ["notice.yaml", "waves.yaml"])
def test_the_sample_keeps_to_the_published_schemas(file, sample):
    jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema")
    name = file.replace(".yaml", ".schema.json")
    schema = json.loads((ROOT / "docs" / "schemas" / name).read_text("utf-8"))
    data = yaml.load((sample / file).read_text("utf-8"), yaml.BaseLoader)

    jsonschema.Draft202012Validator(schema).validate(data)


def test_each_rule_of_a_registry_is_in_the_book_with_its_meaning():
    meanings = registries()

    assert sorted(remedies()) == sorted(meanings)
    assert {name: note.meaning for name, note in book().items()} == meanings


def test_each_rule_in_the_code_is_in_a_registry():
    used = {
        node.value
        for path in Path(notifier.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and RULE.fullmatch(node.value)
    }

    media = {name for name in used if name.startswith(("image/", "text/"))}
    assert used - media - set(registries()) == set()


def test_each_rule_is_as_grave_in_the_book_as_in_the_code():
    severities = {rule: severity for rule, (severity, _) in remedies().items()}
    warned, failed = set(), set()
    for path in Path(notifier.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            rule = node.args[0]
            name = getattr(node.func, "id", "")
            if not isinstance(rule, ast.Constant) or name not in ("warning", "Problem"):
                continue
            mild = name == "warning" or "Severity.WARNING" in ast.unparse(node)
            (warned if mild else failed).add(rule.value)

    assert {rule for rule in warned if severities.get(rule) == "error"} == set()
    assert {rule for rule in failed if severities.get(rule) == "warning"} == set()
