"""Publish the sample, against mkdocs with mkdocs-static-i18n of the same Markdown.

Both are whole commands, in turns, on one core. mkdocs gets an environment of its own
beside ours, from the package index, at the first run. Then, how the cost grows with
the number of notices and of waves.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path

from stopwatch import Row, command, medians, on_one_core

from notifier.resources import resource_folder

TENTH, GROWTH = 0.1, 1.25
FEW, MANY = 20, 200
WAVES, MOST_WAVES = 100, 1_000
NOW = "2024-02-01"
MKDOCS = ("mkdocs==1.6.1", "mkdocs-static-i18n==1.3.1", "mkdocs-material==9.8.1")
# What the themes call these locales.
_CODES = {
    "mkdocs": {"pt-BR": "pt_BR", "zh-Hans": "zh_CN", "zh-Hant": "zh_TW"},
    "material": {"zh-Hans": "zh", "zh-Hant": "zh-TW"},
}


def measure() -> list[Row]:
    """Return what was measured, the ratio, its limit, and whether it holds."""
    with tempfile.TemporaryDirectory() as name, on_one_core():
        folder = Path(name)
        sample = folder / "sample"
        shutil.copytree(resource_folder("examples") / "email-infrastructure", sample)
        return [*_rivals(folder, sample), _notices(folder, sample), _waves(folder)]


def _rivals(folder: Path, sample: Path) -> list[Row]:
    out = folder / "site"
    publish = _publish(out, sample)
    publish()
    program = _mkdocs()
    programs = {"ours": publish}
    for theme in _CODES:
        project = _project(folder / theme, out / "docs", theme)
        programs[theme] = command(program, "--quiet", "build", "-f", str(project))
    times = medians(programs, rounds=3)
    told = f"publish 14 locales ({times['ours']:.2f} s) / mkdocs build"
    rows = []
    for theme in _CODES:
        ratio = times["ours"] / times[theme]
        what = f"{told}, theme {theme} ({times[theme]:.2f} s)"
        rows.append((what, f"{ratio:.2f}", f"at most {TENTH}", ratio <= TENTH))
    return rows


def _publish(out: Path, *notices: Path) -> Callable[[], object]:
    notifier = str(Path(sys.executable).with_name("notifier"))
    folders = [str(each) for each in notices]
    return command(notifier, "publish", *folders, "--now", NOW, "-o", str(out))


def _mkdocs() -> str:
    environment = Path(sys.prefix) / "mkdocs"
    program = environment / "bin" / "mkdocs"
    if not program.exists():
        venv.create(environment, clear=True, with_pip=True)
        pip = (str(program.with_name("python")), "-m", "pip", "install", "--quiet")
        subprocess.run((*pip, *MKDOCS), check=True)
    return str(program)


def _project(folder: Path, docs: Path, theme: str) -> Path:
    """Write the Markdown of *docs* as mkdocs reads it; return the settings."""
    codes = {tag.name: _CODES[theme].get(tag.name, tag.name) for tag in docs.iterdir()}
    languages = "".join(
        f"        - {{locale: {code}, name: {tag}, build: true"
        f"{', default: true' if tag == 'en' else ''}}}\n"
        for tag, code in sorted(codes.items())
    )
    for tag, code in codes.items():
        shutil.copytree(docs / tag, folder / "docs" / code)
        (folder / "docs" / code / "TOC.md").unlink(missing_ok=True)
    settings = folder / "mkdocs.yml"
    settings.write_text(
        f"site_name: Notices\ntheme: {theme}\nplugins:\n  - i18n:\n"
        f"      docs_structure: folder\n      languages:\n{languages}",
        "utf-8",
    )
    return settings


def _notices(folder: Path, sample: Path) -> Row:
    text = (sample / "notice.yaml").read_text("utf-8")
    folders = []
    for number in range(MANY):
        notice = folder / "notices" / f"notice-{number}"
        shutil.copytree(sample, notice)
        changed = text.replace("email-infrastructure", notice.name)
        changed = changed.replace("upgrade-to-aws.md", f"{notice.name}.md")
        changed = changed.replace("migrate-infra-to-aws", notice.name)
        (notice / "notice.yaml").write_text(changed, "utf-8")
        folders.append(notice)
    few = _publish(folder / "few", *folders[:FEW])
    many = _publish(folder / "many", *folders)
    times = medians({"few": few, "many": many}, rounds=1)
    ratio = times["many"] / times["few"] / (MANY / FEW)
    what = f"publish {MANY} notices ({times['many']:.0f} s) / {MANY // FEW} × {FEW}"
    return what, f"{ratio:.2f}", f"at most {GROWTH}", ratio <= GROWTH


def _waves(folder: Path) -> Row:
    programs = {}
    for number in (WAVES, MOST_WAVES):
        notice = folder / f"waves-{number}"
        notice.mkdir()
        (notice / "notice.yaml").write_text(_NOTICE, "utf-8")
        (notice / "waves.yaml").write_text(
            "waves:\n"
            + "".join(
                f"  - {{id: w{each}, environment: production, window: 2 hours,"
                f" start: 2024-{3 + each % 9:02}-{1 + each % 28:02}T22:00,"
                f" timezone: Europe/Rome, duration: 45 minutes}}\n"
                for each in range(number)
            ),
            "utf-8",
        )
        programs[str(number)] = _publish(folder / f"out-{number}", notice)
    times = medians(programs, rounds=1)
    ratio = times[str(MOST_WAVES)] / times[str(WAVES)] / (MOST_WAVES / WAVES)
    what = (
        f"publish {MOST_WAVES:,} waves ({times[str(MOST_WAVES)]:.1f} s)"
        f" / {MOST_WAVES // WAVES} × {WAVES}"
    )
    return what, f"{ratio:.2f}", f"at most {GROWTH}", ratio <= GROWTH


_NOTICE = """\
notice: many-waves
kind: upgrade
title: Database upgrade
publisher:
  name: Kestrel
  domain: kestrel.example.com
  site: "https://notices.kestrel.example.com"
support: {name: Kestrel Support, url: "https://kestrel.example.com/help"}
locales: [en, it, fr, de, es, pt-BR, nl, sv, pl, ja, ko, zh-Hans, zh-Hant, ar]
fallback: warn
"""


if __name__ == "__main__":
    for row in measure():
        print(*row)
