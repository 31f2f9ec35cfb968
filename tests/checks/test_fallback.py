"""What lacks a translation is told, and says its language; no command is silent."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from click.testing import CliRunner
from icalendar import Calendar
from lxml import html as lxml_html
from notices import check, edit, evidence_of, found, judged, reread, write_template

from notifier.cli import main
from notifier.notice import read_notice
from notifier.outputs.documents import render_documents
from notifier.outputs.jobs import RenderRequest
from notifier.outputs.mail.manifest import MANIFEST
from tests.preview.running import running

pytestmark = pytest.mark.slow

NOW = datetime(2024, 2, 1, tzinfo=UTC)
MISSING = "To keep your messages arriving quickly and reliably"
STALE = "Moving one window could disrupt the upgrade"
FORMER = "Lo spostamento di una finestra"
GAPS = (("notice.yaml:6:9", MISSING), ("notice.yaml:39:13", STALE))
POLICIES = ("forbid", "warn", "bilingual")
MARKS = re.compile("[\ufdd0-\ufdef]")
CATALOG = "locales/{}/LC_MESSAGES/notice.po"
COMMANDS = {
    "render": ("render", "-o"),
    "publish": ("publish", "-o"),
    "publish --into": ("publish", "--into"),
    "emails": ("emails", "--locale", "it", "-o"),
}


def allow(folder: Path, fallback: str) -> None:
    edit(folder / "notice.yaml", "fallback: forbid", f"fallback: {fallback}")


def make_gaps(folder: Path, lang: str = "it") -> None:
    """Take one translation away, and let another one become stale."""
    path = folder / CATALOG.format(lang)
    entries = path.read_text("utf-8").split("\n\n")
    for number, entry in enumerate(entries):
        if MISSING[:30] in entry:
            entries[number] = entry.partition("msgstr")[0] + 'msgstr ""'
        elif STALE[:30] in entry:
            at = entry.index("msgid")
            former = '#, fuzzy\n#| msgid "Moving two windows."\n'
            entries[number] = entry[:at] + former + entry[at:]
    path.write_text("\n\n".join(entries), "utf-8")


def run(command: str, folder: Path, output: Path):
    """Return how *command* ends, having written into *output*."""
    name, *options = COMMANDS[command]
    words = [name, folder, "--now", "2024-02-01", *options, output]
    return CliRunner().invoke(main, list(map(str, words)))


def checkout(folder: Path) -> Path:
    """Return a docs checkout with a folder per locale."""
    for lang in ("en", "it", "ja"):
        (folder / lang).mkdir(parents=True)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def render(folder: Path, **request) -> dict[str, str]:
    notice, _ = read_notice(folder)
    made = render_documents(notice, RenderRequest(**request), now=NOW)
    return {str(file.path): file.text for file in made.files}


def mails(folder: Path, output: Path, *options: str):
    """Return the messages of *folder*, parsed."""
    words = ["emails", folder, "--now", "2024-02-01", "-o", output, *options]
    result = CliRunner().invoke(main, list(map(str, words)))
    assert result.exit_code == 0, result.stderr
    paths = sorted(output.rglob("*.eml"))
    return [
        message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths
    ]


def body(message, kind: str) -> str:
    return message.get_body((kind,)).get_content().replace("\r\n", "\n")


def marked(html: str) -> list[tuple[str, str, str]]:
    """Return the texts of *html* that say their own language and direction."""
    spans = lxml_html.document_fromstring(html).body.iter("span")
    return [
        (span.get("lang"), span.get("dir"), span.text_content())
        for span in spans
        if span.get("lang")
    ]


@pytest.mark.parametrize("fallback", POLICIES)
@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_names_what_lacks_a_translation_and_obeys_the_policy(
    folder, tmp_path, command, fallback
):
    make_gaps(folder)
    allow(folder, fallback)
    output = tmp_path / "out"
    before = files(checkout(output)) if command == "publish --into" else {}

    result = run(command, folder, output)

    is_forbidden = fallback == "forbid"
    severity = "error" if is_forbidden else "warning"
    way_out = ", or set 'fallback: warn' in notice.yaml" if is_forbidden else ""
    told = result.stderr.splitlines()
    for place, text in GAPS:
        [at] = [n for n, line in enumerate(told) if text in line]
        head = f"{place}: {severity}: no translation into it of '{text}"
        assert told[at].startswith(head)
        assert told[at].endswith("[translation/missing]")
        assert (
            told[at + 1] == f"    hint: translate it in {CATALOG.format('it')}{way_out}"
        )
    counts = "2 errors, 1 warning" if is_forbidden else "3 warnings"
    assert told[-1] == counts  # the third is that of a mark `fuzzy` that does not count
    assert result.exit_code == is_forbidden
    assert (files(output) == before) == is_forbidden


@pytest.mark.parametrize("fallback", POLICIES)
def test_a_check_lists_each_at_its_line_of_the_catalog(folder, fallback):
    make_gaps(folder)
    allow(folder, fallback)

    report = check(folder)

    severity = "error" if fallback == "forbid" else "warning"
    path = folder / CATALOG.format("it")
    lines = path.read_text("utf-8").split("\n")
    problems = [finding.problem for finding in report.findings]
    assert [(each.rule, str(each.severity)) for each in problems] == [
        ("catalog/untranslated", severity),
        ("catalog/stale", severity),
    ]
    for problem, text in zip(problems, (MISSING, STALE), strict=True):
        assert text in problem.message
        near = "\n".join(lines[problem.place.line - 1 :][:2])
        assert text[:30] in near
    assert report.passes() == (fallback != "forbid")


@pytest.mark.parametrize("fallback", POLICIES)
def test_the_preview_shows_it_whatever_the_policy(folder, fallback):
    make_gaps(folder)
    allow(folder, fallback)
    with running(folder) as preview:
        cell = preview.cell(document="page", locale="it")
        frame = preview.frame(document="page", locale="it")

    severity = "error" if fallback == "forbid" else "warning"
    problems = [
        (each["rule"], each["severity"], each["place"])
        for each in cell["problems"]
        if each["rule"] == "translation/missing"
    ]
    assert problems == [("translation/missing", severity, "notice.yaml")] * 2
    assert cell["mark"]["mark"] in ("untranslated", "errors")
    assert [(lang, way) for lang, way, _ in marked(frame)] == [("en", "ltr")] * 2


@pytest.mark.parametrize("fallback", ["warn", "bilingual"])
def test_html_says_the_language_of_each_such_text_and_nothing_else_does(
    folder, tmp_path, fallback
):
    make_gaps(folder)
    allow(folder, fallback)
    made = {}
    for command in ("render", "publish", "emails"):
        output = tmp_path / command
        assert run(command, folder, output).exit_code == 0
        made |= {f"{command}/{name}": data for name, data in files(output).items()}

    assert not [name for name, data in made.items() if MARKS.search(data.decode())]
    pages = {
        name: marked(data.decode())
        for name, data in made.items()
        if name.endswith(".html") and "/it/" in name
    }
    assert {name: len(found) for name, found in pages.items()} == {
        "publish/web/it/email-infrastructure/index.html": 2,
        "publish/web/it/index.html": 0,
        "render/it/faq.html": 1,
        "render/it/page.html": 2,
        **{
            f"render/it/announcement.{wave}.html": 2
            for wave in [*(f"production-{number}" for number in range(1, 5)), "none"]
            if f"render/it/announcement.{wave}.html" in pages
        },
    }
    for texts in pages.values():
        for lang, way, text in texts:
            assert (lang, way) == ("en", "ltr")
            assert text.startswith((MISSING, STALE))
    others = [name for name in made if name.endswith(".html") and "/it/" not in name]
    assert others
    assert not any(marked(made[name].decode()) for name in others)
    # The old translation of a text that has changed is nowhere.
    assert not [name for name, data in made.items() if FORMER in data.decode()]


def test_a_message_says_the_language_of_each_such_text(folder, tmp_path):
    make_gaps(folder)
    allow(folder, "warn")

    found = mails(folder, tmp_path / "out", "--locale", "it", "--wave", "production-1")

    assert [message["Content-Language"] for message in found] == ["it", "it"]
    for message in found:
        texts = marked(body(message, "html"))
        assert [(lang, way) for lang, way, _ in texts] == [("en", "ltr")] * 2
        assert "Dear" not in body(message, "plain")


def test_text_that_runs_the_other_way_says_its_direction(sample, tmp_path):
    make_gaps(sample, "ar")
    allow(sample, "warn")

    [message] = mails(sample, tmp_path / "out", "--only", "oasis", "--locale", "ar")

    html = body(message, "html")
    assert '<html lang="ar" dir="rtl">' in html
    assert f'<p style="margin:0 0 16px"><span lang="en" dir="ltr">{MISSING}' in html
    [_, (lang, way, text)] = marked(html)
    assert (lang, way) == ("en", "ltr")
    assert text.startswith(STALE)


def test_a_locale_without_any_catalog_is_marked_from_top_to_bottom(folder, tmp_path):
    edit(folder / "notice.yaml", "locales: [en,", "locales: [en, he,")
    allow(folder, "warn")

    result = run("publish", folder, tmp_path / "out")

    assert result.exit_code == 0
    told = result.stderr.splitlines()
    assert (
        "locales/he/LC_MESSAGES/notice.po: warning: no translation into he of "
        "'Frequently asked questions' [translation/missing]"
    ) in told
    assert "there are no translations for 'he' [catalog/absent]" in result.stderr
    page = files(tmp_path / "out")["web/he/email-infrastructure/index.html"].decode()
    tree = lxml_html.document_fromstring(page)
    for part in tree.xpath("//h1 | //h2 | //h3 | //dt | //p | //summary | //li"):
        own = [
            text
            for text in part.xpath(".//text()[ancestor::*[@lang][1][@lang='he']]")
            if re.search(r"[a-z]{4}", text)
        ]
        assert own in ([], ["Adobe"])  # the publisher's name, as it is everywhere


def test_built_in_words_are_english_and_those_of_the_author_in_the_default_locale(
    folder,
):
    text = (folder / "notice.yaml").read_text("utf-8")
    text = text.replace("locales: [en, it, ja]", "locales: [it, he]")
    text = text.replace("default_locale: en", "default_locale: it")
    (folder / "notice.yaml").write_text(text, "utf-8")
    allow(folder, "warn")

    page = render(folder, documents=("page",), locales=("he",))["he/page.html"]

    texts = marked(page)
    assert ("en", "ltr", "What is changing?") in texts
    assert ("it", "ltr", "Adobe Campaign Standard On-demand customers") in texts


def test_a_template_that_looks_into_the_letters_of_a_text_gets_the_text_alone(folder):
    make_gaps(folder)
    allow(folder, "warn")
    template = "# T\n\n{{ notice.reason|length }} {{ notice.reason|truncate(20) }}\n"
    write_template(folder, "documents/faq.md.j2", template)

    page = render(folder, documents=("faq",), locales=("it",))["it/faq.html"]

    assert "To keep your..." in page
    assert not MARKS.search(page)
    assert marked(page) == []


def test_a_message_in_two_languages_has_both_whole_and_apart(sample, tmp_path):
    make_gaps(sample, "ar")
    allow(sample, "bilingual")

    [message] = mails(sample, tmp_path / "out", "--only", "oasis", "--locale", "ar")

    assert message["Content-Language"] == "ar, en"
    assert message["Subject"].startswith("ترقية")
    tree = lxml_html.document_fromstring(body(message, "html"))
    blocks = tree.xpath("//div[@lang][.//h1]")
    assert [(each.get("lang"), each.get("dir")) for each in blocks] == [
        ("ar", "rtl"),  # the message as a whole
        ("ar", "rtl"),
        ("en", "ltr"),
    ]
    assert "مرحبًا" in blocks[1].text_content()
    assert "Dear" in blocks[2].text_content()
    first, line, second = body(message, "plain").partition(f"\n{'-' * 40}\n\n")
    assert line
    assert (first.count("\n═"), second.count("\n═")) == (1, 1)
    assert "⁨oasis-prod1⁩، ⁨oasis-prod2⁩، ⁨oasis-prod3⁩" in first
    assert "(3): oasis-prod1, oasis-prod2, oasis-prod3\n" in second
    assert "Dear ليلى حسن,\n" in second
    assert not re.search("[\u2066-\u2069،]", second)


def test_an_invitation_in_two_languages_tells_the_window_in_both(sample, tmp_path):
    make_gaps(sample, "ar")
    allow(sample, "bilingual")

    [message] = mails(sample, tmp_path / "out", "--only", "oasis", "--locale", "ar")

    data = message.get_body(("plain",))
    [invitation] = [
        part.get_content()
        for part in message.walk()
        if part.get_content_type() == "text/calendar" and not part.get_filename()
    ]
    [event] = Calendar.from_ical(invitation).walk("VEVENT")
    first, second = event["description"].split("\n\n")
    assert first.splitlines()[0] in data.get_content().replace("\r\n", "\n")
    assert second.startswith("Friday, March 15, 2024, 12:30\u00a0AM – 3:00\u00a0AM (Du")
    assert "Support: Adobe Customer Care," in second


def test_who_lacks_nothing_gets_one_language(folder, tmp_path):
    make_gaps(folder)
    allow(folder, "bilingual")

    found = mails(folder, tmp_path / "out")

    langs = {message["Content-Language"] for message in found}
    assert langs == {"en", "it, en", "ja"}


@pytest.mark.parametrize("fallback", POLICIES)
def test_a_reader_of_a_language_that_is_not_made_is_told(folder, tmp_path, fallback):
    allow(folder, fallback)
    edit(
        folder / "contacts.csv", "giulia.ferrari@aurora.example.com,it,", "g@x.org,cs,"
    )

    result = run("emails", folder, tmp_path / "out")
    everybody = CliRunner().invoke(
        main,
        ["emails", str(folder), "--now", "2024-02-01", "-o", str(tmp_path / "all")],
    )

    severity = "error" if fallback == "forbid" else "warning"
    said = f"contacts.csv: {severity}: messages for readers of 'cs': "
    assert said in everybody.stderr
    assert everybody.exit_code == (fallback == "forbid")
    assert result.exit_code == 0  # nobody of them reads Italian
    assert ("emails/locale", "contacts.csv") in found(folder)
    if fallback != "forbid":
        rows = (tmp_path / "all" / MANIFEST).read_text("utf-8").splitlines()
        assert {row.split(",")[5] for row in rows if ",g@x.org," in row} == {"en"}


def spoil_all(path: Path) -> None:
    """Mark every translation of a catalog as fuzzy."""
    text = path.read_text("utf-8")
    head, *entries = text.split("\n\n")
    entries = [entry.replace("msgid", "#, fuzzy\nmsgid", 1) for entry in entries]
    path.write_text("\n\n".join([head, *entries]), "utf-8")


def break_line(path: Path) -> None:
    """Take a quote away from a catalog."""
    edit(path, 'msgstr "Assistenza clienti Adobe"', 'msgstr "Assistenza clienti Adobe')


@pytest.mark.parametrize("fallback", POLICIES)
@pytest.mark.parametrize(
    ("spoil", "rule", "severity"),
    [
        pytest.param(Path.unlink, "catalog/outdated", None, id="no catalog"),
        pytest.param(spoil_all, "catalog/fuzzy", "warning", id="all fuzzy"),
        pytest.param(break_line, "catalog/syntax", "error", id="damaged"),
    ],
)
def test_a_catalog_of_no_use_is_never_passed_over(
    folder, tmp_path, spoil, rule, severity, fallback
):
    allow(folder, fallback)
    spoil(folder / CATALOG.format("it"))

    report = check(folder)
    result = run("publish", folder, tmp_path / "out")

    is_fatal = fallback == "forbid" or severity == "error"
    wanted = severity or ("error" if fallback == "forbid" else "warning")
    problems = [finding.problem for finding in report.findings]
    assert wanted in {str(each.severity) for each in problems if each.rule == rule}
    assert report.passes() != is_fatal
    assert result.exit_code == is_fatal
    assert (tmp_path / "out").exists() != is_fatal
    gaps = result.stderr.count("[translation/missing]")
    assert gaps == (0 if severity == "error" else 16)


def test_a_check_of_messages_in_two_languages_finds_nothing_but_the_gaps(folder):
    make_gaps(folder)
    allow(folder, "bilingual")

    assert [rule for rule, _ in found(folder)] == [
        "catalog/untranslated",
        "catalog/stale",
    ]


@pytest.mark.parametrize(
    ("block", "spoilt"),
    [
        pytest.param('<div lang="en" dir="ltr">', "<div>", id="no language"),
        pytest.param('<div lang="en" dir="ltr">', '<div lang="en">', id="no direction"),
        pytest.param('<div lang="it" dir="ltr">', "<div>", id="not that of the reader"),
    ],
)
def test_a_check_finds_a_text_of_two_that_does_not_say_its_language(
    folder, block, spoilt
):
    make_gaps(folder)
    allow(folder, "bilingual")
    evidence = evidence_of(folder)
    [page] = [
        each
        for each in evidence.documents
        if each.path == "it/announcement.production-2.html"
    ]
    assert not [rule for rule, path in judged(evidence) if path == page.path]

    changed = reread(page, page.text.replace(block, spoilt))
    documents = tuple(changed if each is page else each for each in evidence.documents)
    evidence = replace(evidence, documents=documents, letters=())

    assert ("accessibility/lang", page.path) in judged(evidence)
