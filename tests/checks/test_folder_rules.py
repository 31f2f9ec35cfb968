"""Each rule of the book is broken by a test here, or cannot be broken by a folder."""

from __future__ import annotations

import test_dialect_rules
import test_language_rules
import test_notice_rules
import test_output_rules
import test_rules
import test_schedule_rules
import test_table_rules

from notifier.checks.rule_book import remedies

# Why no folder, however it is written, makes a check tell what these rooms find.
ROOMS = {
    "exchange": "of files that translators send back",
    "output": "of the folder that a command writes into",
    "page": "of pages that are imported",
    "preview": "of the local server",
    "render": "of the choices of this command",
    "translations": "of the choices of this command",
}
_CHECKOUT = "of the checkout that pages are published into"
_CHOICE = "of the choices of another command"
RULES = {
    "calendar/no-domain": "of a calendar that is asked for; others are left out",
    "calendar/no-waves": "of a calendar that is asked for; others are left out",
    "contacts/ambiguous": _CHOICE,
    "contacts/changed": "of a table that is written while it is read",
    "contacts/missing": _CHOICE,
    "contacts/unknown": _CHOICE,
    "dialect/byte-order-mark": "each page begins with its front matter",
    "dialect/front-matter-order": "title and description are always written first",
    "emails/no-contacts": "of messages that are asked for; else there are none",
    "emails/nobody": _CHOICE,
    "emails/unknown-choice": _CHOICE,
    "emails/wave-over": _CHOICE,
    "publish/exl-id": _CHECKOUT,
    "publish/front-matter": _CHECKOUT,
    "publish/locale-folders": _CHECKOUT,
    "publish/more": _CHECKOUT,
    "publish/moved-page": _CHECKOUT,
    "publish/no-section": _CHECKOUT,
    "publish/not-utf8": _CHECKOUT,
    "publish/other-page": _CHECKOUT,
    "publish/sites-differ": "of several notices at once",
    "publish/too-large": _CHECKOUT,
    "publish/unreadable": _CHECKOUT,
    "system/files": "of the machine",
    "timeline/no-phases": "of a timeline that is asked for; others are left out",
    "translation/locale": "of the choices of a command; of contacts, `emails/locale`",
    "waves/date-out-of-range": "reading refuses such dates, as `waves/date`",
}
TABLES = (
    test_notice_rules.FOLDERS,
    test_schedule_rules.FOLDERS,
    test_table_rules.FOLDERS,
    test_language_rules.FOLDERS,
    test_output_rules.FOLDERS,
    test_output_rules.MESSAGES,
)


def _covered():
    return {
        *test_rules.FOLDERS,
        *test_rules.OUTPUTS,
        *test_dialect_rules.RULES,
        *(
            rule
            for table in TABLES
            for breach in table.values()
            for rule in breach.rules
        ),
        *test_language_rules.ABSENT.rules,
        *test_output_rules.NAMES.rules,
        *test_schedule_rules.IDLE_WAVE.rules,
        # Told by tests of their own.
        "check/not-checked",
        "emails/moved-without-revision",
        "emails/previous",
        "notice/folder",
    }


def test_each_rule_has_a_folder_that_breaks_it_or_a_reason_why_none_does():
    covered, book = _covered(), {*remedies()}
    excused = {*RULES, *(rule for rule in book if rule.partition("/")[0] in ROOMS)}

    assert covered & excused == set()
    assert covered | excused == book
