"""Compile documents: one Jinja pass to Markdown, then the views of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from jinja2 import Environment

from notifier.content.dialect import parse, tidy, to_html
from notifier.content.editions import Edition, EditionKey
from notifier.content.faq import FaqView, view_faq
from notifier.content.fields import Record, TokenBook, is_spoilt, tokens
from notifier.content.front_matter import front_matter
from notifier.content.labels import alert_labels
from notifier.content.library import CodeCache, Library
from notifier.content.page_views import PageView, view_page
from notifier.content.palette import Palette, palette
from notifier.content.phase_views import PhaseView, view_phases
from notifier.content.placing import misplaced_fields
from notifier.content.shape import (
    CONTACT_FIELDS,
    CUSTOMER_FIELDS,
    WAVE_FIELDS,
)
from notifier.content.template_problems import template_problem
from notifier.content.templates import make_environment, render
from notifier.content.translations import own_folders
from notifier.content.views import NoticeView, environment_name, view_notice
from notifier.content.wording import Wording, too_complex, word
from notifier.errors import NotifierError, Place, Problem, raise_errors
from notifier.language.catalogs import Catalog
from notifier.language.numbers import plural_sample
from notifier.language.typography import sentence_join
from notifier.model.notice import Notice
from notifier.model.schedule import Plan
from notifier.model.values import Text

DOCUMENTS = ("page", "faq", "announcement")
PUBLIC = frozenset({"page", "faq"})


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
    _wordings: list[Wording] = field(default_factory=list)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Return the folders of the author's templates, nearest first."""
        return tuple(each / "templates" for each in own_folders(self.notice))

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

    def misses(self) -> dict[str, list[Text | str]]:
        """Return, by locale, what had no translation in anything worded so far."""
        missing: dict[str, list[Text | str]] = {}
        for wording in self._wordings:
            missing.setdefault(wording.lang, []).extend(wording.misses)
        return missing

    def _compile(self, key: EditionKey) -> Edition:
        name = f"documents/{key.document}.md.j2"
        try:
            telling = self._tell(key)
            markdown = render(telling.environment.get_template(name), telling.variables)
            if is_spoilt(markdown):
                raise NotifierError([_spoilt(name)])
            return _finish(telling, tidy(markdown), self.notice)
        except NotifierError:
            raise
        except Exception as error:  # whatever the author of a template got wrong
            problem = template_problem(error, name, folders=self.folders)
            raise NotifierError([problem]) from error

    def _tell(self, key: EditionKey) -> _Telling:
        wording = self.wording(key.lang, key.tag)
        environment = make_environment(
            Library(self.folders, key.lang),
            gettext=wording.gettext,
            ngettext=wording.ngettext,
            codes=self.codes,
        )
        environment.globals["sentences"] = lambda *texts: sentence_join(
            tuple(filter(None, texts)), wording.lang
        )
        telling = _Telling(
            key,
            wording,
            environment,
            TokenBook(),
            view_notice(self.notice, wording),
            view_page(self.notice, self.plan, wording),
            view_phases(self.plan, self.notice, wording),
        )
        listed = key.document == "page" and any(
            section.id == "audience" for section in telling.page.outline
        )
        faq = view_faq(
            self.notice, wording, environment, view=telling.notice, listed=listed
        )
        fields = _fields(key, telling.book, self)
        return replace(telling, faq=faq, fields=fields)


@dataclass(frozen=True, slots=True)
class _Telling:
    """The facts of one document in the words of one locale."""

    key: EditionKey
    wording: Wording
    environment: Environment
    book: TokenBook
    notice: NoticeView
    page: PageView
    phases: tuple[PhaseView, ...]
    faq: tuple[FaqView, ...] = ()
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def variables(self) -> dict[str, object]:
        """Return the variables of the template."""
        return {
            "notice": self.notice,
            "page": self.page,
            "phases": self.phases,
            "faq": self.faq,
            **self.fields,
        }


def _fields(key: EditionKey, book: TokenBook, compiler: Compiler) -> dict[str, object]:
    """Return the fields of a document that has a reader; public pages have none."""
    if key.document in PUBLIC or key.shape is None:
        return {}
    environment = key.shape.environment
    wording = compiler.wording(key.lang, key.tag)
    name = environment and environment_name(environment, compiler.notice, wording)
    sample = plural_sample(key.shape.count, key.lang)
    return {
        "shape": key.shape,
        "environment": name,
        "wave": Record("wave", book, WAVE_FIELDS),
        "contact": Record("contact", book, CONTACT_FIELDS | compiler.contact_columns),
        "customer": Record("customer", book, CUSTOMER_FIELDS, {"count": sample}),
    }


def _finish(telling: _Telling, markdown: str, notice: Notice) -> Edition:
    wording = telling.wording
    document = f"documents/{telling.key.document}.md.j2"
    try:
        tree = parse(markdown, labels=alert_labels(wording, markdown))
    except ValueError:
        raise_errors(too_complex(wording))
        raise
    raise_errors(misplaced_fields(tree, document))
    body = to_html(tree)
    if tokens(body) != tokens(markdown):
        raise NotifierError([_spoilt(document)])
    title = _title(telling)
    matter = front_matter(notice, wording) if telling.key.document == "page" else ""
    return Edition(
        key=telling.key,
        title=title,
        markdown=matter + markdown,
        body=body,
        frame=_frame(telling, title, palette(notice.brand.color)),
        tree=tree,
        book=telling.book,
        faq=telling.faq,
        phases=_phase_sentences(telling),
        complete=not wording.misses,
    )


def _frame(telling: _Telling, title: str, colors: Palette) -> tuple[str, str]:
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


def _title(telling: _Telling) -> str:
    """Return the title of a document as plain text, with the date of a wave."""
    view = telling.notice
    shape = telling.key.shape
    if telling.key.document in PUBLIC or shape is None or not shape.window:
        return view.plain_title
    facts = telling.environment.get_template("macros/facts.md.j2").module
    date = telling.fields["wave"].date  # type: ignore[attr-defined]  # a Record
    return str(facts.subject(view.plain_title, date))  # type: ignore[attr-defined]


def _phase_sentences(telling: _Telling) -> tuple[str, ...]:
    macros = telling.environment.get_template("macros/timeline.md.j2").module
    return tuple(
        tidy(str(macros.sentence(phase))).strip()  # type: ignore[attr-defined]
        for phase in telling.phases
    )


def _spoilt(name: str) -> Problem:
    return Problem(
        "template/spoilt-field",
        "a field's text was cut or changed",
        Place(f"templates/{name}"),
        "print a field with {{ … }} alone, without filters or slices",
    )
