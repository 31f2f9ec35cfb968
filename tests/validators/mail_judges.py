"""Ask the outside judges of a message's HTML: the Nu checker, caniemail, Chromium."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from tests.node import find_node

FOLDER = Path(__file__).parent
BROWSER = FOLDER.parent / "browser"
NU = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def nu_errors(files: Iterable[Path]) -> list[str]:
    """Return what the Nu checker says of *files*, errors and warnings."""
    java = _tool("java")
    if not NU.is_file():
        pytest.skip("needs `npm ci` in tests/validators")
    command = [java, "-Xss2m", "-jar", str(NU), "--format", "json"]
    said = _run([*command, *map(str, files)], "", accepted=(0, 1)).stderr
    return [message["message"] for message in json.loads(said)["messages"]]


def lacking_features(html: str) -> dict[str, list[str]]:
    """Return what Gmail, Outlook or Apple Mail lack for *html*, and which of them."""
    found = json.loads(_node(FOLDER / "caniemail.mjs", html))
    return {title: list(clients) for title, clients in found.items()}


def opened(files: Iterable[Path], *, width: int) -> list[Mapping[str, object]]:
    """Open *files* in Chromium, on light and on dark paper; return what is there."""
    asked = {
        "browser": _tool("chromium"),
        "files": [str(file) for file in files],
        "width": width,
    }
    seen = json.loads(_node(BROWSER / "mail.mjs", json.dumps(asked)))
    return list(seen)


def _node(script: Path, given: str) -> str:
    node = find_node()
    if not (FOLDER / "node_modules" / "axe-core").is_dir():
        pytest.skip("needs `npm ci` in tests/validators")
    return _run([node, str(script)], given).stdout


def _run(
    command: list[str], given: str, *, accepted: tuple[int, ...] = (0,)
) -> subprocess.CompletedProcess[str]:
    finished = subprocess.run(
        command,
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=240,
    )
    if finished.returncode not in accepted:
        raise RuntimeError(finished.stderr)
    return finished


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"needs {name}")
    return path
