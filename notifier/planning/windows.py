"""Turn wall clocks into instants, with an eye on daylight saving."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from notifier.errors import NotifierError, Place, Problem
from notifier.model.schedule import LocalTime, Wave
from notifier.model.values import YEARS, Window
from notifier.planning.wording import DATES_HINT, offset
from notifier.zones import load_zone


def window(start: LocalTime, length: timedelta, timezone: str) -> Window:
    """Return the window that opens at *start* and lasts *length*, by a stopwatch.

    Raises:
        NotifierError: the zone is unknown, or *start* is skipped or repeated there
            and has no offset that says which instant is meant.
    """
    first = _instant(start, zone(timezone, start.place))
    return Window(first, first + length, timezone)


def wave_windows(wave: Wave) -> tuple[Window, Window | None]:
    """Return the window of *wave*, and the one that its last revision replaced.

    What `was` leaves out is as it is now. Raises as `window` does, for both at once.
    """
    spans = [(wave.start, wave.length)]
    if wave.was_start is not None or wave.was_length is not None:
        spans.append((wave.was_start or wave.start, wave.was_length or wave.length))
    windows: list[Window] = []
    problems: list[Problem] = []
    for start, length in spans:
        try:
            windows.append(window(start, length, wave.timezone))
        except NotifierError as error:
            problems += error.problems
    if problems:
        raise NotifierError(problems)
    return windows[0], windows[1] if len(windows) > 1 else None


def zone(name: str, place: Place | None = None) -> ZoneInfo:
    """Return the time zone *name*; NotifierError at *place* if there is none."""
    try:
        return load_zone(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"unknown time zone {name[:80]!r}"
        hint = "write Area/City, such as 'Europe/Rome', or 'UTC'"
        raise NotifierError(
            [Problem("waves/timezone", message, place, hint)]
        ) from error


def clock_change(window: Window, timezone: str) -> timedelta:
    """Return how far the clocks of *timezone* go forward during *window*.

    Negative when they go back, zero when they stay; *timezone* may be a customer's.
    """
    there = load_zone(timezone)
    end = window.end.astimezone(there).utcoffset() or timedelta()
    return end - (window.start.astimezone(there).utcoffset() or timedelta())


def _instant(local: LocalTime, there: ZoneInfo) -> datetime:
    wall = local.value
    if wall.year not in YEARS:
        raise NotifierError([_out_of_range(local)])
    # PEP 495: the folds differ exactly where a clock change skips or repeats *wall*.
    early, late = (_offset(wall.replace(fold=fold), there) for fold in (0, 1))
    if local.offset is None:
        if early != late:
            raise NotifierError([_unclear(local, there.key, (early, late))])
        chosen = early
    elif local.offset in (early, late):
        chosen = local.offset
    else:
        raise NotifierError([_foreign(local, there.key, (early, late))])
    return (wall - chosen).replace(tzinfo=UTC, fold=0)


def _offset(wall: datetime, there: ZoneInfo) -> timedelta:
    return wall.replace(tzinfo=there).utcoffset() or timedelta()


def _out_of_range(local: LocalTime) -> Problem:
    return Problem(
        "waves/date-out-of-range",
        f"cannot plan for {_written(local)!r}",
        local.place,
        DATES_HINT,
    )


def _unclear(
    local: LocalTime, key: str, offsets: tuple[timedelta, timedelta]
) -> Problem:
    skipped = offsets[0] < offsets[1]
    happens = "does not exist in" if skipped else "exists twice in"
    moves = "forward" if skipped else "back"
    rule = "waves/time-does-not-exist" if skipped else "waves/time-exists-twice"
    message = f"{_written(local)!r} {happens} {key}, where the clocks go {moves} then"
    choices = " or ".join(repr(_written(local) + offset(value)) for value in offsets)
    hint = f"choose another time, or say which is meant: {choices}"
    return Problem(rule, message, local.place, hint)


def _foreign(
    local: LocalTime, key: str, offsets: tuple[timedelta, timedelta]
) -> Problem:
    given = offset(local.offset or timedelta())
    known = " or ".join(dict.fromkeys(offset(value) for value in offsets))
    return Problem(
        "waves/offset-not-of-zone",
        f"{_written(local) + given!r} has an offset that {key} does not have then",
        local.place,
        f"write {known}, or leave it out"
        if offsets[0] == offsets[1]
        else f"write {known}",
    )


def _written(local: LocalTime) -> str:
    return local.value.replace(fold=0).isoformat(timespec="minutes")
