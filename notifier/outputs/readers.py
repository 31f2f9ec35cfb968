"""Who reads a document about a wave: a real contact, or a marked sample."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from notifier.content.editions import second_values
from notifier.errors import NotifierError, Place, Problem, did_you_mean
from notifier.language.lists import format_names
from notifier.language.numbers import format_number
from notifier.language.typography import isolate
from notifier.model.audience import Contact, Customer, Instance
from notifier.model.notice import Notice
from notifier.notice import read_contacts

RULES = {
    "contacts/missing": "a contact is asked for, but there is no contacts.csv",
    "contacts/ambiguous": "an e-mail address is asked for that two customers share",
    "contacts/unknown": "a contact is asked for that contacts.csv does not have",
}
SAMPLE_INSTANCES = 2
# How many addresses are compared with one that is not found.
_NEAR = 5_000


@dataclass(frozen=True, slots=True)
class Reader:
    """A contact with the customer it belongs to, and that customer's instances."""

    contact: Contact
    customer: Customer
    instances: tuple[Instance, ...]

    def in_wave(self, wave: str) -> tuple[Instance, ...]:
        """Return the customer's instances in the wave of that id; empty for no wave."""
        return tuple(each for each in self.instances if each.wave == wave)

    def waves(self) -> tuple[str, ...]:
        """Return the ids of the customer's waves, empty for instances in none."""
        return tuple(dict.fromkeys(each.wave for each in self.instances))


def find_reader(notice: Notice, wanted: str) -> Reader:
    """Return the contact with the e-mail address *wanted*, or `customer/address`.

    Raises:
        NotifierError: there is no such contact, or several customers have it.
    """
    if notice.contacts is None:
        raise NotifierError(
            [
                Problem(
                    "contacts/missing",
                    "the notice has no contacts.csv",
                    hint="leave out --contact to see sample values",
                )
            ]
        )
    whole = wanted.casefold()
    customer, _, address = whole.rpartition("/")
    found: list[Contact] = []
    near: list[str] = []
    for _, contact in read_contacts(notice.contacts):
        email = contact.email.casefold()
        if email == whole or (email == address and contact.customer == customer):
            found.append(contact)
        if len(near) < _NEAR:
            near.append(contact.email)
    # A whole address wins over `customer/address`, which it may look like.
    found = [each for each in found if each.email.casefold() == whole] or found
    if len(found) != 1:
        raise NotifierError([_not_one(wanted, found, near)])
    contact = found[0]
    known = (notice.customers or {}).get(contact.customer)
    return Reader(
        contact,
        known or Customer(contact.customer, contact.customer),
        tuple(
            each for each in notice.instances or () if each.customer == contact.customer
        ),
    )


def _not_one(wanted: str, found: Iterable[Contact], near: Iterable[str]) -> Problem:
    customers = [contact.customer for contact in found]
    if customers:
        names = " or ".join(f"'{customer}/{wanted}'" for customer in customers)
        return Problem(
            "contacts/ambiguous",
            f"{wanted!r} is a contact of {len(customers)} customers",
            Place("contacts.csv"),
            f"write {names}",
        )
    return Problem(
        "contacts/unknown",
        f"no contact {wanted[:80]!r}",
        Place("contacts.csv"),
        did_you_mean(wanted, near),
    )


def contact_values(
    contact: Contact, customer: Customer, instances: tuple[str, ...], *, tag: str
) -> Mapping[str, str]:
    """Return the values of the `contact.…` and `customer.…` fields.

    *instances* are the ids of the customer's instances that the document is about.
    """
    names = {
        "contact.name": contact.name,
        "contact.email": contact.email,
        # Only an address of preferences can hold these three.
        "contact.customer": contact.customer,
        "contact.locale": contact.locale,
        "contact.timezone": contact.timezone,
        **{f"contact.{name}": value for name, value in contact.extra.items()},
        "customer.id": customer.id,
        "customer.name": customer.name,
    }
    return {
        **{name: isolate(value, tag) for name, value in names.items()},
        **_instance_values(instances, tag),
    }


def values_in(
    tags: Sequence[str], written: Callable[[str], Mapping[str, str]]
) -> Mapping[str, str]:
    """Return what *written* gives for the locale of a document, or for both of them."""
    values = written(tags[0])
    if len(tags) == 1:
        return values
    return {**values, **second_values(written(tags[1]))}


@lru_cache(maxsize=4096)
def _instance_values(instances: tuple[str, ...], tag: str) -> Mapping[str, str]:
    return {
        "customer.instances": format_names(instances, tag),
        "customer.instances[]": "\n".join(isolate(each, tag) for each in instances),
        "customer.count": _number(len(instances), tag),
    }


_number = lru_cache(maxsize=1024)(format_number)


def sample_values(columns: Iterable[str], *, tag: str) -> Mapping[str, str]:
    """Return marked values, ‹like this›, for a document without a contact."""
    marked = {
        "contact.name": "contact name",
        "contact.email": "contact e-mail",
        **{f"contact.{name}": name for name in columns},
        "customer.id": "customer id",
        "customer.name": "customer name",
        "customer.count": str(SAMPLE_INSTANCES),
    }
    ids = [f"‹instance {number + 1}›" for number in range(SAMPLE_INSTANCES)]
    return {
        **{name: isolate(f"‹{value}›", tag) for name, value in marked.items()},
        "customer.instances": format_names(ids, tag),
        "customer.instances[]": "\n".join(isolate(each, tag) for each in ids),
    }
