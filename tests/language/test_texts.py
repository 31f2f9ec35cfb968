"""What a translation may hold."""

import pytest

from notifier.language.texts import text_problem


@pytest.mark.parametrize(
    ("source", "form", "fact"),
    [
        pytest.param("A", "a\x07", "the invisible character 'U+0007'", id="control"),
        pytest.param("A", "a\tb", "the invisible character 'U+0009'", id="tab"),
        pytest.param("A", "a\r", "the invisible character 'U+000D'", id="return"),
        pytest.param("A", "a\x85b", "the invisible character 'U+0085'", id="c1"),
        pytest.param("A", "a\u2028b", "the invisible character 'U+2028'", id="line"),
        pytest.param("A", "a\u202eb", "the invisible character 'U+202E'", id="rlo"),
        pytest.param("A", "a\u2066b", "the invisible character 'U+2066'", id="lri"),
        pytest.param("A", "&#x202e;b", "the invisible character 'U+202E'", id="entity"),
        pytest.param("A", "a\nb", "2 lines instead of 1", id="lines"),
        pytest.param("A", "a&#10;b", "2 lines instead of 1", id="line-entity"),
        pytest.param("A\nB", "a\n\nb", "3 lines instead of 2", id="more-lines"),
        pytest.param("A", " \xa0", "nothing but blanks", id="blank"),
        pytest.param("A", "\u200b", "nothing but blanks", id="zero-width"),
        pytest.param("A", "x" * 40_001, "40,001 characters", id="long"),
        pytest.param("A", "=?utf-8?q?a?=", "the start of an encoded word, '=?'",
                     id="encoded-word"),
        pytest.param("A", "<B>a</B>", "the HTML tag 'b'", id="tag"),
        pytest.param("<b>A</b>", "<i>a</i>", "the HTML tag 'i'", id="other-tag"),
        pytest.param("A", "<svg/onload=x>", "the HTML tag 'svg'", id="slash"),
        pytest.param("A", "a <img", "the HTML tag 'img'", id="open-tag"),
        pytest.param("A", "<!-- a -->", "the HTML tag '!'", id="comment"),
        pytest.param("A", "[a](http://b.c)", "a link to 'http:'", id="http"),
        pytest.param("A", "[a](<JavaScript:b>)", "a link to 'javascript:'",
                     id="script"),
        pytest.param("A", "[a](javascript&colon;b)", "a link to 'javascript:'",
                     id="colon"),
        pytest.param("A", r"[a](data\:b)", "a link to 'data:'", id="escape"),
        pytest.param("A", "[a]( //b.c)", "a link to '//'", id="host"),
        pytest.param("A", "[a]: ftp://b", "a link to 'ftp:'", id="reference"),
        pytest.param("A", "<http://b.c>", "a link to 'http:'", id="autolink"),
        pytest.param("[A](https://b)", "[a](http://b)", "a link to 'http:'",
                     id="downgrade"),
    ],
)  # fmt: skip
def test_what_the_message_lacks_is_refused(source, form, fact):
    problem = text_problem((source,), form)

    assert problem is not None
    assert problem.rule == "catalog/text"
    assert problem.is_error
    assert problem.message == f"{fact} in the translation of {source!r}"


@pytest.mark.parametrize(
    ("sources", "form"),
    [
        pytest.param(("A\nB",), "a\nb", id="lines"),
        pytest.param(("A", "B\nC"), "a\nb", id="lines-of-the-plural"),
        pytest.param(("A\n\tB",), "a\n\tb", id="tab"),
        pytest.param(("A",), "\u200eא\u200f \u061cب", id="marks"),
        pytest.param(("A",), "a\u200d\xadb", id="joiner"),
        pytest.param(("`<b>` A",), "a `<b>`", id="tag"),
        pytest.param(("A",), r"&lt;b&gt; \<b>", id="escaped-tags"),
        pytest.param(("A",), "a < 5 <3 b", id="less-than"),
        pytest.param(("[A](http://b)",), "[a](http://b)", id="link"),
        pytest.param(
            ("A",), "[a](https://b) [c](d/e#f) <mailto:g@h.i> <j@k.l>", id="safe-links"
        ),
        pytest.param(("A",), "[a](%(url)s) {link:support}: b", id="placeholders"),
        pytest.param(("see https://a/=?b",), "https://a/=?b", id="query"),
    ],
)
def test_what_the_message_holds_its_translation_may_hold(sources, form):
    assert text_problem(sources, form) is None
