"""The rules of this room: what each of them finds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_EVERY_FILE = {
    "unreadable": "the system does not give a file, or it lies elsewhere",
    "too-large": "a file is larger than its limit",
    "more": "problems beyond the first hundred are only counted",
}
_BOTH_YAML_FILES = {
    "missing": "a required key is missing or empty",
    "unknown-key": "a key does not exist and is often misspelled",
    "type": "a text stands where a list or mapping belongs, or the other way round",
    "id": "file names, UIDs or links cannot hold an id, anchor or key",
    "choice": "a word is not one of those that the key knows",
    "date": "a date cannot be read or does not exist",
    "duration": "a length of time cannot be read, is zero or too long",
    "duplicate": "a thing is named twice that can stand only once",
    "environment": "an environment is declared nowhere",
    "characters": "a character could break a header, an id or an address",
    "too-long": "a text is longer than any reader would bear",
    "raw-html": "an HTML tag stands in a Markdown text",
    "link": "no document shows a link that is not https or mailto, or an image",
    "braces": "a {date:…}, {duration:…} or {link:…} is misspelled",
    "plain-text": "a text that is printed as it is holds Markdown",
    "placeholder": "a {date:…}, {duration:…} or {link:…} cannot be printed",
}
_CUSTOMERS_FILES = {
    "id": "file names, UIDs or links cannot hold an id",
    "missing-value": "a field is empty that must be filled in",
    "duplicate": "a row repeats another one",
}
_SINGLE = {
    "notice/folder": "a notice folder is none",
    "notice/missing-file": "a notice folder has no notice.yaml",
    "notice/locale": "BCP 47 or CLDR does not know a language tag",
    "notice/default-locale": "the default locale is not one of the locales",
    "notice/section": "the outline does not hold a section",
    "notice/question": "a question is neither standard nor answered",
    "notice/expected": "the expected duration is stated twice or not at all",
    "notice/host": "a host name cannot be one",
    "notice/url": "an address is not a safe absolute web address",
    "notice/path": "a path leaves its folder, or not every system can hold it",
    "notice/color": "a colour is not #rgb or #rrggbb",
    "notice/logo": "a logo is absent, or mails cannot show it",
    "notice/email": "an e-mail address cannot be one",
    "notice/sender": "a sender is not a name and an address",
    "notice/contact-column": "a {contact.…} has no column in contacts.csv",
    "notice/unused": "something is stated that no document shows",
    "waves/number": "a number or percentage cannot be read or is out of bounds",
    "waves/timezone": "a time zone is unknown to IANA",
    "waves/phase-date": "a phase has two different kinds of start",
    "waves/blackout-order": "a blackout ends before it begins",
    "waves/no-instances": "no instance is in a wave",
    "customers/country": "a country is not written in two letters",
    "instances/customer": "an instance is of a customer that customers.csv lacks",
    "instances/wave": "an instance is in a wave that waves.yaml lacks",
    "instances/environment": "an environment is missing, unknown or not the wave's",
    "instances/two-waves": "an instance is in two waves of one environment",
    "contacts/customer": "no table names the customer of a contact",
    "contacts/email": "an e-mail address cannot be one",
    "contacts/locale": "BCP 47 or CLDR does not know a language tag",
    "contacts/timezone": "a time zone is unknown to IANA",
    "contacts/changed": "the columns changed between two readings",
    "contacts/empty-locale": "contacts get the default locale",
    "contacts/empty-timezone": "contacts get the zone of their wave",
    "contacts/no-contact": "nobody tells a customer with instances",
    "yaml/syntax": "a file is not YAML, or not a mapping",
    "yaml/not-utf8": "a YAML file has another encoding than UTF-8",
    "yaml/control-character": "an invisible character stands there, shown by no editor",
    "yaml/alias": "an anchor or alias stands where values are written out",
    "yaml/tag": "a tag stands where keys say what a text means",
    "yaml/key": "a key is empty, a list or a mapping",
    "yaml/duplicate-key": "a key stands twice in one mapping",
    "yaml/comment": "what follows '#' is not read, though it looks like text",
    "yaml/empty-item": "a list item says nothing",
    "yaml/documents": "a second document begins in one file",
    "yaml/too-deep": "values are nested deeper than any notice needs",
    "yaml/too-large": "there are more values than any notice needs",
    "csv/syntax": "a row is not CSV",
    "csv/not-utf8": "a CSV file has another encoding than UTF-8",
    "csv/character": "a character could break a header, an id or an address",
    "csv/missing-column": "a table lacks a required column",
    "csv/duplicate-column": "two columns of a header are the same, or mean the same",
    "csv/ragged": "a row has more or fewer fields than the header",
    "csv/too-large": "a field, line, header or table is longer than its limit",
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
