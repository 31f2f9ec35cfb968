"""The blocks that a text in the dialect is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of inline Markdown."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; *text* is inline Markdown without its anchor."""

    level: int
    text: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """Verbatim lines; *language* is the word after the fence."""

    lines: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A pipe table: header, delimiter row, rows; *style* is the line under it."""

    lines: tuple[str, ...]
    style: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quote."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """A call-out; *kind* is one of ALERT_TYPES."""

    kind: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Details:
    """A collapsible part; *title* is inline Markdown."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; *first* is its first number, None for bullets."""

    first: int | None
    loose: bool
    items: tuple[tuple[Block, ...], ...]


Block = (
    Paragraph | Heading | Code | Table | Rule | Quote | Alert | Details | Listing
)  # fmt: skip
