"""What stands in the way of an output is told where its author can mend it."""

from __future__ import annotations

import pytest
from breaches import Breach, add, break_folder, swap, told_of
from notices import check, found

pytestmark = pytest.mark.slow  # each makes all documents

ANNOUNCEMENT = "templates/documents/announcement.md.j2"
FAQ = "templates/documents/faq.md.j2"
PAGE = "templates/documents/page.md.j2"
NOTICE = "notice.yaml"
CONTACTS = "contacts.csv"


def _not_utf8(name):
    return lambda folder: (folder / name).write_bytes(b"\xff")


def _templates(announcement, faq, page, **known):
    edits = ((ANNOUNCEMENT, announcement), (FAQ, faq), (PAGE, page))
    return Breach(
        tuple((name, "", f"{{# A template. #}}\n{text}\n") for name, text in edits),
        **known,
    )


TEMPLATES = {
    "syntax, names and places of fields": _templates(
        "`{{ wave.window }}` [a]({{ wave.window }})",
        "«template/missing»{% include 'documents/foq.md.j2' %}",
        "«template/syntax»{% if %}",
        told=(
            ("template/field-in-address", ANNOUNCEMENT),
            ("template/field-in-code", ANNOUNCEMENT),
        ),
    ),
    "facts and fields": _templates(
        "«template/field-inspected»{% if wave.window %}x{% endif %}",
        "«template/failed»{{ 1 / 0 }}",
        "«template/undefined»{{ notice.titel }}",
    ),
    "size and letters": _templates(
        "{% set x %}{{ wave.window }}{% endset %}{{ x[2:] }}",
        "",
        "{% for n in range(9999) %}\n"
        "«template/too-large»{% for m in range(9999) %}x{% endfor %}{% endfor %}",
        more=_not_utf8(FAQ),
        told=(("template/spoilt-field", ANNOUNCEMENT), ("template/unreadable", FAQ)),
    ),
}
TEXTS = {
    "text/too-complex": swap(
        NOTICE, "reason: >-", f"reason: «text/too-complex»>-\n  {'> ' * 200} x\n"
    ),
    "faq/collapsible-title": Breach(
        (
            (
                NOTICE,
                "faq: [",
                "faq: [{question: «faq/collapsible-title»What of *R*?, answer: x}, ",
            ),
            (NOTICE, "faq_style: list", "faq_style: collapsible"),
        )
    ),
    "publish/same-path": swap(
        NOTICE,
        "path: technotes/upgrades/upgrade-to-aws.md",
        "«publish/same-path»path: TOC.md",
    ),
    "publish/same-notice": swap(
        NOTICE, "notice: email-infrastructure", "«publish/same-notice»notice: feed.xml"
    ),
    "waivers": Breach(
        (
            (NOTICE, "  faq_style: list", "  «notice/unused»components: [a]"),
            (
                "waivers.yaml",
                "",
                """\
waivers:
  - «check/waiver»{rule: waves/overdue, until: 2024-03-01}
  - «check/waiver-expired»{rule: notice/unused, until: 2024-01-31, reason: x}
  - «check/waiver-unused»{rule: waves/blackout, until: 2024-03-01, reason: x}
  - «check/waiver-refused»{rule: privacy/public-name, until: 2024-03-01, reason: x}
  - «check/waiver-rule»{rule: waves/overdo, until: 2024-03-01, reason: x}
""",
            ),
        )
    ),
}
_NO_RULE = "{rule: waves/overdo, until: 2024-03-01, reason: x}\n"
TEXTS["many waivers"] = add(
    "waivers.yaml",
    f"waivers:\n{f'  - «check/waiver-rule»{_NO_RULE}' * 100}  - {_NO_RULE}",
    told=(("check/more", "waivers.yaml"),),
)
NAMES = swap(
    NOTICE,
    "reason: >-\n",
    "reason: "
    "«publish/names-contact»«publish/names-customer»«publish/names-instance»>-\n"
    "  Of Nordwind Versand GmbH, its aurora-prod1 and Giulia Ferrari:\n",
)
MESSAGES = {
    "publisher": Breach(
        (
            (NOTICE, "  domain: notices.example.com\n", ""),
            (NOTICE, "publisher:", "«emails/no-domain»«emails/no-sender»publisher:"),
            (NOTICE, '  sender: "Campaign Operations', '  # "'),
        )
    ),
    "emails/locale": swap(
        CONTACTS,
        "it,Europe/Rome",
        "cs,Europe/Rome",
        told=(("emails/locale", CONTACTS),),
    ),
}
FOLDERS = {**TEMPLATES, **TEXTS}


@pytest.mark.parametrize("name", FOLDERS)
def test_what_no_output_can_be_made_of_is_told_with_all_else(name, lean):
    expected = break_folder(lean, FOLDERS[name])

    assert told_of(lean, FOLDERS[name]) == expected


@pytest.mark.parametrize("name", MESSAGES)
def test_what_no_message_can_be_made_of_is_told(name, folder):
    expected = break_folder(folder, MESSAGES[name])

    assert told_of(folder, MESSAGES[name]) == expected


def test_a_name_in_a_text_is_told_at_the_text_and_once_for_all_messages(folder):
    expected = break_folder(folder, NAMES)

    problems = [finding.problem for finding in check(folder).findings]

    named = [(each.rule, str(each.place)) for each in problems if "names" in each.rule]
    assert sorted(named) == expected
    assert [
        each.message for each in problems if each.rule == "privacy/foreign-customer"
    ] == [
        "a message to 'lumiere' names 'Giulia Ferrari' of 'aurora', and so do 20 more",
        "a message to 'lumiere' names 'aurora-prod1' of 'aurora', and so do 20 more",
        "a message to 'aurora' names 'Nordwind Versand GmbH' of 'nordwind', and so do "
        "20 more",
    ]


def test_a_manifest_that_is_none_is_told_by_its_path(folder, tmp_path):
    (tmp_path / "manifest.csv").write_text("a,b\n", "utf-8")

    told = found(folder, previous=tmp_path)

    assert told == [("emails/previous", f"{tmp_path}/manifest.csv:1")]
