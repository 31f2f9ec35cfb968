"""What search engines are told: true, in the words of schema.org, and inert."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifier.model.page import Page
from notifier.model.schedule import LocalTime, WaveStatus
from notifier.outputs.pages.structured_data import structured_data
from tests.outputs.pages.publications import (
    publication,
    sample_publication,
    with_faq,
    with_waves,
)
from tests.outputs.schedule_samples import NOTICE, WAVES, wave
from tests.validators.site_judges import vocabulary_errors

SCHEMA = "https://schema.org"
NIGHT = wave("production-7", "2024-03-30T22:00", "Europe/Rome", 6, "Europe, night 7")
SITE = "https://notices.example.com"
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


def graph(told: str) -> list[dict[str, object]]:
    data = json.loads(told)
    assert data["@context"] == SCHEMA
    return list(data["@graph"])


class Scripts(HTMLParser):
    """Collects the texts of script elements, and what stands outside."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.outside = ""
        self._is_script = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self._is_script = tag == "script"
        if self._is_script:
            self.inside.append("")

    def handle_endtag(self, tag):
        self._is_script = False

    def handle_data(self, data):
        if self._is_script:
            self.inside[-1] += data
        else:
            self.outside += data


@pytest.mark.parametrize("lang", ["it", "ja"])
def test_the_data_of_the_sample_are_the_golden_ones(lang, golden) -> None:
    told = structured_data(sample_publication(), lang)

    pretty = json.dumps(json.loads(told), ensure_ascii=False, indent=2)
    golden(f"pages/structured-data.{lang}.json", f"{pretty}\n")


def test_a_wave_is_an_event_in_the_wall_clock_of_its_zone() -> None:
    notice = with_waves(NIGHT)
    notice = replace(notice, publisher=replace(NOTICE.publisher, site=SITE))

    told = graph(structured_data(publication(notice), "en"))

    assert told == [
        {
            "@type": "Event",
            "name": "Campaign [email] sending infrastructure upgrade – Europe, night 7",
            "description": (
                "Saturday, March 30, 2024, 10:00\xa0PM (UTC+01:00) – Sunday, March 31,"
                " 2024, 5:00\xa0AM (UTC+02:00), Rome time\n"
                "March 30, 2024, 9:00\xa0PM – March 31, 2024, 3:00\xa0AM UTC\n"
                "Support: Customer Care, https://example.com/?a=1&b=2#support"
            ),
            "startDate": "2024-03-30T22:00:00+01:00",
            "endDate": "2024-03-31T05:00:00+02:00",
            "eventStatus": f"{SCHEMA}/EventScheduled",
            "eventAttendanceMode": f"{SCHEMA}/OnlineEventAttendanceMode",
            "location": {
                "@type": "VirtualLocation",
                "url": f"{SITE}/en/email-infrastructure/",
            },
            "organizer": {"@type": "Organization", "name": "Adobe", "url": SITE},
            "inLanguage": "en",
            "url": f"{SITE}/en/email-infrastructure/",
        }
    ]


@pytest.mark.parametrize(
    ("revised", "status", "previous", "first_line"),
    [
        pytest.param({}, "EventScheduled", None, "Saturday", id="scheduled"),
        pytest.param(
            {"was_start": LocalTime(datetime.fromisoformat("2024-03-31T22:00"))},
            "EventRescheduled",
            "2024-03-31T22:00:00+02:00",
            "Saturday",
            id="moved",
        ),
        pytest.param(
            {"was_length": NIGHT.length / 2},
            "EventScheduled",
            None,
            "Saturday",
            id="longer",
        ),
        pytest.param(
            {
                "was_start": LocalTime(datetime.fromisoformat("2024-03-31T22:00")),
                "status": WaveStatus.CANCELLED,
            },
            "EventCancelled",
            None,
            "Saturday",
            id="cancelled",
        ),
        pytest.param(
            {"status": WaveStatus.TENTATIVE}, None, None, "provisional", id="tentative"
        ),
        pytest.param(
            {"status": WaveStatus.COMPLETED},
            "EventScheduled",
            None,
            "Saturday",
            id="completed",
        ),
    ],
)
def test_the_status_of_an_event_follows_its_wave(
    revised, status, previous, first_line
) -> None:
    (event,) = graph(
        structured_data(publication(with_waves(replace(NIGHT, **revised))), "en")
    )

    assert (
        event.get("eventStatus"),
        event.get("previousStartDate"),
        event["description"].split("\n")[0].split(",")[0],
    ) == (status and f"{SCHEMA}/{status}", previous, first_line)


def test_without_a_site_the_place_of_an_event_is_where_support_is() -> None:
    (event,) = graph(structured_data(publication(with_waves(NIGHT)), "en"))

    assert event["location"] == {
        "@type": "VirtualLocation",
        "url": NOTICE.support.url,
    }
    assert "url" not in event
    assert event["organizer"] == {"@type": "Organization", "name": "Adobe"}


def test_questions_are_plain_and_answers_html_without_links_within_the_page() -> None:
    notice = with_faq(
        ("*What* is [next]?", "**Nothing**, see [this](#part)."),
        ("3. Why?", "> [!NOTE]\n>\n> Because & so."),
    )

    (page,) = graph(structured_data(publication(notice), "en"))

    asked = [(q["name"], q["acceptedAnswer"]["text"]) for q in page["mainEntity"]]
    assert (page["@type"], asked) == (
        "FAQPage",
        [
            (
                "*What* is [next]?",
                "<p><strong>Nothing</strong>, see <span>this</span>.</p>\n",
            ),
            (
                "3. Why?",
                '<div class="alert note" role="note" data-alert="NOTE">'
                '<p class="alert-title">Note</p>\n<p>Because &amp; so.</p>\n</div>\n',
            ),
        ],
    )


def test_what_the_page_does_not_hold_is_not_told() -> None:
    notice = with_faq(("Why?", "So."))

    assert structured_data(publication(replace(notice, page=Page())), "en") == ""
    assert structured_data(publication(replace(notice, faq=())), "en") == ""


def test_the_data_name_no_customer_and_no_instance() -> None:
    told = structured_data(publication(NOTICE), "en")

    assert len(graph(told)) == len(WAVES)
    assert "secret" not in told
    assert "acme" not in told


@settings(max_examples=10)
@given(ANY_TEXT, ANY_TEXT)
def test_no_text_can_close_the_script_element(question, answer) -> None:
    notice = with_faq((f"¶</script>{question}", f"`</script>`<!--<script>{answer}"))
    notice = replace(notice, title=replace(notice.title, source=f"</script>{question}"))
    told = structured_data(publication(notice), "en")

    page = Scripts(f"<script>{told}</script>after")

    assert (page.inside, page.outside) == ([told], "after")
    assert not set(told) & set("<>&\u2028\u2029")
    assert graph(told)[0]["name"] == notice.title.source


@settings(max_examples=10)
@given(ANY_TEXT)
def test_a_plain_question_comes_back(question) -> None:
    notice = with_faq((f"¶{question}¶", "Answer."))

    (page,) = graph(structured_data(publication(notice), "en"))

    (asked,) = page["mainEntity"]
    assert asked["name"].split() == f"¶{question}¶".split()


@pytest.mark.slow
def test_the_data_keep_the_vocabulary_of_schema_org() -> None:
    sample = sample_publication()
    moved = replace(
        WAVES[1], was_start=LocalTime(datetime.fromisoformat("2024-03-04T22:00"))
    )
    every_status = publication(with_waves(moved, *WAVES[2:]))
    graphs = [structured_data(sample, lang) for lang in ("en", "ar")]

    assert vocabulary_errors([*graphs, structured_data(every_status, "en")]) == [
        [],
        [],
        [],
    ]


@pytest.mark.slow
def test_the_types_of_schema_org_find_faults() -> None:
    good = structured_data(sample_publication(), "en")
    faults = [
        ('"startDate"', '"startsAt"'),
        ("/EventRescheduled", "/EventMoved"),
        ('"VirtualLocation"', '"Nowhere"'),
        ('"acceptedAnswer"', '"answer"'),
    ]

    said = vocabulary_errors([*(good.replace(*fault) for fault in faults), good])

    assert [bool(errors) for errors in said] == [True, True, True, True, False]
