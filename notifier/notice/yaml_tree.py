"""Parse YAML of strangers into a tree of places: no aliases, tags or surprises."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

import yaml

from notifier.errors import Place, Severity
from notifier.notice.faults import Fault, Findings, quoted
from notifier.notice.yaml_errors import explained

DEEPEST = 20
MOST_NODES = 50_000
_STANDARD_TAG = "tag:yaml.org,2002:"
# U+0085, U+2028 and U+2029 are line ends to YAML 1.1 but not to editors.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")

# What looks like a part of the text before it.
_COMMENT = re.compile(r"[ \t]+(?=(#[^\s#][^\r\n]*))#")


class Written(str):
    """A scalar as written in a file, with the place where it stands."""

    __slots__ = ("place",)
    place: Place

    def __new__(cls, text: str, place: Place) -> Written:
        """Return *text* that remembers *place*."""
        written = super().__new__(cls, text)
        written.place = place
        return written


@dataclass(slots=True)
class Node:
    """A scalar, a list or a mapping of a YAML file.

    *span* is its part of *source*, *block* tells a list or mapping written in lines,
    *key* is the place of the key that it is the value of; the keys of *entries* are
    Written, too.
    """

    place: Place
    span: tuple[int, int]
    source: str
    value: Written | None = None
    items: list[Node] | None = None
    entries: dict[str, Node] | None = None
    block: bool = False
    key: Place | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether this is a scalar that says nothing."""
        return self.value is not None and not self.value.strip()


class _Mark(Protocol):
    """A spot in the text; libyaml and Python's parser have a type each."""

    line: int
    column: int


@dataclass(slots=True)
class _Builder:
    """What has been read so far of one document."""

    text: str
    findings: Findings
    stack: list[Node] = field(default_factory=list)
    keys: list[Written | None] = field(default_factory=list)
    root: Node | None = None
    count: int = 0

    def place(self, mark: _Mark | None) -> Place:
        if mark is None:
            return Place(self.findings.path, 1, 1)
        return Place(self.findings.path, mark.line + 1, mark.column + 1)

    def start(self, event: yaml.Event) -> None:
        node = self.node(event)
        if isinstance(event, yaml.MappingStartEvent):
            node.entries = {}
        else:
            node.items = []
        node.block = not getattr(event, "flow_style", True)
        self.attach(node)
        self.stack.append(node)
        self.keys.append(None)
        if len(self.stack) > DEEPEST:
            message = f"nested deeper than {DEEPEST} levels"
            raise _Stop(Fault("yaml/too-deep", message), node.place)

    def node(self, event: yaml.Event) -> Node:
        self.count += 1
        place = self.place(event.start_mark)
        if self.count > MOST_NODES:
            message = f"more than {MOST_NODES} values"
            hint = "long tables belong into CSV files"
            raise _Stop(Fault("yaml/too-large", message, hint), place)
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            self.refuse("alias", f"alias {quoted(f'*{anchor}')}", place)
        elif anchor is not None:
            self.refuse("alias", f"anchor {quoted(f'&{anchor}')}", place)
        if tag is not None:
            self.refuse("tag", f"tag {quoted(tag.replace(_STANDARD_TAG, '!!'))}", place)
        start, end = event.start_mark, event.end_mark
        span = (start.index if start else 0, end.index if end else 0)
        return Node(place, span, self.text)

    def scalar(self, event: yaml.ScalarEvent) -> None:
        node = self.node(event)
        bad = CONTROL.search(event.value)
        if bad:
            self.findings.add(_control(bad[0]), node.place)
        node.value = Written(event.value, node.place)
        self.attach(node)
        comment = _COMMENT.match(self.text, node.span[1]) if not event.style else None
        if comment and event.end_mark:
            end = event.end_mark
            column = end.column + comment.end() - node.span[1]
            place = Place(self.findings.path, end.line + 1, column)
            hint = "put the text into quotes, or write a blank behind '#'"
            message = f"a comment, which is not read: {quoted(comment[1])}"
            fault = Fault("yaml/comment", message, hint)
            self.findings.add(fault, place, Severity.WARNING)

    def alias(self, event: yaml.AliasEvent) -> None:
        node = self.node(event)
        node.value = Written("", node.place)
        self.attach(node)

    def refuse(self, rule: str, what: str, place: Place) -> None:
        hint = "write the value out, in quotes if it begins with '&', '*' or '!'"
        self.findings.add(Fault(f"yaml/{rule}", f"{what} is not allowed", hint), place)

    def attach(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if parent.items is not None and node.is_empty:
            hint = "write a value, or remove the item"
            self.findings.add(Fault("yaml/empty-item", "empty item", hint), node.place)
        elif parent.items is not None:
            parent.items.append(node)
        elif parent.entries is not None:
            self.attach_entry(parent.entries, node)

    def attach_entry(self, entries: dict[str, Node], node: Node) -> None:
        key = self.keys[-1]
        if key is not None:
            self.keys[-1] = None
            if not key:
                return
            node.key = key.place
            # The first of two equal keys stands; the second was reported at its key.
            entries.setdefault(key, node)
            return
        key = node.value if node.value is not None else Written("", node.place)
        if node.value is None or not node.value:
            fault = Fault("yaml/key", "a key must be a plain word")
            self.findings.add(fault, node.place)
        elif key in entries:
            hint = "remove one of the two"
            fault = Fault("yaml/duplicate-key", f"duplicate key {quoted(key)}", hint)
            self.findings.add(fault, node.place)
        self.keys[-1] = key

    def end(self, event: yaml.Event) -> None:
        node = self.stack.pop()
        self.keys.pop()
        if event.end_mark:
            node.span = (node.span[0], event.end_mark.index)


class _Stop(Exception):
    """Reading on would be of no use."""

    def __init__(self, fault: Fault, place: Place) -> None:
        self.fault = fault
        self.place = place
        super().__init__(fault.message)


def decode(data: bytes, findings: Findings) -> str | None:
    """Return the text of a YAML file, with or without BOM; None if it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        place = Place(findings.path, data.count(b"\n", 0, error.start) + 1)
        findings.add(Fault("yaml/not-utf8", message, "save the file as UTF-8"), place)
        return None


def parse(text: str, findings: Findings) -> Node | None:
    """Parse one YAML document into its tree; None if there is none to use.

    Everything wrong goes to *findings*. An empty document is an empty mapping.
    """
    bad = CONTROL.search(text)
    if bad:
        findings.add(_control(bad[0]), _place_of(text, bad.start(), findings.path))
        return None
    builder = _Builder(text, findings)
    try:
        _feed(builder, yaml.parse(text, Loader=_loader()))
    except _Stop as stop:
        findings.add(stop.fault, stop.place)
        return None
    except yaml.YAMLError as error:
        findings.add(*explained(error, text, findings.path))
        return None
    return _top(builder)


def _loader() -> type[yaml.SafeLoader]:
    # libyaml reads ten times faster; its events are the same.
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _feed(builder: _Builder, events: Iterable[yaml.Event]) -> None:
    documents = 0
    for event in events:
        match event:
            case yaml.ScalarEvent():
                builder.scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                builder.start(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                builder.end(event)
            case yaml.AliasEvent():
                builder.alias(event)
            case yaml.DocumentStartEvent():
                documents += 1
                if documents > 1:
                    fault = Fault("yaml/documents", "a second document begins here")
                    raise _Stop(fault, builder.place(event.start_mark))


def _top(builder: _Builder) -> Node | None:
    start = Place(builder.findings.path, 1, 1)
    root = builder.root
    if root is None or root.value == "":
        return Node(start, (0, 0), builder.text, entries={})
    if root.entries is None:
        hint = "write 'key: value' lines"
        fault = Fault("yaml/syntax", "the file is not a mapping", hint)
        builder.findings.add(fault, root.place)
        return None
    return root


def _control(character: str) -> Fault:
    message = f"control character U+{ord(character):04X}"
    return Fault("yaml/control-character", message, "remove it")


def _place_of(text: str, index: int, path: str) -> Place:
    line_start = max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1
    before = text[:line_start].replace("\r\n", "\n")
    line = before.count("\n") + before.count("\r") + 1
    return Place(path, line, index - line_start + 1)


def walk(node: Node, path: str = "") -> Iterator[tuple[str, Place]]:
    """Yield the dotted path and place of each key and list item below *node*."""
    for key, child in (node.entries or {}).items():
        name = f"{path}.{key}" if path else str(key)
        yield name, child.key or child.place
        yield from walk(child, name)
    for number, child in enumerate(node.items or ()):
        name = f"{path}.{number}"
        yield name, child.place
        yield from walk(child, name)


def merge(defaults: Node, node: Node) -> Node:
    """Return *node* over *defaults*: mappings merged, all else replaced."""
    if defaults.entries is None or node.entries is None:
        return defaults if node.is_empty else node
    entries = dict(defaults.entries)
    for key, child in node.entries.items():
        # Taken out and put back, so that the key too stands in the nearer file.
        under = entries.pop(key, None)
        entries[key] = merge(under, child) if under else child
    return replace(node, entries=entries)
