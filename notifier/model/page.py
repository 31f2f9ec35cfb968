"""How the page of a notice is built, and how its links are localized."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from notifier.model.values import PartialDate, Text


class FaqStyle(StrEnum):
    """How questions and answers are laid out in Markdown."""

    LIST = "list"
    COLLAPSIBLE = "collapsible"
    HEADINGS = "headings"


class LinkForm(StrEnum):
    """How an address of a host names its language; the table of content/links.py."""

    PATH_LOCALE = "path-locale"
    PATH_COUNTRY = "path-country"
    QUERY_LANG = "query-lang"
    UNCHANGED = "unchanged"


# The alerts of the Experience League dialect.
ALERT_TYPES = (
    "NOTE",
    "TIP",
    "IMPORTANT",
    "CAUTION",
    "WARNING",
    "ADMINISTRATION",
    "ADMIN",
    "AVAILABILITY",
    "PREREQUISITES",
    "ERROR",
    "INFO",
    "SUCCESS",
    "MORELIKETHIS",
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: a standard one by *id* alone, or the author's own."""

    id: str
    heading: Text | None = None
    text: Text | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """A piece of software that changes, with its versions."""

    name: Text
    from_version: str | None = None
    to_version: str | None = None
    condition: Text | None = None
    end_of_support: PartialDate | None = None
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """A call-out in a section; *type* is one of ALERT_TYPES."""

    type: str
    section: str
    text: Text


@dataclass(frozen=True, slots=True)
class TocEntry:
    """Where the page stands in the table of contents of its docs tree."""

    file: str = "TOC.md"
    section: str | None = None
    title: Text | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """How the page is built: path, outline, anchors, front matter.

    *anchors* maps `title` and section ids to fixed ASCII anchors. *front_matter* holds
    the author's keys in order, each with its value as YAML source, spelled as written;
    *front_matter_by_locale* the same per locale tag.
    """

    path: str | None = None
    heading: Text | None = None
    outline: tuple[Section, ...] = ()
    components: tuple[Component, ...] = ()
    alerts: tuple[Alert, ...] = ()
    faq_style: FaqStyle = FaqStyle.LIST
    anchors: Mapping[str, str] | None = None
    front_matter: tuple[tuple[str, str], ...] = ()
    front_matter_by_locale: Mapping[str, tuple[tuple[str, str], ...]] | None = None
    toc: TocEntry | None = None


@dataclass(frozen=True, slots=True)
class LinkRule:
    """How links to *host* are localized."""

    host: str
    form: LinkForm
