"""Markdown of the dialect, as the production renderer shows it."""

from __future__ import annotations

import html
import random
import re

import pytest
from test_dialect_writing import PIECES

from notifier.content.dialect import (
    escape_plain,
    normalize_markdown,
    parse,
    render_signature,
    tidy,
    to_html,
)
from tests.validators.dialect import render_production

pytestmark = pytest.mark.slow

CONSTRUCTS = """
# Title {#title}

A **bold** word, an *emphasis*, `code <b>`, ~~gone~~, &lt;tag&gt;, \\*star\\*, \\{x}.

[New tab](https://a.b/?c=1&d=2#e){target="_blank"}. [Page](page.md#part) <https://a.b>

字&#x200B;**「引用」**&#x200B;です

## List {#list}

* One
* Two
  * Three

* **Why?**

  Because.

  1. First
  1. Second

     more

>[!NOTE]
>
>A **note**.
>
>* with
>* items

* Item

  >[!TIP]
  >
  >Inside an item.

+++Why **this**?

An answer.

* a

+++

| A | B |
|---|:-:|
| 1 \\| 2 | **3** |

```sh
<b> {x} **no**
```

> A quote

---
"""

WRITTEN = [
    "alpha **b** *c* `d`",
    '[l](https://a.b){target="_blank"} and\n[m](n.md#o) again',
    "5 * 3 & <i>raw</i> {x} &lt;y&gt;",
    "「引用」**「強」**です\n改行",
    "## Heading",
    "```\n<b> {x}\n\n  y\n```",
    "| a | b |\n|---|:-:|\n| **c** | d \\| e |",
    "~~gone~~ C# AT&T snake_case",
]


def heading_ids_aside(rendered):
    """Return the signature without the ids that production makes up."""
    return [
        (tag, "" if re.fullmatch(r"-?\d*", value) else value)
        for tag, value in render_signature(rendered)
    ]


def words_of(source: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", source)).split())


def uncurled(text: str) -> str:
    straight = re.sub("[“”]", '"', re.sub("[‘’]", "'", text))
    return straight.replace("…", "...")


def written_by_an_author(chance: random.Random, depth: int = 0) -> str:
    blocks = []
    for _ in range(chance.randint(1, 3)):
        kind = chance.randint(0, 5 if depth < 2 else 2)
        inner = written_by_an_author(chance, depth + 1) if kind > 2 else ""
        marker = chance.choice(["* ", "- ", "1. ", "2) "])
        if kind == 3:
            nested = inner.replace("\n", "\n" + " " * len(marker))
            blocks.append(f"{marker}{nested}\n{marker}end")
        elif kind == 4 and not "".join(blocks[-1:]).startswith("> [!"):
            blocks.append("> " + inner.replace("\n", "\n> "))
        elif kind == 5 and depth == 0:
            blocks.append("> [!note]\n> a *note*\n>\n> - x\n> - y")
        else:
            blocks.append(chance.choice(WRITTEN))
    return "\n\n".join(blocks)


def test_every_construct_has_the_structure_of_production():
    (production,) = render_production([CONSTRUCTS])

    assert production.leftovers == ()
    assert heading_ids_aside(production.html) == heading_ids_aside(parse(CONSTRUCTS))


# Production takes a quote right after an alert for a part of the alert.
def test_normalized_documents_have_the_structure_of_production():
    chance = random.Random(7)
    documents = [
        tidy("# Title\n\n" + normalize_markdown(written_by_an_author(chance)))
        for _ in range(300)
    ]

    results = render_production(documents)

    for document, result in zip(documents, results, strict=True):
        assert result.leftovers == (), document
        ours = heading_ids_aside(parse(document))
        assert heading_ids_aside(result.html) == ours, document


@pytest.mark.parametrize(
    "place",
    ["{}", "# {} {#a}", "# T\n\n* {}", '[{}](https://a.b){target="_blank"}',
     "# T\n\n>[!NOTE]\n>\n>{}", "| a |\n|---|\n| {} |"],
    ids=["line", "heading", "item", "link", "alert", "cell"],
)  # fmt: skip
def test_escaped_text_shows_as_itself_in_production(place):
    chance = random.Random(11)
    drawn = ("".join(chance.choices(PIECES, k=12)) for _ in range(600))
    texts = [text for text in drawn if text.strip() and "\u00a0" not in text]
    documents = [place.replace("{}", escape_plain(text).strip()) for text in texts]

    frame, *results = render_production([place.replace("{}", "QQQ"), *documents])

    around = words_of(frame.html)
    for text, result in zip(texts, results, strict=True):
        expected = " ".join(around.replace("QQQ", text).split())
        assert uncurled(words_of(result.html)) == expected


def test_a_broken_page_leaves_traces():
    broken = (
        "# T {#a} x\n\n**a\n\n> [!NOTE]\n\n[a](http://b c)\n\n+++a \\* b\n\nc\n\n+++\n"
    )

    (result,) = render_production([broken])

    assert set(result.leftovers) == {"{#a}", "**", "[!NOTE]", "](http", "<>"}


def test_our_html_and_production_say_the_same_words():
    (production,) = render_production(["# T\n\na **b** [c](https://d.e) &lt;f&gt; `g`"])

    ours = to_html(parse("# T\n\na **b** [c](https://d.e) &lt;f&gt; `g`"))

    assert words_of(ours) == words_of(production.html)
