"""Mend the blanks and apostrophes of translated sentences; isolate foreign values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from notifier.language.locales import babel_locale, direction

_FSI, _LRI, _PDI = "\u2068", "\u2066", "\u2069"
_NBSP = "\N{NO-BREAK SPACE}"
# One private character stands for each protected piece while the rest is mended.
_HELD = "\ue000"

_LONGEST_CODE = 20_000

# What a reader never sees as prose, or what must stay byte for byte.
_PROTECTED = re.compile(
    rf"(?P<ticks>`++)(?:.{{1,{_LONGEST_CODE}}}?(?<!`)(?P=ticks)(?!`))?"
    r"|(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)"  # link targets
    r"|<[^<>\s][^<>]*>"  # tags and autolinks
    r"|\{[^{}\n]*\}"  # holes and attributes
    r"|%\(\w+\)s"
    r"|&#?\w+;[;:!?]?"
    r"|\b(?:https?|ftp|mailto):[^\s<>«»`]*[^\s<>«»`.,;:!?)*_]"
    r"|\[!\w+\]"  # the label of an alert
    r"|!(?=\[)",  # the sign of an image
    re.DOTALL,
)


@lru_cache(maxsize=4096)
def polish(text: str, tag: str) -> str:
    """Return *text* with the blanks and apostrophes that *tag* asks for.

    French: no-break blanks before : ; ! ? and inside « ». French and Italian: ’ between
    letters. Japanese and Chinese: no ASCII blank after full-width punctuation. URLs,
    code, placeholders, link targets and tags stay as they are.
    """
    mend = _MENDERS.get(babel_locale(tag).language)
    if mend is None or _HELD in text:
        return text
    held = (piece.group() for piece in _PROTECTED.finditer(text))
    mended = mend(prose(text))
    return re.sub(_HELD, lambda _: next(held), mended)


def prose(text: str) -> str:
    """Return *text* with a private sign for each piece that `polish` leaves alone."""
    return _PROTECTED.sub(_HELD, text)


def isolate(text: str, tag: str) -> str:
    """Return *text*, a name or value, shielded from the direction of *tag*.

    In right-to-left languages it stands between FIRST STRONG ISOLATE and POP
    DIRECTIONAL ISOLATE; elsewhere it is returned as it is.
    """
    return f"{_FSI}{text}{_PDI}" if text and direction(tag) == "rtl" else text


def bare(text: str) -> str:
    """Return *text* without what `isolate` has put around it."""
    return text.removeprefix(_FSI).removesuffix(_PDI)


def isolate_ltr(text: str, tag: str) -> str:
    """Return *text*, a code such as `UTC+01:00`, kept left to right inside *tag*."""
    return f"{_LRI}{text}{_PDI}" if text and direction(tag) == "rtl" else text


def sentence_join(sentences: Iterable[str], tag: str) -> str:
    """Return *sentences* in one line, parted as *tag* does: Chinese has no blank."""
    blank = "" if babel_locale(tag).language in {"ja", "zh"} else " "
    return blank.join(sentence for sentence in sentences if sentence)


_WORD_END = rf"(?<=[\w»)”’*%{_HELD}])"
_FRENCH: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"«[ \u00a0\u202f]*(?=\S)"), f"«{_NBSP}"),
    (re.compile(r"(?<=\S)[ \u00a0\u202f]*»"), f"{_NBSP}»"),
    (re.compile(r"(?<=\S) +(?=[;!?])"), _NBSP),
    (re.compile(r"(?<=\S) +(?=:(?:\s|$|\*))"), _NBSP),
    (re.compile(rf"{_WORD_END}(?=[;:!?]+(?:\s|$|[*)»”]))"), _NBSP),
)
_APOSTROPHE = re.compile(rf"(?<=[^\W\d_])'(?=[^\W\d_]|{_HELD})")
_WIDE_STOP = re.compile(r"(?<=[。、，！？：；）」』】]) +(?=\S)")


def _mend_apostrophes(text: str) -> str:
    return _APOSTROPHE.sub("’", text)


def _mend_french(text: str) -> str:
    for pattern, mended in _FRENCH:
        text = pattern.sub(mended, text)
    return _mend_apostrophes(text)


def _mend_wide(text: str) -> str:
    return _WIDE_STOP.sub("", text)


_MENDERS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "fr": _mend_french,
        "it": _mend_apostrophes,
        "ja": _mend_wide,
        "zh": _mend_wide,
    }
)
