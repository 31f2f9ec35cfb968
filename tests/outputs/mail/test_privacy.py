"""No message tells of another customer: its name, its instances, its contacts."""

import csv
import html
import re
from collections import defaultdict
from email import message_from_bytes
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mail_samples import LOCALES, NOW, SAMPLE

from notifier.notice import read_notice
from notifier.outputs.emails import EmailRequest, write_emails

pytestmark = pytest.mark.slow

WAVES = ("production-1", "production-2", "production-3", "")
NOTICE = """\
notice: fleet
kind: upgrade
title: Upgrade
publisher: {{name: Us, domain: notices.example.com, sender: "Ops <ops@example.com>"}}
support: {{name: Help, url: "https://example.com/help"}}
impact: {{level: outage}}
locales: [{locales}]
default_locale: en
fallback: warn
delivery: {{preferences_url: "https://example.com/p?for={{contact.email}}"}}
"""


def everything(data):
    """Return all that a reader of the message *data* could find, decoded."""
    message = message_from_bytes(data)
    head = "\n".join(f"{name}: {value}" for name, value in message.items())
    texts = [head]
    for part in message.walk():
        if not part.is_multipart():
            texts += [str(part.items()), part.get_payload(decode=True).decode()]
    whole = "\n".join(texts)
    # Calendar lines as they were before they were folded.
    whole = re.sub(r"\r\n[ \t]", "", whole)
    return f"{whole}\n{unquote(html.unescape(whole))}"


def holds(text, word):
    """Tell whether *text* holds *word*, and not as a part of a longer one."""
    return re.search(rf"(?<![\w.-]){re.escape(word)}(?![\w-])", text) is not None


def table(path):
    return list(csv.DictReader(StringIO(path.read_text("utf-8"))))


def secrets_of(folder):
    """Return, by customer, what only its own messages may hold."""
    secrets = defaultdict(set)
    for row in table(folder / "customers.csv"):
        secrets[row["customer"]].add(row["name"])
    for row in table(folder / "instances.csv"):
        secrets[row["customer"]].add(row["instance"])
    for row in table(folder / "contacts.csv"):
        secrets[row["customer"]] |= {row["name"], row["email"]}
    return secrets


def instances_of(folder):
    """Return the instances by customer and wave."""
    found = defaultdict(set)
    for row in table(folder / "instances.csv"):
        found[row["customer"], row["wave"] or "none"].add(row["instance"])
    return found


def leaks(folder, output):
    """Return what the messages in *output* hold that they must not, or lack."""
    secrets, instances = secrets_of(folder), instances_of(folder)
    found = []
    for row in table(output / "manifest.csv"):
        text = everything((output / row["file"]).read_bytes())
        customer, wave = row["customer"], row["wave"]
        own = instances[customer, wave]
        for other, words in secrets.items():
            if other != customer:
                found += [(row["file"], word) for word in words if holds(text, word)]
        for (owner, when), ids in instances.items():
            if owner == customer and when != wave:
                found += [(row["file"], each) for each in ids if holds(text, each)]
        found += [(row["file"], f"no {each}") for each in own if not holds(text, each)]
        others = {
            contact["email"]
            for contact in table(folder / "contacts.csv")
            if contact["email"] != row["contact"]
        }
        found += [(row["file"], each) for each in others if holds(text, each)]
        if not holds(text, row["contact"]):
            found.append((row["file"], f"no {row['contact']}"))
    return found


def write(folder, output):
    notice, _ = read_notice(folder)
    return write_emails(notice, EmailRequest(), now=NOW, output=output)


def test_no_message_of_the_sample_tells_of_another_customer(tmp_path):
    emails = write(SAMPLE, tmp_path / "out")

    assert emails.messages == 25
    assert leaks(SAMPLE, tmp_path / "out") == []


def test_a_leak_would_be_seen(tmp_path):
    write(SAMPLE, tmp_path / "out")
    rows = table(tmp_path / "out" / "manifest.csv")
    names = {row["customer"]: row["file"] for row in rows if row["wave"] != "none"}
    one, other = (tmp_path / "out" / names[each] for each in ("harbor", "jabuti"))
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)

    found = leaks(SAMPLE, tmp_path / "out")

    assert {file for file, _ in found} == {names["harbor"], names["jabuti"]}
    words = {word for _, word in found}
    assert {"Harbor Outdoor Inc.", "Jabuti Livros", "harbor-prod1"} < words
    assert {"no joao.conceicao@jabuti.example.com", "no jabuti-prod1"} < words


COMPANIES = ("Alpha", "Béta", "ガンマ", "دلتا", "Epsilon & Söhne", 'Zeta "Z"', "<Eta>")
fleets = st.lists(
    st.tuples(
        st.lists(st.sampled_from(WAVES), min_size=1, max_size=6),
        st.lists(st.sampled_from(LOCALES[:4] + LOCALES[-6:]), min_size=1, max_size=3),
    ),
    min_size=2,
    max_size=len(COMPANIES),
)


def write_fleet(folder, fleet):
    customers, instances, contacts = [], [], []
    for number, (waves, locales) in enumerate(fleet):
        company = COMPANIES[number]
        customers.append((f"c{number}", company))
        for index, wave in enumerate(waves):
            # Ids that begin alike, across customers too.
            instances.append((f"i{number}{index}", f"c{number}", "production", wave))
        for index, tag in enumerate(locales):
            name, email = f"{company} {index}", f"p{index}@c{number}.example"
            contacts.append((f"c{number}", name, email, tag))
    tables = {
        "customers.csv": (("customer", "name"), customers),
        "instances.csv": (("instance", "customer", "environment", "wave"), instances),
        "contacts.csv": (("customer", "name", "email", "locale"), contacts),
    }
    for name, (titles, rows) in tables.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([titles, *rows])
    notice = NOTICE.format(locales=", ".join(LOCALES))
    (folder / "notice.yaml").write_text(notice, "utf-8")
    (folder / "waves.yaml").write_text(
        (SAMPLE / "waves.yaml").read_text("utf-8"), "utf-8"
    )


@settings(max_examples=10)
@given(fleets)
def test_no_message_of_any_fleet_tells_of_another_customer(fleet):
    with TemporaryDirectory() as place:
        folder = Path(place) / "fleet"
        folder.mkdir()
        write_fleet(folder, fleet)

        emails = write(folder, Path(place) / "out")

        due = sum(len(set(waves)) * len(locales) for waves, locales in fleet)
        assert emails.messages == due
        assert leaks(folder, Path(place) / "out") == []
