"""Compile documents: one Jinja pass to Markdown, then the views of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from notifier.content.dialect import Document, parse, tidy, to_html
from notifier.content.editions import Edition, EditionKey
from notifier.content.faq import FaqView
from notifier.content.fields import is_spoilt, tokens
from notifier.content.front_matter import front_matter
from notifier.content.labels import alert_labels
from notifier.content.library import CodeCache, Library
from notifier.content.mail_page import mail_footer, mail_page
from notifier.content.palette import Palette, palette
from notifier.content.placing import misplaced_fields, without_dead_links
from notifier.content.repeats import mark_items
from notifier.content.site_index import IndexSurroundings, NoticeCard, index_page
from notifier.content.site_page import Surroundings, site_page
from notifier.content.telling import (
    DOCUMENTS,
    PUBLIC,
    Source,
    Telling,
    for_medium,
    phase_sentences,
    tell,
    title_of,
)
from notifier.content.template_problems import template_problem
from notifier.content.templates import make_environment, render
from notifier.content.translations import own_folders
from notifier.content.wording import Wording, too_complex, word
from notifier.errors import NotifierError, Place, Problem, raise_errors
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
            with self._blamed("documents/page.md.j2"):
                telling = for_medium(self._page_told(lang), "page", self.notice)
                markdown = _written(telling)
                # What the web could not show is refused here, too.
                _parsed(markdown, telling.wording)
                matter = front_matter(self.notice, telling.wording)
                self._pages[lang] = matter + markdown
        return self._pages[lang]

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
        layout = "layouts/site.html.j2"
        with self._blamed("documents/page.md.j2"):
            telling = for_medium(self._page_told(lang), "web", self.notice)
            tree = _parsed(_written(telling), telling.wording)
        with self._blamed(layout):
            return site_page(telling, tree, self._source, around)

    def index_page(
        self, lang: str, cards: Iterable[NoticeCard], around: IndexSurroundings
    ) -> str:
        """Return an index of the web site, by the templates shared among notices.

        Raises:
            NotifierError: a template fails; the problem names its file and line.
        """
        with self._blamed("layouts/site-index.html.j2"):
            wording = self.wording(lang, lang)
            environment = make_environment(
                Library(self.folders[1:], lang, self.codes.sources),
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
            return _finish(telling, _written(telling), self.notice)

    def _page_told(self, lang: str) -> Telling:
        """Return what the page of a locale is told from; the last one is kept."""
        if self._page is None or self._page.key.lang != lang:
            self._page = self._tell(EditionKey("page", lang, lang, medium="web"))
        return self._page

    def _tell(self, key: EditionKey) -> Telling:
        return tell(key, self._source, self.wording(key.lang, key.tag))

    @property
    def _source(self) -> Source:
        return Source(
            self.notice, self.plan, self.folders, self.contact_columns, self.codes
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


def _written(telling: Telling) -> str:
    """Return the Markdown of a document."""
    name = f"documents/{telling.key.document}.md.j2"
    markdown = render(telling.environment.get_template(name), telling.variables)
    if is_spoilt(markdown):
        raise NotifierError([_spoilt(name)])
    markdown = telling.wording.localized(tidy(markdown))
    return mark_items(markdown, telling.book)


def _finish(telling: Telling, markdown: str, notice: Notice) -> Edition:
    key, wording = telling.key, telling.wording
    is_mail = key.medium == "mail"
    footer = mail_footer(telling, notice) if is_mail else ""
    whole = f"{markdown}\n{footer}" if footer else markdown
    document = f"documents/{key.document}.md.j2"
    tree = _parsed(whole, wording)
    raise_errors(misplaced_fields(tree, document))
    shown = _parsed(markdown, wording) if is_mail else tree
    body = to_html(without_dead_links(shown) if is_mail else shown)
    if tokens(body) != tokens(markdown):
        raise NotifierError([_spoilt(document)])
    title = title_of(telling)
    if is_mail:
        under = to_html(_parsed(footer, wording))
        body, frame = mail_page(telling, notice, title=title, body=body, footer=under)
    else:
        frame = _frame(telling, title, palette(notice.brand.color))
    matter = front_matter(notice, wording) if key.document == "page" else ""
    return Edition(
        key=key,
        title=title,
        markdown=matter + markdown,
        body=body,
        frame=frame,
        tree=tree,
        book=telling.book,
        faq=telling.faq,
        phases=phase_sentences(telling),
        misses=wording.misses,
    )


def _parsed(markdown: str, wording: Wording) -> Document:
    try:
        return parse(markdown, labels=alert_labels(wording, markdown))
    except ValueError:
        raise_errors(too_complex(wording))
        raise


def _frame(telling: Telling, title: str, colors: Palette) -> tuple[str, str]:
    """Return what stands before and after the body in a whole HTML document."""
    mark = str(telling.book.field("document.body"))
    page = render(
        telling.environment.get_template("layouts/page.html.j2"),
        {
            "lang": telling.wording.lang,
            "dir": telling.wording.dir,
            "title": title,
            "description": telling.notice.plain_description,
            "body": mark,
            "color": colors,
        },
    )
    before, _, after = page.partition(mark)
    return before, after


def _spoilt(name: str) -> Problem:
    return Problem(
        "template/spoilt-field",
        "a field's text was cut or changed",
        Place(f"templates/{name}"),
        "print a field with {{ … }} alone, without filters or slices",
    )
