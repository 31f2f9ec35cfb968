"""The rules of this room, for `check` to list and explain."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType(
    {
        "catalog/absent": "A locale has a catalog, built in or in the folder.",
        "catalog/encoding": "A catalog is UTF-8.",
        "catalog/language": "A catalog's header names the locale of its folder.",
        "catalog/placeholder": "A translation holds the placeholders of its message.",
        "catalog/plurals": "A translation has every plural form its language needs.",
        "catalog/syntax": "A catalog is a well-formed gettext PO file.",
        "catalog/too-large": "A catalog has at most 5 MB.",
        "catalog/unreadable": "A catalog can be read.",
    }
)
