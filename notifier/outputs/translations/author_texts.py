"""The translatable texts of a notice folder's YAML files, each with its key path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import MappingProxyType

from notifier.errors import Place
from notifier.language.po_entry import Entry, key_note
from notifier.model.notice import Notice
from notifier.model.values import PLACEHOLDER, Text

# What a text is, by its key without the numbers and ids of list items.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "title": "title and subject line",
        "description": "one sentence for search engines",
        "reason": "why the change is made",
        "support.name": "name of the support team, a label",
        "brand.logo_alt": "what the logo shows",
        "audience.name": "a group of customers that is affected",
        "audience.condition": "when that group counts, behind its name",
        "not_affected.name": "a group of customers that is not affected",
        "not_affected.condition": "when that group counts, behind its name",
        "impact.unavailable": "what will not work",
        "impact.unaffected": "what will go on working",
        "customer.action.text": "what customers must do",
        "customer.action.if_not": "what happens if customers do not act",
        "customer.testing": "what customers should test",
        "customer.reschedule.reason": "why a window can or cannot be moved",
        "changes.text": "what was changed in the notice",
        "faq.question": "question",
        "faq.answer": "answer",
        "page.heading": "first heading of the page",
        "page.outline.heading": "heading of a section",
        "page.outline.text": "text of a section",
        "page.components.name": "name of a piece of software",
        "page.components.condition": "when that software is concerned",
        "page.components.text": "about a piece of software",
        "page.alerts.text": "call-out",
        "page.toc.title": "title in the table of contents",
        "environments.label": "name of an environment",
        "phases.label": "name of a phase",
        "phases.note": "note on a phase",
        "blackouts.reason": "why no wave may run on some days",
        "waves.label": "name of a wave",
    }
)
# Parts of a notice that hold no texts of the author, or are the schedule's own keys.
_ELSEWHERE = {"places", "instances", "customers", "contacts", "folder"}
_BRACE_FORMAT = "python-brace-format"


def author_texts(notice: Notice) -> Iterator[tuple[str, str, Text]]:
    """Yield each text of *notice* with its key path, and its key in KINDS.

    List items go by their id if they have one, otherwise by their number from 0.
    """
    yield from _below(notice, "", "")


def author_entries(notice: Notice) -> tuple[Entry, ...]:
    """Return a message per text of *notice*, in the order of the files."""
    found = sorted(author_texts(notice), key=lambda each: _order(each[2].place))
    return tuple(_entry(path, kind, text) for path, kind, text in found)


def _below(value: object, path: str, kind: str) -> Iterator[tuple[str, str, Text]]:
    if isinstance(value, Text):
        yield path, kind, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            name = getattr(item, "id", None) or number
            yield from _below(item, f"{path}.{name}", kind)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            if each.name not in _ELSEWHERE:
                name = {"duties": "customer", "schedule": ""}.get(each.name, each.name)
                inner = getattr(value, each.name)
                yield from _below(inner, _joined(path, name), _joined(kind, name))


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}".strip(".")


def _order(place: Place) -> tuple[bool, bool, str, int, int]:
    name = place.path
    shared = name.startswith("../")
    return (shared, "waves" in name, name, place.line or 0, place.column or 0)


def _entry(path: str, kind: str, text: Text) -> Entry:
    form = "Markdown" if text.markdown else "plain text"
    notes = [key_note(path), f"{KINDS.get(kind, kind)}; {form}"]
    held = [found[0] for found in PLACEHOLDER.finditer(text.source)]
    if held:
        listed = ", ".join(dict.fromkeys(held))
        notes.append(f"keep as it is, each locale prints it its own way: {listed}")
    others = PLACEHOLDER.sub("", text.source)
    is_format = held and "{" not in others and "}" not in others
    flags = (_BRACE_FORMAT,) if is_format else ()
    place = f"{text.place.path}:{text.place.line}"
    return Entry(text.source, notes=tuple(notes), places=(place,), flags=flags)
