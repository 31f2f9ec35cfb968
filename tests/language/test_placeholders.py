"""Percent signs before Jinja formats a message."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.language.placeholders import escape_percent


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("100 % sicher", "100 %% sicher"),
        ("100 %% sicher", "100 %% sicher"),
        ("%(n)s von 50%", "%(n)s von 50%%"),
        ("%d %2000000000r %", "%%d %%2000000000r %%"),
        ("%(n)d %(n) %()s %n)s", "%%(n)d %%(n) %%()s %%n)s"),
        ("%%%", "%%%%"),
        ("%%(n)s", "%%(n)s"),
        ("%%%(n)s", "%%%(n)s"),
        ("", ""),
    ],
)
def test_lone_percent_signs_are_doubled(text, escaped):
    assert escape_percent(text) == escaped


@given(st.text("%(n)sd 5", max_size=20))
def test_every_escaped_text_can_be_formatted(text):
    escaped = escape_percent(text)
    names = dict.fromkeys(re.findall(r"%\((\w+)\)s", text), "")

    assert isinstance(escaped % names, str)
    assert escape_percent(escaped) == escaped
