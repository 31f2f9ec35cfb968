"""The pages of the web site."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from notifier.errors import NotifierError
from notifier.model.notice import Brand, Question
from notifier.model.page import FaqStyle, Section
from notifier.model.schedule import PhaseState
from notifier.model.values import Text
from tests.outputs.pages.publications import publication, site_files
from tests.outputs.pages.site_samples import (
    FOLDERS,
    SAMPLE,
    dead_links,
    notice_of,
    page_of,
    parsed,
    site_of,
    texts,
)
from tests.outputs.schedule_samples import PLACE

PAGE = "en/email-infrastructure/index.html"
SITE = "https://notices.example.com"


def text(source, *, markdown=False):
    return Text(source, markdown, PLACE)


def edited(**changes):
    """Return the sample in English, edited."""
    notice = replace(notice_of(SAMPLE, "en"), fallback="warn")
    return replace(notice, **changes)


def test_the_site_of_the_sample_has_these_files():
    files = site_of(notice_of(SAMPLE, "en", "it"))

    beside = ("feed.xml", "index.html", "timeline-narrow.svg", "timeline.svg")
    assert sorted(files) == sorted(
        [
            *(
                f"{lang}/email-infrastructure/{name}"
                for lang in ("en", "it")
                for name in (*beside, "waves.ics")
            ),
            *(f"{lang}/{name}" for lang in ("en", "it") for name in beside[:2]),
            "index.html",
            "sitemap.xml",
        ]
    )


@pytest.mark.parametrize("site", [True, False], ids=["site", "no site"])
def test_every_relative_link_leads_somewhere(site):
    notices = [notice_of(folder) for folder in FOLDERS]
    if not site:
        notices = [
            replace(each, publisher=replace(each.publisher, site=None))
            for each in notices
        ]

    assert list(dead_links(site_of(*notices))) == []


def test_a_dead_link_is_found():
    files = {"en/index.html": b"<html><body><a href='../a.html#b'>c</a></body></html>"}

    assert list(dead_links(files)) == ["en/index.html: ../a.html#b"]


def test_the_page_has_the_anchors_of_the_markdown():
    notice = notice_of(SAMPLE, "en")
    markdown = publication(notice).markdown("en")

    page = page_of(notice)

    anchors = re.findall(r"\{#([\w-]+)\}", markdown)
    assert page.xpath("//h1/@id | //main//h2/@id") == anchors
    assert page.xpath("//section/@aria-labelledby") == anchors[1:]
    for nav in ("//nav[@class='side']", "//details[@class='fold']"):
        assert page.xpath(f"{nav}//a/@href") == [f"#{each}" for each in anchors[1:]]
        assert texts(page, f"{nav}//a") == texts(page, "//main//h2")


def test_the_head_tells_where_the_page_and_its_translations_stand():
    page = page_of(notice_of(SAMPLE, "en", "zh-Hans"), lang="zh-Hans")

    url = f"{SITE}/{{}}/email-infrastructure/"
    links = page.xpath("//link[@rel='alternate'][@hreflang]")
    assert page.get("lang") == "zh-Hans"
    assert page.xpath("//link[@rel='canonical']/@href") == [url.format("zh-Hans")]
    assert [(link.get("hreflang"), link.get("href")) for link in links] == [
        ("en", url.format("en")),
        ("zh-Hans", url.format("zh-Hans")),
        ("x-default", url.format("en")),
    ]
    graph = page.xpath("//meta[starts-with(@property, 'og:')]")
    assert [(meta.get("property"), meta.get("content")) for meta in graph] == [
        ("og:url", url.format("zh-Hans")),
        ("og:type", "article"),
        ("og:title", page.xpath("//meta[@property='og:title']/@content")[0]),
        ("og:description", page.xpath("//meta[@name='description']/@content")[0]),
        ("og:site_name", "Adobe"),
        ("og:locale", "zh_CN"),
        ("og:locale:alternate", "en_US"),
    ]
    (data,) = page.xpath("//script[@type='application/ld+json']")
    assert json.loads(data.text)["@context"] == "https://schema.org"
    (calendar,) = page.xpath("//a[starts-with(@href, 'webcal:')]/@href")
    assert calendar == (
        "webcal://notices.example.com/zh-Hans/email-infrastructure/waves.ics"
    )


def test_without_a_site_nothing_is_absolute():
    notice = edited()
    notice = replace(notice, publisher=replace(notice.publisher, site=None))

    files = site_of(notice)

    page = parsed(files[PAGE])
    assert "sitemap.xml" not in files
    absolute = "//link[@rel='canonical' or @hreflang] | //meta[@property='og:url']"
    assert page.xpath(absolute) == []
    assert page.xpath("//a[starts-with(@href, 'webcal:')]") == []
    for path, data in files.items():
        assert SITE.encode() not in data, path


@pytest.mark.parametrize("path", [PAGE, "en/index.html", "index.html"])
def test_the_policy_allows_the_style_and_the_script_of_the_page_alone(path):
    data = site_of(notice_of(SAMPLE, "en"))[path].decode()

    parts = [
        *re.findall(r"<style>(.*?)</style>", data, re.DOTALL),
        *re.findall(r"<script>(.*?)</script>", data, re.DOTALL),
    ]
    sources = [
        f"'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'"
        for each in parts
    ]
    (policy,) = parsed(data.encode()).xpath("//meta[@http-equiv]/@content")
    assert policy == (
        f"default-src 'none'; img-src 'self' file:; style-src {sources[0]}; "
        f"script-src {sources[1]}; base-uri 'none'; form-action 'none'"
    )
    assert "style=" not in data


@pytest.mark.parametrize("style", FaqStyle)
def test_questions_fold_however_the_markdown_lays_them_out(style):
    notice = edited()
    odd = Question("odd", question=text("C & D | *?*"), answer=text("Yes."))
    faq = notice.faq[:1] if style is FaqStyle.COLLAPSIBLE else (*notice.faq[:1], odd)
    notice = replace(
        notice, faq=faq, page=replace(notice.page, faq_style=style), locales=("en",)
    )

    page = page_of(notice)

    questions = ["Is this upgrade mandatory?", "C & D | *?*"][: len(faq)]
    assert texts(page, "//section//summary") == questions
    ids = page.xpath("//section//details/@id")
    assert ids == ["faq-mandatory", "faq-odd"][: len(faq)]
    assert page.xpath("//section//details[@open]") == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("More?", "First:\n\n+++Within\n\nA fold.\n\n+++\n\nLast."),
        ("+1 vote?", "Yes."),
        ("Do you know C+++", "No."),
    ],
    ids=["fold in the answer", "plus first", "pluses last"],
)
def test_a_question_that_cannot_fold_is_listed(question, answer):
    item = Question("x", question=text(question), answer=text(answer, markdown=True))

    page = page_of(edited(faq=(item,)))

    (section,) = page.xpath("//section[@aria-labelledby='aws-faq']")
    assert texts(section, "./ul/li/p/strong") == [question]
    said = section.text_content()
    assert "+++" not in said.replace(question, "")
    assert said.split()[-1] in ("Last.", "Yes.", "No.")


def test_a_question_keeps_the_anchor_of_its_author():
    item = Question("x", question=text("Why?"), answer=text("So."), anchor="why")

    assert page_of(edited(faq=(item,))).xpath("//section//details/@id") == ["why"]


def test_the_last_sentence_stands_in_the_call_out():
    page = page_of(edited())

    (support,) = page.xpath("//div[@class='support']")
    assert texts(support, "./p") == [
        "If you have any other question, contact support: Adobe Customer Care.",
        "Adobe Customer Care",
    ]
    assert page.text_content().count("If you have any other question") == 1


def test_the_facts_come_in_pairs():
    page = page_of(edited())

    facts = page.xpath("//dl[@class='facts']/div")
    assert [
        [" ".join(each.text_content().split()) for each in fact] for fact in facts
    ] == [
        ["Status", "in progress"],
        [
            "When",
            "October 2023development and staging · in progress",
            "January 2024production · in progress",
        ],
        ["Impact", "interruption during the window"],
        ["Action required", "none"],
        ["Support", "Adobe Customer Care"],
    ]


@pytest.mark.parametrize(
    ("outline", "link"),
    [(("action", "faq"), "#action"), (("faq",), "#faq-action"), ((), None)],
    ids=["section", "question", "nowhere"],
)
def test_what_is_to_be_done_leads_to_where_it_stands(outline, link):
    notice = edited()
    folder = next(folder for folder in FOLDERS if folder.name == "components")
    duties = notice_of(folder).duties
    page = replace(notice.page, outline=tuple(map(Section, outline)), anchors=None)
    faq = notice.faq if link else notice.faq[:1]

    facts = page_of(edited(duties=duties, page=page, faq=faq)).xpath("//dl")[0]

    assert facts.xpath(".//a[starts-with(@href, '#')]/@href") == [link] * bool(link)
    assert "Deadline: February 28, 2025." in facts.text_content()


def test_a_wave_is_told_in_text():
    page = page_of(edited())

    (card,) = page.xpath("//li[.//h3[text()='Europe, night 1']]")
    told = "Tuesday, March 5, 2024, 10:00 PM – Wednesday, March 6, 2024, 2:00 AM"
    assert texts(card, ".//*[not(*)]") == [
        "Europe, night 1",
        "scheduled",
        f"{told} (Rome time, UTC+01:00)",
        "Important",
        "The time has changed. It was previously scheduled for: Monday, March 4, 2024, "
        "10:00 PM – Tuesday, March 5, 2024, 2:00 AM (Rome time, UTC+01:00).",
        "In UTC",
        "March 5, 2024, 9:00 PM – March 6, 2024, 1:00 AM UTC",
        "Estimated duration",
        "60–75 minutes",
        "Environment",
        "production",
    ]
    (time,) = card.xpath(".//time")
    assert time.get("datetime") == "2024-03-05T22:00:00+01:00"
    assert time.get("data-end") == "2024-03-06T02:00:00+01:00"


def test_the_timeline_comes_in_two_widths():
    page = page_of(edited())

    (source,) = page.xpath("//section[@aria-labelledby='aws-timeline']//source")
    (image,) = page.xpath("//picture//img")
    assert source.get("srcset") == "timeline-narrow.svg"
    assert image.get("src") == "timeline.svg"
    assert (source.get("width"), image.get("width")) == ("320", "720")
    assert image.get("alt") == "Schedule: Campaign email sending infrastructure upgrade"


@pytest.mark.parametrize(
    ("change", "absent"),
    [
        ({"waves": ()}, {"waves.ics", "feed.xml"}),
        (
            {"waves": (), "phases": ()},
            {"waves.ics", "feed.xml", "timeline.svg", "timeline-narrow.svg"},
        ),
    ],
    ids=["no waves", "no phases"],
)
def test_what_is_not_known_yet_is_not_made(change, absent):
    schedule = replace(notice_of().schedule, **change)

    files = site_of(edited(schedule=schedule))

    whole = {path for path in site_of(edited()) if path.startswith("en/email")}
    made = {path for path in files if path.startswith("en/email")}
    assert whole - made == {f"en/email-infrastructure/{name}" for name in absent}
    assert list(dead_links(files)) == []


def test_a_notice_without_a_schedule_or_a_domain_has_a_page():
    publisher = replace(notice_of().publisher, domain=None)
    notice = edited(schedule=None, instances=None, publisher=publisher)

    files = site_of(replace(notice, notice_period=None))

    assert sorted(files) == [PAGE, "en/index.html", "index.html", "sitemap.xml"]
    assert list(dead_links(files)) == []


@pytest.mark.parametrize(
    ("status", "archived", "badge"),
    [
        (None, None, "started"),
        ("planned", None, "planned"),
        ("completed", None, "completed"),
        ("cancelled", None, "cancelled"),
        (None, date(2024, 1, 31), "archived"),
    ],
    ids=["started", "planned", "completed", "cancelled", "archived"],
)
def test_the_status_follows_the_facts(status, archived, badge):
    schedule = notice_of().schedule
    if status:
        phases = (replace(schedule.phases[0], status=PhaseState(status)),)
        schedule = replace(schedule, phases=phases, waves=())

    page = page_of(edited(schedule=schedule, archived=archived))

    (found,) = page.xpath("//dl[@class='facts']//span[contains(@class, 'badge')]")
    assert found.get("class") == f"badge {badge}"
    banner = texts(page, "//p[@class='banner']")
    said = "This notice is archived. It is kept for reference."
    assert banner == [said] * (badge == "archived")


def test_the_last_change_is_dated():
    page = page_of(edited())

    assert texts(page, "//p[@class='updated']") == ["Last updated: January 25, 2024"]
    assert page.xpath("//p[@class='updated']/time/@datetime") == ["2024-01-25"]


def test_the_languages_are_called_by_their_own_names():
    page = page_of(notice_of(SAMPLE, "en", "ja", "ar"), lang="ar")

    links = page.xpath("//nav[@class='languages']//a")
    assert [(a.text, a.get("lang"), a.get("dir"), a.get("href")) for a in links] == [
        (name, lang, way, f"../../{lang}/email-infrastructure/index.html")
        for name, lang, way in (
            ("English", "en", "ltr"),
            ("日本語", "ja", "ltr"),
            ("العربية", "ar", "rtl"),
        )
    ]
    assert [a.get("aria-current") for a in links] == [None, None, "true"]
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")


def test_links_between_notices_lead_to_their_pages():
    reason = text(
        "See [it](../other/database.md#why), [this](upgrade-to-aws.md#aws-faq), "
        "[none](none.md), [a section](#impact), [mail](mailto:help@example.com).",
        markdown=True,
    )
    notice = replace(edited(reason=reason), changes=())
    other = edited(
        id="database", page=replace(notice.page, path="technotes/other/database.md")
    )

    page = page_of(notice, other)

    (section,) = page.xpath("//section[@aria-labelledby='aws-changes']")
    assert section.xpath(".//a/@href") == [
        "../database/index.html#why",
        "#aws-faq",
        "#impact",
        "mailto:help@example.com",
    ]
    assert section.xpath(".//p")[0].text_content() == (
        "See it, this, none, a section, mail."
    )


def test_the_logo_stands_beside_the_page(tmp_path):
    logo = tmp_path / "sign.PNG"
    logo.write_bytes(b"\x89PNG\r\n\x1a\n")

    files = site_of(edited(brand=Brand("#1473e6", logo, text("The sign"))))

    assert files["en/email-infrastructure/logo.png"] == logo.read_bytes()
    for path, source in (
        (PAGE, "logo.png"),
        ("en/index.html", "email-infrastructure/logo.png"),
        ("index.html", "en/email-infrastructure/logo.png"),
    ):
        (image,) = parsed(files[path]).xpath("//a[@class='brand']/img")
        assert (image.get("src"), image.get("alt")) == (source, "The sign")


EVIL = "\"'></title></script></style><script>alert(1)</script>&amp;{{7*7}}"


def test_no_text_can_become_markup():
    plain, rich = text(EVIL), text(EVIL, markdown=True)
    notice = edited(
        title=plain,
        description=plain,
        reason=rich,
        publisher=replace(notice_of().publisher, name=EVIL),
        support=replace(notice_of().support, name=plain),
        brand=Brand("#1473e6", None, plain),
        faq=(Question("x", question=plain, answer=rich),),
    )
    phases = tuple(replace(each, label=plain) for each in notice.schedule.phases)
    waves = tuple(replace(each, label=plain) for each in notice.schedule.waves)
    schedule = replace(notice.schedule, phases=phases, waves=waves)

    files = site_of(replace(notice, schedule=schedule))

    for path in (PAGE, "en/index.html", "index.html"):
        page = parsed(files[path])
        scripts = page.xpath("//script[not(@type)]")
        assert len(scripts) == 1, path
        assert "alert" not in scripts[0].text
        assert [each.tag for each in page] == ["head", "body"]
        assert page.xpath("//@*[starts-with(name(), 'on')]") == []
        assert "49" not in page.xpath("//h1")[0].text_content()
    page = parsed(files[PAGE])
    for path in ("//h1", "//h3", "//summary[../@id]", "//p[@class='intro']"):
        assert EVIL in texts(page, path)[0], path
    assert page.xpath("//meta[@name='description']/@content") == [EVIL]


def test_equal_facts_make_equal_bytes_whatever_the_clock():
    notice = notice_of(SAMPLE, "it")
    first = publication(notice)
    later = publication(notice, now=first.plan.now.replace(hour=17, minute=3))

    assert site_of(first) == site_of(later)


@pytest.mark.parametrize(
    ("other", "rule", "message"),
    [
        ({"id": "Email-Infrastructure"}, "publish/same-notice", "is also that of"),
        ({"id": "feed.xml"}, "publish/same-notice", "the name of a file"),
        ({"site": "https://a.example.com"}, "publish/sites-differ", "is not"),
    ],
    ids=["same id", "taken id", "another site"],
)
def test_two_notices_that_do_not_go_together_are_refused(other, rule, message):
    site = other.pop("site", SITE)
    second = edited(**{"id": "database", **other})
    second = replace(second, publisher=replace(second.publisher, site=site))

    with pytest.raises(NotifierError) as caught:
        site_of(edited(), second)

    (problem,) = caught.value.problems
    assert problem.rule == rule
    assert message in problem.message
    assert problem.place.path.endswith("email-infrastructure/notice.yaml")


def test_the_author_can_replace_a_part_of_the_layout(sample):
    layout = sample / "templates" / "layouts" / "site.html.j2"
    layout.parent.mkdir(parents=True)
    layout.write_text(
        '{% extends "builtin/layouts/site.html.j2" %}\n'
        "{% block support %}<p id='own'>{{ support_name }}!</p>{% endblock %}\n"
    )

    page = page_of(notice_of(sample, "en"))

    assert texts(page, "//p[@id='own']") == ["Adobe Customer Care!"]
    assert texts(page, "//h1") == ["Campaign email sending infrastructure upgrade"]


def test_a_fault_in_a_layout_is_a_problem_at_its_line(sample):
    layout = sample / "templates" / "layouts" / "site.html.j2"
    layout.parent.mkdir(parents=True)
    layout.write_text("<p>\n{{ nothing }}\n")

    with pytest.raises(NotifierError) as caught:
        page_of(notice_of(sample, "en"))

    (problem,) = caught.value.problems
    assert str(problem.place) == "templates/layouts/site.html.j2:2"
    assert problem.rule == "template/undefined"


def test_files_are_made_one_by_one(sample):
    layout = sample / "templates" / "layouts" / "site.html.j2"
    layout.parent.mkdir(parents=True)
    layout.write_text("{{ nothing }}\n")
    broken = replace(notice_of(sample, "en"), id="broken")
    made = iter_site(edited(), broken)

    assert [next(made) for _ in range(5)][-1] == f"web/{PAGE}"
    with pytest.raises(NotifierError):
        list(made)


def iter_site(*notices):
    for path, _ in site_files(*map(publication, notices)):
        yield str(path)
