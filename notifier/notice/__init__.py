"""Read a notice folder: hardened YAML and CSV, all problems at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from notifier.errors import Problem
from notifier.model.audience import Contact, ContactTable

if TYPE_CHECKING:
    from notifier.model.notice import Notice


def read_notice(folder: Path | str) -> tuple[Notice, tuple[Problem, ...]]:
    """Read the notice folder *folder*; return the notice and its warnings.

    Without `customers.csv`, the customers are those of `instances.csv`, named by id.

    Raises:
        NotifierError: a file has an error; it holds all problems of all files.
    """
    from notifier.notice import reader

    return reader.read_notice(Path(folder))


def read_contacts(table: ContactTable) -> Iterator[tuple[int, Contact]]:
    """Yield line number and contact of each row of a checked table, as a stream.

    Raises:
        NotifierError: the file has changed since and is malformed now.
    """
    from notifier.notice import contacts

    return contacts.read_contacts(table)


def json_schema(name: Literal["notice", "waves"]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of `notice.yaml` or `waves.yaml`."""
    if name == "notice":
        from notifier.notice.notice_schema import NoticeKeys

        schema = NoticeKeys.model_json_schema()
    else:
        from notifier.notice.waves_schema import WavesKeys

        schema = WavesKeys.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
