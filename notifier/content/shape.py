"""The shape of an edition: what a template may test about the wave it is made for."""

from __future__ import annotations

from dataclasses import dataclass

from notifier.model.schedule import WaveStatus

WAVE_FIELDS = frozenset(
    {
        "id",
        "label",
        "date",
        "window",
        "start",
        "end",
        "zone",
        "utc",
        "estimate",
        "length",
        "clock_shift",
        "was",
        "revision",
    }
)
CONTACT_FIELDS = frozenset({"name", "email"})
CUSTOMER_FIELDS = frozenset({"id", "name", "instances", "count"})


@dataclass(frozen=True, slots=True)
class Shape:
    """The facts of a wave, seen in one zone, that decide which sentences are printed.

    *window* is false for instances without a wave; *environment* is the wave's id of
    it; *clock* is `none`, `forward` or `back`; *utc* tells that the zone shown is UTC
    itself; *moved* that the revision replaced another time; *count* is the plural
    category of the customer's number of instances.
    """

    window: bool = False
    environment: str | None = None
    status: WaveStatus | None = None
    estimate: bool = False
    clock: str = "none"
    utc: bool = False
    moved: bool = False
    count: str = "other"
