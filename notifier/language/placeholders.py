"""The placeholders of messages: compare them with a translation's, escape the rest."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

_PLACEHOLDER = re.compile(r"%\(\w+\)s|\{(?:date|duration|link):[^{}]*\}")
_PERCENT = re.compile(r"%%|%\(\w+\)s")
_LONE_PERCENT = re.compile(rf"({_PERCENT.pattern})|%")


@lru_cache(maxsize=4096)
def escape_percent(text: str) -> str:
    """Return *text* with each lone `%` doubled, for the formatting by Jinja's `%`.

    `%%` and `%(name)s` stay.
    """
    return _LONE_PERCENT.sub(lambda found: found[1] or "%%", text)


def placeholder_fault(sources: tuple[str, ...], form: str, *, one: bool) -> str | None:
    """Return what is wrong with the placeholders of *form*, or None.

    *sources* is the message, or its singular and plural. A form for *one* count only
    may say that count in words, so it may leave one placeholder out.
    """
    known = _placeholders(*sources)
    missing = _placeholders(sources[-1]) - _placeholders(form)
    unknown = _placeholders(form) - known
    if unknown:
        return f"unknown placeholder {min(unknown)[:80]!r}"
    if missing and not (one and len(missing) == 1):
        return f"lost placeholder {min(missing)[:80]!r}"
    if repeated := _printed(form) - (_printed(sources[0]) | _printed(sources[-1])):
        return f"repeated placeholder {min(repeated)[:80]!r}"
    if any(_PERCENT.search(source) for source in sources):
        stray = _PERCENT.sub("", form).find("%")
        if stray >= 0:
            return f"a lone '%' in {form[:80]!r}"
    return None


def _placeholders(*texts: str) -> set[str]:
    return {found for text in texts for found in _PLACEHOLDER.findall(text)}


def _printed(text: str) -> Counter[str]:
    """Return how often each of the author's placeholders stands in *text*.

    Names of values may be repeated, as some sentences need it.
    """
    return Counter(each for each in _PLACEHOLDER.findall(text) if each[0] == "{")
