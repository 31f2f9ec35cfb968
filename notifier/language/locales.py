"""Turn BCP 47 tags into Babel locales and find the nearest one that is offered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}|[a-z]{5,8})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?P<rest>(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?)",
    re.IGNORECASE,
)
_LONGEST_TAG = 100


def normalize(tag: str) -> str:
    """Return *tag* in the letter case of BCP 47; `_` counts as `-`.

    Raises:
        ValueError: *tag* is not a well-formed BCP 47 tag.
    """
    found = _TAG.fullmatch(tag.replace("_", "-")) if len(tag) <= _LONGEST_TAG else None
    if found is None:
        raise ValueError(f"{tag[:80]!r} is not a BCP 47 language tag")
    parts = [found["language"].lower()]
    if found["script"]:
        parts.append(found["script"].title())
    if found["region"]:
        parts.append(found["region"].upper())
    return "-".join(parts) + (found["variants"] + found["rest"]).lower()


@lru_cache(maxsize=1024)
def babel_locale(tag: str) -> Locale:
    """Return Babel's locale for *tag*; variants and extensions are dropped.

    Raises:
        ValueError: *tag* is malformed, or CLDR has no such locale.
    """
    language, script, region = _subtags(tag)
    subtags = "_".join(part for part in (language, script, region) if part)
    try:
        return Locale.parse(subtags)
    except UnknownLocaleError as error:
        raise ValueError(f"CLDR has no locale {tag[:80]!r}") from error


def negotiate(wanted: str, offered: Sequence[str]) -> str | None:
    """Return the tag of *offered* nearest to *wanted*, or None.

    Only the same language in the same script counts, by CLDR's likely subtags
    (`zh-TW` is `zh-Hant`); among those the same tag wins, then the nearest CLDR parent,
    the same region, the language's likely region, the earliest offered.

    Raises:
        ValueError: a tag is malformed.
    """
    return _negotiate(wanted, tuple(offered))


def is_same(tag: str, other: str) -> bool:
    """Tell whether CLDR's likely subtags make one locale of two tags (`it`, `it-IT`).

    Raises:
        ValueError: a tag is malformed.
    """
    return (_maximized(tag), _details(tag)) == (_maximized(other), _details(other))


def parents(tag: str) -> tuple[str, ...]:
    """Return the CLDR parents of *tag* in the same script, nearest first.

    Raises:
        ValueError: *tag* is malformed.
    """
    exceptions = get_global("parent_exceptions")
    language, written_script, region = _subtags(tag)
    script = _maximized(tag)[1]
    # `zh-TW` descends from `zh-Hant`, not from `zh`, which is written otherwise.
    if script != _maximized(language)[1]:
        written_script = script
    name = "_".join(part for part in (language, written_script, region) if part)
    found: list[str] = []
    while "_" in name:
        name = exceptions.get(name, name.rpartition("_")[0])
        if name == "root" or _maximized(name)[1] != script:
            break
        found.append(normalize(name))
    return tuple(found)


@lru_cache(maxsize=1024)
def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Return the writing direction of *tag*."""
    return "rtl" if babel_locale(tag).text_direction == "rtl" else "ltr"


def format_locale(contact_tag: str, catalog_tag: str) -> str:
    """Return the tag for the dates of a contact who reads the catalog *catalog_tag*.

    The contact's own region (`it-CH`) is kept where CLDR knows it and the catalog is
    in the contact's language; otherwise the dates follow the catalog.
    """
    try:
        babel_locale(contact_tag)
    except ValueError:
        return catalog_tag
    if negotiate(contact_tag, [catalog_tag]) is None:
        return catalog_tag
    return normalize(contact_tag)


@lru_cache(maxsize=4096)
def _negotiate(wanted: str, offered: tuple[str, ...]) -> str | None:
    language, script, region = _maximized(wanted)
    likely_region = _maximized(language)[2]
    ancestors = parents(wanted)

    def distance(tag: str) -> tuple[bool, int, bool, bool]:
        own = normalize(tag)
        nearest = ancestors.index(own) if own in ancestors else len(ancestors)
        own_region = _maximized(tag)[2]
        return (
            own != normalize(wanted),
            nearest,
            own_region != region,
            own_region != likely_region,
        )

    near = [tag for tag in offered if _maximized(tag)[:2] == (language, script)]
    return min(near, key=distance, default=None)


def _subtags(tag: str) -> tuple[str, str, str]:
    """Return language, script and region; a renamed language by its new name."""
    found = _TAG.fullmatch(normalize(tag))
    if found is None:  # pragma: no cover - normalize has matched the same pattern
        raise ValueError(tag)
    aliases = get_global("language_aliases")
    language = aliases.get(found["language"], found["language"])
    # `no` is the macrolanguage of `nb`, and CLDR files it as one language.
    language = "nb" if language == "no" else language.partition("_")[0]
    return language, found["script"] or "", found["region"] or ""


def _details(tag: str) -> str:
    """Return the variants and extensions of *tag*."""
    found = _TAG.fullmatch(normalize(tag))
    return found["variants"] + found["rest"] if found else ""


def _maximized(tag: str) -> tuple[str, str, str]:
    """Add the likely script and region (UTS 35, likely subtags)."""
    language, script, region = _subtags(tag)
    likely = get_global("likely_subtags")
    for key in ((script, region), (region,), (script,), ()):
        if all(key):
            full = likely.get("_".join((language, *key)))
            if full is not None:
                _, full_script, full_region = full.split("_")
                return language, script or full_script, region or full_region
    return language, script or "Zyyy", region or "ZZ"
