"""The keys of `notice.yaml`."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from notifier.model.notice import (
    CalendarFor,
    Fallback,
    ImpactLevel,
    Kind,
    Rescheduling,
)
from notifier.model.page import ALERT_TYPES, FaqStyle, LinkForm
from notifier.model.values import Bound, Estimate
from notifier.notice import fields as f
from notifier.notice.faults import BadValue, Fault, quoted
from notifier.notice.keys import Keys, stated
from notifier.notice.values import one_of

# The first ones make the page where `outline` or `faq` is left out.
DEFAULT_OUTLINE = ("changes", "audience", "timeline", "impact", "faq")
STANDARD_SECTIONS = (*DEFAULT_OUTLINE, "components", "notification", "action")
DEFAULT_FAQ = ("mandatory", "audience", "downtime", "action", "testing", "reschedule")
STANDARD_QUESTIONS = (*DEFAULT_FAQ, "notification")


def _nothing(value: object) -> object:
    return None if value == "none" else value


def _alert(value: str) -> str:
    return one_of(value, ALERT_TYPES, "alert", "choice")


def _standard(value: str) -> str:
    return one_of(value, STANDARD_QUESTIONS, "standard question", "choice")


def _refuse(rule: str, message: str, hint: str) -> Exception:
    return f.refuse(BadValue(Fault(rule, message, hint)))


class PublisherKeys(Keys):
    """Who publishes."""

    name: f.Line
    domain: f.Host | None = None
    site: f.Url | None = None
    sender: f.Sender | None = None


class SupportKeys(Keys):
    """Where customers get help."""

    name: f.Plain
    url: f.SupportUrl


class BrandKeys(Keys):
    """Colour and logo."""

    color: f.Color | None = None
    logo: f.RelativePath | None = None
    logo_alt: f.Plain | None = None


class AudienceKeys(Keys, shorthand="name"):
    """A group of customers."""

    name: f.Plain
    condition: f.Plain | None = None


class ImpactKeys(Keys):
    """What customers notice during a window."""

    level: Annotated[
        ImpactLevel, f.one_word(ImpactLevel, "level"), f.words_of(ImpactLevel)
    ] = ImpactLevel.OUTAGE
    unavailable: tuple[f.Plain, ...] = ()
    unaffected: tuple[f.Plain, ...] = ()


class ExpectedKeys(Keys, shorthand="about"):
    """An expected duration: exactly one of the three."""

    about: f.Expected | None = None
    at_most: f.PositiveLength | None = None
    average: f.PositiveLength | None = None

    @model_validator(mode="after")
    def _one(self) -> ExpectedKeys:
        if len(self.model_fields_set) != 1:
            message = f"{len(self.model_fields_set)} expected durations"
            raise _refuse("expected", message, "write one of about, at_most, average")
        return self

    def estimate(self) -> Estimate:
        """Return what is expected."""
        if self.at_most is not None:
            return Estimate(self.at_most, self.at_most, Bound.AT_MOST)
        if self.average is not None:
            return Estimate(self.average, self.average, Bound.AVERAGE)
        assert self.about is not None
        return self.about


class ActionKeys(Keys, shorthand="text"):
    """What customers must do."""

    text: f.Markdown
    by: f.When | None = None
    if_not: f.Markdown | None = None


class RescheduleKeys(Keys, shorthand="allowed"):
    """Whether a window can be moved."""

    allowed: Annotated[
        Rescheduling, f.one_word(Rescheduling, "choice"), f.words_of(Rescheduling)
    ]
    reason: f.Markdown | None = None
    until: f.When | None = None


class DutiesKeys(Keys):
    """What the change asks of customers."""

    mandatory: f.YesNo = True
    action: Annotated[ActionKeys | None, BeforeValidator(_nothing)] = None
    testing: Annotated[f.Markdown | None, BeforeValidator(_nothing)] = None
    reschedule: RescheduleKeys | None = None


class ChangeKeys(Keys):
    """What was changed in the notice after it was published."""

    date: f.Day
    text: f.Markdown


class QuestionKeys(Keys, shorthand="standard"):
    """A standard question, or the author's own with its answer."""

    standard: (
        Annotated[str, f.scalar(_standard), f.words(STANDARD_QUESTIONS)] | None
    ) = None
    question: f.Plain | None = None
    answer: f.Markdown | None = None
    anchor: f.Anchor | None = None

    @model_validator(mode="after")
    def _standard_or_own(self) -> QuestionKeys:
        if self.standard and self.question:
            message = f"both the standard question {self.standard!r} and one of its own"
            raise _refuse("question", message, "remove 'standard' or 'question'")
        if not self.standard and not (self.question and self.answer):
            hint = "write {standard: …}, or {question: …, answer: …}"
            raise _refuse("question", "a question without its answer", hint)
        return self


class SectionKeys(Keys, shorthand="id"):
    """A part of the page: a standard one, or the author's own."""

    id: f.Id
    heading: f.Plain | None = None
    text: f.Markdown | None = None
    anchor: f.Anchor | None = None

    @model_validator(mode="after")
    def _standard_or_own(self) -> SectionKeys:
        if self.id in STANDARD_SECTIONS:
            return self
        if self.heading is None and self.text is None:
            hint = "or write {id: …, heading: …, text: …} for a section of your own"
            message = f"unknown section {quoted(self.id)}"
            fault = Fault("section", message, hint, self.id, STANDARD_SECTIONS)
            raise f.refuse(BadValue(fault))
        if self.heading is None or self.text is None:
            message = f"section {quoted(self.id)} has no heading or no text"
            raise _refuse("section", message, "write {id: …, heading: …, text: …}")
        return self


class ComponentKeys(Keys, shorthand="name"):
    """A piece of software that changes."""

    name: f.Plain
    from_version: f.Line | None = Field(None, alias="from")
    to_version: f.Line | None = Field(None, alias="to")
    condition: f.Plain | None = None
    end_of_support: f.When | None = None
    text: f.Markdown | None = None


class AlertKeys(Keys):
    """A call-out in a section."""

    type: Annotated[str, f.scalar(_alert), f.words(ALERT_TYPES)] = "NOTE"
    section: f.Id
    text: f.Markdown


class TocKeys(Keys):
    """Where the page stands in the table of contents."""

    file: f.RelativePath = "TOC.md"
    section: f.Line | None = None
    title: f.Plain | None = None


class PageKeys(Keys):
    """How the page is built."""

    path: f.MarkdownPath | None = None
    heading: f.Plain | None = None
    outline: tuple[SectionKeys, ...] | None = None
    components: tuple[ComponentKeys, ...] = ()
    alerts: tuple[AlertKeys, ...] = ()
    faq_style: Annotated[
        FaqStyle, f.one_word(FaqStyle, "style"), f.words_of(FaqStyle)
    ] = FaqStyle.LIST
    anchors: Annotated[dict[f.Id, f.Anchor] | None, BeforeValidator(stated)] = Field(
        None, examples=["title: migration"]
    )
    front_matter: dict[str, object] | None = Field(None, examples=["author: Ada"])
    toc: TocKeys | None = None


class LinkKeys(Keys):
    """How links to a further host are localized."""

    host: f.Host
    rule: Annotated[LinkForm, f.one_word(LinkForm, "rule"), f.words_of(LinkForm)]


class DeliveryKeys(Keys):
    """How mails are made."""

    calendar: Annotated[
        CalendarFor, f.one_word(CalendarFor, "reader"), f.words_of(CalendarFor)
    ] = CalendarFor.BOTH
    preferences_url: f.TemplateUrl | None = None
    one_click: f.YesNo = False


class NoticeKeys(Keys):
    """The facts of a notice: what, why, for whom, and what customers must do."""

    notice: f.Id
    kind: Annotated[Kind, f.one_word(Kind, "kind"), f.words_of(Kind)]
    title: f.Plain
    description: f.Plain | None = None
    reason: f.Markdown | None = None
    publisher: PublisherKeys
    support: SupportKeys
    brand: BrandKeys = Field(default_factory=BrandKeys.model_construct)
    audience: tuple[AudienceKeys, ...] = ()
    not_affected: tuple[AudienceKeys, ...] = ()
    impact: ImpactKeys = Field(default_factory=ImpactKeys.model_construct)
    expected: ExpectedKeys | None = None
    customer: DutiesKeys = Field(default_factory=DutiesKeys.model_construct)
    notice_period: Annotated[dict[f.Id, f.Length] | None, BeforeValidator(stated)] = (
        Field(None, examples=["production: 30 days"])
    )
    changes: tuple[ChangeKeys, ...] = ()
    archived: f.Day | None = None
    locales: tuple[f.Tag, ...] = ()
    default_locale: f.Tag | None = None
    fallback: Annotated[
        Fallback, f.one_word(Fallback, "fallback"), f.words_of(Fallback)
    ] = Fallback.FORBID
    faq: tuple[QuestionKeys, ...] | None = None
    page: PageKeys = Field(default_factory=PageKeys.model_construct)
    links: tuple[LinkKeys, ...] = ()
    delivery: DeliveryKeys = Field(default_factory=DeliveryKeys.model_construct)
    columns: Annotated[dict[f.Line, f.Line], BeforeValidator(stated)] = Field(
        default_factory=dict, examples=["name: Full name"]
    )
