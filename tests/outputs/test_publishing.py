"""`publish` writes all of one or many notices, or nothing."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from lxml import etree, html

from notifier.content.dialect import parse, render_signature
from notifier.errors import NotifierError, Problem
from notifier.outputs.files import folder_files
from notifier.outputs.publish import publish, publish_into, read_notices
from tests.outputs.pages.published import (
    CLOCKS,
    LOCALES,
    NOTICES,
    OTHER,
    copy_of,
    edit,
    published,
    tree,
)
from tests.outputs.pages.site_samples import FOLDERS

pytestmark = pytest.mark.slow

NOW = CLOCKS["sample"]
PAGE = "technotes/upgrades/upgrade-to-aws.md"
TITLE = "Campaign email sending infrastructure upgrade"
WEB = "web/en/email-infrastructure"


@pytest.fixture
def folder(sample: Path) -> Path:
    """Return a copy of the sample in two locales."""
    edit(sample, LOCALES, "[en, it]")
    return sample


def files_of(*folders: Path, now: datetime = NOW) -> dict[str, bytes]:
    return published(folders, now=now)


def texts(data: bytes, path: str) -> list[str]:
    found = html.document_fromstring(data.decode()).xpath(path)
    return [
        " ".join((each if isinstance(each, str) else each.text_content()).split())
        for each in found
    ]


# --------------------------------------------------- the same bytes, and no clock


@pytest.mark.parametrize("name", CLOCKS)
def test_the_same_notices_make_the_same_bytes_an_hour_later(name):
    later = published(NOTICES[name], now=CLOCKS[name] + timedelta(hours=1))

    assert later == tree(name)


@pytest.mark.parametrize("name", CLOCKS)
def test_no_file_holds_the_time_of_the_run(name):
    now = CLOCKS[name]
    stamps = re.compile(f"{now:%M}[:.]?{now:%S}|{now:%Y%m%d}T")

    held = {
        path: found
        for path, data in tree(name).items()
        if (found := stamps.findall(data.decode()))
    }

    assert held == {}


def test_files_are_the_same_whatever_the_order_of_the_runs(folder):
    first = files_of(folder)
    files_of(*FOLDERS, now=CLOCKS["folders"])

    assert files_of(folder) == first


# ------------------------------------------------------------------ many notices


def test_many_notices_share_one_index_one_feed_and_one_sitemap():
    made = tree("folders")

    listed = {
        folder: sorted(texts(made[f"{folder}/index.html"], "//li/h2/a/@href"))
        for folder in ("web", "web/en", "web/pl")
    }
    pages = {
        "atlas-mail-5": ("en", "de", "ja"),
        "gateway-tls": ("it", "en", "de", "pl"),
        "harvest-components": ("en", "es", "pt-BR", "zh-Hans"),
        "orbit-data-center": ("en", "fr", "ja", "ar"),
    }
    assert listed == {
        "web": [f"en/{id}/index.html" for id in pages],
        "web/en": [f"{id}/index.html" for id in pages],
        "web/pl": ["gateway-tls/index.html"],
    }
    locales = {lang for langs in pages.values() for lang in langs}
    assert {path for path in made if path.endswith("/index.html")} == {
        "web/index.html",
        *(f"web/{lang}/index.html" for lang in locales),
        *(f"web/{lang}/{id}/index.html" for id in pages for lang in pages[id]),
    }
    feed = etree.fromstring(made["web/en/feed.xml"])
    told = [
        link.get("href").split("/")[-2]
        for link in feed.iterfind("{*}entry/{*}link[@rel='alternate']")
    ]
    assert told == ["orbit-data-center", "atlas-mail-5", "atlas-mail-5"]
    assert [path for path in made if "sitemap" in path] == ["web/sitemap.xml"]
    assert made["web/sitemap.xml"].count(b"<loc>") == 1 + len(locales) + 15


def test_contents_list_the_notices_of_a_run_in_their_order(folder):
    made = files_of(copy_of(folder, "second", **OTHER), folder)

    assert made["docs/en/TOC.md"].decode() == (
        "# Adobe {#toc}\n\n+ Upgrades{#upgrades}\n"
        f"  + [{TITLE}](database.md)\n  + [{TITLE}]({PAGE})\n"
    )


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        ({"path": "database.md"}, "publish/same-notice"),
        ({"notice": "database"}, "publish/same-path"),
        ({**OTHER, "site": '"https://other.example.com"'}, "publish/sites-differ"),
    ],
    ids=["same id", "same path", "other site"],
)
def test_notices_in_each_others_way_are_not_published(folder, other, rule):
    second = copy_of(folder, "second", **other)

    problems = refused(folder, second, is_site=rule != "publish/same-path")

    assert [(each.rule, each.place and each.place.path) for each in problems] == [
        (rule, str(second / "notice.yaml"))
    ]


def test_the_same_folder_twice_is_one_notice(folder):
    assert files_of(folder, folder) == files_of(folder)


def test_a_problem_of_one_of_several_notices_names_its_folder(folder):
    second = copy_of(folder, "second", **OTHER)
    edit(second, "status: completed", "status: scheduled", file="waves.yaml")

    places = [str(each.place) for each in refused(folder, second)]

    assert places == [f"{second.as_posix()}/waves.yaml:17:5"]


# ------------------------------------------------------------------- the status


def all_are(folder: Path, status: str) -> None:
    """Give all phases and waves a status."""
    path = folder / "waves.yaml"
    text = re.sub("    status: completed\n", "", path.read_text("utf-8"))
    text = re.sub(r"(    window: .*\n)", rf"\1    status: {status}\n", text)
    text = re.sub(r"(starts: \d{4}-\d\d)}", rf"\1, status: {status}}}", text)
    path.write_text(text, "utf-8")


def status_of(made: Mapping[str, bytes]) -> list[str]:
    page = made[f"{WEB}/index.html"]
    return texts(page, "//dl[@class='facts']//span[contains(@class, 'badge')]/@class")


def test_an_archived_notice_is_listed_no_more_and_stays_where_it_is(folder):
    before = files_of(folder)
    edit(folder, "kind:", "archived: 2024-01-31\nkind:")

    made = files_of(folder)

    assert made.keys() == before.keys()
    assert status_of(made) == ["badge archived"]
    banner = texts(made[f"{WEB}/index.html"], "//p[@class='banner']")
    assert banner == ["This notice is archived. It is kept for reference."]
    index = made["web/en/index.html"]
    assert texts(index, "//ul[not(ancestor::details)]/li/h2") == []
    link = texts(index, "//details[@class='archive']//h2/a/@href")
    assert link == ["email-infrastructure/index.html"]
    entry = (
        f"+ {{hide-from-toc}} [Campaign email sending infrastructure upgrade]({PAGE})"
    )
    assert entry in made["docs/en/TOC.md"].decode()
    for path in (f"docs/en/{PAGE}", "web/sitemap.xml", "web/en/feed.xml"):
        assert made[path] == before[path]


def test_a_cancelled_notice_says_so_everywhere(folder):
    all_are(folder, "cancelled")

    made = files_of(folder)

    assert status_of(made) == ["badge cancelled"]
    assert b"has been cancelled" in made[f"docs/en/{PAGE}"]
    page = made[f"{WEB}/index.html"]
    assert set(texts(page, "//ol[@class='waves']/li/@class")) == {"wave cancelled"}
    calendar = icalendar.Calendar.from_ical(made[f"{WEB}/waves.ics"])
    assert {str(event["STATUS"]) for event in calendar.events} == {"CANCELLED"}
    (data,) = texts(page, "//script[@type='application/ld+json']")
    states = {
        each["eventStatus"]
        for each in json.loads(data)["@graph"]
        if each["@type"] == "Event"
    }
    assert states == {"https://schema.org/EventCancelled"}


def test_a_completed_notice_promises_nothing(folder):
    all_are(folder, "completed")

    made = files_of(folder, now=datetime(2024, 4, 10, tzinfo=UTC))

    assert status_of(made) == ["badge completed"]
    page = made[f"docs/en/{PAGE}"].decode()
    assert "When did the upgrade take place?" in page
    assert page.count("environments has been completed.") == 2
    assert "will " not in page


# ------------------------------------------------------- what must not go out


def refused(
    *folders: Path, now: datetime = NOW, is_site: bool = False
) -> list[Problem]:
    """Return the errors for which nothing is published.

    Nor is anything published into a checkout, unless it is the web site's matter.
    """
    room = folders[0].parent
    output, docs = room / "output", room / "docs"
    docs.mkdir()
    notices, _ = read_notices(folders)
    with pytest.raises(NotifierError) as caught:
        publish(notices, now=now, output=output)
    assert not output.exists()
    assert [path for path in room.iterdir() if path.name.startswith(".")] == []
    if not is_site:
        with pytest.raises(NotifierError):
            publish_into(docs, notices, now=now)
        assert list(docs.iterdir()) == []
    return [each for each in caught.value.problems if each.is_error]


@pytest.mark.parametrize(
    ("now", "wave"),
    [(datetime(2024, 3, 6, 1, tzinfo=UTC), 1), (datetime(2024, 3, 30, tzinfo=UTC), 4)],
    ids=["one", "four"],
)
def test_a_wave_that_has_passed_is_not_called_planned(folder, now, wave):
    problems = refused(folder, now=now)

    assert [each.rule for each in problems] == ["waves/overdue"] * wave


def test_a_phase_that_has_passed_is_not_called_planned(folder):
    edit(
        folder,
        "starts: 2024-01}",
        "starts: 2024-01, status: planned}",
        file="waves.yaml",
    )

    (problem,) = refused(folder)

    assert (problem.rule, str(problem.place)) == (
        "waves/planned-in-the-past",
        "waves.yaml:11:5",
    )


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("We begin with Aurora Viaggi S.p.A. at night.", "publish/names-customer"),
        ("We begin with aurora-prod1 at night.", "publish/names-instance"),
        ("Ask giulia.ferrari@aurora.example.com first.", "publish/names-contact"),
    ],
    ids=["customer", "instance", "contact"],
)
def test_a_text_that_names_somebody_does_not_go_out(folder, text, rule):
    edit(folder, "unaffected:\n", f"unaffected:\n    - {text}\n")
    edit(folder, "fallback: forbid", "fallback: warn")

    (problem,) = refused(folder)

    assert (problem.rule, str(problem.place)) == (rule, "notice.yaml:31:7")


@pytest.mark.parametrize("fallback", ["forbid", "warn"])
def test_a_missing_translation_is_met_as_the_notice_says(folder, tmp_path, fallback):
    edit(folder, "fallback: forbid", f"fallback: {fallback}")
    edit(folder, "testing: none", "testing: Try one delivery.")

    if fallback == "forbid":
        found = refused(folder)
    else:
        notices, _ = read_notices([folder])
        found = publish(notices, now=NOW, output=tmp_path / "site").problems

    assert [(each.rule, str(each.place), each.is_error) for each in found] == [
        ("translation/missing", "notice.yaml:36:12", fallback == "forbid")
    ]


def test_a_page_against_the_rules_of_its_dialect_does_not_go_out(folder):
    template = folder / "templates" / "documents" / "page.md.j2"
    template.parent.mkdir(parents=True)
    template.write_text(
        '{% extends "builtin/documents/page.md.j2" %}\n'
        "{% block closing %}<br>[Ask](https://example.com/){x=y}{% endblock %}"
    )

    rules = {each.rule.partition("/")[0] for each in refused(folder)}

    assert rules == {"dialect"}


def test_what_was_published_before_stays_when_something_is_wrong(folder, tmp_path):
    output = tmp_path / "site"
    publish(read_notices([folder])[0], now=NOW, output=output)
    before = dict(folder_files(output))
    edit(folder, "testing: none", "testing: Try one delivery.")

    with pytest.raises(NotifierError):
        publish(read_notices([folder])[0], now=NOW, output=output)

    assert dict(folder_files(output)) == before


# --------------------------------------------------------- what may be missing


def test_without_a_site_nothing_is_absolute(folder):
    edit(folder, '  site: "https://notices.example.com"\n', "")

    made = files_of(folder)

    assert "web/sitemap.xml" not in made
    for path, data in made.items():
        assert b"https://notices.example.com" not in data, path


def test_a_notice_of_its_facts_alone_has_its_pages(tmp_path):
    (tmp_path / "notice.yaml").write_text(
        "notice: database\nkind: migration\ntitle: Database migration\n"
        "publisher: {name: Kestrel}\n"
        'support: {name: Care, url: "https://kestrel.example.com/help"}\n'
    )

    made = files_of(tmp_path)

    assert sorted(made) == [
        "docs/en/database.md",
        "web/en/database/index.html",
        "web/en/index.html",
        "web/index.html",
    ]
    assert texts(made["web/en/database/index.html"], "//h1") == ["Database migration"]


# ----------------------------------------------------------- texts of any kind

PLAIN = "\"'></title></script>]]><b>&amp; {{7*7}} {#x} **b** [l](u) `c` | $x$ +++ +"
RICH = (
    "&lt;script>alert(1)&lt;/script> &amp; {{7*7}} {#x} ]]> \"' 1 < 2 | $x$ &lt;/svg>"
)
HARMLESS = "Words"


def with_texts(folder: Path, *, plain: str, rich: str) -> Path:
    """Return a notice whose texts are all *plain*, or *rich* where Markdown may be."""
    line, mark = json.dumps(plain), json.dumps(rich)
    folder.mkdir()
    (folder / "notice.yaml").write_text(
        f"""\
notice: database
kind: upgrade
title: {line}
description: {line}
reason: {mark}
publisher: {{name: {line}, domain: example.com, site: "https://example.com"}}
support: {{name: {line}, url: "https://example.com/help"}}
audience: [{line}, {{name: {line}, condition: {line}}}]
not_affected: [{line}]
impact: {{level: outage, unavailable: [{mark}], unaffected: [{mark}]}}
customer:
  mandatory: true
  action: {{text: {mark}, if_not: {mark}}}
  testing: {mark}
  reschedule: {{allowed: no, reason: {mark}}}
changes: [{{date: 2024-01-20, text: {mark}}}]
faq: [mandatory, {{question: {line}, answer: {mark}}}]
page:
  heading: {line}
  outline:
    - {{id: own, heading: {line}, text: {mark}}}
    - changes
    - audience
    - timeline
    - action
    - impact
    - components
    - faq
  components:
    - {{name: {line}, from: {line}, to: {line}, condition: {line}, text: {mark}}}
  alerts: [{{type: NOTE, section: audience, text: {mark}}}]
  toc: {{file: TOC.md, section: notices, title: {line}}}
""",
        "utf-8",
    )
    (folder / "waves.yaml").write_text(
        f"""\
phases: [{{environments: [production], starts: 2024-03, label: {line}, note: {mark}}}]
environments: [{{id: production, label: {line}}}]
waves:
  - id: one
    label: {line}
    environment: production
    start: 2024-03-05T22:00
    window: 2 hours
    revision: 1
    updated: 2024-01-10
    was: {{start: 2024-03-04T22:00}}
""",
        "utf-8",
    )
    return folder


def skeletons(made: Mapping[str, bytes]) -> dict[str, object]:
    """Return the structure of each file: what a text must never change."""
    return {path: skeleton(path, data) for path, data in made.items()}


def skeleton(path: str, data: bytes) -> object:
    text = data.decode()
    if path.endswith("TOC.md"):
        return [re.match(r" *\+|#|$", line)[0] for line in text.splitlines()]
    if path.endswith(".md"):
        matter, _, body = text.removeprefix("---\n").partition("\n---\n")
        signature = render_signature(parse(body))
        return re.findall(r"^[\w-]+:", matter, re.MULTILINE), signature
    if path.endswith(".ics"):
        calendar = icalendar.Calendar.from_ical(data)
        return [(each.name, sorted(each)) for each in calendar.walk()]
    if path.endswith(".html"):
        root = html.document_fromstring(text)
    else:
        root = etree.fromstring(data)
    kinds = [(each.tag, tuple(each.keys())) for each in root.iter(etree.Element)]
    # How many lines a drawing breaks its labels into depends on their length.
    return set(kinds) if path.endswith(".svg") else kinds


def test_no_text_changes_the_structure_of_any_file(tmp_path):
    harmless = with_texts(tmp_path / "harmless", plain=HARMLESS, rich=HARMLESS)
    hostile = with_texts(tmp_path / "hostile", plain=PLAIN, rich=RICH)

    expected, found = files_of(harmless), files_of(hostile)

    assert skeletons(found) == skeletons(expected)
    page = found["web/en/database/index.html"]
    assert texts(page, "//h1") == [PLAIN]
    assert texts(page, "//ol[@class='waves']//h3") == [PLAIN]
    assert b"<script>alert" not in page
    assert "<script>alert(1)</script>" in texts(page, "//main")[0]
    assert not any(
        b"49" in data for path, data in found.items() if path.endswith(".md")
    )


# --------------------------------------------------------------- into a checkout


def state(docs: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(docs)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in docs.rglob("*")
        if path.is_file()
    }


def test_into_a_checkout_go_the_same_pages_once(folder, tmp_path):
    notices, _ = read_notices([folder])
    docs = tmp_path / "docs"
    docs.mkdir()

    first = publish_into(docs, notices, now=NOW)
    before = state(docs)
    second = publish_into(docs, notices, now=NOW + timedelta(hours=1))

    assert (len(first.written), first.unchanged) == (4, 0)
    assert (second.written, second.unchanged) == ((), 4)
    assert state(docs) == before
    tree = {
        path.removeprefix("docs/"): data
        for path, data in files_of(folder).items()
        if path.startswith("docs/")
    }
    assert {path: data for path, (data, _) in before.items()} == tree


def test_progress_counts_the_pages_of_both_trees(folder, tmp_path):
    seen: list[tuple[int, int]] = []
    notices, _ = read_notices([folder])

    publish(
        notices,
        now=NOW,
        output=tmp_path / "site",
        progress=lambda done, total: seen.append((done, total)),
    )

    assert seen == [(done, 4) for done in range(1, 5)]


def test_every_file_is_made_in_every_locale():
    made = Counter(
        re.sub(r"^(docs|web)/[^/]+/", r"\1/*/", path) for path in tree("sample")
    )

    assert made == {
        f"docs/*/{PAGE}": 14,
        "docs/*/TOC.md": 14,
        **{
            f"web/*/email-infrastructure/{name}": 14
            for name in (
                "index.html",
                "feed.xml",
                "waves.ics",
                "timeline.svg",
                "timeline-narrow.svg",
            )
        },
        "web/*/index.html": 14,
        "web/*/feed.xml": 14,
        "web/index.html": 1,
        "web/sitemap.xml": 1,
    }
