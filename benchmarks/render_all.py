"""Render the sample: all locales, documents, waves and formats, by the command.

The yardstick is the start of Python with the libraries that rendering needs.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from stopwatch import command, medians

LIMIT = 12.0
LIBRARIES = (
    "import babel.dates, babel.messages, click, jinja2, markdown, nh3, pydantic, yaml"
)


def measure() -> tuple[str, str, str, bool]:
    """Return what was measured, the ratio, its limit, and whether it holds."""
    notifier = str(Path(sys.executable).with_name("notifier"))
    with tempfile.TemporaryDirectory() as name:
        sample, out = str(Path(name) / "sample"), str(Path(name) / "out")
        command(notifier, "init", sample)()
        render = ("render", sample, "--now", "2024-01-25", "-o", out)
        times = medians(
            {
                "ours": command(notifier, *render),
                "imports": command(sys.executable, "-c", LIBRARIES),
            },
            rounds=3,
        )
        files = sum(path.is_file() for path in Path(out).rglob("[!.]*"))
    ratio = times["ours"] / times["imports"]
    what = f"render {files} files ({times['ours']:.1f} s) / import of the libraries"
    return what, f"{ratio:.1f}", f"at most {LIMIT}", ratio <= LIMIT


if __name__ == "__main__":
    print(*measure())
