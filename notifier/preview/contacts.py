"""List the contacts that a message can be shown for."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

from notifier.model.audience import Contact
from notifier.model.notice import Notice
from notifier.notice import read_contacts
from notifier.outputs.jobs import NO_WAVE
from notifier.outputs.mail.due import instances_by_wave

_MOST = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """A contact by *id*, `customer/address`; *waves* are its customer's."""

    id: str
    name: str
    customer: str
    locale: str
    timezone: str
    waves: tuple[str, ...]


def list_contacts(notice: Notice) -> tuple[Listed, ...]:
    """Return the contacts with the longest names, at most 200.

    Raises:
        NotifierError: `contacts.csv` has changed meanwhile, and is malformed now.
    """
    if notice.contacts is None:
        return ()
    rows = (contact for _, contact in read_contacts(notice.contacts))
    longest = heapq.nlargest(_MOST, rows, key=lambda contact: len(contact.name))
    waves = instances_by_wave(notice)

    def listed(contact: Contact) -> Listed:
        customer = contact.customer
        return Listed(
            f"{customer}/{contact.email}",
            contact.name,
            customer,
            contact.locale or notice.default_locale,
            contact.timezone,
            tuple(wave or NO_WAVE for wave in waves.get(customer, {})),
        )

    return tuple(map(listed, longest))
