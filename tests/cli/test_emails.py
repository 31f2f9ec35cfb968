"""`notifier emails` writes every contact's messages, and a manifest of them."""

from __future__ import annotations

import csv
import json
import mailbox
from base64 import b64decode
from email import message_from_bytes, policy
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from typing import cast

import jsonschema
import pytest
from click.testing import CliRunner, Result

from notifier.cli import main
from notifier.language.locales import negotiate
from notifier.outputs.files import folder_files
from notifier.outputs.mail.plain import SCHEMA

pytestmark = pytest.mark.slow

NIGHT = ("--wave", "production-1", "--locale", "it")
MOVED = "start: 2024-03-05T23:00"


def emails(folder: Path, *args: str | Path, out: str = "outbox") -> Result:
    words = ["emails", folder, "--now", "2024-02-01", "-o", folder.parent / out, *args]
    return CliRunner().invoke(main, [str(word) for word in words])


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def deliver(folder: Path, keys: str) -> None:
    with (folder / "notice.yaml").open("a", encoding="utf-8") as file:
        file.write(f"delivery: {{{keys}}}\n")


def manifest(out: Path) -> list[dict[str, str]]:
    with (out / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parsed(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.default)


def told(out: Path) -> list[dict]:
    return [
        json.loads(line)
        for path in sorted(out.rglob("*.jsonl"))
        for line in path.read_bytes().splitlines()
    ]


@pytest.fixture
def outbox(sample: Path) -> Path:
    return sample.parent / "outbox"


def test_each_contact_of_a_wave_gets_one_message(sample, outbox):
    result = emails(sample, *NIGHT)

    rows = manifest(outbox)
    files = {str(path): data for path, data in folder_files(outbox)}
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"Wrote 2 messages into {outbox}.\n"
    assert [(row["customer"], row["contact"], row["locale"]) for row in rows] == [
        ("aurora", "giulia.ferrari@aurora.example.com", "it"),
        ("aurora", "luca.bernasconi@aurora.example.com", "it-CH"),
    ]
    assert sorted(files) == sorted([*(row["file"] for row in rows), "manifest.csv"])


def test_the_manifest_tells_the_truth(sample, outbox):
    emails(sample, "--locale", "it", "--locale", "en")

    rows = manifest(outbox)
    assert {row["wave"] for row in rows} > {"production-1", "none"}
    for row in rows:
        data = (outbox / row["file"]).read_bytes()
        message = parsed(data)
        assert row["document"] == "announcement"
        assert row["file"].startswith(f"announcement/{row['wave']}/{row['locale']}/")
        assert message["To"].addresses[0].addr_spec == row["contact"]
        lang = negotiate(row["locale"], ("en", "it"))
        assert message["Content-Language"] == lang
        assert (int(row["size"]), row["sha256"]) == (
            len(data),
            sha256(data).hexdigest(),
        )
        assert bool(row["start"]) == bool(row["end"]) == (row["wave"] != "none")
    first = rows[0]
    assert (first["revision"], first["start"], first["end"], first["zone"]) == (
        "1",
        "2024-03-05T21:00:00+00:00",
        "2024-03-06T01:00:00+00:00",
        "Europe/Rome",
    )


def test_all_formats_hold_the_same_messages(sample, outbox):
    result = emails(sample, "--wave", "production-1", *_formats("eml", "mbox", "jsonl"))

    rows = manifest(outbox)
    assert result.exit_code == 0
    single = [(outbox / row["file"]).read_bytes() for row in rows]
    box = mailbox.mbox(outbox / "announcement" / "production-1.mbox", create=False)
    boxed = [message.as_bytes().replace(b"\n", b"\r\n") for message in box]
    box.close()
    assert [parsed(data).as_bytes() for data in boxed] == [
        parsed(data).as_bytes() for data in single
    ]
    assert len(told(outbox)) == len(rows) >= 10


def _formats(*names: str) -> list[str]:
    return [word for name in names for word in ("--to", name)]


def test_json_lines_say_what_the_messages_hold(sample, outbox):
    token = "https://notices.example.com/p/{contact.role}"
    deliver(sample, f'preferences_url: "{token}", one_click: true')
    replace(sample / "contacts.csv", "Giulia Ferrari", '"Ferrari, ""Giulia"" ünd"')
    replace(sample / "contacts.csv", ",marketing", ",a/b ü&<")

    emails(sample, "--wave", "production-1", *_formats("eml", "jsonl"))

    lines = told(outbox)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    assert [list(validator.iter_errors(line)) for line in lines] == [[]] * len(lines)
    messages = [parsed((outbox / row["file"]).read_bytes()) for row in manifest(outbox)]
    for line, message in zip(lines, messages, strict=True):
        assert line["envelope"] == {
            "from": message["From"].addresses[0].addr_spec,
            "to": [message["To"].addresses[0].addr_spec],
        }
        assert line["subject"] == message["Subject"]
        assert line["text"] == _body(message, "plain")
        assert line["html"] == _body(message, "html")
        assert {name: str(message[name]) for name in line["headers"]} == line["headers"]
        assert "List-Unsubscribe-Post" in line["headers"]
        assert line["calendars"] == [
            {
                "filename": part.get_filename(),
                "method": part.get_param("method"),
                "text": cast(bytes, part.get_payload(decode=True)).decode(),
            }
            for part in message.iter_attachments()
        ]
        assert len(line["calendars"]) == 2


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return cast(bytes, part.get_payload(decode=True)).decode().replace("\r\n", "\n")


LOGO = b64decode("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==")


def test_json_lines_hold_the_logo_that_the_html_names(sample, outbox):
    (sample / "logo.gif").write_bytes(LOGO)
    replace(sample / "notice.yaml", "brand:", "brand:\n  logo: logo.gif")

    emails(sample, *NIGHT, *_formats("eml", "jsonl"))

    line = told(outbox)[0]
    message = parsed((outbox / manifest(outbox)[0]["file"]).read_bytes())
    (part,) = (each for each in message.walk() if each["Content-ID"])
    assert line["images"] == [
        {
            "id": part["Content-ID"].strip("<>"),
            "type": "image/gif",
            "base64": "R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==",
        }
    ]
    assert 'src="cid:logo"' in line["html"]
    assert part.get_payload(decode=True) == LOGO


def test_a_limit_and_a_customer_choose(sample, outbox):
    one = emails(sample, "--only", "customer=aurora", "--limit", "1")
    name = manifest(outbox)[0]["contact"]
    two = emails(sample, "--only", "aurora", "--wave", "production-1")

    assert one.stderr == f"Wrote 1 message into {outbox}.\n"
    assert name == "giulia.ferrari@aurora.example.com"
    assert two.exit_code == 0
    assert [row["customer"] for row in manifest(outbox)] == ["aurora", "aurora"]


def test_a_regional_locale_chooses_its_readers_alone(sample, outbox):
    emails(sample, "--wave", "production-1", "--locale", "it-CH")

    assert [row["locale"] for row in manifest(outbox)] == ["it-CH"]


def test_instances_without_a_wave_are_told_so(sample, outbox):
    emails(sample, "--wave", "none", "--locale", "it")

    (row, *_) = rows = manifest(outbox)
    message = parsed((outbox / row["file"]).read_bytes())
    assert {row["wave"] for row in rows} == {"none"}
    assert [part.get_filename() for part in message.iter_attachments()] == []


def test_nothing_chosen_and_nothing_known_is_said_at_once(sample, outbox):
    result = emails(
        sample,
        *("--wave", "productoin-1", "--wave", "pilot", "--only", "aurrora"),
        *("--locale", "ru"),
    )

    assert (result.exit_code, result.stdout) == (1, "")
    for said in (
        "error: no wave 'productoin-1' [emails/unknown-choice]\n"
        "    hint: did you mean 'production-1'?\n",
        "error: no customer 'aurrora' [emails/unknown-choice]\n"
        "    hint: did you mean 'aurora'?\n",
        "error: no locale 'ru' [translation/locale]\n",
        "error: the wave 'pilot' is completed or in the past [emails/wave-over]\n",
    ):
        assert said in result.stderr
    assert result.stderr.endswith("\n4 errors\n")
    assert not outbox.exists()


def test_choosing_nobody_is_a_problem(sample, outbox):
    result = emails(sample, "--only", "aurora", "--locale", "ja")

    assert result.exit_code == 1
    assert "error: nobody to write to [emails/nobody]" in result.stderr
    assert not outbox.exists()


@pytest.mark.parametrize(
    ("break_it", "rules"),
    [
        (lambda folder: (folder / "contacts.csv").unlink(), ["emails/no-contacts"]),
        (
            lambda folder: replace(
                folder / "notice.yaml", "domain: notices.example.com", ""
            ),
            ["emails/no-domain"],
        ),
        (
            lambda folder: replace(
                folder / "notice.yaml",
                'sender: "Campaign Operations <operations@notices.example.com>"',
                "",
            ),
            ["emails/no-sender"],
        ),
    ],
    ids=["contacts", "domain", "sender"],
)
def test_what_messages_need_is_a_problem_where_it_is_missing(
    sample, outbox, break_it, rules
):
    break_it(sample)

    result = emails(sample)

    assert result.exit_code == 1
    assert [rule for rule in rules if f"[{rule}]" not in result.stderr] == []
    assert result.stderr.endswith("\n1 error\n")
    assert not outbox.exists()


def test_contacts_without_an_instance_are_counted(sample, outbox):
    with (sample / "customers.csv").open("a", encoding="utf-8") as file:
        file.write("idle,Idle Ltd,GB\n")
    with (sample / "contacts.csv").open("a", encoding="utf-8") as file:
        file.write("idle,Ann,ann@idle.example.com,en,Europe/London,marketing\n")

    result = emails(sample, "--locale", "en")

    assert result.exit_code == 0
    assert "1 contact has no instance to be told about." in result.stderr


def test_an_earlier_output_is_replaced_as_a_whole(sample, outbox):
    emails(sample, *NIGHT, "--to", "mbox")

    result = emails(sample, *NIGHT)

    assert "Of the earlier output, 1 are gone." in result.stderr
    assert not list(outbox.rglob("*.mbox"))


def test_a_foreign_folder_is_left_alone(sample, outbox):
    outbox.mkdir()
    (outbox / "mine.txt").write_text("mine")

    result = emails(sample, *NIGHT)

    assert result.exit_code == 1
    assert "[output/not-ours]" in result.stderr
    assert [str(path) for path, _ in folder_files(outbox)] == ["mine.txt"]


def test_the_same_input_gives_the_same_bytes(sample):
    formats = _formats("eml", "mbox", "jsonl")

    emails(sample, *NIGHT, *formats, out="one")
    emails(sample, *NIGHT, *formats, out="two")

    one = list(folder_files(sample.parent / "one"))
    assert one == list(folder_files(sample.parent / "two"))
    assert len(one) == 5


@pytest.mark.parametrize("given", ["outbox", "outbox/manifest.csv"])
def test_a_time_that_moved_without_a_revision_stops_all(sample, outbox, given):
    emails(sample, *NIGHT)
    before = list(folder_files(outbox))
    replace(sample / "waves.yaml", "start: 2024-03-05T22:00", MOVED)

    result = emails(sample, *NIGHT, "--previous", sample.parent / given)

    assert result.exit_code == 1
    assert (
        "waves.yaml:31:5: error: wave 'production-1' moved from "
        "2024-03-05 22:00/2024-03-06 02:00 to 2024-03-05 23:00/2024-03-06 03:00 "
        "since 2 messages with revision 1 [emails/moved-without-revision]\n"
        "    hint: write 'revision: 2', and the time before in 'was'\n"
    ) in result.stderr
    assert list(folder_files(outbox)) == before


def test_a_raised_revision_may_move_and_refers_to_the_first_message(sample, outbox):
    emails(sample, *NIGHT, out="before")
    waves = sample / "waves.yaml"
    replace(waves, "start: 2024-03-05T22:00", MOVED)
    replace(waves, "revision: 1", "revision: 2")
    replace(waves, "was: {start: 2024-03-04T22:00}", "was: {start: 2024-03-05T22:00}")

    result = emails(sample, *NIGHT, "--previous", sample.parent / "before")

    assert result.exit_code == 0, result.stderr
    old, new = (
        parsed((out / manifest(out)[0]["file"]).read_bytes())
        for out in (sample.parent / "before", outbox)
    )
    assert old["Message-ID"] != new["Message-ID"]
    assert old["References"] == new["References"]


def test_what_has_not_moved_passes_and_may_be_written_over(sample, outbox):
    emails(sample, *NIGHT)

    result = emails(sample, *NIGHT, "--previous", outbox)

    assert (result.exit_code, result.stderr) == (
        0,
        f"Wrote 2 messages into {outbox}.\n",
    )


def test_a_previous_manifest_that_is_not_there_is_a_wrong_usage(sample, outbox):
    result = emails(sample, "--previous", "nowhere")

    assert result.exit_code == 2
    assert "'nowhere' does not exist" in result.stderr


def _untranslated(sample: Path, fallback: str) -> None:
    notice = sample / "notice.yaml"
    replace(notice, "fallback: forbid", f"fallback: {fallback}")
    replace(notice, "testing: none", "testing: Try one delivery.")


@pytest.mark.parametrize("fallback", ["forbid", "warn", "bilingual"])
def test_a_missing_translation_is_met_as_the_notice_says(sample, outbox, fallback):
    _untranslated(sample, fallback)

    result = emails(sample, *NIGHT)

    severity = "error" if fallback == "forbid" else "warning"
    assert f"{severity}: " in result.stderr
    assert "[translation/missing]" in result.stderr
    assert result.exit_code == (fallback == "forbid")
    assert outbox.exists() == (fallback != "forbid")
    if outbox.exists():
        message = parsed((outbox / manifest(outbox)[0]["file"]).read_bytes())
        for kind in ("plain", "html"):
            text = _body(message, kind)
            assert "Try one delivery." in text
            assert "Gentile" in text
            assert ("Dear" in text) == (fallback == "bilingual")


def test_a_further_column_is_a_field_of_templates_and_addresses(sample, outbox):
    contacts = sample / "contacts.csv"
    replace(contacts, "role", "token")
    replace(contacts, "Europe/Rome,marketing", 'Europe/Rome,"t0k/en =1&"')
    template = sample / "templates" / "documents" / "announcement.md.j2"
    template.parent.mkdir(parents=True)
    template.write_text(
        '{% extends "builtin/documents/announcement.md.j2" %}'
        "{% block closing %}Your token: {{ contact.token }}{% endblock %}"
    )
    url = "https://notices.example.com/p/{contact.token}"
    deliver(sample, f'preferences_url: "{url}"')

    result = emails(sample, *NIGHT, "--limit", "1")

    assert result.exit_code == 0, result.stderr
    message = parsed((outbox / manifest(outbox)[0]["file"]).read_bytes())
    address = "https://notices.example.com/p/t0k%2Fen%20%3D1%26"
    assert message["List-Unsubscribe"] == f"<{address}>"
    assert message["List-Unsubscribe-Post"] is None
    assert "Your token: t0k/en =1&\n" in _body(message, "plain")
    assert "Your token: t0k/en =1&amp;</p>" in _body(message, "html")
    assert f"<{address}>" in _body(message, "plain")
    assert f'href="{address}"' in _body(message, "html")


@pytest.mark.parametrize("fallback", ["forbid", "warn"])
def test_a_reader_of_another_language_is_met_as_the_notice_says(
    sample, outbox, fallback
):
    replace(sample / "notice.yaml", "fallback: forbid", f"fallback: {fallback}")
    replace(sample / "contacts.csv", "example.com,it,", "example.com,ru,")

    result = emails(sample, "--wave", "production-1", "--only", "aurora")

    severity = "error" if fallback == "forbid" else "warning"
    assert (
        f"contacts.csv: {severity}: messages for readers of 'ru': 1 [emails/locale]\n"
        "    hint: the notice is made in: en, it,"
    ) in result.stderr
    assert outbox.exists() == (fallback == "warn")
    if outbox.exists():
        assert [row["locale"] for row in manifest(outbox)] == ["en", "it-CH"]
