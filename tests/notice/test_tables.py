"""Tables as spreadsheets write them are read; what is no table is told soon."""

from __future__ import annotations

import time

import pytest
from notice_folders import CONTACTS, FULL, NOTICE, Write, lines_of, problems_of

from notifier.model.audience import Contact
from notifier.notice import read_contacts, read_notice

ADA = Contact("acme", "Ada", "ada@example.com", "it", "Europe/Rome")


@pytest.mark.parametrize(
    ("table", "line"),
    [
        (CONTACTS, 2),
        ("sep=,\r\n" + CONTACTS.replace("\n", "\r\n"), 3),
        ("SEP=;\n" + CONTACTS.replace(",", ";"), 3),
        (CONTACTS.replace("customer,name", "Customer,NAME"), 2),
        (b"\xef\xbb\xbfsep=\t\n" + CONTACTS.replace(",", "\t").encode(), 3),
    ],
    ids=["plain", "sep", "SEP", "capitals", "BOM and sep"],
)
def test_a_table_of_a_spreadsheet_is_read_as_it_is(
    write: Write, table: str | bytes, line: int
) -> None:
    notice, warnings = read_notice(write({**FULL, "contacts.csv": table}))

    assert warnings == ()
    assert notice.contacts is not None
    assert list(read_contacts(notice.contacts)) == [(line, ADA)]


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        (
            "cp1252",
            "contacts.csv:2: error: byte 0xf6 in 'acme,J?rg,j@example.com' is not UTF-8"
            " [csv/not-utf8] | save the file as 'CSV UTF-8'",
        ),
        (
            "utf-16",
            "contacts.csv:1: error: the file is UTF-16, not UTF-8"
            " [csv/not-utf8] | save the file as 'CSV UTF-8'",
        ),
    ],
)
def test_another_encoding_is_named_without_broken_characters(
    write: Write, encoding: str, expected: str
) -> None:
    table = "customer,name,email\nacme,Jörg,j@example.com\n".encode(encoding)

    assert lines_of(write({**FULL, "contacts.csv": table})) == [expected]


@pytest.mark.parametrize(
    ("columns", "titles", "faults"),
    [
        (
            "{name: full}",
            "customer,full,name,email",
            ["column 'name' beside 'full', which stands for it"],
        ),
        (
            "{name: full}",
            "customer,Full,NAME,email",
            ["column 'NAME' beside 'Full', which stands for it"],
        ),
        ("{name: email, email: name}", "customer,email,name,country", []),
        ("{name: absent}", "customer,name,Role,email", []),
    ],
)
def test_no_further_column_bears_the_name_of_one_of_ours(
    write: Write, columns: str, titles: str, faults: list[str]
) -> None:
    files = {"notice.yaml": NOTICE + f"columns: {columns}\n", "contacts.csv": titles}

    problems = problems_of(write(files))

    assert [problem.message for problem in problems] == faults


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "rule"),
    [
        (",".join(f"c{n}" for n in range(700_000)), "csv/too-large"),
        (",".join(f"c{n}" for n in range(201)), "csv/too-large"),
        ("customer,name,email\n" + "," * 49_000_000, "csv/too-large"),
        ("customer,name,email\n" + ("x" + "," * 60_000 + "\n") * 800, "csv/ragged"),
        (
            "customer,name,email,locale\n"
            + "".join(f"acme,A,a{n}@example.com,x{n}\n" for n in range(90_000)),
            "contacts/locale",
        ),
    ],
    ids=["long header", "wide header", "long row", "wide rows", "unknown locales"],
)
def test_a_table_that_nobody_meant_is_refused_soon(
    write: Write, table: str, rule: str
) -> None:
    folder = write({**FULL, "contacts.csv": table})
    start = time.process_time()

    rules = {problem.rule for problem in problems_of(folder) if problem.is_error}

    assert rules - {"contacts/more"} == {rule}
    assert time.process_time() - start < 10
