"""What hostile or careless folders, checkouts and people cannot do to `publish`."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html

from notifier.errors import NotifierError
from notifier.outputs.pages.contents_items import items_of
from notifier.outputs.pages.page_source import read_page
from notifier.outputs.pages.replacing import replace_files
from notifier.outputs.publish import publish, publish_into, read_notices
from tests.outputs.pages.site_samples import SAMPLE

NOW = datetime(2024, 2, 1, tzinfo=UTC)
NOTICE = """\
notice: {id}
kind: upgrade
title: {title}
publisher: {{name: Kestrel, domain: n.example.com}}
support: {{name: Help, url: "https://k.example.com/help"}}
changes: [{{date: 2024-01-01, text: First.}}]
"""
WAVES = """\
waves:
  - {{id: {id}, environment: production, start: 2024-03-05T22:00,
     window: 4 hours{more}}}
"""
TABLES = {
    "customers.csv": "customer,name\nacme-77,Aurora Sailing Club\n1001,Boreal Lines\n",
    "instances.csv": "instance,customer,environment,wave\n"
    "aurora-1,acme-77,production,{wave}\n",
    "contacts.csv": "customer,name,email,locale,timezone\n"
    "acme-77,Luca Bernasconi,luca@aurora.example.com,en,UTC\n",
}
CATALOG = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    'msgid "All customers who have received this notice."\n'
    'msgstr "Only the Aurora Sailing Club."\n'
)
Write = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Write:
    def write(
        more: str = "",
        files: dict[str, str] | None = None,
        *,
        id: str = "database",
        title: str = "Database upgrade",
    ) -> Path:
        home = tmp_path / "notices" / id
        texts = {"notice.yaml": NOTICE.format(id=id, title=title) + more}
        for name, text in (texts | (files or {})).items():
            path = home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return home

    return write


def said(error: NotifierError) -> list[tuple[str, str, str]]:
    return [(each.rule, str(each.place), each.severity) for each in error.problems]


def refused(folders: list[Path], output: Path) -> list[tuple[str, str, str]]:
    """Return the problems for which nothing is published."""
    with pytest.raises(NotifierError) as error:
        publish(read_notices(folders)[0], now=NOW, output=output)
    assert not output.exists()
    return said(error.value)


# nothing names a customer


@pytest.mark.parametrize(
    ("more", "rule", "place"),
    [
        ("page: {front_matter: {author: Luca Bernasconi}}", "contact", "7:23"),
        ("page: {front_matter: {x: {y: Aurora Sailing Club}}}", "customer", "7:23"),
        (
            "page: {front_matter: {by_locale: {en: {x: Aurora Sailing Club}}}}",
            "customer",
            "7:40",
        ),
        ("page: {path: upgrades/acme-77.md}", "customer", "7:8"),
        ("page: {anchors: {impact: acme-77}}", "customer", "7:18"),
        ("page: {toc: {section: Aurora Sailing Club}}", "customer", "7:14"),
        (
            "page: {outline: [{id: x, heading: H, text: T., anchor: acme-77}]}",
            "customer",
            "7:18",
        ),
    ],
    ids=["front-matter", "nested", "by-locale", "path", "anchor", "section", "own"],
)
def test_no_key_names_anybody(folder: Write, tmp_path, more, rule, place):
    tables = TABLES | {"instances.csv": "instance,customer,environment\n"}

    problems = refused([folder(more, tables)], tmp_path / "out")

    assert (f"publish/names-{rule}", f"notice.yaml:{place}", "error") in problems


def test_no_id_of_a_wave_or_a_notice_names_a_customer(folder: Write, tmp_path):
    files = {"waves.yaml": WAVES.format(id="acme-77", more="")}
    tables = {name: text.format(wave="acme-77") for name, text in TABLES.items()}

    problems = refused([folder(files=files | tables, id="acme-77")], tmp_path / "out")

    assert problems == [
        ("publish/names-customer", "notice.yaml:1:1", "error"),
        ("publish/names-customer", "waves.yaml:2:5", "error"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        (
            "locales/en/LC_MESSAGES/notice.po",
            CATALOG,
            "locales/en/LC_MESSAGES/notice.po",
        ),
        (
            "templates/layouts/site.html.j2",
            '{% extends "builtin/layouts/site.html.j2" %}\n'
            "{% block support %}Ask the Aurora Sailing Club.{% endblock %}\n",
            "templates/layouts/site.html.j2:2",
        ),
    ],
    ids=["a reworded sentence", "a template"],
)
def test_what_a_folder_overrides_names_nobody(
    folder: Write, tmp_path, name, text, place
):
    tables = {key: table.format(wave="") for key, table in TABLES.items()}

    problems = refused([folder(files={name: text} | tables)], tmp_path / "out")

    assert ("publish/names-customer", place, "error") in problems


def test_numbers_and_instances_that_share_an_id_are_only_warned_of(
    folder: Write, tmp_path
):
    tables = {name: text.format(wave="aurora-1") for name, text in TABLES.items()}
    waves = WAVES.format(id="aurora-1", more="")
    home = folder("reason: It has 1001 parts.\n", tables | {"waves.yaml": waves})

    done = publish(read_notices([home])[0], now=NOW, output=tmp_path / "out")

    found = [(each.rule, str(each.place), each.severity) for each in done.problems]
    assert found == [
        ("publish/names-customer", "notice.yaml:7:9", "warning"),
        ("publish/names-instance", "waves.yaml:2:5", "warning"),
    ]


# paths and places


@pytest.mark.parametrize(
    ("path", "contents", "both"),
    [
        ("a.md", "a.md/TOC.md", "a.md"),
        ("a/b.md", "A", "a"),
        ("x/a.md/b.md", "x/a.md", "x/a.md"),
    ],
)
def test_no_file_stands_where_another_needs_a_folder(
    folder: Write, tmp_path, path, contents, both
):
    home = folder(f"page: {{path: {path}, toc: {{file: {contents}}}}}\n")

    with pytest.raises(NotifierError) as error:
        publish(read_notices([home])[0], now=NOW, output=tmp_path / "out")

    (problem,) = error.value.problems
    assert problem.rule == "publish/same-path"
    assert problem.message == f"a file and a folder both have the path {both!r}"


def test_an_error_of_one_of_several_notices_says_of_which(folder: Write, tmp_path):
    broken = {"templates/documents/page.md.j2": "# {{ nobody }}\n"}
    folders = [folder(), folder(files=broken, id="second")]

    problems = refused(folders, tmp_path / "out")

    place = f"{folders[1]}/templates/documents/page.md.j2:1"
    assert problems == [("template/undefined", place, "error")]


def test_a_file_among_the_folders_is_named_once(
    folder: Write, tmp_path, monkeypatch: pytest.MonkeyPatch
):
    folder()
    (tmp_path / "notices" / "notifier.yaml").write_text("kind: upgrade\n", "utf-8")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(NotifierError) as error:
        read_notices([Path("notices/database"), Path("notices/notifier.yaml")])

    assert said(error.value) == [("notice/folder", "notices/notifier.yaml", "error")]


def test_what_several_notices_share_is_complained_of_once(
    folder: Write, tmp_path, monkeypatch: pytest.MonkeyPatch
):
    for id in ("first", "second"):
        folder(id=id, title="Titel")
    shared = "locales: [en, de]\nfallback: warn\ncustomer: {testing: Look.}\n"
    (tmp_path / "notices" / "notifier.yaml").write_text(shared, "utf-8")
    monkeypatch.chdir(tmp_path)
    notices, _ = read_notices([Path("notices/first"), Path("notices/second")])

    done = publish(notices, now=NOW, output=tmp_path / "out")

    places = [str(each.place) for each in done.problems if "'Look.'" in each.message]
    assert set(places) == {"notices/notifier.yaml:3:21"}


# hostile texts


@pytest.mark.parametrize(
    "text",
    [
        "x</script><script>alert(1)</script>",
        'a](javascript:alert(1)) ![x](x "onerror=alert(1)',
        "x {#x} {target=_blank onclick=alert(1)} {.c}",
        "{{7*7}} {% raw %} {# c #} %(title)s %s {0}",
        "]]> --> <!-- ]]>",
        "{hide-from-toc} [a](b.md) x: y # c",
    ],
)
def test_a_hostile_title_is_shown_as_it_is_and_does_nothing(
    folder: Write, tmp_path, text
):
    title = f"'{text}'"
    home = folder(f"page: {{toc: {{section: {title}}}}}\n", title=title)
    notices, _ = read_notices([home])
    docs = tmp_path / "docs"
    docs.mkdir()

    publish(notices, now=NOW, output=tmp_path / "out")
    publish_into(docs, notices, now=NOW)
    again = publish_into(docs, notices, now=NOW)

    page = html.parse(str(tmp_path / "out/web/en/database/index.html")).getroot()
    hooks = [name for each in page.iter() for name in each.attrib if name[:2] == "on"]
    (heading,) = page.iter("h1")
    assert heading.text_content() == text
    assert len(list(page.iter("script"))) == 2
    assert hooks == []
    assert again.written == ()


# hostile checkouts


@pytest.mark.parametrize("row", ["+ [x]({}x", "+ [x]({}y z", "+ {}x"])
def test_a_row_of_the_contents_costs_no_more_than_its_length(row):
    started = time.process_time()

    rows = list(items_of(row.format(" " * 60_000)))

    assert [item.link for item in rows] == [None]
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "start", ["\n", "  \n\n", "\r", "--- # keys\ntitle: x\n"], ids=repr
)
def test_front_matter_that_is_none_is_not_lost(start):
    page = f"{start}---\ntitle: Old\nrobots: noindex\n---\n\n# Old {{#database}}\n"
    page = page.replace("\n", "\r") if start == "\r" else page

    with pytest.raises(NotifierError) as error:
        read_page(page, "en/database.md")

    assert said(error.value) == [("publish/front-matter", "en/database.md:1", "error")]


def test_a_run_that_fails_leaves_no_empty_folders(tmp_path):
    (tmp_path / "file").write_text("of others", "utf-8")
    (tmp_path / "it").mkdir()
    pages = [
        (tmp_path / "en/deep/a.md", b"a"),
        (tmp_path / "it/deep/a.md", b"a"),
        (tmp_path / "file/a.md", b"a"),
    ]

    with pytest.raises(OSError, match="file"):
        replace_files(pages)

    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "it"]


# time and interruption


def test_a_cancelled_notice_promises_and_asks_nothing(folder: Write, tmp_path):
    more = (
        "expected: {at_most: 45 minutes}\n"
        "customer: {action: {text: Save., by: 2024-03-01, if_not: Lost.}}\n"
    )
    cancelled = ", status: cancelled, revision: 1, updated: 2024-01-10"
    home = folder(more, {"waves.yaml": WAVES.format(id="one", more=cancelled)})

    publish(read_notices([home])[0], now=NOW, output=tmp_path / "out")

    page = html.parse(str(tmp_path / "out/web/en/database/index.html")).getroot()
    facts = page.xpath("//dl[@class='facts']//dt")
    assert [fact.text for fact in facts] == ["Status", "When", "Support"]


@pytest.mark.slow
def test_an_interrupt_leaves_nothing_behind(tmp_path):
    tool = Path(sys.executable).with_name("notifier")
    words = [tool, "publish", SAMPLE, "--now", "2024-02-01", "-o", tmp_path / "out"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as run:
        while not any(tmp_path.rglob("*.md")) and run.poll() is None:
            time.sleep(0.01)
        run.send_signal(signal.SIGINT)
        _, told = run.communicate(timeout=60)

    assert (run.returncode, told.strip()) == (130, "interrupted")
    assert list(tmp_path.iterdir()) == []
