"""Documents in a frame: a theme of choice, the logo inside, no way out."""

from __future__ import annotations

import re
from base64 import b64decode

import pytest

from notifier.preview.frames import confined, framed

PAGE = """<!DOCTYPE html>
<html lang="en"><head>
<meta name="color-scheme" content="light dark">
<style>:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) { body { color: white } }
@media screen and ( prefers-color-scheme : light ) { body { color: black } }
</style></head>
<body><picture><source media="(prefers-color-scheme: dark)" srcset="data:,"></picture>
<p>Write (prefers-color-scheme: dark), in light dark rooms.</p></body></html>
"""
ON, OFF = "(width >= 0px)", "(width < 0px)"


@pytest.mark.parametrize(
    ("theme", "dark", "light", "scheme"),
    [
        ("light", OFF, ON, "light"),
        ("dark", ON, OFF, "dark"),
        ("inverted", OFF, ON, "light"),
    ],
)
def test_a_theme_does_not_depend_on_the_system(theme, dark, light, scheme):
    html = framed(PAGE, {}, theme)

    assert f"@media {dark} {{ body {{ color: white }} }}" in html
    assert f"@media screen and {light} {{ body {{ color: black }} }}" in html
    assert f'<source media="{dark}"' in html
    assert f"color-scheme: {scheme};" in html
    assert f'content="{scheme}"' in html
    assert "<p>Write (prefers-color-scheme: dark), in light dark rooms.</p>" in html
    assert ("filter: invert(1)" in html) == (theme == "inverted")


@pytest.mark.parametrize(
    "tag",
    [
        '<link rel="preconnect" href="https://evil.example">',
        '<LINK\nrel=dns-prefetch href="//evil.example">',
        "<link/rel=prefetch/href=//evil.example>",
        '<link title=">" rel=preconnect href=https://evil.example>',
        '<meta http-equiv="refresh" content="0; url=https://evil.example">',
        "<META content='0;url=//evil.example' HTTP-EQUIV=refresh>",
        "<meta/http-equiv=refresh/content=0;url=//evil.example>",
    ],
)
def test_hints_that_lead_out_are_taken_away(tag):
    html = framed(f"<head>{tag}</head>", {}, "light")

    assert not re.search(r"<(link|meta)", html, re.IGNORECASE)


def test_without_a_theme_the_document_stays_as_it_is():
    assert framed(PAGE, {}, "none") == PAGE


def test_scripts_and_policies_of_a_page_are_left_out():
    page = (
        "<head><meta http-equiv=Content-Security-Policy content=\"style-src 'none'\">"
        '<script type="application/ld+json">{"a": "</p>"}</script></head>'
        "<p>text</p><SCRIPT>\n1 < 2\n</SCRIPT >"
    )

    assert framed(page, {}, "light") == "<head></head><p>text</p>"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://a.example/b", "https://a.example/b"),
        ("mailto:me@a.example", "mailto:me@a.example"),
        ("#impact", "#impact"),
        ("../index.html", "#"),
        ("waves.ics", "#"),
        ("//evil.example", "#"),
        ("webcal://a.example/waves.ics", "#"),
        ("javascript:alert(1)", "#"),
    ],
)
def test_a_link_to_what_is_not_shown_leads_nowhere(address, shown):
    html = framed(f'<a class="x" href="{address}" download>x</a>', {}, "light")

    assert html == f'<a class="x" href="{shown}" download>x</a>'


def test_pictures_take_the_place_of_their_references_only():
    html = '<p>src="logo2" cid:logo</p><img src="cid:logo" alt="x"><img src="b.png">'

    shown = framed(html, {"cid:logo": ("image/png", b"abc")}, "light")

    assert shown == (
        '<p>src="logo2" cid:logo</p>'
        '<img src="data:image/png;base64,YWJj" alt="x"><img src="b.png">'
    )


@pytest.mark.parametrize(("theme", "dark"), [("light", OFF), ("dark", ON)])
def test_a_drawing_follows_the_theme(theme, dark):
    drawing = b"<svg><style>@media (prefers-color-scheme: dark) { }</style></svg>"
    html = '<picture><source srcset="a.svg"><img src="a.svg"></picture>'

    shown = framed(html, {"a.svg": ("image/svg+xml", drawing)}, theme)

    found = re.findall(r"base64,([^\"]*)", shown)
    assert len(found) == 2
    assert f"@media {dark} {{ }}" in b64decode(found[0]).decode()


def test_a_file_holds_its_policy_before_anything_else():
    html = confined("<!DOCTYPE html>\n<html><script>1</script></html>")

    assert re.match(
        r'<!DOCTYPE html>\n<meta charset="utf-8"><meta http-equiv="Content-Security-'
        r"Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; [^\"]*\">",
        html,
    )
    assert confined("<p>").startswith("<!DOCTYPE html>\n<meta")
