"""The questions and answers of a notice, worded once for every document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jinja2 import Environment

from notifier.content.dialect import indent, tidy
from notifier.content.views import NoticeView
from notifier.content.wording import Wording
from notifier.errors import NotifierError, Problem
from notifier.model.notice import Notice, Question
from notifier.model.page import FaqStyle

RULES = {
    "faq/collapsible-title": "a question cannot be the title of a collapsible",
}
# The renderer of the dialect spoils escaped characters in such a title.
_MARKED = re.compile(r"[\\&]")


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
        answer = tidy(answer).strip()
        if notice.page.faq_style is FaqStyle.COLLAPSIBLE and _MARKED.search(question):
            raise NotifierError([_unfit(item, question)])
        anchor = item.anchor or ""
        return FaqView(item.id, question.strip(), answer, indent(answer, 2), anchor)

    return tuple(told(item) for item in notice.faq)


def _unfit(item: Question, question: str) -> Problem:
    return Problem(
        "faq/collapsible-title",
        f"the question {question[:80]!r} holds a character of Markdown",
        item.question.place if item.question else None,
        "reword it without * _ [ ] { < & |, or choose another faq_style",
    )
