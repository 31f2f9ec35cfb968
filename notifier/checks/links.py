"""Compare the links of all formats of a document with each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from notifier.checks.evidence import Evidence
from notifier.checks.reading_back import Output, as_words, seen
from notifier.errors import Place, Problem

RULES: Mapping[str, str] = MappingProxyType(
    {
        "facts/link": "a link stands in one format of a document and not in others",
    }
)
_SITE = ("webcal://", "mailto:")


def link_problems(evidence: Evidence) -> Iterator[Problem]:
    """Yield the links that only some formats of a document have.

    The page of the web site may have further ones, to the site itself.
    """
    documents: defaultdict[tuple[str, ...], list[Output]] = defaultdict(list)
    for output in evidence.documents:
        sort = "page" if output.document in ("docs", "web") else output.document
        documents[sort, output.wave, output.tag].append(output)
    site = evidence.notice.publisher.site or "https://"
    for outputs in documents.values():
        texts = [each for each in outputs if each.kind in ("md", "html")]
        common = set.intersection(*map(_absolute, texts)) if texts else set()
        for output in outputs if texts else ():
            if output.kind == "txt":
                pages = (each for each in texts if each.kind == "html")
                own = (each for each in pages if each.document == output.document)
                extra = {link for each in own for link in unlike(each, output)}
            else:
                extra = _absolute(output) - common - {evidence.notice.support.url}
            if output.document == "web":
                extra = {each for each in extra if not each.startswith((site, *_SITE))}
            for link in sorted(extra):
                message = f"{link[:80]!r} is not in all formats"
                hint = "compare the author's templates with the built-in ones"
                yield Problem("facts/link", message, Place(output.path), hint)


def unlike(html: Output, text: Output) -> Iterator[str]:
    """Yield the links that only one of the formats of a document has.

    Plain text shows mail addresses without their scheme, and does not tell links from
    addresses in code.
    """
    for link in html.links:
        if as_words(link.removeprefix("mailto:"), "txt") not in text.words:
            yield link
    for link in text.links:
        if link not in html.links and seen(link) not in html.words:
            yield link


def _absolute(output: Output) -> set[str]:
    return {
        link for link in output.links if "://" in link or link.startswith("mailto:")
    }
