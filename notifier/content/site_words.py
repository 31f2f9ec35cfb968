"""The words of the web site that stand around its notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notifier.content.wording import Wording
from notifier.language.dates import format_day
from notifier.model.notice import NoticeStatus


@dataclass(frozen=True, slots=True)
class SiteWords:
    """Labels in one locale, all plain text."""

    skip: str
    notices: str
    language: str
    on_this_page: str
    add_to_calendar: str
    subscribe: str
    feed: str
    archive: str
    archived: str


def site_words(wording: Wording) -> SiteWords:
    """Return the labels in the words of *wording*."""
    return SiteWords(
        skip=wording.pgettext("web site", "Skip to content"),
        notices=wording.pgettext("web site", "Notices"),
        language=wording.pgettext("web site", "Language"),
        on_this_page=wording.pgettext("web site", "On this page"),
        add_to_calendar=wording.pgettext("web site", "Add to calendar"),
        subscribe=wording.pgettext("web site", "Subscribe to the calendar"),
        feed=wording.pgettext("web site", "Feed of changes"),
        archive=wording.pgettext("web site", "Archive"),
        archived=wording.pgettext(
            "web site", "This notice is archived. It is kept for reference."
        ),
    )


def last_updated_text(day: date | None, wording: Wording) -> tuple[str, str, str]:
    """Return the line that tells *day*, split around the day; empty for None."""
    if day is None:
        return ("", "", "")
    mark = "\x00"
    # TRANSLATORS: date: a day; it stands alone after the colon
    line = wording.gettext("Last updated: %(date)s") % {"date": mark}
    before, _, after = line.partition(mark)
    return before, format_day(day, wording.tag), after


def notice_status_name(status: NoticeStatus, wording: Wording) -> str:
    """Return the word for the status of a notice."""
    names = {
        # TRANSLATORS: where a notice, the announced change as a whole, stands
        NoticeStatus.PLANNED: wording.pgettext("notice status", "planned"),
        NoticeStatus.STARTED: wording.pgettext("notice status", "in progress"),
        NoticeStatus.COMPLETED: wording.pgettext("notice status", "completed"),
        NoticeStatus.CANCELLED: wording.pgettext("notice status", "cancelled"),
        NoticeStatus.ARCHIVED: wording.pgettext("notice status", "archived"),
    }
    return names[status]
