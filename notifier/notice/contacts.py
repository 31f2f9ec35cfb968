"""Check `contacts.csv`, and stream its contacts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from notifier.errors import Severity, raise_errors
from notifier.model.audience import Contact, ContactTable
from notifier.notice.addresses import check_email
from notifier.notice.faults import BadValue, Fault, Findings, quoted
from notifier.notice.instances import Ids, unknown_customer
from notifier.notice.locale_tags import locale_tag
from notifier.notice.tables import (
    Header,
    Layout,
    header_line,
    missing_value,
    open_table,
    read_header,
    rows,
    titles_of,
)
from notifier.notice.values import identifier, zone

_REQUIRED = ("customer", "name", "email")
_OPTIONAL = ("locale", "timezone")


@dataclass(slots=True)
class _Checked:
    """Values that were checked before: each different one is parsed once."""

    parse: Callable[[str], str]
    findings: Findings
    known: dict[str, str] = field(default_factory=dict)
    refused: dict[str, tuple[Fault, ...]] = field(default_factory=dict)
    empty: int = 0

    def check(self, line: int, value: str) -> None:
        if not value:
            self.empty += 1
            return
        if value in self.known:
            return
        if value not in self.refused:
            try:
                self.known[value] = self.parse(value)
                return
            except BadValue as error:
                # The error itself would keep the whole stack.
                self.refused[value] = error.faults
        for fault in self.refused[value]:
            self.findings.add_at(line, fault)


def check_contacts(
    path: Path,
    names: Mapping[str, str] | None,
    customers: Collection[str] | None,
    findings: Findings,
) -> tuple[ContactTable | None, frozenset[str]]:
    """Return the table of the contacts in *path*, and the customers they belong to."""
    with open_table(path) as file:
        layout = Layout(_REQUIRED, _OPTIONAL, names)
        header = read_header(file, layout, findings)
        if header is None:
            return None, frozenset()
        count, served = _check_rows(file, header, customers, findings)
    facts = (header.delimiter, header.columns, header.extra, count, header.titles)
    return ContactTable(path, *facts), served


def _check_rows(
    file: TextIO,
    header: Header,
    customers: Collection[str] | None,
    findings: Findings,
) -> tuple[int, frozenset[str]]:
    customer_at, name_at, email_at = header.positions(*_REQUIRED)
    locale_at, zone_at = header.positions(*_OPTIONAL)
    ids, seen = Ids(findings), set[tuple[str, str]]()
    locales, zones = _Checked(locale_tag, findings), _Checked(zone, findings)
    count = 0
    for line, row in rows(file, header, findings):
        count += 1
        customer = row[customer_at]
        known = ids.check(line, customer, "customer")
        if known and customers is not None and customer not in customers:
            findings.add_at(line, unknown_customer(customer, customers))
        if not row[name_at]:
            findings.add_at(line, missing_value("name"))
        _check_address(line, (customer, row[email_at]), seen, findings)
        locales.check(line, row[locale_at])
        zones.check(line, row[zone_at])
    _warn_of_empty("locale", locales.empty, "the default locale", findings)
    _warn_of_empty("timezone", zones.empty, "the zone of the wave", findings)
    return count, frozenset(ids.known)


def _check_address(
    line: int,
    contact: tuple[str, str],
    seen: set[tuple[str, str]],
    findings: Findings,
) -> None:
    customer, email = contact
    if not email:
        findings.add_at(line, missing_value("email"))
        return
    try:
        check_email(email)
    except BadValue as error:
        for fault in error.faults:
            findings.add_at(line, fault)
        return
    key = (customer, email.casefold())
    if key in seen:
        message = f"e-mail {quoted(email)} twice for customer {quoted(customer)}"
        findings.add_at(line, Fault("duplicate", message, "remove one of the two"))
    seen.add(key)


def _warn_of_empty(title: str, empty: int, instead: str, findings: Findings) -> None:
    if empty:
        message = f"contacts without {title} get {instead}: {empty}"
        fault = Fault(f"empty-{title}", message, f"fill in the column {title!r}")
        findings.add(fault, severity=Severity.WARNING)


def read_contacts(table: ContactTable) -> Iterator[tuple[int, Contact]]:
    """Yield line number and contact of each row of a checked table, as a stream.

    Raises:
        NotifierError: the file has changed since and is malformed now.
    """
    findings = Findings(table.path.name, "contacts")
    with open_table(table.path) as file:
        number, first = header_line(file)
        facts = (table.delimiter, table.columns, table.extra, table.titles)
        header = Header(*facts, number)
        contact_of = _reader(header)
        if titles_of(first, table.delimiter) == [*table.titles]:
            for line, row in rows(file, header, findings):
                try:
                    contact = contact_of(row)
                except BadValue as error:
                    for fault in error.faults:
                        findings.add_at(line, fault)
                else:
                    yield line, contact
        else:
            hint = "run the command again"
            findings.add_at(1, Fault("changed", "the columns have just changed", hint))
    raise_errors(findings.problems())


def _reader(header: Header) -> Callable[[list[str]], Contact]:
    customer_at, name_at, email_at = header.positions(*_REQUIRED)
    locale_at, zone_at = header.positions(*_OPTIONAL)
    extra = tuple(header.extra.items())
    customers, tags, zones = _Cache(identifier), _Cache(locale_tag), _Cache(zone)

    def contact_of(row: list[str]) -> Contact:
        return Contact(
            customers[row[customer_at]],
            row[name_at],
            check_email(row[email_at]),
            tags[row[locale_at]],
            zones[row[zone_at]],
            {title: row[at] for title, at in extra},
        )

    return contact_of


class _Cache(dict[str, str]):
    """What *parse* makes of each different value; nothing of an empty one."""

    def __init__(self, parse: Callable[[str], str]) -> None:
        super().__init__({"": ""})
        self.parse = parse

    def __missing__(self, value: str) -> str:
        self[value] = self.parse(value)
        return self[value]
