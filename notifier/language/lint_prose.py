"""Check the blanks, the punctuation, the words and the length of a translation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from wcwidth import wcswidth

from notifier.errors import Severity
from notifier.language.lint_pair import Finding, Pair, without_holes
from notifier.language.typography import polish, prose

# What may stand behind the last sign of a sentence.
_CLOSERS = "*_`\"'’”»)]）」』】〉》 \u00a0\u202f\u200b\u200e\u200f"
# Which signs may end a translation where one of these ends the message.
_ENDS: Mapping[str, str] = MappingProxyType(
    {
        ".": ".。।۔",
        "?": "?？؟;",
        "!": "!！",
        ":": ":：",
        ";": ";；؛",
        "…": "…",
    }
)
_SENTENCE_ENDS = ".。।۔?？؟!！:：;；…"
# Languages in which sentences end without a sign.
_WITHOUT_STOP = frozenset({"th", "lo", "km", "my"})
# Languages whose headings name what others ask, and whose lists follow a sentence.
_NOMINAL = frozenset({"ja", "ko"})
_IDEOGRAPHIC = frozenset({"ja", "zh"})
_CJK = "\u3040-\u30ff\u3400-\u9fff"
_NARROW = re.compile(
    rf"(?<=[{_CJK}\ue000])[,;:?!]|[,;:?!](?=[{_CJK}])|(?<=[{_CJK}])[()]"
)
_NARROW_STOP = re.compile(rf"(?<=[{_CJK}])\.(?!\w)")
_WIDE = re.compile(r"[，。、：；？！（）]")
_LATIN_IN_ARABIC = re.compile(r"(?<=[\u0620-\u06d3]) ?[,;?]")
_RUN = re.compile(r"(?<=\S)[ \t\u00a0]{2,}(?=\S)")
_ODD = re.compile("[\u200b\u2060\ufeff\u00ad]")
_WORD = re.compile(r"[^\W\d_]{3,}")


def check_blanks(pair: Pair) -> Iterator[Finding]:
    """Yield blanks that are too many, too few or of the wrong kind."""
    source, form = pair.source, pair.form
    for side, strip in (("begins", str.lstrip), ("ends", str.rstrip)):
        if (strip(source) != source) != (strip(form) != form):
            yield Finding("blanks", f"{side} otherwise than the message", _AS_MESSAGE)
    if (run := _RUN.search(form)) and not _RUN.search(source):
        fact = f"two blanks in {_around(form, run)!r}"
        yield Finding("blanks", fact, "write one")
    if (odd := _ODD.search(form)) and odd[0] not in source:
        fact = f"the invisible U+{ord(odd[0]):04X} in {_around(form, odd)!r}"
        yield Finding("blanks", fact, "remove it")
    polished = polish(form, pair.tag)
    if polished != form:
        pairs = enumerate(zip(polished, form, strict=False))
        at = next((n for n, (new, old) in pairs if new != old), len(form))
        near = slice(max(0, at - 15), at + 15)
        fact = f"blanks or apostrophes in {form[near]!r}"
        yield Finding("blanks", fact, f"write {polished[near]!r}")


def check_punctuation(pair: Pair) -> Iterator[Finding]:
    """Yield the sign at the end, if the message ends with another."""
    if pair.language in _WITHOUT_STOP:
        return
    wanted, found = _last(pair.source), _last(pair.form)
    if wanted in _ENDS:
        nominal = pair.language in _NOMINAL and wanted in "?:"
        if found not in _ENDS[wanted] and not nominal:
            fact = f"ends with {found!r} where the message ends with {wanted!r}"
            yield Finding("punctuation", fact, _AS_MESSAGE)
    elif found and found in _SENTENCE_ENDS and wanted.isalnum() and " " in pair.source:
        fact = f"ends with {found!r}, the message without a sign"
        yield Finding("punctuation", fact, _AS_MESSAGE)


def check_widths(pair: Pair) -> Iterator[Finding]:
    """Yield the punctuation of another script."""
    text = prose(pair.form)
    if pair.language in _IDEOGRAPHIC:
        narrow = _NARROW.search(text) or _NARROW_STOP.search(text)
        if narrow:
            fact = f"the narrow {narrow[0]!r} in {_around(text, narrow)!r}"
            yield Finding("widths", fact, "write the full-width sign")
    elif wide := _WIDE.search(text):
        fact = f"the full-width {wide[0]!r} in {_around(text, wide)!r}"
        yield Finding("widths", fact, "write the narrow sign")
    if pair.language == "ar" and (latin := _LATIN_IN_ARABIC.search(text)):
        fact = f"the Latin {latin[0].strip()!r} in {_around(text, latin)!r}"
        yield Finding("widths", fact, "write ، ؛ ؟")


def check_unchanged(pair: Pair) -> Iterator[Finding]:
    """Yield a translation that is the message itself."""
    if pair.form.strip() != pair.source.strip():
        return
    left = without_holes(pair.source)
    for term in pair.terms:
        if term.stays or term.term in term.allowed:
            left = left.replace(term.term, " ")
    if _WORD.search(prose(left)):
        hint = "translate it, or put it into the glossary as a name that stays"
        yield Finding("unchanged", "the same as the message", hint)


def check_glossary(pair: Pair) -> Iterator[Finding]:
    """Yield the terms that are not translated as the glossary says."""
    source, form = without_holes(pair.source), without_holes(pair.form)
    for term in pair.terms:
        if not term.is_in(source) or term.is_kept(form):
            continue
        if term.stays:
            fact = f"lost {term.term!r}, which stays as it is"
            yield Finding("glossary", fact, "copy the name", Severity.ERROR)
        else:
            fact = f"{term.term!r} is translated otherwise than in the glossary"
            hint = f"write {' or '.join(repr(text) for text in term.allowed)}"
            yield Finding("glossary", fact, hint)


def check_length(pair: Pair) -> Iterator[Finding]:
    """Yield a width that no layout expects, in columns of a terminal."""
    source, form = _columns(pair.source), _columns(pair.form)
    if pair.most is not None and form > pair.most:
        fact, hint = f"{form} columns wide", f"write at most {pair.most}"
        yield Finding("length", fact, hint, Severity.ERROR)
    elif form > 3 * source + 20:
        fact = f"{form} columns wide, the message {source}"
        yield Finding("length", fact, "say it shorter")
    elif 4 * form < source and source > 40:
        fact = f"{form} columns wide, the message {source}"
        yield Finding("length", fact, "see whether something is missing")


_AS_MESSAGE = "do as the message does"


def _last(text: str) -> str:
    text = text.replace("...", "…").rstrip(_CLOSERS)
    return text[-1:] if text else ""


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 15) : found.end() + 15].replace("\ue000", "…")


def _columns(text: str) -> int:
    return max(0, wcswidth(without_holes(text).replace("\n", " ")))
