"""What the tests of the preview share: a real server in a thread, and its news."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx

from notifier.preview.desk import Desk
from notifier.preview.server import Server, open_port

NOW = datetime(2024, 2, 1, tzinfo=UTC)
PATIENCE = 15


class Preview:
    """A running preview, asked over the network."""

    def __init__(self, url, server):
        self.url, self.server = url, server
        self.http = httpx.Client(base_url=url, timeout=PATIENCE, trust_env=False)

    def get(self, path, **params):
        return self.http.get(path, params=params)

    def state(self):
        return self.get("/state.json").json()

    def cell(self, **params):
        return self.get("/cell.json", **params).json()

    def frame(self, **params):
        return self.get("/frame", **params).text

    def until(self, wanted, *, within=PATIENCE):
        """Return the first state that is as *wanted*."""
        deadline = time.monotonic() + within
        while not wanted(state := self.state()):
            assert time.monotonic() < deadline, state["problems"]
            time.sleep(0.02)
        return state

    def judged(self):
        """Return the cells once no mark is pending."""
        return self.until(_is_judged, within=4 * PATIENCE)["cells"]

    @contextmanager
    def changes(self):
        """Give an iterator over the versions that come from now on."""
        with self.news() as news:
            yield (version for event, version in news if event == "change")

    @contextmanager
    def news(self):
        """Give an iterator over the events that come from now on."""
        with self.http.stream("GET", "/events") as answer:
            assert answer.status_code == 200
            lines = answer.iter_lines()
            assert next(lines) == "retry: 1000"
            yield _events(lines)


def _is_judged(state):
    return not any(cell["pending"] for cell in state["cells"].values())


def _events(lines):
    name = None
    for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, json.loads(value)["version"]


@contextmanager
def running(folder, *, now=NOW, port=0):
    """Run the preview of *folder* on a free port, and stop it in the end."""
    bound = open_port(port)
    port = bound.getsockname()[1]
    ready = threading.Event()
    server = Server(Desk(folder, now=now), port=port, ready=ready.set)
    thread = threading.Thread(target=server.run, args=([bound],))
    thread.start()
    try:
        assert ready.wait(PATIENCE)
        preview = Preview(f"http://127.0.0.1:{port}", server)
        yield preview
        preview.http.close()
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        assert not thread.is_alive()


def save(path, text):
    """Write *text* as most editors do: beside the file, then over it."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, "utf-8")
    beside.replace(path)
