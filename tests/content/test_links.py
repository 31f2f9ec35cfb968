"""Links lead to the reader's language, in every document and format alike."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from notifier.cli import main
from notifier.content.links import localized_links, localized_url
from notifier.model.page import LinkForm, LinkRule
from notifier.notice import read_notice
from notifier.outputs.documents import render_documents
from notifier.outputs.jobs import RenderRequest
from notifier.outputs.schedule_words import calendar_words
from notifier.outputs.waves_calendar import waves_ics
from notifier.planning import plan

NOW = datetime(2024, 2, 1, tzinfo=UTC)
LEAGUE = "https://experienceleague.adobe.com"
LOCALES = (
    *("en", "it", "fr", "de", "es", "pt-BR", "nl", "sv"),
    *("pl", "ja", "ko", "zh-Hans", "zh-Hant", "ar"),
)
# The address in English, the languages that keep it, and every other one.
BUILT_IN = {
    f"{LEAGUE}/en/docs/campaign/a.html?b=1#c": {
        "en pl ar": f"{LEAGUE}/en/docs/campaign/a.html?b=1#c",
        "it": f"{LEAGUE}/it/docs/campaign/a.html?b=1#c",
        "fr": f"{LEAGUE}/fr/docs/campaign/a.html?b=1#c",
        "de": f"{LEAGUE}/de/docs/campaign/a.html?b=1#c",
        "es": f"{LEAGUE}/es/docs/campaign/a.html?b=1#c",
        "pt-BR": f"{LEAGUE}/pt-br/docs/campaign/a.html?b=1#c",
        "nl": f"{LEAGUE}/nl/docs/campaign/a.html?b=1#c",
        "sv": f"{LEAGUE}/sv/docs/campaign/a.html?b=1#c",
        "ja": f"{LEAGUE}/ja/docs/campaign/a.html?b=1#c",
        "ko": f"{LEAGUE}/ko/docs/campaign/a.html?b=1#c",
        "zh-Hans": f"{LEAGUE}/zh-hans/docs/campaign/a.html?b=1#c",
        "zh-Hant": f"{LEAGUE}/zh-hant/docs/campaign/a.html?b=1#c",
    },
    f"{LEAGUE}/docs/campaign/a.html#c": {
        "en pl ar": f"{LEAGUE}/docs/campaign/a.html#c",
        "it": f"{LEAGUE}/docs/campaign/a.html?lang=it#c",
        "fr": f"{LEAGUE}/docs/campaign/a.html?lang=fr#c",
        "de": f"{LEAGUE}/docs/campaign/a.html?lang=de#c",
        "es": f"{LEAGUE}/docs/campaign/a.html?lang=es#c",
        "pt-BR": f"{LEAGUE}/docs/campaign/a.html?lang=pt-BR#c",
        "nl": f"{LEAGUE}/docs/campaign/a.html?lang=nl#c",
        "sv": f"{LEAGUE}/docs/campaign/a.html?lang=sv#c",
        "ja": f"{LEAGUE}/docs/campaign/a.html?lang=ja#c",
        "ko": f"{LEAGUE}/docs/campaign/a.html?lang=ko#c",
        "zh-Hans": f"{LEAGUE}/docs/campaign/a.html?lang=zh-Hans#c",
        "zh-Hant": f"{LEAGUE}/docs/campaign/a.html?lang=zh-Hant#c",
    },
    f"{LEAGUE}/?support-solution=Campaign#support": {
        "en pl ar": f"{LEAGUE}/?support-solution=Campaign#support",
        "it": f"{LEAGUE}/it?support-solution=Campaign#support",
        "fr": f"{LEAGUE}/fr?support-solution=Campaign#support",
        "de": f"{LEAGUE}/de?support-solution=Campaign#support",
        "es": f"{LEAGUE}/es?support-solution=Campaign#support",
        "pt-BR": f"{LEAGUE}/pt-br?support-solution=Campaign#support",
        "nl": f"{LEAGUE}/nl?support-solution=Campaign#support",
        "sv": f"{LEAGUE}/sv?support-solution=Campaign#support",
        "ja": f"{LEAGUE}/ja?support-solution=Campaign#support",
        "ko": f"{LEAGUE}/ko?support-solution=Campaign#support",
        "zh-Hans": f"{LEAGUE}/zh-hans?support-solution=Campaign#support",
        "zh-Hant": f"{LEAGUE}/zh-hant?support-solution=Campaign#support",
    },
    "https://helpx.adobe.com/xd/a.html": {
        "en pl ar": "https://helpx.adobe.com/xd/a.html",
        "it": "https://helpx.adobe.com/it/xd/a.html",
        "fr": "https://helpx.adobe.com/fr/xd/a.html",
        "de": "https://helpx.adobe.com/de/xd/a.html",
        "es": "https://helpx.adobe.com/es/xd/a.html",
        "pt-BR": "https://helpx.adobe.com/br/xd/a.html",
        "nl": "https://helpx.adobe.com/nl/xd/a.html",
        "sv": "https://helpx.adobe.com/se/xd/a.html",
        "ja": "https://helpx.adobe.com/jp/xd/a.html",
        "ko": "https://helpx.adobe.com/kr/xd/a.html",
        "zh-Hans": "https://helpx.adobe.com/cn/xd/a.html",
        "zh-Hant": "https://helpx.adobe.com/tw/xd/a.html",
    },
    "https://www.adobe.com/privacy.html": {
        "en pl ar": "https://www.adobe.com/privacy.html",
        "it": "https://www.adobe.com/it/privacy.html",
        "fr": "https://www.adobe.com/fr/privacy.html",
        "de": "https://www.adobe.com/de/privacy.html",
        "es": "https://www.adobe.com/es/privacy.html",
        "pt-BR": "https://www.adobe.com/br/privacy.html",
        "nl": "https://www.adobe.com/nl/privacy.html",
        "sv": "https://www.adobe.com/se/privacy.html",
        "ja": "https://www.adobe.com/jp/privacy.html",
        "ko": "https://www.adobe.com/kr/privacy.html",
        "zh-Hans": "https://www.adobe.com/cn/privacy.html",
        "zh-Hant": "https://www.adobe.com/tw/privacy.html",
    },
    "https://status.adobe.com/cloud": {
        "en pl ar nl sv ko zh-Hans zh-Hant": "https://status.adobe.com/cloud",
        "it": "https://status.adobe.com/it/cloud",
        "fr": "https://status.adobe.com/fr/cloud",
        "de": "https://status.adobe.com/de/cloud",
        "es": "https://status.adobe.com/es/cloud",
        "pt-BR": "https://status.adobe.com/pt-br/cloud",
        "ja": "https://status.adobe.com/ja/cloud",
    },
    "https://developer.adobe.com/a?b=1": {
        " ".join(LOCALES): "https://developer.adobe.com/a?b=1"
    },
    "https://adminconsole.adobe.com/": {
        " ".join(LOCALES): "https://adminconsole.adobe.com/"
    },
    "https://third.example.com/en/docs/a": {
        " ".join(LOCALES): "https://third.example.com/en/docs/a"
    },
}
ROWS = [
    (url, lang, localized)
    for url, by_locales in BUILT_IN.items()
    for langs, localized in by_locales.items()
    for lang in langs.split()
]


def ruled(host, form):
    return (LinkRule(host, LinkForm(form)),)


@pytest.mark.parametrize(("url", "lang", "localized"), ROWS)
def test_a_built_in_host_names_the_language_by_its_own_rule(url, lang, localized):
    assert localized_url(url, lang, ()) == localized


@pytest.mark.parametrize("url", BUILT_IN)
def test_every_language_of_the_sample_is_in_the_table(url):
    langs = [lang for langs in BUILT_IN[url] for lang in langs.split()]

    assert sorted(langs) == sorted(LOCALES)


@pytest.mark.parametrize(
    ("lang", "code"),
    [
        ("it-CH", "it"),
        ("fr-CA", "fr"),
        ("zh", "zh-hans"),
        ("zh-CN", "zh-hans"),
        ("zh-TW", "zh-hant"),
        ("zh-HK", "zh-hant"),
        ("pt", "pt-br"),
    ],
)
def test_a_regional_locale_gets_the_address_of_its_language(lang, code):
    assert localized_url(f"{LEAGUE}/en/docs/a", lang, ()) == f"{LEAGUE}/{code}/docs/a"


@pytest.mark.parametrize(
    ("url", "localized"),
    [
        (f"{LEAGUE}?support-solution=A", f"{LEAGUE}/it?support-solution=A"),
        (f"{LEAGUE}/?b=1&support-solution=A", f"{LEAGUE}/it?b=1&support-solution=A"),
        (f"{LEAGUE}/en?support-solution=A", f"{LEAGUE}/it?support-solution=A"),
        (f"{LEAGUE}/en", f"{LEAGUE}/it"),
        (f"{LEAGUE}/docs/a.html?b=1&c=2#d", f"{LEAGUE}/docs/a.html?b=1&c=2&lang=it#d"),
        (f"{LEAGUE}/docs/a.html?b=1&amp;c=2", f"{LEAGUE}/docs/a.html?b=1&c=2&lang=it"),
        (f"{LEAGUE}/docs/a.html?lang=en#d", f"{LEAGUE}/docs/a.html?lang=it#d"),
        (f"{LEAGUE}/docs/a.html?", f"{LEAGUE}/docs/a.html?lang=it"),
        (f"{LEAGUE}/en/docs/a?lang=en&b=1", f"{LEAGUE}/it/docs/a?b=1"),
        (f"{LEAGUE}/?support-solution=A&lang=en", f"{LEAGUE}/it?support-solution=A"),
        ("https://status.adobe.com", "https://status.adobe.com/it"),
        ("https://status.adobe.com/#a", "https://status.adobe.com/it/#a"),
        ("https://STATUS.adobe.com:443/a", "https://STATUS.adobe.com:443/it/a"),
        ("https://www.adobe.com/english/", "https://www.adobe.com/it/english/"),
    ],
)
def test_path_query_and_fragment_are_kept_and_the_language_is_named_once(
    url, localized
):
    assert localized_url(url, "it", ()) == localized


@pytest.mark.parametrize(
    "url",
    [
        f"{LEAGUE}/fr/docs/a",
        f"{LEAGUE}/it/docs/a",
        f"{LEAGUE}/pl/docs/a",
        f"{LEAGUE}/docs/a.html?lang=de",
        f"{LEAGUE}/docs/a.html?b=1&lang=zh-Hans#c",
        f"{LEAGUE}/en/docs/a?lang=fr",
        f"{LEAGUE}/de?support-solution=A",
        f"{LEAGUE}/?support-solution=A&lang=fr",
        f"{LEAGUE}/?support-solution=A&amp;lang=fr",
        "https://helpx.adobe.com/jp/a.html",
        "https://helpx.adobe.com/uk/a.html",
        "https://www.adobe.com/be_fr/a.html",
        "https://www.adobe.com/mena_ar/a.html",
        "https://status.adobe.com/zh-cn/",
    ],
)
def test_an_address_that_names_a_locale_stays_as_it_is(url):
    assert localized_url(url, "it", ()) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "#anchor",
        "page.md#anchor",
        "/en/docs/a",
        "//www.adobe.com/a",
        "mailto:a@www.adobe.com",
        "http://www.adobe.com/a",
        "https://",
        "https://[www.adobe.com/a",
        "https://www.adobe.com:x/a",
        "https://www.adobe.com\\a",
        "https://me@www.adobe.com/a",
        "https://www.adobe.com.example.com/a",
        "https://de.www.adobe.com/a",
        "https://www.adobe.com/a b",
        "https://www.adobe.com/a\nb",
        f"{LEAGUE}/",
        f"{LEAGUE}/search.html?q=en",
        "https://notices.example.com/p/{contact.token}",
    ],
)
def test_other_addresses_and_malformed_ones_stay_as_they_are(url):
    assert localized_url(url, "it", ()) == url


@pytest.mark.parametrize(
    ("form", "lang", "localized"),
    [
        ("path-locale", "it", "https://s.example.com/it/a?b=1#c"),
        ("path-locale", "pl", "https://s.example.com/pl/a?b=1#c"),
        ("path-locale", "zh-Hant", "https://s.example.com/zh-hant/a?b=1#c"),
        ("path-locale", "es-419", "https://s.example.com/es-419/a?b=1#c"),
        ("path-locale", "en", "https://s.example.com/a?b=1#c"),
        ("path-locale", "en-GB", "https://s.example.com/a?b=1#c"),
        ("path-country", "sv", "https://s.example.com/se/a?b=1#c"),
        ("path-country", "pl", "https://s.example.com/a?b=1#c"),
        ("query-lang", "pt-BR", "https://s.example.com/a?b=1&lang=pt-BR#c"),
        ("query-lang", "ar", "https://s.example.com/a?b=1&lang=ar#c"),
        ("query-lang", "en", "https://s.example.com/a?b=1#c"),
        ("unchanged", "it", "https://s.example.com/a?b=1#c"),
    ],
)
def test_the_author_gives_a_further_host_a_rule(form, lang, localized):
    rules = (*ruled("other.example.com", "unchanged"), *ruled("s.example.com", form))

    assert localized_url("https://s.example.com/a?b=1#c", lang, rules) == localized


@pytest.mark.parametrize(
    ("form", "localized"),
    [
        ("unchanged", f"{LEAGUE}/docs/a.html"),
        ("path-locale", f"{LEAGUE}/pl/docs/a.html"),
        ("query-lang", f"{LEAGUE}/docs/a.html?lang=pl"),
    ],
)
def test_the_authors_rule_replaces_the_built_in_one(form, localized):
    rules = ruled("ExperienceLeague.adobe.com", form)

    assert localized_url(f"{LEAGUE}/docs/a.html", "pl", rules) == localized


@pytest.mark.parametrize(
    ("form", "url", "localized"),
    [
        ("path-locale", "/en/a", "/it/a"),
        ("path-locale", "/notices/it/a", "/notices/it/a"),
        ("query-lang", "/en/a", "/en/a"),
        ("query-lang", "/it/a", "/it/a"),
    ],
)
def test_an_address_never_names_two_locales(form, url, localized):
    host = "https://s.example.com"

    found = localized_url(f"{host}{url}", "it", ruled("s.example.com", form))

    assert found == f"{host}{localized}"


@given(
    host=st.sampled_from(
        [
            "experienceleague.adobe.com",
            "helpx.adobe.com",
            "status.adobe.com",
            "s.example.com",
            "t.example.com",
        ]
    ),
    parts=st.lists(
        st.one_of(
            st.sampled_from(
                ["/", "/en", "/docs/", "/it", "?", "&", "&amp;", "#", "lang=", "en"]
            ),
            st.sampled_from(["support-solution=", "pt-BR", "zh-hans", "EN"]),
            st.text(max_size=3),
        ),
        max_size=8,
    ),
    lang=st.sampled_from([*LOCALES, "it-CH", "es-419", "fil", "en-GB"]),
    form=st.sampled_from(LinkForm),
)
def test_localizing_twice_changes_nothing_more(host, parts, lang, form):
    rules = (*ruled("s.example.com", form), *ruled("t.example.com", "path-locale"))
    url = f"https://{host}{''.join(parts)}"

    once = localized_url(url, lang, rules)

    assert localized_url(once, lang, rules) == once


@given(st.text())
def test_no_text_is_too_odd_for_an_address(text):
    assert localized_url(text, "it", ()) == text
    assert localized_links(text, "it", ()) == text


@pytest.mark.parametrize(
    ("markdown", "localized"),
    [
        ("[a](https://www.adobe.com/a)", "[a](https://www.adobe.com/it/a)"),
        (
            '[a](https://www.adobe.com/a){target="_blank"} '
            '[b](https://www.adobe.com/b "t")',
            '[a](https://www.adobe.com/it/a){target="_blank"} '
            '[b](https://www.adobe.com/it/b "t")',
        ),
        ("[a](<https://www.adobe.com/a>)", "[a](<https://www.adobe.com/it/a>)"),
        ("<https://www.adobe.com/a>", "<https://www.adobe.com/it/a>"),
        (
            "| [a](https://www.adobe.com/a) |",
            "| [a](https://www.adobe.com/it/a) |",
        ),
        (
            f"[a]({LEAGUE}/docs/a_(b).html)",
            f"[a]({LEAGUE}/docs/a_(b).html?lang=it)",
        ),
        ("https://www.adobe.com/a", "https://www.adobe.com/a"),
        ("`[a](https://www.adobe.com/a)`", "`[a](https://www.adobe.com/a)`"),
        ("``<https://www.adobe.com/a> ` ``", "``<https://www.adobe.com/a> ` ``"),
        (r"\[a\](https://www.adobe.com/a)", r"\[a\](https://www.adobe.com/a)"),
        (r"\<https://www.adobe.com/a>", r"\<https://www.adobe.com/a>"),
        (
            "* ```\n  <https://www.adobe.com/a>\n  ```\n\n<https://www.adobe.com/b>",
            "* ```\n  <https://www.adobe.com/a>\n  ```\n\n<https://www.adobe.com/it/b>",
        ),
    ],
)
def test_links_and_autolinks_are_localized_but_no_code(markdown, localized):
    assert localized_links(markdown, "it", ()) == localized


def test_own_templates_and_texts_are_localized_like_the_built_in_ones(make):
    template = (
        "{% include 'builtin/documents/page.md.j2' %}\n\n"
        "[a](https://status.adobe.com/a), `<https://status.adobe.com/a>`, "
        "<https://s.example.com/a>, <https://www.adobe.com/a>\n"
    )
    rules = (
        "links:\n- {host: s.example.com, rule: query-lang}\n"
        "- {host: www.adobe.com, rule: unchanged}\n"
    )
    text = "[New](https://helpx.adobe.com/a)"
    changes = f"changes: [{{date: 2024-01-20, text: '{text}'}}]\n"
    catalog = f'msgid "{text}"\nmsgstr "{text.replace("New", "Nuovo")}"\n'

    files = make(
        {
            "templates/documents/page.md.j2": template,
            "../notifier.yaml": f"{rules}{changes}",
            "../locales/it/LC_MESSAGES/notice.po": catalog,
        },
        documents=("page",),
        locales=("it",),
    )

    page = files["it/page.md"]
    assert "[Nuovo](https://helpx.adobe.com/it/a)" in page
    assert page.splitlines()[-1] == (
        "[a](https://status.adobe.com/it/a), `<https://status.adobe.com/a>`, "
        "<https://s.example.com/a?lang=it>, <https://www.adobe.com/a>"
    )


def test_an_own_answer_leads_to_the_same_address_in_the_facts(sample, make):
    notice = (sample / "notice.yaml").read_text("utf-8")
    own = '{question: Where?, answer: "[Here](https://status.adobe.com/a)"}'
    catalog = (
        'msgid "Where?"\nmsgstr "Dove?"\n\nmsgid "[Here](https://status.adobe.com/a)"\n'
        'msgstr "[Qui](https://status.adobe.com/a)"\n'
    )

    files = make(
        {
            "notice.yaml": notice.replace("faq: [mandatory,", f"faq: [{own},"),
            "../notifier.yaml": "",
            "../locales/it/LC_MESSAGES/notice.po": catalog,
        },
        documents=("faq",),
        locales=("it",),
        formats=("md", "json"),
    )

    answer = "[Qui](https://status.adobe.com/it/a)"
    assert json.loads(files["it/faq.json"])["faq"][0]["answer"] == answer
    assert answer in files["it/faq.md"]


SUPPORT = {
    "it": f"{LEAGUE}/it?support-solution=Campaign#support",
    "pt-BR": f"{LEAGUE}/pt-br?support-solution=Campaign#support",
    "pl": f"{LEAGUE}/?support-solution=Campaign#support",
    "zh-Hans": f"{LEAGUE}/zh-hans?support-solution=Campaign#support",
}
every_locale = pytest.mark.parametrize("lang", SUPPORT)


def leading_to_support(text):
    return {
        html.unescape(url)
        for url in re.findall(re.escape(LEAGUE) + r"[^\s\"<>)]+", text)
    }


@every_locale
def test_all_formats_of_all_documents_give_one_address_of_support(sample, lang):
    notice, _ = read_notice(sample)
    request = RenderRequest(locales=(lang,))

    files = render_documents(notice, request, now=NOW).files

    assert {file.path.suffix for file in files} == {".md", ".html", ".txt", ".json"}
    for file in files:
        assert leading_to_support(file.text) == {SUPPORT[lang]}, file.path


@every_locale
def test_the_public_calendar_gives_the_same_address(sample, lang):
    notice, _ = read_notice(sample)
    notice = replace(notice, publisher=replace(notice.publisher, site=None))
    planned, _ = plan(notice, now=NOW)
    words, _ = calendar_words(notice, planned, lang)

    text = waves_ics(notice, planned, words).decode().replace("\r\n ", "")

    assert f"\r\nURL:{SUPPORT[lang]}\r\n" in text
    assert leading_to_support(text.replace("\\n", "\n")) == {SUPPORT[lang]}


@every_locale
def test_a_message_gives_the_same_address_in_each_of_its_parts(sample, lang):
    out = sample.parent / "out"
    asked = ["emails", str(sample), "--now", "2024-02-01", "-o", str(out)]

    result = CliRunner().invoke(main, [*asked, "--locale", lang])

    assert result.exit_code == 0, result.output
    parts = [
        (part.get_filename() or part.get_content_type(), part.get_content())
        for path in out.rglob("*.eml")
        for part in message_from_bytes(path.read_bytes(), policy=policy.default).walk()
        if not part.is_multipart()
    ]
    found = {}
    for name, content in parts:
        text = content if isinstance(content, str) else content.decode()
        text = re.sub(r"\r?\n ", "", text).replace("\\n", "\n")
        found.setdefault(name, set()).update(leading_to_support(text))
    assert found.pop("maintenance.ics", set()) == set()
    assert found
    assert set(map(tuple, found.values())) == {(SUPPORT[lang],)}, found
    pages = [content for name, content in parts if name == "text/html"]
    assert pages
    for page in pages:
        [button] = re.findall(r'<td class="button".*?href="([^"]*)"', page)
        assert html.unescape(button) == SUPPORT[lang]
