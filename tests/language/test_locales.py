import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.language.lists import format_list
from notifier.language.locales import (
    babel_locale,
    direction,
    format_locale,
    is_same,
    negotiate,
    normalize,
    parents,
)
from notifier.language.words import WORDS


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("it", "it"),
        ("PT-br", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("pt_BR", "pt-BR"),
        ("es-419", "es-419"),
        ("ca-VALENCIA", "ca-valencia"),
        ("de-DE-u-CO-phonebk", "de-DE-u-co-phonebk"),
    ],
)
def test_a_tag_gets_the_letter_case_of_bcp_47(written, tag):
    assert normalize(written) == tag


@pytest.mark.parametrize(
    "tag", ["", "i", "italiano-", "it-", "it_IT.UTF-8", "de--AT", "it IT", "it\n"]
)
def test_a_malformed_tag_is_refused(tag):
    with pytest.raises(ValueError, match="BCP 47"):
        normalize(tag)


@given(st.text(max_size=200))
def test_any_text_is_a_tag_or_refused(text):
    try:
        tag = normalize(text)
    except ValueError:
        return
    assert normalize(tag) == tag
    negotiate(tag, ("en", "zh-Hant"))


@pytest.mark.parametrize(
    ("wanted", "offered", "found"),
    [
        ("it", ["en", "it", "it-CH"], "it"),
        ("it-CH", ["en", "it"], "it"),
        ("it-CH", ["it", "it-CH"], "it-CH"),
        ("de-AT", ["en", "de"], "de"),
        ("zh-TW", ["zh-Hans", "zh-Hant"], "zh-Hant"),
        ("zh-HK", ["zh-Hans", "zh-Hant"], "zh-Hant"),
        ("zh-CN", ["zh-Hant", "zh-Hans"], "zh-Hans"),
        ("zh-SG", ["zh-Hant", "zh-Hans"], "zh-Hans"),
        ("zh", ["zh-Hant", "zh-Hans"], "zh-Hans"),
        ("zh-TW", ["zh-Hans"], None),
        ("pt", ["pt-BR"], "pt-BR"),
        ("pt-PT", ["pt-BR"], "pt-BR"),
        ("pt", ["pt-PT", "pt-BR"], "pt-BR"),
        ("pt-AO", ["pt-BR", "pt-PT"], "pt-PT"),
        ("de-LU", ["de-AT", "de-DE"], "de-DE"),
        ("es-MX", ["es", "es-419"], "es-419"),
        ("en-AU", ["en", "en-GB"], "en"),
        ("no", ["nb"], "nb"),
        ("nb-NO", ["da", "no"], "no"),
        ("nn", ["nb"], None),
        ("iw", ["he"], "he"),
        ("sr", ["sr-Latn"], None),
        ("fr", ["en", "de"], None),
        ("fr", [], None),
        ("pt-br", ["en", "PT-BR"], "PT-BR"),
    ],
)
def test_the_nearest_offered_locale_is_found(wanted, offered, found):
    assert negotiate(wanted, offered) == found


@pytest.mark.parametrize(
    ("tag", "other", "same"),
    [
        ("it", "IT_it", True),
        ("pt-BR", "pt", True),
        ("pt-BR", "pt-PT", False),
        ("zh-Hant", "zh-TW", True),
        ("zh-Hant", "zh-HK", False),
        ("nb", "no", True),
        ("ca", "ca-valencia", False),
        ("sr", "sr-Latn", False),
    ],
)
def test_likely_subtags_tell_whether_two_tags_are_one_locale(tag, other, same):
    assert is_same(tag, other) == same
    assert is_same(other, tag) == same


def test_a_parent_is_written_in_the_same_script():
    assert parents("zh-TW") == ("zh-Hant",)
    assert parents("pt-AO") == ("pt-PT", "pt")
    assert parents("it") == ()


@pytest.mark.parametrize(
    ("contact", "catalog", "dates"),
    [
        ("it-CH", "it", "it-CH"),
        ("it-US", "it", "it"),
        ("it-CH", "en", "en"),
        ("en-gb", "en", "en-GB"),
        ("zh-TW", "zh-Hant", "zh-TW"),
        ("nonsense!", "it", "it"),
        ("xx", "it", "it"),
    ],
)
def test_dates_keep_the_contacts_region_in_the_language_of_the_words(
    contact, catalog, dates
):
    assert format_locale(contact, catalog) == dates


def test_only_arabic_of_the_built_in_languages_runs_right_to_left():
    assert [tag for tag in WORDS if direction(tag) == "rtl"] == ["ar"]
    assert direction("he-IL") == "rtl"


def test_a_locale_that_cldr_does_not_know_is_refused():
    with pytest.raises(ValueError, match="CLDR has no locale 'xx'"):
        babel_locale("xx")


@pytest.mark.parametrize(
    ("items", "tag", "text"),
    [
        ([], "en", ""),
        (["a", "b", "c"], "en", "a, b, and c"),
        (["a", "b", "c"], "it", "a, b e c"),
        (["padres", "hijos"], "es", "padres e hijos"),
        (["madera", "hielo"], "es", "madera y hielo"),
        (["a.example", "b"], "ar", "\u2068a.example\u2069 و\u2068b\u2069"),
    ],
)
def test_a_list_reads_as_prose(items, tag, text):
    assert format_list(items, tag) == text
