"""The questions and answers of a notice, worded once for every document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jinja2 import Environment

from notifier.content.dialect import indent, tidy
from notifier.content.views import NoticeView
from notifier.content.wording import Wording
from notifier.errors import Place, Problem
from notifier.model.notice import Notice, Question

RULES = {
    "faq/collapsible-title": "a question cannot be the title of a collapsible",
}
# The renderer of the dialect spoils escaped characters in such a title.
_MARKED = re.compile(r"[\\&]")
_FOLD = re.compile(r"^ *\+\+\+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FaqView:
    """A question with its answer; *answer_indented* stands under a list item."""

    id: str
    question: str
    answer: str
    answer_indented: str
    anchor: str


def view_faq(
    notice: Notice,
    wording: Wording,
    environment: Environment,
    *,
    view: NoticeView,
    listed: bool,
) -> tuple[FaqView, ...]:
    """Return the questions of *notice* in order, each with the answer its facts give.

    *listed* tells that the groups of customers stand above, in the same document.
    """
    kind = environment.get_template(f"macros/{view.kind}.md.j2").module
    answers = environment.get_template("macros/answers.md.j2").module

    def told(item: Question) -> FaqView:
        standard = item.standard or ""
        question = (
            wording.any(item.question)
            if item.question
            else str(getattr(kind, standard)())
        )
        if item.answer:
            answer = wording.any(item.answer)
        elif standard == "audience":
            answer = str(answers.audience(view, listed))  # type: ignore[attr-defined]
        else:
            answer = str(getattr(answers, standard)(view))
        answer = wording.localized(tidy(answer)).strip()
        anchor = item.anchor or ""
        return FaqView(item.id, question.strip(), answer, indent(answer, 2), anchor)

    return tuple(told(item) for item in notice.faq)


def can_fold(items: Iterable[FaqView]) -> bool:
    """Tell whether all *items* can be collapsible in a text that we render ourselves.

    What opens or ends a collapsible part cannot stand in one.
    """
    return not any(
        item.question.startswith("+")
        or item.question.endswith("+++")
        or _FOLD.search(item.answer)
        for item in items
    )


def unfit_titles(notice: Notice, items: Iterable[FaqView]) -> Iterator[Problem]:
    """Yield a problem per question that others cannot render as a collapsible."""
    places = {each.id: each.question.place for each in notice.faq if each.question}
    for item in items:
        if _MARKED.search(item.question):
            yield _unfit(item, places.get(item.id))


def _unfit(item: FaqView, place: Place | None) -> Problem:
    return Problem(
        "faq/collapsible-title",
        f"the question {item.question[:80]!r} holds a character of Markdown",
        place,
        "reword it without * _ [ ] { < & |, or choose another faq_style",
    )
