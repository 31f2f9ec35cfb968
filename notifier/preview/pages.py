"""Fill in the preview's own HTML templates."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from notifier.preview.problems import Shown
from notifier.resources import resource_folder


def fill_page(name: str, **variables: object) -> str:
    """Return the page that the built-in template *name* makes; values are escaped."""
    return _environment().get_template(f"{name}.html.j2").render(variables)


def problem_page(title: str, problems: Iterable[Shown]) -> str:
    """Return a page that shows *problems* where a document would stand."""
    return fill_page("problems", title=title, problems=tuple(problems))


@cache
def _environment() -> Environment:
    # The author's templates cannot stand in for these.
    folder = resource_folder("templates") / "preview"
    return Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
