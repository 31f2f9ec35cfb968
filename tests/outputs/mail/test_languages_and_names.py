"""Which language a message says it is in, and domains in letters beyond ASCII."""

import email
from datetime import UTC, datetime
from email import policy

from notifier.notice import read_notice
from notifier.outputs.emails import write_emails
from notifier.outputs.mail.due import EmailRequest

NOW = datetime(2024, 2, 1, tzinfo=UTC)


def messages(folder, output, **request):
    notice, _ = read_notice(folder)
    write_emails(notice, EmailRequest(**request), now=NOW, output=output)
    return [
        email.message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in sorted(output.rglob("*.eml"))
    ]


def test_a_regional_reader_gets_words_of_the_catalog_and_says_so(sample, tmp_path):
    found = messages(
        sample, tmp_path / "out", customers=("aurora",), waves=("production-1",)
    )

    for message in found:
        assert message["Content-Language"] == "it"
        assert '<html lang="it" dir="ltr">' in message.get_body(("html",)).get_content()


def test_a_message_in_two_languages_names_both(sample, tmp_path):
    path = sample / "notice.yaml"
    text = path.read_text("utf-8").replace("arriving quickly", "arriving fast")
    path.write_text(text.replace("fallback: forbid", "fallback: bilingual"), "utf-8")

    [message] = messages(
        sample, tmp_path / "out", customers=("jabuti",), waves=("production-2",)
    )

    assert message["Content-Language"] == "pt-BR, en"
    page = message.get_body(("html",)).get_content()
    assert page.index('lang="pt-BR"') < page.index('lang="en"')


def test_a_domain_beyond_ascii_is_written_as_an_a_label(sample, tmp_path):
    with (sample / "contacts.csv").open("a", encoding="utf-8") as file:
        file.write("oasis,Zoë,zoe@bücher.example,en,,x\n")

    found = messages(
        sample, tmp_path / "out", customers=("oasis",), locales=("en",), limit=1
    )

    assert [message["To"] for message in found] == ["Zoë <zoe@xn--bcher-kva.example>"]
