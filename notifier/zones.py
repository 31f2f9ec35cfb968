"""Time zones from the data that comes with the package.

The machine's own data may be older or changed; with ours the same input gives the same
times everywhere.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@cache
def zone_names() -> tuple[str, ...]:
    """Return the names of all zones of the IANA database, sorted."""
    text = files("tzdata").joinpath("zones").read_text("utf-8")
    return tuple(sorted(text.split()))


@cache
def load_zone(name: str) -> ZoneInfo:
    """Return the IANA zone *name*.

    Raises:
        ZoneInfoNotFoundError: there is no such zone.
    """
    if name not in zone_names():
        raise ZoneInfoNotFoundError(f"no time zone found with key {name}")
    path = files("tzdata").joinpath("zoneinfo", *name.split("/"))
    with path.open("rb") as file:
        return ZoneInfo.from_file(file, key=name)
