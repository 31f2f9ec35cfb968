"""The sample's page: the same structure in all locales, and the tense of its clock."""

import re
from datetime import UTC, datetime

import pytest

from notifier.content.dialect import parse, render_signature
from notifier.notice import read_notice
from notifier.outputs.documents import render_documents
from notifier.outputs.jobs import RenderRequest
from notifier.resources import resource_folder

SAMPLE = resource_folder("examples") / "email-infrastructure"
ANCHORS = (
    "migrate-infra-to-aws",
    "aws-changes",
    "aws-impact",
    "aws-timeline",
    "impact",
    "aws-faq",
)
SUPPORT = {
    "en": "https://experienceleague.adobe.com/?support-solution=Campaign#support",
    "it": "https://experienceleague.adobe.com/it?support-solution=Campaign#support",
    "fr": "https://experienceleague.adobe.com/fr?support-solution=Campaign#support",
    "de": "https://experienceleague.adobe.com/de?support-solution=Campaign#support",
    "es": "https://experienceleague.adobe.com/es?support-solution=Campaign#support",
    "pt-BR": "https://experienceleague.adobe.com/pt-br?support-solution=Campaign"
    "#support",
    "nl": "https://experienceleague.adobe.com/nl?support-solution=Campaign#support",
    "sv": "https://experienceleague.adobe.com/sv?support-solution=Campaign#support",
    "pl": "https://experienceleague.adobe.com/?support-solution=Campaign#support",
    "ja": "https://experienceleague.adobe.com/ja?support-solution=Campaign#support",
    "ko": "https://experienceleague.adobe.com/ko?support-solution=Campaign#support",
    "zh-Hans": "https://experienceleague.adobe.com/zh-hans?support-solution=Campaign"
    "#support",
    "zh-Hant": "https://experienceleague.adobe.com/zh-hant?support-solution=Campaign"
    "#support",
    "ar": "https://experienceleague.adobe.com/?support-solution=Campaign#support",
}
BOLD_MONTHS = {
    "en": ("October 2023", "January 2024"),
    "it": ("ottobre 2023", "gennaio 2024"),
    "fr": ("octobre\xa02023", "janvier\xa02024"),
    "de": ("Oktober 2023", "Januar 2024"),
    "es": ("octubre de 2023", "enero de 2024"),
    "pt-BR": ("outubro de 2023", "janeiro de 2024"),
    "nl": ("oktober 2023", "januari 2024"),
    "sv": ("oktober 2023", "januari 2024"),
    "pl": ("w październiku 2023", "w styczniu 2024"),
    "ja": ("2023年10月", "2024年1月"),
    "ko": ("2023년 10월", "2024년 1월"),
    "zh-Hans": ("2023年10月", "2024年1月"),
    "zh-Hant": ("2023年10月", "2024年1月"),
    "ar": ("أكتوبر 2023", "يناير 2024"),
}
LOCALES = tuple(BOLD_MONTHS)


def page(locale, *, day=(2024, 2, 1), format="md"):
    notice, _ = read_notice(SAMPLE)
    request = RenderRequest(documents=("page",), locales=(locale,), formats=(format,))
    rendering = render_documents(notice, request, now=datetime(*day, tzinfo=UTC))
    return rendering.files[0].text


def parts(markdown):
    """Return the front matter and, by anchor, the text of each section."""
    _, matter, body = markdown.split("---\n", 2)
    pieces = re.split(r"^#+ .*\{#([a-z-]+)\}$", body, flags=re.MULTILINE)
    return matter, dict(zip(pieces[1::2], pieces[2::2], strict=True))


def bold(text):
    return tuple(re.findall(r"\*\*(.+?)\*\*", text))


@pytest.mark.parametrize("locale", LOCALES)
def test_the_page_has_the_structure_of_the_reference(locale):
    text = page(locale)

    matter, sections = parts(text)
    assert re.fullmatch(
        r"title: .+\ndescription: .+\n"
        r"exl-id: f01e38ad-490e-4389-af5e-87beef533eb0\n\n",
        matter,
    )
    assert tuple(sections) == ANCHORS
    assert [line.split(" ")[0] for line in text.splitlines() if line[:1] == "#"] == [
        "#",
        *["##"] * 5,
    ]
    assert sections["aws-impact"].count("\n* ") == 3
    assert bold(sections["aws-timeline"]) == BOLD_MONTHS[locale]
    assert len(re.findall(r"\n\S", sections["aws-timeline"])) == 2
    assert sections["impact"].count("\n* ") == 2
    questions = re.findall(r"^\* \*\*(.+)\*\*\n\n  \S", sections["aws-faq"], re.M)
    assert len(questions) == len(bold(sections["aws-faq"])) == 6
    links = re.findall(r"\[[^]]+\]\((.+?)\)(.{17})", text)
    assert links == [(SUPPORT[locale], '{target="_blank"}')] * 2
    assert re.fullmatch(r"\S.*\{target=\"_blank\"\}\S*", text.splitlines()[-1])


@pytest.mark.parametrize("locale", LOCALES[1:])
def test_the_structure_is_equal_in_all_locales(locale):
    def structure(text):
        return render_signature(parse(text.split("---\n", 2)[2]))

    text = page(locale).replace(SUPPORT[locale], SUPPORT["en"])
    assert structure(text) == structure(page("en"))


@pytest.mark.parametrize(
    ("day", "first", "second"),
    [
        (
            (2023, 9, 1),
            "Gli interventi sugli ambienti di sviluppo e staging inizieranno nel mese "
            "di **ottobre 2023**.",
            "Gli interventi sugli ambienti di produzione inizieranno nel mese di "
            "**gennaio 2024**.",
        ),
        (
            (2023, 10, 10),
            "Gli interventi sugli ambienti di sviluppo e staging iniziano nel mese di "
            "**ottobre 2023**.",
            "Gli interventi sugli ambienti di produzione inizieranno nel mese di "
            "**gennaio 2024**.",
        ),
        *(
            (
                day,
                "Gli interventi sugli ambienti di sviluppo e staging sono iniziati nel "
                "mese di **ottobre 2023**.",
                "Gli interventi sugli ambienti di produzione sono iniziati nel mese di "
                "**gennaio 2024**.",
            )
            for day in ((2024, 2, 1), (2025, 1, 1))
        ),
    ],
    ids=["before", "running month", "after", "a year later"],
)
def test_the_tense_follows_the_clock(day, first, second):
    _, sections = parts(page("it", day=day))

    assert sections["aws-timeline"].split("\n\n")[1:3] == [first, second.strip()]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_whole_page_reads_as_reviewed(locale, golden):
    golden(f"sample/{locale}/page.md", page(locale))
    golden(f"sample/{locale}/page.txt", page(locale, format="txt"))
