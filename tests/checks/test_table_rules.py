"""Each rule of the CSV files is told in the row that breaks it, and no other."""

from __future__ import annotations

import os

import pytest
from breaches import Breach, add, break_folder, swap, told_of

pytestmark = pytest.mark.slow  # together they take seconds

CONTACTS = "contacts.csv"
CUSTOMERS = "customers.csv"
INSTANCES = "instances.csv"
HEADER = "customer,name,email,locale,timezone,role"


def _folder_at(name):
    def mutate(folder):
        (folder / name).unlink()
        (folder / name).mkdir()

    return mutate


def _enlarged(name):
    return lambda folder: os.truncate(folder / name, 60_000_000)


def _appended(name, data):
    def mutate(folder):
        with (folder / name).open("ab") as file:
            file.write(data)

    return mutate


# The rows of all tables that cannot stand so, each with its rule.
ROWS = Breach(
    (
        (
            CUSTOMERS,
            "",
            "«customers/country»a1,A,Italy\n"
            "«customers/duplicate»aurora,Aurora,IT\n"
            "«customers/id»con,Con,IT\n"
            "«customers/missing-value»a2,,IT\n",
        ),
        (
            INSTANCES,
            "",
            "«instances/duplicate»aurora-prod1,aurora,production,production-1\n"
            "«instances/environment»aurora-prod9,aurora,staging,production-1\n"
            "«instances/id»aurora prod,aurora,production,production-1\n"
            "«instances/missing-value»aurora-prod8,,production,production-1\n"
            "«instances/two-waves»aurora-prod2,aurora,production,production-2\n"
            "«instances/wave»aurora-prod7,aurora,production,production-9\n",
        ),
        (
            CONTACTS,
            "",
            "«contacts/duplicate»aurora,A,giulia.ferrari@aurora.example.com,it,UTC,\n"
            "«contacts/email»aurora,A,a@b,it,UTC,\n"
            "«contacts/id»au rora,A,a1@aurora.example.com,it,UTC,\n"
            "«contacts/locale»aurora,A,a2@aurora.example.com,xx,UTC,\n"
            "«contacts/missing-value»aurora,,a3@aurora.example.com,it,UTC,\n"
            "«contacts/timezone»aurora,A,a4@aurora.example.com,it,Europe/Rom,\n"
            "«csv/character»aurora,A\u200b,a5@aurora.example.com,it,UTC,\n"
            "«csv/ragged»aurora,A,a6@aurora.example.com\n"
            f"«csv/too-large»aurora,{'A' * 8_193},a7@aurora.example.com,it,UTC,\n"
            '«csv/syntax»aurora,"A"B,a8@aurora.example.com,it,UTC,\n',
        ),
    )
)
# Whom nobody knows is asked only where the customers can be read.
STRANGERS = Breach(
    ((INSTANCES, "", "«instances/customer»x1,acme,production,production-1\n"),)
)
STRANGE_CONTACT = add(
    CONTACTS, "«contacts/customer»acme,A,a@acme.example.com,it,UTC,\n"
)
TABLES = {
    "rows": ROWS,
    "instances/customer": STRANGERS,
    "contacts/customer": STRANGE_CONTACT,
    "csv/duplicate-column": swap(
        CONTACTS, HEADER, f"«csv/duplicate-column»{HEADER},role"
    ),
    "csv/missing-column": swap(
        CONTACTS, HEADER, "«csv/missing-column»customer,name,locale,timezone,role"
    ),
    "csv/not-utf8": Breach(
        more=_appended(CUSTOMERS, b"a,\xff,IT\n"),
        told=(("csv/not-utf8", "customers.csv:16"),),
    ),
}
for _name, _rule in (
    (CUSTOMERS, "customers"),
    (INSTANCES, "instances"),
    (CONTACTS, "contacts"),
):
    TABLES[f"{_rule}/unreadable"] = Breach(
        more=_folder_at(_name), told=((f"{_rule}/unreadable", _name),)
    )
    TABLES[f"{_rule}/too-large"] = Breach(
        more=_enlarged(_name), told=((f"{_rule}/too-large", _name),)
    )
    TABLES[f"{_rule}/more"] = add(
        _name,
        "«csv/ragged»x,,,,,,\n" * 100 + "x,,,,,,\n",
        told=((f"{_rule}/more", _name),),
    )
# What is no error: the notice goes out nevertheless.
GAPS = Breach(
    (
        (CONTACTS, "it,Europe/Rome,marketing", ",Europe/Rome,marketing"),
        (CONTACTS, "Europe/Zurich", ""),
        (INSTANCES, "", "a-1,a1,production,production-1\n"),
        (CUSTOMERS, "", "a1,A,IT\n"),
    ),
    told=(
        ("contacts/empty-locale", CONTACTS),
        ("contacts/empty-timezone", CONTACTS),
        ("contacts/no-contact", CONTACTS),
    ),
)
FOLDERS = {**TABLES, "gaps": GAPS}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_row_that_breaks_a_rule_is_told_at_its_line_and_alone(name, folder):
    expected = break_folder(folder, FOLDERS[name])

    assert told_of(folder, FOLDERS[name]) == expected
