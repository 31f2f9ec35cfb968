"""One message of a gettext catalog, with its comments, its marks and its history."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import Any

from babel.messages.pofile import normalize

from notifier.language.pofile import Key

# How a translation stands, see `Entry.state`.
STATES = ("translated", "stale", "fuzzy", "missing")
_WIDTH = 88
_FUZZY = "fuzzy"
_KEY = "key: "
_SOURCE = "source: "
_MESSAGE = frozenset({"id", "forms", "context", "plural", "obsolete"})
_COMMENTS = frozenset({"remarks", "notes", "places", "flags", "former", "obsolete"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A message and its translation, one of *forms* per plural form.

    *remarks* are the translators' comments (`#`), *notes* what was extracted (`#.`),
    *former* the texts from which an outdated translation was made (`#|`), by keyword.
    *gap*, *head* and *body* are the blank lines, comments and message as the file has
    them, *line* is that of the message.
    """

    id: str
    forms: tuple[str, ...] = ("",)
    context: str | None = None
    plural: str | None = None
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    former: tuple[tuple[str, str], ...] = ()
    obsolete: bool = False
    line: int = field(default=0, compare=False)
    gap: str = field(default="\n", compare=False)
    head: str | None = field(default=None, compare=False)
    body: str | None = field(default=None, compare=False)

    @property
    def key(self) -> Key:
        """Return what tells the message from all others of a catalog."""
        return self.context, self.id

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the dotted paths of the keys whose text this is."""
        return tuple(
            note.removeprefix(_KEY) for note in self.notes if note.startswith(_KEY)
        )

    @property
    def explanations(self) -> tuple[str, ...]:
        """Return what was extracted for people to read."""
        return tuple(
            note for note in self.notes if not note.startswith((_KEY, _SOURCE))
        )

    @property
    def is_fuzzy(self) -> bool:
        """Tell whether somebody or something doubts the translation."""
        return _FUZZY in self.flags

    @property
    def is_filled(self) -> bool:
        """Tell whether all forms have a text."""
        return all(self.forms)

    @property
    def is_translated(self) -> bool:
        """Tell whether the translation counts."""
        return self.is_filled and not self.is_fuzzy

    @property
    def is_stale(self) -> bool:
        """Tell whether the message has changed since it was translated."""
        return self.is_fuzzy and self.former_id is not None

    @property
    def state(self) -> str:
        """Return how the translation stands, one of STATES."""
        if not self.is_filled:
            return "missing"
        if self.is_stale:
            return "stale"
        return "fuzzy" if self.is_fuzzy else "translated"

    @property
    def former_id(self) -> str | None:
        """Return the message from which the translation was made, if it is another."""
        return dict(self.former).get("msgid")


def amend(entry: Entry, **changes: Any) -> Entry:
    """Return *entry* with *changes*; what they leave alone stays as the file has it."""
    changed = {name for name, value in changes.items() if getattr(entry, name) != value}
    if changed & _MESSAGE:
        changes["body"] = None
    if changed & _COMMENTS:
        changes["head"] = None
    return replace(entry, **changes) if changed else entry


def mark_stale(entry: Entry, former: Entry) -> Entry:
    """Return *entry* with the translation of *former*, which has to be checked.

    A translation that was outdated already keeps the source it was made from.
    """
    texts = former.former if former.is_stale else tuple(texts_of(former).items())
    source = dict(texts)["msgid"]
    notes = (*without_source(entry.notes), f"{_SOURCE}{digest(source)}")
    flags = (_FUZZY, *(flag for flag in entry.flags if flag != _FUZZY))
    forms = fitting(former, entry)
    return amend(entry, forms=forms, flags=flags, former=texts, notes=notes)


def mark_current(entry: Entry) -> Entry:
    """Return *entry* without any doubt about its translation."""
    flags = tuple(flag for flag in entry.flags if flag != _FUZZY)
    return amend(entry, flags=flags, former=(), notes=without_source(entry.notes))


def without_source(notes: tuple[str, ...]) -> tuple[str, ...]:
    """Return *notes* without the hash of a former source."""
    return tuple(note for note in notes if not note.startswith(_SOURCE))


def key_note(path: str) -> str:
    """Return the comment that names the key at the dotted *path*."""
    return f"{_KEY}{path}"


def digest(source: str) -> str:
    """Return 12 hex digits that stand for *source*."""
    return hashlib.sha256(source.encode()).hexdigest()[:12]


def fitting(old: Entry, new: Entry) -> tuple[str, ...]:
    """Return the forms of *old* for *new*; what it lacks of them stays empty.

    A text without plural serves as every form. Forms too many are left to be told.
    """
    count = len(new.forms)
    if new.plural is None:
        return old.forms[-1:]
    if old.plural is None:
        return old.forms * count
    return old.forms + ("",) * (count - len(old.forms))


def texts_of(entry: Entry) -> dict[str, str]:
    """Return the texts of the message by their keywords in the file."""
    texts = {
        "msgctxt": entry.context,
        "msgid": entry.id,
        "msgid_plural": entry.plural,
    }
    return {name: text for name, text in texts.items() if text is not None}


def written(entry: Entry) -> str:
    """Return *entry* as it stands in a file, with the blank lines before it."""
    head = _head(entry) if entry.head is None else entry.head
    body = _body(entry) if entry.body is None else entry.body
    return f"{entry.gap}{head}{body}"


def _head(entry: Entry) -> str:
    lines = [f"# {remark}".rstrip() for remark in entry.remarks]
    lines += [f"#. {note}".rstrip() for note in entry.notes]
    lines += [f"#: {place}" for place in entry.places]
    if entry.flags:
        lines.append(f"#, {', '.join(entry.flags)}")
    mark = "#~| " if entry.obsolete else "#| "
    lines += [_line(name, text, mark) for name, text in entry.former]
    return "".join(f"{line}\n" for line in lines)


def _body(entry: Entry) -> str:
    mark = "#~ " if entry.obsolete else ""
    lines = [_line(name, text, mark) for name, text in texts_of(entry).items()]
    if entry.plural is None:
        lines.append(_line("msgstr", entry.forms[0], mark))
    else:
        lines += [
            _line(f"msgstr[{number}]", form, mark)
            for number, form in enumerate(entry.forms)
        ]
    return "".join(f"{line}\n" for line in lines)


def _line(keyword: str, text: str, mark: str) -> str:
    return f"{mark}{keyword} {normalize(text, prefix=mark, width=_WIDTH)}"
