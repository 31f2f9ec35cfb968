"""Contents list our pages; what else stands in them is nobody's to change."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from notifier.outputs.pages.contents import Entry, merged_contents, new_contents

TOC = PurePosixPath("TOC.md")
PAGE = PurePosixPath("guides/upgrade.md")
ENTRY = Entry(PAGE, "The upgrade", "upgrades", "Aggiornamenti")
HIDDEN = Entry(PAGE, "The upgrade", hidden=True)


def updated(text: str, *entries: Entry, file: PurePosixPath = TOC) -> str:
    """Return the updated contents, which a second update leaves as they are."""
    found, _ = merged_contents(text, entries, file, "it/TOC.md")
    assert merged_contents(found, entries, file, "it/TOC.md")[0] == found
    return found


def test_new_contents_group_pages_by_section() -> None:
    other = Entry(PurePosixPath("guides/old.md"), "An [old] one", None, hidden=True)
    third = Entry(PurePosixPath("third.md"), "3. Third", "upgrades", "Aggiornamenti")
    named = Entry(PurePosixPath("guides/a/b.md"), "B", "更新", "更新")

    found = new_contents(
        (ENTRY, other, third, named), PurePosixPath("guides/TOC.md"), "Adobe"
    )

    assert found == (
        "# Adobe {#toc}\n"
        "\n"
        "+ Aggiornamenti{#upgrades}\n"
        "  + [The upgrade](upgrade.md)\n"
        "  + [3. Third](../third.md)\n"
        "+ {hide-from-toc} [An \\[old\\] one](old.md)\n"
        "+ 更新\n"
        "  + [B](a/b.md)\n"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "+ [Old title](guides/upgrade.md)\n",
            "+ [The upgrade](guides/upgrade.md)\n",
        ),
        (
            "- A\n    - {hide-from-toc}[Old](./guides/../guides/upgrade.md#top) \n",
            "- A\n    - [The upgrade](./guides/../guides/upgrade.md#top) \n",
        ),
        (
            "* [Old [!DNL x]](</guides/upgrade%2Emd>)\r\n   * [Child](child.md)",
            "* [The upgrade](</guides/upgrade%2Emd>)\r\n   * [Child](child.md)",
        ),
        (
            "+ [The&#32;upgrade](guides/upgrade.md)\n",
            "+ [The&#32;upgrade](guides/upgrade.md)\n",
        ),
        (
            "+ [A](guides/upgrade.md)\n+ [B](guides/upgrade.md?x=1)\n",
            "+ [The upgrade](guides/upgrade.md)\n"
            "+ [The upgrade](guides/upgrade.md?x=1)\n",
        ),
    ],
    ids=["title", "shown-again", "absolute-link", "same-words", "twice"],
)
def test_an_entry_of_our_page_gets_its_title_and_all_else_stays(old, new) -> None:
    assert updated(old, ENTRY) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("+ [Old](g.md)", "+ {hide-from-toc} [The upgrade](g.md)"),
        ("+   [The upgrade](g.md)", "+   {hide-from-toc} [The upgrade](g.md)"),
        ("+ {hide-from-toc}[Old](g.md)", "+ {hide-from-toc}[The upgrade](g.md)"),
    ],
)
def test_an_archived_page_is_hidden(old, new) -> None:
    old, new = (text.replace("g.md", str(PAGE)) for text in (old, new))

    assert updated(old, HIDDEN) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            "---\nsolutions:\n- [upgrades](guides/upgrade.md)\n---\n\n# Notes\n"
            "\n+ [Home](home.md)\n+ Aggiornamenti{#upgrades}\n   + [A](a.md)\n"
            "      + [B](b.md)\n\n+ [C](c.md)\n",
            "---\nsolutions:\n- [upgrades](guides/upgrade.md)\n---\n\n# Notes\n"
            "\n+ [Home](home.md)\n+ Aggiornamenti{#upgrades}\n   + [A](a.md)\n"
            "      + [B](b.md)\n   + [The upgrade](guides/upgrade.md)\n\n+ [C](c.md)\n",
            id="three-blanks",
        ),
        pytest.param(
            "- One {#one}\n  - aggiornamenti\n  - Next {#next}\n    - [A](a.md)\n",
            "- One {#one}\n  - aggiornamenti\n    - [The upgrade](guides/upgrade.md)\n"
            "  - Next {#next}\n    - [A](a.md)\n",
            id="empty-section-by-its-text",
        ),
        pytest.param(
            "+ upgrades\n+ {hide-from-toc} New {#upgrades}\n  + [A](a.md)\n    wrapped",
            "+ upgrades\n+ {hide-from-toc} New {#upgrades}\n  + [A](a.md)\n    wrapped"
            "\n  + [The upgrade](guides/upgrade.md)",
            id="id-before-text-and-no-final-line-end",
        ),
        pytest.param(
            "# T\r\n\r\n+ Upgrades{#upgrades}\r\n  + [A](a.md)\r\n+ [B](b.md)\r\n",
            "# T\r\n\r\n+ Upgrades{#upgrades}\r\n  + [A](a.md)\r\n"
            "  + [The upgrade](guides/upgrade.md)\r\n+ [B](b.md)\r\n",
            id="crlf",
        ),
        pytest.param(
            "+ Upgrades{#upgrades} <!--\n+ [Old](guides/upgrade.md)\n-->\n",
            "+ Upgrades{#upgrades} <!--\n+ [Old](guides/upgrade.md)\n-->\n"
            "  + [The upgrade](guides/upgrade.md)\n",
            id="comment",
        ),
        pytest.param(
            "+ Upgrades{#upgrades}\n  + [A](https://x.example/guides/upgrade.md)\n",
            "+ Upgrades{#upgrades}\n  + [A](https://x.example/guides/upgrade.md)\n"
            "  + [The upgrade](guides/upgrade.md)\n",
            id="a-page-of-another-site",
        ),
    ],
)
def test_a_new_entry_stands_at_the_end_of_its_section_as_its_siblings_do(
    old, new
) -> None:
    assert merged_contents(old, [ENTRY], TOC, "it/TOC.md") == (new, ())
    assert updated(old, ENTRY) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "+ [The upgrade](guides/upgrade.md)\n"),
        ("# T", "# T\n+ [The upgrade](guides/upgrade.md)"),
        ("# T\n", "# T\n\n+ [The upgrade](guides/upgrade.md)\n"),
        (
            "- A\n  - [B](b.md)\n\nText\n",
            "- A\n  - [B](b.md)\n- [The upgrade](guides/upgrade.md)\n\nText\n",
        ),
    ],
    ids=["empty", "one-line", "no-list", "list"],
)
def test_without_its_section_an_entry_stands_at_the_end_and_that_is_said(
    old, new
) -> None:
    text, (problem,) = merged_contents(old, [ENTRY], TOC, "it/TOC.md")

    assert text == new
    assert str(problem).startswith("it/TOC.md: warning: there is no section 'upgrades'")
    assert merged_contents(old, [Entry(PAGE, "The upgrade")], TOC, "x") == (new, ())


def test_links_are_relative_to_the_contents() -> None:
    file = PurePosixPath("guides/TOC.md")
    other = Entry(PurePosixPath("other/page.md"), "Other")

    found = updated(
        "+ [Old](upgrade.md)\n+ [x](guides/upgrade.md)\n", ENTRY, other, file=file
    )

    assert found == (
        "+ [The upgrade](upgrade.md)\n+ [x](guides/upgrade.md)\n"
        "+ [Other](../other/page.md)\n"
    )


lines = st.sampled_from(
    [
        "# Title {#t}",
        "",
        "+ [A](a.md)",
        "  + [B](b.md)",
        "   - {hide-from-toc} [C](guides/upgrade.md)",
        "+ Upgrades{#upgrades}",
        "  * Deep {#deep}",
        "\t+ [D](d.md)",
        "<!-- + [E](e.md)",
        "-->",
        "---",
        "text",
    ]
)


@given(
    st.lists(lines, min_size=2),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.booleans(),
)
def test_only_lines_of_our_page_change(rows, line_end, is_ended, hidden) -> None:
    text = line_end.join(rows) + (line_end if is_ended and rows else "")

    found = updated(
        text, Entry(PAGE, "[A] *b* \\ &amp; {c}", "upgrades", hidden=hidden)
    )

    def others(text: str) -> list[str]:
        rows = (row.rstrip("\r") for row in text.split("\n"))
        return [row for row in rows if row and "guides/upgrade.md" not in row]

    assert others(found) == others(text)
    assert found.count("\n") == found.count(line_end)
    assert found.count("\n") - text.count("\n") in (0, 1, 2)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp"))))
def test_a_title_is_read_as_it_was_said(title) -> None:
    text = new_contents([Entry(PAGE, title)], TOC, "T")

    inline = MarkdownIt().parse(text.split("\n")[2])[3]
    said = "".join(token.content for token in inline.children or ())
    assert " ".join(said.split()) == " ".join(title.split())
    assert updated(text, Entry(PAGE, title)) == text
