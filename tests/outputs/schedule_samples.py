"""A planned schedule like the sample's, built from model objects alone."""

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
from notifier.model.schedule import (
    DurationModel,
    LocalTime,
    Phase,
    Plan,
    Schedule,
    Wave,
    WaveStatus,
)
from notifier.model.values import Bound, Estimate, PartialDate, Precision, Text
from notifier.planning import plan

NOW = datetime(2024, 2, 1, 9, tzinfo=UTC)
PLACE = Place("waves.yaml", 1)


def text(source: str) -> Text:
    return Text(source, False, PLACE)


def month(written: str) -> PartialDate:
    return PartialDate(Precision.MONTH, date.fromisoformat(f"{written}-01"), written)


def wave(name: str, start: str, zone: str, hours: float, label: str) -> Wave:
    return Wave(
        id=name,
        environment=name.split("-")[0],
        start=LocalTime(datetime.fromisoformat(start)),
        length=timedelta(hours=hours),
        timezone=zone,
        label=text(label),
    )


WAVES = (
    wave("staging-9", "2024-02-13T10:00", "Europe/Rome", 2, "Europe, staging"),
    replace(
        wave("production-1", "2024-03-05T22:00", "Europe/Rome", 4, "Europe, night 1"),
        revision=1,
        updated=date(2024, 1, 25),
    ),
    replace(
        wave("production-2", "2024-03-09T23:00", "America/New_York", 4, "Americas"),
        status=WaveStatus.CANCELLED,
    ),
    replace(
        wave("production-3", "2024-03-12T01:00", "Asia/Tokyo", 3, "日本・アジア太平洋"),
        status=WaveStatus.TENTATIVE,
    ),
    replace(
        wave("production-4", "2024-03-15T00:30", "Asia/Dubai", 2.5, "الشرق الأوسط"),
        duration=Estimate(timedelta(minutes=30), timedelta(minutes=60), Bound.RANGE),
    ),
)
SCHEDULE = Schedule(
    model=DurationModel(
        timedelta(minutes=20), timedelta(minutes=6), 4, 0.25, timedelta(minutes=15)
    ),
    phases=(
        Phase(("development", "staging"), starts=month("2023-10")),
        Phase(
            ("production",), starts=month("2024-01"), label=text("Produktion & mehr")
        ),
    ),
    waves=WAVES,
)
SIZES = {"staging-9": 4, "production-1": 18, "production-2": 8, "production-3": 9}
NOTICE = Notice(
    folder=Path("email-infrastructure"),
    id="email-infrastructure",
    kind=Kind.UPGRADE,
    title=text("Campaign [email] sending infrastructure upgrade"),
    publisher=Publisher(
        "Adobe",
        "notices.example.com",
        sender="Campaign Operations <operations@notices.example.com>",
    ),
    support=Support(text("Customer Care"), "https://example.com/?a=1&b=2#support"),
    locales=("en",),
    default_locale="en",
    impact=Impact(ImpactLevel.OUTAGE),
    notice_period={"staging": timedelta(days=7), "production": timedelta(days=30)},
    schedule=SCHEDULE,
    instances=tuple(
        Instance(f"secret-{name}-{n}", f"acme{n % 3}", name.split("-")[0], name)
        for name, number in SIZES.items()
        for n in range(number)
    ),
)


def sample_plan(notice: Notice = NOTICE) -> Plan:
    return plan(notice, now=NOW)[0]
