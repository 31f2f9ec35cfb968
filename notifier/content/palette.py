"""Colours of the brand that stay readable on light and dark paper."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

DEFAULT = "#1473e6"
_LIGHT_PAPER = "#ffffff"
_DARK_PAPER = "#16191d"
# WCAG 2.2, 1.4.3: text of normal size.
_READABLE = 4.5


@dataclass(frozen=True, slots=True)
class Palette:
    """The brand's colour on light and dark paper, and as text on both (`#rrggbb`)."""

    light: str
    dark: str
    light_link: str
    dark_link: str


def palette(
    color: str | None, *, light: str = _LIGHT_PAPER, dark: str = _DARK_PAPER
) -> Palette:
    """Return the palette of a brand's colour, text shifted until readable.

    *light* and *dark* are the papers, of several those nearest to each other.
    """
    brand = color or DEFAULT
    return Palette(
        light=brand,
        dark=brand,
        light_link=_readable(brand, light, step=-0.02),
        dark_link=_readable(brand, dark, step=0.02),
    )


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(one: str, other: str, *, share: float) -> str:
    """Return *other* with a *share* of *one*, from 0 to 1."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return _written(*(a * share + b * (1 - share) for a, b in pairs))


def _readable(color: str, paper: str, *, step: float) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(color))
    shifted = color
    while contrast(shifted, paper) < _READABLE and 0 < lightness + step < 1:
        lightness += step
        shifted = _written(*colorsys.hls_to_rgb(hue, lightness, saturation))
    return shifted


def _written(*channels: float) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _channels(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _luminance(color: str) -> float:
    def linear(channel: float) -> float:
        return (
            channel / 12.92
            if channel <= 0.04045
            else ((channel + 0.055) / 1.055) ** 2.4
        )

    red, green, blue = (linear(channel) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
