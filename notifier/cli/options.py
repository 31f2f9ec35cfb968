"""The argument and the options that several commands share."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click


def moment(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime:
    """Return *value*, an ISO 8601 date or time, in UTC; the clock if it is None.

    A date alone is its midnight, a time without an offset is UTC.
    """
    if value is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        written = datetime.fromisoformat(value)
        aware = written if written.tzinfo else written.replace(tzinfo=UTC)
        result = aware.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError) as error:
        message = f"{value[:80]!r} is no ISO date or time, such as 2024-01-25T09:00Z."
        raise click.BadParameter(message) from error
    # Far years would overflow when an estimate or a notice period is added.
    if not 1970 <= result.year < 3000:
        raise click.BadParameter(f"{value!r} is not in the years 1970 to 2999.")
    return result


notice_argument = click.argument(
    "folder", metavar="[NOTICE]", default=".", type=click.Path(path_type=Path)
)

now_option = click.option(
    "--now",
    metavar="TIMESTAMP",
    envvar="NOTIFIER_NOW",
    show_envvar=True,
    callback=moment,
    help="Take this ISO date or time as the present; the default is the clock.",
)
