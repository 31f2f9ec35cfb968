"""Editions: a document compiled once for a locale and shape, bound to a wave's facts.

compile: Jinja → Markdown → HTML, with fields as tokens in it. bind: fill the fields of
a wave, lay out the plain text, split every part at the tokens that are left. A
contact's values are filled in last, escaped for where they stand.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from notifier.content.dialect import Document, escape_plain, to_text
from notifier.content.faq import FaqView
from notifier.content.fields import (
    Escape,
    Pieces,
    Repeat,
    Slot,
    TokenBook,
    Unit,
    as_it_is,
    fill_in,
    joined,
    split,
    text_of,
)
from notifier.content.repeats import element_of, line_of
from notifier.content.shape import Shape
from notifier.language.locales import direction
from notifier.language.typography import bare
from notifier.model.notice import Fallback, Notice
from notifier.model.values import Text

_SECOND = "second."


@dataclass(frozen=True, slots=True)
class EditionKey:
    """What an edition is compiled for.

    *lang* is the locale of the words, *tag* that of dates and numbers; *shape* is given
    for documents about a wave; *medium*, `page`, `web` or `mail`, chooses the layout.
    """

    document: str
    lang: str
    tag: str
    shape: Shape | None = None
    medium: str = "page"


@dataclass(frozen=True, slots=True)
class Edition:
    """A compiled document; its texts hold tokens where fields go.

    *title* is plain text, the subject of a message; *markdown* is the whole file;
    *body* is HTML, *frame* what stands before and after it in a whole document; *tree*
    is what the plain text is laid out from, *footer* what stands under a message in it.
    *phases* holds a Markdown sentence per phase, *misses* what lacked a translation.
    """

    key: EditionKey
    title: str
    markdown: str
    body: str
    frame: tuple[str, str]
    tree: Document
    book: TokenBook
    faq: tuple[FaqView, ...] = ()
    phases: tuple[str, ...] = ()
    misses: tuple[Text | str, ...] = ()
    footer: Document | None = None

    def needs_both_languages(self, notice: Notice) -> bool:
        """Tell whether the default locale's text follows, by the notice's policy.

        Pages stay in one language: beside them stands the page in the default locale.
        """
        bilingual = notice.fallback is Fallback.BILINGUAL
        other = self.key.lang != notice.default_locale
        return bilingual and other and bool(self.misses) and self.key.shape is not None


@dataclass(frozen=True, slots=True)
class Bound:
    """An edition with a wave's facts filled in; slots are left for a contact's.

    *langs* are the locales of its words, two where the default one follows. *text* is
    *words* with the footer.
    """

    edition: Edition
    langs: tuple[str, ...]
    title: Pieces
    markdown: Pieces
    body: Pieces
    frame: tuple[Pieces, Pieces]
    words: Pieces
    text: Pieces


@dataclass(frozen=True, slots=True)
class Letter:
    """A document complete for its reader."""

    title: str
    markdown: str
    html: str
    text: str


def bind(edition: Edition, values: Mapping[str, str], *, width: int = 72) -> Bound:
    """Return *edition* with the fields named in *values* filled in.

    Values are plain text. The plain text is wrapped to *width* columns, but for
    paragraphs that wait for a contact's field.
    """
    by_token = {
        str(edition.book.field(name)): value
        for name, value in values.items()
        if name in edition.book.names
    }

    def filled(text: str, unit: Unit, escape: Escape = as_it_is) -> Pieces:
        return fill_in(split(text, edition.book, unit), values, escape)

    def laid_out(tree: Document) -> Pieces:
        text = to_text(tree, width=width, values=by_token)
        return split(text, edition.book, line_of)

    words = laid_out(edition.tree)
    footer = edition.footer
    under = ("\n", *laid_out(footer)) if footer and len(footer.root) else ()
    before, after = edition.frame
    return Bound(
        edition,
        (edition.key.lang,),
        filled(edition.title, line_of),
        filled(edition.markdown, line_of, _in_markdown),
        filled(edition.body, element_of, _in_html),
        (filled(before, element_of, _in_html), filled(after, element_of, _in_html)),
        words,
        joined((*words, *under)),
    )


def in_two_languages(first: Bound, second: Bound) -> Bound:
    """Return *first* followed by *second*, each marked with its language.

    Where *second* waits for a field, it wants the value of `second_values`.
    """
    rule = ("\n" + "-" * 40 + "\n\n",)
    return replace(
        first,
        langs=(*first.langs, *second.langs),
        markdown=joined((*first.markdown, "\n", *_renamed(second.markdown))),
        body=joined((*_marked(first), "\n", *_renamed(_marked(second)))),
        text=joined((*first.text, *rule, *_renamed(second.words))),
    )


def second_values(values: Mapping[str, str]) -> dict[str, str]:
    """Return *values*, written for the second language, by the names they have there.

    Each language has its own numbers and lists, and shields names in its own way.
    """
    return {_SECOND + name: value for name, value in values.items()}


def _renamed(pieces: Pieces) -> Pieces:
    return tuple(map(_renamed_piece, pieces))


def _renamed_piece(piece: str | Slot | Repeat) -> str | Slot | Repeat:
    if isinstance(piece, Repeat):
        inner = tuple(map(_renamed_piece, piece.pieces))
        return Repeat(_SECOND + piece.field, inner)  # type: ignore[arg-type]  # no repeats in repeats
    return Slot(_SECOND + piece.field) if isinstance(piece, Slot) else piece


def fill(bound: Bound, values: Mapping[str, str]) -> Letter:
    """Return *bound* with the last fields filled in, each escaped for its place.

    Raises:
        KeyError: a field of the edition has no value.
    """
    before, after = bound.frame
    page = (*before, *bound.body, *after)
    return Letter(
        text_of(fill_in(bound.title, values)),
        text_of(fill_in(bound.markdown, values, _in_markdown)),
        text_of(fill_in(page, values, _in_html)),
        text_of(fill_in(bound.text, values, _in_text)),
    )


# What stands open before a value that is part of an address.
_IN_HREF = re.compile(r'href="[^"]*$')
_IN_ANGLES = re.compile(r"<https:[^>\s]*$")
_IN_LINK = re.compile(r"\]\([^()\s]*$")


def _in_markdown(value: str, before: str) -> str:
    if _IN_LINK.search(before):
        return _address_part(value)
    return escape_plain(value, before=before)


def _in_html(value: str, before: str) -> str:
    return _address_part(value) if _IN_HREF.search(before) else html.escape(value)


def _in_text(value: str, before: str) -> str:
    return _address_part(value) if _IN_ANGLES.search(before) else value


def _address_part(value: str) -> str:
    return quote(bare(value), safe="")


def _marked(bound: Bound) -> Pieces:
    lang = bound.edition.key.lang
    return (f'<div lang="{lang}" dir="{direction(lang)}">\n', *bound.body, "</div>")
