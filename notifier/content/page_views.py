"""What templates see of the page: outline, anchors, alerts, components."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from notifier.content.dialect import escape_plain
from notifier.content.views import date_text
from notifier.content.wording import Wording
from notifier.model.notice import Notice
from notifier.model.page import Component, Section
from notifier.model.schedule import PhaseState, Plan


@dataclass(frozen=True, slots=True)
class AlertView:
    """A call-out; *quoted* is its text with `>` before each line."""

    type: str
    quoted: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of the page; *anchor* is `` {#id}``, ready to stand after a heading."""

    id: str
    heading: str
    text: str
    anchor: str
    alerts: tuple[AlertView, ...]


@dataclass(frozen=True, slots=True)
class ComponentView:
    """A component with its versions; what is not told is empty."""

    name: str
    from_version: str
    to_version: str
    end_of_support: str
    condition: str
    text: str


@dataclass(frozen=True, slots=True)
class PageView:
    """How the page is built; *over* tells that every phase is completed."""

    heading: str
    outline: tuple[SectionView, ...]
    components: tuple[ComponentView, ...]
    component_columns: ComponentView
    faq_style: str
    over: bool
    anchors: dict[str, str]

    def anchor(self, id: str) -> str:
        """Return the anchor of the title or a section, as it stands after a heading."""
        return f" {{#{self.anchors[id]}}}"


def view_page(notice: Notice, plan: Plan, wording: Wording) -> PageView:
    """Return the page's structure in the words of one locale."""
    anchors = page_anchors(notice)
    components = tuple(
        _component(component, wording) for component in notice.page.components
    )
    phases = plan.phases
    return PageView(
        heading=wording.plain(notice.page.heading or notice.title),
        outline=tuple(
            _section(section, notice, wording, anchors=anchors)
            for section in notice.page.outline
        ),
        components=components,
        component_columns=_columns(components),
        faq_style=notice.page.faq_style.value,
        over=bool(phases)
        and all(phase.state is PhaseState.COMPLETED for phase in phases),
        anchors=anchors,
    )


def page_anchors(notice: Notice) -> dict[str, str]:
    """Return the anchor of the title and of each section, the same in all locales."""
    named = {"title": notice.id, "faq": "faq", **(notice.page.anchors or {})}
    for section in notice.page.outline:
        named[section.id] = section.anchor or named.get(section.id, section.id)
    return named


def _section(
    section: Section, notice: Notice, wording: Wording, *, anchors: dict[str, str]
) -> SectionView:
    return SectionView(
        id=section.id,
        heading=wording.any(section.heading),
        text=wording.any(section.text),
        anchor=f" {{#{anchors[section.id]}}}",
        alerts=tuple(
            AlertView(alert.type, _quoted(wording.any(alert.text)))
            for alert in notice.page.alerts
            if alert.section == section.id
        ),
    )


def _quoted(markdown: str) -> str:
    return "\n".join(f">{line}" for line in markdown.splitlines())


def _component(component: Component, wording: Wording) -> ComponentView:
    return ComponentView(
        name=wording.plain(component.name),
        from_version=escape_plain(component.from_version or ""),
        to_version=escape_plain(component.to_version or ""),
        end_of_support=date_text(component.end_of_support, wording),
        condition=wording.any(component.condition),
        text=wording.any(component.text),
    )


def _columns(components: Sequence[ComponentView]) -> ComponentView:
    """Return, for each column of the table, a text if any component fills it."""
    return ComponentView(
        **{
            column.name: next(
                filter(None, (getattr(each, column.name) for each in components)), ""
            )
            for column in fields(ComponentView)
        }
    )
