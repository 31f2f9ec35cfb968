"""A page in a checkout gets our text and our keys; what others wrote stays."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from notifier.errors import NotifierError
from notifier.outputs.pages.front_matter import merged

NEW = """\
---
title: New
description: 'What: this'
exl-id: f01e
topics:
  - Upgrades
  - E-mail

---

# New {#page}

Text
"""
BODY = "# New {#page}\n\nText\n"
OURS = {
    "title": "New",
    "description": "What: this",
    "exl-id": "f01e",
    "topics": ["Upgrades", "E-mail"],
}


def front_matter(page: str) -> dict[str, object]:
    """Return the front matter as PyYAML reads it by itself."""
    return next(iter(yaml.safe_load_all(page.removeprefix("\ufeff"))))


def problems(old: str) -> list[str]:
    with pytest.raises(NotifierError) as caught:
        merged(old, NEW, "it/page.md")
    return [f"{each.place} {each.rule}" for each in caught.value.problems]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            "title: Old\ndescription: Old\nexl-id: f01e\nsource-wordcount: '331'\n"
            "ht-degree: 1%\ntopics: [Old]\n\n---\n\n",
            "title: New\ndescription: 'What: this'\nexl-id: f01e\n"
            "source-wordcount: '331'\nht-degree: 1%\n"
            "topics:\n  - Upgrades\n  - E-mail\n\n---\n\n",
            id="localization-keys-and-blank-lines",
        ),
        pytest.param(
            "# by hand\ntitle:   'New'   # kept\ndescription: \"What: this\"\n"
            "exl-id: \"f01e\" # robot\ntopics: [Upgrades, 'E-mail']\n---\n",
            "# by hand\ntitle:   'New'   # kept\ndescription: \"What: this\"\n"
            "exl-id: \"f01e\" # robot\ntopics: [Upgrades, 'E-mail']\n---\n",
            id="equal-values-keep-their-spelling",
        ),
        pytest.param(
            "title:   Old  # a title\ndescription:\nexl-id: f01e\ntopics:\n- Old\n"
            "---\n",
            "title:   New  # a title\ndescription: 'What: this'\nexl-id: f01e\n"
            "topics:\n  - Upgrades\n  - E-mail\n---\n",
            id="comment-empty-value-flat-list",
        ),
        pytest.param(
            "exl-id: f01e\nproduct_v2:\n  - id: 1 # one\n    # and\n  - id: 2\n"
            "role: User\n# the end\n\n\n---\n",
            "title: New\ndescription: 'What: this'\n"
            "exl-id: f01e\nproduct_v2:\n  - id: 1 # one\n    # and\n  - id: 2\n"
            "role: User\n# the end\ntopics:\n  - Upgrades\n  - E-mail\n\n\n---\n",
            id="missing-keys-are-added",
        ),
        pytest.param(
            "exl-id: f01e\ntopics: [Old]\n"
            "title: |\n  Old\n  # no comment\n\nnote: |+\n  Text\n\n---\n",
            "exl-id: f01e\ntopics:\n  - Upgrades\n  - E-mail\ntitle: New\n"
            "description: 'What: this'\n\nnote: |+\n  Text\n\n---\n",
            id="block-scalars",
        ),
        pytest.param(
            "exl-id: f01e\nnote: |+\n  Text\n\n---\n",
            "title: New\ndescription: 'What: this'\nexl-id: f01e\nnote: |+\n  Text\n\n"
            "topics:\n  - Upgrades\n  - E-mail\n---\n",
            id="blank-lines-that-belong-to-a-value",
        ),
        pytest.param(
            "exl-id: f01e\nlevel:\n  - User\n  -\n  - ''\ntopics:\n-\n---\n",
            "title: New\ndescription: 'What: this'\nexl-id: f01e\nlevel:\n  - User\n"
            "  -\n  - ''\ntopics:\n  - Upgrades\n  - E-mail\n---\n",
            id="empty-items",
        ),
        pytest.param(
            "  exl-id: f01e\n  role: User\n  topics: none\n---\n",
            "  title: New\n  description: 'What: this'\n  exl-id: f01e\n  role: User\n"
            "  topics:\n    - Upgrades\n    - E-mail\n---\n",
            id="indented-keys",
        ),
    ],
)
def test_our_keys_get_their_values_and_all_else_stays(old, new) -> None:
    page = merged(f"---\n{old}# Old {{#page}}\n\nOld text\n", NEW, "it/page.md")

    assert page == f"---\n{new}{BODY}"
    assert merged(page, NEW, "it/page.md") == page


def test_a_page_without_front_matter_gets_ours() -> None:
    assert merged("# Old {#page}\n", NEW, "it/page.md") == NEW


def test_an_empty_front_matter_is_filled() -> None:
    page = merged("---\n---\n# Old {#page}", NEW, "it/page.md")

    assert page == NEW.replace("\n\n---\n\n", "\n---\n")


def test_line_ends_and_byte_order_mark_are_those_of_the_checkout() -> None:
    old = "\ufeff---\r\nrole: User\r\ntopics: none\r\n---\r\n\r\n# Old {#page}\r\n"

    page = merged(old, NEW, "it/page.md")

    assert page == (
        "\ufeff---\r\ntitle: New\r\ndescription: 'What: this'\r\nrole: User\r\n"
        "topics:\r\n  - Upgrades\r\n  - E-mail\r\nexl-id: f01e\r\n---\r\n\r\n"
    ) + BODY.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("old", "found"),
    [
        ("---\ntitle: A\n# A {#page}\n", ["it/page.md:1 publish/front-matter"]),
        ("---\ntitle: [A\n---\n# A {#page}\n", ["it/page.md:2:8 yaml/syntax"]),
        ("---\na: 1\na: 2\n---\n# A {#page}\n", ["it/page.md:3:1 yaml/duplicate-key"]),
        ("---\na: 1\nb: \x00\n---\n", ["it/page.md:3:4 yaml/control-character"]),
        ("---\n- a\n---\n# A {#page}\n", ["it/page.md:2:1 yaml/syntax"]),
        ("---\n{a: 1}\n---\n# A {#page}\n", ["it/page.md:2:1 publish/front-matter"]),
        ("---\n? title\n: A\n---\n# A {#page}", ["it/page.md:1 publish/front-matter"]),
        ("---\nexl-id: f02\n---\n# A {#page}\n", ["it/page.md:2:9 publish/exl-id"]),
        ("---\nexl-id: f02\n---\n# A {#other}\n", ["it/page.md publish/other-page"]),
        ("---\ntitle: New\n---\n# New\n", ["it/page.md publish/other-page"]),
        ("# A\n\n## B {#page}\n", ["it/page.md publish/other-page"]),
        ("", ["it/page.md publish/other-page"]),
    ],
    ids=[
        "not-closed",
        "not-yaml",
        "duplicate-key",
        "control-character",
        "a-list",
        "in-braces",
        "explicit-key",
        "other-identity",
        "other-page",
        "no-anchor",
        "anchor-further-below",
        "empty",
    ],
)
def test_a_page_that_cannot_be_updated_is_refused(old, found) -> None:
    assert problems(old) == found


def test_the_same_identity_makes_a_page_ours_whatever_its_anchor() -> None:
    old = "---\nexl-id: 'f01e'\ntitle: A\n---\n# A {#renamed}\n"

    assert merged(old, NEW, "it/page.md").endswith(f"---\n{BODY}")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("yes", "true"),
        ("0x10", "16"),
        ("[a, {b: c}]", "\n  - a\n  - b: c"),
        ("|-\n  text", "text"),
        (".nan", ".nan"),
        ("2024-02-30", "2024-02-30"),
    ],
)
def test_values_that_mean_the_same_are_not_rewritten(old, new) -> None:
    page = f"---\nkey: {old}\n---\n# A {{#page}}\n"
    ours = f"---\nkey: {new}\n---\n# A {{#page}}\n".replace(": \n", ":\n")

    assert merged(page, ours, "it/page.md") == page


@pytest.mark.parametrize(
    ("old", "new"), [("1", "true"), ("'1'", "1"), ("1.0", "1"), ("no", "'no'")]
)
def test_values_of_another_type_are_rewritten(old, new) -> None:
    page = f"---\nkey: {old} # c\n---\n# A {{#page}}\n"
    ours = f"---\nkey: {new}\n---\n# A {{#page}}\n"

    assert merged(page, ours, "it/page.md") == ours.replace(new, f"{new} # c", 1)


words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=8)
values = st.recursive(
    words | st.integers() | st.booleans(),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(words.filter(bool), inner, min_size=1, max_size=3)
    ),
    max_leaves=6,
)
keys = st.sampled_from(["title", "description", "topics", "role", "x", "product_v2"])
mappings = st.dictionaries(keys, values, max_size=6)


def dumped(values: dict[str, object], *, flow: bool | None, width: int) -> str:
    return yaml.safe_dump(
        values,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=flow,
        width=width,
    )


@given(
    others=mappings,
    ours=mappings.filter(bool),
    flow=st.sampled_from([False, None]),
    width=st.sampled_from([10, 200]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    gap=st.sampled_from(["", "\n", "# c\n\n"]),
)
def test_pyyaml_reads_the_merged_keys_as_ours_over_theirs(
    others, ours, flow, width, line_end, gap
) -> None:
    old = f"---\n{dumped(others, flow=False, width=width) if others else ''}{gap}---\n"
    old = f"{old}# Old {{#page}}\n".replace("\n", line_end)
    new = f"---\n{dumped(ours, flow=False, width=200)}---\n\n{BODY}"

    page = merged(old, new, "it/page.md")

    assert front_matter(page.replace("\r\n", "\n")) == {**others, **ours}
    assert page.endswith(BODY.replace("\n", line_end))
    assert page.count("\n") == page.count(line_end)
    assert merged(page, new, "it/page.md") == page


@given(st.text(st.sampled_from("ab:-#'\"|>[]{}?!&*\n\r ,.…%@")))
def test_any_front_matter_is_updated_or_refused(text) -> None:
    old = f"---\n{text}\n---\n# Old {{#page}}\n"
    try:
        page = merged(old, NEW, "it/page.md")
    except NotifierError:
        return

    assert front_matter(page).items() >= OURS.items()
    assert merged(page, NEW, "it/page.md") == page
