"""What all pages of the web site share: look, labels, languages, policy."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from jinja2 import Environment
from markupsafe import Markup

from notifier.content.palette import palette
from notifier.content.site_words import site_words
from notifier.content.templates import render
from notifier.content.wording import Wording
from notifier.language.locales import direction
from notifier.language.names import native_name, open_graph_locale
from notifier.model.notice import Notice

# Of the layout's papers the darkest of the light and the lightest of the dark theme.
LIGHT_PAPER, DARK_PAPER = "#f3f5f8", "#242a31"


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A page in one language; *name* is what that language calls itself.

    *href* is relative, *url* absolute and empty without a site.
    """

    lang: str
    dir: str
    name: str
    href: str
    url: str
    is_current: bool = False


def language_link(
    lang: str, *, href: str, url: str = "", is_current: bool = False
) -> LanguageLink:
    """Return a link to a page in the locale *lang*."""
    name = native_name(lang)
    return LanguageLink(lang, direction(lang), name, href, url, is_current)


def frame_variables(
    environment: Environment, notice: Notice, wording: Wording
) -> dict[str, object]:
    """Return the variables that every page of the site has.

    *notice* lends the name, logo and colour of its publisher.
    """
    colors = palette(notice.brand.color, light=LIGHT_PAPER, dark=DARK_PAPER)
    style = render(environment.get_template("layouts/site.css.j2"), {"color": colors})
    script = render(environment.get_template("layouts/site.js.j2"), {})
    alt = notice.brand.logo_alt
    return {
        "lang": wording.lang,
        "dir": wording.dir,
        "words": site_words(wording),
        "publisher": notice.publisher.name,
        "logo_alt": wording.text(alt) if alt else notice.publisher.name,
        "color": colors,
        "style": Markup(style),
        "script": Markup(script),
        "policy": _policy(style, script),
        "og_locale": open_graph_locale(wording.lang),
    }


def og_alternates(langs: Iterable[str], current: str) -> tuple[str, ...]:
    """Return the other locales of a page, as the Open Graph protocol writes them."""
    return tuple(open_graph_locale(lang) for lang in langs if lang != current)


def _policy(style: str, script: str) -> str:
    """Return a Content-Security-Policy: this style and script, and pictures."""
    hashes = (b64encode(sha256(t.encode()).digest()).decode() for t in (style, script))
    sources = tuple(f"'sha256-{hash}'" for hash in hashes)
    return (
        # `file:` is for a look at the site before it is put anywhere.
        f"default-src 'none'; img-src 'self' file:; style-src {sources[0]}; "
        f"script-src {sources[1]}; base-uri 'none'; form-action 'none'"
    )
