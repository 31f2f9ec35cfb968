"""A notice as its folder states it: what changes, for whom, and what they must do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from notifier.errors import Place
from notifier.model.audience import ContactTable, Customer, Instance
from notifier.model.page import LinkRule, Page
from notifier.model.schedule import Schedule
from notifier.model.values import Estimate, PartialDate, Text


class Kind(StrEnum):
    """What sort of change is announced."""

    UPGRADE = "upgrade"
    MIGRATION = "migration"
    MAINTENANCE = "maintenance"
    SECURITY_UPDATE = "security-update"


class ImpactLevel(StrEnum):
    """How far the service suffers during a window (the X-MAINTNOTE impacts)."""

    OUTAGE = "outage"
    DEGRADED = "degraded"
    REDUCED_REDUNDANCY = "reduced-redundancy"
    NO_IMPACT = "no-impact"


class Fallback(StrEnum):
    """What to do where a translation is missing."""

    FORBID = "forbid"
    WARN = "warn"
    BILINGUAL = "bilingual"


class NoticeStatus(StrEnum):
    """Where a notice as a whole stands."""

    PLANNED = "planned"
    STARTED = "started"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


class Rescheduling(StrEnum):
    """Whether a customer may move a window."""

    NO = "no"
    REQUEST = "request"
    CHOOSE = "choose"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes; *domain* stands in UIDs and Message-IDs, *sender* in From."""

    name: str
    domain: str | None = None
    site: str | None = None
    sender: str | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """Where customers get help; *name* is printed as a label."""

    name: Text
    url: str


@dataclass(frozen=True, slots=True)
class Brand:
    """Colour `#rrggbb` and logo, a file beside the one that names it."""

    color: str | None = None
    logo: Path | None = None
    logo_alt: Text | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """A group of customers, and the condition under which it counts."""

    name: Text
    condition: Text | None = None


@dataclass(frozen=True, slots=True)
class Impact:
    """What customers notice during a window, in sentences."""

    level: ImpactLevel
    unavailable: tuple[Text, ...] = ()
    unaffected: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """What customers must do, until when, and what happens if they do not."""

    text: Text
    by: PartialDate | None = None
    if_not: Text | None = None


@dataclass(frozen=True, slots=True)
class Reschedule:
    """Whether, why and until when a window can be moved."""

    allowed: Rescheduling
    reason: Text | None = None
    until: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Duties:
    """What the change asks of customers; None says that nothing is asked."""

    mandatory: bool = True
    action: Action | None = None
    testing: Text | None = None
    reschedule: Reschedule = Reschedule(Rescheduling.NO)


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed in a notice after it was published."""

    date: date
    text: Text


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the FAQ.

    *standard* names a built-in question, whose answer follows the facts unless
    *answer* is given; an author's own question has *question* and *answer*.
    """

    id: str
    standard: str | None = None
    question: Text | None = None
    answer: Text | None = None
    anchor: str | None = None


class CalendarFor(StrEnum):
    """Who reads the calendar files of a mail."""

    BOTH = "both"
    MACHINE = "machine"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How mails are made: which calendars, and where recipients change preferences."""

    calendar: CalendarFor = CalendarFor.BOTH
    preferences_url: str | None = None
    one_click: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """One announced change, as its folder states it.

    None for *schedule*, *instances*, *customers* or *contacts* says that the folder has
    no such file; what depends on it is not made. *columns* maps our column names to
    those of the CSV files. From the day *archived* on, no contents list the notice.
    *places* gives the place of a key by its dotted path
    (`customer.action`), for problems that are found later.
    """

    folder: Path
    id: str
    kind: Kind
    title: Text
    publisher: Publisher
    support: Support
    locales: tuple[str, ...]
    default_locale: str
    impact: Impact
    description: Text | None = None
    reason: Text | None = None
    brand: Brand = Brand()
    audience: tuple[Audience, ...] = ()
    not_affected: tuple[Audience, ...] = ()
    expected: Estimate | None = None
    duties: Duties = Duties()
    notice_period: Mapping[str, timedelta] | None = None
    changes: tuple[Change, ...] = ()
    archived: date | None = None
    fallback: Fallback = Fallback.FORBID
    faq: tuple[Question, ...] = ()
    page: Page = field(default_factory=Page)
    links: tuple[LinkRule, ...] = ()
    delivery: Delivery = Delivery()
    schedule: Schedule | None = None
    instances: tuple[Instance, ...] | None = None
    customers: Mapping[str, Customer] | None = None
    contacts: ContactTable | None = None
    places: Mapping[str, Place] | None = None
