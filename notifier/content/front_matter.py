"""The YAML front matter of a page."""

from __future__ import annotations

import yaml

from notifier.content.wording import Wording
from notifier.model.notice import Notice


def front_matter(notice: Notice, wording: Wording) -> str:
    """Return the front matter: title, description, then the author's keys in order.

    A value of `by_locale` replaces the common one at its place; both are spelled as
    written. The block ends as localized pages of the dialect have it.
    """
    own = dict(notice.page.front_matter)
    own |= dict((notice.page.front_matter_by_locale or {}).get(wording.lang, ()))
    own.setdefault("title", _scalar(wording.text(notice.title)))
    description = wording.text(notice.description or notice.title)
    own.setdefault("description", _scalar(description))
    first = ("title", "description")
    keys = (*first, *(key for key in own if key not in first))
    lines = "".join(f"{key}:{_after_colon(own[key])}\n" for key in keys)
    return f"---\n{lines}\n---\n\n"


def _after_colon(value: str) -> str:
    """Return YAML source so that it stands after a key; a block starts a new line."""
    return value if value.startswith("\n") or not value else f" {value}"


def _scalar(text: str) -> str:
    """Return *text* as YAML, quoted only if it must be."""
    dumped = yaml.safe_dump(text, allow_unicode=True, width=float("inf"))
    return str(dumped).removesuffix("...\n").rstrip("\n")
