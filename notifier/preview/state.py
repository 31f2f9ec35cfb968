"""What the page of the preview is told, as plain values for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from notifier.content.compiler import DOCUMENTS
from notifier.language.locales import babel_locale, direction
from notifier.language.pseudo import PSEUDO_LOCALES
from notifier.model.schedule import PlannedWave
from notifier.outputs.jobs import NO_WAVE
from notifier.preview.case import Case, Choice, View
from notifier.preview.marks import UNKNOWN, Mark, mark_of
from notifier.preview.problems import MOST_SHOWN, show_problems, visible
from notifier.preview.snapshot import Snapshot

_PSEUDO_NAMES = {"en-XA": "Accented, longer", "ar-XB": "Right to left"}


def state(
    snapshot: Snapshot, marks: Mapping[str, Mark], *, version: int
) -> dict[str, Any]:
    """Return what there is to see: documents, locales, waves, contacts, marks.

    *marks* are by cell; a cell without one is pending.
    """
    case = snapshot.case
    return {
        "version": version,
        "notice": _notice(case, snapshot) if case else None,
        "default_locale": case.notice.default_locale if case else None,
        "documents": DOCUMENTS,
        "locales": [_locale(tag) for tag in snapshot.presses],
        "waves": _waves(case, snapshot.waves) if case else [],
        "zones": _zones(snapshot),
        "contacts": [asdict(contact) for contact in snapshot.contacts],
        "contacts_total": _total(case),
        "problems": [asdict(problem) for problem in snapshot.shown],
        "problems_total": len(snapshot.problems),
        "cells": {
            cell.key: asdict(marks.get(cell.key, UNKNOWN)) for cell in snapshot.cells()
        },
    }


def cell(snapshot: Snapshot, choice: Choice, view: View) -> dict[str, Any]:
    """Return everything about one document but its HTML; texts are None without it."""
    letter, message = view.letter, view.message
    calendars = message.calendars if message else ()
    shown = show_problems(view.problems, snapshot.folder, view.made)
    return {
        "title": letter.title if letter else None,
        "lang": choice.locale,
        "dir": _direction(choice.locale),
        "text": letter.text if letter else None,
        "markdown": letter.markdown if letter else None,
        "headers": message.headers if message else None,
        "calendar": "\n".join(text for _, text in calendars) or None,
        "calendars": [{"name": name, "text": text} for name, text in calendars],
        "source": message.source if message else None,
        "problems": [asdict(problem) for problem in shown],
        "problems_total": len(view.problems),
        "problems_shown": MOST_SHOWN,
        "mark": asdict(mark_of(view)),
    }


def _notice(case: Case, snapshot: Snapshot) -> dict[str, str]:
    notice = case.notice
    title = case.notice.title.source
    folder = visible(str(snapshot.folder))
    return {"id": notice.id, "title": title, "folder": folder}


def _locale(tag: str) -> dict[str, Any]:
    pseudo = tag in PSEUDO_LOCALES
    own = None if pseudo else babel_locale(tag).get_display_name()
    name = _PSEUDO_NAMES[tag] if pseudo else own or tag
    return {"tag": tag, "name": name, "dir": _direction(tag), "pseudo": pseudo}


def _direction(tag: str) -> str:
    return direction(PSEUDO_LOCALES.get(tag, tag))


def _waves(case: Case, shown: tuple[str, ...]) -> list[dict[str, Any]]:
    told = [_wave(wave, case) for wave in case.plan.waves]
    if NO_WAVE in shown:
        none = {"id": NO_WAVE, "label": "No wave yet", "environment": "", "status": ""}
        told.append({**none, "open": True})
    return told


def _wave(wave: PlannedWave, case: Case) -> dict[str, Any]:
    label = wave.wave.label
    return {
        "id": wave.wave.id,
        "label": label.source if label else wave.wave.id,
        "environment": wave.wave.environment,
        "status": wave.status.value,
        "open": wave.wave.id in case.waves,
    }


def _zones(snapshot: Snapshot) -> list[str]:
    waves = snapshot.case.plan.waves if snapshot.case else ()
    own = {wave.window.timezone for wave in waves}
    zones = own | {contact.timezone for contact in snapshot.contacts} | {"UTC"}
    return sorted(zones - {""}) if snapshot.case else []


def _total(case: Case | None) -> int:
    return case.notice.contacts.count if case and case.notice.contacts else 0
