"""Make the documents of one locale, as they will be published and sent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from email import policy
from email.parser import BytesHeaderParser

from notifier.content.compiler import Compiler
from notifier.content.dialect.lint_page import lint_problems
from notifier.content.editions import EditionKey, Letter, bind, fill
from notifier.content.mail_page import LOGO_ID
from notifier.content.translations import reader_locale, translation_problems
from notifier.content.wave_words import wave_words
from notifier.content.waves import wave_values
from notifier.content.wording import word
from notifier.errors import NotifierError, Problem, Severity, in_order, raise_errors
from notifier.language.catalogs import Catalog
from notifier.language.pseudo import PSEUDO_LOCALES
from notifier.language.typography import bare
from notifier.model.audience import Contact
from notifier.model.values import Text
from notifier.outputs.mail.binder import Binder
from notifier.outputs.mail.due import Due, EmailRequest, Run
from notifier.outputs.mail.message import (
    Addressee,
    BoundMessage,
    merge_message,
)
from notifier.outputs.pages.docs_tree import page_path
from notifier.outputs.readers import (
    SAMPLE_INSTANCES,
    Reader,
    contact_values,
    sample_values,
    values_in,
)
from notifier.preview.case import Case, Choice, Message, Pictures, View
from notifier.preview.web import web_page

RULES = {
    "preview/failed": "a document cannot be made, through a fault of this program",
    "preview/unconcerned": "the chosen contact has no instance in the wave, so that it "
    "gets no such message",
}
# Stand-ins where a mark such as ‹customer id› could not stand in a real message.
_SAMPLE_EMAIL = "contact@example.com"
_SAMPLE_CUSTOMER = "customer-id"
_SAMPLE_IDS = tuple(f"instance-{number + 1}" for number in range(SAMPLE_INSTANCES))


@dataclass(frozen=True, slots=True)
class _Tally(Catalog):
    """A catalog that writes down what it is asked for."""

    asked: set[str] = field(default_factory=set, compare=False)

    def find(self, message: str, context: str | None = None) -> str | None:
        """Return the translation of *message*, or None."""
        self.asked.add(message)
        return Catalog.find(self, message, context)

    def _many(self, context: str | None, singular: str, plural: str, n: int) -> str:
        self.asked.add(singular)
        return Catalog._many(self, context, singular, plural, n)


@dataclass(eq=False)
class Press:
    """Makes the documents of the locale *tag*; keeps what it has compiled.

    *damage* is what is wrong with the catalog's files; *default* is the catalog of the
    default locale, whose text may follow. The words of a pseudo-locale are set as those
    of the language that it imitates.
    """

    tag: str
    case: Case
    catalog: Catalog
    default: Catalog
    damage: tuple[Problem, ...]
    _asked: set[str] = field(default_factory=set)
    _sizes: dict[EditionKey, int] = field(default_factory=dict)
    _published: tuple[str, Pictures, tuple[Text | str, ...]] | None = None

    def __post_init__(self) -> None:
        case = self.case
        self._compiler = self._new_compiler()
        # Whose instances are told of is said per message, see `_addressee`.
        run = Run(
            *(case.notice, case.plan, self._compiler, EmailRequest()),
            *(case.letterhead, case.waves, {}),
        )
        self._binder = Binder(run)

    def _new_compiler(self) -> Compiler:
        case = self.case
        return Compiler(case.notice, case.plan, self._catalog, case.columns, case.codes)

    def is_like(self, other: Press) -> bool:
        """Tell whether both make the same documents."""
        return (self.damage, self.catalog, self.default, self.case) == (
            *(other.damage, other.catalog, other.default, other.case),
        )

    @property
    def lang(self) -> str:
        """Return the locale of the words."""
        return PSEUDO_LOCALES.get(self.tag, self.tag)

    def view(self, choice: Choice) -> View:
        """Return the document *choice*, or the problems that prevent it."""
        try:
            raise_errors(self.damage)
            if choice.document == "announcement":
                return self._announcement(choice)
            return self._page(choice.document)
        except NotifierError as error:
            return View(None, problems=error.problems)
        except Exception as error:  # others can still be looked at
            return View(None, problems=(failure(error),))

    def _page(self, document: str) -> View:
        self._asked.clear()
        key = EditionKey(document, self.lang, self.lang)
        edition = self._compiler.edition(key)
        letter = fill(bind(edition, {}), {})
        if document != "page":
            return self._viewed(letter, key, edition.misses)
        html, pictures, misses = self._web()
        letter = replace(letter, html=html)
        view = self._viewed(letter, key, (*edition.misses, *misses))
        found, made = self._findings(letter.markdown)
        problems = in_order((*view.problems, *found))
        return replace(view, pictures=pictures, made=made, problems=problems)

    def _findings(self, markdown: str) -> tuple[tuple[Problem, ...], dict[str, str]]:
        """Return what `publish` says of the page, and the text that it means."""
        if self.tag in PSEUDO_LOCALES:
            return (), {}
        name = f"docs/{self.tag}/{page_path(self.case.notice)}"
        return lint_problems(markdown, name, lang=self.tag), {name: markdown}

    def _web(self) -> tuple[str, Pictures, tuple[Text | str, ...]]:
        """Return the page as it is published, its pictures, and what they lack."""
        if self._published is None:
            # A compiler of its own, which tells what this page alone lacks.
            compiler = self._new_compiler()
            html, pictures = web_page(self.case, compiler, self.lang)
            misses = tuple(compiler.misses().get(self.lang, ()))
            self._published = html, pictures, misses
        return self._published

    def _announcement(self, choice: Choice) -> View:
        case = self.case
        self._asked.clear()
        due, said = self._due(choice)
        bound = self._binder.message(due)
        tags = (due.tag, *bound.bound.langs[1:])
        to = self._addressee(due, choice.reader, tags)
        edition = bound.bound.edition
        misses = edition.misses
        if wave := case.waves.get(due.wave):
            wording = word(case.notice, self._catalog(self.lang), due.tag)
            values = wave_values(wave, wording, zone=due.zone)
            wave_words(wave, case.notice, wording, values=values)
            misses += wording.misses
        view = self._viewed(fill(bound.bound, to.values), edition.key, misses)
        said = (*view.problems, *case.unsendable, *said)
        message = _message(bound, to) if case.can_send else None
        return replace(
            view, message=message, pictures=self._logo(), problems=in_order(said)
        )

    def _logo(self) -> Pictures:
        logo = self.case.letterhead.logo
        return {f"cid:{LOGO_ID}": logo} if logo else {}

    def _viewed(
        self, letter: Letter, key: EditionKey, misses: tuple[Text | str, ...]
    ) -> View:
        size = self._sizes.setdefault(key, len(self._asked))
        missing = len(set(map(_source, misses)))
        found = translation_problems({self.tag: misses}, self.case.notice)
        share = missing / max(size, missing, 1)
        problems = in_order((*self.damage, *found))
        return View(letter, problems=problems, untranslated=share)

    def _due(self, choice: Choice) -> tuple[Due, tuple[Problem, ...]]:
        """Return the message that *choice* asks for, and what is odd about it."""
        wave = self.case.waves.get(choice.wave)
        there = wave.window.timezone if wave else "UTC"
        reader = choice.reader
        number, tag = SAMPLE_INSTANCES, self.lang
        said: tuple[Problem, ...] = ()
        if reader:
            there = reader.contact.timezone or there
            own = reader.in_wave(choice.wave)
            number = len(own) or number
            tag = self._formats(reader.contact)
            said = () if own else (_unconcerned(reader, choice.wave),)
        zone = choice.zone or there
        contact = reader.contact if reader else Contact("", "", "")
        due = Due("announcement", choice.wave, self.lang, tag, zone, number, contact)
        return due, said

    def _formats(self, contact: Contact) -> str:
        """Return how dates are written for *contact*, if it reads this locale."""
        try:
            (lang, tag), _ = reader_locale(self.case.notice, contact)
        except NotifierError:
            return self.lang
        return tag if lang == self.tag else self.lang

    def _addressee(
        self, due: Due, reader: Reader | None, tags: tuple[str, ...]
    ) -> Addressee:
        """Return whom the message is for, with values for each locale of *tags*."""
        if reader is None:
            given = {
                "contact.customer": _SAMPLE_CUSTOMER,
                "contact.locale": due.lang,
                "contact.timezone": due.zone,
            }
            values = values_in(
                tags, lambda tag: {**sample_values(self.case.columns, tag=tag), **given}
            )
            name = bare(values["contact.name"])
            to = (_SAMPLE_CUSTOMER, name, _SAMPLE_EMAIL, _SAMPLE_IDS)
            return Addressee(*to, values)
        contact, customer = reader.contact, reader.customer
        ids = tuple(each.id for each in reader.in_wave(due.wave)) or _SAMPLE_IDS
        told = values_in(
            tags, lambda tag: contact_values(contact, customer, ids, tag=tag)
        )
        return Addressee(contact.customer, contact.name, contact.email, ids, told)

    def _catalog(self, lang: str) -> Catalog:
        """Return the catalog of this locale, or of the default one that follows it."""
        own = self.catalog
        if self.tag in PSEUDO_LOCALES:
            return own
        if lang != self.lang:
            return self.default
        return _Tally(own.tag, own.source, own.translations, asked=self._asked)


def failure(error: Exception) -> Problem:
    """Return the problem that stands for an *error* that nobody foresaw."""
    message = f"{type(error).__name__}: {error}"[:200]
    hint = "this is a fault of notifier: please report it with the notice"
    return Problem("preview/failed", message, None, hint)


def _source(text: Text | str) -> str:
    return text.source if isinstance(text, Text) else text


def _unconcerned(reader: Reader, wave: str) -> Problem:
    where = f"wave {wave!r}" if wave else "no wave yet"
    return Problem(
        "preview/unconcerned",
        f"{reader.contact.email} has no instance in {where}, and gets no such message",
        None,
        "the instances shown are samples",
        Severity.WARNING,
    )


def _message(bound: BoundMessage, to: Addressee) -> Message:
    data = merge_message(bound, to)
    parsed = BytesHeaderParser(policy=policy.default).parsebytes(data)
    files = (("invite.ics", bound.person), ("maintenance.ics", bound.machine))
    return Message(
        tuple((name, str(value)) for name, value in parsed.items()),
        tuple(
            (name, form.fill(to.customer, to.instances).decode())
            for name, form in files
            if form is not None
        ),
        data.decode("ascii", "replace"),
    )
