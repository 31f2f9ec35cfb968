"""Put a stylesheet into `style` attributes, for mail programs that drop it."""

from __future__ import annotations

from logging import CRITICAL


def inline(html: str) -> str:
    """Return *html* with its stylesheets inlined, once per edition.

    A `<style data-premailer="ignore">` stays as it is: rules for dark mode and narrow
    screens live there. Nothing is fetched, and no obsolete attribute is added.
    """
    # Imported here: it takes longer than all else together.
    from premailer import Premailer

    return str(
        Premailer(
            html,
            strip_important=False,
            allow_network=False,
            disable_validation=True,
            keep_style_tags=False,
            remove_classes=False,
            cssutils_logging_level=CRITICAL,
            disable_basic_attributes=["align", "bgcolor", "height", "valign", "width"],
        ).transform()
    )
