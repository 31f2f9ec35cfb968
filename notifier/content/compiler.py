"""Compile documents: one Jinja pass to Markdown, then the views of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from notifier.content.drafts import drafted, finish, parsed, written
from notifier.content.editions import Edition, EditionKey
from notifier.content.faq import FaqView
from notifier.content.foreign_texts import with_languages
from notifier.content.front_matter import front_matter
from notifier.content.library import CodeCache, Library
from notifier.content.site_index import IndexSurroundings, NoticeCard, index_page
from notifier.content.site_page import Surroundings, site_page
from notifier.content.telling import (
    DOCUMENTS,
    PUBLIC,
    Source,
    Telling,
    ViewKey,
    Views,
    for_medium,
    tell,
)
from notifier.content.template_problems import template_problem
from notifier.content.templates import make_environment
from notifier.content.translations import own_folders
from notifier.content.wording import Wording, word
from notifier.errors import NotifierError
from notifier.language.catalogs import Catalog
from notifier.model.notice import Notice
from notifier.model.schedule import Plan
from notifier.model.values import Text

__all__ = ["DOCUMENTS", "PUBLIC", "Compiler"]


@dataclass
class Compiler:
    """Compiles the documents of one notice; keeps what several editions share.

    *catalogs* gives the catalog of a locale; *contact_columns* are the further columns
    of `contacts.csv`, which are fields by their names.
    """

    notice: Notice
    plan: Plan
    catalogs: Callable[[str], Catalog]
    contact_columns: frozenset[str] = frozenset()
    codes: CodeCache = field(default_factory=CodeCache)
    _editions: dict[EditionKey, Edition] = field(default_factory=dict)
    _page: Telling | None = None
    _pages: dict[str, str] = field(default_factory=dict)
    _wordings: list[Wording] = field(default_factory=list)
    _views: dict[ViewKey, Views] = field(default_factory=dict)

    @cached_property
    def folders(self) -> tuple[Path, ...]:
        """Return the folders of the author's templates, nearest first."""
        return tuple(each / "templates" for each in own_folders(self.notice.folder))

    def wording(self, lang: str, tag: str) -> Wording:
        """Return the words of locale *lang* with the formats of *tag*."""
        wording = word(self.notice, self.catalogs(lang), tag)
        self._wordings.append(wording)
        return wording

    def edition(self, key: EditionKey) -> Edition:
        """Return the edition for *key*, compiled at its first use.

        Raises:
            NotifierError: a template fails; the problem names its file and line.
        """
        if key not in self._editions:
            self._editions[key] = self._compile(key)
        return self._editions[key]

    def page(self, lang: str) -> str:
        """Return the page of the docs tree in a locale, front matter and all.

        Raises:
            NotifierError: a template fails; the problem names its file and line.
        """
        if lang not in self._pages:
            rendered = self._editions.get(EditionKey("page", lang, lang))
            self._pages[lang] = rendered.markdown if rendered else self._page_of(lang)
        return self._pages[lang]

    def _page_of(self, lang: str) -> str:
        with self._blamed("documents/page.md.j2"):
            telling = for_medium(self._page_told(lang), "page", self.notice)
            markdown = written(telling)
            # What the web could not show is refused here, too.
            parsed(markdown, telling.wording)
            return front_matter(self.notice, telling.wording) + markdown

    def faq(self, lang: str) -> tuple[FaqView, ...]:
        """Return the questions and answers on the page in a locale.

        Raises:
            NotifierError: a template fails; the problem names its file and line.
        """
        with self._blamed("documents/page.md.j2"):
            return self._page_told(lang).faq

    def site_page(self, lang: str, around: Surroundings) -> str:
        """Return the page of the web site in a locale, a whole HTML document.

        Raises:
            NotifierError: a template fails; the problem names its file and line.
        """
        with self._blamed("documents/page.md.j2"):
            telling = self._page_told(lang)
        page = self._site_page(telling, around)
        if telling.wording.misses:
            page = with_languages(page, self._site_page(self._marking(telling), around))
        return page

    def _site_page(self, told: Telling, around: Surroundings) -> str:
        with self._blamed("documents/page.md.j2"):
            telling = for_medium(told, "web", self.notice)
            tree = parsed(written(telling), telling.wording)
        with self._blamed("layouts/site.html.j2"):
            return site_page(telling, tree, self._source, around)

    def index_page(
        self,
        lang: str,
        cards: Callable[[bool], Iterable[NoticeCard]],
        around: IndexSurroundings,
    ) -> str:
        """Return an index of the web site, by the templates shared among notices.

        *cards* gives what it lists, with marks around foreign texts or without.

        Raises:
            NotifierError: a template fails; the problem names its file and line.
        """
        wording = self.wording(lang, lang)
        plain, marked = tuple(cards(False)), tuple(cards(True))
        page = self._index_page(wording, plain, around)
        if wording.misses or marked != plain:
            other = self._index_page(wording.marking, marked, around)
            page = with_languages(page, other)
        return page

    def _index_page(
        self, wording: Wording, cards: Iterable[NoticeCard], around: IndexSurroundings
    ) -> str:
        with self._blamed("layouts/site-index.html.j2"):
            environment = make_environment(
                Library(self.folders[1:], wording.lang, self.codes.sources),
                gettext=wording.gettext,
                ngettext=wording.ngettext,
                codes=self.codes,
            )
            return index_page(environment, self.notice, wording, cards, around)

    def misses(self) -> dict[str, list[Text | str]]:
        """Return, by locale, what had no translation in anything worded so far."""
        missing: dict[str, list[Text | str]] = {}
        for wording in self._wordings:
            missing.setdefault(wording.lang, []).extend(wording.misses)
        return missing

    def _compile(self, key: EditionKey) -> Edition:
        with self._blamed(f"documents/{key.document}.md.j2"):
            telling = self._tell(key)
            draft = drafted(telling, self.notice)
            if telling.wording.misses:
                marked = drafted(self._marking(telling), self.notice)
                page = with_languages(draft.page, marked.page)
                draft = replace(draft, page=page)
            return finish(telling, draft, self.notice)

    def _page_told(self, lang: str) -> Telling:
        """Return what the page of a locale is told from; the last one is kept."""
        if self._page is None or self._page.key.lang != lang:
            self._page = self._tell(EditionKey("page", lang, lang, medium="web"))
        return self._page

    def _tell(self, key: EditionKey) -> Telling:
        return tell(key, self._source, self.wording(key.lang, key.tag))

    def _marking(self, telling: Telling) -> Telling:
        """Return *telling* with marks around the words in another language."""
        return tell(telling.key, self._source, telling.wording.marking)

    @property
    def _source(self) -> Source:
        return Source(
            *(self.notice, self.plan, self.folders, self.contact_columns),
            *(self.codes, self._views),
        )

    @contextmanager
    def _blamed(self, template: str) -> Iterator[None]:
        """Turn whatever the author of a template got wrong into a located problem."""
        try:
            yield
        except NotifierError:
            raise
        except Exception as error:
            problem = template_problem(error, template, folders=self.folders)
            raise NotifierError([problem]) from error
