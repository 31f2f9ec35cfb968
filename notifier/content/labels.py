"""The words that stand over an alert, by the dialect's type."""

from __future__ import annotations

import re

from notifier.content.wording import Wording

_ALERT = re.compile(r"^ *>\[!([A-Z]+)\]", re.MULTILINE)


def alert_labels(wording: Wording, markdown: str) -> dict[str, str]:
    """Return the title of each type of alert in *markdown*, in the locale."""
    if ">[!" not in markdown:
        return {}
    titles = {
        "NOTE": lambda: wording.pgettext("alert", "Note"),
        "TIP": lambda: wording.pgettext("alert", "Tip"),
        "IMPORTANT": lambda: wording.pgettext("alert", "Important"),
        "CAUTION": lambda: wording.pgettext("alert", "Caution"),
        "WARNING": lambda: wording.pgettext("alert", "Warning"),
        "ADMINISTRATION": lambda: wording.pgettext("alert", "For administrators"),
        "ADMIN": lambda: wording.pgettext("alert", "For administrators"),
        "AVAILABILITY": lambda: wording.pgettext("alert", "Availability"),
        "PREREQUISITES": lambda: wording.pgettext("alert", "Before you start"),
        "ERROR": lambda: wording.pgettext("alert", "Error"),
        "INFO": lambda: wording.pgettext("alert", "Information"),
        "SUCCESS": lambda: wording.pgettext("alert", "Done"),
        "MORELIKETHIS": lambda: wording.pgettext("alert", "See also"),
    }
    used = dict.fromkeys(_ALERT.findall(markdown))
    return {type: titles[type]() for type in used if type in titles}
