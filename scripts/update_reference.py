"""Write the generated parts of `docs/reference.md` and the JSON Schemas beside it.

Their sentences come from `docs/meanings.yaml`, everything else from the code. How grave
a rule is, and how to mend what it finds, stands in `notifier/checks/rules.yaml`.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import yaml

from notifier.checks import formats
from notifier.checks.rule_book import GROUPS
from notifier.cli import main as front_door
from notifier.cli.check import book
from notifier.content import faq, page_views, phase_views, shape, templates, views
from notifier.language.catalogs import catalog_tags
from notifier.notice import json_schema, notice_schema, waves_schema
from notifier.outputs import facts, schedule_json
from notifier.outputs.mail import plain
from notifier.outputs.translations import status

ROOT = Path(__file__).parent.parent
MEANINGS = ROOT / "docs" / "meanings.yaml"
REFERENCE = ROOT / "docs" / "reference.md"
SCHEMAS = ROOT / "docs" / "schemas"
REGION = re.compile(r"(<!-- begin: (.+?) -->\n).*?(<!-- end -->)", re.DOTALL)
VIEWS = {
    "notice": views.NoticeView,
    "notice.audience[]": views.GroupView,
    "notice.impact": views.ImpactView,
    "notice.action": views.ActionView,
    "notice.reschedule": views.RescheduleView,
    "notice.notice_periods[]": views.NoticePeriodView,
    "notice.latest_change": views.ChangeView,
    "page": page_views.PageView,
    "page.outline[]": page_views.SectionView,
    "page.outline[].alerts[]": page_views.AlertView,
    "page.components[]": page_views.ComponentView,
    "phases[]": phase_views.PhaseView,
    "faq[]": faq.FaqView,
    "shape": shape.Shape,
}
FIELDS = {
    "wave": shape.WAVE_FIELDS,
    "contact": shape.CONTACT_FIELDS,
    "customer": shape.CUSTOMER_FIELDS,
}


def meanings() -> dict[str, dict[str, str]]:
    """Return what the keys of both files and the variables of templates mean."""
    text = MEANINGS.read_text("utf-8")
    return yaml.safe_load(text)  # type: ignore[no-any-return]  # checked by the tests


def regions() -> dict[str, str]:
    """Return the generated parts of the page by the names of their markers."""
    said = meanings()
    made = {
        "rules": _rules(),
        "groups": _table(
            "Group | What its rules see to",
            ([f"`{name}`", f"{text}."] for name, text in GROUPS.items()),
        ),
        "locales": _listed(catalog_tags()),
        "templates": _templates(),
        "filters": _listed(templates._FILTERS.split()),
    }
    for name in front_door.commands:
        made[f"command {name}"] = _options(name)
    for file, module in (("notice", notice_schema), ("waves", waves_schema)):
        for path, definition in definitions(file).items():
            rows = _key_rows(path, definition, said[file])
            shorthand = getattr(module, definition["title"]).shorthand
            short = f"\nA bare text stands for `{shorthand}`.\n" if shorthand else ""
            made[f"keys {file} {path}".rstrip()] = (
                _table("Key | Value | Default | Meaning", rows) + short
            )
    for path, view in VIEWS.items():
        made[f"view {path}"] = _table(
            "Variable | Type | Meaning", _variables(path, view, said["views"])
        )
    names = [
        f"{group}.{name}" for group, known in FIELDS.items() for name in sorted(known)
    ]
    printed = [[f"`{name}`", said["fields"][name]] for name in names]
    return {**made, "fields": _table("Field | What is printed", printed)}


def _variables(
    path: str, view: type[Any], said: Mapping[str, str]
) -> Iterator[list[str]]:
    for each in fields(view):
        name = f"{path}.{each.name}"
        yield [f"`{name}`", _kind_of(each.type), said[name]]


def definitions(file: str) -> dict[str, Any]:
    """Return the mappings of a file's schema by the path where they first stand."""
    schema = json_schema("notice" if file == "notice" else "waves")
    found: dict[str, Any] = {"": schema}
    pending = [("", schema)]
    while pending:
        path, owner = pending.pop(0)
        for key, value in owner["properties"].items():
            for name, many in _refs(value):
                inner = _mapping(schema["$defs"][name])
                below = f"{path}.{key}".lstrip(".") + ("[]" if many else "")
                if all(inner is not each for each in found.values()):
                    found[below] = inner
                    pending.append((below, inner))
    return found


def key_paths(file: str) -> list[str]:
    """Return the path of every key of `notice.yaml` or `waves.yaml`."""
    return [
        f"{path}.{key}".lstrip(".")
        for path, owner in definitions(file).items()
        for key in owner["properties"]
    ]


def _refs(
    value: Mapping[str, Any], *, many: bool = False
) -> Iterator[tuple[str, bool]]:
    if "$ref" in value:
        yield value["$ref"].rpartition("/")[2], many
    for option in value.get("anyOf", ()):
        yield from _refs(option, many=many)
    if isinstance(value.get("items"), dict):
        yield from _refs(value["items"], many=True)


def _mapping(definition: dict[str, Any]) -> dict[str, Any]:
    """Return the mapping itself of a definition that also has a short form."""
    return next(
        (each for each in definition.get("anyOf", ()) if "properties" in each),
        definition,
    )


def _key_rows(
    path: str, definition: Mapping[str, Any], said: Mapping[str, str]
) -> Iterator[list[str]]:
    for key, value in definition["properties"].items():
        name = f"{path}.{key}".lstrip(".")
        needed = key in definition.get("required", ())
        default = "**required**" if needed else _default(value.get("default"))
        yield [f"`{key}`", _value(value), default, said[name]]


def _value(value: Mapping[str, Any]) -> str:
    """Say in words what a JSON Schema accepts."""
    if "enum" in value:
        # `False` is what a YAML 1.1 editor makes of `no`.
        known = [each for each in value["enum"] if not isinstance(each, bool)]
        if "yes" in known:
            return "`yes` or `no`"
        return ", ".join(f"`{each}`" for each in known)
    if "anyOf" in value:
        options = [each for each in value["anyOf"] if each.get("type") != "null"]
        return "a whole number" if len(options) > 1 else _value(options[0])
    if "$ref" in value:
        return "a mapping"
    if value.get("type") == "array":
        return f"a list, each {_value(value['items'])}"
    if value.get("type") == "object":
        inner = [value.get("additionalProperties")]
        inner += value.get("patternProperties", {}).values()
        each = next((_value(one) for one in inner if isinstance(one, dict)), "any YAML")
        return f"a mapping, each {each}"
    return str(value["description"]).replace("<", "&lt;")


def _default(value: object) -> str:
    match value:
        case None | "" | [] | {}:
            return "–"
        case bool():
            return "`yes`" if value else "`no`"
        case _:
            return f"`{value}`"


def _kind_of(annotation: object) -> str:
    kinds = {"tuple": "list", "bool": "yes or no", "dict": "mapping"}
    kinds |= {"str": "text", "WaveStatus": "text"}
    found = (kind for name, kind in kinds.items() if str(annotation).startswith(name))
    return next(found, "group")


def _rules() -> str:
    rows = [
        [f"`{note.name}`", note.severity, note.finds, note.mend]
        for note in sorted(book().values(), key=lambda note: note.name)
    ]
    told = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    return _table("Rule | Severity | What it finds | How to mend it", told)


def command(name: str) -> click.Command:
    """Return a command of the front door, imported."""
    found: click.Command = importlib.import_module(f"notifier.cli.{name}").command
    return found


def _options(name: str) -> str:
    found = command(name)
    if isinstance(found, click.Group):
        return "\n".join(
            f"`{name} {each}`: {inner.short_help}\n\n{_options_of(inner)}"
            for each, inner in found.commands.items()
        )
    return _options_of(found)


def _options_of(found: click.Command) -> str:
    rows = []
    for option in found.params:
        if isinstance(option, click.Option):
            flags = ", ".join(
                f"`{each}`" for each in option.opts + option.secondary_opts
            )
            default = option.default if option.show_default else ""
            shown = str(default)
            if isinstance(default, list | tuple):
                shown = " ".join(default)
            rows.append([flags, _takes(option), str(option.help), shown or "–"])
    head = "Option | Value | What it does | Default"
    return _table(head, rows) if rows else "It has no options.\n"


def _takes(option: click.Option) -> str:
    match option.type:
        case click.types.BoolParamType():
            return "–"
        case click.Choice(choices=choices):
            return ", ".join(f"`{each}`" for each in choices)
        case click.IntRange(min=low, max=high):
            return f"at least {low}" if high is None else f"{low} to {high}"
        case _:
            told = str(option.metavar).replace("|-", " or `-`")
            return told.replace("|", " or ")


def _templates() -> str:
    folder = ROOT / "templates"
    rows = []
    for path in sorted(folder.rglob("*.j2")):
        if path.is_relative_to(folder / "preview"):
            continue  # the page of the preview is nobody's to change
        text = re.sub(r"{#.*?#}", "", path.read_text("utf-8"), flags=re.DOTALL)
        names = re.findall(r"{%-? (?:block|macro) ([a-z]\w*)", text)
        listed = ", ".join(f"`{name}`" for name in dict.fromkeys(names))
        rows.append([f"`{path.relative_to(folder).as_posix()}`", listed])
    return _table("Template | Blocks or macros", rows)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) + "\n"


def _table(head: str, rows: Iterable[list[str]]) -> str:
    titles = head.split(" | ")
    lines = [titles, ["---"] * len(titles), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def filled(text: str, made: Mapping[str, str]) -> str:
    """Return the page with its generated parts renewed; KeyError names a wrong one."""
    return REGION.sub(lambda found: f"{found[1]}\n{made[found[2]]}\n{found[3]}", text)


def schemas() -> dict[str, str]:
    """Return the JSON Schemas as text, by file name."""
    known: dict[str, Mapping[str, Any]] = {
        "notice": json_schema("notice"),
        "waves": json_schema("waves"),
        "document": facts.SCHEMA,
        "schedule": schedule_json.json_schema(),
        "message": plain.SCHEMA,
        "translations": status.json_schema(),
        "check": formats.json_schema(),
    }
    return {
        f"{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in known.items()
    }


def main() -> int:
    """Renew the page and the schemas."""
    page = filled(REFERENCE.read_text("utf-8"), regions())
    REFERENCE.write_text(page, "utf-8")
    for name, text in schemas().items():
        (SCHEMAS / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
