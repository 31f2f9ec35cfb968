"""Rendering documents: who reads, in which words and zone, and what is refused."""

import json
from datetime import UTC, datetime

import jsonschema
import pytest

from notifier.errors import NotifierError
from notifier.notice import read_notice
from notifier.outputs.documents import render_documents
from notifier.outputs.facts import SCHEMA
from notifier.outputs.jobs import RenderRequest

NOW = datetime(2024, 2, 1, tzinfo=UTC)


def render(folder, *, now=NOW, **request):
    notice, _ = read_notice(folder)
    rendering = render_documents(notice, RenderRequest(**request), now=now)
    return rendering, {str(file.path): file.text for file in rendering.files}


def refused(folder, **request):
    with pytest.raises(NotifierError) as caught:
        render(folder, **request)
    return [(each.rule, each.message, each.hint) for each in caught.value.problems]


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_everything_there_is_gets_a_file_per_document_wave_and_format(sample):
    rendering, files = render(sample, locales=("en", "it"))

    waves = [f"announcement.production-{number}" for number in (1, 2, 3, 4)]
    assert sorted(files) == sorted(
        f"{locale}/{stem}.{format}"
        for locale in ("en", "it")
        for stem in ("page", "faq", *waves)
        for format in ("md", "html", "txt", "json")
    )
    assert rendering.problems == ()
    assert rendering.sample


def test_the_facts_of_an_announcement_stand_beside_their_text(sample):
    _, files = render(
        sample,
        documents=("announcement",),
        waves=("production-1",),
        locales=("it",),
        formats=("json",),
    )

    facts = json.loads(files["it/announcement.production-1.json"])
    jsonschema.validate(facts, SCHEMA)
    assert '"low_minutes": 60,' in files["it/announcement.production-1.json"]
    faq = facts.pop("faq")
    assert [item["id"] for item in faq] == [
        "mandatory",
        "audience",
        "downtime",
        "action",
        "testing",
        "reschedule",
    ]
    assert facts == {
        "schema": 1,
        "notice": "email-infrastructure",
        "kind": "upgrade",
        "document": "announcement",
        "locale": "it",
        "title": "Aggiornamento dell’infrastruttura di invio e-mail di Campaign",
        "subject": "Aggiornamento dell’infrastruttura di invio e-mail di Campaign: "
        "5 marzo 2024",
        "wave": {
            "id": "production-1",
            "environment": "production",
            "status": "scheduled",
            "instances": 18,
            "timezone": "Europe/Rome",
            "start": "2024-03-05T22:00:00+01:00",
            "end": "2024-03-06T02:00:00+01:00",
            "window_text": "martedì 5 marzo 2024, 22:00 – mercoledì 6 marzo 2024, "
            "02:00 (ora di Roma, UTC+01:00)",
            "utc_text": "5 marzo 2024, 21:00 – 6 marzo 2024, 01:00 UTC",
            "estimate": {
                "low_minutes": 60,
                "high_minutes": 75,
                "text": "60–75 minuti",
            },
        },
        "phases": [
            {
                "environments": ["development", "staging"],
                "state": "started",
                "starts": "2023-10",
                "ends": None,
                "by": None,
                "text": "Gli interventi sugli ambienti di sviluppo e staging sono "
                "iniziati nel mese di **ottobre 2023**.",
            },
            {
                "environments": ["production"],
                "state": "started",
                "starts": "2024-01",
                "ends": None,
                "by": None,
                "text": "Gli interventi sugli ambienti di produzione sono iniziati nel "
                "mese di **gennaio 2024**.",
            },
        ],
        "support": {
            "name": "Assistenza clienti Adobe",
            "url": "https://experienceleague.adobe.com/it?support-solution=Campaign"
            "#support",
        },
    }


def test_a_contact_reads_in_its_own_words_dates_and_zone(sample):
    _, files = render(
        sample,
        documents=("announcement",),
        waves=("production-1",),
        contact="LUCA.bernasconi@aurora.example.com",
        formats=("txt",),
    )

    # Swiss dates and Zurich time, in Italian words.
    [(path, text)] = files.items()
    assert path == "it-CH/announcement.production-1.txt"
    assert "Gentile Luca Bernasconi," in text
    assert "Per Aurora Viaggi S.p.A. è in programma l’aggiornamento di 3" in text
    assert "ora di Zurigo" in text
    assert "Istanze interessate (3): aurora-prod1, aurora-prod2, aurora-prod3" in text
    assert "‹" not in text


def test_a_contact_with_an_instance_in_no_wave_is_told_the_phases(sample):
    _, files = render(
        sample,
        documents=("announcement",),
        contact="sam.oneill@harbor.example.com",
        formats=("txt",),
    )

    assert list(files) == [
        "en/announcement.production-2.txt",
        "en/announcement.txt",
    ]
    text = files["en/announcement.txt"]
    assert "Sam O'Neill" in text
    assert "harbor-stage1" in text
    assert "harbor-prod1" not in text
    assert "we will send you the exact time" in text


@pytest.mark.parametrize(
    ("request_", "problems"),
    [
        (
            {"documents": ("pge",)},
            [("render/document-unknown", "no document 'pge'", "did you mean 'page'?")],
        ),
        (
            {"waves": ("production-9",)},
            [
                (
                    "render/wave-unknown",
                    "no wave 'production-9'",
                    "did you mean 'production-4'?",
                )
            ],
        ),
        (
            {"waves": ("staging-9",)},
            [
                (
                    "render/wave-over",
                    "the wave 'staging-9' is completed or in the past",
                    "announce a wave that is still to come",
                )
            ],
        ),
        (
            {"timezone": "Mars/Base"},
            [
                (
                    "render/zone-unknown",
                    "unknown time zone 'Mars/Base'",
                    "write it as 'Europe/Rome' or 'UTC'",
                )
            ],
        ),
        (
            {"contact": "giulia.ferari@aurora.example.com"},
            [
                (
                    "contacts/unknown",
                    "no contact 'giulia.ferari@aurora.example.com'",
                    "did you mean 'giulia.ferrari@aurora.example.com'?",
                )
            ],
        ),
        (
            {
                "contact": "giulia.ferrari@aurora.example.com",
                "documents": ("announcement",),
                "waves": ("production-4",),
            },
            [
                (
                    "render/nothing",
                    "nothing to render for 'giulia.ferrari@aurora.example.com'",
                    "choose other waves or documents; 'notifier waves' lists the waves",
                )
            ],
        ),
    ],
    ids=["document", "wave", "wave over", "zone", "contact", "nothing"],
)
def test_what_the_notice_does_not_have_is_refused(sample, request_, problems):
    assert refused(sample, **request_) == problems


def test_all_wrong_words_of_a_request_are_said_at_once(sample):
    rules = [
        rule
        for rule, _, _ in refused(
            sample,
            documents=("x", "announcement"),
            waves=("y",),
            locales=("tlh",),
            timezone="z",
        )
    ]

    assert sorted(rules) == [
        "render/document-unknown",
        "render/wave-unknown",
        "render/zone-unknown",
        "translation/locale",
    ]


def test_an_address_of_two_customers_asks_which(sample):
    with (sample / "contacts.csv").open("a") as file:
        file.write("sol,Giulia Ferrari,giulia.ferrari@aurora.example.com,it,,x\n")

    [(rule, message, hint)] = refused(
        sample, contact="giulia.ferrari@aurora.example.com"
    )

    assert rule == "contacts/ambiguous"
    assert message == "'giulia.ferrari@aurora.example.com' is a contact of 2 customers"
    assert hint == (
        "write 'aurora/giulia.ferrari@aurora.example.com' or "
        "'sol/giulia.ferrari@aurora.example.com'"
    )
    _, files = render(
        sample,
        documents=("announcement",),
        contact="sol/giulia.ferrari@aurora.example.com",
        formats=("txt",),
    )
    [text] = files.values()
    assert "sol-prod2" in text
    assert "aurora" not in text.lower()


def test_a_missing_translation_stops_the_render_by_default(sample):
    edit(sample / "notice.yaml", "arriving quickly", "arriving fast")

    [(rule, message, hint)] = refused(sample, documents=("page",), locales=("it",))

    assert rule == "translation/missing"
    assert message.startswith("no translation into it of 'To keep your messages")
    assert hint == (
        "translate it in locales/it/LC_MESSAGES/notice.po, or set 'fallback: warn' "
        "in notice.yaml"
    )


def test_the_policy_warn_prints_the_default_locale_and_says_so(sample):
    edit(sample / "notice.yaml", "arriving quickly", "arriving fast")
    edit(sample / "notice.yaml", "fallback: forbid", "fallback: warn")

    rendering, files = render(
        sample, documents=("page",), locales=("it",), formats=("md",)
    )

    assert [str(each.severity) for each in rendering.problems] == ["warning"]
    assert "arriving fast" in files["it/page.md"]
    assert "## Cosa cambia?" in files["it/page.md"]


def add_czech_contact(sample):
    with (sample / "contacts.csv").open("a") as file:
        file.write("harbor,Jan,jan@harbor.example.com,cs,Europe/Prague,x\n")


def test_a_contact_whose_language_is_not_made_is_named(sample):
    add_czech_contact(sample)

    [(rule, message, hint)] = refused(sample, contact="jan@harbor.example.com")

    assert rule == "translation/locale"
    assert message == (
        "jan@harbor.example.com of customer 'harbor' reads 'cs', which the notice is "
        "not made in"
    )
    assert hint.startswith("the notice is made in: en, it,")


def test_such_a_contact_reads_the_default_locale_where_that_is_allowed(sample):
    add_czech_contact(sample)
    edit(sample / "notice.yaml", "fallback: forbid", "fallback: warn")

    rendering, files = render(
        sample,
        documents=("announcement",),
        waves=("production-2",),
        contact="jan@harbor.example.com",
        formats=("txt",),
    )

    assert [str(each.severity) for each in rendering.problems] == ["warning"]
    assert "Dear Jan," in files["en/announcement.production-2.txt"]
    assert "Prague time" in files["en/announcement.production-2.txt"]


def test_the_policy_bilingual_adds_the_default_locale_to_an_announcement(sample):
    edit(sample / "notice.yaml", "arriving quickly", "arriving fast")
    edit(sample / "notice.yaml", "fallback: forbid", "fallback: bilingual")

    rendering, files = render(
        sample,
        documents=("announcement",),
        waves=("production-1",),
        contact="giulia.ferrari@aurora.example.com",
        formats=("md", "html", "txt"),
    )

    assert [each.rule for each in rendering.problems] == ["translation/missing"]
    html = files["it/announcement.production-1.html"]
    assert html.index('<div lang="it" dir="ltr">') < html.index("Gentile Giulia")
    assert html.index('<div lang="en" dir="ltr">') < html.index("Dear Giulia Ferrari,")
    for format in ("md", "txt"):
        text = files[f"it/announcement.production-1.{format}"]
        assert text.index("martedì 5 marzo 2024") < text.index("Tuesday, March 5, 2024")


def test_the_folder_may_say_a_built_in_sentence_otherwise(sample):
    path = sample / "locales" / "en" / "LC_MESSAGES" / "notice.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "What is changing?"\nmsgstr "What is new?"\n'
    )

    _, files = render(sample, documents=("page",), locales=("en",), formats=("md",))

    assert "\n## What is new? {#aws-changes}\n" in files["en/page.md"]


def test_a_value_can_never_become_markup(sample):
    evil = "<b>*x*</b> [a](javascript:b) {{7*7}} `c` | {#id} &amp;"
    edit(sample / "customers.csv", "Harbor Outdoor Inc.", evil)

    _, files = render(
        sample,
        documents=("announcement",),
        waves=("production-2",),
        contact="sam.oneill@harbor.example.com",
        formats=("html", "txt", "md"),
    )

    html = files["en/announcement.production-2.html"]
    assert (
        "For &lt;b&gt;*x*&lt;/b&gt; [a](javascript:b) {{7*7}} `c` | {#id} &amp;amp;,"
        in html
    )
    assert evil in files["en/announcement.production-2.txt"]
    assert "<b>" not in files["en/announcement.production-2.md"]


def test_a_window_over_a_change_of_clocks_is_said_so(sample):
    _, files = render(
        sample,
        documents=("announcement",),
        waves=("production-2",),
        locales=("en",),
        formats=("txt",),
    )
    text = files["en/announcement.production-2.txt"]
    assert "│ Note\n│ During the window, clocks go forward by 1 hour." in text

    _, files = render(
        sample,
        documents=("announcement",),
        waves=("production-2",),
        locales=("en",),
        formats=("txt",),
        timezone="Asia/Tokyo",
    )
    assert "clocks" not in files["en/announcement.production-2.txt"]


def test_a_moved_wave_says_when_it_was_before(sample):
    _, files = render(
        sample,
        documents=("announcement",),
        waves=("production-1",),
        locales=("en",),
        formats=("md",),
    )

    assert (
        ">[!IMPORTANT]\n>\n>The time has changed. It was previously scheduled for: "
        "Monday, March 4, 2024, 10:00\xa0PM – Tuesday, March 5, 2024, 2:00\xa0AM "
        "(Rome time, UTC+01:00).\n" in files["en/announcement.production-1.md"]
    )


def test_a_choice_that_changes_nothing_is_refused(sample):
    [(rule, message, _)] = refused(sample, documents=("page",), waves=("production-1",))

    assert rule == "render/idle-choice"
    assert message == "wave is for announcements, which are not asked for"


def test_one_text_in_place_of_a_tuple_is_a_mistake_of_the_program():
    with pytest.raises(TypeError, match="locales is a tuple"):
        RenderRequest(locales="it")


def test_an_untranslated_label_is_found_where_it_is_printed(sample):
    edit(sample / "waves.yaml", "Europe, night 1", "Europe, first night")
    path = sample / "templates" / "documents" / "announcement.md.j2"
    path.parent.mkdir(parents=True)
    path.write_text(
        '{% extends "builtin/documents/announcement.md.j2" %}'
        "{% block intro %}{{ wave.label }}{% endblock %}"
    )

    [(rule, message, _)] = refused(
        sample, documents=("announcement",), locales=("it",), waves=("production-1",)
    )

    assert rule == "translation/missing"
    assert message == "no translation into it of 'Europe, first night'"


def test_a_whole_address_wins_over_one_after_a_customer(sample):
    with (sample / "contacts.csv").open("a") as file:
        file.write("sol,Right,sol/b@x.example.com,en,,x\n")
        file.write("sol,Wrong,b@x.example.com,en,,x\n")

    _, files = render(
        sample,
        documents=("announcement",),
        contact="sol/b@x.example.com",
        formats=("txt",),
    )

    assert all("Dear Right," in text for text in files.values())
