"""For each rule of the lint: a page that breaks it, and one that just does not."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

MATTER = "---\ntitle: New mail service\ndescription: What changes for you\n---\n"
HEADING = "# New mail service {#mail}\n\n"
TOP = MATTER + HEADING
ID = "f01e38ad-490e-4389-af5e-87beef533eb0"


@dataclass(frozen=True, slots=True)
class Sample:
    """A rule, a page that breaks it and those of *also*, and one that keeps all."""

    rule: str
    bad: str
    good: str
    name: str = ""
    also: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Return how a test of this sample is called."""
        return f"{self.rule}-{self.name}".rstrip("-").replace(" ", "-")


def _text(rule: str, bad: str, good: str, name: str = "") -> Sample:
    """Return a sample from two texts below the heading of a page."""
    return Sample(rule, TOP + _block(bad), TOP + _block(good), name)


def _page(rule: str, bad: str, good: str, name: str = "") -> Sample:
    """Return a sample from two pages without their front matter."""
    return Sample(rule, MATTER + _block(bad), MATTER + _block(good), name)


def _key(rule: str, bad: str, good: str, name: str = "") -> Sample:
    """Return a sample from two lines of front matter, below title and description."""
    first, last = MATTER[:-4], f"---\n{HEADING}Text.\n"
    return Sample(rule, f"{first}{bad}\n{last}", f"{first}{good}\n{last}", name)


def _matter(rule: str, bad: str, good: str, name: str = "") -> Sample:
    """Return a sample from two front matters."""
    body = f"{HEADING}Text.\n"
    return Sample(rule, _block(bad) + body, _block(good) + body, name)


def _title(rule: str, bad: str, good: str, name: str = "") -> Sample:
    matter = "---\ntitle: {}\ndescription: What changes for you\n---\n"
    return _matter(rule, matter.format(bad), matter.format(good), name)


def _description(rule: str, bad: str, good: str) -> Sample:
    matter = "---\ntitle: New mail service\ndescription: {}\n---\n"
    return _matter(rule, matter.format(bad), matter.format(good))


def _block(text: str) -> str:
    return textwrap.dedent(text).strip("\n") + "\n"


LINK = "[status](https://status.example.com)"
CURLY, STRAIGHT = "It’s here.", "It&#39;s here."

SAMPLES = (
    # Front matter.
    Sample("front-matter", f"{HEADING}Text.\n", f"{TOP}Text.\n", "missing"),
    Sample(
        "front-matter",
        f"---\ntitle: a\n{HEADING}Text.\n",
        f"{TOP}Text.\n",
        "open",
        also=("MD041",),
    ),
    _key("front-matter", "product_v2: id: 1", "product_v2: {id: 1}", "flattened"),
    _key("front-matter", "other: *alias", "other: '*alias'", "alias"),
    _matter(
        "front-matter-order",
        "---\ndescription: b\ntitle: a\n---",
        "---\ntitle: a\ndescription: b\nother: c\n---",
    ),
    _title("title-missing", "", "New"),
    _title("title-missing", "~", "'~'", "null"),
    _title("title-length", "x" * 121, "x" * 120),
    _title("title-characters", "Mail | Adobe", "Mail – Adobe", "bar"),
    _title("title-characters", "Mail & calendar", "Mail and calendar", "ampersand"),
    _description("description-missing", "", "What changes"),
    _description("description-length", "x" * 161, "x" * 160),
    _description("description-repeated", "Text.", "Text"),
    _key("exl-id", "exl-id:", f"exl-id: {ID}", "blank"),
    _key("exl-id", "exl-id: to-be-assigned", f"exl-id: '{ID}'", "invented"),
    _key("metadata-blank", "feature:", "feature: Email"),
    _key("metadata-blank", "role: []", "role: [Admin]", "list"),
    _key(
        "metadata-date",
        "last-substantial-update: May 2024",
        "last-substantial-update: 2024-05-01",
    ),
    _key("metadata-retired", "hidefromtoc: yes", "hide: yes"),
    # The file.
    Sample("byte-order-mark", f"\ufeff{TOP}Text.\n", f"{TOP}\ufeffText.\n"),
    Sample("line-end", f"{TOP}Text.\r\n", f"{TOP}Text.\n"),
    Sample("MD047", f"{TOP}Text.", f"{TOP}Text.\n", "none"),
    Sample("MD009", f"{TOP}Text. \n", f"{TOP}Text.\n"),
    _text("MD010", "A\ttab.", "```\nA\ttab.\n```"),
    _text("MD012", "One.\n\n\nTwo.", "```\nOne.\n\n\nTwo.\n```"),
    _text("AM006", "A \x07 bell.", "A \\\\x07 bell."),
    # Headings and anchors.
    _page("MD041", "Text.", "# Title {#title}"),
    _page("MD041", "## Title {#title}", "# Title {#title}\n\n## Part {#part}", "level"),
    _text("MD025", "# Second {#second}", "## Second {#second}"),
    _text("MD001", "### Deep", "## Part {#part}\n\n### Deep"),
    _text("MD018", "##Part", "\\##Part"),
    _text("MD018", "#1 is first", "No. #1 is first", "number"),
    _text("MD022", "Text.\n## Part {#part}", "Text.\n\n## Part {#part}", "before"),
    _text("MD022", "## Part {#part}\nText.", "## Part {#part}\n\nText.", "after"),
    _text("MD003", "Part\n---", "Part\n\n\\-\\--", "underlined"),
    _text(
        "MD003",
        "## Part {#part}\n\n### C ###",
        "## Part {#part}\n\n### C \\#",
        "closed",
    ),
    _text("AM008", f"## See {LINK} {{#see}}", f"## See {{#see}}\n\n{LINK}"),
    _text("AM002", "## Part {#a part}", "## Part {#a-part}"),
    _text("AM005", "## Part {#1a}", "## Part {#a1}"),
    _text("AM007", "## Part {part}", "## Part {#part}"),
    _text("AM010", "## Part {#a#b}", "## Part {#a-b}"),
    _text("AM017", "## Part {#part} more", "## Part more {#part}"),
    _text("AM022", "## Part {#mail}", "## Part {#Mail}"),
    _text("anchor-letters", "## Teil {#äußeres}", "## Teil {#aeusseres.1}"),
    _text("anchor-missing", "## Part", "## Part {#part}\n\n### Deeper"),
    # Paragraphs and code.
    _text("one-line", "One\nsentence.", "One\n\nsentence."),
    _text("one-line", "* One\n  sentence.", "* One\n* sentence.", "item"),
    _text("one-line", ">[!TIP]\n>\n>One\n>two.", ">[!TIP]\n>\n>One\n>\n>two.", "alert"),
    _text("AM003", "* * *", "`* * *`"),
    _text("AM003", "Text.\n\n---", "```\n---\n```", "hyphens"),
    _text("AM012", "```\ncode", "```\ncode\n```"),
    _text("AM012", "~~~\ncode\n```", "~~~\ncode\n```\n~~~", "other fence"),
    _text("MD046", "Text:\n\n    code", "Text:\n\n```\n    code\n```"),
    # Lists.
    _text("MD004", "* One\n\nText.\n\n- Two", "* One\n\nText.\n\n* Two"),
    _text("list-marker", "- One\n- Two", "* One\n* Two"),
    _text("MD029", "1. One\n2. Two", "1. One\n1. Two"),
    _text("MD029", "1) One", "1. One", "parenthesis"),
    _text("MD030", "*   One", "* One"),
    _text("MD032", "Text:\n* One", "Text:\n\n* One"),
    _text("MD032", ">[!NOTE]\n>\n>Text:\n>* One", ">[!NOTE]\n>\n>* One", "alert"),
    _text("AM024", "* One\n*\n* Three", "* One\n* \\*\n* Three"),
    _text("list-indent", "* One\n\n    Text.", "* One\n\n  Text."),
    _text("list-indent", "1. One\n\n  Text.", "1. One\n\n   Text.", "ordered"),
    _text("list-indent", "* One\n   * Two", "* One\n  * Two", "nested"),
    # Tables.
    _text("AM023", "a | b |\n| --- | --- |", "| a | b |\n| --- | --- |"),
    _text("AM004", "| a |\n| --- |\n| 1", "| a |\n| --- |\n| 1 |", "bar"),
    _text("AM004", "| a |\n| --- |\n| 1 | 2 |", "| a |\n| --- |\n| 1 \\| 2 |", "cells"),
    _text("AM004", "| a |\n| --- |\n| `1 | 2` |", "| a |\n| --- |\n| `1` |", "code"),
    _text("AM004", "| alone |", "\\| alone |", "no table"),
    _text(
        "AM004",
        '| a |\n| --- |\n\n{style="table-layout:wide"}',
        '| a |\n| --- |\n\n{style="table-layout:auto"}',
        "style",
    ),
    _text(
        "AM004",
        'Text.\n\n{style="table-layout:auto"}',
        '| a |\n| --- |\n\n{style="table-layout:fixed"}',
        "style without a table",
    ),
    _text("AM026", "| a |\n| --- |\n  | 1 |", "* a\n\n  | a |\n  | --- |\n  | 1 |"),
    _text("MD058", "Text.\n| a |\n| --- |", "Text.\n\n| a |\n| --- |"),
    # Alerts and collapsible parts.
    _text("AM009", "> [!NOTE]\n>\n>Text.", ">[!NOTE]\n>\n>Text.", "blank"),
    _text("AM009", ">[NOTE]\n>\n>Text.", ">[!NOTE]\n>\n>Text.", "no mark"),
    _text("AM009", ">[!note]\n>\n>Text.", ">[!NOTE]\n>\n>Text.", "small"),
    _text("AM009", ">[!NOTES]\n>\n>Text.", ">[!NOTE]\n>\n>Text.", "unknown"),
    _text("AM009", ">[!NOTE] One\n>\n>Text.", ">[!NOTE]\n>\n>One. Text.", "text"),
    _text("AM009", "A [!NOTE] here.", "A `[!NOTE]` here.", "inside"),
    _text(
        "AM009",
        "[the [!UICONTROL Save] page](save.md)",
        "[!UICONTROL Save], see [the page](save.md)",
        "link",
    ),
    _text("AM018", "Text.\n>[!TIP]\n>\n>Text.", "Text.\n\n>[!TIP]\n>\n>Text.", "above"),
    _text("AM018", ">[!NOTE]\n>\n>One.\nTwo.", ">[!NOTE]\n>\n>One.\n\nTwo.", "below"),
    _text(
        "AM018",
        ">[!TIP]\n>\n>One.\n>[!TIP]\n>\n>Two.",
        ">[!TIP]\n>\n>One.\n\n>[!TIP]\n>\n>Two.",
        "between",
    ),
    Sample(
        "alert-first",
        f"{MATTER}>[!NOTE]\n>\n>Text.\n",
        f"{TOP}>[!NOTE]\n>\n>Text.\n",
        also=("MD041",),
    ),
    _text("AM028", ">[!NOTE]\n>", ">[!NOTE]\n>\n>* One"),
    _text("AM028", ">[!NOTE]\n>\n\n>Text.", ">[!NOTE]\n>\n>\n>Text.", "parted"),
    _text("alert-form", ">[!NOTE]\n>Text.", ">[!NOTE]\n>\n>Text."),
    _text("unrendered", ">[!BEGINTABS]", ">[!VIDEO](https://video.example.com/1)"),
    _text("unrendered", "[!BADGE Beta]", "`[!BADGE Beta]`", "badge"),
    _text("collapsible-ends", "+++Why?\n\nSo.", "+++Why?\n\nSo.\n\n+++", "no end"),
    _text("collapsible-ends", "So.\n\n+++", "So.\n\n\\+++", "no begin"),
    _text(
        "collapsible-nested",
        "+++A\n\nOne.\n\n+++B\n\nTwo.\n\n+++",
        "+++A\n\nOne.\n\n+++\n\n+++B\n\nTwo.\n\n+++",
    ),
    _text("collapsible-empty", "+++Why?\n\n+++", "+++Why?\n\n* So\n\n+++"),
    _text("collapsible-form", "+++Why?\nSo.\n\n+++", "+++Why?\n\nSo.\n\n+++", "title"),
    _text("collapsible-form", "+++Why?\n\nSo.\n+++", "+++Why?\n\nSo.\n\n+++", "end"),
    _text("collapsible-title", "+++R\\&D\n\nSo.\n\n+++", "+++R-D (1)\n\nSo.\n\n+++"),
    # Links.
    _text("AM011", "[a] (https://example.com)", "[a] (see below)", "between"),
    _text("AM011", "[a]( https://example.com)", "[a](https://example.com)", "inside"),
    _text("AM019", "[a](one two.md)", "[a](one%20two.md)", "blank"),
    _text("AM019", "[a](one_(two).md)", "[a](one_%28two%29.md)", "parenthesis"),
    _text("AM019", "[a](one.md", "[a\\](one.md", "open"),
    _text("AM019", "[a]()", "[a](#mail)", "empty"),
    _text("link-scheme", "[a](http://example.com)", "[a](mailto:a@example.com)"),
    _text("link-target", f"{LINK}{{_blank}}", f'{LINK}{{target="_blank"}}', "short"),
    _text(
        "link-target",
        f'{LINK} {{target="_blank"}}',
        f'{LINK}{{target="_blank"}}.',
        "slipped away",
    ),
    # What stands in a line.
    _text("stray-brace", "Write {name}", "Write \\{name}"),
    _text("stray-brace", "The **word**{name}.", "The **word**\\{name}.", "glued"),
    _text("loose-brace", "Write {name}.", "Write \\{name}."),
    _text("loose-brace", "A { here.", "A `{` here.", "open"),
    _text("snippet", "Write {{name}}.", "Write `{{name}}`."),
    _text("MD033", "A<br>B", "A &lt;br> B", "tag"),
    _text("MD033", "Your <name> here", "1 <2, <https://example.com/a>", "word"),
    _text("bold-edge", "见**「甲」**款", "见&#x200B;**「甲」**&#x200B;款", "zh"),
    _text("bold-edge", "약 **5%**로", "약 **5%**&#x200B;로", "ko"),
    _text("bold-edge", "Der **Rest", "Der **Rest**, `2**3`", "open"),
    _text("bold-edge", "| a |\n| --- |\n| **1 |", "| a |\n| --- |\n| **1** |", "cell"),
    _text("typography", "The end..", "The end...", "dots"),
    _text("typography", "Really?..", "Really?", "asked"),
    _text("typography", "a -- b", "a – b --> c", "hyphens"),
    _text("typography", "(c) Example", "\\(c) Example", "sign"),
    _text("typography", "5 +-1", "5 \\+-1, [a](https://a--b.example/c..d)", "plus"),
    _text("quote-mix", f"{CURLY}\n\n{STRAIGHT}", f"{STRAIGHT}\n\n{STRAIGHT}"),
    _text("cjk-blank", "完成。 然后", "完成。然后", "stop"),
    _text("cjk-blank", "请联系 [支持](a.md)", "请联系[支持](a.md)", "link"),
    _text("cjk-blank", "は **2023年10月**に", "は**2023年10月**に", "bold"),
    _text("cjk-full-stop", "于**2024年1月**.", "于**2024年1月**。v1.0"),
    _text("cjk-date", "于**2024年1**。", "于**2024年1-2月**。"),
)
