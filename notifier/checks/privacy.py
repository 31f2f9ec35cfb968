"""Read finished outputs for names that they must not tell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import unescape
from types import MappingProxyType

from notifier.checks.evidence import Evidence
from notifier.checks.letters import Letter
from notifier.errors import Place, Problem, Severity
from notifier.model.notice import Notice
from notifier.notice import read_contacts
from notifier.outputs.pages.names import Found, Names, name_problems, names_of

RULES: Mapping[str, str] = MappingProxyType(
    {
        "privacy/foreign-customer": "a message names another customer, or an instance "
        "or contact of one",
        "privacy/public-name": "a finished page, feed, timeline or calendar names a "
        "customer, contact or instance",
    }
)
_WORD = re.compile(r"\w+")
_FOLD = re.compile(rb"\r\n[ \t]")
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_PUBLISHED = ("docs", "web", "feed", "timeline")


def public_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield who is named where anybody can read it, first at the author's own texts."""
    notice = evidence.notice
    names = names_of(notice)
    told = name_problems(notice, evidence.catalogs, names)
    yield from told
    known = {f"the instance {id!r}" for id in _own_ids(notice)}
    for path, text in _public_texts(evidence):
        for found in dict.fromkeys(names.find(text)):
            is_told = any(problem.message.startswith(found.what) for problem in told)
            if found.is_sure and not is_told and found.what not in known:
                message = f"{found.what} is named"
                hint = "public pages name nobody: see what their templates print"
                yield Problem("privacy/public-name", message, Place(path), hint)


def message_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield who is named in messages to others, each at the first such message."""
    names, owners = _owned_names(evidence.notice)
    told: defaultdict[Found, dict[str, tuple[str, str]]] = defaultdict(dict)
    for letter in evidence.letters:
        for path, text in _letter_texts(letter):
            for each in dict.fromkeys(names.find(text)):
                if letter.customer not in owners[each.what]:
                    told[each].setdefault(letter.path, (path, letter.customer))
    for each, letters in told.items():
        (path, customer), *others = letters.values()
        more = f", and so do {len(others)} more" if others else ""
        message = (
            f"a message to {customer!r} names {each.what[:80]!r} of "
            f"{min(owners[each.what])!r}{more}"
        )
        hint = "see what the templates and tables say"
        severity = Severity.ERROR if each.is_sure else Severity.WARNING
        yield Problem(each.rule, message, Place(path), hint, severity)


def _public_texts(evidence: Evidence) -> Iterator[tuple[str, str]]:
    for output in evidence.documents:
        # What `render` makes for programs and terminals is made of its Markdown.
        if output.document in _PUBLISHED or output.kind in ("md", "html"):
            yield output.path, unescape(_STYLE.sub("", output.text))
    for path, _, data in evidence.calendars:
        yield path, _FOLD.sub(b"", data).decode()


def _letter_texts(letter: Letter) -> Iterator[tuple[str, str]]:
    yield letter.path, "\n".join((*letter.headers.values(), letter.text.text))
    yield letter.html.path, unescape(_STYLE.sub("", letter.html.text))
    for _, data in letter.calendars:
        yield f"{letter.path}.ics", _FOLD.sub(b"", data).decode()


def _own_ids(notice: Notice) -> frozenset[str]:
    """Return the ids of the schedule: an instance called so names nobody."""
    waves = notice.schedule.waves if notice.schedule else ()
    ids = ((wave.id, wave.environment) for wave in waves)
    return frozenset(id for pair in ids for id in pair)


def _owned_names(notice: Notice) -> tuple[Names, Mapping[str, set[str]]]:
    """Return what tells customers apart, and whose each name is."""
    names = Names()
    owners: defaultdict[str, set[str]] = defaultdict(set)
    own = {notice.publisher.name, notice.support.name.source, notice.publisher.sender}
    common = {id.casefold() for id in _own_ids(notice)}

    def add(name: str, customer: str, *, exact: bool) -> None:
        key = name.casefold() if exact else " ".join(_WORD.findall(name))
        if not key or name in own or key in common:
            return
        owners[key].add(customer)
        rule = "privacy/foreign-customer"
        (names.add_exact if exact else names.add)(name, rule, key)

    for customer in (notice.customers or {}).values():
        add(customer.name, customer.id, exact=False)
    for instance in notice.instances or ():
        if re.search(r"\d|[._-]", instance.id):
            add(instance.id, instance.customer, exact=True)
    for _, contact in read_contacts(notice.contacts) if notice.contacts else ():
        add(contact.email, contact.customer, exact=True)
        if len(_WORD.findall(contact.name)) > 1:
            add(contact.name, contact.customer, exact=False)
    return names, owners
