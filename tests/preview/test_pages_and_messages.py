"""What the preview shows is what is published and sent; unknown ids are told."""

from __future__ import annotations

from base64 import b64decode
from email import message_from_bytes, policy

import pytest
from click.testing import CliRunner

from notifier.cli import main
from notifier.notice import read_notice
from notifier.outputs.documents import render_documents
from notifier.outputs.jobs import RenderRequest
from notifier.outputs.mail.manifest import MANIFEST
from notifier.resources import resource_folder
from tests.preview.running import NOW, running, save

pytestmark = pytest.mark.slow

SAMPLE = resource_folder("examples") / "email-infrastructure"
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MAIL = {"document": "announcement", "locale": "it", "wave": "production-1"}
LUCA = "aurora/luca.bernasconi@aurora.example.com"


@pytest.fixture(scope="module")
def sample_preview():
    with running(SAMPLE) as preview:
        yield preview


def rows(folder):
    """Return the lines of a manifest as mappings."""
    lines = (folder / MANIFEST).read_text("utf-8").splitlines()
    head = lines[0].split(",")
    return [dict(zip(head, line.split(","), strict=True)) for line in lines[1:]]


def content(part):
    return part.get_content().replace("\r\n", "\n")


def test_the_state_says_what_there_is_to_see(sample_preview):
    state = sample_preview.state()

    assert state["notice"] == {
        "id": "email-infrastructure",
        "title": "Campaign email sending infrastructure upgrade",
        "folder": str(SAMPLE),
    }
    assert state["default_locale"] == "en"
    assert state["documents"] == ["page", "faq", "announcement"]
    assert [each["tag"] for each in state["locales"]][-3:] == ["ar", "en-XA", "ar-XB"]
    assert state["locales"][1] == {
        "tag": "it",
        "name": "italiano",
        "dir": "ltr",
        "pseudo": False,
    }
    assert [each["id"] for each in state["waves"] if each["open"]] == [
        *("production-1", "production-2", "production-3", "production-4"),
        "none",
    ]
    assert state["waves"][0] == {
        "id": "staging-9",
        "label": "Europe, staging",
        "environment": "staging",
        "status": "completed",
        "open": False,
    }
    assert state["contacts_total"] == 18
    names = [contact["name"] for contact in state["contacts"]]
    assert names == sorted(names, key=len, reverse=True)
    assert state["contacts"][0]["id"] == "lumiere/jf.tremblay@lumiere.example.com"
    assert "Europe/Rome" in state["zones"]
    assert state["problems"] == []
    assert len(state["cells"]) == 16 * (1 + 1 + 5)


def test_every_cell_of_the_sample_opens_and_is_clean(sample_preview):
    state = sample_preview.state()
    for name in state["cells"]:
        document, locale, wave = [*name.split("/"), ""][:3]
        asked = {"document": document, "locale": locale, "wave": wave}

        cell, frame = sample_preview.cell(**asked), sample_preview.frame(**asked)

        assert cell["problems"] == [], name
        assert cell["title"], name
        assert cell["text"], name
        assert cell["markdown"], name
        assert (cell["headers"] is not None) == (document == "announcement"), name
        assert f'dir="{cell["dir"]}"' in frame, name
    marks = sample_preview.judged().values()
    assert {mark["mark"] for mark in marks} == {"clean"}


def test_a_message_is_byte_for_byte_the_one_that_is_sent(sample_preview, tmp_path):
    command = ["emails", str(SAMPLE), "--now", "2024-02-01", "-o", str(tmp_path)]
    assert CliRunner().invoke(main, command).exit_code == 0
    told = sample_preview.state()
    locales = {each["id"]: each["locale"] for each in told["contacts"]}
    made = {each["tag"] for each in told["locales"]}
    for row in rows(tmp_path):
        contact = f"{row['customer']}/{row['contact']}"
        spoken = locales[contact]
        # `it-CH` and `zh-TW` are shown under the locale of their words.
        near = {"zh-CN": "zh-Hans", "zh-TW": "zh-Hant"}.get(spoken, spoken)
        locale = near if near in made else near.partition("-")[0]
        asked = {"document": row["document"], "locale": locale, "wave": row["wave"]}

        cell = sample_preview.cell(**asked, contact=contact)

        sent = (tmp_path / row["file"]).read_bytes()
        assert cell["source"].encode() == sent, contact
        message = message_from_bytes(sent, policy=policy.default)
        assert cell["text"] == content(message.get_body(("plain",))), contact
        frame = sample_preview.frame(**asked, contact=contact, theme="none")
        assert frame == content(message.get_body(("html",))), contact
        told = [[name, str(value)] for name, value in message.items()]
        assert cell["headers"] == told
        calendars = {
            part.get_filename(): content(part)
            for part in message.iter_attachments()
            if part.get_filename()
        }
        shown = {each["name"]: each["text"] for each in cell["calendars"]}
        assert {k: v.replace("\r\n", "\n") for k, v in shown.items()} == calendars


def test_a_page_is_the_one_that_is_rendered(sample_preview):
    notice, _ = read_notice(SAMPLE)
    request = RenderRequest(documents=("faq",), locales=("ja",), formats=("md", "txt"))
    markdown, text = render_documents(notice, request, now=NOW).files

    cell = sample_preview.cell(document="faq", locale="ja")

    assert (cell["markdown"], cell["text"]) == (markdown.text, text.text)
    assert cell["headers"] is None
    assert cell["calendar"] is None
    assert cell["source"] is None


def test_without_a_contact_the_values_are_marked_samples(sample_preview):
    cell = sample_preview.cell(**MAIL)

    assert "‹contact name›" in cell["text"]
    assert ["To", "‹contact name› <contact@example.com>"] in cell["headers"]
    assert "UID:email-infrastructure.production-1.customer-id@" in cell["calendar"]


def test_a_contact_and_a_zone_change_names_formats_and_times(sample_preview):
    own = sample_preview.cell(**MAIL, contact=LUCA)
    moved = sample_preview.cell(**MAIL, contact=LUCA, zone="Asia/Kathmandu")

    assert "Luca Bernasconi" in own["text"]
    assert "UTC+01:00" in own["text"]
    assert "UTC+05:45" in moved["text"]
    assert own["problems"] == []


def test_a_contact_without_an_instance_in_the_wave_is_told(sample_preview):
    asked = {**MAIL, "wave": "production-3"}

    cell = sample_preview.cell(**asked, contact=LUCA)

    assert [problem["rule"] for problem in cell["problems"]] == ["preview/unconcerned"]
    assert cell["mark"]["mark"] == "warnings"
    assert "instance-1" in cell["text"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"document": "poem"}, "no document 'poem'"),
        ({"locale": "tlh"}, "no locale 'tlh'"),
        ({"locale": "../../etc"}, "no locale '../../etc'"),
        ({"wave": "production-9"}, "no wave 'production-9'"),
        ({"wave": "pilot"}, "no wave 'pilot'"),
        ({"wave": ""}, "no wave ''"),
        ({"contact": "nobody@example.com"}, "no contact 'nobody@example.com'"),
        ({"zone": "../../../etc/passwd"}, "no zone '../../../etc/passwd'"),
        ({"zone": "Mars/Base"}, "no zone 'Mars/Base'"),
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/cell.json", "/frame"])
def test_what_is_not_there_is_a_404_that_says_so(sample_preview, path, changed, said):
    answer = sample_preview.get(path, **{**MAIL, **changed})

    assert answer.status_code == 404
    told = answer.json()["problems"][0]["message"] if "json" in path else answer.text
    assert said.replace("'", "&#39;" if path == "/frame" else "'") in told


def test_the_logo_of_a_message_is_shown(sample):
    (sample / "logo.png").write_bytes(PIXEL)
    notice = sample / "notice.yaml"
    text = notice.read_text("utf-8")
    save(notice, text.replace("brand:\n", "brand:\n  logo: logo.png\n"))
    with running(sample) as preview:
        frame = preview.frame(**MAIL)

    assert 'src="data:image/png;base64,iVBOR' in frame
    assert "cid:" not in frame


def test_a_notice_without_sender_and_schedule_is_shown_without_headers(tmp_path):
    (tmp_path / "notice.yaml").write_text(
        "notice: n\nkind: upgrade\ntitle: T\npublisher: {name: P}\n"
        "support: {name: S, url: 'https://example.com'}\nimpact: {level: outage}\n",
        "utf-8",
    )
    with running(tmp_path) as preview:
        state = preview.state()
        cell = preview.cell(document="announcement", locale="en", wave="none")

    assert [wave["id"] for wave in state["waves"]] == ["none"]
    assert cell["problems"] == []
    assert cell["text"]
    assert cell["headers"] is None
    assert cell["source"] is None


def test_a_sender_that_is_missing_for_contacts_is_a_problem(sample):
    notice = sample / "notice.yaml"
    lines = notice.read_text("utf-8").splitlines()
    save(notice, "\n".join(line for line in lines if "sender:" not in line))
    with running(sample) as preview:
        cell = preview.cell(**MAIL)

    rules = [problem["rule"] for problem in cell["problems"]]
    assert "emails/no-sender" in rules
    assert cell["headers"] is None
    assert cell["text"]
    assert cell["mark"]["mark"] == "problems"


def test_a_missing_translation_is_counted_and_placed(sample):
    catalog = sample / "locales/it/LC_MESSAGES/notice.po"
    text = catalog.read_text("utf-8")
    save(catalog, text.replace('msgid "Europe, night 1"', 'msgid "Europe, night 0"'))
    with running(sample) as preview:
        preview.judged()
        cells = preview.state()["cells"]
        cell = preview.cell(**MAIL)

    mark = cells["announcement/it/production-1"]
    assert mark["mark"] == "untranslated"
    assert mark["problems"] == 1
    assert 0 < mark["untranslated"] < 0.1
    assert cells["announcement/it/production-2"]["mark"] == "clean"
    assert cells["announcement/de/production-1"]["mark"] == "clean"
    [problem] = cell["problems"]
    assert problem["rule"] == "translation/missing"
    assert problem["place"] == "waves.yaml"
    here = [line["text"] for line in problem["excerpt"] if line["here"]]
    assert here == ["    label: Europe, night 1"]
    assert cell["text"]


def test_a_text_in_two_languages_is_shown_in_both(sample):
    catalog = sample / "locales/it/LC_MESSAGES/notice.po"
    catalog.unlink()
    notice = sample / "notice.yaml"
    text = notice.read_text("utf-8")
    save(notice, text.replace("fallback: forbid", "") + "\nfallback: bilingual\n")
    with running(sample) as preview:
        frame = preview.frame(**MAIL)
        mark = preview.cell(**MAIL)["mark"]

    assert '<div lang="it" dir="ltr">' in frame
    assert '<div lang="en" dir="ltr">' in frame
    assert mark["mark"] == "untranslated"
    assert mark["untranslated"] > 0.1


def test_what_publish_would_say_of_a_page_is_shown_in_its_text(sample):
    folder = sample / "templates" / "documents"
    folder.mkdir(parents=True)
    text = "# Mine\n\n### A level is skipped\n\nText.\n"
    (folder / "page.md.j2").write_text(text, "utf-8")
    with running(sample) as preview:
        problems = preview.cell(document="page", locale="it")["problems"]

    [found] = [each for each in problems if each["rule"] == "dialect/md001"]
    assert found["place"] == "docs/it/technotes/upgrades/upgrade-to-aws.md"
    here = [line["text"] for line in found["excerpt"] if line["here"]]
    assert here == ["### A level is skipped"]
