"""Prepare a document's HTML for a frame: theme chosen, logo inside, nothing fetched."""

from __future__ import annotations

import re
from base64 import b64encode

from notifier.preview.case import Pictures

THEMES = ("light", "dark", "inverted")
# What no theme changes: everything outside of styles and of what chooses among them.
_STYLED = re.compile(
    r"<style\b[^>]*>.*?</style>|<meta\b[^>]*>|\bmedia=(?:\"[^\"]*\"|'[^']*')",
    re.IGNORECASE | re.DOTALL,
)
_ASKED = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_SCHEMES = re.compile(r"\b(?:light\s+dark|dark\s+light)\b", re.IGNORECASE)
# Hints to connect, and orders to go elsewhere, which no content security policy holds
# back; scripts, which it does, and policies of the document's own.
_LEADING_OUT = re.compile(
    r"<link\b[^>]*>|<meta\b(?=[^>]*http-equiv)[^>]*>|<script\b.*?</script\s*>",
    re.IGNORECASE | re.DOTALL,
)
# A link to what stands beside the page, which is not shown here.
_BESIDE = re.compile(
    r"(<a\b[^>]*?\shref=)\"(?!https:|mailto:|#)[^\"]*\"", re.IGNORECASE
)
_REFERENCE = re.compile(r"\b(src|srcset)=\"([^\"]+)\"")
_SVG = "image/svg+xml"
_DOCTYPE = re.compile(r"\s*<!doctype[^>]*>", re.IGNORECASE)
# Mail programs that invert a message leave its pictures as they are.
_INVERTED = """
<style>
html { background: #fff; filter: invert(1) hue-rotate(180deg); }
img { filter: invert(1) hue-rotate(180deg); }
</style>
"""
FRAME_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)


def framed(html: str, pictures: Pictures, theme: str) -> str:
    """Return a document for a frame, in a theme of THEMES; in any other, as it is.

    Its pictures are put into it, and nothing in it leads to another place by itself.
    """

    def put(match: re.Match[str]) -> str:
        kind, data = pictures.get(match[2], ("", b""))
        if not kind:
            return match[0]
        if kind == _SVG:
            # A picture has styles of its own.
            data = _chosen(data.decode(), theme).encode()
        url = f"data:{kind};base64,{b64encode(data).decode()}"
        return f'{match[1]}="{url}"'

    # The pictures come last: they may be large.
    quiet = _BESIDE.sub(r'\1"#"', _LEADING_OUT.sub("", _chosen(html, theme)))
    inverted = _INVERTED if theme == "inverted" else ""
    return f"{_REFERENCE.sub(put, quiet)}{inverted}"


def _chosen(text: str, theme: str) -> str:
    """Return *text* with its styles for the theme, whatever the system says.

    An inverted document is the light one, its colours turned over by the mail program.
    """
    if theme not in THEMES:
        return text
    scheme = "dark" if theme == "dark" else "light"

    def choose(match: re.Match[str]) -> str:
        # A condition on the width that always holds, or never does.
        return "(width >= 0px)" if match[1].lower() == scheme else "(width < 0px)"

    def restyle(match: re.Match[str]) -> str:
        return _SCHEMES.sub(scheme, _ASKED.sub(choose, match[0]))

    return _STYLED.sub(restyle, text)


def confined(html: str) -> str:
    """Return *html* with the policy inside, for a file that no server protects."""
    start = _DOCTYPE.match(html)
    head = start[0] if start else "<!DOCTYPE html>"
    rest = html[start.end() :] if start else html
    policy = f'<meta http-equiv="Content-Security-Policy" content="{FRAME_POLICY}">'
    return f'{head}\n<meta charset="utf-8">{policy}{rest}'
