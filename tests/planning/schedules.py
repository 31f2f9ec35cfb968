"""Build small notices for the tests of planning."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from notifier.errors import Place
from notifier.model.audience import Instance
from notifier.model.notice import (
    Impact,
    ImpactLevel,
    Kind,
    Notice,
    Publisher,
    Support,
)
from notifier.model.schedule import LocalTime, Phase, Schedule, Wave
from notifier.model.values import PartialDate, Precision, Text

NOW = datetime(2024, 2, 1, 9, tzinfo=UTC)


def place(line: int) -> Place:
    return Place("waves.yaml", line, 5)


def text(source: str) -> Text:
    return Text(source, False, place(1))


def local(written: str, *, line: int = 1) -> LocalTime:
    """Return a wall clock; an offset at its end is kept apart."""
    value = datetime.fromisoformat(written)
    return LocalTime(value.replace(tzinfo=None), value.utcoffset(), place(line))


def day(written: str) -> PartialDate:
    """Return the date of any precision that *written* means."""
    if "T" in written:
        at = datetime.fromisoformat(written)
        return PartialDate(Precision.MINUTE, at.date(), written, at.time())
    if "Q" in written:
        year, quarter = written.split("-Q")
        first = date(int(year), int(quarter) * 3 - 2, 1)
        return PartialDate(Precision.QUARTER, first, written)
    if "W" in written:
        return PartialDate(Precision.WEEK, date.fromisoformat(written + "-1"), written)
    if written.count("-") == 1:
        first = date.fromisoformat(written + "-01")
        return PartialDate(Precision.MONTH, first, written)
    return PartialDate(Precision.DAY, date.fromisoformat(written), written)


def wave(
    name: str = "production-1",
    start: str = "2024-03-05T22:00",
    *,
    zone: str = "Europe/Rome",
    hours: float = 4,
    **others: object,
) -> Wave:
    """Return a wave; its environment is the part of its name before the hyphen."""
    made = Wave(
        id=name,
        environment=name.split("-")[0],
        start=local(start, line=7),
        length=timedelta(hours=hours),
        timezone=zone,
        place=place(6),
    )
    return replace(made, **others)  # type: ignore[arg-type]  # fields by name


def phase(*environments: str, line: int = 3, **others: object) -> Phase:
    made = Phase(environments, place=place(line))
    dates = {
        name: day(value) if isinstance(value, str) else value
        for name, value in others.items()
        if name in ("starts", "ends", "by")
    }
    return replace(made, **{**others, **dates})  # type: ignore[arg-type]  # as above


def instances(wave_id: str, number: int, *, per_customer: int = 1) -> list[Instance]:
    return [
        Instance(f"i{n}", f"c{n // per_customer}", wave_id.split("-")[0], wave_id)
        for n in range(number)
    ]


def notice(schedule: Schedule | None = None, **others: object) -> Notice:
    made = Notice(
        folder=Path("email-infrastructure"),
        id="email-infrastructure",
        kind=Kind.UPGRADE,
        title=text("Email upgrade"),
        publisher=Publisher("Adobe", "notices.example.com"),
        support=Support(text("Customer Care"), "https://example.com/support"),
        locales=("en",),
        default_locale="en",
        impact=Impact(ImpactLevel.OUTAGE),
        schedule=schedule,
    )
    return replace(made, **others)  # type: ignore[arg-type]  # fields by name
