"""One notice, ready to be published in all its locales."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from notifier.content.compiler import Compiler
from notifier.content.mail_page import notice_url
from notifier.content.wording import Wording
from notifier.model.notice import Notice, NoticeStatus
from notifier.model.schedule import Plan


@dataclass(frozen=True, slots=True)
class Publication:
    """A notice with everything that its public files are made from.

    *updated* is the last day on which the notice says that it was changed; *wordings*
    holds the words of each locale.
    """

    notice: Notice
    plan: Plan
    compiler: Compiler
    status: NoticeStatus
    updated: date | None
    wordings: Mapping[str, Wording]

    def markdown(self, lang: str) -> str:
        """Return the page in a locale, front matter and all."""
        return self.compiler.page(lang)

    def url(self, lang: str, name: str = "") -> str:
        """Return where a file of the web page stands; empty without a site.

        *name* is that of a file beside the page, such as `feed.xml`.
        """
        url = notice_url(self.notice, lang)
        return f"{url}{name}" if url else ""

    def path(self, lang: str, name: str = "index.html") -> PurePosixPath:
        """Return the path of the page, or of a file beside it, below `web/`."""
        return PurePosixPath(lang) / self.notice.id / name
