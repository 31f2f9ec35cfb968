"""Notices for the tests of checks: the sample in few languages, and its outputs."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from notifier.checks.evidence import gather
from notifier.checks.reading_back import read_back
from notifier.checks.run import CHECKS, CheckRequest, check_notice
from notifier.notice import read_notice
from notifier.resources import resource_folder

SAMPLE = resource_folder("examples") / "email-infrastructure"
NOW = datetime(2024, 2, 1, tzinfo=UTC)
LOCALES = ("en", "it", "ja")


TINY = {
    "notice.yaml": """\
notice: database-upgrade
kind: upgrade
title: Database upgrade
description: What the upgrade of the database means for you
publisher: {name: Kestrel, domain: kestrel.example.com}
support: {name: Kestrel Support, url: "https://kestrel.example.com/help"}
""",
    "waves.yaml": """\
timezone: Europe/Rome
duration: {setup: 20 minutes, per_instance: 30 minutes}
waves:
  - id: night-1
    environment: production
    start: 2024-03-05T22:00
    window: 4 hours
""",
    "instances.csv": "instance,customer,environment,wave\n"
    "aurora-1,aurora,production,night-1\n",
    "customers.csv": "customer,name\naurora,Aurora Lines\n",
}


def tiny_notice(target: Path) -> Path:
    """Write a clean notice in one language, with one wave and no contacts."""
    target.mkdir()
    for name, text in TINY.items():
        (target / name).write_text(text, "utf-8")
    return target


def small_sample(target: Path) -> Path:
    """Copy the sample to *target*, with all contacts in three languages."""
    shutil.copytree(SAMPLE, target)
    text = (target / "notice.yaml").read_text("utf-8")
    text = re.sub(r"locales: \[.*\]", f"locales: [{', '.join(LOCALES)}]", text)
    (target / "notice.yaml").write_text(text, "utf-8")
    for folder in (target / "locales").iterdir():
        if folder.is_dir() and folder.name not in LOCALES:
            shutil.rmtree(folder)
    contacts = target / "contacts.csv"
    head, *rows = contacts.read_text("utf-8").splitlines()
    contacts.write_text("\n".join([head, *map(_in_few, rows), ""]), "utf-8")
    return target


def lean_sample(clean: Path, target: Path, *others: str) -> Path:
    """Copy the notice *clean* to *target*, in English and *others*, without tables."""
    shutil.copytree(clean, target, ignore=shutil.ignore_patterns("*s.csv"))
    for folder in (target / "locales").iterdir():
        if folder.is_dir() and folder.name not in others:
            shutil.rmtree(folder)
    text = (target / "notice.yaml").read_text("utf-8")
    text = text.replace(f"[{', '.join(LOCALES)}]", f"[{', '.join(['en', *others])}]")
    text += "expected: {at_most: 1 hour}\n"
    (target / "notice.yaml").write_text(text, "utf-8")
    return target


def _in_few(row: str) -> str:
    """Return a row of contacts.csv whose locale is one of LOCALES, or near one."""
    cells = row.split(",")
    if cells[3].partition("-")[0] not in LOCALES:
        cells[3] = "en"
    return ",".join(cells)


def check(folder, *, now=NOW, previous=None, rules=()):
    """Return the report about *folder*."""
    return check_notice(folder, CheckRequest(rules, previous), now=now)


def found(folder, **options):
    """Return the rules that a check of *folder* tells, with their places."""
    findings = check(folder, **options).findings
    return [(each.problem.rule, str(each.problem.place or "")) for each in findings]


def evidence_of(folder):
    """Return the evidence about *folder*."""
    notice, _ = read_notice(folder)
    return gather(notice, now=NOW)


def judged(evidence):
    """Return the rules that *evidence* breaks, with their places."""
    return [
        (problem.rule, str(problem.place or ""))
        for _, find in CHECKS
        for problem in find(evidence)
    ]


def reread(output, text):
    """Return *output* as if it had been made with this text."""
    return read_back(
        output.path,
        text,
        lang=output.lang,
        tag=output.tag,
        document=output.document,
        wave=output.wave,
        zone=output.zone,
    )


def with_document(evidence, old, new):
    """Return *evidence* of what is beside *old* alone, with *new* in its place."""
    beside = (
        each
        for each in evidence.documents
        if each.lang == old.lang or each.path.startswith("web/")
    )
    made = tuple(new if each is old else each for each in beside)
    return replace(evidence, documents=made, letters=())


def with_letter(evidence, old, **changes):
    """Return *evidence* of one letter alone, changed."""
    letter = replace(old, **changes)
    return replace(evidence, documents=(), calendars=(), letters=(letter,))


def edit(path, old, new, count=1):
    """Replace *old*, which stands there, in a file."""
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} does not stand in {path.name}"
    path.write_text(text.replace(old, new, count), "utf-8")


def override(folder, name, old, new):
    """Write the author's own version of a built-in template, with one change."""
    text = (resource_folder("templates") / name).read_text("utf-8")
    assert old in text, f"{old!r} does not stand in {name}"
    write_template(folder, name, text.replace(old, new, 1))


def write_template(folder, name, text):
    """Write a template of the author."""
    target = folder / "templates" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
