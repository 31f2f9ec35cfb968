"""Notices unlike the sample: complete, alike in all locales, silent about customers."""

import html
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from notifier.content.dialect import escape_plain, parse, render_signature
from notifier.errors import NotifierError
from notifier.language.durations import format_estimate
from notifier.language.windows import describe_window
from notifier.model.notice import Fallback
from notifier.notice import read_contacts, read_notice
from notifier.notice.values import estimate
from notifier.outputs.documents import render_documents
from notifier.outputs.jobs import FORMATS, RenderRequest
from notifier.resources import resource_folder

FOLDERS = Path(__file__).parent.parent / "folders"
SAMPLE = resource_folder("examples") / "email-infrastructure"
NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
SAMPLE_NOW = datetime(2024, 2, 1, tzinfo=UTC)
# Locales, and the waves that are announced; the golden files show the last one.
UNLIKE = {
    "security-update": (("it", "en", "de", "pl"), ("",)),
    "migration": (
        ("en", "fr", "ja", "ar"),
        (".rehearsal-india", ".americas", ".india", ".pacific"),
    ),
    "components": (("en", "es", "pt-BR", "zh-Hans"), (".night-1",)),
    "own-sections": (("en", "de", "ja"), ("",)),
}
every_folder = pytest.mark.parametrize("name", UNLIKE)
every_locale = pytest.mark.parametrize(
    ("name", "locale"),
    [(name, locale) for name, (locales, _) in UNLIKE.items() for locale in locales],
)


def render(notice, *, now=NOW, **request):
    rendering = render_documents(notice, RenderRequest(**request), now=now)
    return rendering.problems, {str(file.path): file.text for file in rendering.files}


@cache
def made(name):
    """Return the problems and files of a folder, rendered once for all tests."""
    notice, warnings = read_notice(FOLDERS / name)
    problems, files = render(notice)
    return (*warnings, *problems), files


def body(markdown):
    """Return Markdown without the front matter."""
    return markdown.split("---\n", 2)[2] if markdown.startswith("---\n") else markdown


@every_folder
def test_every_document_is_made_in_every_locale_and_format_without_a_problem(name):
    locales, waves = UNLIKE[name]

    problems, files = made(name)

    assert problems == ()
    assert sorted(files) == sorted(
        f"{locale}/{stem}.{format}"
        for locale in locales
        for stem in ("page", "faq", *(f"announcement{wave}" for wave in waves))
        for format in FORMATS
    )


@every_locale
def test_the_texts_read_as_reviewed(name, locale, golden):
    _, files = made(name)
    _, waves = UNLIKE[name]

    for stem in ("page", f"announcement{waves[-1]}"):
        for format in ("md", "txt"):
            path = f"{locale}/{stem}.{format}"
            golden(f"folders/{name}/{path}", files[path])


@every_folder
def test_a_document_has_the_same_structure_in_all_locales(name):
    locales, waves = UNLIKE[name]
    _, files = made(name)

    for stem in ("page", "faq", *(f"announcement{wave}" for wave in waves)):
        first, *others = (
            render_signature(parse(body(files[f"{locale}/{stem}.md"])))
            for locale in locales
        )
        assert others == [first] * len(others), stem


def test_components_stand_in_one_table_with_their_versions():
    _, files = made("components")

    text = files["en/page.md"]
    table = re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE)
    assert table == [
        "| Component | Current version | New version "
        "| End of support for the current version | Applies to |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| Java runtime | 11 | 21 | 3rd quarter 2025 | plug-ins written in Java |\n"
        "| PostgreSQL | 12.22 | 16.6 | February 2025 | direct database access |\n"
        "| Search service | – | 8.15 | – | – |\n"
    ]
    assert "[Rebuild your plug-ins](../developer/plug-ins.md#rebuild)" in text


def test_questions_can_be_headings():
    _, files = made("security-update")

    questions = re.findall(r"^### (.+)$", files["en/page.md"], re.MULTILINE)
    assert len(questions) == 6
    assert questions[0] == "Is this security update mandatory?"


def test_own_front_matter_keeps_its_order_and_differs_by_locale():
    _, files = made("own-sections")

    matter = files["de/page.md"].split("---\n")[1].splitlines()
    assert matter == [
        "title: Atlas Mail 5 mit neuer Versand-Engine",
        "description: 'Atlas Mail 5 versendet über eine neue Engine: was "
        "vorzubereiten ist, was zu prüfen ist, wie man zurückkehrt'",
        "feature: Versand",
        "role: [Admin, User]",
        "level: Intermediate",
        "audience_of:",
        "  products:",
        "    - atlas-mail",
        '  plan: "all"',
        "translated: human",
        "",
    ]


# ------------------------------------------------- what nobody else is to see


def secrets(notice):
    """Return a pattern for each text that names a customer, contact or instance."""
    customers = (notice.customers or {}).values()
    contacts = read_contacts(notice.contacts) if notice.contacts else ()
    # An id such as `sol` is also a part of words.
    ids = [rf"(?<![\w-]){re.escape(customer.id)}(?![\w-])" for customer in customers]
    names = [
        *(customer.name for customer in customers),
        *(name for _, c in contacts for name in (c.name, c.email)),
        *(instance.id for instance in notice.instances or ()),
    ]
    return [*ids, *map(re.escape, names)]


@pytest.mark.parametrize(
    ("folder", "now"),
    [(SAMPLE, SAMPLE_NOW), *((FOLDERS / name, NOW) for name in UNLIKE)],
    ids=["sample", *UNLIKE],
)
def test_a_public_page_names_no_customer_contact_or_instance(folder, now):
    notice, _ = read_notice(folder)
    notice = replace(notice, fallback=Fallback.WARN)
    told = secrets(notice)

    _, files = render(notice, now=now, documents=("page", "faq"))

    assert len(files) == len(notice.locales) * 2 * len(FORMATS)
    assert bool(told) == (notice.contacts is not None)
    for path, text in files.items():
        shown = html.unescape(text)
        assert [secret for secret in told if re.search(secret, shown)] == [], path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("folder", "now"),
    [(SAMPLE, SAMPLE_NOW), (FOLDERS / "migration", NOW)],
    ids=["sample", "migration"],
)
def test_an_announcement_names_only_its_own_customer(folder, now):
    notice, _ = read_notice(folder)
    notice = replace(notice, fallback=Fallback.WARN)
    people = [contact for _, contact in read_contacts(notice.contacts)]

    for reader in people:
        _, files = render(
            notice, now=now, documents=("announcement",), contact=reader.email
        )

        foreign = [
            *(c.name for id, c in notice.customers.items() if id != reader.customer),
            *(i.id for i in notice.instances if i.customer != reader.customer),
            *(name for c in people if c != reader for name in (c.name, c.email)),
        ]
        assert files
        own = notice.customers[reader.customer].name
        for path, text in files.items():
            shown = html.unescape(text)
            assert [name for name in foreign if name in shown] == [], path
            assert path.endswith(".json") or own in shown


# --------------------------------------------------------- windows and durations

LOCALES = (
    *("en", "it", "fr", "de", "es", "pt-BR", "nl", "sv"),
    *("pl", "ja", "ko", "zh-Hans", "zh-Hant", "ar"),
)
# id: start, zone, window, duration
WAVES = {
    "day-and-hour": ("2026-02-03T09:00", "Europe/Rome", "26 hours", "25 hours"),
    "over-midnight": ("2026-02-03T22:00", "Europe/Rome", "4 hours", "90 minutes"),
    "clock-forward": ("2026-03-08T01:00", "America/New_York", "4 hours", "52 minutes"),
    "clock-back": ("2026-11-01T00:30", "America/New_York", "5 hours", "150 minutes"),
    "date-line": (
        "2026-12-31T08:00",
        "Pacific/Pago_Pago",
        "3 hours",
        "30-60 minutes",
    ),
    "whole-day": ("2026-05-01T00:00", "Asia/Tokyo", "24 hours", "1 day"),
}
ZONES = ("Pacific/Kiritimati", "America/New_York", "UTC")


@pytest.fixture
def windows(tmp_path):
    """Return a notice with the windows and durations that are easy to get wrong."""
    (tmp_path / "notice.yaml").write_text(
        "notice: windows\nkind: maintenance\ntitle: T\n"
        "publisher: {name: P}\nsupport: {name: S, url: 'https://s.example'}\n"
        f"locales: [{', '.join(LOCALES)}]\nfallback: warn\n"
        "expected: {at_most: 10 minutes}\n"
    )
    waves = "".join(
        f"  - {{id: {id}, environment: production, start: {start}, timezone: {zone}, "
        f"window: {window}, duration: {duration}}}\n"
        for id, (start, zone, window, duration) in WAVES.items()
    )
    (tmp_path / "waves.yaml").write_text(f"waves:\n{waves}")
    notice, _ = read_notice(tmp_path)
    return notice


def unwrapped(text):
    """Return *text* without blanks: lines are wrapped anywhere in Japanese."""
    return "".join(text.split())


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
def test_an_announcement_tells_windows_and_durations_as_language_does(windows, zone):
    now = datetime(2026, 1, 1, tzinfo=UTC)

    _, files = render(
        windows,
        now=now,
        documents=("announcement",),
        timezone=zone,
        formats=("txt", "md", "json"),
    )

    assert len(files) == len(WAVES) * len(LOCALES) * 3
    for id, (written, home, _, duration) in WAVES.items():
        start = datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(home))
        for tag in LOCALES:
            path = f"{tag}/announcement.{id}"
            wave = json.loads(files[f"{path}.json"])["wave"]
            end = datetime.fromisoformat(wave["end"])
            told = describe_window(start, end, zone=zone, tag=tag)
            length = format_estimate(estimate(duration), tag)
            assert datetime.fromisoformat(wave["start"]) == start
            assert (wave["window_text"], wave["utc_text"]) == (told.text, told.utc)
            assert wave["estimate"]["text"] == length
            text, markdown = (
                unwrapped(files[f"{path}.{format}"]) for format in ("txt", "md")
            )
            for part in (told.text, *([told.utc] if zone != "UTC" else ()), length):
                assert unwrapped(part) in text, (path, part)
                assert unwrapped(escape_plain(part, before="x")) in markdown, (
                    path,
                    part,
                )


@pytest.mark.parametrize(
    ("id", "there", "length"),
    [
        (
            "day-and-hour",
            "Tuesday, February 3, 2026, 10:00 PM – Thursday, February 5, 2026, "
            "12:00 AM (Kiritimati time, UTC+14:00)",
            "about 1 day and 1 hour",
        ),
        (
            "over-midnight",
            "Wednesday, February 4, 2026, 11:00 AM – 3:00 PM "
            "(Kiritimati time, UTC+14:00)",
            "about 1 hour and 30 minutes",
        ),
        (
            "clock-forward",
            "Sunday, March 8, 2026, 8:00 PM – Monday, March 9, 2026, 12:00 AM "
            "(Kiritimati time, UTC+14:00)",
            "about 52 minutes",
        ),
        (
            "clock-back",
            "Sunday, November 1, 2026, 6:30 PM – 11:30 PM (Kiritimati time, UTC+14:00)",
            "about 2 hours and 30 minutes",
        ),
        (
            "date-line",
            "Friday, January 1, 2027, 9:00 AM – 12:00 PM (Kiritimati time, UTC+14:00)",
            "30–60 minutes",
        ),
        (
            "whole-day",
            "Friday, May 1, 2026, 5:00 AM – Saturday, May 2, 2026, 5:00 AM "
            "(Kiritimati time, UTC+14:00)",
            "about 1 day",
        ),
    ],
)
def test_a_window_reads_right_on_the_other_side_of_the_date_line(
    windows, id, there, length
):
    _, files = render(
        windows,
        now=datetime(2026, 1, 1, tzinfo=UTC),
        documents=("announcement",),
        waves=(id,),
        locales=("en",),
        timezone="Pacific/Kiritimati",
        formats=("txt",),
    )

    [text] = (" ".join(text.split()) for text in files.values())
    assert f"• When: {there} •" in text
    assert f"• Estimated duration: {length} •" in text


@pytest.mark.parametrize("tag", LOCALES)
def test_the_page_tells_what_is_expected_at_most(windows, tag):
    _, files = render(
        windows,
        now=datetime(2026, 1, 1, tzinfo=UTC),
        documents=("page",),
        locales=(tag,),
    )

    expected = format_estimate(windows.expected, tag)
    assert "10" in expected
    for text in files.values():
        assert expected in text


# --------------------------------------------------------- one fact, four formats


def test_a_changed_fact_appears_in_all_four_formats(sample):
    path = sample / "notice.yaml"
    text = path.read_text("utf-8")
    old = "https://experienceleague.adobe.com/?support-solution=Campaign#support"
    new = "https://help.example.com/new"
    changed = text.replace(old, new).replace(
        "\nimpact:\n", "\nexpected: {at_most: 45 minutes}\nimpact:\n"
    )
    path.write_text(changed, "utf-8")
    notice, _ = read_notice(sample)

    _, files = render(
        notice, now=SAMPLE_NOW, locales=("en", "it"), waves=("production-1",)
    )

    at_most = {"en": "at most 45 minutes", "it": "al massimo 45 minuti"}
    assert len(files) == 2 * 3 * len(FORMATS)
    for name, made_text in files.items():
        assert new in made_text, name
        assert old not in made_text, name
        # The mail tells the estimate of its own wave; its facts hold the answers.
        if "announcement" not in name:
            assert at_most[name[:2]] in made_text, name


def test_a_locale_that_a_folder_is_not_made_in_is_refused():
    notice, _ = read_notice(FOLDERS / "migration")

    with pytest.raises(NotifierError, match="no locale 'sv'"):
        render(notice, locales=("sv",))
