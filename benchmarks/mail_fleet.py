"""A large notice to write messages for: 5,000 customers with four instances each."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from notifier.resources import resource_folder

CUSTOMERS = 5_000
INSTANCES = 4
NOW = datetime(2024, 1, 25, tzinfo=UTC)
WAVE = "production-1"
# Fourteen locales, each with a name in its script.
NAMES = {
    "en": "Sam O'Neill",
    "it": "Giulia Ferrari",
    "fr": "Élodie Marchand",
    "de": "Jürgen Groß",
    "es": "María José Núñez",
    "pt-BR": "João Conceição",
    "nl": "Sanne de Vries",
    "sv": "Åsa Lindström",
    "pl": "Łukasz Wójcik",
    "ja": "山田 花子",
    "ko": "김민준",
    "zh-Hans": "王芳",
    "zh-Hant": "陳怡君",
    "ar": "ليلى حسن",
}
ZONES = (
    *("Europe/Rome", "Europe/London", "Europe/Paris", "Europe/Berlin", "Europe/Warsaw"),
    *("Europe/Athens", "America/New_York", "America/Chicago", "America/Denver"),
    *("America/Los_Angeles", "America/Sao_Paulo", "America/Toronto", "Asia/Tokyo"),
    *("Asia/Seoul", "Asia/Shanghai", "Asia/Taipei", "Asia/Dubai", "Asia/Kolkata"),
    *("Australia/Sydney", "Pacific/Auckland"),
)


def write_fleet(
    folder: Path,
    *,
    contacts: int,
    locales: tuple[str, ...] = tuple(NAMES),
    zones: tuple[str, ...] = ZONES,
) -> Path:
    """Write the sample notice for many customers; each contact gets one message.

    Contacts stand in the order of their customers, as exports have them; neighbours
    differ in locale and zone, and all pairs of both come up.
    """
    sample = resource_folder("examples") / "email-infrastructure"
    folder.mkdir()
    for name in ("notice.yaml", "waves.yaml"):
        shutil.copy(sample / name, folder)
    shutil.copytree(sample / "locales", folder / "locales")
    # So many instances fit the sample's windows only if they are upgraded at once.
    waves = (folder / "waves.yaml").read_text("utf-8")
    waves = waves.replace("parallel: 4", "parallel: 10000")
    (folder / "waves.yaml").write_text(waves, "utf-8")
    _write(
        folder / "customers.csv",
        "customer,name,country",
        (f"c{n},Customer & Sons {n} S.p.A.,IT" for n in range(CUSTOMERS)),
    )
    _write(
        folder / "instances.csv",
        "instance,customer,environment,wave",
        (
            f"c{n}-prod{i},c{n},production,{WAVE}"
            for n in range(CUSTOMERS)
            for i in range(1, INSTANCES + 1)
        ),
    )
    _write(
        folder / "contacts.csv",
        "customer,name,email,locale,timezone",
        (
            f"c{n * CUSTOMERS // contacts},{NAMES[lang]} {n},"
            f"a{n}@c{n % 500}.example.com,{lang},{zone}"
            for n in range(contacts)
            for turn, place in [divmod(n, len(locales))]
            for lang, zone in [(locales[place], zones[turn % len(zones)])]
        ),
    )
    return folder


def _write(path: Path, header: str, rows: Iterable[str]) -> None:
    path.write_text("\n".join([header, *rows, ""]), "utf-8")
