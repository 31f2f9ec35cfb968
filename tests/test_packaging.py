"""The wheel holds all that is needed, and works without the checkout."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKED = ("templates", "locales", "examples")

pytestmark = pytest.mark.slow


def run(*args: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(args, cwd=cwd, capture_output=True, text=True, check=True)


def files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder.parent).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling", reason="needs hatchling to build the wheel")
    folder = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        folder,
        cwd=ROOT,
    )
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the commands of an environment that holds only the wheel."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder / "venv", with_pip=True)
    commands = folder / "venv" / "bin"
    locked = (ROOT / "requirements-ci.txt").read_text("utf-8").splitlines()
    pins = [line.rstrip(" \\") for line in locked if "==" in line]
    (folder / "pins.txt").write_text("\n".join(pins), "utf-8")
    pip = (commands / "python", "-m", "pip", "install", "--quiet", "-c", "pins.txt")
    run(*pip, wheel, cwd=folder)
    return commands


def test_the_wheel_holds_the_package_with_its_data_and_nothing_else(wheel):
    expected = files(ROOT / "notifier")
    for name in PACKED:
        expected |= {f"notifier/{path}" for path in files(ROOT / name)}

    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert held == expected
    assert "notifier/py.typed" in held


def test_the_installed_wheel_makes_the_sample_renders_and_checks_it(
    installed, tmp_path
):
    notifier = installed / "notifier"
    now = ("--now", "2024-01-25")

    run(notifier, "init", "sample", cwd=tmp_path)
    shown = run(notifier, "waves", "sample", *now, cwd=tmp_path)
    run(notifier, "render", "sample", *now, "-o", "out", cwd=tmp_path)
    checked = run(notifier, "check", "sample", *now, cwd=tmp_path)
    explained = run(notifier, "check", "--explain", "waves/blackout", cwd=tmp_path)

    assert "The notice may go out: nothing is wrong." in checked.stdout
    assert "Move the wave before or after the blackout." in explained.stdout
    assert "production-1" in shown.stdout
    assert "Campaign" in (tmp_path / "out" / "en" / "page.html").read_text("utf-8")
    assert "Campaign" in (tmp_path / "out" / "ja" / "page.md").read_text("utf-8")
