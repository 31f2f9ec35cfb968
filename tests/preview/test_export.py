"""The export: the same matrix as plain files, which need no server and no script."""

from __future__ import annotations

import re
from email import message_from_bytes
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from notifier.cli import main
from notifier.resources import resource_folder
from tests.preview.running import NOW, running

SAMPLE = resource_folder("examples") / "email-infrastructure"
CELL = {"document": "announcement", "locale": "it", "wave": "production-1"}


class Page(HTMLParser):
    """Where a page leads, what it loads, and its words."""

    def __init__(self, path):
        super().__init__()
        self.links, self.frames, self.words, self.tags = [], [], [], set()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.tags.add(tag)
        if tag == "a":
            self.links.append(told["href"])
        if tag == "iframe":
            self.frames.append((told["src"], told["sandbox"]))

    def handle_data(self, data):
        self.words.append(data)


def exported(folder, target, *options):
    command = ["preview", str(folder), "--now", "2024-02-01", "--export", str(target)]
    return CliRunner().invoke(main, [*command, *options])


@pytest.fixture(scope="module")
def look(tmp_path_factory):
    target = tmp_path_factory.mktemp("export") / "look"
    result = exported(SAMPLE, target)
    assert result.exit_code == 0, result.output
    assert result.stderr.startswith(f"Wrote 112 documents into {target}.\n")
    assert result.stdout == ""
    return target


@pytest.mark.slow
def test_each_link_of_the_export_leads_to_a_file_of_it(look):
    seen, left = set(), [look / "index.html"]
    while left:
        path = left.pop()
        if path in seen:
            continue
        seen.add(path)
        if path.name != "index.html":
            continue
        page = Page(path)
        for link in [*page.links, *(src for src, _ in page.frames)]:
            target = (path.parent / unquote(link)).resolve()
            assert target.is_file(), f"{path}: {link}"
            assert target.is_relative_to(look)
            left.append(target)

    files = {path for path in look.rglob("*") if path.is_file()}
    assert {path.name for path in files - seen} == {".notifier-output"}
    assert len({path for path in seen if path.name == "index.html"}) == 113


@pytest.mark.slow
def test_the_files_of_a_document_are_what_the_preview_shows(look):
    folder = look / "announcement" / "it" / "production-1"
    with running(SAMPLE) as preview:
        cell = preview.cell(**CELL)
        frame = preview.frame(**CELL, theme="dark")

    assert (folder / "text.txt").read_text("utf-8") == cell["text"]
    assert (folder / "markdown.md").read_text("utf-8") == cell["markdown"]
    assert (folder / "message.eml").read_bytes() == cell["source"].encode()
    lines = (folder / "headers.txt").read_text("utf-8").splitlines()
    assert [line.split(": ", 1) for line in lines] == cell["headers"]
    dark = (folder / "dark.html").read_text("utf-8")
    assert dark.partition("<html")[2] == frame.partition("<html")[2] != ""
    calendars = {each["name"]: each["text"] for each in cell["calendars"]}
    for name, text in calendars.items():
        assert (folder / name).read_bytes() == text.encode()


@pytest.mark.slow
def test_no_page_of_the_export_needs_a_script_or_the_network(look):
    for path in look.rglob("*.html"):
        page = Page(path)
        text = path.read_text("utf-8")
        assert page.tags.isdisjoint({"script", "link", "object", "embed", "base"}), path
        assert text.find("Content-Security-Policy") < text.find("<title>"), path
        assert all(sandbox is None for _, sandbox in page.frames), path


@pytest.mark.slow
def test_no_contact_is_named_in_the_export(look):
    contacts = (SAMPLE / "contacts.csv").read_text("utf-8").splitlines()[1:]
    names = [part for row in contacts for part in row.split(",")[1:3]]
    for path in look.rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8")
            assert [name for name in names if name in text] == [], path
    index = (look / "index.html").read_text("utf-8")
    assert "no contact's data" in index.replace("&#39;", "'")


@pytest.mark.slow
def test_the_same_notice_gives_the_same_bytes(look, tmp_path):
    exported(SAMPLE, tmp_path / "again")

    for path in look.rglob("*"):
        if path.is_file():
            again = tmp_path / "again" / path.relative_to(look)
            assert path.read_bytes() == again.read_bytes(), path


def small(folder):
    """Leave one more language than the default one."""
    notice = folder / "notice.yaml"
    text = notice.read_text("utf-8")
    text = re.sub(r"^locales:.*$", "locales: [en, it]", text, flags=re.MULTILINE)
    notice.write_text(text, "utf-8")
    return folder


def test_problems_stand_in_the_matrix_and_beside_their_document(sample, tmp_path):
    folder = small(sample)
    catalog = folder / "locales/it/LC_MESSAGES/notice.po"
    text = catalog.read_text("utf-8")
    catalog.write_text(text.replace('msgid "Americas"', 'msgid "America"'), "utf-8")

    result = exported(folder, tmp_path / "look")

    assert result.exit_code == 0
    assert "2 of them have problems" in result.stderr
    index = (tmp_path / "look" / "index.html").read_text("utf-8")
    assert len(re.findall("% untranslated", index)) == 2
    page = tmp_path / "look" / "announcement" / "it" / "production-2" / "index.html"
    assert "no translation into it of" in page.read_text("utf-8")
    assert "<mark>" in page.read_text("utf-8")


def test_a_document_that_cannot_be_made_says_why(sample, tmp_path):
    folder = small(sample)
    (folder / "templates/documents").mkdir(parents=True)
    (folder / "templates/documents/faq.md.j2").write_text("{{ nothing }}", "utf-8")

    result = exported(folder, tmp_path / "look")

    assert result.exit_code == 0
    page = (tmp_path / "look" / "faq" / "it" / "index.html").read_text("utf-8")
    assert "This document cannot be made" in page
    assert "templates/documents/faq.md.j2" in page
    assert "<iframe" not in page


def test_a_notice_that_cannot_be_read_exports_nothing(sample, tmp_path):
    (sample / "notice.yaml").write_text("notice: [", "utf-8")

    result = exported(sample, tmp_path / "look")

    assert result.exit_code == 1
    assert "notice.yaml" in result.stderr
    assert not (tmp_path / "look").exists()


def test_a_folder_of_others_is_not_replaced(sample, tmp_path):
    (tmp_path / "look").mkdir()
    (tmp_path / "look" / "mine.txt").write_text("mine", "utf-8")

    result = exported(small(sample), tmp_path / "look")

    assert result.exit_code == 1
    assert "'mine.txt' is not ours" in result.stderr
    assert (tmp_path / "look" / "mine.txt").read_text("utf-8") == "mine"


@pytest.mark.slow
def test_an_earlier_export_is_replaced_as_a_whole(sample, tmp_path):
    target = tmp_path / "look"
    exported(small(sample), target)
    notice = sample / "notice.yaml"
    text = notice.read_text("utf-8")
    notice.write_text(text.replace("locales: [en, it]", "locales: [en]"), "utf-8")

    assert exported(sample, target).exit_code == 0
    assert not (target / "page" / "it").exists()


def test_the_message_of_the_export_is_a_message(sample, tmp_path):
    exported(small(sample), tmp_path / "look")
    path = tmp_path / "look" / "announcement" / "it" / "none" / "message.eml"

    message = message_from_bytes(path.read_bytes())

    assert message["To"].endswith("<contact@example.com>")
    assert NOW.strftime("%d %b %Y") in message["Date"]
