"""What the preview makes documents from, what it is asked for, and what it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from notifier.content.editions import Letter
from notifier.content.library import CodeCache
from notifier.errors import Problem
from notifier.model.notice import Notice
from notifier.model.schedule import Plan, PlannedWave
from notifier.outputs.mail.message import Letterhead
from notifier.outputs.readers import Reader

# Path, time of change and size.
TemplateState = tuple[str, int, int]
# By the address in the HTML, what kind of picture it is, and its bytes.
Pictures = Mapping[str, tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Case:
    """What the documents of all locales are made from; equal cases make equal ones.

    *waves* are those to be announced; *templates* tells the state of the template
    files; *unsendable* is what `emails` would complain of. Without *can_send*, there
    are no whole messages, only what they say.
    """

    notice: Notice
    plan: Plan
    now: datetime
    letterhead: Letterhead
    waves: Mapping[str, PlannedWave]
    templates: frozenset[TemplateState]
    unsendable: tuple[Problem, ...]
    can_send: bool
    codes: CodeCache = field(compare=False)

    @property
    def columns(self) -> frozenset[str]:
        """Return the further columns of `contacts.csv`."""
        contacts = self.notice.contacts
        return frozenset(contacts.extra) if contacts else frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """Which document to show: *wave* is empty for pages and for instances without one.

    Without a *reader*, sample values are shown; an empty *zone* is the reader's own.
    """

    document: str
    locale: str
    wave: str = ""
    reader: Reader | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What a mail has beside its texts; *calendars* are file names and contents."""

    headers: tuple[tuple[str, str], ...]
    calendars: tuple[tuple[str, str], ...]
    source: str


@dataclass(frozen=True, slots=True)
class View:
    """A document to look at, None where problems prevent it, and what to say of it.

    *pictures* are what its HTML refers to; *made* are the texts among the places of
    *problems* that stand in no file yet; *untranslated* is the share of its texts
    without a translation.
    """

    letter: Letter | None
    message: Message | None = None
    pictures: Pictures = field(default_factory=dict)
    made: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    untranslated: float = 0.0
