"""Read finished outputs back from their bytes: what a reader sees, where links lead."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from html import unescape
from typing import Any
from xml.etree import ElementTree

from lxml import etree

# Marks of direction, soft hyphens and blanks without width.
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)\s+(?=\d)")
_WORD = re.compile(r"\w+")
_SHOWN_ADDRESS = re.compile(
    r"(?:mailto:|https?://)[!-;=?-~]+|(?<![\w.+-])<?[\w.+-]+@[\w.-]+\w>?", re.ASCII
)
# How plain text draws lists, alerts and lines below headings.
_DRAWN = re.compile("[\u2500-\u257f•]")
_MARKS = re.compile(r"\\(?=[^\w\s]|_)|[*`]")
# In code, and behind a bracket with a backslash, nothing is a link.
_FENCED = re.compile(r"^[ >]*(`{3,}|~{3,}).*?(?:^[ >]*\1|\Z)", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")
_NO_LINK = re.compile(r"\\\[[^\]\n]*\]")
_MARKDOWN_LINK = re.compile(r"\]\(\s*<?((?:[^\s()<>]|\([^\s()<>]*\))+)")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^\s<>]+)>")
_AUTOMAIL = re.compile(r"<([^\s<>@:]+@[^\s<>@:]+)>")
# No address holds letters beyond ASCII; commas and stops end the sentence around it.
_BARE_LINK = re.compile(r"(?<![<\w])https?://[!-~]*[\w/#=&-]", re.ASCII)
_HREF = re.compile(r'href="([^"]+)"')
_SILENT = ("script", "style", "head", "title", "template")
# Parts two numbers that would otherwise look like one.
_SEAM = "\ue000"


def seen(text: str) -> str:
    """Return *text* without blanks and unseen signs, so that line ends do not count.

    Numbers that blanks part stay apart.
    """
    text = _BETWEEN_DIGITS.sub(_SEAM, _UNSEEN.sub("", text))
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class Output:
    """One finished text, read back.

    *path* is what the command that writes it calls it, *kind* its suffix; *lang* is the
    locale of the words, *tag* that of dates; *wave* is told in *zone*, all waves in
    their own zones without one. *words* is what is seen, without blanks, *hidden* what
    only lists of messages show, or is read out instead of a timeline; *tree* is the
    HTML, *data* the JSON.
    """

    path: str
    kind: str
    lang: str
    tag: str
    text: str
    document: str = ""
    wave: str = ""
    zone: str = ""
    words: str = ""
    hidden: str = ""
    links: tuple[str, ...] = ()
    tree: Any = None  # lxml has no types
    data: Mapping[str, Any] = field(default_factory=dict)


def read_back(
    path: str,
    text: str,
    *,
    lang: str,
    tag: str = "",
    document: str = "",
    wave: str = "",
    zone: str = "",
) -> Output:
    """Return the finished *text* as its readers see it, by the suffix of *path*."""
    kind = path.rpartition(".")[2]
    words, hidden, tree, data = "", "", None, {}
    links: tuple[str, ...] = ()
    if kind == "html":
        tree = etree.fromstring(text.encode(), _parser())
        words = seen("".join(_joined(html_pieces(tree.body))))
        hidden = seen("".join(_hidden(tree.body)))
        links = tuple(link for link in tree.xpath("//@href") if ":" in link)
    elif kind == "md":
        words = seen(unescape(_MARKS.sub("", text)))
        links = _markdown_links(text)
    elif kind == "txt":
        words = seen(_DRAWN.sub("", text))
        links = (*_AUTOLINK.findall(text), *_BARE_LINK.findall(text))
    elif kind == "json":
        data = json.loads(text)
        markdown = "\n".join(_texts(data))
        words = seen(unescape(_MARKS.sub("", markdown)))
        links = _markdown_links(markdown)
    elif kind == "svg":
        root = ElementTree.fromstring(text)
        words = seen("".join(_joined(_svg_pieces(root, "text"))))
        hidden = seen("".join(_joined(_svg_pieces(root, "desc"))))
    else:
        # A feed holds HTML in XML.
        plain = unescape(unescape(text))
        words, links = seen(re.sub(r"<[^>]*>", " ", plain)), tuple(_HREF.findall(plain))
    return Output(
        *(path, kind, lang, tag or lang, text, document, wave, zone),
        *(words, hidden, links, tree, data),
    )


class _Node(etree.ElementBase):  # type: ignore[misc]  # lxml has no types
    """An element of HTML, as `lxml.html` has them, but made more quickly."""

    @property
    def body(self) -> Any:
        """Return the body of a document."""
        return self.find("body")

    def text_content(self) -> str:
        """Return all texts inside."""
        return str(self.xpath("string()"))


@cache
def _parser() -> Any:
    parser = etree.HTMLParser(encoding="utf-8")
    classes = etree.ElementNamespaceClassLookup()
    classes.get_namespace(None)[None] = _Node
    parser.set_element_class_lookup(classes)
    return parser


def as_words(text: str, kind: str) -> str:
    """Return plain *text* as the words of an output of *kind* would hold it."""
    signs = {"md": _MARKS, "json": _MARKS, "txt": _DRAWN}.get(kind)
    return seen(signs.sub("", text) if signs else text)


def _markdown_links(text: str) -> tuple[str, ...]:
    text = _NO_LINK.sub("", _CODE.sub("", _FENCED.sub("", text)))
    mail = (f"mailto:{address}" for address in _AUTOMAIL.findall(text))
    return (*_MARKDOWN_LINK.findall(text), *_AUTOLINK.findall(text), *mail)


@lru_cache(maxsize=8192)  # sentences stand in many outputs
def letters_of(text: str) -> str:
    """Return the letters and digits of *text*, without those of addresses."""
    bare = _SHOWN_ADDRESS.sub(" ", _UNSEEN.sub("", text))
    return "".join(_WORD.findall(bare)).replace("_", "")


def text_of(page: Output) -> str:
    """Return the Markdown of *page* without its front matter."""
    if not page.text.startswith("---\n"):
        return page.text
    return page.text.partition("\n---\n")[2]


def html_pieces(element: Any) -> Iterator[str]:
    """Yield the texts that a reader of the HTML *element* sees, in order."""
    if is_silent(element):
        return
    yield element.text or ""
    for child in element:
        yield from html_pieces(child)
        yield child.tail or ""


def is_silent(element: Any) -> bool:
    """Tell whether readers see nothing of the HTML *element*."""
    is_element = isinstance(element.tag, str)
    return not is_element or element.tag in _SILENT or _is_hidden(element)


def _is_hidden(element: Any) -> bool:
    return "display:none" in (element.get("style") or "").replace(" ", "")


def _hidden(body: Any) -> Iterator[str]:
    return (each.text_content() for each in body.iter("div") if _is_hidden(each))


def _svg_pieces(root: ElementTree.Element, name: str) -> Iterator[str]:
    for element in root.iter():
        if element.tag.endswith(f"}}{name}"):
            yield f"{''.join(element.itertext())}\n"


def _joined(pieces: Iterator[str]) -> Iterator[str]:
    """Yield *pieces*, with a blank where two numbers would become one."""
    last = ""
    for piece in pieces:
        if not piece:
            continue
        if last.isdigit() and piece[0].isdigit():
            yield " "
        yield piece
        last = piece[-1]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
