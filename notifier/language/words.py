"""The short patterns that CLDR lacks or words less well, one row per language.

`{0}` and `{1}` are filled by the formats. A language without a row (somebody added a
catalog) gets signs instead of words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from notifier.language.locales import negotiate

_NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Spans:
    """Date patterns (UTS 35) of the two ends of a stretch that shares month or year.

    Each is a pair: first end, last end. *like* is CLDR's long date pattern that those
    with a day abbreviate; regions with another order of day and month do without.
    """

    like: str
    days: tuple[str, str]
    days_of_months: tuple[str, str]
    months: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """The patterns of one language.

    *about*, *at_most*, *average* take a duration; *numbers* two numbers before one
    unit; *durations* two durations of unlike units; *interval* two dates or moments,
    *tight* the same without blanks; *clock* a time, *moment* a day and a clock;
    *aside* a text and what stands in brackets after it; *zone* a city's time and
    its offset; *city* is mended by *contractions*; *joiner* stands between the units
    of a duration (None: as in a list); *blank* between the parts of a date. *first_day*
    is how the first of a month is written; *time* and *quarter* replace CLDR's pattern.
    *months_in* gives the months with their preposition "in", where both change;
    *quarter_in* and *quarter_of* the forms of a quarter after it and after "end of".
    """

    about: str = "≈ {0}"
    at_most: str = "≤ {0}"
    average: str = "⌀ {0}"
    numbers: str = "{0}–{1}"
    durations: str = "{0} – {1}"
    interval: str = "{0} – {1}"
    tight: str = "{0}–{1}"
    clock: str = "{0}"
    moment: str = "{0}, {1}"
    aside: str = "{0} ({1})"
    zone: str = "{0}, {1}"
    city: str = "{0}"
    contractions: tuple[tuple[str, str], ...] = ()
    utc: str = "{0} UTC"
    joiner: str | None = None
    blank: str = " "
    first_day: str = "1"
    spans: Spans | None = None
    time: str | None = None
    quarter: str | None = None
    months_in: tuple[str, ...] | None = None
    quarter_in: tuple[str, str] | None = None
    quarter_of: tuple[str, str] | None = None


@lru_cache(maxsize=1024)
def words_for(tag: str) -> Words:
    """Return the patterns of the language of *tag*."""
    found = negotiate(tag, tuple(WORDS))
    return WORDS[found] if found else Words()


_DAY_MONTH_YEAR = Spans(
    like="d MMMM y",
    days=("d", "d MMMM y"),
    days_of_months=("d MMMM", "d MMMM y"),
    months=("LLLL", "LLLL y"),
)
_DE_DAY_MONTH_YEAR = Spans(
    like="d 'de' MMMM 'de' y",
    days=("d", "d 'de' MMMM 'de' y"),
    days_of_months=("d 'de' MMMM", "d 'de' MMMM 'de' y"),
    months=("LLLL", "LLLL 'de' y"),
)
_YEAR_MONTH_DAY = Spans(
    like="y年M月d日",
    days=("y年M月d日", "d日"),
    days_of_months=("y年M月d日", "M月d日"),
    months=("y年M月", "M月"),
)

_ENGLISH = Words(
    about="about {0}",
    at_most="at most {0}",
    average="{0} on average",
    durations="{0} to {1}",
    city="{0} time",
    spans=Spans(
        like="MMMM d, y",
        days=("MMMM d", "d, y"),
        days_of_months=("MMMM d", "MMMM d, y"),
        months=("LLLL", "LLLL y"),
    ),
)
_ITALIAN = Words(
    about="circa {0}",
    at_most="al massimo {0}",
    average="in media {0}",
    city="ora di {0}",
    contractions=(("di Il ", "del "), ("di L’", "dell’")),
    first_day="1º",
    spans=_DAY_MONTH_YEAR,
)
_FRENCH = Words(
    about="environ {0}",
    at_most="{0} au maximum",
    average="{0} en moyenne",
    numbers="{0} à {1}",
    durations="{0} à {1}",
    city="heure de {0}",
    contractions=(
        ("de Le ", "du "),
        *((f"de {vowel}", f"d’{vowel}") for vowel in "AEIOUÂÉÈÎÔ"),
    ),
    blank=_NBSP,
    first_day="1er",
    spans=_DAY_MONTH_YEAR,
)
_GERMAN = Words(
    about="etwa {0}",
    at_most="höchstens {0}",
    average="durchschnittlich {0}",
    durations="{0} bis {1}",
    clock="{0} Uhr",
    city="Ortszeit {0}",
    spans=Spans(
        like="d. MMMM y",
        days=("d.", "d. MMMM y"),
        days_of_months=("d. MMMM", "d. MMMM y"),
        months=("LLLL", "LLLL y"),
    ),
)
_SPANISH = Words(
    about="aproximadamente {0}",
    at_most="como máximo {0}",
    average="{0} en promedio",
    durations="{0} a {1}",
    city="hora de {0}",
    spans=_DE_DAY_MONTH_YEAR,
)
_PORTUGUESE = Words(
    about="aproximadamente {0}",
    at_most="no máximo {0}",
    average="{0} em média",
    durations="{0} a {1}",
    city="horário de {0}",
    contractions=(("de Cairo", "do Cairo"), ("de Bahia", "da Bahia")),
    first_day="1º",
    spans=_DE_DAY_MONTH_YEAR,
)
_DUTCH = Words(
    about="ongeveer {0}",
    at_most="maximaal {0}",
    average="gemiddeld {0}",
    durations="{0} tot {1}",
    clock="{0} uur",
    city="tijd in {0}",
    spans=_DAY_MONTH_YEAR,
)
_SWEDISH = Words(
    about="ungefär {0}",
    at_most="högst {0}",
    average="i genomsnitt {0}",
    durations="{0} till {1}",
    clock="kl.\N{NO-BREAK SPACE}{0}",
    moment="{0} {1}",
    city="tid i {0}",
    spans=_DAY_MONTH_YEAR,
)
# fmt: off
_POLISH_MONTHS = (
    "w styczniu", "w lutym", "w marcu", "w kwietniu", "w maju", "w czerwcu", "w lipcu",
    "w sierpniu", "we wrześniu", "w październiku", "w listopadzie", "w grudniu",
)
# fmt: on
_POLISH = Words(
    about="mniej więcej {0}",
    at_most="maksymalnie {0}",
    average="średnio {0}",
    city="czas lokalny: {0}",
    spans=_DAY_MONTH_YEAR,
    months_in=_POLISH_MONTHS,
    quarter_in=("kwartał", "kwartale"),
    quarter_of=("kwartał", "kwartału"),
)
_JAPANESE = Words(
    about="約 {0}",
    at_most="最長 {0}",
    average="平均 {0}",
    numbers="{0}～{1}",
    durations="{0}～{1}",
    interval="{0}～{1}",
    tight="{0}～{1}",
    moment="{0} {1}",
    aside="{0}（{1}）",
    zone="{0}、{1}",
    city="{0}時間",
    joiner=" ",
    spans=_YEAR_MONTH_DAY,
)
_KOREAN = Words(
    about="약 {0}",
    at_most="최대 {0}",
    average="평균 {0}",
    numbers="{0}~{1}",
    durations="{0} ~ {1}",
    interval="{0} ~ {1}",
    tight="{0}~{1}",
    moment="{0} {1}",
    aside="{0}({1})",
    city="{0} 시간",
    joiner=" ",
    spans=Spans(
        like="y년 MMMM d일",
        days=("y년 M월 d일", "d일"),
        days_of_months=("y년 M월 d일", "M월 d일"),
        months=("y년 M월", "M월"),
    ),
    time="aaaa h:mm",
    quarter="y년 QQQ",
)
_SIMPLIFIED_CHINESE = Words(
    about="约{0}",
    at_most="最多{0}",
    average="平均{0}",
    numbers="{0}至{1}",
    durations="{0}至{1}",
    interval="{0}至{1}",
    tight="{0}至{1}",
    moment="{0} {1}",
    aside="{0}（{1}）",
    zone="{0}，{1}",
    city="{0}时间",
    # Nobody in China says "Shanghai time".
    contractions=(("上海时间", "北京时间"),),
    joiner="",
    spans=_YEAR_MONTH_DAY,
)
_TRADITIONAL_CHINESE = replace(
    _SIMPLIFIED_CHINESE,
    about="約 {0}",
    at_most="最多 {0}",
    average="平均 {0}",
    numbers="{0} 至 {1}",
    durations="{0}至 {1}",
    city="{0}時間",
    contractions=(),
    joiner=" ",
    # CLDR's 午夜12:00 leaves open which end of the day is meant.
    time="HH:mm",
)
_ARABIC = Words(
    about="{0} تقريبًا",
    at_most="{0} على الأكثر",
    average="{0} في المتوسط",
    numbers="من {0} إلى {1}",
    moment="{0}، {1}",
    zone="{0}، {1}",
    city="توقيت {0}",
    utc="{0} (UTC)",
    quarter="QQQQ 'من عام' y",
    spans=_DAY_MONTH_YEAR,
)

WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "en": _ENGLISH,
        "it": _ITALIAN,
        "fr": _FRENCH,
        "de": _GERMAN,
        "es": _SPANISH,
        "pt-BR": _PORTUGUESE,
        "nl": _DUTCH,
        "sv": _SWEDISH,
        "pl": _POLISH,
        "ja": _JAPANESE,
        "ko": _KOREAN,
        "zh-Hans": _SIMPLIFIED_CHINESE,
        "zh-Hant": _TRADITIONAL_CHINESE,
        "ar": _ARABIC,
    }
)
