"""Render Markdown as the production site does, to judge what notifier writes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.node import find_node

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Result:
    """What production makes of one document; *html* is None where it fails."""

    html: str | None
    leftovers: tuple[str, ...]
    error: str | None = None


def require_node() -> None:
    """Skip the running test where Node or its packages are missing."""
    find_node()
    if not (FOLDER / "node_modules").is_dir():
        pytest.skip("needs `npm ci` in tests/validators")


def render_production(documents: Iterable[str]) -> list[Result]:
    """Return what production makes of each of *documents*, in one Node process."""
    require_node()
    finished = subprocess.run(
        ["node", str(FOLDER / "dialect.cjs")],
        input=json.dumps(list(documents)),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    if finished.returncode not in (0, 1) or not finished.stdout:
        raise RuntimeError(finished.stderr)
    return [
        Result(one.get("html"), tuple(one["leftovers"]), one.get("error"))
        for one in json.loads(finished.stdout)
    ]
