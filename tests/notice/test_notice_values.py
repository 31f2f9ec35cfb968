"""Single values and texts: what they mean, and what is refused at once."""

from __future__ import annotations

import contextlib
import time
from datetime import date, datetime, timedelta
from datetime import time as clock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.model.values import Bound, Estimate, PartialDate, Precision
from notifier.notice import locale_tags, prose, texts, values
from notifier.notice.addresses import check_email
from notifier.notice.faults import BadValue


@pytest.mark.parametrize(
    ("written", "precision", "first", "at"),
    [
        ("2024-02-06T22:00", Precision.MINUTE, date(2024, 2, 6), clock(22)),
        ("2024-02-06 22:00:00", Precision.MINUTE, date(2024, 2, 6), clock(22)),
        ("2024-02-06", Precision.DAY, date(2024, 2, 6), None),
        ("2024-W06", Precision.WEEK, date(2024, 2, 5), None),
        ("2024-W01", Precision.WEEK, date(2024, 1, 1), None),
        ("2020-W53", Precision.WEEK, date(2020, 12, 28), None),
        ("2024-02", Precision.MONTH, date(2024, 2, 1), None),
        ("2024-Q4", Precision.QUARTER, date(2024, 10, 1), None),
    ],
)
def test_a_date_has_any_precision(
    written: str, precision: Precision, first: date, at: clock | None
) -> None:
    assert values.partial_date(written) == PartialDate(precision, first, written, at)


@pytest.mark.parametrize(
    "written",
    [
        *("2024", "2024-13", "2024-00", "2024-02-30", "2023-02-29", "2024-W54"),
        *("2024-W00", "2024-Q0", "2024-Q5", "2024-2-6", "24-02-06", "0000-01-01"),
        *("9999-12", "2024-02-06T25:00", "2024-02-06T22:00Z", "６２02-01-01", " "),
        *("2024-02-06T22:00:30", "2024-02-06\n", "06/02/2024"),
    ],
)
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(BadValue, match="is not a date"):
        values.partial_date(written)


@pytest.mark.parametrize(
    ("written", "offset"),
    [
        ("2024-10-27T02:30", None),
        ("2024-10-27T02:30+01:00", timedelta(hours=1)),
        ("2024-10-27 02:30Z", timedelta()),
        ("2024-10-27T02:30-09:30", -timedelta(hours=9, minutes=30)),
    ],
)
def test_a_wall_clock_keeps_the_offset_beside_it(
    written: str, offset: timedelta | None
) -> None:
    wall = datetime.fromisoformat("2024-10-27T02:30")

    assert values.wall_clock(written) == (wall, offset)


@pytest.mark.parametrize(
    "written", ["2024-10-27", "2024-W06", "2024-10-27T02:30+25:00", "02:30"]
)
def test_a_wall_clock_needs_day_and_time(written: str) -> None:
    with pytest.raises(BadValue, match="is not a date"):
        values.wall_clock(written)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        *(("90 minutes", 90), ("1 h", 60), ("1h30", 90), ("1h 05", 65), ("5m", 5)),
        *(("2 hours 30 minutes", 150), ("2 hours and 30 minutes", 150)),
        *(("2 Hours, 30 Minutes", 150), ("1.5 hours", 90), ("0 minutes", 0)),
        *(("PT2H30M", 150), ("P1D", 1440), ("P1W", 10080), ("PT90M", 90)),
        *(("7 days", 10080), ("1 week", 10080), ("1 day 1 h 1 min", 1501)),
        *(("366 days", 527040), ("  1   hour ", 60)),
    ],
)
def test_a_quantity_is_read_as_people_write_it(written: str, minutes: int) -> None:
    assert values.quantity(written) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "written",
    [
        *("", "90", "P", "PT", "P1", "PT30S", "1 month", "1h 1h", "1 min 1 h", "-1 h"),
        *("1.3 minutes", "90 minutes,", "90minutes90", "1 h and", "367 days", "1:30"),
        "999999 weeks",
    ],
)
def test_what_is_no_quantity_is_refused(written: str) -> None:
    with pytest.raises(BadValue):
        values.quantity(written)


@given(days=st.integers(0, 365), hours=st.integers(0, 23), minutes=st.integers(0, 59))
def test_a_quantity_written_out_is_read_back(
    days: int, hours: int, minutes: int
) -> None:
    length = timedelta(days=days, hours=hours, minutes=minutes)

    assert values.quantity(f"{days} days, {hours} hours and {minutes} min") == length
    assert values.quantity(f"P{days}DT{hours}H{minutes}M") == length


@pytest.mark.parametrize(
    ("written", "low", "high", "bound"),
    [
        ("30-60 minutes", 30, 60, Bound.RANGE),
        ("30–60 minutes", 30, 60, Bound.RANGE),
        ("30 to 60 min", 30, 60, Bound.RANGE),
        ("30 minutes - 1 hour", 30, 60, Bound.RANGE),
        ("PT30M-PT1H", 30, 60, Bound.RANGE),
        ("1-2 hours 30 minutes", 60, 150, Bound.RANGE),
        ("60 - 60 minutes", 60, 60, Bound.ABOUT),
        ("45 minutes", 45, 45, Bound.ABOUT),
    ],
)
def test_an_estimate_is_a_quantity_or_a_range(
    written: str, low: int, high: int, bound: Bound
) -> None:
    minutes = timedelta(minutes=1)

    assert values.estimate(written) == Estimate(low * minutes, high * minutes, bound)


@pytest.mark.parametrize("written", ["60-30 min", "0 h", "1-2-3 h", "-", "1-", "a-b"])
def test_what_is_no_estimate_is_refused(written: str) -> None:
    with pytest.raises(BadValue):
        values.estimate(written)


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        *(("IT", "it"), ("pt-br", "pt-BR"), ("zh-hANS", "zh-Hans"), ("it-CH", "it-CH")),
        *(("es-419", "es-419"), ("zh-hant-hk", "zh-Hant-HK"), ("en-IT", "en-IT")),
        *(("ca-es-VALENCIA", "ca-ES-valencia"), ("iw", "iw")),
    ],
)
def test_a_language_tag_gets_its_usual_case(written: str, tag: str) -> None:
    assert locale_tags.locale_tag(written) == tag


@pytest.mark.parametrize(
    "written", ["", "xx", "pt_BR", "it-XX", "zh-Hann", "../it", "it-", "a" * 36, "i\n"]
)
def test_an_unknown_language_tag_is_refused(written: str) -> None:
    with pytest.raises(BadValue):
        locale_tags.locale_tag(written)


@pytest.mark.parametrize(
    "written", ["CET", "EST5EDT", "Rome", "../UTC", "Europe/", "", "europe/Rome", "Z"]
)
def test_a_zone_is_area_and_city_or_utc(written: str) -> None:
    with pytest.raises(BadValue, match="unknown time zone"):
        values.zone(written)


@pytest.mark.parametrize(
    "written",
    [
        *("", ".a", "-a", "a b", "a/b", "à", "a" * 65, "CON", "nul.txt", "com1", "a\n"),
        "a\u200e",
    ],
)
def test_an_id_can_name_a_file_everywhere(written: str) -> None:
    with pytest.raises(BadValue):
        values.identifier(written)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("a <b>bold</b>", ["raw HTML '<b>'"]),
        ("<script src='x'", ["raw HTML \"<script src='x'\""]),
        ("<!-- note -->", ["raw HTML '<!--'"]),
        ("`<b>` and ``<i> ` <u>`` and \\<s>", []),
        ("```\n<b>\n```\n<i>", ["raw HTML '<i>'"]),
        ("~~~~ html\n~~~\n<b>\n~~~~", []),
        ("`open <b>", ["raw HTML '<b>'"]),
        ("1. ```\n   <b>\n   ```\n2. <i>", ["raw HTML '<i>'"]),
        ("- a\n\n  ~~~\n  <b>\n  ~~~\n  <i>", ["raw HTML '<i>'"]),
        ("- ```\n  <b>\n\nx <i>\n\n```\n<u>\n```", ["raw HTML '<i>'"]),
        ("> ```\n> <b>\n> ```\n> <i>\n\n<u>", ["raw HTML '<i>'", "raw HTML '<u>'"]),
        (">[!NOTE]\n>\n>     <b>\n>\n> <i>", ["raw HTML '<i>'"]),
        ("a\n\n    <b>\n\n    <b>\n<i>", ["raw HTML '<i>'"]),
        ("a\n    <b>", ["raw HTML '<b>'"]),
        ("# a\n    <b>", []),
        ("a\n===\n    <b>", []),
        ("1. a\n\n       <b>\n\n    <i>", ["raw HTML '<i>'"]),
        ("1. a\n   <b>", ["raw HTML '<b>'"]),
        ("-\n\n    <b>", []),
        ("\t<b>\n", []),
        ("~~~\n~~~ x\n<b>\n~~~", []),
        ("> " * 30 + "<b>", ["raw HTML '<b>'"]),
        ("<https://example.com> <ada@example.com> 1 < 2 > 0 <3", []),
        ("{other} {date} {Date:x} {}", []),
        ("{date:2023-06-30} {duration: 1 h } {link:support}", []),
        ("{duration:90\n  minutes} {date:2024-02-06\n22:00}", []),
    ],
)
def test_raw_html_is_found_outside_code(written: str, told: list[str]) -> None:
    try:
        texts.markdown(written)
        messages = []
    except BadValue as error:
        messages = [fault.message for fault in error.faults]

    assert messages == told


@pytest.mark.parametrize(
    ("address", "checked"),
    [
        ("ada@example.com", "ada@example.com"),
        ("o'neill+x@a-b.example.co.uk", "o'neill+x@a-b.example.co.uk"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
    ],
)
def test_an_address_has_an_ascii_domain(address: str, checked: str) -> None:
    assert check_email(address) == checked


@pytest.mark.parametrize(
    "address",
    [
        *("a", "a@b", "@b.de", "a@", "a@b@c.de", "a b@c.de", "a@c.de,b@c.de"),
        "a;b@c.de",
        *('"a"@b.de', "-a@b.de", "=?utf-8?q?a?=@b.de", "a@b.test", "a@[1.2.3.4]"),
        *("a..b@c.de", ".a@b.de", "a@-b.de", "a@b-.de", "a@b..de", "ü@b.de"),
        "a@b.d\n",
        *("a\r\nBcc: x@b.de", f"{'a' * 65}@b.de", f"a@{'b' * 64}.de", "a@1.2.3.4"),
        *("a\u202e@b.de", "a@b\u200e.de", "<a@b.de>"),
    ],
)
def test_a_doubtful_address_is_refused(address: str) -> None:
    with pytest.raises(BadValue, match="is not an e-mail address"):
        check_email(address)


@given(
    st.from_regex(r"[a-z.+'=?-]{1,8}@([a-z0-9-]{1,6}\.){1,2}[a-z]{1,5}", fullmatch=True)
)
def test_the_quick_way_accepts_only_what_email_validator_does(address: str) -> None:
    from email_validator import EmailNotValidError, validate_email

    try:
        assert check_email(address) == address
    except BadValue:
        return

    try:
        validate_email(address, strict=True, check_deliverability=False)
    except EmailNotValidError as error:
        pytest.fail(f"{address}: {error}")


LONG = 100_000


@pytest.mark.parametrize("piece", [*"a1-.<`[ @", "{date:"])
def test_no_pattern_is_slow_on_long_input(piece: str) -> None:
    written = piece * LONG
    parsers = (
        *(values.partial_date, values.wall_clock, values.quantity, values.estimate),
        *(locale_tags.locale_tag, values.zone, values.identifier, values.percent),
        *(texts.plain, texts.markdown, texts.exact, prose.without_code, check_email),
    )
    for parse in parsers:
        begin = time.process_time()
        with contextlib.suppress(BadValue):
            parse(written)
        assert time.process_time() - begin < 0.5, parse.__name__
