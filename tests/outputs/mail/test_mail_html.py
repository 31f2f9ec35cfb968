"""The HTML of messages, by its own rules and by outside judges."""

import re
from base64 import b64decode
from email import message_from_bytes, policy

import pytest
from click.testing import CliRunner
from cssselect import Selector, parse
from lxml import html as lxml_html

from notifier.cli import main
from notifier.content.fields import TokenBook, tokens
from notifier.content.inlining import inline
from notifier.content.palette import contrast
from notifier.resources import resource_folder
from tests.validators.mail_judges import lacking_features, nu_errors, opened

pytestmark = pytest.mark.slow

NOW = "2024-02-01T00:00:00Z"
SAMPLE = resource_folder("examples") / "email-infrastructure"
LIMIT = 90_000
READABLE = 4.5
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
RICH = """
reason: |-
  We are moving it, see [the plan](https://notices.example.com/plan).

  | Part | From | To |
  | --- | --- | --- |
  | Relay | 1.0 | 2.0 |

  >[!WARNING]
  >
  >Have a look at `relay.example.com`, [here](https://notices.example.com/relay).

  1. Wait
  1. Read on
"""
COLORS = ("#1473e6", "#ffff00", "#000000", "#ffffff", "#808080", "#ff0000", "#00a000")
# What a mail program lacks, and what a reader has there instead.
FALLBACKS = {
    "<body> element": "its paper and margins are repeated on the table inside",
    "<style> element": "all styles but dark and narrow ones are inline",
    "@media": "stays on light paper; the width follows the window without it",
    "border-radius": "square corners",
    "display:none": "the preheader has no height, or is one line more",
    "overflow": "the preheader is hidden by 'mso-hide'",
    "role attribute": "tables without headers are taken for layout",
    "table-layout": "the table around it is 600 pixels wide",
    "target attribute": "the mail program itself opens links in a new window",
    "word-break": "the table around it is 600 pixels wide",
}


def messages(folder, output, *options):
    """Return the messages of *folder*, by wave, locale tag and name."""
    command = ["emails", str(folder), "--now", NOW, "-o", str(output), *options]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    return {
        str(path.relative_to(output).with_suffix("")): message_from_bytes(
            path.read_bytes(), policy=policy.default
        )
        for path in sorted(output.rglob("*.eml"))
    }


def html_of(message):
    return message.get_body(("html",)).get_content()


def one_of(folder, output, *options):
    """Return the HTML of the first message that is made."""
    return html_of(next(iter(messages(folder, output, *options).values())))


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return the HTML of all messages of the sample."""
    output = tmp_path_factory.mktemp("emails") / "out"
    return {name: html_of(m) for name, m in messages(SAMPLE, output).items()}


@pytest.fixture
def rich(sample):
    """Return a copy of the sample with a logo, and all that Markdown has in it."""
    path = sample / "notice.yaml"
    text = path.read_text("utf-8")
    text = re.sub(r"reason: >-\n(?:  .*\n)+", RICH.lstrip(), text)
    text = text.replace('color: "#1473e6"', 'color: "#1473e6"\n  logo: logo.png')
    path.write_text(text.replace("fallback: forbid", "fallback: warn"), "utf-8")
    (sample / "logo.png").write_bytes(PIXEL)
    return sample


def by_locale(pages):
    """Return one page for each locale tag."""
    return {name.split("/")[2]: page for name, page in pages.items()}


def test_all_locales_of_the_sample_have_messages(pages):
    languages = {tag.split("-")[0] for tag in by_locale(pages)}

    assert languages == {
        *("ar", "de", "en", "es", "fr", "it", "ja"),
        *("ko", "nl", "pl", "pt", "sv", "zh"),
    }
    assert {"zh-CN", "zh-TW"} <= set(by_locale(pages))


def test_no_message_is_so_long_that_gmail_cuts_it(pages):
    assert [n for n, page in pages.items() if len(page.encode()) >= LIMIT] == []


def test_language_and_direction_stand_on_html_and_on_what_is_inside_body(pages):
    for name, page in pages.items():
        root = lxml_html.document_fromstring(page)
        [outer] = root.xpath("/html/body/*")
        lang = root.get("lang")
        expected = (lang, "rtl" if lang == "ar" else "ltr")

        assert page.startswith("<!DOCTYPE html>"), name
        assert (root.get("lang"), root.get("dir")) == expected, name
        assert (outer.get("lang"), outer.get("dir")) == expected, name


def test_every_table_of_the_layout_says_that_it_is_one(pages):
    for name, page in pages.items():
        assert len(re.findall("<table", page)) == 4, name
        assert len(re.findall('<table[^>]* role="presentation"', page)) == 4, name


def test_nothing_is_fetched(rich, tmp_path):
    page = one_of(rich, tmp_path / "out", "--locale", "en", "--limit", "1")

    assert re.findall(r'src="([^"]*)"', page) == ["cid:logo"]
    assert re.findall(r"url\(|@import|<link|<script|background=", page) == []


def test_the_logo_is_embedded_with_its_alternative_text(rich, tmp_path):
    made = messages(rich, tmp_path / "out", "--locale", "en", "--limit", "1")
    message = next(iter(made.values()))

    related = [part for part in message.walk() if part["Content-ID"] == "<logo>"]
    [image] = lxml_html.document_fromstring(html_of(message)).xpath("//img")
    assert [part.get_content() for part in related] == [PIXEL]
    assert (image.get("src"), image.get("alt")) == ("cid:logo", "Adobe")


def test_a_message_has_its_parts_in_order(pages):
    page = next(page for name, page in pages.items() if "production-1/it/" in name)

    places = [
        page.index(part)
        for part in (
            "<title>",
            "max-height:0",
            'class="brand"',
            "<h1",
            'class="facts"',
            "Quando:",
            "Orario UTC:",
            "Durata stimata:",
            "Impatto:",
            "Azione richiesta:",
            "aurora-prod1",
            "Domande frequenti",
            'class="button"',
            "Aurora Viaggi S.p.A.</p>",
            "https://notices.example.com/it/email-infrastructure/",
        )
    ]
    assert places == sorted(places)


def test_the_preheader_of_a_message_without_a_wave_does_not_repeat_the_subject(
    sample, tmp_path
):
    page = one_of(sample, tmp_path / "out", "--wave", "none", "--locale", "en")

    title = "Campaign email sending infrastructure upgrade"
    assert f"<title>{title}</title>" in page
    assert f">What the upgrade of the {title.removesuffix(' upgrade')} means" in page


def test_only_a_list_before_the_first_heading_is_taken_for_the_facts(sample, tmp_path):
    template = sample / "templates" / "documents" / "announcement.md.j2"
    template.parent.mkdir(parents=True)
    template.write_text(
        '{% extends "builtin/documents/announcement.md.j2" %}'
        "{% block facts %}{% endblock %}"
    )

    assert 'class="facts"' not in one_of(sample, tmp_path / "out", "--locale", "en")


def test_two_languages_run_each_its_own_way(sample, tmp_path):
    path = sample / "notice.yaml"
    text = path.read_text("utf-8").replace("fallback: forbid", "fallback: bilingual")
    path.write_text(text.replace("moving one window", "shifting a window"), "utf-8")
    path.write_text(text.replace("Moving one window", "Shifting a window"), "utf-8")

    page = one_of(sample, tmp_path / "out", "--locale", "ar")

    root = lxml_html.document_fromstring(page)
    sides = [
        (each.getparent().get("lang"), each.get("style"))
        for each in root.xpath("//*[@class='words']")
    ]
    assert sides == [("ar", "text-align:right"), ("en", "text-align:left")]


@pytest.mark.parametrize(
    "layout",
    ["<p>{{ title }}</p>", "<p>{{ title|upper }}</p>{{ body }}"],
    ids=["without-body", "field-in-capitals"],
)
def test_a_layout_that_loses_fields_is_a_located_problem(sample, tmp_path, layout):
    own = sample / "templates" / "layouts" / "mail.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text(layout)

    command = ["emails", str(sample), "--now", NOW, "-o", str(tmp_path / "out")]
    result = CliRunner().invoke(main, command)

    assert result.exit_code == 1
    assert "templates/layouts/mail.html.j2" in result.stderr
    assert "template/spoilt-field" in result.stderr
    assert not (tmp_path / "out").exists()


def test_inlining_keeps_every_field_in_text_and_addresses():
    book = TokenBook()
    name, address = str(book.field("contact.name")), str(book.field("contact.token"))
    page = (
        "<!DOCTYPE html><html><head><style>a, p { color: #123456 }</style></head>"
        f'<body><p title="{name}">{name} &amp; {name}</p>'
        f'<a href="https://example.com/{address}?{address}">{address}</a></body></html>'
    )

    inlined = inline(page)

    assert tokens(inlined) == tokens(page)
    assert f'href="https://example.com/{address}?{address}"' in inlined
    assert inlined.count("color:#123456") == 2


def test_inlining_keeps_what_has_to_win_over_it():
    rules = "@media (prefers-color-scheme: dark) { p { color: #eee !important; } }"
    page = (
        "<!DOCTYPE html><html><head><style>p { color: #111 }</style>"
        f'<style data-premailer="ignore">{rules}</style></head><body><p>x</p></body>'
    )

    inlined = inline(page)

    assert inlined.startswith("<!DOCTYPE html>")
    assert f"<style>{rules}</style>" in inlined
    assert '<p style="color:#111">x</p>' in inlined


def test_every_rule_for_dark_or_narrow_windows_wins_over_inline_styles(pages):
    for name, page in pages.items():
        [kept] = re.findall(r"(?<!\[if mso\]>)<style>(.*?)</style>", page, re.DOTALL)
        rules = [body for _, body in kept_rules(kept)]

        assert len(rules) > 10, name
        assert all(v.endswith("!important") for body in rules for v in body), name


def kept_rules(style):
    """Return selector and declarations of each rule inside `@media`."""
    inside = "".join(re.findall(r"@media[^{]*\{((?:[^{}]*\{[^{}]*\})*)", style))
    return [
        (selector.strip(), [each.strip() for each in body.split(";") if each.strip()])
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", inside)
    ]


# --- contrast: axe leaves out scripts with joined letters, and knows one brand ---


def inline_style(element):
    pairs = (each.partition(":") for each in (element.get("style") or "").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def dark_styles(root, page):
    """Return, by element, what the rules for dark paper set."""
    dark = re.search(
        r"@media \(prefers-color-scheme: dark\) \{.*?\n\}", page, re.DOTALL
    )
    ranked = []
    for order, (selectors, body) in enumerate(kept_rules(dark[0])):
        values = {
            name.strip(): value.replace("!important", "").strip()
            for name, _, value in (each.partition(":") for each in body)
        }
        for selector in parse(selectors):
            ranked.append((selector.specificity(), order, selector, values))
    found = {}
    for _, _, selector, values in sorted(ranked, key=lambda each: each[:2]):
        assert isinstance(selector, Selector)
        for element in root.cssselect(selector.canonical()):
            found.setdefault(element, {}).update(values)
    return found


def whole(color):
    """Return *color* with six digits, where the inliner has shortened it."""
    short = re.fullmatch("#(.)(.)(.)", color)
    return "#" + "".join(2 * digit for digit in short.groups()) if short else color


def worst_contrast(page, theme):
    """Return the least contrast of any text in *page*, and which text has it."""
    root = lxml_html.document_fromstring(page)
    dark = dark_styles(root, page) if theme == "dark" else {}

    def value(element, name):
        for each in (element, *element.iterancestors()):
            if found := (inline_style(each) | dark.get(each, {})).get(name):
                return found
        raise AssertionError(f"no {name} for {element.tag}")

    ratios = []
    for element in root.body.iter():
        text = (element.text or "") if isinstance(element.tag, str) else ""
        if text.strip() and "display:none" not in (element.get("style") or ""):
            ink, paper = value(element, "color"), value(element, "background-color")
            ratios.append((contrast(whole(ink), whole(paper)), text.strip()))
    assert len(ratios) > 20
    return min(ratios)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("color", COLORS)
def test_all_text_is_readable_whatever_the_brand_and_the_paper(
    rich, tmp_path, color, theme
):
    path = rich / "notice.yaml"
    path.write_text(path.read_text("utf-8").replace("#1473e6", color), "utf-8")
    pages = messages(rich, tmp_path / "out", "--locale", "it", "--limit", "1")
    page = html_of(next(iter(pages.values())))

    assert 'class="alert important"' in page
    assert 'class="alert warning"' in page
    assert worst_contrast(page, theme)[0] >= READABLE


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_text_is_readable_in_every_locale(pages, theme):
    worst = {tag: worst_contrast(page, theme) for tag, page in by_locale(pages).items()}

    assert {tag: least for tag, least in worst.items() if least[0] < READABLE} == {}


# --- the outside judges ---


def written(pages, folder):
    """Write *pages* into *folder*; return their paths."""
    paths = [folder / f"{name.replace('/', '-')}.html" for name in pages]
    for path, page in zip(paths, pages.values(), strict=True):
        path.write_text(page, "utf-8")
    return paths


def test_the_nu_checker_knows_all_names_but_one(pages, rich, tmp_path):
    rich_pages = messages(rich, tmp_path / "out", "--locale", "it", "--limit", "1")
    all_pages = pages | {"rich": html_of(next(iter(rich_pages.values())))}

    errors = nu_errors(written(all_pages, tmp_path))

    assert {e for e in errors if "mso-hide" not in e} == set()
    assert len(errors) == len(all_pages)


@pytest.mark.parametrize("locale", ["it", "ar"])
def test_what_mail_programs_lack_has_a_fallback(rich, tmp_path, locale):
    page = one_of(rich, tmp_path / "out", "--locale", locale)

    lacking = lacking_features(page)

    assert sorted(lacking) == sorted(FALLBACKS)
    assert [
        clients for clients in lacking.values() if "apple-mail" in str(clients)
    ] == []


def test_axe_finds_nothing_and_nothing_overflows_a_narrow_window(pages, rich, tmp_path):
    rich_pages = messages(rich, tmp_path / "out", "--locale", "en", "--limit", "1")
    shown = by_locale(pages) | {"rich": html_of(next(iter(rich_pages.values())))}

    seen = opened(written(shown, tmp_path), width=320)

    assert len(seen) == 2 * len(shown)
    assert [(s["file"], s["violations"]) for s in seen if s["violations"]] == []
    assert [(s["file"], s["overflow"]) for s in seen if s["overflow"] > 0] == []
    assert [s["asked"] for s in seen if s["asked"]] == []
    assert all("color-contrast" in s["passes"] for s in seen)
    assert {(s["colorScheme"], s["paper"]) for s in seen} == {
        ("light", "rgb(253, 253, 253)"),
        ("dark", "rgb(26, 31, 36)"),
    }


def test_the_judges_notice_damage(pages, tmp_path):
    page = by_locale(pages)["it"]
    damaged = page.replace("<h1", '<p align="left" style="color:#ddd">pale</p><h1', 1)
    wide = damaged.replace("<h1", '<div style="width:400px">wide</div><h1', 1)

    [path] = written({"damaged": wide}, tmp_path)

    assert [e for e in nu_errors([path]) if "align" in e] != []
    floating = page.replace("margin:0 0 24px", "position:fixed", 1)
    assert set(lacking_features(floating)) - set(FALLBACKS) == {"position"}
    [light, _] = opened([path], width=320)
    assert "color-contrast" in str(light["violations"])
    assert light["overflow"] > 0
