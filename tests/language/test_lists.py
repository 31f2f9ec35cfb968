"""Lists of technical names, to be copied; lists in prose are held against ICU."""

import pytest

from notifier.language.lists import format_names

FSI = "\u2068"
PDI = "\u2069"


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "web-1, web-2, web-3"),
        ("de-AT", "web-1, web-2, web-3"),
        ("ja", "web-1、web-2、web-3"),
        ("zh-Hant", "web-1、web-2、web-3"),
        ("ar", f"{FSI}web-1{PDI}، {FSI}web-2{PDI}، {FSI}web-3{PDI}"),
    ],
)
def test_technical_names_stand_between_commas(tag, text):
    assert format_names(["web-1", "web-2", "web-3"], tag) == text
