"""Find anchors that would stand twice in one document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from notifier.model.page import FaqStyle
from notifier.notice.facts import outline_of, questions_of
from notifier.notice.notice_schema import NoticeKeys

Loc = tuple[int | str, ...]
Anchor = tuple[str, Loc]


def repeated_anchors(found: NoticeKeys) -> dict[Loc, str]:
    """Return each anchor that an earlier part of its document has, by its key.

    The page holds the title, the sections, and the questions of its section `faq`; the
    FAQ holds the title, that section and the questions. A repeated question is none.
    """
    title, questions = _of_title(found), tuple(_of_questions(found))
    sections = tuple(_of_sections(found))
    page = [title]
    for name, anchor in sections:
        page += (anchor, *questions) if name == "faq" else (anchor,)
    faq = dict(sections).get("faq") or _named(found, "faq", ("notice",))
    return {**_repeated(page), **_repeated([title, faq, *questions])}


def unreadable_anchors(found: NoticeKeys) -> dict[Loc, str]:
    """Return each id that is an anchor by default but begins with a digit, by its key.

    The dialect does not read `{#2024-x}` as an anchor.
    """
    anchors = [_of_title(found), *(anchor for _, anchor in _of_sections(found))]
    return {loc: anchor for anchor, loc in anchors if anchor[:1].isdecimal()}


def _of_title(found: NoticeKeys) -> Anchor:
    anchor, loc = _named(found, "title", ("notice",))
    return (found.notice if loc == ("notice",) else anchor), loc


def _of_sections(found: NoticeKeys) -> Iterator[tuple[str, Anchor]]:
    for number, section in enumerate(outline_of(found.page)):
        loc: Loc = ("page", "outline", number)
        if section.anchor:
            yield section.id, (section.anchor, (*loc, "anchor"))
        else:
            # Without an outline of its own, only the id of the notice can collide.
            place = loc if found.page.outline else ("notice",)
            yield section.id, _named(found, section.id, place)


def _named(found: NoticeKeys, name: str, otherwise: Loc) -> Anchor:
    named = found.page.anchors or {}
    if name in named:
        return named[name], ("page", "anchors", name)
    return name, otherwise


def _of_questions(found: NoticeKeys) -> Iterator[Anchor]:
    if found.page.faq_style is not FaqStyle.HEADINGS:
        return
    ids = set[str]()
    for number, question in enumerate(questions_of(found.faq)):
        if question.anchor and question.id not in ids:
            yield question.anchor, ("faq", number, "anchor")
        ids.add(question.id)


def _repeated(anchors: Iterable[Anchor]) -> dict[Loc, str]:
    seen = set[str]()
    repeated: dict[Loc, str] = {}
    for anchor, loc in anchors:
        if anchor in seen:
            repeated[loc] = anchor
        seen.add(anchor)
    return repeated
