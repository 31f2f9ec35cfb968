"""Check language tags against BCP 47 and CLDR."""

from __future__ import annotations

import re
from functools import cache

from notifier.notice.faults import BadValue, Fault, quoted

_TAG = re.compile(
    r"([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}|[0-9]{3}))?"
    r"((?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*)"
)
_HINT = "write it as 'it', 'pt-BR' or 'zh-Hans'"


def locale_tag(value: str) -> str:
    """Check a BCP 47 tag (RFC 5646) against CLDR; return it in its usual case."""
    match = _TAG.fullmatch(value) if len(value) <= 35 else None
    if match is None:
        message = f"{quoted(value)} is not a language tag"
        raise BadValue(Fault("locale", message, _hint_for(value)))
    language, script, region = match[1].lower(), match[2], match[3]
    languages, scripts, regions = _subtags()
    parts = [language, script and script.title(), region and region.upper()]
    for part, known in zip(parts, (languages, scripts, regions), strict=True):
        if part and part not in known:
            message = f"unknown language tag {quoted(value)}: no {quoted(part)} in CLDR"
            raise BadValue(Fault("locale", message, _hint_for(value)))
    return "-".join(part for part in parts if part) + match[4].lower()


def _hint_for(value: str) -> str:
    """Return a hint for a tag with an underscore, or a country's for its language's."""
    from babel.languages import get_official_languages

    hyphened = value[:36].replace("_", "-")
    if hyphened != value and _TAG.fullmatch(hyphened):
        return f"did you mean {hyphened!r}?"
    spoken = get_official_languages(value.upper(), de_facto=True)
    return f"did you mean {spoken[0].replace('_', '-')!r}?" if spoken else _HINT


def known_locale(value: str) -> str:
    """Check a tag as `locale_tag` does, and that CLDR has data for the whole of it."""
    tag = locale_tag(value)
    if _has_data(tag):
        return tag
    nearest = tag
    while "-" in nearest and not _has_data(nearest):
        nearest = nearest.rpartition("-")[0]
    hint = f"did you mean {nearest!r}?" if _has_data(nearest) else _HINT
    raise BadValue(Fault("locale", f"CLDR has no locale {quoted(value)}", hint))


def _has_data(tag: str) -> bool:
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


@cache
def _subtags() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    from babel import Locale
    from babel.core import get_global
    from babel.localedata import locale_identifiers

    languages = {name.split("_")[0] for name in locale_identifiers()}
    languages.update(name for name in get_global("language_aliases") if "_" not in name)
    english = Locale("en")
    return (
        frozenset(languages - {"root"}),
        frozenset(english.scripts),
        frozenset(english.territories) - {"ZZ"},
    )
