"""Find texts of a message that stand out too little, on light and dark screens.

It knows the styles that messages have: inlined ones, and the rules for dark screens in
`@media (prefers-color-scheme: dark)`, later ones before earlier ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from cssselect import SelectorError
from lxml.cssselect import CSSSelector

from notifier.content.palette import contrast

# WCAG 2.2, 1.4.3: large text may stand out less.
_READABLE, _READABLE_LARGE = 4.5, 3.0
_LARGE, _LARGE_BOLD = 24.0, 18.66
_DARK = re.compile(
    r"@media\s*\(prefers-color-scheme:\s*dark\)\s*\{((?:[^{}]*\{[^{}]*\})*)"
)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
_SIZE = re.compile(r"([\d.]+)px")
_SKIPPED = ("script", "style", "title", "head")

Style = Mapping[str, str]


def faint_texts(tree: Any, *, is_dark: bool) -> Iterator[tuple[str, str, str]]:
    """Yield each sort of faint text: an example, its colour, its ground."""
    dark: dict[Any, dict[str, str]] = {}
    if is_dark:
        for style in tree.iter("style"):
            for match in _DARK.finditer(style.text or ""):
                _apply(tree, match[1], dark)
    told: set[tuple[str, str]] = set()
    start = {"color": "#000000", "background-color": "#ffffff", "font-size": "16px"}
    for text, style in _texts(tree.body, start, dark):
        color, ground = _hex(style["color"]), _hex(style["background-color"])
        if color is None or ground is None or (color, ground) in told:
            continue
        if contrast(color, ground) < _needed(style):
            told.add((color, ground))
            yield text, color, ground


def _apply(tree: Any, rules: str, styles: dict[Any, dict[str, str]]) -> None:
    for selectors, body in _RULE.findall(rules):
        for selector in selectors.split(","):
            for element in _selected(selector.strip())(tree):
                styles.setdefault(element, {}).update(_declared(body))


@lru_cache(maxsize=256)
def _selected(selector: str) -> Any:
    try:
        return CSSSelector(selector)
    except SelectorError:
        return lambda tree: ()


@lru_cache(maxsize=1024)
def _declared(body: str) -> Style:
    pairs = (each.partition(":") for each in body.split(";"))
    return {
        name.strip(): value.replace("!important", "").strip()
        for name, _, value in pairs
        if value
    }


def _texts(
    element: Any, above: Style, dark: Mapping[Any, Style]
) -> Iterator[tuple[str, Style]]:
    """Yield each text below *element* with the style that counts for it."""
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return
    own = {**_declared(element.get("style") or ""), **dark.get(element, {})}
    if own.get("display") == "none":
        return
    inherited = ("color", "background-color", "font-size", "font-weight")
    style = {**above, **{name: own[name] for name in inherited if name in own}}
    if element.tag in ("strong", "b", "th", "h1", "h2", "h3"):
        style["font-weight"] = own.get("font-weight", "bold")
    if element.text and element.text.strip():
        yield element.text.strip(), style
    for child in element:
        yield from _texts(child, style, dark)
        if child.tail and child.tail.strip():
            yield child.tail.strip(), style


def _hex(value: str) -> str | None:
    found = _HEX.search(value)
    if found is None:
        return None
    digits = found[0][1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(c * 2 for c in digits))


def _needed(style: Style) -> float:
    found = _SIZE.search(style.get("font-size", ""))
    size = float(found[1]) if found else 16.0
    is_bold = style.get("font-weight", "") in ("bold", "700", "800", "900")
    is_large = size >= _LARGE or (is_bold and size >= _LARGE_BOLD)
    return _READABLE_LARGE if is_large else _READABLE
