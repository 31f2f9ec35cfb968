"""The types of the fields of a notice folder's YAML files, for pydantic."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, TypeVar
from urllib.parse import urlsplit

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from notifier.model.schedule import LocalTime
from notifier.model.values import Estimate, PartialDate, Text
from notifier.notice import texts, values
from notifier.notice.addresses import check_email
from notifier.notice.faults import BadValue, Fault, quoted
from notifier.notice.locale_tags import known_locale
from notifier.notice.yaml_tree import Written

T = TypeVar("T")
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
)
_URL = re.compile(r"[!#-'*-;=?-\[\]_a-z~]+")
_FIELD = re.compile(r"\{contact\.[^{}\s]{1,64}\}")
_SEGMENT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")


def refuse(error: BadValue) -> PydanticCustomError:
    """Return what pydantic passes on to the report: the faults of a value."""
    return PydanticCustomError("faults", "bad value", {"faults": error.faults})


def placed(parse: Callable[[Written], T]) -> PlainValidator:
    """Return a validator that reads a scalar, with its place, by *parse*."""

    def validate(value: object) -> T:
        try:
            if not isinstance(value, Written):
                fault = Fault("type", "not a single value", "write one text here")
                raise BadValue(fault)
            return parse(value)
        except BadValue as error:
            raise refuse(error) from error

    return PlainValidator(validate)


def scalar(parse: Callable[[str], T]) -> PlainValidator:
    """Return a validator that reads a scalar by *parse*."""
    return placed(lambda value: parse(value.strip()))


def one_word(kind: type[StrEnum], noun: str) -> PlainValidator:
    """Return a validator of the words of an enumeration."""
    known = tuple(member.value for member in kind)
    return scalar(lambda value: kind(values.one_of(value, known, noun, "choice")))


def words_of(kind: type[StrEnum]) -> WithJsonSchema:
    """Return the JSON Schema of an enumeration."""
    # YAML 1.1 editors take a bare `no` for a boolean.
    falsy: list[object] = [False] if "no" in tuple(kind) else []
    return WithJsonSchema({"enum": [*(str(word) for word in kind), *falsy]})


def words(known: tuple[str, ...]) -> WithJsonSchema:
    """Return the JSON Schema of one of several words."""
    return WithJsonSchema({"enum": list(known)})


def _string(description: str, **more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "description": description, **more})


def _plain(value: Written) -> Text:
    return Text(texts.plain(value.strip()), False, value.place)


def _markdown(value: Written) -> Text:
    return Text(texts.markdown(value.strip("\n").rstrip()), True, value.place)


def _local_time(value: Written) -> LocalTime:
    clock, offset = values.wall_clock(value)
    return LocalTime(clock, offset, value.place)


def host(value: str) -> str:
    """Check a host name of ASCII labels."""
    lowered = value.lower()
    if len(value) > 253 or not _HOST.fullmatch(lowered):
        hint = "write it as 'notices.example.com'; other scripts in their 'xn--' form"
        raise BadValue(Fault("host", f"{quoted(value)} is not a host name", hint))
    return lowered


def url(value: str, *, schemes: tuple[str, ...] = ("https",)) -> str:
    """Check an absolute address of ASCII characters, without user or password."""
    texts.exact(value)
    try:
        parts = urlsplit(value)
        good = parts.scheme in schemes and _URL.fullmatch(value, re.I)
        port_is_number = parts.port is None or parts.port > 0
    except ValueError:
        good = port_is_number = False
    if not good or not port_is_number or "@" in parts.netloc:
        raise _bad_url(value)
    if parts.scheme == "mailto":
        check_email(parts.path)
    else:
        host(parts.hostname or "")
    return value


def _bad_url(value: str) -> BadValue:
    hint = "write it as 'https://example.com/help'; blanks, brackets as %20, %28, %29"
    return BadValue(Fault("url", f"{quoted(value)} is not a web address", hint))


def _support_url(value: str) -> str:
    return url(value, schemes=("https", "mailto"))


def _template_url(value: str) -> str:
    url(_FIELD.sub("x", value))
    if "{" in urlsplit(value).netloc:
        # The host decides who gets the click; it is never a contact's to say.
        raise _bad_url(value)
    return value


def relative_path(value: str) -> str:
    """Check a path below a folder, with `/` and names that every system can hold."""
    segments = value.split("/")
    for segment in segments:
        if len(segment) > 100 or not _SEGMENT.fullmatch(segment):
            hint = "write it as 'folder/name.md', below the folder, without blanks"
            raise BadValue(Fault("path", f"{quoted(value)} is not a path", hint))
        values.identifier(segment.lstrip("_")[:64] or "x")
    return value


def _markdown_path(value: str) -> str:
    if not value.endswith(".md"):
        message = f"{quoted(value)} is not a Markdown file"
        raise BadValue(Fault("path", message, "let it end in '.md'"))
    return relative_path(value)


def _color(value: str) -> str:
    if not re.fullmatch(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})", value):
        message = f"{quoted(value)} is not a colour"
        raise BadValue(Fault("color", message, "write it as '#1473e6', in quotes"))
    digits = value[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(c * 2 for c in digits))


def _anchor(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,63}", value):
        hint = "a letter, then letters, digits, '-' and '_', at most 64"
        raise BadValue(Fault("id", f"{quoted(value)} is not an anchor", hint))
    return value


def _sender(value: str) -> str:
    name, _, rest = value.rpartition("<")
    closed = rest.endswith(">") if "<" in value else not name
    if not closed or re.search(r'[<>@",;:\\()\[\]]', name):
        hint = "write it as 'Operations <operations@example.com>'"
        raise BadValue(Fault("sender", f"{quoted(value)} is not a sender", hint))
    address = check_email(texts.exact(rest.removesuffix(">")))
    return f"{texts.plain(name.strip())} <{address}>" if name.strip() else address


_DATE = "a date of any precision: 2024-02-06T22:00, 2024-02-06, 2024-W06, 2024-02"
_LENGTH = "a length of time: 90 minutes, 2 hours 30 minutes, 7 days, PT2H30M"
NUMBER = WithJsonSchema(
    {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string"}]}
)
_YES_NO = {"enum": [True, False, "yes", "no", "true", "false", "on", "off"]}

Plain = Annotated[Text, placed(_plain), _string("one line of plain text")]
Markdown = Annotated[Text, placed(_markdown), _string("Markdown without HTML")]
Line = Annotated[str, scalar(texts.plain), _string("one line of text")]
Id = Annotated[
    str,
    scalar(values.identifier),
    _string("an id", pattern="^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"),
]
Anchor = Annotated[str, scalar(_anchor), _string("an ASCII anchor")]
Tag = Annotated[str, scalar(known_locale), _string("a BCP 47 language tag")]
Zone = Annotated[str, scalar(values.zone), _string("an IANA time zone")]
Day = Annotated[date, scalar(values.day), _string("a day: 2024-02-06")]
When = Annotated[PartialDate, scalar(values.partial_date), _string(_DATE)]
Clock = Annotated[
    LocalTime, placed(_local_time), _string("a wall clock: 2024-02-06T22:00")
]
Length = Annotated[timedelta, scalar(values.quantity), _string(_LENGTH)]
PositiveLength = Annotated[timedelta, scalar(values.positive), _string(_LENGTH)]
Expected = Annotated[
    Estimate, scalar(values.estimate), _string(f"{_LENGTH}; or 30-60 minutes")
]
Percent = Annotated[float, scalar(values.percent), _string("a percentage: 25%")]
Number = Annotated[int, scalar(values.whole_number), NUMBER]
YesNo = Annotated[bool, scalar(values.yes_or_no), WithJsonSchema(_YES_NO)]
Host = Annotated[str, scalar(host), _string("a host name")]
Url = Annotated[str, scalar(url), _string("https://…")]
SupportUrl = Annotated[str, scalar(_support_url), _string("https:// or mailto:")]
TemplateUrl = Annotated[
    str,
    scalar(_template_url),
    _string("https://…, with {contact.column}"),
]
RelativePath = Annotated[str, scalar(relative_path), _string("a relative path")]
MarkdownPath = Annotated[str, scalar(_markdown_path), _string("a path to a .md")]
Color = Annotated[str, scalar(_color), _string("a colour: #1473e6")]
Sender = Annotated[str, scalar(_sender), _string("Name <address>")]
