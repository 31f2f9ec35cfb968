"""Bind editions to waves and zones as contacts need them, and keep the latest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from notifier.content.editions import EditionKey, bind, in_two_languages
from notifier.content.shape import Shape
from notifier.content.wave_words import wave_words
from notifier.content.waves import wave_shape, wave_values
from notifier.content.wording import Wording, word
from notifier.language.numbers import plural_category
from notifier.model.audience import Customer
from notifier.model.notice import CalendarFor
from notifier.outputs.mail.calendar import (
    CalendarForm,
    Occasion,
    invitation_form,
    maintenance_form,
)
from notifier.outputs.mail.due import Due, Run
from notifier.outputs.mail.message import (
    Addressee,
    BoundMessage,
    Identity,
    bind_message,
    merge_message,
)
from notifier.outputs.mail.outbox import NO_WAVE, Posting
from notifier.outputs.readers import contact_values, values_in

# Bound messages kept: four waves in fourteen languages and twenty zones need 1,120.
_MOST_BOUND = 2_048


@dataclass
class Binder:
    """Binds editions to waves and zones as contacts need them; keeps the latest."""

    run: Run
    _bound: dict[tuple[str, ...], BoundMessage] = field(default_factory=dict)
    _machines: dict[str, CalendarForm] = field(default_factory=dict)
    _worded: set[tuple[str, str, str]] = field(default_factory=set)

    def compile(self, due: Due) -> None:
        """Compile the editions that *due* needs, in both languages if it must."""
        wave = self.run.waves.get(due.wave)
        for lang, tag in self._languages(due):
            self.run.compiler.edition(self._key(due, lang, tag))
            if wave and (due.wave, lang, tag) not in self._worded:
                # Whatever it lacks is then known before anything is written.
                self._worded.add((due.wave, lang, tag))
                wording = self.run.compiler.wording(lang, tag)
                zone = wave.window.timezone
                values = wave_values(wave, wording, zone=zone)
                wave_words(wave, self.run.notice, wording, values=values)

    def post(self, due: Due) -> Posting:
        """Return the finished message that is *due*."""
        message = self.message(due)
        contact = due.contact
        ids = self.run.instances[contact.customer][due.wave]
        known = (self.run.notice.customers or {}).get(contact.customer)
        customer = known or Customer(contact.customer, contact.customer)
        to = Addressee(
            contact.customer,
            contact.name,
            contact.email,
            ids,
            values_in(
                (due.tag, *message.bound.langs[1:]),
                lambda tag: contact_values(contact, customer, ids, tag=tag),
            ),
        )
        data = merge_message(message, to)
        wave = self.run.waves.get(due.wave)
        return Posting(message, wave, to, due.tag, due.zone, data)

    def key(self, due: Due) -> tuple[str, ...]:
        """Return what messages that differ in their contact alone have in common."""
        source = self.run.notice.default_locale
        counts = (
            plural_category(due.number, due.lang),
            plural_category(due.number, source),
        )
        return (due.document, due.wave, due.lang, due.tag, due.zone, *counts)

    def _languages(self, due: Due) -> list[tuple[str, str]]:
        edition = self.run.compiler.edition(self._key(due, due.lang, due.tag))
        source = self.run.notice.default_locale
        both = edition.needs_both_languages(self.run.notice)
        return [(due.lang, due.tag), *([(source, source)] if both else [])]

    def _key(self, due: Due, lang: str, tag: str) -> EditionKey:
        wave = self.run.waves.get(due.wave)
        shape = wave_shape(wave, zone=due.zone) if wave else Shape()
        shape = replace(shape, count=plural_category(due.number, lang))
        return EditionKey(due.document, lang, tag, shape, "mail")

    def message(self, due: Due) -> BoundMessage:
        """Return the message that is *due*, but for its contact."""
        key = self.key(due)
        if (found := self._bound.pop(key, None)) is None:
            found = self._bind(due)
            while len(self._bound) >= _MOST_BOUND:
                del self._bound[next(iter(self._bound))]
        self._bound[key] = found
        return found

    def _bind(self, due: Due) -> BoundMessage:
        run = self.run
        wave = run.waves.get(due.wave)
        bounds = []
        told: list[tuple[Wording, Mapping[str, str]]] = []
        for lang, tag in self._languages(due):
            wording = word(run.notice, run.compiler.catalogs(lang), tag)
            values = wave_values(wave, wording, zone=due.zone) if wave else {}
            edition = run.compiler.edition(self._key(due, lang, tag))
            bounds.append(bind(edition, values))
            told.append((wording, values))
        bound = in_two_languages(*bounds) if len(bounds) == 2 else bounds[0]
        identity = Identity(
            due.document,
            run.notice.id,
            due.wave or NO_WAVE,
            wave.wave.revision if wave else 0,
            run.notice.publisher.domain or "",
        )
        machine = person = None
        if wave:
            words = [
                wave_words(wave, run.notice, wording, values=values)
                for wording, values in told
            ]
            occasion = Occasion(
                wave,
                due.tag,
                words[0].summary,
                "\n\n".join(each.description for each in words),
                told[0][0].support_url,
            )
            wanted = run.notice.delivery.calendar
            stamp = run.letterhead.now
            if wanted is not CalendarFor.PERSON:
                machine = self._machine_form(occasion)
            if wanted is not CalendarFor.MACHINE:
                person = invitation_form(run.notice, occasion, stamp)
        return bind_message(
            bound, run.letterhead, identity, machine=machine, person=person
        )

    def _machine_form(self, occasion: Occasion) -> CalendarForm:
        """Return the file for machines, the same in all languages and zones."""
        wave, run = occasion.wave.wave.id, self.run
        if wave not in self._machines:
            form = maintenance_form(run.notice, occasion, run.letterhead.now)
            self._machines[wave] = form
        return self._machines[wave]
