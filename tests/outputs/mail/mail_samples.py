"""What the tests of messages share: runs of a notice, and messages taken apart."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.parser import BytesHeaderParser
from html.parser import HTMLParser

from notifier.content.compiler import Compiler
from notifier.content.mail_page import preference_pieces
from notifier.content.translations import read_catalogs
from notifier.model.audience import Contact, Customer
from notifier.notice import read_notice
from notifier.outputs.mail.binder import Binder
from notifier.outputs.mail.due import Due, EmailRequest, Run, announced_waves
from notifier.outputs.mail.message import Letterhead
from notifier.planning import plan
from notifier.resources import resource_folder

SAMPLE = resource_folder("examples") / "email-infrastructure"
NOW = datetime(2024, 2, 1, tzinfo=UTC)
PREFERENCES = "https://notices.example.com/p?for={contact.email}&as={contact.customer}"
LOCALES = (
    *("en", "it", "fr", "de", "es", "pt-BR", "nl", "sv", "pl"),
    *("ja", "ko", "zh-Hans", "zh-Hant", "ar"),
)


def run_of(folder=SAMPLE, *, preferences=PREFERENCES):
    """Return a run of the notice in *folder*, with addresses for preferences."""
    notice, _ = read_notice(folder)
    delivery = replace(notice.delivery, preferences_url=preferences, one_click=True)
    notice = replace(notice, delivery=delivery)
    planned, _ = plan(notice, now=NOW)
    catalogs, _ = read_catalogs(notice)
    compiler = Compiler(notice, planned, catalogs, frozenset(notice.contacts.extra))
    letterhead = Letterhead(
        notice.publisher.sender,
        f"{notice.id}.{notice.publisher.domain}",
        NOW,
        preference_pieces(notice),
        True,
    )
    waves = announced_waves(planned, EmailRequest(), NOW)
    return Run(notice, planned, compiler, EmailRequest(), letterhead, waves, {})


@dataclass(frozen=True)
class Values:
    """What a message is merged with."""

    name: str = "Giulia"
    email: str = "giulia@example.com"
    company: str = "Aurora"
    role: str = "operations"
    customer: str = "aurora"
    instances: tuple[str, ...] = ("aurora-1", "aurora-2")


class Desk:
    """Writes one message after the other about a wave of a run."""

    def __init__(self, run, *, wave="production-1"):
        self.run = replace(
            run,
            notice=replace(run.notice, customers={}),
            instances={},
        )
        self.binder = Binder(self.run)
        self.wave = wave

    def post(self, locale, values, *, zone="Europe/Rome"):
        """Return the posting for *values* in *locale*."""
        customer = Customer(values.customer, values.company)
        self.run.notice.customers[values.customer] = customer
        self.run.instances[values.customer] = {self.wave: values.instances}
        contact = Contact(
            values.customer,
            values.name,
            values.email,
            locale,
            zone,
            {"role": values.role},
        )
        number = len(values.instances)
        due = Due("announcement", self.wave, locale, locale, zone, number, contact)
        return self.binder.post(due)


@dataclass(frozen=True)
class Parts:
    """A message as its reader gets it."""

    subject: str
    to: str
    address: str
    text: str
    html: str
    calendars: tuple[str, ...]
    headers: dict[str, str]


def parts_of(data):
    """Return the decoded parts of the message *data*."""
    message = BytesHeaderParser(policy=policy.default).parsebytes(data)
    found = {"text/plain": [], "text/html": [], "text/calendar": []}
    for part in message_from_bytes(data).walk():
        if not part.is_multipart():
            text = part.get_payload(decode=True).decode().replace("\r\n", "\n")
            found.setdefault(part.get_content_type(), []).append(text)
    (to,) = message["To"].addresses
    calendars = tuple(text.replace("\n ", "") for text in found["text/calendar"])
    return Parts(
        message["Subject"],
        to.display_name,
        to.addr_spec,
        *found["text/plain"],
        *found["text/html"],
        calendars,
        dict(message.items()),
    )


class _Pieces(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, tuple(attrs)))

    def handle_endtag(self, tag):
        self.found.append((f"/{tag}", ()))

    def handle_data(self, data):
        if self.found and self.found[-1][0] == "text":
            data = self.found.pop()[1] + data
        self.found.append(("text", data))

    def handle_comment(self, data):
        self.found.append(("comment", data))


def html_pieces(html):
    """Return the tags, comments and unescaped texts of *html* in their order."""
    parser = _Pieces()
    parser.feed(html)
    parser.close()
    return parser.found
