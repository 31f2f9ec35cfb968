"""Each rule of the dialect that a template can break is told at its line."""

from __future__ import annotations

import pytest
from breaches import Breach, break_folder, marked, swap
from notices import found

pytestmark = pytest.mark.slow  # each makes all documents

PAGE = "docs/en/technotes/upgrades/upgrade-to-aws.md"
# The lines of the front matter, and a blank one.
ABOVE = 7
EXL_ID = "exl-id: f01e38ad-490e-4389-af5e-87beef533eb0"
TITLE = "title: Campaign email sending infrastructure upgrade"
DESCRIPTION = (
    "description: What the upgrade of the Campaign email sending infrastructure means "
    "for you"
)
# Blocks of a page that do not touch each other.
BLOCKS = """\
# Title {#title}

«dialect/am002»## Part {#a part}

«dialect/am005»## Part {#1a}

«dialect/am007»## Part {part}

«dialect/am010»## Part {#a#b}

«dialect/am017»## Part {#part-a} more

«dialect/am022»## Part {#title}

«dialect/am008»## See [status](https://status.example.com) {#see}

«dialect/anchor-letters»## Teil {#äußeres}

«dialect/anchor-missing»## Part

## Depth {#depth}

«dialect/md001»#### Deep

«dialect/md003»### Part ###

Text.
«dialect/md022»## Part {#part-c}

«dialect/md018»##Part

«dialect/md025»# Second {#second}

One
«dialect/one-line»sentence.

«dialect/am003»* * *

Text:

«dialect/md046»    code

Text:
«dialect/md032»* One

«dialect/md030»*   One

* One
«dialect/am024»*
* Three

* One

«dialect/list-indent»    Text.

1. One
«dialect/md029»2. Two

Text.

«dialect/md004»- One

«dialect/am023»a | b |
| --- | --- |

| a |
| --- |
«dialect/am004»| 1 | 2 |

| a |
| --- |
«dialect/am026»  | 1 |

Text.
«dialect/md058»| a |
| --- |

«dialect/am009»>[!NOTES]
>
>Text.

Text.
«dialect/am018»>[!TIP]
>
>Text.

«dialect/am028»>[!NOTE]
>

Text.

>[!NOTE]
«dialect/alert-form»>Text.

«dialect/unrendered»>[!BEGINTABS]

«dialect/collapsible-empty»+++Why?

+++

+++A

One.

«dialect/collapsible-nested»+++B

Two.

+++

+++Why?
«dialect/collapsible-form»So.

+++

«dialect/collapsible-title»+++R\\&D

So.

+++

«dialect/collapsible-ends»+++

«dialect/am006»A \x07 bell.

«dialect/md010»A\ttab.

«dialect/am011»[a] (https://example.com)

«dialect/am019»[a](one two.md)

«dialect/link-scheme»[a](http://example.com)

«dialect/link-target»[a](https://example.com){_blank}

«dialect/stray-brace»Write {name}

«dialect/loose-brace»Write {name}.

«dialect/snippet»Write {{name}}.

«dialect/md033»A<br>B

«dialect/bold-edge»Der **Rest

«dialect/typography»The end..

It’s here.

«dialect/quote-mix»It&#39;s here.

«dialect/cjk-blank»完成。 然后

«dialect/cjk-full-stop»于**2024年1月**.

«dialect/cjk-date»于**2024年1**。
"""
PAGES = {
    "blocks": BLOCKS,
    "no heading": "«dialect/alert-first»«dialect/md041»>[!NOTE]\n>\n>Text.\n\n"
    "«dialect/list-marker»- One\n",
    "no end of code": "# Title {#title}\n\n«dialect/am012»```\ncode\n",
}
# Jinja makes newlines of those that stand in a template.
CARRIAGE_RETURN = "{% endraw %}{{ '\\r' }}{% raw %}"
TWO_LINES_IN_ONE = (
    ("dialect/line-end", f"{PAGE}:10"),
    ("dialect/md009", f"{PAGE}:10"),
    ("dialect/one-line", f"{PAGE}:11"),
)
EMPTY_PAGE = (
    ("dialect/md047", f"{PAGE}:6"),
    ("dialect/md041", f"{PAGE}:7"),
    ("dialect/md012", f"{PAGE}:8"),
)
MATTERS = {
    "all of it": Breach(
        (
            (
                "notice.yaml",
                EXL_ID,
                f"title: Research & {'x' * 60}\n    description: {'x' * 161}\n"
                "    exl-id: to-be-assigned\n    feature: ''\n"
                "    last-substantial-update: May 2024\n    hidefromtoc: yes",
            ),
        ),
        told=(
            ("dialect/title-length", f"{PAGE}:2"),
            ("dialect/title-characters", f"{PAGE}:2"),
            ("dialect/description-length", f"{PAGE}:3"),
            ("dialect/exl-id", f"{PAGE}:4"),
            ("dialect/metadata-blank", f"{PAGE}:5"),
            ("dialect/metadata-date", f"{PAGE}:6"),
            ("dialect/metadata-retired", f"{PAGE}:7"),
        ),
    ),
    "nothing": swap(
        "notice.yaml",
        EXL_ID,
        "title: ''\n    description: ''",
        told=(
            ("dialect/title-missing", f"{PAGE}:2"),
            ("dialect/description-missing", f"{PAGE}:3"),
        ),
    ),
    "twice the same": swap(
        "notice.yaml",
        EXL_ID,
        "description: To keep your messages arriving quickly and reliably, we are "
        "moving the email delivery service of Adobe Campaign to a new generation of "
        "infrastructure.",
        told=(("dialect/description-repeated", f"{PAGE}:3"),),
    ),
    "too much": swap(
        "notice.yaml",
        EXL_ID,
        f"more: {'x' * 20_000}",
        told=(("dialect/front-matter", f"{PAGE}:1"),),
    ),
}
RULES = frozenset(
    [
        *(rule for page in PAGES.values() for rule, _ in marked(page, PAGE)[1]),
        *(rule for rule, _ in (*EMPTY_PAGE, *TWO_LINES_IN_ONE)),
        *(rule for breach in MATTERS.values() for rule in breach.rules),
    ]
)


def _write_page(folder, text):
    path = folder / "templates" / "documents" / "page.md.j2"
    path.parent.mkdir(parents=True)
    path.write_text(f"{{# A page. #}}\n{{% raw %}}{text}{{% endraw %}}\n", "utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_breaks_rules_is_told_all_of_them_by_line(name, lean):
    text, expected = marked(PAGES[name], PAGE, ABOVE)
    _write_page(lean, text)

    assert sorted(found(lean, rules=("dialect",))) == sorted(expected)


def test_an_empty_page_is_told_where_its_text_should_begin(lean):
    _write_page(lean, "")

    assert found(lean, rules=("dialect",)) == [*EMPTY_PAGE]


def test_a_carriage_return_that_a_template_prints_is_told(lean):
    _write_page(lean, f"# Title {{#title}}\n\nOne {CARRIAGE_RETURN}two\n")

    assert sorted(found(lean, rules=("dialect",))) == [*TWO_LINES_IN_ONE]


@pytest.mark.parametrize("name", MATTERS)
def test_front_matter_that_breaks_rules_is_told_all_of_them_by_line(name, lean):
    expected = break_folder(lean, MATTERS[name])

    assert sorted(found(lean, rules=("dialect",))) == expected
