"""Lay a document out as an HTML message, its styles inlined."""

from __future__ import annotations

import re

from markupsafe import Markup

from notifier.content.dialect import tidy
from notifier.content.fields import (
    Pieces,
    Slot,
    TokenBook,
    is_spoilt,
    tokens,
)
from notifier.content.inlining import inline
from notifier.content.palette import palette
from notifier.content.telling import Telling
from notifier.content.templates import render
from notifier.errors import NotifierError, Place, Problem
from notifier.model.notice import Notice

LOGO_ID = "logo"
# Of the layout's papers the darkest of the light and the lightest of the dark theme.
_LIGHT_PAPER, _DARK_PAPER = "#eef1f4", "#242b33"
_FIELD = re.compile(r"\{(contact\.\w+)\}")


def mail_footer(telling: Telling, notice: Notice) -> str:
    """Return the Markdown that stands under a message: why, online, preferences."""
    template = telling.environment.get_template("documents/mail-footer.md.j2")
    addresses = {
        "notice_url": notice_url(notice, telling.key.lang),
        "preferences_url": _FIELD.sub(
            lambda match: str(telling.book.field(match[1])),
            notice.delivery.preferences_url or "",
        ),
    }
    footer = tidy(render(template, telling.variables | addresses))
    return telling.wording.localized(footer)


def preference_pieces(notice: Notice) -> Pieces:
    """Return the address of a contact's preferences, with its fields as slots."""
    parts = _FIELD.split(notice.delivery.preferences_url or "")
    return tuple(
        Slot(part) if index % 2 else part for index, part in enumerate(parts) if part
    )


def notice_url(notice: Notice, lang: str) -> str:
    """Return where the notice stands on the publisher's site, empty without a site."""
    site = notice.publisher.site
    return f"{site.rstrip('/')}/{lang}/{notice.id}/" if site else ""


def mail_page(
    telling: Telling, notice: Notice, *, title: str, body: str, footer: str
) -> str:
    """Return a whole message as HTML, its styles not inlined yet.

    *body* and *footer* are HTML that the dialect has cleaned.

    Raises:
        NotifierError: the author's layout leaves the body out, or changes a field.
    """
    words = framed(_words(body), telling.book)
    page = render(
        telling.environment.get_template("layouts/mail.html.j2"),
        {
            **_letterhead(telling, notice),
            "title": title,
            "preheader": _preheader(telling, title),
            "body": words,
            "footer": Markup(footer),
        },
    )
    if is_spoilt(page) or words not in page:
        raise NotifierError([_spoilt()])
    return page


def inlined(page: str) -> str:
    """Return *page* with its styles inlined.

    Raises:
        NotifierError: that would change a field.
    """
    result = inline(page)
    if tokens(result) != tokens(page):
        raise NotifierError([_spoilt()])
    return result


def framed(body: str, book: TokenBook) -> Markup:
    """Return *body* between the tokens at which `cut_body` will cut."""
    start, end = str(book.field("document.start")), str(book.field("document.end"))
    return Markup(f"{start}{body}{end}")


def cut_body(page: str, book: TokenBook) -> tuple[str, str, str]:
    """Return what stands before the body of *page*, the body, and what follows."""
    before, _, rest = page.partition(str(book.field("document.start")))
    body, _, after = rest.partition(str(book.field("document.end")))
    return before, body, after


def _letterhead(telling: Telling, notice: Notice) -> dict[str, object]:
    brand, wording = notice.brand, telling.wording
    return {
        "lang": wording.lang,
        "dir": wording.dir,
        "publisher": notice.publisher.name,
        "logo": f"cid:{LOGO_ID}" if brand.logo else "",
        "logo_alt": wording.text(brand.logo_alt) if brand.logo_alt else "",
        "support_name": wording.text(notice.support.name),
        "support_url": wording.support_url,
        "color": palette(brand.color, light=_LIGHT_PAPER, dark=_DARK_PAPER),
    }


def _preheader(telling: Telling, title: str) -> object:
    """Return what a list of messages shows after the subject."""
    shape = telling.key.shape
    if shape is None or not shape.window:
        return telling.notice.plain_description or title
    return telling.fields["wave"].window  # type: ignore[attr-defined]  # a Record


def _words(body: str) -> str:
    """Mark the key facts, a list before the first heading, and the text as a whole.

    The text says itself which way it runs: in two languages, it may stand in a message
    that runs the other way.
    """
    head, mark, rest = body.partition("<h2")
    head = head.replace("<ul>", '<ul class="facts">', 1)
    return f'<div class="words">\n{head}{mark}{rest}</div>'


def _spoilt() -> Problem:
    return Problem(
        "template/spoilt-field",
        "the layout leaves out the body, or cuts or changes the text of a field",
        Place("templates/layouts/mail.html.j2"),
        "print 'body', 'footer' and 'preheader' alone, each once, without filters",
    )
