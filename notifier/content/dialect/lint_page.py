"""Say what a page does wrong as problems, for commands that write pages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from notifier.content.dialect.lint import LINT_RULES, lint
from notifier.errors import Place, Problem

RULES: Mapping[str, str] = MappingProxyType(
    {f"dialect/{name.lower()}": meaning for name, meaning in LINT_RULES.items()}
)


def lint_problems(
    markdown: str, place_name: str, *, lang: str | None = None
) -> tuple[Problem, ...]:
    """Return the findings of `lint` in the page *markdown*, found at *place_name*."""
    return tuple(
        Problem(
            f"dialect/{each.rule.lower()}",
            each.message,
            Place(place_name, each.line),
            each.hint,
            each.severity,
        )
        for each in lint(markdown, lang=lang)
    )
