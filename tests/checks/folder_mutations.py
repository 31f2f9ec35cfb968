"""Mutations of the files of a notice: its schedule, its facts, tables and templates."""

from __future__ import annotations

import re

from mutants import Mutation, appended, replaced
from notices import override

from notifier.resources import resource_folder

_START = re.compile(r"    start: (\d{4}-\d\d-\d\d)T(\d\d):(\d\d)")
_MACROS = ("facts", "upgrade", "timeline")
# What templates print of a notice and a wave, as a sentence names it; that is what may
# not be lost. A template that leaves out a sentence of its own is an author's choice.
_FACTS = re.compile(
    r"\{\{ ?(?:window|utc|estimate|was|shift|length|support|date|title|environments|"
    r"month|customer|count|instances|total|name|contact\.name|customer\.name|"
    r"wave\.(?:window|utc|estimate|was|date|clock_shift|length)|sentence) ?\}\}"
)
_UNREAD = ("name", "country", "role")


def wave_mutations(folder):
    """Return mutations of waves.yaml, all but those that an author could mean.

    Waves move after messages were sent about them, without a new revision.
    """
    text = (folder / "waves.yaml").read_text("utf-8")
    made = [each for found in _START.finditer(text) for each in _moved(found)]
    made += [
        Mutation(sort, f"{sort}: {old} to {new}", replaced("waves.yaml", old, new))
        for sort, pairs in _WAVES.items()
        for old, new in pairs
    ]
    return made


def _moved(found):
    """Yield the mutations of one start of a wave."""
    old, (day, hour, minute) = found[0], found.groups()
    later = f"{(int(hour) + 1) % 24:02}:{minute}"
    for sort, new in (
        ("shift a wave", f"{day}T{later}"),
        ("shift a wave", f"{day[:8]}{int(day[8:]) + 1:02}T{hour}:{minute}"),
        ("shift a wave", f"{int(day[:4]) + 1}{day[4:]}T{hour}:{minute}"),
        ("no such date", f"{day[:5]}02-30T{hour}:{minute}"),
        ("no such date", f"{day}T24:{minute}"),
    ):
        change = replaced("waves.yaml", old, f"    start: {new}")
        yield Mutation(sort, f"{sort}: {old.strip()} to {new}", change)


_WAVES = {
    "shift a wave": (
        ("window: 4 hours", "window: 3 hours"),
        ("window: 3 hours", "window: 4 hours"),
        ("window: 2 hours", "window: 3 hours"),
        ("window: 150 minutes", "window: 140 minutes"),
        ("timezone: Asia/Tokyo", "timezone: Asia/Shanghai"),
        ("timezone: America/New_York", "timezone: Europe/Rome"),
        ("timezone: Asia/Dubai", "timezone: UTC"),
    ),
    "too little time": (
        ("window: 3 hours", "window: 10 minutes"),
        ("window: 150 minutes", "window: 20 minutes"),
        ("setup: 20 minutes", "setup: 20 hours"),
        ("duration: 30-60 minutes", "duration: 30-600 minutes"),
        ("per_instance: 6 minutes", "per_instance: 6 hours"),
    ),
    "no such value": (
        ("window: 4 hours", "window: 4 ours"),
        ("timezone: Asia/Tokyo", "timezone: Asia/Tokio"),
        ("timezone: UTC", "timezone: UTCC"),
        ("duration: 30-60 minutes", "duration: 60-30 minutes"),
        ("updated: 2024-01-25", "updated: 2024-02-31"),
        ("revision: 1", "revision: one"),
        ("spread: 25%", "spread: 2500%"),
        ("parallel: 4", "parallel: 0"),
        ("status: completed", "status: complete"),
        ("starts: 2024-01}", "starts: 2024-13}"),
        ("after: staging", "after: stagin"),
        ("environment: staging", "environment: stage"),
        ("id: production-1", "id: production-2"),
        ("  - id: pilot", "  - id: 'pilot!'"),
        ("phases:", "phase:"),
        ("    label: Americas", "    lable: Americas"),
        ("    window: 3 hours", "   window: 3 hours"),
        ("from: 2024-03-28, to", "from: 2024-04-28, to"),
    ),
    "against the order": (
        ("after: development", "after: production"),
        ("by_at_least: 7 days", "by_at_least: 90 days"),
        ("from: 2024-03-28, to", "from: 2024-03-01, to"),
        ("starts: 2024-01}", "starts: 2023-08}"),
        ("starts: 2024-01}", "starts: 2024-02}"),
        ("environments: [production], starts", "environments: [staging], starts"),
        ("environment: staging", "environment: production"),
    ),
    "another state": (
        ("status: completed", "status: scheduled"),
        ("status: completed", "status: in-progress"),
        ("status: completed", "# completed"),
        ("    revision: 1", "    revision: 0"),
        ("    revision: 1\n", ""),
        ("updated: 2024-01-25", "updated: 2024-02-25"),
        ("was: {start: 2024-03-04T22:00}", "was: {start: 2024-03-05T22:00}"),
        ("  - id: production-4", "  - id: production-5"),
    ),
    "comment": (
        ("phases:", "# The phases.\nphases:"),
        ("timezone: UTC", "timezone:  UTC"),
    ),
}


def key_mutations(folder):
    """Return misspelt keys, and values that cannot be, in notice.yaml."""
    text = (folder / "notice.yaml").read_text("utf-8")
    names = re.findall(r"^ *(?:- )?([a-z_]+):", text, re.MULTILINE)
    made = [
        Mutation(
            "misspell a key",
            f"misspell {name}",
            replaced("notice.yaml", f"{name}:", f"{name[:-1]}z:"),
        )
        for name in dict.fromkeys(names)
    ]
    made += [
        Mutation(sort, f"{sort}: {old} to {new}", replaced("notice.yaml", old, new))
        for sort, pairs in _KEYS.items()
        for old, new in pairs
    ]
    words = ("other Campaign", "another customer", "Customer Care", "Standard On-")
    made += [
        Mutation(
            "change a text",
            f"change a text: {word}",
            replaced("notice.yaml", word, f"{word} now"),
        )
        for word in (*words, "quickly and", "During the window", "make room", "20 GB")
        if word in text
    ]
    return made


_SUPPORT = "https://experienceleague.adobe.com/?support-solution=Campaign#support"
_SITE = '"https://notices.example.com"'
_KEYS = {
    "change a link": (
        (_SUPPORT, "http://experienceleague.adobe.com/"),
        (_SUPPORT, "experienceleague.adobe.com"),
        (_SUPPORT, "javascript:alert(1)"),
        (_SUPPORT, "https://experienceleague adobe.com/"),
        (_SUPPORT, "mailto:support"),
        (_SUPPORT, "https://example.org/support"),
        (_SITE, '"http://notices.example.com"'),
        (_SITE, '"notices.example.com"'),
        (_SITE, '"https://"'),
        ("](https://experienceleague.adobe.com/docs", "](ftp://x.example/docs"),
    ),
    "no such value": (
        ("kind: upgrade", "kind: upgrde"),
        ("level: outage", "level: outag"),
        ("allowed: no", "allowed: never"),
        ("mandatory: true", "mandatory: 'maybe'"),
        ("default_locale: en", "default_locale: xx"),
        ("default_locale: en", "default_locale: fr"),
        ('color: "#1473e6"', 'color: "#1473e"'),
        ('color: "#1473e6"', "color: #1473e6"),
        ("domain: notices.example.com", "domain: notices example"),
        ("<operations@notices", "<operations#notices"),
        ("staging: 7 days", "staging: 7 dais"),
        ("title: migrate-infra-to-aws", "title: 1migrate infra"),
        ("timeline: aws-timeline", "timeline: aws-changes"),
        ("mandatory, audience", "mandatori, audience"),
        ("outline: [changes", "outline: [change"),
        ("upgrade-to-aws.md", "../upgrade-to-aws.md"),
        ("faq_style: list", "faq_style: lists"),
        ("fallback: forbid", "fallback: forbidden"),
        ("locales: [en", "locales: [en, en"),
        ("locales: [en", "locales: [en, xx"),
        ("notice: email-infrastructure", "notice: email infrastructure"),
        ("{date:2024-03-01}", "{date:2024-03-32}"),
        ("{duration:90 minutes}", "{duration:90 minits}"),
        ("{link:support}", "{link:suport}"),
    ),
    "a promise": (
        ("production: 30 days", "production: 40 days"),
        ("  action: none", "  action: {text: Look, by: 2024-01-01, if_not: x}"),
    ),
    "another language": (
        ("locales: [en", "locales: [en, fr"),
        ("locales: [en, it]", "locales: [en]"),
    ),
    "comment": (("kind: upgrade", "kind: upgrade # indeed"),),
}


def table_mutations(folder, chance):
    """Return broken rows of the tables: what no author can mean."""
    made = []
    for name in ("instances", "contacts", "customers"):
        head, *lines = (folder / f"{name}.csv").read_text("utf-8").splitlines()
        columns = head.split(",")
        for line in chance.sample(lines, 3):
            cells = line.split(",")
            for column, cell in zip(columns, cells, strict=True):
                if cell and column not in _UNREAD:
                    bad = cell.replace("@", "") if "@" in cell else f"{cell}-x!"
                    new = line.replace(cell, bad, 1) if cell != bad else line
                    made.append(_row(name, "break a field", line, new))
            made.append(_row(name, "double a row", line, f"{line}\n{line}"))
            made.append(_row(name, "shorten a row", line, line.rpartition(",")[0]))
        first, second = lines[:2]
        swapped = f"{second}\n{first}"
        if name == "customers":
            made.append(_row(name, "comment", f"{first}\n{second}", swapped))
        made.append(_row(name, "misspell a column", head, f"x{head}"))
    made += [
        Mutation(
            "remove a customer",
            f"customers: without {line}",
            replaced("customers.csv", f"{line}\n", ""),
        )
        for line in (folder / "customers.csv").read_text("utf-8").splitlines()[1:3]
    ]
    return made


def _row(name, sort, old, new):
    where = f"{name}: {sort}: {old[:40]} to {new[:60]}"
    return Mutation(sort, where, replaced(f"{name}.csv", old, new))


def template_mutations(count, chance):
    """Return templates of the author that lose what a built-in one prints."""
    made = []
    names = ["documents/announcement.md.j2", *(f"macros/{n}.md.j2" for n in _MACROS)]
    for name in names:
        text = (resource_folder("templates") / name).read_text("utf-8")
        made += [
            Mutation(
                "drop a fact in a template",
                f"{name} without {found[0]} number {number}",
                _dropped(name, found),
            )
            for number, found in enumerate(_FACTS.finditer(text))
        ]
    return chance.sample(made, min(count, len(made)))


def _dropped(name, found):
    text = found.string
    changed = text[: found.start()] + text[found.end() :]
    return lambda folder: override(folder, name, text, changed)


def comment_mutations():
    """Return changes of the folder that nobody sees."""
    return [
        Mutation("comment", f"comment: {name}", appended(name, text))
        for name, text in (
            ("notice.yaml", "\n# The end.\n"),
            ("waves.yaml", "\n\n"),
            ("customers.csv", "\n"),
            ("contacts.csv", "\n"),
        )
    ]
