import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.language.typography import isolate, polish, sentence_join
from notifier.language.words import WORDS


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Quoi ?", "Quoi\xa0?"),
        ("Quoi?", "Quoi\xa0?"),
        ("Quoi ?!", "Quoi\xa0?!"),
        ("Attention : danger", "Attention\xa0: danger"),
        ("**Remarque:** danger", "**Remarque\xa0:** danger"),
        ("dit « oui » et «non»", "dit «\xa0oui\xa0» et «\xa0non\xa0»"),
        ("l'équipe d'%(name)s", "l’équipe d’%(name)s"),
        ("Assistance %(name)s : [ici](https://a.b/?c=d)", None),
        (
            "à 22:00 ou https://a.example/b?c=1;d",
            "à 22:00 ou https://a.example/b?c=1;d",
        ),
        ("Voir `a ; b ?` ; fin", "Voir `a ; b ?`\xa0; fin"),
        (">[!NOTE] Texte ![logo](l.png)", ">[!NOTE] Texte ![logo](l.png)"),
        ("a &nbsp;: b &#x200B; c", "a &nbsp;: b &#x200B; c"),
        ("{date:2023-06-30} : {link:support}", "{date:2023-06-30}\xa0: {link:support}"),
        ('[lien](a.md){target="_blank"} ?', '[lien](a.md){target="_blank"}\xa0?'),
        ("| a | b |\n| :--- | ---: |", "| a | b |\n| :--- | ---: |"),
        ("Déjà\xa0: bon\xa0?", "Déjà\xa0: bon\xa0?"),
    ],
)
def test_french_blanks_do_not_break(text, mended):
    if mended is None:
        mended = text.replace(" :", "\xa0:")

    assert polish(text, "fr") == mended


@pytest.mark.parametrize(
    ("tag", "text", "mended"),
    [
        ("it", "l'ora dell'aggiornamento", "l’ora dell’aggiornamento"),
        ("it", "`l'ora` 'qui'", "`l'ora` 'qui'"),
        ("en", "don't : do", "don't : do"),
        ("ja", "終了。 次へ、 **強調**", "終了。次へ、**強調**"),
        ("zh-Hans", "完成。 [链接](a.md)： 好", "完成。[链接](a.md)：好"),
        ("zh-Hant", "完成。\n下一行", "完成。\n下一行"),
    ],
)
def test_other_languages_are_mended_in_their_own_way(tag, text, mended):
    assert polish(text, tag) == mended


PIECES = (
    *("Mot", " ", ":", " ?", "!", "«", "»", "'", "\n", "。", "：", "**", "(", ")"),
    *("https://a.example/x?y=1;z", "`l'a ; b`", "%(name)s", "{date:2023-06-30}"),
    *("[a](b.md?c;d)", "&#x200B;", "|", "-"),
)
HELD = re.compile(r"https://\S+?;z|`l'a ; b`|%\(name\)s|\{date:[^}]*\}|\(b\.md\?c;d\)")


@given(text=st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@pytest.mark.parametrize("tag", ["fr", "it", "ja"])
def test_mending_twice_changes_no_more_and_placeholders_stay(tag, text):
    mended = polish(text, tag)

    assert polish(mended, tag) == mended
    assert HELD.findall(mended) == HELD.findall(text)


@pytest.mark.parametrize(
    "text",
    ["`" * 19_000, "".join("`" * n + "a" for n in range(1, 195)), "a`" * 9_500],
    ids=["run", "growing-runs", "single"],
)
def test_backticks_are_read_once(text):
    begun = time.process_time()

    assert polish(text, "fr") == text
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("a `` b : c` d", "a `` b\xa0: c` d"),
        ("``a : ` b`` : c", "``a : ` b``\xa0: c"),
        ("```\na : b\n```\nc : d", "```\na : b\n```\nc\xa0: d"),
    ],
)
def test_code_lasts_from_a_run_of_backticks_to_the_next_of_its_length(text, mended):
    assert polish(text, "fr") == mended


def test_values_are_isolated_in_arabic_only():
    isolated = {tag: isolate("a-1", tag) for tag in WORDS}

    assert isolated.pop("ar") == "\u2068a-1\u2069"
    assert set(isolated.values()) == {"a-1"}


def test_sentences_are_parted_as_the_language_does():
    assert sentence_join(["One.", "", "Two."], "en") == "One. Two."
    assert sentence_join(["一。", "二。"], "zh-Hant") == "一。二。"
