"""Write every contact's messages: checked first, then streamed into an outbox."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from notifier.content.compiler import Compiler
from notifier.content.mail_page import preference_pieces
from notifier.content.translations import (
    read_catalogs,
    translation_problems,
)
from notifier.errors import (
    NotifierError,
    Place,
    Problem,
    Severity,
    raise_errors,
)
from notifier.model.notice import Fallback, Notice
from notifier.outputs.files import Written, fill_folder
from notifier.outputs.mail.binder import Binder
from notifier.outputs.mail.choice import choice_problems
from notifier.outputs.mail.due import (
    EmailRequest,
    Run,
    announced_waves,
    due_messages,
    instances_by_wave,
    locale_for,
)
from notifier.outputs.mail.manifest import previous_problems
from notifier.outputs.mail.message import Letterhead
from notifier.outputs.mail.outbox import Outbox
from notifier.planning import plan

_LOGO_TYPES = {".png": "image/png", ".gif": "image/gif"}
RULES = {
    "emails/nobody": "the choices leave nobody to write to",
    "emails/locale": "contacts read a language that the notice is not made in",
}


@dataclass(frozen=True, slots=True)
class Emails:
    """What came of it: messages, files, and what to say.

    *unconcerned* counts the contacts among those chosen who get no message, for want of
    an instance to be told about; with a choice of waves or a limit, it is zero.
    """

    messages: int
    unconcerned: int
    written: Written
    problems: tuple[Problem, ...]


def write_emails(
    notice: Notice,
    request: EmailRequest,
    *,
    now: datetime,
    output: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Emails:
    """Write the messages that *request* asks for into the folder *output*.

    Contacts are read twice, and never held: everything is compiled and checked before
    the first message is written.

    Raises:
        NotifierError: something the messages need is missing or wrong; all of it at
            once, and nothing is written.
        OSError: the system refuses; *output* is as it was.
    """
    run, said = _prepare(notice, request, now)
    binder = Binder(run)
    idle = Counter[str]()
    total, locale_problems = _check(run, binder, idle)
    misses = translation_problems(run.compiler.misses(), notice)
    said += [*locale_problems, *misses]
    raise_errors(said)
    if not total:
        hint = "choose other waves, locales or customers; 'notifier waves' lists them"
        raise NotifierError([Problem("emails/nobody", "nobody to write to", hint=hint)])

    def fill(folder: Path) -> list[str]:
        with ExitStack() as stack:
            outbox = Outbox(folder, request.formats, stack)
            for number, due in enumerate(due_messages(run), start=1):
                outbox.add(binder.post(due))
                if number % 100 == 0 or number == total:
                    progress(number, total)
            return outbox.names

    written = fill_folder(output, fill, command="emails")
    is_whole = not request.limit and not request.waves
    unconcerned = idle.total() if is_whole else 0
    return Emails(total, unconcerned, written, tuple(said))


def _prepare(
    notice: Notice, request: EmailRequest, now: datetime
) -> tuple[Run, list[Problem]]:
    """Return what all messages share, and warnings."""
    planned, schedule_problems = plan(notice, now=now)
    catalogs, catalog_problems = read_catalogs(notice)
    waves = announced_waves(planned, request, now)
    said = [*schedule_problems, *catalog_problems]
    said += choice_problems(notice, planned, request, now=now)
    if request.previous:
        said += previous_problems(request.previous, waves)
    raise_errors(said)
    assert notice.contacts is not None  # or `choice_problems` has said so
    columns = frozenset(notice.contacts.extra)
    run = Run(
        notice,
        planned,
        Compiler(notice, planned, catalogs, columns),
        request,
        letterhead_of(notice, now),
        waves,
        instances_by_wave(notice),
    )
    return run, said


def letterhead_of(notice: Notice, now: datetime) -> Letterhead:
    """Return what all messages of *notice* share; reads its logo."""
    return Letterhead(
        notice.publisher.sender or "",
        f"{notice.id}.{notice.publisher.domain}",
        now,
        preference_pieces(notice),
        notice.delivery.one_click,
        _logo(notice),
    )


def _logo(notice: Notice) -> tuple[str, bytes] | None:
    logo = notice.brand.logo
    if logo is None:
        return None
    return _LOGO_TYPES.get(logo.suffix.lower(), "image/jpeg"), logo.read_bytes()


def _check(run: Run, binder: Binder, idle: Counter[str]) -> tuple[int, list[Problem]]:
    """Compile what all messages need; return their number and the locales not made."""
    seen: set[tuple[str, ...]] = set()
    locale_of = lru_cache(maxsize=None)(lambda locale: locale_for(run.notice, locale))
    foreign: Counter[str] = Counter()
    total = 0
    for due in due_messages(run, idle):
        total += 1
        if locale_of(due.contact.locale)[1]:
            foreign[due.contact.locale] += 1
        key = binder.key(due)
        if key not in seen:
            seen.add(key)
            binder.compile(due)
    return total, list(foreign_problems(run.notice, foreign))


def foreign_problems(notice: Notice, foreign: Mapping[str, int]) -> Iterator[Problem]:
    """Yield a problem per locale that *notice* is not made in, with its messages."""
    forbidden = notice.fallback is Fallback.FORBID
    severity = Severity.ERROR if forbidden else Severity.WARNING
    made = f"the notice is made in: {', '.join(notice.locales)}"
    for locale, number in sorted(foreign.items()):
        message = f"messages for readers of {locale!r}: {number}"
        place = Place("contacts.csv")
        yield Problem("emails/locale", message, place, made, severity)
