"""Read and check `customers.csv` and `instances.csv`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from notifier.model.audience import Customer, Instance
from notifier.notice.faults import BadValue, Fault, Findings, quoted
from notifier.notice.schedule import unknown_environment
from notifier.notice.tables import Layout, missing_value, open_table, read_header, rows
from notifier.notice.values import identifier

_COUNTRY = re.compile(r"[A-Za-z]{2}")


@dataclass(slots=True)
class Ids:
    """Checks ids, each different one once."""

    findings: Findings
    known: set[str] = field(default_factory=set)

    def check(self, line: int, value: str, title: str) -> bool:
        """Tell whether *value* is an id; its fault goes to the findings."""
        if value in self.known:
            return True
        if not value:
            self.findings.add_at(line, missing_value(title))
            return False
        try:
            identifier(value)
        except BadValue as error:
            for fault in error.faults:
                self.findings.add_at(line, fault)
            return False
        self.known.add(value)
        return True


def read_customers(
    path: Path, names: Mapping[str, str] | None, findings: Findings
) -> dict[str, Customer]:
    """Return the customers by id."""
    layout = Layout(("customer", "name"), ("country",), names)
    customers = dict[str, Customer]()
    ids = Ids(findings)
    with open_table(path) as file:
        header = read_header(file, layout, findings)
        if header is None:
            return customers
        id_at, name_at, country_at = header.positions("customer", "name", "country")
        for line, row in rows(file, header, findings):
            customer = Customer(row[id_at], row[name_at], row[country_at])
            if not ids.check(line, customer.id, "customer"):
                continue
            for fault in _customer_faults(customer, customers):
                findings.add_at(line, fault)
            known = replace(customer, country=customer.country.upper())
            customers.setdefault(customer.id, known)
    return customers


def _customer_faults(customer: Customer, others: Collection[str]) -> Iterator[Fault]:
    if customer.id in others:
        message = f"customer {quoted(customer.id)} twice"
        yield Fault("duplicate", message, "remove one of the two")
    if not customer.name:
        yield missing_value("name")
    if customer.country and not _COUNTRY.fullmatch(customer.country):
        hint = "write the two letters of ISO 3166, such as 'IT'"
        yield Fault(
            "country", f"{quoted(customer.country)} is not a country code", hint
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What instances may refer to; None where that cannot be told."""

    customers: Collection[str] | None
    waves: Mapping[str, str] | None
    environments: tuple[str, ...] | None


def read_instances(
    path: Path,
    names: Mapping[str, str] | None,
    known: Known,
    findings: Findings,
) -> tuple[Instance, ...]:
    """Return the instances in the order of their rows."""
    layout = Layout(("instance", "customer"), ("environment", "wave"), names)
    found = list[Instance]()
    ids, customers = Ids(findings), Ids(findings)
    places = _Places(known, findings)
    with open_table(path) as file:
        header = read_header(file, layout, findings)
        if header is None:
            return ()
        id_at, customer_at = header.positions("instance", "customer")
        environment_at, wave_at = header.positions("environment", "wave")
        extra = tuple(header.extra.items())
        for line, row in rows(file, header, findings):
            name, customer, wave = row[id_at], row[customer_at], row[wave_at]
            has_customer = customers.check(line, customer, "customer")
            if not ids.check(line, name, "instance") or not has_customer:
                continue
            if known.customers is not None and customer not in known.customers:
                findings.add_at(line, unknown_customer(customer, known.customers))
            environment = places.environment(line, row[environment_at], wave)
            places.claim(line, name, environment, wave)
            more = {title: row[at] for title, at in extra}
            found.append(Instance(name, customer, environment, wave, more))
    return tuple(found)


@dataclass(slots=True)
class _Places:
    """Which wave each instance has in each environment."""

    known: Known
    findings: Findings
    claimed: dict[tuple[str, str], str] = field(default_factory=dict)

    def environment(self, line: int, stated: str, wave: str) -> str:
        """Return the environment that a row states, by itself or by its wave."""
        known = self.known
        implied = ""
        if wave and known.waves is not None:
            implied = known.waves.get(wave, "")
            if not implied:
                self.findings.add_at(line, _unknown_wave(wave, known.waves))
                return stated
        if not stated:
            if not implied and (known.waves is not None or not wave):
                hint = "fill in environment or wave"
                fault = Fault("environment", "an instance without environment", hint)
                self.findings.add_at(line, fault)
            return implied
        if implied and implied != stated:
            message = (
                f"environment {quoted(stated)}, but wave {quoted(wave)} is {implied}"
            )
            fault = Fault("environment", message, "correct one of the two")
            self.findings.add_at(line, fault)
        elif known.environments is not None and stated not in known.environments:
            self.findings.add_at(line, unknown_environment(stated, known.environments))
        return stated

    def claim(self, line: int, name: str, environment: str, wave: str) -> None:
        """Note that an instance is in *wave*; it can be in one per environment."""
        key = (name, environment)
        if key not in self.claimed:
            self.claimed[key] = wave
            return
        other = self.claimed[key]
        if other == wave:
            fault = Fault("duplicate", f"instance {quoted(name)} twice")
        else:
            waves = " and ".join(
                repr(each) if each else "none" for each in (other, wave)
            )
            message = f"instance {quoted(name)} in two waves: {waves}"
            fault = Fault("two-waves", message, "leave it in one of them")
        self.findings.add_at(line, fault)


def _unknown_wave(wave: str, waves: Mapping[str, str]) -> Fault:
    hint = None if waves else "there are no waves in waves.yaml"
    message = f"unknown wave {quoted(wave)}"
    return Fault("wave", message, hint, wave, waves)


def unknown_customer(customer: str, known: Collection[str]) -> Fault:
    """Return the fault of a customer that no table names."""
    message = f"unknown customer {quoted(customer)}"
    hint = "add it to customers.csv"
    return Fault("customer", message, hint, customer, known)
