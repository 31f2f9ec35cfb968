"""Find a Node whose ICU and packages our judges can rely on."""

from __future__ import annotations

import shutil
import subprocess

import pytest

OLDEST = 20


def find_node() -> str:
    """Return the path of Node, or skip the running test where it is missing or old."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs node")
    asked = [node, "-p", "process.versions.node.split('.')[0]"]
    version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    if int(version) < OLDEST:
        pytest.skip(f"needs node {OLDEST} or newer, not {version.strip()}")
    return node
