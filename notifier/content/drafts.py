"""Write a document from its facts: Markdown, its tree, and HTML in its layout."""

from __future__ import annotations

from dataclasses import dataclass

from notifier.content.dialect import Document, parse, tidy, to_html
from notifier.content.editions import Edition
from notifier.content.fields import is_spoilt, tokens
from notifier.content.front_matter import front_matter
from notifier.content.labels import alert_labels
from notifier.content.mail_page import (
    cut_body,
    framed,
    inlined,
    mail_footer,
    mail_page,
)
from notifier.content.palette import Palette, palette
from notifier.content.placing import misplaced_fields, without_dead_links
from notifier.content.repeats import mark_items
from notifier.content.telling import Telling, phase_sentences, title_of
from notifier.content.templates import render
from notifier.content.wording import Wording, too_complex
from notifier.errors import NotifierError, Place, Problem, raise_errors
from notifier.model.notice import Notice


@dataclass(frozen=True, slots=True)
class Draft:
    """A document on its way: as Markdown, as what its text is laid out from, as HTML.

    *footer* is what stands under a message; in *page*, two tokens stand around the
    body.
    """

    markdown: str
    tree: Document
    footer: Document | None
    page: str


def written(telling: Telling) -> str:
    """Return the Markdown of a document.

    Raises:
        NotifierError: a template cuts or changes a field.
    """
    name = f"documents/{telling.key.document}.md.j2"
    markdown = render(telling.environment.get_template(name), telling.variables)
    if is_spoilt(markdown):
        raise NotifierError([_spoilt(name)])
    markdown = telling.wording.localized(tidy(markdown))
    return mark_items(markdown, telling.book)


def drafted(telling: Telling, notice: Notice) -> Draft:
    """Return the draft of a document.

    Raises:
        NotifierError: a template misplaces a field, or a text is too large.
    """
    markdown, wording = written(telling), telling.wording
    document = f"documents/{telling.key.document}.md.j2"
    is_mail = telling.key.medium == "mail"
    tree = parsed(markdown, wording)
    footer = parsed(mail_footer(telling, notice), wording) if is_mail else None
    trees = (tree, footer) if footer else (tree,)
    raise_errors(
        problem for each in trees for problem in misplaced_fields(each, document)
    )
    title = title_of(telling)
    if footer:
        body = to_html(without_dead_links(parsed(markdown, wording)))
        under = to_html(footer)
        page = mail_page(telling, notice, title=title, body=body, footer=under)
    else:
        body = to_html(tree)
        page = _page(telling, title, body, palette(notice.brand.color))
    if tokens(body) != tokens(markdown):
        raise NotifierError([_spoilt(document)])
    return Draft(markdown, tree, footer, page)


def finish(telling: Telling, draft: Draft, notice: Notice) -> Edition:
    """Return the edition that *draft* becomes, its styles inlined in a message.

    Raises:
        NotifierError: that would change a field.
    """
    key, wording = telling.key, telling.wording
    page = inlined(draft.page) if key.medium == "mail" else draft.page
    before, body, after = cut_body(page, telling.book)
    matter = front_matter(notice, wording) if key.document == "page" else ""
    return Edition(
        key=key,
        title=title_of(telling),
        markdown=matter + draft.markdown,
        body=body,
        frame=(before, after),
        tree=draft.tree,
        footer=draft.footer,
        book=telling.book,
        faq=telling.faq,
        phases=phase_sentences(telling),
        misses=wording.misses,
    )


def parsed(markdown: str, wording: Wording) -> Document:
    """Return the tree of *markdown*; its alerts are titled in the words of a locale.

    Raises:
        NotifierError: a text of the author in it is too large or too nested.
    """
    try:
        return parse(markdown, labels=alert_labels(wording, markdown))
    except ValueError:
        raise_errors(too_complex(wording))
        raise


def _page(telling: Telling, title: str, body: str, colors: Palette) -> str:
    """Return a whole HTML document, its body between two tokens."""
    return render(
        telling.environment.get_template("layouts/page.html.j2"),
        {
            "lang": telling.wording.lang,
            "dir": telling.wording.dir,
            "title": title,
            "description": telling.notice.plain_description,
            "body": framed(body, telling.book),
            "color": colors,
        },
    )


def _spoilt(name: str) -> Problem:
    return Problem(
        "template/spoilt-field",
        "a field's text was cut or changed",
        Place(f"templates/{name}"),
        "print a field with {{ … }} alone, without filters or slices",
    )
