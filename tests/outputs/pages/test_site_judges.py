"""The published trees before judges: Chromium, axe, the Nu checker, grammars."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import cycle
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml import html

from tests.outputs.pages.published import CLOCKS, is_notice_page, pages, tree
from tests.validators.mail_judges import nu_errors
from tests.validators.site_judges import (
    browsed,
    calendar_events,
    feed_errors,
    read_sitemap,
    sitemap_errors,
    vocabulary_errors,
)

pytestmark = pytest.mark.slow

# The checker does not compare a policy with what it allows; the browser does.
NOT_JUDGED = ("Content Security Policy",)
LOOKED_AT = (
    "index.html",
    *(f"{lang}/index.html" for lang in ("en", "it", "ja", "ar", "de")),
    *(
        f"{lang}/email-infrastructure/index.html"
        for lang in ("en", "it", "ja", "ar", "de")
    ),
)
OTHERS = (
    "index.html",
    "en/index.html",
    "de/atlas-mail-5/index.html",
    "ar/orbit-data-center/index.html",
    "zh-Hans/harvest-components/index.html",
    "it/gateway-tls/index.html",
)


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    """Write both trees; return the folder that holds them."""
    room = tmp_path_factory.mktemp("published")
    for name in CLOCKS:
        for path, data in tree(name).items():
            target = room / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    return room


def web(written: Path, name: str, path: str) -> Path:
    return written / name / "web" / path


def looked_at(written: Path) -> list[Path]:
    return [
        *(web(written, "sample", path) for path in LOOKED_AT),
        *(web(written, "folders", path) for path in OTHERS),
    ]


def every_page(written: Path) -> list[Path]:
    return [web(written, name, path) for name in CLOCKS for path, _ in pages(name)]


def notice_pages(written: Path) -> list[Path]:
    return [
        web(written, name, path)
        for name in CLOCKS
        for path, _ in pages(name)
        if is_notice_page(path)
    ]


def faults(seen: list[dict[str, object]], *names: str) -> Iterator[tuple[str, object]]:
    """Yield what the browser found; there is to be nothing."""
    for each in seen:
        for name in (*names, "network", "errors"):
            if each[name]:
                yield str(each["file"]), each[name]


# ------------------------------------------------------------------ the markup


def test_the_nu_checker_finds_nothing_in_any_page(written):
    said = nu_errors(every_page(written))

    assert {each for each in said if not any(x in each for x in NOT_JUDGED)} == set()


def test_the_nu_checker_sees_faults_of_markup_and_style(written, tmp_path):
    page = web(written, "sample", "it/index.html").read_text("utf-8")
    damaged = tmp_path / "damaged.html"
    wrong = page.replace("--ink: #1b2025;", "margin: blue;", 1)
    damaged.write_text(wrong.replace("<h1>", '<h1 align="left">', 1), "utf-8")

    said = " ".join(nu_errors([damaged]))

    assert "align" in said
    assert "margin" in said


# ------------------------------------------------------------------- the browser


def test_axe_finds_nothing_in_light_and_dark_on_phones_and_desks(written):
    files = looked_at(written)

    seen = browsed(look=files)["look"]

    assert list(faults(seen, "violations")) == []
    assert len(seen) == 4 * len(files)
    assert all("color-contrast" in each["passes"] for each in seen)
    assert {(each["colorScheme"], each["paper"]) for each in seen} == {
        ("light", "rgb(255, 255, 255)"),
        ("dark", "rgb(22, 25, 29)"),
    }


def test_nothing_is_wider_than_a_narrow_window_in_any_locale(written):
    files = every_page(written)

    seen = browsed(narrow=files)["narrow"]

    assert list(faults(seen, "overflow")) == []
    assert len(seen) == len(files) > 50


def test_without_a_script_everything_is_read_with_the_keyboard(written):
    files = looked_at(written)

    seen = browsed(silent=files)["silent"]

    assert list(faults(seen, "unreached", "closed", "lost")) == []
    assert len(seen) == len(files)


def test_on_paper_all_answers_are_shown(written):
    files = notice_pages(written)

    seen = browsed(print=files)["print"]

    questions = [
        len(html.parse(str(file)).xpath("//main//section//details")) for file in files
    ]
    assert list(faults(seen, "lost", "after")) == []
    assert [each["open"] for each in seen] == questions
    assert min(questions) == 4


def test_the_browser_sees_damage(written):
    path = web(written, "sample", "it/email-infrastructure/index.html")
    page = path.read_text("utf-8")
    policy = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
    page = policy.sub("", page)
    damaged = path.with_name("damaged.html")
    damaged.write_text(
        page.replace("--ink: #1b2025", "--ink: #d0d0d0")
        .replace(
            "<h1", '<img src="https://example.com/x.png"><p class="x">wide</p><h1', 1
        )
        .replace(
            "</style>", ".x { width: 400px } #faq-action { display: none }</style>"
        )
        .replace("details::details-content { content-visibility: visible;", "x {")
        .replace("<summary>L’", '<summary tabindex="-1">L’'),
        "utf-8",
    )

    seen = browsed(look=[damaged], narrow=[damaged], silent=[damaged], print=[damaged])

    said = str(seen["look"][0]["violations"])
    assert "color-contrast" in said
    assert "image-alt" in said
    assert seen["look"][0]["network"] == ["https://example.com/x.png"]
    assert seen["narrow"][0]["overflow"] > 0
    assert seen["silent"][0]["unreached"] == 1
    assert seen["silent"][0]["closed"] == 1
    lost = seen["silent"][0]["lost"]
    assert "Occorre fare qualcosa in vista dell’aggiornamento?" in lost
    assert len(seen["print"][0]["lost"]) > len(lost)


def test_another_script_or_style_is_not_let_in(written):
    path = web(written, "sample", "en/email-infrastructure/index.html")
    page = path.read_text("utf-8")
    damaged = path.with_name("injected.html")
    damaged.write_text(
        page.replace("<h1", "<script>document.title = 'x'</script><h1", 1), "utf-8"
    )

    (seen,) = browsed(narrow=[damaged])["narrow"]

    assert "Content Security Policy" in str(seen["errors"])


# --------------------------------------------------------- the reader's time zone

# What a reader somewhere is told of a wave; each was worked out by hand.
READERS = [
    ("en", "America/New_York", 2, "Tuesday, March 5, 2024, 4:00 – 8:00 PM"),
    ("it", "America/New_York", 2, "martedì 5 marzo 2024, 16:00–20:00"),
    ("de", "Asia/Kathmandu", 2, "Mittwoch, 6. März 2024, 02:45–06:45 Uhr"),
    ("ja", "Asia/Kathmandu", 2, "2024年3月6日水曜日 2:45～6:45"),
    ("ja", "Europe/Rome", 5, "2024年3月14日木曜日 21:30～2024年3月15日金曜日 0:00"),
    ("it", "Pacific/Auckland", 3, "domenica 10 marzo 2024, 17:00–21:00"),
]
ZONES = ("America/New_York", "Asia/Kathmandu", "Europe/Rome")
TWELVE_HOURS = {"en", "ar", "ko", "zh-Hant"}
MONTHS_ARE_NUMBERS = {"ja", "ko", "zh-Hans", "zh-Hant"}


def in_reader_zone(written: Path, asked: list[tuple[str, str]]):
    """Return the waves as a reader in a zone is told of them, per locale and zone."""
    files = [
        (web(written, "sample", f"{lang}/email-infrastructure/index.html"), zone)
        for lang, zone in asked
    ]
    seen = browsed(zones=files)["zones"]
    assert list(faults(seen)) == []
    return [each["waves"] for each in seen]


def test_a_reader_is_told_the_window_in_the_own_zone(written):
    waves = in_reader_zone(written, [(lang, zone) for lang, zone, *_ in READERS])

    told = [
        " ".join(each[number]["rows"][0][1].split())
        for each, (_, _, number, _) in zip(waves, READERS, strict=True)
    ]
    assert told == [text for *_, text in READERS]


def test_in_every_locale_the_numbers_are_those_of_the_readers_clock(written):
    langs = [p.split("/")[0] for p, _ in pages("sample") if is_notice_page(p)]
    asked = list(zip(langs, cycle(ZONES), strict=False))

    waves = in_reader_zone(written, asked)

    found, expected = {}, {}
    for (lang, zone), told in zip(asked, waves, strict=True):
        for wave in told:
            start, end = (datetime.fromisoformat(wave[key]) for key in ("start", "end"))
            key = (lang, zone, wave["start"])
            expected[key] = (
                sorted(numbers(start, end, ZoneInfo(zone), lang))
                if start.astimezone(ZoneInfo(zone)).utcoffset() != start.utcoffset()
                else []
            )
            found[key] = sorted(
                int(number)
                for _, text in wave["rows"][: len(wave["rows"]) - 3]
                for number in re.findall(r"\d+", text)
            )
    assert found == expected
    assert len(found) == 14 * 6
    # Nothing is added where the reader's clock is that of the wave.
    assert sum(not each for each in expected.values()) > 14


def numbers(start: datetime, end: datetime, zone: ZoneInfo, lang: str) -> Iterator[int]:
    """Yield the numbers in a window as a clock in *zone* shows it."""
    days = set()
    for moment in (start.astimezone(zone), end.astimezone(zone)):
        if moment.date() not in days:
            days.add(moment.date())
            yield from (moment.year, moment.day)
            if lang in MONTHS_ARE_NUMBERS:
                yield moment.month
        hour = moment.hour
        yield (hour % 12 or 12) if lang in TWELVE_HOURS else hour
        yield moment.minute


# ------------------------------------------------- what machines read of the tree


@pytest.mark.parametrize("name", CLOCKS)
def test_every_feed_keeps_the_grammar_of_atom(name):
    feeds = {p: data for p, data in tree(name).items() if p.endswith("feed.xml")}

    said = {path: feed_errors(data) for path, data in feeds.items()}

    assert {path: each for path, each in said.items() if each} == {}
    assert len(feeds) == {"sample": 28, "folders": 12}[name]


@pytest.mark.parametrize("name", CLOCKS)
def test_the_sitemap_keeps_its_schema_and_a_parser_reads_it(name):
    sitemap = tree(name)["web/sitemap.xml"]

    assert sitemap_errors(sitemap) == []
    assert len(read_sitemap(sitemap)) == sum(1 for _ in pages(name))


def test_a_reader_of_calendars_finds_every_wave():
    found = {
        path: [event["uid"].partition("@")[0] for event in calendar_events(data)]
        for name in CLOCKS
        for path, data in tree(name).items()
        if path.endswith(".ics")
    }

    assert Counter(path.split("/")[2] for path in found) == {
        "email-infrastructure": 14,
        "harvest-components": 4,
        "orbit-data-center": 4,
    }
    assert found["web/ar/orbit-data-center/waves.ics"] == [
        f"orbit-data-center.{id}"
        for id in ("rehearsal-india", "americas", "pacific", "india")
    ]
    assert {tuple(uids) for path, uids in found.items() if "email" in path} == {
        tuple(found["web/en/email-infrastructure/waves.ics"])
    }


def test_the_data_of_every_page_keep_the_vocabulary_of_schema_org():
    graphs = [
        text
        for name in CLOCKS
        for _, page in pages(name)
        for text in page.xpath("//script[@type='application/ld+json']/text()")
    ]

    said = vocabulary_errors(graphs)

    assert [each for each in said if each] == []
    assert len(graphs) == 14 + 15
