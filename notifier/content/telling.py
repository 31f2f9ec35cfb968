"""The facts of one document in the words of one locale, as its template gets them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from jinja2 import Environment

from notifier.content.dialect import tidy
from notifier.content.editions import EditionKey
from notifier.content.faq import FaqView, can_fold, unfit_titles, view_faq
from notifier.content.fields import Record, TokenBook
from notifier.content.library import CodeCache, Library
from notifier.content.page_views import PageView, view_page
from notifier.content.phase_views import PhaseView, view_phases
from notifier.content.shape import CONTACT_FIELDS, CUSTOMER_FIELDS, WAVE_FIELDS
from notifier.content.templates import make_environment
from notifier.content.views import NoticeView, environment_name, view_notice
from notifier.content.wording import Wording
from notifier.errors import raise_errors
from notifier.language.numbers import plural_sample
from notifier.language.typography import sentence_join
from notifier.model.notice import Notice
from notifier.model.page import FaqStyle
from notifier.model.schedule import Plan

# The locale of words and that of dates, whether foreign texts are marked, and whether
# the document is the page.
ViewKey = tuple[str, str, bool, bool]
DOCUMENTS = ("page", "faq", "announcement")
PUBLIC = frozenset({"page", "faq"})


@dataclass(frozen=True, slots=True)
class Source:
    """What every document of a notice is told from.

    *folders* hold the author's templates, nearest first; *columns* are the further
    columns of `contacts.csv`, which are fields by their names. *views* keeps what has
    been worded.
    """

    notice: Notice
    plan: Plan
    folders: tuple[Path, ...]
    columns: frozenset[str]
    codes: CodeCache
    views: dict[ViewKey, Views] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Views:
    """What documents in the same words have in common; *wording* has worded it."""

    notice: NoticeView
    page: PageView
    phases: tuple[PhaseView, ...]
    faq: tuple[FaqView, ...]
    wording: Wording


@dataclass(frozen=True, slots=True)
class Telling:
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


def _fields(
    key: EditionKey, book: TokenBook, source: Source, wording: Wording
) -> dict[str, object]:
    """Return the fields of a document that has a reader; public pages have none."""
    if key.document in PUBLIC or key.shape is None:
        return {}
    environment = key.shape.environment
    name = environment and environment_name(environment, source.notice, wording)
    sample = plural_sample(key.shape.count, key.lang)
    return {
        "shape": key.shape,
        "environment": name,
        # Without a wave, its fields would have no value: they are undefined.
        "wave": Record("wave", book, WAVE_FIELDS if key.shape.window else ()),
        "contact": Record("contact", book, CONTACT_FIELDS | source.columns),
        "customer": Record("customer", book, CUSTOMER_FIELDS, {"count": sample}),
    }


def tell(key: EditionKey, source: Source, wording: Wording) -> Telling:
    """Return the facts of the document *key* in *wording*.

    Raises:
        NotifierError: a question cannot be laid out as the notice wants it.
    """
    return for_medium(_told(key, source, wording), key.medium, source.notice)


def for_medium(telling: Telling, medium: str, notice: Notice) -> Telling:
    """Return *telling* with the questions laid out as *medium* shows them.

    The web page is ours to render: there, every question folds.

    Raises:
        NotifierError: a question cannot be laid out as the notice wants it.
    """
    style = notice.page.faq_style
    if medium == "web":
        style = FaqStyle.COLLAPSIBLE if can_fold(telling.faq) else FaqStyle.LIST
    elif style is FaqStyle.COLLAPSIBLE:
        raise_errors(unfit_titles(notice, telling.faq))
    page = replace(telling.page, faq_style=style.value)
    return replace(telling, key=replace(telling.key, medium=medium), page=page)


def _told(key: EditionKey, source: Source, wording: Wording) -> Telling:
    book = TokenBook()
    seen = _views(source, wording, is_page=key.document == "page")
    return Telling(
        key,
        wording,
        _environment(source, wording),
        book,
        seen.notice,
        seen.page,
        seen.phases,
        seen.faq,
        _fields(key, book, source, wording),
    )


def _environment(source: Source, wording: Wording) -> Environment:
    environment = make_environment(
        Library(source.folders, wording.lang, source.codes.sources),
        gettext=wording.gettext,
        ngettext=wording.ngettext,
        codes=source.codes,
    )
    environment.globals["sentences"] = lambda *texts: sentence_join(
        tuple(filter(None, texts)), wording.lang
    )
    return environment


def _views(source: Source, wording: Wording, *, is_page: bool) -> Views:
    """Return the views in the words of *wording*, which remembers what they lack."""
    known = (wording.lang, wording.tag, wording.marks, is_page)
    if (found := source.views.get(known)) is None:
        found = _viewed(source, wording.afresh, is_page=is_page)
        source.views[known] = found
    wording.remember(found.wording)
    return found


def _viewed(source: Source, wording: Wording, *, is_page: bool) -> Views:
    notice, plan = source.notice, source.plan
    view = view_notice(notice, wording)
    page = view_page(notice, plan, wording)
    phases = view_phases(plan, notice, wording)
    listed = is_page and any(section.id == "audience" for section in page.outline)
    environment = _environment(source, wording)
    faq = view_faq(notice, wording, environment, view=view, listed=listed)
    return Views(view, page, phases, faq, wording)


def title_of(telling: Telling) -> str:
    """Return the title of a document as plain text, with the date of a wave."""
    view = telling.notice
    shape = telling.key.shape
    if telling.key.document in PUBLIC or shape is None or not shape.window:
        return view.plain_title
    facts = telling.environment.get_template("macros/facts.md.j2").module
    date = telling.fields["wave"].date  # type: ignore[attr-defined]  # a Record
    return str(facts.subject(view.plain_title, date))  # type: ignore[attr-defined]


def phase_sentences(telling: Telling) -> tuple[str, ...]:
    """Return a Markdown sentence per phase."""
    macros = telling.environment.get_template("macros/timeline.md.j2").module
    sentences = [
        str(macros.sentence(phase))  # type: ignore[attr-defined]
        for phase in telling.phases
    ]
    return tuple(telling.wording.localized(tidy(each)).strip() for each in sentences)
