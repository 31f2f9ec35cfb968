"""Check what readers need who see, hear or read otherwise: colours, alt, language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType

from notifier.checks.colors import faint_texts
from notifier.checks.evidence import Evidence
from notifier.checks.reading_back import Output, html_pieces
from notifier.content.palette import contrast, palette
from notifier.errors import Place, Problem
from notifier.language.locales import direction
from notifier.model.notice import Fallback, Notice

RULES: Mapping[str, str] = MappingProxyType(
    {
        "accessibility/alt": "an image has no alternative text",
        "accessibility/contrast": "a text stands out too little from what is behind "
        "it, on light or dark paper",
        "accessibility/heading": "a document has no heading of level 1, several, "
        "skips a level, or has a heading without text",
        "accessibility/lang": "a document does not say its language or direction, or "
        "says another",
        "accessibility/link": "a link has no text",
        "accessibility/title": "an HTML document, feed or entry has no title",
    }
)
# WCAG 2.2, 1.4.3: text of normal size.
_READABLE = 4.5
_PAPERS = {"light": "#ffffff", "dark": "#16191d"}


def accessibility_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield what shuts readers out of the pages and messages."""
    pages = [each for each in evidence.documents if each.kind == "html"]
    for page in pages:
        yield from _document(page, _languages(page, evidence.notice))
    for feed in (each for each in evidence.documents if each.kind == "xml"):
        if "<title></title>" in feed.text or "<title/>" in feed.text:
            yield _problem("title", "an entry has no title", feed.path, "report this")
    seen: set[tuple[str, ...]] = set()
    for letter in evidence.letters:
        yield from _document(letter.html, letter.langs)
        if letter.langs not in seen:  # the colours are those of the layout
            seen.add(letter.langs)
            yield from _faint(letter.html)
    yield from _palette(evidence)


def _document(page: Output, langs: tuple[str, ...]) -> Iterator[Problem]:
    tree = page.tree
    if tree is None:
        return
    yield from _language(page, langs)
    if not (tree.findtext(".//title") or "").strip():
        yield _problem("title", "it has no title", page.path, "see the layout")
    for image in tree.iter("img"):
        if image.get("alt") is None:
            message = f"{image.get('src')!r} has no alternative text"
            yield _problem("alt", message, page.path, "add 'alt' in the layout")
        elif not image.get("alt") and "logo" in (image.get("class") or ""):
            message = "the logo has an empty alternative text"
            yield _problem("alt", message, page.path, "add 'logo_alt' to 'brand'")
    for link in tree.iter("a"):
        named = link.get("aria-label") or "".join(html_pieces(link)).strip()
        named = named or any(image.get("alt") for image in link.iter("img"))
        if link.get("href") and not named:
            message = f"the link to {link.get('href')[:80]!r} has no text"
            yield _problem("link", message, page.path, "write what it leads to")
    headings = [*tree.body.iter("h1", "h2", "h3", "h4", "h5")]
    if any(not "".join(html_pieces(each)).strip() for each in headings):
        hint = "write what the part below it is about"
        yield _problem("heading", "a heading has no text", page.path, hint)
    levels = [int(each.tag[1]) for each in headings]
    yield from _headings(page, levels, texts=len(langs))


def _headings(page: Output, levels: list[int], *, texts: int) -> Iterator[Problem]:
    hint = "begin with one heading of level 1, and go down step by step"
    if levels.count(1) != texts:
        message = f"it has {levels.count(1)} headings of level 1"
        yield _problem("heading", message, page.path, hint)
    for above, level in pairwise(levels):
        if level > above + 1:
            message = f"level {level} follows level {above}"
            yield _problem("heading", message, page.path, hint)
            break


def _language(page: Output, langs: tuple[str, ...]) -> Iterator[Problem]:
    lang = langs[0]
    root = (page.tree.get("lang"), page.tree.get("dir"))
    if root != (lang, direction(lang)):
        message = f"it says {root[0]!r}, {root[1]!r} instead of {lang!r}"
        hint = "write lang and dir of the layout as variables"
        yield _problem("lang", message, page.path, hint)
    for each in page.tree.body.xpath(".//*[@lang and @dir]"):
        own, runs = each.get("lang"), each.get("dir")
        if runs not in (direction(own), "auto"):
            message = f"a text in {own!r} is said to run {runs!r}"
            hint = "write lang and dir of the layout as variables"
            yield _problem("lang", message, page.path, hint)
    # A span says it of single texts, see `with_languages`.
    blocks = {
        (each.get("lang"), each.get("dir"))
        for each in page.tree.body.iter()
        if each.get("lang") and each.tag != "span"
    }
    # Mail programs drop what stands on <html>.
    is_mail = page.document == "announcement" and "/" in page.path and page.zone
    for each in langs if len(langs) > 1 or (is_mail and "@" in page.path) else ():
        if (each, direction(each)) not in blocks:
            message = f"the text in {each!r} is not marked with its language"
            yield _problem("lang", message, page.path, "keep the block around the body")


def _languages(page: Output, notice: Notice) -> tuple[str, ...]:
    """Return the languages of a rendered document: two where the default one follows.

    Which is so where it has two headings, and the notice allows it.
    """
    default = notice.default_locale
    may_follow = page.document == "announcement" and page.lang != default
    if notice.fallback is not Fallback.BILINGUAL or not may_follow:
        return (page.lang,)
    has_both = page.tree is not None and len(page.tree.xpath("//h1")) == 2
    return (page.lang, default) if has_both else (page.lang,)


def _faint(page: Output) -> Iterator[Problem]:
    if page.tree is None:
        return
    for paper in _PAPERS:
        for text, color, behind in faint_texts(page.tree, is_dark=paper == "dark"):
            message = f"{color} on {behind} ({paper}) is hard to read: {text[:40]!r}"
            hint = "choose colours with a contrast of 4.5 or more"
            yield _problem("contrast", message, page.path, hint)


def _palette(evidence: Evidence) -> Iterator[Problem]:
    colors = palette(evidence.notice.brand.color)
    place = (evidence.notice.places or {}).get("brand.color") or Place("notice.yaml")
    for paper, link in (("light", colors.light_link), ("dark", colors.dark_link)):
        if contrast(link, _PAPERS[paper]) < _READABLE:
            message = f"links in {link} are hard to read on {paper} paper"
            hint = "choose another colour for 'brand.color'"
            yield Problem("accessibility/contrast", message, place, hint)


def _problem(rule: str, message: str, path: str, hint: str) -> Problem:
    return Problem(f"accessibility/{rule}", message, Place(path), hint)
