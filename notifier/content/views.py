"""What templates see: the facts of a notice as texts of one locale, ready to print.

Every text in a view is Markdown of the dialect, except where a name says `plain`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from notifier.content.dialect import escape_plain
from notifier.content.wording import Wording
from notifier.language.dates import (
    format_day,
    format_partial,
)
from notifier.language.durations import format_duration, format_estimate
from notifier.language.lists import format_list
from notifier.language.typography import sentence_join
from notifier.model.notice import Action, Audience, Notice
from notifier.model.schedule import Environment
from notifier.model.values import Estimate, PartialDate


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group of customers."""

    name: str
    condition: str


@dataclass(frozen=True, slots=True)
class ImpactView:
    """What customers notice; *expectations* are the items of the list on the page."""

    level: str
    expectations: tuple[str, ...]
    unavailable: tuple[str, ...]
    unaffected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionView:
    """What customers must do; *by* and *if_not* are empty where nothing is said."""

    text: str
    by: str
    if_not: str


@dataclass(frozen=True, slots=True)
class RescheduleView:
    """Whether a window can be moved: `no`, `request` or `choose`."""

    allowed: str
    reason: str
    until: str


@dataclass(frozen=True, slots=True)
class NoticePeriodView:
    """How long before a wave the customers of some environments are told."""

    environments: str
    duration: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """The newest change of a published notice."""

    date: str
    text: str


@dataclass(frozen=True, slots=True)
class NoticeView:
    """The facts of the notice that every document may use."""

    id: str
    kind: str
    title: str
    plain_title: str
    plain_description: str
    reason: str
    publisher: str
    support: str
    audience: tuple[GroupView, ...]
    not_affected: tuple[GroupView, ...]
    impact: ImpactView
    expected: str
    varies: bool
    scheduled: bool
    mandatory: bool
    action: ActionView | None
    testing: str
    reschedule: RescheduleView
    notice_periods: tuple[NoticePeriodView, ...]
    latest_change: ChangeView | None


def view_notice(notice: Notice, wording: Wording) -> NoticeView:
    """Return the facts of *notice* in the words of one locale."""
    duties = notice.duties
    plan = duties.reschedule
    return NoticeView(
        id=notice.id,
        kind=notice.kind.value,
        title=wording.plain(notice.title),
        plain_title=wording.text(notice.title),
        plain_description=(
            wording.text(notice.description) if notice.description else ""
        ),
        reason=wording.any(notice.reason),
        publisher=escape_plain(notice.publisher.name),
        support=wording.support_link,
        audience=_groups(notice.audience, wording),
        not_affected=_groups(notice.not_affected, wording),
        impact=_impact(notice, wording),
        expected=_estimate(notice.expected, wording),
        varies=_varies(notice),
        scheduled=notice.schedule is not None,
        mandatory=duties.mandatory,
        action=_action(duties.action, wording),
        testing=wording.any(duties.testing),
        reschedule=RescheduleView(
            plan.allowed.value, wording.any(plan.reason), date_text(plan.until, wording)
        ),
        notice_periods=_notice_periods(notice, wording),
        latest_change=_latest_change(notice, wording),
    )


def _groups(groups: Iterable[Audience], wording: Wording) -> tuple[GroupView, ...]:
    return tuple(
        GroupView(wording.plain(group.name), wording.any(group.condition))
        for group in groups
    )


def _impact(notice: Notice, wording: Wording) -> ImpactView:
    unavailable = tuple(wording.any(text) for text in notice.impact.unavailable)
    unaffected = tuple(wording.any(text) for text in notice.impact.unaffected)
    # What stays available belongs to the last thing that does not: one item, so that
    # nobody reads half of it.
    rest = sentence_join(unaffected, wording.lang)
    if unavailable and rest:
        last = sentence_join((unavailable[-1], rest), wording.lang)
        expectations = (*unavailable[:-1], last)
    else:
        expectations = unavailable or unaffected
    return ImpactView(notice.impact.level.value, expectations, unavailable, unaffected)


def _estimate(estimate: Estimate | None, wording: Wording) -> str:
    return format_estimate(estimate, wording.tag) if estimate else ""


def _varies(notice: Notice) -> bool:
    schedule = notice.schedule
    return schedule is not None and (
        schedule.model is not None or any(wave.duration for wave in schedule.waves)
    )


def date_text(date: PartialDate | None, wording: Wording) -> str:
    """Return a date of any precision; empty for None."""
    return format_partial(date, wording.tag) if date else ""


def _action(action: Action | None, wording: Wording) -> ActionView | None:
    if action is None:
        return None
    return ActionView(
        wording.any(action.text),
        date_text(action.by, wording),
        wording.any(action.if_not),
    )


def _notice_periods(notice: Notice, wording: Wording) -> tuple[NoticePeriodView, ...]:
    return tuple(
        NoticePeriodView(
            environments_text((environment,), notice, wording),
            format_duration(period, wording.tag),
        )
        for environment, period in (notice.notice_period or {}).items()
    )


def _latest_change(notice: Notice, wording: Wording) -> ChangeView | None:
    if not notice.changes:
        return None
    # Of two on one day, the one further down is the newer.
    latest = max(reversed(notice.changes), key=lambda change: change.date)
    return ChangeView(
        format_day(latest.date, wording.tag), _continued(wording.any(latest.text))
    )


def _continued(markdown: str) -> str:
    """Return *markdown* with its paragraphs on quoted lines of one alert."""
    return "\n".join(
        line if not index else f">{line}"
        for index, line in enumerate(markdown.splitlines())
    )


def environment_name(id: str, notice: Notice, wording: Wording) -> str:
    """Return an environment's name as it stands in a list of names."""
    declared: Sequence[Environment] = (
        notice.schedule.environments if notice.schedule else ()
    )
    for environment in declared:
        if environment.id == id and environment.label:
            return wording.plain(environment.label)
    if id == "development":
        return wording.pgettext("environment", "development")
    if id == "staging":
        return wording.pgettext("environment", "staging")
    if id == "production":
        return wording.pgettext("environment", "production")
    return escape_plain(id)


def environments_text(
    environments: Iterable[str], notice: Notice, wording: Wording
) -> str:
    """Return the names of *environments* as a list of the locale."""
    names = [environment_name(id, notice, wording) for id in environments]
    return format_list(names, wording.tag)
