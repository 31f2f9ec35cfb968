"""Say the author's texts in one locale: translated, typeset, filled in, escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from notifier.content.dialect import escape_plain, normalize_markdown, parse
from notifier.content.foreign_texts import mark
from notifier.content.links import localized_links, localized_url
from notifier.errors import NotifierError, Problem
from notifier.language.catalogs import SOURCE_LANGUAGE, Catalog
from notifier.language.dates import format_partial
from notifier.language.durations import format_duration
from notifier.language.locales import direction, parents
from notifier.language.placeholders import escape_percent
from notifier.language.typography import polish
from notifier.model.notice import Notice
from notifier.model.page import LinkRule
from notifier.model.values import PLACEHOLDER, Text
from notifier.notice.values import partial_date, quantity

RULES = {
    "text/too-complex": "a Markdown text of the author is too large or too nested",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one document in one locale.

    *catalog* gives the words, *tag* the formats of dates and numbers (a contact's own
    region); *source* is the default locale of the notice, whose texts need no
    translation. *links* are the notice's rules for further hosts. *missing* collects
    the author's texts that have no translation, *told* what each Markdown text became.
    *marks* tells that texts in another language are marked, see `with_languages`.
    """

    catalog: Catalog
    tag: str
    source: str
    support: tuple[Text, str]
    links: tuple[LinkRule, ...] = ()
    missing: dict[Text, None] = field(default_factory=dict)
    told: dict[Text, str] = field(default_factory=dict)
    marks: bool = False

    @property
    def marking(self) -> Wording:
        """Return the same words, with marks around those in another language."""
        return replace(self, marks=True, told={})

    @property
    def afresh(self) -> Wording:
        """Return the same words with nothing collected."""
        return replace(self, catalog=self.catalog.fresh(), missing={}, told={})

    def remember(self, other: Wording) -> None:
        """Collect what *other*, the same words, has collected."""
        self.missing.update(other.missing)
        self.told.update(other.told)
        self.catalog.remember(other.catalog.missing())

    @property
    def lang(self) -> str:
        """Return the BCP 47 tag of the words."""
        return self.catalog.tag

    @property
    def dir(self) -> str:
        """Return `ltr` or `rtl`."""
        return direction(self.catalog.tag)

    def gettext(self, message: str) -> str:
        """Return a built-in message in the locale, to be formatted with `%`."""
        return escape_percent(self._built_in(self.catalog.gettext(message), message))

    def ngettext(self, singular: str, several: str, number: int) -> str:
        """Return the plural form of a built-in message for *number*."""
        told = self.catalog.ngettext(singular, several, number)
        return escape_percent(self._built_in(told, singular))

    def pgettext(self, context: str, message: str) -> str:
        """Return a built-in message that has *context* to tell it from another."""
        told = self.catalog.pgettext(context, message)
        return self._built_in(told, message, context)

    def text(self, text: Text) -> str:
        """Return a plain text of the author as it is, for places outside Markdown."""
        said = self._say(text)
        told = PLACEHOLDER.sub(lambda match: self._value(match, plain=True), said)
        return self._marked(told, text)

    def plain(self, text: Text) -> str:
        """Return a plain text of the author as Markdown that prints it literally."""
        return self._marked(self._filled(self._say(text), escape_plain), text)

    def rich(self, text: Text) -> str:
        """Return a Markdown text of the author in the dialect."""
        try:
            told = normalize_markdown(self._filled(self._say(text), str))
        except ValueError as error:
            raise NotifierError([_complex(text, error)]) from error
        self.told[text] = told
        return self._marked(told, text)

    def any(self, text: Text | None) -> str:
        """Return *text* as Markdown, whichever kind it is; empty for None."""
        if text is None:
            return ""
        return self.rich(text) if text.markdown else self.plain(text)

    @property
    def support_url(self) -> str:
        """Return where the support link leads readers of this language."""
        return localized_url(self.support[1], self.lang, self.links)

    @property
    def support_link(self) -> str:
        """Return the support link as Markdown, opening in a new tab."""
        name = self.plain(self.support[0])
        return f'[{name}]({self.support_url}){{target="_blank"}}'

    def localized(self, markdown: str) -> str:
        """Return *markdown* with links that lead readers to this language."""
        return localized_links(markdown, self.lang, self.links)

    @property
    def misses(self) -> tuple[Text | str, ...]:
        """Return the author's texts and the built-in messages without translation."""
        return (*self.missing, *self.catalog.missing())

    def _built_in(self, told: str, message: str, context: str | None = None) -> str:
        """Return what the catalog has *told* for *message*, mended as its language."""
        if not self.catalog.lacks(message, context):
            return polish(told, self.lang)
        return mark(told, SOURCE_LANGUAGE) if self.marks else told

    def _say(self, text: Text) -> str:
        translated = self.catalog.find(text.source)
        if translated is not None:
            return polish(translated, self.lang)
        if self.source not in (self.lang, *parents(self.lang)):
            self.missing[text] = None
        return polish(text.source, self.source)

    def _marked(self, told: str, text: Text) -> str:
        is_foreign = self.marks and text in self.missing
        return mark(told, self.source) if is_foreign else told

    def _filled(self, text: str, escape: Callable[[str], str]) -> str:
        parts: list[str] = []
        end = 0
        for match in PLACEHOLDER.finditer(text):
            parts.append(escape(text[end : match.start()]))
            parts.append(self._value(match, plain=False))
            end = match.end()
        parts.append(escape(text[end:]))
        return "".join(parts)

    def _value(self, match: re.Match[str], *, plain: bool) -> str:
        """Return the value in braces for the locale; a bad one stays as written."""
        name, value = match[1], " ".join(match[2].split())
        if name == "link":
            return self.text(self.support[0]) if plain else self.support_link
        try:
            if name == "date":
                return format_partial(partial_date(value), self.tag)
            return format_duration(quantity(value), self.tag)
        except ValueError:
            return match[0]


def too_complex(wording: Wording) -> Iterator[Problem]:
    """Yield a problem per Markdown text that cannot be rendered by itself."""
    for text, told in wording.told.items():
        try:
            parse(told)
        except ValueError as error:
            yield _complex(text, error)


def _complex(text: Text, error: ValueError) -> Problem:
    hint = "make it shorter, with fewer brackets and levels"
    return Problem("text/too-complex", str(error), text.place, hint)


def word(notice: Notice, catalog: Catalog, tag: str) -> Wording:
    """Return the words of *notice* from *catalog*, with the formats of *tag*."""
    support = (notice.support.name, notice.support.url)
    return Wording(catalog.fresh(), tag, notice.default_locale, support, notice.links)
