"""Who is concerned: customers, their instances, their contacts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Customer:
    """An organisation; *country* is an ISO 3166 code, empty if unknown."""

    id: str
    name: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Instance:
    """One hosted environment of one customer; *wave* is empty before it is planned.

    *extra* holds the further columns of its row, by name.
    """

    id: str
    customer: str
    environment: str
    wave: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at a customer.

    *locale* and *timezone* are empty where the row leaves them to the defaults;
    *extra* holds the further columns of the row, by name.
    """

    customer: str
    name: str
    email: str
    locale: str = ""
    timezone: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContactTable:
    """The checked `contacts.csv`, to be streamed again: contacts are never held.

    *columns* gives the position of each of our columns in a row, *extra* that of the
    further ones; *count* is the number of rows; *titles* is the whole header.
    """

    path: Path
    delimiter: str
    columns: Mapping[str, int]
    extra: Mapping[str, int]
    count: int
    titles: tuple[str, ...]
