"""Put a stylesheet into `style` attributes, for mail programs that drop it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from logging import CRITICAL
from types import ModuleType
from typing import Any


@lru_cache(maxsize=64)  # of editions that differ in little, many are laid out alike
def inline(html: str) -> str:
    """Return *html* with its stylesheets inlined, once per edition.

    A `<style data-premailer="ignore">` stays as it is: rules for dark mode and narrow
    screens live there. Nothing is fetched, and no obsolete attribute is added.
    """
    return str(
        _inliner()(
            html,
            strip_important=False,
            allow_network=False,
            disable_validation=True,
            keep_style_tags=False,
            remove_classes=False,
            cssutils_logging_level=CRITICAL,
            disable_basic_attributes=["align", "bgcolor", "height", "valign", "width"],
        ).transform()
    )


@cache
def _inliner() -> Any:
    """Return premailer's class, made to read equal stylesheets once."""
    # Imported here: it takes longer than all else together.
    with _stand_in("requests"):
        from premailer import Premailer

    class Inliner(Premailer):  # type: ignore[misc]  # no types are published
        """Reads a stylesheet once: all editions of a notice have the same."""

        def _parse_style_rules(self, css_body: str, ruleset_index: int) -> Any:
            rules, leftover = _rules(css_body, ruleset_index)
            return list(rules), list(leftover)

    @lru_cache(maxsize=16)
    def _rules(css_body: str, ruleset_index: int) -> Any:
        reader = Premailer(
            "",
            strip_important=False,
            disable_validation=True,
            cssutils_logging_level=CRITICAL,
        )
        return reader._parse_style_rules(css_body, ruleset_index)

    return Inliner


@contextmanager
def _stand_in(name: str) -> Iterator[None]:
    """Let an import of the module *name* find an empty one.

    premailer imports what fetches, which is slow, and never uses it for us.
    """
    known = sys.modules.get(name)
    sys.modules[name] = known or ModuleType(name)
    try:
        yield
    finally:
        if known is None:
            del sys.modules[name]
