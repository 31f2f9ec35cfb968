"""Find what is wrong with the lines of a PO file before Babel reads them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice

from notifier.errors import Place, Problem

MOST_PLURALS = 6
MOST_LINES = 200_000
MOST_ENTRIES = 20_000
_MOST_FAULTS = 100
_LINE = re.compile(
    r'(?:(?:msgctxt|msgid(?:_plural)?|msgstr(?:\[\d\])?) )?"(?:[^"\\]|\\.)*"'
)
# Of what msgfmt knows beside, Babel's reader knows nothing.
_ESCAPES = frozenset({"\\\\", '\\"', "\\n", "\\r", "\\t"})
_ESCAPE = re.compile(r"\\.")
_ENTRY = re.compile(r"^[ \t]*msgid[ \t\"]", re.MULTILINE)
_SEAM = re.compile(r'"\s++"')
_NPLURALS = re.compile(r"nplurals\s*+=\s*+(\d+)")


@lru_cache(maxsize=64)  # a catalog is read for printing, and to be kept
def syntax_problems(text: str, shown: str) -> tuple[Problem, ...]:
    """Return what is wrong with *text*, the catalog shown as *shown*; not all of it."""
    found = chain(_excess(text, shown), _faults(text, shown), _repeated(text, shown))
    return tuple(islice(found, _MOST_FAULTS))


def _excess(text: str, shown: str) -> Iterator[Problem]:
    lines = text.count("\n") + 1
    if lines > MOST_LINES:
        hint = f"at most {MOST_LINES:,} lines"
        place = Place(shown, MOST_LINES + 1)
        yield Problem("catalog/too-large", f"{lines:,} lines", place, hint)
    # The header is an entry more.
    for found in islice(_ENTRY.finditer(text), MOST_ENTRIES + 1, MOST_ENTRIES + 2):
        fact = f"more than {MOST_ENTRIES:,} messages"
        place = Place(shown, text.count("\n", 0, found.start()) + 1)
        yield Problem("catalog/too-large", fact, place, "leave out what is not used")


def _faults(text: str, shown: str) -> Iterator[Problem]:
    """Find what Babel would misread in silence, and absurd plural counts."""
    before = ""
    for number, line in enumerate(text.split("\n"), start=1):
        content = line.strip()
        if not content or content.startswith("#"):
            continue
        keyword = content.partition(" ")[0]
        if not _LINE.fullmatch(content):
            fact = f"not a line of a PO file: {content[:80]!r}"
            hint = "a keyword, a blank and a text in double quotes"
            yield Problem("catalog/syntax", fact, Place(shown, number), hint)
        elif odd := next(
            (e for e in _ESCAPE.findall(content) if e not in _ESCAPES), ""
        ):
            fact = f"unknown escape {odd!r} in {content[:80]!r}"
            hint = r"write '\\' for a backslash"
            yield Problem("catalog/syntax", fact, Place(shown, number), hint)
        elif keyword == "msgstr" and before != "msgid":
            fact = f"no msgid for {content[:80]!r}"
            hint = "each msgid has one msgstr"
            yield Problem("catalog/syntax", fact, Place(shown, number), hint)
        if not content.startswith('"'):
            before = keyword
    for found in _NPLURALS.finditer(_SEAM.sub("", text)):
        if not 0 < int(found[1][:9]) <= MOST_PLURALS:
            fact = f"a language cannot have {found[1][:20]} plural forms"
            hint = f"nplurals is 1 to {MOST_PLURALS}"
            yield Problem("catalog/plurals", fact, Place(shown), hint)


def _repeated(text: str, shown: str) -> Iterator[Problem]:
    """Find messages that stand twice, of which only one would count."""
    seen: set[tuple[str, str]] = set()
    words: defaultdict[str, list[str]] = defaultdict(list)
    keyword = ""
    for number, line in enumerate(text.split("\n"), start=1):
        start, quote, rest = line.strip().partition('"')
        if not quote or start.startswith("#"):
            continue
        if start and (start := start.strip()) != keyword:
            if start == "msgctxt" or (start == "msgid" and keyword != "msgctxt"):
                words.clear()
            keyword = start
            if start in ("msgstr", "msgid_plural"):
                key = ("".join(words["msgctxt"]), "".join(words["msgid"]))
                if key in seen:
                    fact = f"{key[1][:80]!r} stands here a second time"
                    hint = "keep one of them"
                    yield Problem("catalog/syntax", fact, Place(shown, number), hint)
                seen.add(key)
        words[keyword].append(rest.removesuffix('"'))
