"""The rules of this room: what each of them finds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_EVERY_FILE = {
    "unreadable": "A file that the system does not give, or that lies elsewhere.",
    "too-large": "A file larger than its limit.",
    "more": "Problems beyond the first hundred of a file.",
}
_BOTH_YAML_FILES = {
    "missing": "A required key that is missing or empty.",
    "unknown-key": "A key that does not exist, often misspelled.",
    "type": "A text where a list or mapping belongs, or the other way round.",
    "id": "An id, anchor or key that file names, UIDs or links cannot hold.",
    "choice": "A word that is not one of those that the key knows.",
    "date": "A date that cannot be read or does not exist.",
    "duration": "A length of time that cannot be read, is zero or too long.",
    "number": "A number or percentage that cannot be read or is out of bounds.",
    "duplicate": "A thing named twice that can stand only once.",
    "environment": "An environment that nothing declares.",
    "characters": "A character that could break a header, an id or an address.",
    "too-long": "A text that is longer than any reader would bear.",
    "raw-html": "An HTML tag in a Markdown text.",
    "placeholder": "A {date:…}, {duration:…} or {link:…} that cannot be printed.",
}
_CUSTOMERS_FILES = {
    "id": "An id that file names, UIDs or links cannot hold.",
    "missing-value": "An empty field that must be filled in.",
    "duplicate": "A row that repeats another one.",
}
_SINGLE = {
    "notice/folder": "A notice folder that is none.",
    "notice/missing-file": "A notice folder without notice.yaml.",
    "notice/locale": "A language tag that BCP 47 or CLDR does not know.",
    "notice/default-locale": "A default locale that is not one of the locales.",
    "notice/section": "A section that the outline does not hold.",
    "notice/question": "A question that is neither standard nor answered.",
    "notice/expected": "An expected duration stated twice or not at all.",
    "notice/host": "A host name that cannot be one.",
    "notice/url": "An address that is not a safe absolute web address.",
    "notice/path": "A path that leaves its folder or that not every system can hold.",
    "notice/color": "A colour that is not #rgb or #rrggbb.",
    "notice/logo": "A logo that is absent or that mails cannot show.",
    "notice/email": "An e-mail address that cannot be one.",
    "notice/sender": "A sender that is not a name and an address.",
    "notice/contact-column": "A {contact.…} that contacts.csv has no column for.",
    "waves/timezone": "A time zone that IANA does not know.",
    "waves/phase-date": "A phase with two different kinds of start.",
    "waves/blackout-order": "A blackout that ends before it begins.",
    "waves/no-instances": "A wave that no instance is in.",
    "customers/country": "A country that is not written in two letters.",
    "instances/customer": "An instance of a customer that customers.csv lacks.",
    "instances/wave": "An instance in a wave that waves.yaml lacks.",
    "instances/environment": "An environment missing, unknown or not the wave's.",
    "instances/two-waves": "An instance in two waves of one environment.",
    "contacts/customer": "A contact of a customer that no table names.",
    "contacts/email": "An e-mail address that cannot be one.",
    "contacts/locale": "A language tag that BCP 47 or CLDR does not know.",
    "contacts/timezone": "A time zone that IANA does not know.",
    "contacts/empty-locale": "Contacts that get the default locale.",
    "contacts/empty-timezone": "Contacts that get the zone of their wave.",
    "contacts/no-contact": "A customer with instances whom nobody tells.",
    "yaml/syntax": "A file that is not YAML, or not a mapping.",
    "yaml/not-utf8": "A YAML file in another encoding than UTF-8.",
    "yaml/control-character": "An invisible character that no editor shows.",
    "yaml/alias": "An anchor or alias; values are written out.",
    "yaml/tag": "A tag; texts are typed by their keys.",
    "yaml/key": "A key that is empty, a list or a mapping.",
    "yaml/duplicate-key": "A key that stands twice in one mapping.",
    "yaml/empty-item": "A list item that says nothing.",
    "yaml/documents": "A second document in one file.",
    "yaml/too-deep": "Values nested deeper than any notice needs.",
    "yaml/too-large": "More values than any notice needs.",
    "csv/syntax": "A row that is not CSV.",
    "csv/not-utf8": "A CSV file in another encoding than UTF-8.",
    "csv/character": "A character that could break a header, an id or an address.",
    "csv/missing-column": "A table without a required column.",
    "csv/duplicate-column": "A column that stands twice in a header.",
    "csv/ragged": "A row with more or fewer fields than the header.",
    "csv/too-large": "A field, line or table that is longer than its limit.",
}


def _in_rooms(rooms: tuple[str, ...], rules: Mapping[str, str]) -> dict[str, str]:
    return {f"{room}/{name}": text for room in rooms for name, text in rules.items()}


_YAML_ROOMS = ("notice", "waves")
_CSV_ROOMS = ("customers", "instances", "contacts")
RULES: Mapping[str, str] = MappingProxyType(
    {
        **_in_rooms((*_YAML_ROOMS, *_CSV_ROOMS), _EVERY_FILE),
        **_in_rooms(_YAML_ROOMS, _BOTH_YAML_FILES),
        **_in_rooms(_CSV_ROOMS, _CUSTOMERS_FILES),
        **_SINGLE,
    }
)
