"""Validate a tree of places against a schema; report faults at their places."""

from __future__ import annotations

import re
import types
from difflib import get_close_matches
from typing import Annotated, Any, ClassVar, TypeVar, Union, get_args, get_origin

from pydantic import (
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    ValidationError,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, ErrorDetails

from notifier.errors import Place
from notifier.notice.faults import LISTED, Fault, Findings, quoted
from notifier.notice.yaml_tree import Node, Written

K = TypeVar("K", bound="Keys")
Loc = tuple[int | str, ...]
_PLAIN = re.compile(r"[\w.@ -]{1,40}")
# Keys that a text is meant for where a mapping belongs.
_NAMING = ("id", "name", "level")
_FORMS = {"model_type": "mapping", "dict_type": "mapping", "tuple_type": "list"}


class Keys(BaseModel):
    """Base of all mappings; a bare text stands for the key *shorthand*."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    shorthand: ClassVar[str | None] = None

    def __init_subclass__(cls, shorthand: str | None = None, **kwargs: Any) -> None:
        """Remember which key a bare text stands for."""
        super().__init_subclass__(**kwargs)
        cls.shorthand = shorthand

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, data: object) -> object:
        if cls.shorthand and isinstance(data, Written):
            return {cls.shorthand: data}
        if not isinstance(data, dict):
            return data
        # A key that does not exist is a fault, also where it says nothing.
        known = names_of(cls)
        return {k: v for k, v in data.items() if k not in known or not _is_empty(v)}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        schema = handler(core_schema)
        if cls.shorthand is None:
            return schema
        # YAML 1.1 editors take a bare `no` for a boolean.
        return {"anyOf": [{"type": ["string", "boolean"]}, schema]}


def stated(data: object) -> object:
    """Return the values of a mapping with free keys, without the empty ones."""
    if not isinstance(data, dict):
        return data
    return {key: value for key, value in data.items() if not _is_empty(value)}


def names_of(schema: type[Keys]) -> tuple[str, ...]:
    """Return the keys of *schema* as a file spells them."""
    return tuple(field.alias or name for name, field in schema.model_fields.items())


def _is_empty(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


def to_data(node: Node) -> object:
    """Return *node* as dicts, lists and Written."""
    if node.entries is not None:
        return {key: to_data(child) for key, child in node.entries.items()}
    if node.items is not None:
        return [to_data(item) for item in node.items]
    return node.value


def validate(
    schema: type[K], root: Node, findings: Findings, *, whole: bool = True
) -> K | None:
    """Return *root* as *schema* types it, or None when it has faults.

    Unless *root* is the *whole* of the facts, keys may be missing outside lists.
    """
    try:
        return schema.model_validate(to_data(root))
    except ValidationError as error:
        # Faults beyond the listed ones are only counted, before the costly report.
        errors = error.errors(include_url=False, include_input=False)
        meant = {_meant(each, schema) for each in errors[:LISTED]}
        for details in errors:
            if details["type"] == "missing":
                elsewhere = not whole and not any(
                    isinstance(step, int) for step in details["loc"]
                )
                if elsewhere or details["loc"] in meant:
                    continue
            if findings.is_full:
                findings.count_more()
            else:
                _report(details, schema, root, findings)
        findings.has_errors = True
        return None


def _meant(details: ErrorDetails, schema: type[Keys]) -> Loc:
    """Return where a misspelled key should stand: there it is not missing, too."""
    *above, key = details["loc"] or ("",)
    if details["type"] != "extra_forbidden":
        return ()
    near = get_close_matches(str(key)[:80], _known_keys(schema, tuple(above)), n=1)
    return (*above, *near)


def _report(
    details: ErrorDetails, schema: type[Keys], root: Node, findings: Findings
) -> None:
    loc = details["loc"]
    kind = details["type"]
    if kind == "faults":
        for fault in details["ctx"]["faults"]:
            findings.add(fault, place_of(root, loc))
    elif kind == "missing":
        hint = f"add '{loc[-1]}: …'"
        fault = Fault("missing", f"{str(loc[-1])!r} is missing", hint)
        findings.add(fault, place_of(root, loc[:-1]))
    elif kind == "extra_forbidden":
        key = str(loc[-1])
        known = _known_keys(schema, loc[:-1])
        listed = None if len(known) > 12 else "one of: " + ", ".join(known)
        if _is_cut(root, loc):
            listed = "put a text that holds a comma into quotes"
        fault = Fault("unknown-key", f"unknown key {quoted(key)}", listed, key, known)
        findings.add(fault, place_of(root, (*loc, "[key]")))
    elif kind in _FORMS:
        findings.add(_wrong_form(_FORMS[kind], schema, root, loc), place_of(root, loc))
    elif kind == "too_short":
        fault = Fault("missing", "an empty list", "write at least one item")
        findings.add(fault, place_of(root, loc))
    else:
        fault = Fault("type", details["msg"].lower().rstrip("."))
        findings.add(fault, place_of(root, loc))


def place_of(root: Node, loc: Loc) -> Place:
    """Return the place of the value at *loc*, of its key if *loc* ends in `[key]`.

    Where the tree ends before *loc* does, its last node there is the place.
    """
    node = _node_at(root, loc)
    return node.key if node.key and loc[-1:] == ("[key]",) else node.place


def _node_at(root: Node, loc: Loc) -> Node:
    node = root
    for step in loc:
        if node.entries is not None and step in node.entries:
            node = node.entries[str(step)]
        elif node.items is not None and isinstance(step, int):
            node = node.items[step]
    return node


def _is_cut(root: Node, loc: Loc) -> bool:
    """Tell whether the key at *loc* may be a text behind a comma in braces."""
    above = _node_at(root, loc[:-1])
    key = (above.entries or {}).get(str(loc[-1]))
    if key is None or above.block or not key.is_empty:
        return False
    return not key.source[: key.span[0]].rstrip().endswith(":")


def _wrong_form(form: str, schema: type[Keys], root: Node, loc: Loc) -> Fault:
    name = next((str(step) for step in reversed(loc) if isinstance(step, str)), "")
    is_item = isinstance(loc[-1], int)
    what = f"an item of {name!r}" if is_item else repr(name)
    if form == "list":
        hint = "write '- item' lines or [a, b]"
    else:
        example = _example(schema, root, loc)
        hint = f"write '{'-' if is_item else name + ':'} {{{example}}}'"
    return Fault("type", f"{what} is not a {form}", hint)


def _example(schema: type[Keys], root: Node, loc: Loc) -> str:
    """Return what could stand between braces at *loc*; a text there comes first."""
    nearest, value = _schema_at(schema, loc), _node_at(root, loc).value
    field = nearest.model_fields.get(str(loc[-1]))
    if field is not None and field.examples:
        return str(field.examples[0])
    required = [
        field.alias or name
        for name, field in nearest.model_fields.items()
        if field.is_required()
    ]
    keys = required or names_of(nearest)[:1]
    named = value and keys[0] in _NAMING and _PLAIN.fullmatch(value)
    first = value if named else "…"
    return ", ".join([f"{keys[0]}: {first}", *(f"{key}: …" for key in keys[1:])])


def _known_keys(schema: type[Keys], loc: Loc) -> tuple[str, ...]:
    return names_of(_schema_at(schema, loc))


def _schema_at(schema: type[Keys], loc: Loc) -> type[Keys]:
    for step in loc:
        for name, field in schema.model_fields.items():
            if step == (field.alias or name):
                schema = _keys_in(field.annotation) or schema
    return schema


def _keys_in(annotation: object) -> type[Keys] | None:
    if isinstance(annotation, type) and issubclass(annotation, Keys):
        return annotation
    if get_origin(annotation) in (Annotated, Union, types.UnionType, tuple):
        found = (_keys_in(part) for part in get_args(annotation))
        return next((keys for keys in found if keys), None)
    return None
