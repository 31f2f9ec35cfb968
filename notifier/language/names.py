"""What a language calls itself, and what other programs call it."""

from __future__ import annotations

from babel.core import get_global

from notifier.language.locales import babel_locale


def native_name(tag: str) -> str:
    """Return what its own speakers call *tag*, as it stands in a list: "Italiano".

    Raises:
        ValueError: *tag* is malformed, or CLDR has no such locale.
    """
    locale = babel_locale(tag)
    name = locale.languages.get(str(locale)) or locale.display_name or tag
    return name[:1].upper() + name[1:]


def open_graph_locale(tag: str) -> str:
    """Return *tag* as the Open Graph protocol writes it: `it_IT`, `zh_CN`.

    Raises:
        ValueError: *tag* is malformed, or CLDR has no such locale.
    """
    locale = babel_locale(tag)
    likely = get_global("likely_subtags")
    language = locale.language
    full = likely.get(f"{language}_{locale.script}") or likely.get(language, "")
    territory = locale.territory or full.rpartition("_")[2]
    return f"{language}_{territory}" if territory else language
