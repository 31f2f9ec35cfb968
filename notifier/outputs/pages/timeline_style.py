"""Colour the timeline, on light and on dark paper, from the brand's palette."""

from __future__ import annotations

from dataclasses import dataclass

from notifier.content.palette import Palette, mix

# Rendered smaller than this, text is hard to read on a phone.
LABEL_SIZE, TEXT_SIZE, TICK_SIZE = 15, 14, 13
_FONTS = 'system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif'
# How much of the brand's colour makes a calm area.
_LIGHT_TINT, _DARK_TINT = 0.18, 0.3


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a drawing, `#rrggbb`.

    *accent* is the brand's, *tint* a calm area of it. *track* lies under bars, *grid*
    marks its ticks; *edge* is only an ornament.
    """

    ground: str
    edge: str
    ink: str
    quiet: str
    track: str
    grid: str
    accent: str
    tint: str


# The papers to which the brand's colour has the least contrast.
LIGHT_TRACK, DARK_TRACK = "#eef1f4", "#262d35"


def themes(colors: Palette) -> tuple[Theme, Theme]:
    """Return the colours on light and on dark paper."""
    light = Theme(
        ground="#ffffff",
        edge="#d5dae0",
        ink="#1f2328",
        quiet="#57606a",
        track=LIGHT_TRACK,
        grid="#7d8691",
        accent=colors.light_link,
        tint=mix(colors.light_link, "#ffffff", share=_LIGHT_TINT),
    )
    dark = Theme(
        ground="#16191d",
        edge="#3a424c",
        ink="#e6e9ed",
        quiet="#a9b3be",
        track=DARK_TRACK,
        grid="#7f8a96",
        accent=colors.dark_link,
        tint=mix(colors.dark_link, "#16191d", share=_DARK_TINT),
    )
    return light, dark


def stylesheet(colors: Palette, *, hatch: str) -> str:
    """Return the CSS of a drawing; *hatch* is the id of its pattern.

    On screen it follows the reader's theme, on paper it is light.
    """
    light, dark = themes(colors)
    night = _rules(dark).replace("\n", "\n  ")
    return f"""
svg {{ font: {TEXT_SIZE}px {_FONTS} }}
.label {{ font-size: {LABEL_SIZE}px }}
.phase {{ font-weight: 600 }}
.tick {{ font-size: {TICK_SIZE}px }}
.state {{ text-anchor: end }}
.ground, .band, .mark {{ stroke-width: 1.5 }}
.sign {{ fill: none; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round }}
.planned {{ stroke-dasharray: 5 3 }}
.tentative {{ stroke-dasharray: 3 2.5 }}
{_rules(light)}
.band.planned, .band.starting {{ fill: url(#{hatch}) }}
@media screen and (prefers-color-scheme: dark) {{
  {night}
}}
"""


def _rules(theme: Theme) -> str:
    return f"""\
.ground {{ fill: {theme.ground}; stroke: {theme.edge} }}
text {{ fill: {theme.ink} }}
.quiet {{ fill: {theme.quiet} }}
.track {{ fill: {theme.track} }}
.grid {{ stroke: {theme.grid} }}
.rule {{ stroke: {theme.edge} }}
.hatch, .sign {{ stroke: {theme.accent} }}
.hatched {{ fill: {theme.ground} }}
.band {{ fill: {theme.tint}; stroke: {theme.accent} }}
.mark {{ fill: {theme.accent}; stroke: {theme.accent} }}
.mark.tentative {{ fill: {theme.ground} }}
.on-mark {{ stroke: {theme.ground} }}
.band.cancelled, .mark.cancelled {{ fill: {theme.ground}; stroke: {theme.quiet} }}
.sign.cancelled {{ stroke: {theme.quiet} }}"""
