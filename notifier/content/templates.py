"""The Jinja environment: where templates come from, and what they may do.

Templates are their author's code, but a mistake in one must end as a located problem:
sandbox, undefined names refused, few filters, bounded output and loops.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from jinja2 import (
    Environment,
    StrictUndefined,
    Template,
    nodes,
)
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS

from notifier.content.fields import Count, Field, plural_number
from notifier.content.library import CodeCache, Library

# Whether a column exists is a fact of the folder, not of a contact.
_EXISTENCE = ("defined", "undefined")
OUTPUT_LIMIT = 2_000_000
_TURNS = 100_000
_FILTERS = """
    abs capitalize default d e escape first forceescape groupby int items join last
    length count list lower map max min reject rejectattr replace reverse select
    selectattr sort string striptags sum title trim truncate unique upper
"""


@dataclass
class Turns:
    """Count loops and calls in one environment, and stop them at a limit."""

    left: int = _TURNS

    def take(self, number: int = 1) -> None:
        """Use *number* of the turns, if so many are left."""
        self.left -= number
        if self.left < 0:
            raise OverflowError("the template loops too often")

    def range(self, *bounds: int) -> range:
        """Return the range, if its turns are left."""
        for bound in bounds:
            if isinstance(bound, Field):
                bound._refuse()
        turns = range(*bounds)
        self.take(len(turns))
        return turns

    def counted(self, items: Iterable[Any]) -> Iterator[Any]:
        """Yield *items* for a loop, a turn each."""
        for item in items:
            self.take()
            yield item


class Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox in which arithmetic cannot blow up and loops come to an end."""

    intercepted_binops = frozenset(["*", "**", "%"])
    turns: Turns
    _judged: ClassVar[dict[tuple[type, str], bool]] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Judge an attribute once for all objects of a type: Jinja asks no more."""
        asked = (type(obj), attr)
        if asked not in self._judged:
            self._judged[asked] = super().is_safe_attribute(obj, attr, value)
        return self._judged[asked]

    def call(self, context: Any, called: Any, /, *values: Any, **options: Any) -> Any:
        """Call a function or macro, for a turn."""
        self.turns.take()
        return super().call(context, called, *values, **options)

    def call_binop(
        self, context: Any, operator: str, left: Any, right: Any
    ) -> Any:  # Jinja's own signature
        """Refuse arithmetic on fields and the multiplication of texts."""
        for side in (left, right):
            if isinstance(side, Field):
                side._refuse()
        if operator == "**" or not (
            isinstance(left, int | float) and isinstance(right, int | float)
        ):
            raise SecurityError(f"{operator!r} is for numbers only")
        return super().call_binop(context, operator, left, right)

    def _generate(self, source: nodes.Template, *rest: Any, **options: Any) -> str:
        for node in source.find_all((nodes.Concat, nodes.For)):
            if isinstance(node, nodes.For):
                node.iter = _filtered(node.iter, "counted")
            elif isinstance(node, nodes.Concat):
                node.nodes = [_filtered(part, "joinable") for part in node.nodes]
        return super()._generate(source, *rest, **options)


def _filtered(value: nodes.Node, name: str) -> nodes.Filter:
    return nodes.Filter(value, name, [], [], None, None, lineno=value.lineno)


def make_environment(
    library: Library,
    *,
    gettext: Callable[[str], str],
    ngettext: Callable[[str, str, int], str],
    codes: CodeCache,
) -> Environment:
    """Return an environment for one locale, with its translations installed."""
    environment = Sandbox(
        loader=library,
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name and name.endswith(".html.j2")),
        extensions=["jinja2.ext.i18n", "jinja2.ext.loopcontrols"],
        bytecode_cache=codes,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )

    def plural(singular: str, several: str, number: int | Count) -> str:
        chosen = plural_number(number) if isinstance(number, Count) else number
        return ngettext(singular, several, chosen)

    environment.install_gettext_callables(  # type: ignore[attr-defined]  # from the i18n extension
        gettext, plural, newstyle=True
    )
    _restrict(environment)
    return environment


def _restrict(environment: Sandbox) -> None:
    """Leave templates only what ends, and what cannot look into a field."""
    environment.turns = Turns()
    environment.globals = {
        "range": environment.turns.range,
        **{
            name: value
            for name, value in environment.globals.items()
            if "gettext" in name or name == "_"
        },
    }
    environment.filters = {**_SAFE_FILTERS, "counted": environment.turns.counted}
    environment.tests = dict(_SAFE_TESTS)


def _without_fields(function: Any) -> Any:  # whatever Jinja registers
    @functools.wraps(function)
    def checked(*values: Any, **options: Any) -> Any:
        for value in (*values, *options.values()):
            if isinstance(value, Field):
                value._refuse()
        return function(*values, **options)

    return checked


_SAFE_FILTERS: Mapping[str, Any] = MappingProxyType(
    {name: _without_fields(FILTERS[name]) for name in _FILTERS.split()}
    # In `a ~ b` a field would become a text, which could be looked into.
    | {"joinable": _without_fields(lambda value: value)}
)
_SAFE_TESTS: Mapping[str, Any] = MappingProxyType(
    {
        name: function if name in _EXISTENCE else _without_fields(function)
        for name, function in TESTS.items()
    }
)


def render(template: Template, variables: Mapping[str, object]) -> str:
    """Return the text that *template* makes, if it stays within the limit."""
    parts: list[str] = []
    size = 0
    for part in template.generate(variables):
        size += len(part)
        if size > OUTPUT_LIMIT:
            raise OverflowError("the template makes too much text")
        parts.append(part)
    return "".join(parts)
