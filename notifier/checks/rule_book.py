"""The book of rules: what each finds, how grave it is, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

RULES: Mapping[str, str] = MappingProxyType(
    {
        "check/not-checked": "something could not be made, and so not be checked",
    }
)
GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "folder": "The folder can be read",
        "schedule": "The schedule holds",
        "facts": "Every output tells the facts",
        "language": "The translations are complete and sound",
        "dialect": "The pages fit the documentation site",
        "mail": "The messages arrive as they should",
        "accessibility": "Everybody can read it",
        "privacy": "Nobody reads of others",
    }
)
# What only other commands find; with two exceptions, `publish/` is about checkouts.
_OF_OTHERS = (
    *("exchange/", "output/", "page/", "preview/", "render/", "system/"),
    *("translations/", "publish/", "contacts/ambiguous", "contacts/missing"),
    *("contacts/unknown", "emails/nobody", "emails/unknown-choice", "emails/wave-over"),
)
_OF_ONE_NOTICE = ("publish/same-notice", "publish/same-path")
_GROUP_OF_ROOM: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("waves", "schedule", "calendar", "timeline"), "schedule"),
        **dict.fromkeys(
            ("catalog", "exchange", "glossary", "language", "page"), "language"
        ),
        **dict.fromkeys(("translation", "translations"), "language"),
        **dict.fromkeys(("emails", "mail"), "mail"),
        **{name: name for name in ("facts", "dialect", "accessibility", "privacy")},
    }
)


@dataclass(frozen=True, slots=True)
class RuleNote:
    """What is known of a rule; *severity* is `error`, `warning` or by what it goes."""

    name: str
    severity: str
    meaning: str
    mend: str

    @property
    def finds(self) -> str:
        """Return the meaning as a sentence."""
        return f"{self.meaning[:1].upper()}{self.meaning[1:].rstrip('.')}."

    @property
    def group(self) -> str:
        """Return the group to which the rule belongs."""
        return group_of(self.name)


def group_of(rule: str) -> str:
    """Return the group of GROUPS to which *rule* belongs."""
    if rule.startswith("publish/names-"):
        return "privacy"
    return _GROUP_OF_ROOM.get(rule.partition("/")[0], "folder")


def is_checked(rule: str) -> bool:
    """Tell whether a check looks for what *rule* finds, and not another command."""
    if group_of(rule) == "privacy" or rule in _OF_ONE_NOTICE:
        return True
    return not rule.startswith(_OF_OTHERS)


@cache
def remedies() -> Mapping[str, tuple[str, str]]:
    """Return, by rule, its severity and how to mend what it finds."""
    path = Path(__file__).with_name("rules.yaml")
    data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return MappingProxyType(dict(sorted(_entries(data))))


def _entries(
    data: Mapping[str, Mapping[str, str]],
) -> Iterator[tuple[str, tuple[str, str]]]:
    for severity, notes in data.items():
        for names, mend in notes.items():
            for name in names.split():
                yield name, (severity, mend)


def rule_book(meanings: Mapping[str, str]) -> Mapping[str, RuleNote]:
    """Return the notes of all rules by name; *meanings* says what each finds."""
    return MappingProxyType(
        {
            name: RuleNote(name, severity, meanings.get(name, ""), mend)
            for name, (severity, mend) in remedies().items()
        }
    )
