"""Lead links to the reader's language, by the rules of their host."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from notifier.content.dialect import code_lines
from notifier.language.locales import babel_locale, negotiate
from notifier.model.page import LinkForm, LinkRule

_URL = re.compile(
    r"(?P<site>https://(?P<host>[a-z0-9.-]+)(?::[0-9]+)?)"
    r"(?P<path>(?:/[^\s?#]*)?)(?P<query>(?:\?[^\s#]*)?)(?P<fragment>(?:#\S*)?)",
    re.IGNORECASE,
)
# An escaped character, code, or the address of a link.
_LINK = re.compile(
    r"\\.|(?P<ticks>`++)(?:.+?(?<!`)(?P=ticks)(?!`))?"
    r"|(?P<before>\]\(\s*+|<)(?P<url>https://(?:[^\s<>()]|\([^\s<>()]*\))++)(?=[\s)>])",
    re.IGNORECASE,
)
# `fr`, `pt-br`, `zh-hans`, `es-419`, `be_fr`, `mena_ar`.
_LOCALE = re.compile(
    r"(?P<first>[a-z]{2})(?:[-_](?:[a-z]{2}|han[st]|latn|cyrl|[0-9]{3})){0,2}"
    r"|[a-z]{2,4}_[a-z]{2}"
)
# What a code replaces at the start of a path: the name of the English default, if any.
_ENGLISH = re.compile(r"(?:/en(?=[/?]|$))?")
_LANGUAGES = ("it", "fr", "de", "es", "pt-BR", "nl", "sv", "ja", "ko")
_DOCS = (*_LANGUAGES, "zh-Hans", "zh-Hant")


@dataclass(frozen=True, slots=True)
class _Row:
    """How an address names its language, if its path and query begin with *start*.

    *codes* gives the code by locale; without it, the locale is the code.
    """

    form: LinkForm
    codes: Mapping[str, str] | None = None
    start: re.Pattern[str] = _ENGLISH


_PATHS = {tag: tag.lower() for tag in _DOCS}
_COUNTRIES = {
    **{tag: tag for tag in _LANGUAGES},
    "pt-BR": "br",
    "sv": "se",
    "ja": "jp",
    "ko": "kr",
    "zh-Hans": "cn",
    "zh-Hant": "tw",
}
_STATUS = {tag: _PATHS[tag] for tag in ("it", "fr", "de", "es", "pt-BR", "ja")}
_COUNTRY = _Row(LinkForm.PATH_COUNTRY, _COUNTRIES)
_BUILT_IN: Mapping[str, tuple[_Row, ...]] = {
    "experienceleague.adobe.com": (
        _Row(LinkForm.PATH_LOCALE, _PATHS, re.compile(r"/en(?=[/?]|$)")),
        _Row(
            LinkForm.PATH_LOCALE,
            _PATHS,
            re.compile(r"/?(?=\?(?:.*&)?support-solution=)"),
        ),
        _Row(
            LinkForm.QUERY_LANG, {tag: tag for tag in _DOCS}, re.compile(r"(?=/docs/)")
        ),
    ),
    "helpx.adobe.com": (_COUNTRY,),
    "www.adobe.com": (_COUNTRY,),
    "status.adobe.com": (_Row(LinkForm.PATH_LOCALE, _STATUS),),
}
_BY_FORM: Mapping[LinkForm, tuple[_Row, ...]] = {
    LinkForm.PATH_LOCALE: (_Row(LinkForm.PATH_LOCALE),),
    LinkForm.PATH_COUNTRY: (_COUNTRY,),
    LinkForm.QUERY_LANG: (
        _Row(LinkForm.QUERY_LANG, start=re.compile(r"(?!/en(?:[/?]|$))")),
    ),
    LinkForm.UNCHANGED: (),
}


def localized_url(url: str, lang: str, rules: Iterable[LinkRule]) -> str:
    """Return *url* for readers of *lang*, by *rules* and else the built-in ones.

    It stays as it is where its host has no form for *lang*, where it already names a
    locale other than English, and where it is no absolute https address.
    """
    return _localized_url(url, lang, tuple(rules))


@lru_cache(maxsize=4096)
def _localized_url(url: str, lang: str, rules: tuple[LinkRule, ...]) -> str:
    found = _URL.fullmatch(url)
    if found is None:
        return url
    path, query = found["path"], found["query"].replace("&amp;", "&")
    row = _row(found["host"].lower(), path + query, rules)
    code = _code(row, lang) if row else None
    if row is None or code is None or _names_locale(path, query, code):
        return url
    query = _without_english(query)
    if row.form is LinkForm.QUERY_LANG:
        joint = "&" if query[1:] else ""
        address = f"{path}{query or '?'}{joint}lang={code}"
    else:
        address = row.start.sub(f"/{code}", path + query, count=1)
    return f"{found['site']}{address}{found['fragment']}"


def localized_links(markdown: str, lang: str, rules: Iterable[LinkRule]) -> str:
    """Return *markdown* with the addresses of its links localized; code stays."""
    if "://" not in markdown:
        return markdown
    known = tuple(rules)

    def localized(match: re.Match[str]) -> str:
        if match["url"] is None:
            return match[0]
        return f"{match['before']}{localized_url(match['url'], lang, known)}"

    return "\n".join(
        line if is_code else _LINK.sub(localized, line)
        for line, is_code in code_lines(markdown)
    )


def _row(host: str, address: str, rules: Iterable[LinkRule]) -> _Row | None:
    form = {rule.host.lower(): rule.form for rule in rules}.get(host)
    rows = _BY_FORM[form] if form else _BUILT_IN.get(host, ())
    return next((row for row in rows if row.start.match(address)), None)


def _code(row: _Row, lang: str) -> str | None:
    """Return how *row* writes *lang*; the default, English, has no code."""
    if row.codes is not None:
        near = negotiate(lang, tuple(row.codes))
        return row.codes[near] if near else None
    if babel_locale(lang).language == "en":
        return None
    return lang if row.form is LinkForm.QUERY_LANG else lang.lower()


def _names_locale(path: str, query: str, code: str) -> bool:
    """Tell whether an address names a locale that is not the English default."""
    segments = path.lower().split("/")[1:]
    languages = [
        each.lower() for each in query[1:].split("&") if each.lower()[:5] == "lang="
    ]
    return (
        code.lower() in segments
        or _is_locale("".join(segments[:1]))
        or any(language != "lang=en" for language in languages)
    )


def _is_locale(segment: str) -> bool:
    """Tell a locale or a country (`pt-br`, `jp`) from other words (`go`, `xd`)."""
    found = _LOCALE.fullmatch(segment)
    if found is None or segment == "en":
        return False
    known, first = babel_locale("en"), found["first"]
    return (
        first is None or first in known.languages or first.upper() in known.territories
    )


def _without_english(query: str) -> str:
    kept = [each for each in query[1:].split("&") if each.lower() != "lang=en"]
    return query[:1] + "&".join(kept) if kept else ""
