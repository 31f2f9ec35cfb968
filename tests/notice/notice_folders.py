"""A small notice folder, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from notifier.errors import NotifierError, Problem
from notifier.notice import read_notice

NOTICE = """\
notice: demo
kind: upgrade
title: Upgrade
publisher: {name: Adobe}
support: {name: Care, url: "https://example.com/help"}
"""
WAVES = """\
waves:
  - {id: w1, environment: production, start: 2024-02-06T22:00, window: 4 hours}
  - {id: w2, environment: staging, start: 2024-01-06T22:00, window: 4 hours}
"""
CUSTOMERS = "customer,name,country\nacme,Acme,IT\n"
INSTANCES = "instance,customer,environment,wave\ni1,acme,,w1\ni2,acme,staging,w2\n"
CONTACTS = (
    "customer,name,email,locale,timezone\nacme,Ada,ada@example.com,it,Europe/Rome\n"
)
FULL = {
    "notice.yaml": NOTICE,
    "waves.yaml": WAVES,
    "customers.csv": CUSTOMERS,
    "instances.csv": INSTANCES,
    "contacts.csv": CONTACTS,
}
Write = Callable[[Mapping[str, str | bytes]], Path]


def problems_of(folder: Path) -> tuple[Problem, ...]:
    """Return all problems of *folder*, whether it can be used or not."""
    try:
        return read_notice(folder)[1]
    except NotifierError as error:
        return error.problems


def lines_of(folder: Path) -> list[str]:
    """Return the problems of *folder* as they are printed, hints behind a bar."""
    return [str(p).replace("\n    hint: ", " | ") for p in problems_of(folder)]
