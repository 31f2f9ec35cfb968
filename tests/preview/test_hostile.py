"""A hostile folder: what its texts, names and links try comes to nothing."""

from __future__ import annotations

import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from notifier.errors import Place, Problem
from notifier.preview.problems import show_problems, visible
from tests.preview.running import running, save

SCRIPT = "<script>fetch('https://evil.example/x')</script>"
IMAGE = "<img src=https://evil.example/i onerror=alert(1)>"
MAIL = {"document": "announcement", "locale": "it", "wave": "production-1"}
SECRET = "the secret of another folder"


class Loads(HTMLParser):
    """What a page would run or load: tags and attributes that do so."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "link", "iframe", "object", "embed", "base", "form"):
            self.found.append(tag)
        for name, value in attrs:
            loads = name in ("src", "srcset", "background", "poster", "data")
            if name.startswith("on") or (loads and not value.startswith("data:")):
                self.found.append(f"{tag} {name}")
            if name == "href" and not value.startswith(("https:", "mailto:", "#")):
                self.found.append(f"{tag} {name}={value}")


@pytest.fixture
def hostile(sample):
    """Return the sample with markup that runs in its texts and tables."""
    notice = sample / "notice.yaml"
    text = notice.read_text("utf-8")
    text = re.sub(r"^locales:.*$", "locales: [en, it]", text, flags=re.MULTILINE)
    title = f"Upgrade {SCRIPT} {IMAGE}"
    text = re.sub(r"^title:.*$", f'title: "{title}"', text, flags=re.MULTILINE)
    # As Markdown it would be refused, but for code.
    text = text.replace("reason: >-\n", f"reason: >-\n  `{SCRIPT}` `{IMAGE}`\n")
    save(notice, text.replace("fallback: forbid", "fallback: warn"))
    waves = sample / "waves.yaml"
    save(
        waves,
        waves.read_text("utf-8").replace("label: Europe, night 1", f"label: {SCRIPT}"),
    )
    customers = sample / "customers.csv"
    lines = customers.read_text("utf-8").splitlines()
    lines[1] = re.sub(r",[^,]*", f",A{IMAGE}", lines[1], count=1)
    save(customers, "\n".join(lines))
    contacts = sample / "contacts.csv"
    save(contacts, contacts.read_text("utf-8").replace("Giulia Ferrari", SCRIPT))
    (sample / "locales" / f"x{IMAGE.replace('/', '')}" / "LC_MESSAGES").mkdir(
        parents=True
    )
    (sample / f"{SCRIPT.replace('/', '')}.csv").write_text("x", "utf-8")
    return sample


@pytest.mark.slow
def test_markup_in_texts_is_text_in_every_document(hostile):
    with running(hostile) as preview:
        state = preview.state()
        told = []
        for name in state["cells"]:
            document, locale, wave = [*name.split("/"), ""][:3]
            asked = {"document": document, "locale": locale, "wave": wave}
            told += Loads(preview.frame(**asked)).found
        giulia = "aurora/giulia.ferrari@aurora.example.com"
        frame = preview.frame(**MAIL, contact=giulia, theme="inverted")

    assert state["notice"]["title"].endswith(IMAGE)
    assert told == []
    assert Loads(frame).found == []
    assert "&lt;script&gt;fetch(" in frame


def test_json_is_ascii_and_of_its_type(hostile):
    with running(hostile) as preview:
        answers = [preview.get("/state.json"), preview.get("/cell.json", **MAIL)]

    for answer in answers:
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.content.isascii()


def test_an_unknown_id_is_told_as_text(hostile):
    with running(hostile) as preview:
        page = preview.frame(document=SCRIPT, locale=IMAGE)

    assert Loads(page).found == []
    assert "no document &#34;&lt;script&gt;" in page


def test_a_layout_that_leads_out_is_held_back(hostile):
    layouts = hostile / "templates" / "layouts"
    layouts.mkdir(parents=True)
    (layouts / "mail.html.j2").write_text(
        "<!DOCTYPE html><html><head><link rel=preconnect href=https://evil.example>"
        '<meta http-equiv="refresh" content="0;url=https://evil.example">'
        "<script>1</script></head><body>{{ body }}{{ footer }}{{ preheader }}</body>",
        "utf-8",
    )
    with running(hostile) as preview:
        answer = preview.get("/frame", **MAIL)

    # Scripts are the policy's: without `allow-scripts`, the sandbox runs none.
    assert "preconnect" not in answer.text
    assert "refresh" not in answer.text
    assert "sandbox allow-same-origin;" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "name", ["notice.yaml", "contacts.csv", "locales/it/LC_MESSAGES/notice.po"]
)
def test_a_link_out_of_the_folder_is_not_read(hostile, tmp_path, name):
    outside = tmp_path / "outside"
    outside.write_text(f"{SECRET}: [\n", "utf-8")
    path = hostile / name
    path.unlink()
    path.symlink_to(outside)
    with running(hostile) as preview:
        whole = json.dumps(preview.state()) + preview.get("/cell.json", **MAIL).text

    assert SECRET not in whole
    assert "leads out of the folder" in whole


@pytest.mark.parametrize(
    "path",
    [
        *("../outside.txt", "../templates/link.j2", "../locales/../outside.txt"),
        *(
            "link.yaml",
            "/etc/passwd",
            "builtin/../../pyproject.toml",
            "builtin/locales/x",
        ),
        *(
            "builtin//etc/passwd",
            "../notifier.yaml",
            "../notice/../outside.txt",
            "",
            ".",
        ),
        *("a\0b", "x" * 5000, "folder"),
    ],
)
def test_no_excerpt_comes_from_elsewhere(tmp_path, path):
    folder = tmp_path / "notice"
    folder.mkdir()
    (folder / "folder").mkdir()
    outside = tmp_path / "outside.txt"
    outside.write_text(SECRET, "utf-8")
    (folder / "link.yaml").symlink_to(outside)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "link.j2").symlink_to(outside)
    (tmp_path / "notifier.yaml").symlink_to(outside)

    [shown] = show_problems([Problem("x/y", "m", Place(path, 1))], folder)

    assert shown.excerpt == ()


def test_files_that_notices_share_have_excerpts(tmp_path):
    folder = tmp_path / "notice"
    folder.mkdir()
    (tmp_path / "notifier.yaml").write_text("first\nsecond\n", "utf-8")
    problem = Problem("x/y", "m", Place("../notifier.yaml", 2))

    [shown] = show_problems([problem], folder)

    assert [(line.line, line.text, line.here) for line in shown.excerpt] == [
        (1, "first", False),
        (2, "second", True),
        (3, "", False),
    ]


def test_built_in_files_have_excerpts(tmp_path):
    problem = Problem("x/y", "m", Place("builtin/documents/page.md.j2", 1))

    [shown] = show_problems([problem], tmp_path)

    assert shown.excerpt[0].here


def test_hidden_characters_of_names_and_lines_are_spelled_out(tmp_path):
    name = "a\x1b[31m\u202eb.yaml"
    (tmp_path / name).write_text("x\u2028\u202ey\x07\n" + "long" * 100, "utf-8")

    [shown] = show_problems([Problem("x/y", "m\r\n", Place(name, 1))], tmp_path)

    assert shown.place == "a\\u001b[31m\\u202eb.yaml"
    assert shown.message == "m\\u000d\\u000a"
    assert shown.excerpt[0].text == "x\\u2028\\u202ey\\u0007"
    assert shown.excerpt[1].text == "long" * 60 + "…"
    assert visible("\udce9") == "\\udce9"


@pytest.mark.skipif(os.name != "posix", reason="needs names that are not text")
def test_a_name_that_is_no_text_is_told(sample):
    (sample / os.fsdecode(b"\xff\xfe.po")).write_text("x", "utf-8")
    bad = sample / "templates" / "documents"
    bad.mkdir(parents=True)
    Path(bad / "page.md.j2").write_bytes(b"\xff\xfe")
    with running(sample) as preview:
        [problem] = preview.cell(document="page", locale="en")["problems"]

    assert problem["rule"] == "template/unreadable"
