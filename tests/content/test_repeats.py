"""A list field repeats the item, row or line around it; in a paragraph it is text."""

import email
from datetime import UTC, datetime
from email import policy

import pytest

from notifier.notice import read_notice
from notifier.outputs.emails import write_emails
from notifier.outputs.mail.due import EmailRequest

BODY = """
Yours: {{ customer.instances }}.

* {{ customer.instances }} will be upgraded
* The rest stays

| Instance | When |
| --- | --- |
| {{ customer.instances }} | {{ wave.date }} |
"""
OVERRIDE = (
    '{% extends "builtin/documents/announcement.md.j2" %}'
    "{% block instances %}" + BODY + "{% endblock %}"
)


def test_each_format_of_a_document_repeats_it(make):
    made = make(
        {"templates/documents/announcement.md.j2": OVERRIDE},
        documents=("announcement",),
        waves=("production-2",),
        contact="joao.conceicao@jabuti.example.com",
        formats=("md", "html", "txt"),
    )

    stem = "en/announcement.production-2"
    assert (
        "Yours: jabuti-prod1, jabuti-prod2.\n\n"
        "* jabuti-prod1 will be upgraded\n"
        "* jabuti-prod2 will be upgraded\n"
        "* The rest stays\n\n"
        "| Instance | When |\n"
        "| --- | --- |\n"
        "| jabuti-prod1 | March 10, 2024 |\n"
        "| jabuti-prod2 | March 10, 2024 |\n" in made[f"{stem}.md"]
    )
    html = made[f"{stem}.html"]
    assert "<p>Yours: jabuti-prod1, jabuti-prod2.</p>" in html
    assert html.count("will be upgraded</li>") == 2
    assert html.index("<li>jabuti-prod1 will") < html.index("<li>jabuti-prod2 will")
    assert "<td>jabuti-prod2</td>" in html
    assert "• jabuti-prod1 will be upgraded\n• jabuti-prod2 will" in made[f"{stem}.txt"]


@pytest.mark.parametrize(
    ("customer", "wave", "encoding", "count"),
    [
        ("harbor", "production-2", "quoted-printable", 6),
        ("sakura", "production-3", "base64", 4),
    ],
)
def test_a_message_repeats_it_in_either_encoding(
    sample, tmp_path, customer, wave, encoding, count
):
    path = sample / "templates" / "documents" / "announcement.md.j2"
    path.parent.mkdir(parents=True)
    path.write_text(OVERRIDE, "utf-8")
    notice, _ = read_notice(sample)

    write_emails(
        notice,
        EmailRequest(waves=(wave,), customers=(customer,), limit=1),
        now=datetime(2024, 2, 1, tzinfo=UTC),
        output=tmp_path / "outbox",
    )

    [file] = (tmp_path / "outbox").rglob("*.eml")
    message = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    text = message.get_body(("plain",))
    lines = text.get_content().splitlines()
    assert [line for line in lines if line.endswith("will be upgraded")] == [
        f"• {customer}-prod{number} will be upgraded" for number in range(1, count + 1)
    ]
    page = message.get_body(("html",))
    assert page["Content-Transfer-Encoding"] == encoding
    assert page.get_content().count("will be upgraded</li>") == count
