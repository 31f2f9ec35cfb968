"""Place shapes of a timeline, where time runs in the direction of reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from xml.etree import ElementTree as ET

from notifier.outputs.pages.time_axis import Axis


@dataclass(frozen=True, slots=True)
class Canvas:
    """A drawing of some *width* and any height; its *axis* is None without dates.

    Every `x` is measured from the side where reading begins, the right one with *rtl*.
    """

    svg: ET.Element
    width: int
    axis: Axis | None
    rtl: bool

    @property
    def margin(self) -> int:
        """Return what stays free on both sides."""
        return 24 if self.width >= 480 else 16

    def along(self, instant: datetime) -> float:
        """Return the `x` of *instant*."""
        share = self.axis.share(instant) if self.axis else 0
        return self.margin + share * (self.width - 2 * self.margin)

    def card(self) -> ET.Element:
        """Draw the paper under all that follows; `close` makes it as high as that."""
        return self._add("rect", "ground", x=1, y=1, width=self.width - 2, rx=10)

    def close(self, card: ET.Element, height: float) -> None:
        """Give the drawing and its *card* their height."""
        card.set("height", _number(height - 2))
        size = {"width": str(self.width), "height": _number(height)}
        box = f"0 0 {self.width} {_number(height)}"
        self.svg.attrib |= {**size, "viewBox": box}

    def text(self, words: str, *, x: float, y: float, style: str) -> None:
        """Write *words* on the base line *y*."""
        made = self._add("text", style, x=self._mirrored(x), y=y)
        made.text = words

    def rule(self, y: float) -> None:
        """Separate what is above *y* from what is below."""
        ends = {"x1": self.margin, "x2": self.width - self.margin}
        self._add("line", "rule", y1=y, y2=y, **ends)

    def track(self, y: float, height: float) -> None:
        """Draw the whole axis as the way on which a bar lies."""
        width = self.width - 2 * self.margin
        ends = {"x": self.margin, "width": width, "rx": min(height / 2, 4)}
        self._add("rect", "track", y=y, height=height, **ends)

    def grid(self, x: float, y: float, height: float) -> None:
        """Draw the line of a tick downwards from *y*."""
        at = self._mirrored(x)
        self._add("line", "grid", x1=at, x2=at, y1=y, y2=y + height)

    def bar(
        self,
        stretch: tuple[datetime, datetime],
        y: float,
        height: float,
        *,
        style: str,
        radius: float,
    ) -> float:
        """Draw a *stretch* of time, as wide as high at least; return its middle."""
        start, end = map(self.along, stretch)
        width = max(end - start, height)
        most = self.width - self.margin - width
        left = min(max((start + end - width) / 2, self.margin), most)
        x = self._mirrored(left + width if self.rtl else left)
        self._add("rect", style, x=x, y=y, width=width, height=height, rx=radius)
        return left + width / 2

    def sign(self, path: str, x: float, y: float, style: str) -> None:
        """Draw a *path* around a point."""
        made = self._add("path", style)
        place = f"translate({_number(self._mirrored(x))} {_number(y)})"
        made.attrib |= {"d": path, "transform": place}

    def _mirrored(self, x: float) -> float:
        return self.width - x if self.rtl else x

    def _add(self, kind: str, style: str, **numbers: float) -> ET.Element:
        facts = {name: _number(number) for name, number in numbers.items()}
        return ET.SubElement(self.svg, kind, {"class": style, **facts})


@lru_cache(maxsize=4096)
def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
