"""Which messages are asked for, and whether they can be made at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from notifier.content.translations import pick_locale
from notifier.errors import NotifierError, Problem, did_you_mean
from notifier.model.notice import Notice
from notifier.model.schedule import Plan
from notifier.outputs.mail.due import DOCUMENTS, EmailRequest
from notifier.outputs.mail.outbox import FORMATS, NO_WAVE
from notifier.planning.status import is_open

RULES = {
    "emails/no-contacts": "messages are asked for, but there is no contacts.csv",
    "emails/no-domain": "the publisher has no domain for Message-IDs and UIDs",
    "emails/no-sender": "the publisher has no sender",
    "emails/unknown-choice": "a choice names what is not there",
    "emails/wave-over": "messages are asked for about a wave that is over",
}
# How many words are compared with one that is not found.
_NEAR = 5_000


def choice_problems(
    notice: Notice,
    planned: Plan,
    request: EmailRequest,
    *,
    now: datetime,
) -> Iterator[Problem]:
    """Yield what *request* asks for in vain."""
    yield from _missing(notice)
    known = {
        "wave": (request.waves, [NO_WAVE, *(w.wave.id for w in planned.waves)]),
        "customer": (request.customers, list(notice.customers or ())),
        "format": (request.formats, list(FORMATS)),
        "document": (request.documents, list(DOCUMENTS)),
    }
    for noun, (chosen, options) in known.items():
        for word in dict.fromkeys(chosen):
            if word not in options:
                hint = did_you_mean(word, options[:_NEAR])
                hint = hint or f"one of: {', '.join(options[:20])}"
                message = f"no {noun} {word[:80]!r}"
                yield Problem("emails/unknown-choice", message, hint=hint)
    for wanted in request.locales:
        try:
            pick_locale(notice, wanted)
        except NotifierError as error:
            yield from error.problems
    for wave in planned.waves:
        if wave.wave.id in request.waves and not is_open(wave, now):
            yield Problem(
                "emails/wave-over",
                f"the wave {wave.wave.id!r} is {wave.status.value} or in the past",
                wave.wave.place,
                "write about a wave that is still to come",
            )


def _missing(notice: Notice) -> Iterator[Problem]:
    publisher = (notice.places or {}).get("publisher")
    if notice.contacts is None:
        hint = "write one, with the columns customer, name and email"
        yield Problem("emails/no-contacts", "there is no contacts.csv", hint=hint)
    if not notice.publisher.domain:
        hint = "add 'domain: notices.example.com' to 'publisher'"
        message = "the publisher has no domain"
        yield Problem("emails/no-domain", message, publisher, hint)
    if not notice.publisher.sender:
        hint = "add 'sender: Operations <operations@example.com>' to 'publisher'"
        message = "the publisher has no sender"
        yield Problem("emails/no-sender", message, publisher, hint)
