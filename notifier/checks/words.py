"""Check the languages and the dialect: translations complete, pages well-formed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from types import MappingProxyType

from notifier.checks.evidence import Evidence
from notifier.content.dialect.lint_page import lint_problems
from notifier.content.links import localized_url
from notifier.content.translations import translation_problems
from notifier.errors import Place, Problem, Severity
from notifier.language.locales import parents
from notifier.model.notice import Fallback
from notifier.outputs.translations.catalog_check import check_catalogs

RULES: Mapping[str, str] = MappingProxyType(
    {
        "language/support-link": "the support link is the same in all languages, "
        "though nothing says that this is meant",
    }
)
# Nothing of such a catalog counts; its texts are not missing one by one.
_DAMAGED = tuple(
    f"catalog/{n}" for n in ("encoding", "syntax", "too-large", "unreadable")
)
_CATALOG = re.compile(r"(?:^|/)locales/([^/]+)/")


def language_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield what is missing, stale or doubtful in the translations.

    Raises:
        NotifierError: a template is damaged.
    """
    found = check_catalogs(evidence.notice)
    yield from found
    # What is doubtful alone, such as `fuzzy`, does not stand for what is forbidden.
    forbidden = evidence.notice.fallback is Fallback.FORBID
    weighty = [each for each in found if each.is_error or not forbidden]
    told: defaultdict[str, str] = defaultdict(str)
    for locale, group in groupby(weighty, key=_locale_of):
        told[locale] += "\n".join(problem.message for problem in group)
    damaged = {_locale_of(each) for each in found if each.rule in _DAMAGED}
    misses = {
        lang: texts
        for lang, texts in evidence.compiler.misses().items()
        if not damaged.intersection((lang, *parents(lang)))
    }
    missing = translation_problems(misses, evidence.notice)
    yield from (each for each in missing if not _is_told(each, told))
    yield from _support_link(evidence)


def _locale_of(problem: Problem) -> str:
    """Return the locale of the catalog that a problem is in."""
    found = _CATALOG.search(problem.place.path if problem.place else "")
    return found[1] if found else ""


def _is_told(problem: Problem, told: Mapping[str, str]) -> bool:
    """Tell whether a missing text is named already, at its line of the catalog."""
    head, _, text = problem.message.partition(" of ")
    return text[:50] in told[head.rpartition(" ")[2]]


def _support_link(evidence: Evidence) -> Iterator[Problem]:
    notice = evidence.notice
    urls = {
        localized_url(notice.support.url, lang, notice.links) for lang in notice.locales
    }
    host = notice.support.url.partition("://")[2].partition("/")[0].partition("?")[0]
    is_meant = any(rule.host == host for rule in notice.links)
    if len(urls) == 1 and len(notice.locales) > 1 and host and not is_meant:
        place = (notice.places or {}).get("support.url") or Place("notice.yaml")
        message = f"readers of {len(notice.locales)} languages get the same page"
        hint = (
            f"add '{{host: {host}, rule: path-locale}}' to 'links', or 'rule: "
            "unchanged' if it speaks to all"
        )
        rule = "language/support-link"
        yield Problem(rule, message, place, hint, Severity.WARNING)


def dialect_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield what the documentation site would refuse in the pages."""
    for output in evidence.documents:
        if output.document == "docs":
            yield from lint_problems(output.text, output.path, lang=output.lang)
