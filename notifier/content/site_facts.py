"""The key facts of a notice, and those of its waves, as the web site shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup, escape

from notifier.content.dialect import escape_plain, tidy
from notifier.content.faq import FaqView
from notifier.content.foreign_texts import mark, taken_apart
from notifier.content.fragments import fragment_html, fragment_text
from notifier.content.page_views import page_anchors
from notifier.content.site_words import notice_status_name
from notifier.content.telling import Source, Telling
from notifier.content.views import environment_name
from notifier.content.wave_words import PhaseWords, phase_words, status_name
from notifier.content.waves import wave_shape, wave_values
from notifier.content.wording import Wording
from notifier.model.notice import NoticeStatus
from notifier.model.schedule import PlannedWave
from notifier.zones import load_zone

# A fact as its sentence has it: the label in bold, then the value.
_FACT = re.compile(r"\*\*(.+?)\*\*(?:&#x200B;)?\s*[:：]?\s*(.*)", re.DOTALL)
_COLON = " \u00a0\u202f:："


@dataclass(frozen=True, slots=True)
class FactValue:
    """What a fact says; *note* is a plain text beside it, *badge* a status."""

    html: Markup
    note: str = ""
    badge: str = ""


@dataclass(frozen=True, slots=True)
class SiteFact:
    """A label, plain, and what is said under it."""

    label: str
    values: tuple[FactValue, ...]


@dataclass(frozen=True, slots=True)
class WaveCard:
    """A wave as anybody may read it.

    *start* and *end* are ISO 8601 with the offset of the wave's zone; *window* and
    *facts* say the same in words. *notes* is HTML: that it was moved, that the clocks
    change.
    """

    label: str
    status: str
    status_name: str
    window: str
    start: str
    end: str
    facts: tuple[SiteFact, ...]
    notes: Markup


def notice_facts(
    telling: Telling, source: Source, *, status: NoticeStatus
) -> tuple[SiteFact, ...]:
    """Return the key facts of a notice, most important first."""
    return tuple(_notice_facts(telling, source, status))


def _notice_facts(
    telling: Telling, source: Source, status: NoticeStatus
) -> Iterator[SiteFact]:
    view, wording = telling.notice, telling.wording
    sentences = fact_sentences(telling)
    name = escape(notice_status_name(status, wording))
    value = FactValue(name, badge=status.value)
    yield SiteFact(label_of(sentences.status("")), (value,))
    phases = tuple(
        _phase_value(phase_words(planned, source.notice, wording))
        for planned in source.plan.phases
    )
    if phases:
        yield SiteFact(label_of(sentences.when("")), phases)
    if status is not NoticeStatus.CANCELLED:
        if view.expected:
            yield _fact(sentences.estimate(view.expected), wording)
        yield _fact(sentences.impact(view), wording)
        yield _action(telling, source)
    yield _fact(sentences.support(view.support), wording)


def _phase_value(said: PhaseWords) -> FactValue:
    if not said.date:
        return FactValue(escape(said.status), said.label)
    return FactValue(escape(said.date), f"{said.label} · {said.status}")


def _action(telling: Telling, source: Source) -> SiteFact:
    """Return what is to be done, with a link to where the page tells more."""
    view, wording, sentences = telling.notice, telling.wording, fact_sentences(telling)
    fact = _fact(sentences.action(view), wording)
    if view.action is None:
        return fact
    anchors = {item.id: question_anchor(item) for item in telling.faq}
    section = any(each.id == "action" for each in telling.page.outline)
    anchor = page_anchors(source.notice)["action"] if section else anchors.get("action")
    (value,) = fact.values
    if anchor:
        link = Markup('<a href="#{}">{}</a>').format(anchor, value.html)
        value = FactValue(link)
    if not view.action.by:
        return SiteFact(fact.label, (value,))
    answers = _macros(telling, "answers")
    deadline = _inline(str(answers.deadline(view.action.by)), wording)
    return SiteFact(fact.label, (value, FactValue(deadline)))


def question_anchor(item: FaqView) -> str:
    """Return the id of a question on the web page."""
    return item.anchor or f"faq-{item.id}"


def wave_cards(telling: Telling, source: Source) -> tuple[WaveCard, ...]:
    """Return what anybody may know of each wave, by start."""
    wording, waves = telling.wording, source.plan.waves
    environments = {
        id: fragment_text(environment_name(id, source.notice, wording), wording)
        for id in {planned.wave.environment for planned in waves}
    }
    sentences = fact_sentences(telling)
    labels = _Labels(
        label_of(sentences.in_utc("")),
        label_of(sentences.estimate("")),
        label_of(sentences.in_environment("")),
    )
    return tuple(_card(wave, telling, labels, environments) for wave in waves)


@dataclass(frozen=True, slots=True)
class _Labels:
    """The labels on every card."""

    utc: str
    estimate: str
    environment: str


def _card(
    wave: PlannedWave,
    telling: Telling,
    labels: _Labels,
    environments: Mapping[str, str],
) -> WaveCard:
    wording, zone = telling.wording, load_zone(wave.window.timezone)
    values = wave_values(wave, wording, zone=wave.window.timezone)
    return WaveCard(
        label=values["wave.label"],
        status=wave.status.value,
        status_name=status_name(wave.status, wording),
        window=values["wave.window"],
        start=wave.window.start.astimezone(zone).isoformat(),
        end=wave.window.end.astimezone(zone).isoformat(),
        facts=(
            *_times(wave, labels, values),
            _plain(labels.environment, environments[wave.wave.environment]),
        ),
        notes=_notes(wave, telling, values),
    )


def _times(
    wave: PlannedWave, labels: _Labels, values: Mapping[str, str]
) -> Iterator[SiteFact]:
    if not wave_shape(wave, zone=wave.window.timezone).utc:
        yield _plain(labels.utc, values["wave.utc"])
    if wave.estimate:
        yield _plain(labels.estimate, values["wave.estimate"])


def _plain(label: str, value: str) -> SiteFact:
    return SiteFact(label, (FactValue(escape(value)),))


def _notes(wave: PlannedWave, telling: Telling, values: Mapping[str, str]) -> Markup:
    """Return what is out of the ordinary, as call-outs."""
    shape = wave_shape(wave, zone=wave.window.timezone)
    sentences = fact_sentences(telling)
    told = SimpleNamespace(
        **{
            name.removeprefix("wave."): escape_plain(value)
            for name, value in values.items()
        }
    )
    notes = (sentences.moved(shape, told), sentences.clock(shape, told))
    markdown = "\n\n".join(map(str, notes))
    if not markdown.strip():
        return Markup()
    return Markup(fragment_html(tidy(markdown), telling.wording))


def fact_sentences(telling: Telling) -> Any:  # the macros of a template
    """Return the macros that word the facts."""
    return _macros(telling, "facts")


def _macros(telling: Telling, name: str) -> Any:  # the macros of a template
    return telling.environment.get_template(f"macros/{name}.md.j2").module


def label_of(sentence: object) -> str:
    """Return the label that a fact's sentence begins with, as plain text."""
    return _label_and_value(sentence)[0]


def _fact(sentence: object, wording: Wording) -> SiteFact:
    """Return a fact that is worded as one Markdown sentence."""
    label, said = _label_and_value(sentence)
    return SiteFact(label, (FactValue(_inline(said, wording)),))


def _label_and_value(sentence: object) -> tuple[str, str]:
    lang, said = taken_apart(str(sentence).strip())
    found = _FACT.match(said)
    parts = (found[1].strip(_COLON), found[2]) if found else ("", said)
    label, value = (mark(each, lang) if lang else each for each in parts)
    return label, value


def _inline(markdown: str, wording: Wording) -> Markup:
    html = fragment_html(markdown, wording).strip()
    return Markup(html.removeprefix("<p>").removesuffix("</p>"))
