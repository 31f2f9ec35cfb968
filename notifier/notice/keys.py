"""Validate a tree of places against a schema; report faults at their places."""

from __future__ import annotations

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
_FORMS = {"model_type": "mapping", "dict_type": "mapping", "tuple_type": "list"}


class Keys(BaseModel):
    """Base of all mappings; a bare text stands for the key *shorthand*."""

    model_config = ConfigDict(extra="forbid", frozen=True)
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
        return data

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        schema = handler(core_schema)
        if cls.shorthand is None:
            return schema
        # YAML 1.1 editors take a bare `no` for a boolean.
        return {"anyOf": [{"type": ["string", "boolean"]}, schema]}


def to_data(node: Node) -> object:
    """Return *node* as dicts, lists and Written; empty values are missing."""
    if node.entries is not None:
        children = node.entries.items()
        return {key: to_data(child) for key, child in children if not child.is_empty}
    if node.items is not None:
        return [to_data(item) for item in node.items]
    return node.value


def validate(schema: type[K], root: Node, findings: Findings) -> K | None:
    """Return *root* as *schema* types it, or None when it has faults."""
    try:
        return schema.model_validate(to_data(root))
    except ValidationError as error:
        # Faults beyond the listed ones are only counted, before the costly report.
        errors = error.errors(include_url=False, include_input=False)
        meant = {_meant(each, schema) for each in errors[:LISTED]}
        for details in errors:
            if details["type"] == "missing" and details["loc"] in meant:
                continue
            if findings.is_full:
                findings.count_more()
            else:
                _report(details, schema, root, findings)
        findings.has_errors = True
        return None


def _meant(details: ErrorDetails, schema: type[Keys]) -> tuple[int | str, ...]:
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
        fault = Fault("unknown-key", f"unknown key {quoted(key)}", listed, key, known)
        findings.add(fault, place_of(root, (*loc, "[key]")))
    elif kind in _FORMS:
        word = _FORMS[kind]
        form = "'- item' lines or [a, b]" if word == "list" else "'key: value' lines"
        message = f"not a {word}"
        findings.add(Fault("type", message, f"write {form}"), place_of(root, loc))
    elif kind == "too_short":
        fault = Fault("missing", "an empty list", "write at least one item")
        findings.add(fault, place_of(root, loc))
    else:
        fault = Fault("type", details["msg"].lower().rstrip("."))
        findings.add(fault, place_of(root, loc))


def place_of(root: Node, loc: tuple[int | str, ...]) -> Place:
    """Return the place of the value at *loc*, of its key if *loc* ends in `[key]`.

    Where the tree ends before *loc* does, its last node there is the place.
    """
    node, place = root, root.place
    wants_key = loc[-1:] == ("[key]",)
    for step in loc:
        if node.entries is not None and step in node.entries:
            node = node.entries[str(step)]
            place = node.key if node.key and wants_key else node.place
        elif node.items is not None and isinstance(step, int):
            node = node.items[step]
            place = node.place
    return place


def _known_keys(schema: type[Keys], loc: tuple[int | str, ...]) -> tuple[str, ...]:
    for step in loc:
        for name, field in schema.model_fields.items():
            if step == (field.alias or name):
                schema = _keys_in(field.annotation) or schema
    return tuple(field.alias or name for name, field in schema.model_fields.items())


def _keys_in(annotation: object) -> type[Keys] | None:
    if isinstance(annotation, type) and issubclass(annotation, Keys):
        return annotation
    if get_origin(annotation) in (Annotated, Union, types.UnionType, tuple):
        found = (_keys_in(part) for part in get_args(annotation))
        return next((keys for keys in found if keys), None)
    return None
