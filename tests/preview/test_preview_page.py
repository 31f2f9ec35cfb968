"""The page of the preview, used in Chromium as authors and reviewers use it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from notifier.resources import resource_folder
from tests.node import find_node
from tests.preview.hostile import write_hostile

pytestmark = pytest.mark.slow

TESTS = Path(__file__).parent.parent
SAMPLE = resource_folder("examples") / "email-infrastructure"
PREVIEW = "from notifier.cli import main; main()"
LOCALES, PSEUDO, COLUMNS = 14, 2, 7
# The sample is refreshed within 300 ms on a quiet machine; others may be busy.
LIMIT = 1500


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """Return what one run through the browser has seen, part by part."""
    node, browser = find_node(), shutil.which("chromium")
    if browser is None:
        pytest.skip("needs chromium")
    if not (TESTS / "validators" / "node_modules" / "axe-core").is_dir():
        pytest.skip("needs `npm ci` in tests/validators")
    folder = tmp_path_factory.mktemp("preview")
    shutil.copytree(SAMPLE, folder / "sample")
    (folder / "shots").mkdir()
    given = {
        "browser": browser,
        "command": [sys.executable, "-c", PREVIEW, "preview", "--now", "2024-02-01"],
        "sample": str(folder / "sample"),
        "hostile": str(write_hostile(folder / "hostile")),
        "shots": str(folder / "shots"),
    }
    run = subprocess.run(
        [node, str(TESTS / "browser" / "preview.mjs")],
        input=json.dumps(given),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=400,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_every_cell_opens_in_its_language(seen):
    cells = seen["cells"]

    assert len(cells) == (LOCALES + PSEUDO) * COLUMNS
    assert {each["locale"] for each in cells if each["characters"] < 400} == set()
    for each in cells:
        assert each["locale"].startswith(each["lang"].split("-")[0])
        assert each["spoken"].endswith(", html, desktop, light, clean")


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("html", "Gentile ‹contact name›,"),
        ("text", "════════"),
        ("markdown", "* **Quando:** martedì 5 marzo 2024"),
        (
            "calendar",
            "\nSUMMARY;LANGUAGE=it:Aggiornamento dell’infrastruttura di invio",
        ),
        ("headers", "Subject\tAggiornamento dell’infrastruttura"),
        ("source", "Content-Transfer-Encoding:"),
    ],
)
def test_a_view_shows_its_text(seen, view, words):
    assert words in seen["switches"]["views"][view]


def test_a_calendar_is_shown_unfolded_and_as_it_is(seen):
    unfolded, folded = seen["switches"]["views"]["calendar"].split("as it is")[:2]

    assert "\n " not in unfolded
    assert "\n " in folded


def test_a_width_is_that_of_the_window_that_the_reader_has(seen):
    widths = seen["switches"]["widths"]

    assert widths == {"phone": 375, "tablet": 768, "desktop": 1280}


def test_a_theme_is_that_of_the_reader(seen):
    assert seen["switches"]["themes"] == {
        "dark": ["rgb(15, 18, 21)", "none"],
        "inverted": ["rgb(238, 241, 244)", "invert(1) hue-rotate(180deg)"],
        "light": ["rgb(238, 241, 244)", "none"],
    }


def test_contact_and_zone_are_real(seen):
    found = seen["switches"]

    assert "Gentile Giulia Ferrari," in found["contact"]
    assert "5 marzo 2024, 22:00" in found["contact"]
    assert "6 marzo 2024, 06:00" in found["zone"]


def test_the_address_holds_every_switch(seen):
    assert seen["switches"]["state"] == {
        "document": "announcement",
        "locale": "it",
        "wave": "production-1",
        "view": "html",
        "width": "desktop",
        "theme": "light",
        "contact": "aurora/giulia.ferrari@aurora.example.com",
        "zone": "Asia/Tokyo",
    }


def test_a_document_without_the_view_says_so(seen):
    lacking = seen["switches"]["lacking"]

    assert lacking == "“Page” has no headers: only a message has them."


def test_arrows_move_through_locales_waves_and_documents(seen):
    assert seen["keyboard"]["steps"] == {
        "alt down": "announcement/fr/production-1",
        "alt left": "faq/fr",
        "up": "faq/it",
        "right": "announcement/it/production-1",
        "end": "announcement/it/none",
        "beyond": "announcement/it/none",
        "home": "page/it",
        "last": "announcement/ar-XB/none",
        "first": "page/en",
        "a radio's own": "page/en",
        "alt in the frame": "page/it",
    }


def test_the_matrix_is_one_stop_of_the_tab_key(seen):
    found = seen["keyboard"]

    assert found["tabbable"] == 1
    assert found["focused"] == "Page, English: clean"
    assert (found["first"], found["skipped"]) == ("skip", "view")


def test_keys_without_alt_can_be_switched_off(seen):
    found = seen["keyboard"]

    assert found["keys"] is True
    assert (found["view"], found["still"]) == ("text", "text")


def test_an_address_leads_to_what_it_says(seen):
    found = seen["address"]

    assert found["title"].startswith("italiano · Announcement · Europe, night 1 · ")
    assert found["deep"] == {
        "document": "announcement",
        "locale": "it",
        "wave": "production-1",
        "view": "text",
        "width": "tablet",
        "theme": "dark",
        "zone": "Asia/Tokyo",
        "beside": "1",
    }


def test_a_wrong_address_is_mended_with_a_note(seen):
    found = seen["address"]

    assert found["mended"] == {
        "document": "page",
        "locale": "en",
        "view": "html",
        "width": "desktop",
        "theme": "dark",
    }
    assert found["note"] == (
        "There is no document “nothing” here; this is “page”. "
        "There is no locale “xx” here; this is “en”. "
        "There is no view “smell” here; this is “html”."
    )


def test_back_and_forward_lead_to_what_was_shown(seen):
    # A walk along the arrows, from French to Brazilian Portuguese, is one step.
    assert seen["history"] == ["fr fr", "pt-BR pt-BR", "fr fr", "it it", "fr fr"]


def test_a_save_is_shown_in_place(seen):
    live = seen["live"]
    print(f"shown after {median(live['times'])} ms, of {live['times']}")

    assert median(live["times"]) < LIMIT
    assert (live["html"], live["text"]) == (400, 300)
    assert live["gaps"] == 0
    assert live["spoken"].startswith("Files have changed: Page, English, markdown")


def test_a_broken_file_shows_its_problems_and_recovers(seen):
    found = seen["recovery"]

    assert found["title"] == found["afterReload"] == "The notice cannot be shown"
    assert "unknown kind 'upgrede'" in found["problems"]
    assert "notice.yaml:3:7 notice/choice" in found["problems"]
    assert "Hint: did you mean 'upgrade'?" in found["problems"]
    assert found["here"] == "kind: upgrede"
    assert found["isHidden"] is True
    assert found["mark"] == "Page, English: not known"
    assert found["recovered"] == "Page"
    assert found["scroll"] == 350


def test_a_document_stands_beside_the_default_language(seen):
    assert seen["beside"] == {
        "both": ["ar", "en"],
        "texts": [["ar", "rtl"], ["en", "ltr"]],
        "ofDefault": 1,
    }


def test_axe_finds_nothing_in_light_and_dark_on_phone_and_desktop(seen):
    looks = seen["looks"]

    assert len(looks) == 16
    assert [each for each in looks if each["violations"]] == []
    assert seen["recovery"]["axe"] == []


def test_a_narrow_page_is_no_wider_than_the_window(seen):
    assert set(seen["narrow"].values()) == {0}


def test_a_link_of_the_document_is_told_not_followed(seen):
    found = seen["links"]

    assert found["note"].startswith("This link leads to https://experienceleague.")
    assert (found["stays"], found["tabs"]) == (True, 1)


def test_a_server_that_comes_back_is_asked_again(seen):
    assert seen["restart"] == {"kept": True, "same": True}


def test_nothing_fails_and_nobody_else_is_asked(seen):
    assert seen["faults"] == []
    assert seen["foreign"] == []


def test_a_hostile_notice_runs_and_fetches_nothing(seen):
    found = seen["hostile"]

    assert found["cells"] == (2 + PSEUDO) * COLUMNS
    assert (found["ran"], found["faults"], found["foreign"]) == ([], [], [])
    assert found["address"] is True


def test_a_hostile_text_is_shown_as_text(seen):
    found = seen["hostile"]

    assert found["title"].startswith("Upgrade <script>top.__ran = 1</script><img src=")
    assert "Dear <script>top.__ran = 1</script>" in found["texts"]["text"]
    assert "kind: <script>top.__ran = 1</script>" in found["problems"]
    assert found["note"].startswith("There is no document “<img src=x onerror=")
