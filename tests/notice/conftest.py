"""A fixture that writes notice folders."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from notice_folders import Write


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes files into a folder; `../` names go beside it."""

    def write_files(files: Mapping[str, str | bytes]) -> Path:
        folder = tmp_path / "folder"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            (folder / name).write_bytes(data)
        return folder

    return write_files
