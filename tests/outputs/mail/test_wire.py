"""Messages on the wire: every fault is found, and the sample has none."""

import mailbox
import os
import re
import shutil
import subprocess
import sys
from email import message_from_bytes
from email.utils import parseaddr

import pytest
from mail_samples import LOCALES, NOW, PREFERENCES, SAMPLE, parts_of

from notifier.notice import read_notice
from notifier.outputs.emails import EmailRequest, write_emails
from notifier.outputs.mail.wire import check_wire


def written(folder, output, **choices):
    """Return the messages of the notice in *folder* by file, all of them checked."""
    notice, _ = read_notice(folder)
    write_emails(notice, EmailRequest(**choices), now=NOW, output=output)
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*.eml"))
    }


def with_preferences(folder):
    notice = folder / "notice.yaml"
    text = notice.read_text("utf-8")
    delivery = f'\ndelivery: {{preferences_url: "{PREFERENCES}", one_click: yes}}\n'
    notice.write_text(text + delivery, "utf-8")


@pytest.fixture(scope="module")
def messages(tmp_path_factory):
    return written(SAMPLE, tmp_path_factory.mktemp("emails") / "out")


@pytest.fixture(scope="module")
def message(messages):
    """Return one message that has quoted-printable, base64 and encoded words."""
    (name,) = [n for n in messages if n.startswith("announcement/production-1/de/")]
    return messages[name]


def test_every_message_of_the_sample_is_right_on_the_wire(messages):
    assert {
        name: faults for name, data in messages.items() if (faults := check_wire(data))
    } == {}
    languages = {
        message_from_bytes(data)["Content-Language"] for data in messages.values()
    }
    assert {*LOCALES} - {"zh-Hans", "zh-Hant"} <= languages
    assert len({tag.partition("-")[0] for tag in languages}) == 13


def test_messages_with_preferences_are_right_on_the_wire(sample, tmp_path):
    with_preferences(sample)

    found = written(sample, tmp_path / "out")

    assert [fault for data in found.values() for fault in check_wire(data)] == []
    for data in found.values():
        parts = parts_of(data)
        assert parts.headers["List-Unsubscribe"][1:-1] in parts.text
        assert parts.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def changed(message, old, new):
    assert old in message
    return message.replace(old, new, 1)


QUOTED = b"quoted-printable\r\n\r\n"
FAULTS = {
    "bare line feed": (b"\r\n\r\n", b"\n\r\n", "a bare"),
    "bare carriage return": (b"\r\n", b"\r", "a bare"),
    "eight bits": (b"Subject: ", b"Subject: \xc3", r"octet \d+: b'\\xc3'"),
    "nothing": (b"Subject: ", b"Subject: \x00", "octet"),
    "long header": (
        b"Precedence: bulk",
        b"Precedence: " + b"a " * 40,
        "header line of 9",
    ),
    "far too long": (
        b"Precedence: bulk",
        b"Precedence: " + b"a" * 999,
        "header line of 1011",
    ),
    "blank line": (b"Precedence: bulk\r\n", b"Precedence: bulk\r\n \r\n", "of blanks"),
    "long line": (b"\r\nBEGIN:", b"\r\n" + b"a" * 77 + b"\r\nBEGIN:", "a line of 77"),
    "From": (b"\r\nBEGIN:", b"\r\nFrom me\r\nBEGIN:", "begins with b'From '"),
    "dot": (b"\r\nBEGIN:", b"\r\n.\r\nBEGIN:", "begins with b'.'"),
    "no field": (b"Precedence: bulk\r\n", b"Precedence\r\n", "header fields, read as"),
    "two subjects": (b"Precedence: bulk", b"Subject: x", "Subject stands 2 times"),
    "no language": (b"Content-Language: de\r\n", b"", "Content-Language stands 0"),
    "two lists": (b"Precedence: bulk", b"List-Id: <x>", "List-Id stands 2 times"),
    "adjacent words": (
        b"Subject: ",
        b"Subject: =?utf-8?b?YQ==?==?utf-8?b?YQ==?=",
        "alone",
    ),
    "long word": (b"To: ", b"To: =?utf-8?b?" + b"YWFh" * 16 + b"?=\r\n ", "word of 76"),
    "half a character": (b"To: ", b"To: =?utf-8?b?w6nD?= ", "cannot be read alone"),
    "another charset": (b"To: ", b"To: =?latin-1?b?6Q==?= ", "cannot be read alone"),
    "no boundary": (b"--\r\n", b"\r\n", "Defect"),
    "another language": (
        b"utf-8\r\nContent-Language: de",
        b"utf-8\r\nContent-Language: it",
        "plain: Content-Language 'it'",
    ),
    "no such encoding": (b"7bit", b"8bit", "the encoding is '8bit'"),
    "not quoted": (QUOTED, QUOTED + b"=xx", "not quoted-printable"),
    "blank at the end": (QUOTED, QUOTED + b"a \r\n", "not quoted-printable"),
    "not UTF-8": (QUOTED, QUOTED + b"=FF", "not UTF-8"),
    "not base64": (b"base64\r\n\r\n", b"base64\r\n\r\na-b\r\n", "not base64"),
    "base64 behind its end": (
        b"base64\r\n\r\n",
        b"base64\r\n\r\nYQ==\r\n",
        "behind its end",
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(message, old, new, said):
    faults = check_wire(changed(message, old, new))

    assert any(re.search(said, fault) for fault in faults), faults


def test_the_last_line_has_an_end(message):
    assert check_wire(message[:-2]) == ("the last line has no end",)


@pytest.mark.slow
def test_equal_input_makes_equal_bytes_whatever_the_hash_seed(messages, tmp_path):
    words = ["emails", str(SAMPLE), "--now", NOW.isoformat(), "-o", str(tmp_path / "o")]
    subprocess.run(
        [sys.executable, "-c", "from notifier.cli import main; main()", *words],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        check=True,
        capture_output=True,
    )

    files = sorted((tmp_path / "o").rglob("*.eml"))
    assert {
        path.relative_to(tmp_path / "o").as_posix(): path.read_bytes() for path in files
    } == messages


def test_no_value_can_be_taken_for_a_boundary(sample, tmp_path):
    first = written(sample, tmp_path / "first", customers=("sol",))
    marks = {
        mark.decode()
        for data in first.values()
        for mark in re.findall(rb'boundary="(.*?)"', data)
    }
    rows = "".join(
        f"sol,--{m},a{n}@sol.example,es,Europe/Madrid,x\n"
        for n, m in enumerate(sorted(marks))
    )
    contacts = sample / "contacts.csv"
    contacts.write_text(contacts.read_text("utf-8") + rows, "utf-8")

    found = written(sample, tmp_path / "second", customers=("sol",))

    assert len(found) == len(first) + len(first) * len(marks)
    for data in found.values():
        assert check_wire(data) == ()
        for mark in re.findall(rb'boundary="(.*?)"', data):
            lines = [
                line for line in data.split(b"\r\n") if line.startswith(b"--" + mark)
            ]
            assert set(lines) == {b"--" + mark, b"--" + mark + b"--"}


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """Return an mbox of a thousand messages to contacts of all locales, and it read."""
    folder = tmp_path_factory.mktemp("crowd") / "email-infrastructure"
    shutil.copytree(SAMPLE, folder)
    with (folder / "contacts.csv").open("a", encoding="utf-8") as file:
        for number in range(1_000):
            tag = LOCALES[number % len(LOCALES)]
            name = ("From here", "Élodie", "山田 花子", ".", '"From "')[number % 5]
            name = '"' + name.replace('"', '""') + f' {number}"'
            file.write(f"tulp,{name},c{number}@tulp.example,{tag},,operations\n")
    notice, _ = read_notice(folder)
    request = EmailRequest(
        customers=("tulp",), waves=("production-1",), formats=("mbox",)
    )
    write_emails(notice, request, now=NOW, output=folder / "out")
    return folder / "out" / "announcement" / "production-1.mbox"


COUNT = 1_001


@pytest.mark.slow
def test_an_mbox_reads_back_whole(crowd):
    box = mailbox.mbox(crowd, create=False)
    read = [box.get_bytes(key) for key in box.iterkeys()]
    box.close()

    assert len(read) == COUNT
    assert crowd.read_bytes().count(b"\nFrom ") == COUNT - 1
    for data in read:
        assert check_wire(data.replace(b"\n", b"\r\n")) == ()
    to = {parseaddr(message_from_bytes(data)["To"])[1] for data in read}
    assert {f"c{number}@tulp.example" for number in range(1_000)} < to


@pytest.mark.slow
def test_mutt_reads_every_message_of_an_mbox(crowd, tmp_path):
    if not shutil.which("mutt") or not shutil.which("script"):
        pytest.skip("needs mutt and script")
    found = tmp_path / "found"
    settings = (
        "set quit=yes wait_key=no auto_tag=yes pipe_decode=yes charset=utf-8\n"
        f"set folder={tmp_path}\nalternative_order text/plain\n"
        f'push "<tag-pattern>~A<enter><pipe-message>cat >> {found}<enter><exit>"\n'
    )
    (tmp_path / "muttrc").write_text(settings, "utf-8")
    home = {
        "HOME": str(tmp_path),
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
        "PATH": os.environ["PATH"],
    }
    subprocess.run(
        ["script", "-qec", f"mutt -n -R -F muttrc -f {crowd}", "/dev/null"],
        cwd=tmp_path,
        env=home,
        check=True,
        capture_output=True,
        timeout=100,
    )

    text = found.read_text("utf-8")
    assert len(re.findall(r"^To: .*<c?\S+@tulp\.", text, re.M)) == COUNT
    assert text.count("山田 花子 ") >= 400
    assert text.count("Affected instances (") > 0


@pytest.mark.slow
@pytest.mark.parametrize("locale", LOCALES)
def test_spamassassin_finds_little_fault(messages, locale, tmp_path):
    if not shutil.which("spamassassin"):
        pytest.skip("needs spamassassin")
    for data in messages.values():
        tag = message_from_bytes(data)["Content-Language"]
        if tag.partition("-")[0] != locale.partition("-")[0]:
            continue
        judged = subprocess.run(
            ["spamassassin", "-L", "-t"], input=data, capture_output=True, check=True
        )
        status = message_from_bytes(judged.stdout)["X-Spam-Status"]
        assert float(re.search(r"score=(-?[\d.]+)", status)[1]) < 2.0, status
