"""Ask markdownlint about pages, with what the documentation repository asks."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.node import find_node

FOLDER = Path(__file__).parent
_LINTER = FOLDER / "node_modules" / "markdownlint-cli2" / "markdownlint-cli2-bin.mjs"
_CONFIG = FOLDER / "pages.markdownlint.jsonc"
_FINDING = re.compile(r"^(page-(\d+)\.md):(\d+)\S* (?:error )?(\w+)/", re.MULTILINE)


def markdownlint(pages: Mapping[str, str], folder: Path) -> list[tuple[str, int, str]]:
    """Return what is found in *pages*: name, line, rule; *folder* holds them."""
    node = find_node()
    if not _LINTER.is_file():
        pytest.skip("needs `npm ci` in tests/validators")
    names = list(pages)
    for number, text in enumerate(pages.values()):
        (folder / f"page-{number}.md").write_bytes(text.encode())
    finished = subprocess.run(
        [node, str(_LINTER), "--config", str(_CONFIG), "*.md"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    if f"Linting: {len(names)} file(s)" not in finished.stdout:
        raise RuntimeError(finished.stdout + finished.stderr)
    found = _FINDING.findall(finished.stderr)
    if bool(finished.returncode) != bool(found):
        raise RuntimeError(finished.stderr)
    return [(names[int(number)], int(line), rule) for _, number, line, rule in found]
