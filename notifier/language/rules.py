"""The rules of this room, for `check` to list and explain."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType(
    {
        "catalog/absent": "a locale has no catalog, built in or in the folder",
        "catalog/encoding": "a catalog is not UTF-8",
        "catalog/fuzzy": "translations are marked fuzzy, and so do not count",
        "catalog/language": "a catalog's header names another locale than its folder",
        "catalog/placeholder": "a translation does not hold its message's placeholders",
        "catalog/plurals": "a translation lacks a plural form that its language needs",
        "catalog/syntax": "a catalog is not a well-formed gettext PO file",
        "catalog/text": "a translation holds what its message does not: control or "
        "bidi characters, HTML, unsafe links, more lines; or it is blank or overlong",
        "catalog/too-large": "a catalog has too many bytes, lines or messages",
        "catalog/unreadable": "a catalog is no readable file inside its folder",
    }
)
