"""Fields: facts that a template may print but never look at.

A field prints as an opaque token of ASCII letters and digits, which passes unchanged
through Markdown, HTML and inlining; the value takes its place when an edition is bound
or merged. That is why a value can never become markup or change a sentence's shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import NoReturn

# Nobody can write a token into a text beforehand: each process has its own mark. It
# never reaches an output, so that equal input still makes equal bytes.
_MARK = f"x{token_hex(6)}x"
TOKEN = re.compile(rf"{_MARK}(\d{{1,6}})z{_MARK}")
_TRACE = re.compile(_MARK, re.IGNORECASE)


class FieldInspected(Exception):
    """Raised where a template tests, compares, loops over or filters a field."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"the field {name!r} can be printed, not inspected")


class Field:
    """A hole in an edition; every use but printing raises FieldInspected."""

    __slots__ = ("_name", "_token")

    def __init__(self, name: str, token: str) -> None:
        self._name = name
        self._token = token

    def __str__(self) -> str:
        return self._token

    def _refuse(self, *_: object) -> NoReturn:
        raise FieldInspected(self._name)

    __bool__ = __len__ = __iter__ = __contains__ = __getitem__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __add__ = __radd__ = _refuse
    __int__ = __float__ = __index__ = __hash__ = __format__ = _refuse
    __mul__ = __mod__ = __call__ = _refuse

    def __eq__(self, other: object) -> bool:
        raise FieldInspected(self._name)

    def __ne__(self, other: object) -> bool:
        raise FieldInspected(self._name)


class Count(Field):
    """An integer field that may choose a plural form.

    Its sample is an integer of the plural category that the edition is compiled for.
    """

    __slots__ = ("_sample",)

    def __init__(self, name: str, token: str, sample: int) -> None:
        super().__init__(name, token)
        self._sample = sample


def plural_number(count: Count) -> int:
    """Return an integer of the plural category of *count*, out of templates' reach."""
    return count._sample


class Record:
    """The fields of one group (`wave`, `contact`), made as a template asks for them.

    *counts* gives the sample of each field that is a count.
    """

    __slots__ = ("_book", "_counts", "_group", "_known")

    def __init__(
        self,
        group: str,
        book: TokenBook,
        known: Iterable[str],
        counts: Mapping[str, int] | None = None,
    ) -> None:
        self._group = group
        self._book = book
        self._known = frozenset(known)
        self._counts = counts or {}

    def __getattr__(self, key: str) -> Field:
        if key not in self._known:
            raise AttributeError(key)
        return self._book.field(f"{self._group}.{key}", self._counts.get(key))


@dataclass
class TokenBook:
    """Hands out the tokens of one edition: the same field, the same token."""

    names: list[str] = field(default_factory=list)

    def field(self, name: str, sample: int | None = None) -> Field:
        """Return the field *name*; *sample* makes it a count."""
        if name not in self.names:
            self.names.append(name)
        token = f"{_MARK}{self.names.index(name)}z{_MARK}"
        return Field(name, token) if sample is None else Count(name, token, sample)


def tokens(text: str) -> tuple[str, ...]:
    """Return all tokens of *text*, sorted: the multiset that every step must keep."""
    return tuple(sorted(match[0] for match in TOKEN.finditer(text)))


def is_spoilt(text: str) -> bool:
    """Tell whether *text* holds a token that something has cut or changed."""
    return len(_TRACE.findall(text)) != 2 * len(TOKEN.findall(text))


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a field's value goes."""

    field: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """A line, list item or table row that comes once per item of a list field."""

    field: str
    pieces: tuple[str | Slot, ...]


Pieces = tuple[str | Slot | Repeat, ...]
# What tells the items of a list field from the list as one text.
ITEMS = "[]"
# Returns where the unit begins and ends that holds a place of a text.
Unit = Callable[[str, int], tuple[int, int]]


def split(text: str, book: TokenBook, unit: Unit) -> Pieces:
    """Split *text* at its tokens into static pieces and slots.

    What *unit* finds around the items of a list field becomes a Repeat.
    """
    pieces: list[str | Slot | Repeat] = []
    end = 0
    for match in TOKEN.finditer(text):
        name = book.names[int(match[1])]
        if name.endswith(ITEMS) and match.start() >= end:
            start, stop = unit(text, match.start())
            pieces += _flat(text[end:start], book)
            pieces.append(Repeat(name, _flat(text[start:stop], book)))
            end = stop
    return (*pieces, *_flat(text[end:], book))


def _flat(text: str, book: TokenBook) -> tuple[str | Slot, ...]:
    # re.split with one group: texts at even places, what the group held at odd ones.
    parts = TOKEN.split(text)
    return tuple(
        Slot(book.names[int(part)]) if index % 2 else part
        for index, part in enumerate(parts)
        if part
    )


def joined(pieces: Iterable[str | Slot | Repeat]) -> Pieces:
    """Return *pieces* with neighbouring texts made one."""
    result: list[str | Slot | Repeat] = []
    for piece in pieces:
        last = result[-1] if result else None
        if isinstance(piece, str) and isinstance(last, str):
            result[-1] = last + piece
        else:
            result.append(piece)
    return tuple(result)


# Enough to tell in which line or address a value stands.
_CONTEXT = 2_000
# Gets a value and the text before it; returns what stands there.
Escape = Callable[[str, str], str]


def as_it_is(value: str, before: str) -> str:
    """Return *value*, for plain text."""
    return value


def fill_in(
    pieces: Pieces, values: Mapping[str, str], escape: Escape = as_it_is
) -> Pieces:
    """Return *pieces* with the slots filled whose fields are in *values*."""
    filled: list[str | Slot | Repeat] = []
    before = ""
    for piece in pieces:
        more: Pieces = (piece,)
        if isinstance(piece, Repeat):
            more = _filled_repeat(piece, values, escape)
        elif isinstance(piece, Slot) and piece.field in values:
            more = (escape(values[piece.field], before),)
        filled += more
        before += "".join(each if isinstance(each, str) else "x" for each in more)
        before = before[-_CONTEXT:]
    return joined(filled)


def _filled_repeat(piece: Repeat, values: Mapping[str, str], escape: Escape) -> Pieces:
    if piece.field not in values:
        inner = fill_in(piece.pieces, values, escape)
        return (Repeat(piece.field, inner),)  # type: ignore[arg-type]  # no repeats in repeats
    filled: Pieces = ()
    for item in items_of(values[piece.field]):
        filled += fill_in(piece.pieces, {**values, piece.field: item}, escape)
    return filled


def items_of(value: str) -> list[str]:
    """Return the items of a list field's value, which has one per line."""
    return value.split("\n") if value else []


def text_of(pieces: Pieces) -> str:
    """Return the text of *pieces*; KeyError names a field that has no value yet."""
    for piece in pieces:
        if not isinstance(piece, str):
            raise KeyError(piece.field)
    return "".join(piece for piece in pieces if isinstance(piece, str))
