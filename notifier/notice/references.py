"""Check what the files of a folder say about each other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from notifier.errors import Severity
from notifier.model.audience import ContactTable, Instance
from notifier.model.notice import Notice
from notifier.model.page import FaqStyle
from notifier.model.schedule import Schedule, WaveStatus
from notifier.notice.faults import Fault, Findings, quoted
from notifier.notice.keys import place_of
from notifier.notice.schedule import environments_of, unknown_environment
from notifier.notice.yaml_tree import Node

Files = Mapping[str, Findings]
Loc = tuple[int | str, ...]
_COLUMN = re.compile(r"\{contact\.([^{}\s]+)\}")


def check_references(
    notice: Notice, root: Node, *, served: Collection[str], files: Files
) -> None:
    """Add references that lead nowhere, and what nothing refers to, to *files*."""
    if not files["waves.yaml"].has_errors:
        known = environments_of(notice.schedule or Schedule())
        if notice.schedule is None:
            used = dict.fromkeys(each.environment for each in notice.instances or ())
            known = tuple(dict.fromkeys([*known, *used]))
        _check_notice_periods(notice, root, known, files["notice.yaml"])
    if notice.contacts:
        _check_preferences(notice, root, notice.contacts, files["notice.yaml"])
    waves_known = notice.schedule is not None or files["waves.yaml"].has_errors
    for loc, fault in _unused(notice, waves_known=waves_known):
        place = place_of(root, loc)
        files["notice.yaml"].add(fault, place, Severity.WARNING)
    if notice.instances is None or files["instances.csv"].has_errors:
        return
    _warn_of_empty_waves(notice, notice.instances, files["waves.yaml"])
    if notice.contacts and not files["contacts.csv"].has_errors:
        _warn_of_unserved(notice.instances, served, files["contacts.csv"])


def _check_notice_periods(
    notice: Notice, root: Node, known: tuple[str, ...], findings: Findings
) -> None:
    for name in notice.notice_period or ():
        if name not in known:
            place = place_of(root, ("notice_period", name, "[key]"))
            findings.add(unknown_environment(name, known), place)


def _check_preferences(
    notice: Notice, root: Node, contacts: ContactTable, findings: Findings
) -> None:
    known = (*contacts.columns, *contacts.extra)
    for name in _COLUMN.findall(notice.delivery.preferences_url or ""):
        if name not in known:
            hint = "add the column to contacts.csv"
            message = f"unknown column {quoted(name)}"
            fault = Fault("contact-column", message, hint, name, known)
            findings.add(fault, place_of(root, ("delivery", "preferences_url")))


def _unused(notice: Notice, *, waves_known: bool) -> Iterator[tuple[Loc, Fault]]:
    """Yield what stands in the notice and in none of its documents."""
    page = notice.page
    outline = {section.id for section in page.outline}
    if page.components and "components" not in outline:
        message = "'page.components' without a section 'components'"
        hint = "add 'components' to page.outline"
        yield ("page", "components", "[key]"), Fault("unused", message, hint)
    asked = {question.standard for question in notice.faq}
    # A section of the author's own may tell it.
    own = any(section.text for section in page.outline)
    if notice.duties.action and not own and "action" not in {*outline, *asked}:
        message = "'customer.action' stands neither on the page nor in the FAQ"
        hint = "add 'action' to page.outline or to faq"
        yield ("customer", "action", "[key]"), Fault("unused", message, hint)
    yield from _unused_alerts(notice, waves_known=waves_known)
    if page.faq_style is FaqStyle.HEADINGS:
        return
    for number, question in enumerate(notice.faq):
        if question.anchor:
            message = f"anchor {quoted(question.anchor)} of a question without heading"
            hint = "remove it, or write 'faq_style: headings' under 'page'"
            yield ("faq", number, "anchor"), Fault("unused", message, hint)


def _unused_alerts(notice: Notice, *, waves_known: bool) -> Iterator[tuple[Loc, Fault]]:
    page = notice.page
    needed = {
        "changes": None if notice.reason else "'reason'",
        "timeline": None if waves_known else "waves.yaml",
        "components": None if page.components else "'page.components'",
    }
    for number, alert in enumerate(page.alerts):
        missing = needed.get(alert.section)
        if missing:
            message = (
                f"an alert in {alert.section!r}, a section not made without {missing}"
            )
            hint = f"move it to another section, or add {missing}"
            loc = ("page", "alerts", number, "section")
            yield loc, Fault("unused", message, hint)


def _warn_of_empty_waves(
    notice: Notice, instances: tuple[Instance, ...], findings: Findings
) -> None:
    used = {instance.wave for instance in instances}
    for wave in notice.schedule.waves if notice.schedule else ():
        if wave.id not in used and wave.status is not WaveStatus.CANCELLED:
            hint = "name it in the column 'wave' of instances.csv"
            message = f"wave {quoted(wave.id)} has no instances"
            fault = Fault("no-instances", message, hint)
            findings.add(fault, wave.place, Severity.WARNING)


def _warn_of_unserved(
    instances: tuple[Instance, ...], served: Collection[str], findings: Findings
) -> None:
    customers = dict.fromkeys(instance.customer for instance in instances)
    unserved = [customer for customer in customers if customer not in served]
    if unserved:
        named = ", ".join(repr(each) for each in unserved[:5])
        more = f" and {len(unserved) - 5} more" if len(unserved) > 5 else ""
        message = f"customers with instances but no contact: {named}{more}"
        fault = Fault("no-contact", message, "add contacts, or nobody there is told")
        findings.add(fault, severity=Severity.WARNING)
