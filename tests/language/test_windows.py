from datetime import UTC, datetime, timedelta

import pytest

from notifier.language.windows import WindowText, describe_window
from notifier.language.words import WORDS


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


CASES = {
    "over midnight": ("Europe/Rome", "2024-02-06T21:00", "2024-02-07T01:00"),
    "one evening": ("Europe/Rome", "2026-12-05T21:00", "2026-12-05T22:30"),
    "until midnight": ("Europe/Rome", "2024-05-01T18:00", "2024-05-01T22:00"),
    "clock back": ("Europe/Rome", "2026-10-24T23:00", "2026-10-25T03:00"),
    "clock forward": ("America/New_York", "2024-03-10T03:00", "2024-03-10T08:00"),
    "half an hour back": (
        "Australia/Lord_Howe",
        "2024-04-06T13:00",
        "2024-04-06T17:00",
    ),
    "date line": ("Pacific/Kiritimati", "2023-12-31T09:00", "2023-12-31T13:00"),
    "other side": ("Pacific/Honolulu", "2024-03-01T08:00", "2024-03-01T12:00"),
    "quarter of an hour": ("Asia/Kathmandu", "2024-02-06T08:00", "2024-02-06T09:00"),
    "city with an article": ("Africa/Cairo", "2024-02-06T08:00", "2024-02-06T09:00"),
    "leap day in UTC": ("UTC", "2024-02-29T22:00", "2024-03-01T02:00"),
}


def described(case: str, tag: str) -> WindowText:
    zone, start, end = CASES[case]
    return describe_window(utc(start), utc(end), zone=zone, tag=tag)


def test_windows_read_right_in_every_language(golden):
    lines = []
    for tag in (*WORDS, "en-GB", "it-CH", "cs"):
        lines.append(f"[{tag}]")
        for case in CASES:
            window = described(case, tag)
            lines += [f"{case}:", f"  {window.text}", f"  {window.utc}"]

    golden("language/windows.txt", "\n".join(lines) + "\n")


def test_a_window_is_described_piece_by_piece():
    assert described("clock back", "en") == WindowText(
        text="Sunday, October 25, 2026, 1:00\xa0AM (UTC+02:00) – "
        "4:00\xa0AM (UTC+01:00), Rome time",
        utc="October 24, 2026, 11:00\xa0PM – October 25, 2026, 3:00\xa0AM UTC",
        start="Sunday, October 25, 2026, 1:00\xa0AM",
        end="Sunday, October 25, 2026, 4:00\xa0AM",
        date="October 25, 2026",
        time="1:00\xa0AM",
        zone="Rome time, UTC+02:00 / UTC+01:00",
        change=timedelta(hours=-1),
        is_utc=False,
    )


@pytest.mark.parametrize(
    ("case", "minutes"),
    [
        ("over midnight", 0),
        ("clock back", -60),
        ("clock forward", 60),
        ("half an hour back", -30),
    ],
)
def test_the_change_of_the_clock_is_told(case, minutes):
    assert described(case, "it").change == timedelta(minutes=minutes)


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "GMT"])
def test_a_window_in_utc_names_no_other_zone(zone):
    window = describe_window(
        utc("2024-02-06T08:00"), utc("2024-02-06T09:00"), zone=zone, tag="de"
    )

    assert window.text == "Dienstag, 6. Februar 2024, 08:00–09:00 Uhr UTC"
    assert (window.utc, window.zone, window.is_utc) == (
        "6. Februar 2024, 08:00–09:00 Uhr UTC",
        "UTC",
        True,
    )


def test_offsets_stay_left_to_right_in_arabic():
    assert described("over midnight", "ar").zone == "توقيت روما، \u2066UTC+01:00\u2069"


def test_the_same_moment_in_another_zone_gives_the_same_text():
    start, end = utc("2024-02-06T21:00"), utc("2024-02-07T01:00")
    elsewhere = [
        moment.astimezone().astimezone(UTC) + timedelta(0) for moment in (start, end)
    ]

    assert describe_window(*elsewhere, zone="Europe/Rome", tag="it") == (
        describe_window(start, end, zone="Europe/Rome", tag="it")
    )


def test_a_naive_window_is_refused():
    naive = utc("2024-02-06T21:00").replace(tzinfo=None)

    with pytest.raises(ValueError, match="aware"):
        describe_window(naive, naive, zone="UTC", tag="en")


@pytest.mark.parametrize(
    ("zone", "tag", "city"),
    [
        ("Asia/Kolkata", "ja", "コルカタ時間"),
        ("Asia/Calcutta", "it", "ora di Calcutta"),
        ("Europe/Kyiv", "it", "ora di Kiev"),
        ("America/Argentina/Buenos_Aires", "en", "Buenos Aires time"),
        ("America/Havana", "it", "ora dell’Avana"),
        ("Europe/Athens", "fr", "heure d’Athènes"),
        ("Africa/Cairo", "fr", "heure du Caire"),
        ("America/Sao_Paulo", "pt-BR", "horário de São Paulo"),
    ],
)
def test_a_zone_is_named_by_its_city(zone, tag, city):
    start, end = utc("2024-02-06T08:00"), utc("2024-02-06T09:00")

    zone_text = describe_window(start, end, zone=zone, tag=tag).zone

    assert zone_text.startswith(city)
