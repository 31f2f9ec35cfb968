"""A preview that stays open all day: no memory lost, no work without a reason."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from notifier.preview.desk import Desk
from tests.preview.running import NOW, running

pytestmark = pytest.mark.slow
MOST_GROWTH = 20_000_000
ROOT = Path(__file__).parents[2]
# Of one processor; whoever does nothing needs next to nothing.
MOST_IDLE = 0.05


def resident():
    """Return the bytes of memory that this process occupies."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096


async def reload_often(folder):
    """Print how much memory the 50th to the 500th reload have cost."""
    desk = Desk(folder, now=NOW)
    notice, catalog = (
        folder / "notice.yaml",
        folder / "locales" / "it" / "LC_MESSAGES" / "notice.po",
    )
    texts = {path: path.read_text("utf-8") for path in (notice, catalog)}
    asked = {"document": "announcement", "locale": "it", "wave": "production-1"}
    before = 0
    for number in range(500):
        if number == 50:
            before = resident()
        notice.write_text(
            texts[notice].replace("title: C", f"title: {number} C"), "utf-8"
        )
        catalog.write_text(
            texts[catalog].replace("Europa, notte", f"Europa {number}, notte"), "utf-8"
        )
        await desk.reload()
        await desk.view({"document": "page", "locale": "it"})
        _, _, view = await desk.view(asked)
        assert view.letter is not None
        assert f"{number} C" in view.letter.title
    print(resident() - before)
    await desk.close()


def test_500_reloads_cost_no_memory(sample):
    if not Path("/proc/self/statm").exists():
        pytest.skip("needs /proc")
    notice = sample / "notice.yaml"
    text = notice.read_text("utf-8")
    notice.write_text(text.replace("fallback: forbid", "fallback: warn"), "utf-8")
    # In a process of its own, which nothing else has filled before.
    command = [sys.executable, "-m", "tests.preview.test_endurance", str(sample)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    print(f"\n450 reloads: {int(done.stdout) / 1e6:.1f} MB")
    assert int(done.stdout) < MOST_GROWTH


def test_50_views_that_nobody_touches_need_no_work(sample):
    with ExitStack() as stack:
        preview = stack.enter_context(running(sample))
        preview.judged()
        for _ in range(50):
            client = stack.enter_context(running_client(preview))
            stack.enter_context(client.stream("GET", "/events"))
        time.sleep(0.5)
        before = time.process_time()
        time.sleep(4)
        used = (time.process_time() - before) / 4

    print(f"\n50 idle views: {used:.2%} of a processor")
    assert used < MOST_IDLE


def running_client(preview):
    import httpx

    return httpx.Client(base_url=preview.url, trust_env=False)


if __name__ == "__main__":
    asyncio.run(reload_often(Path(sys.argv[1])))
