"""Answer the requests of the preview's page: what there is, one document, the news.

`GET /` and `/assets/<name>` give the page itself, `/state.json` what there is,
`/cell.json` and `/frame` one document by `document`, `locale`, `wave`, `contact` and
`zone`, `/events` the news as server-sent events. Beside what the page was first built
on, `/state.json` has `problems_total`, and cells have `pending` while their mark is of
an earlier state; `/cell.json` has `calendars` (name and text of each file), `mark`,
`problems_total` and `problems_shown`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from notifier.errors import NotifierError, Problem
from notifier.preview.desk import Desk, News
from notifier.preview.frames import framed
from notifier.preview.guard import Guard
from notifier.preview.pages import problem_page
from notifier.preview.problems import show_problems
from notifier.preview.state import cell, state
from notifier.preview.watching import watch
from notifier.resources import resource_folder

_ASSETS = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}
_HEARTBEAT = 25.0
_PAGE = "index.html"


def make_app(desk: Desk, *, port: int) -> ASGIApp:
    """Return the application that shows *desk* at *port* of this machine."""
    answers = _Answers(desk)
    routes = [
        Route("/", answers.shell),
        Route("/assets/{name}", answers.asset),
        Route("/state.json", answers.state),
        Route("/cell.json", answers.cell),
        Route("/frame", answers.frame),
        Route("/events", answers.events),
    ]

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        stop = asyncio.Event()
        await desk.reload()
        watching = asyncio.create_task(watch(desk.folder, desk.reload, stop))
        yield
        stop.set()
        await desk.close()
        await watching

    return Guard(Starlette(routes=routes, lifespan=lifespan), port=port)


class _Answers:
    """The answers to requests, one method each."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._folder = resource_folder("templates") / "preview"

    async def shell(self, request: Request) -> Response:
        """Return the page."""
        return HTMLResponse((self._folder / _PAGE).read_bytes())

    async def asset(self, request: Request) -> Response:
        """Return a script or stylesheet of the page."""
        # Looked up among what there is, so that no name can lead elsewhere.
        known = {path.name: path for path in self._folder.iterdir()}
        path = known.get(request.path_params["name"])
        kind = _ASSETS.get(path.suffix) if path else None
        if path is None or kind is None:
            return Response("no such file\n", 404, media_type="text/plain")
        return Response(path.read_bytes(), media_type=kind)

    async def state(self, request: Request) -> Response:
        """Return what there is to see."""
        desk = self._desk
        return _Json(state(desk.snapshot, desk.marks, version=desk.version))

    async def cell(self, request: Request) -> Response:
        """Return one document in all formats but HTML."""
        try:
            return _Json(cell(*await self._desk.view(request.query_params)))
        except NotifierError as error:
            return self._unknown(error.problems)

    async def frame(self, request: Request) -> Response:
        """Return the HTML of one document, in the theme that is asked for."""
        theme = request.query_params.get("theme", "light")
        try:
            snapshot, _, view = await self._desk.view(request.query_params)
        except NotifierError as error:
            shown = show_problems(error.problems, self._desk.folder)
            return _html(problem_page("There is nothing to show", shown), 404)
        if view.letter is None:
            shown = show_problems(view.problems, snapshot.folder)
            return _html(problem_page("This document cannot be made", shown))
        return _html(framed(view.letter.html, view.pictures, theme))

    async def events(self, request: Request) -> Response:
        """Return the news as they come."""
        return StreamingResponse(
            _stream(self._desk.news()), media_type="text/event-stream"
        )

    def _unknown(self, problems: Iterable[Problem]) -> Response:
        shown = show_problems(problems, self._desk.folder)
        return _Json({"problems": [asdict(problem) for problem in shown]}, 404)


def _html(text: str, status: int = 200) -> Response:
    # A lone surrogate of a text cannot be encoded, but told.
    return HTMLResponse(text.encode(errors="xmlcharrefreplace"), status)


class _Json(JSONResponse):
    """JSON in ASCII, since a text may hold what UTF-8 cannot."""

    def render(self, content: Any) -> bytes:
        """Return *content* as bytes."""
        return json.dumps(content).encode("ascii")


async def _stream(news: AsyncIterator[News]) -> AsyncIterator[str]:
    """Yield *news* as server-sent events, and a comment when there are none."""
    # Listen first: what happens while the greeting is sent counts, too.
    waiting = asyncio.ensure_future(anext(news, None))
    try:
        yield "retry: 1000\n\n"
        while True:
            done, _ = await asyncio.wait([waiting], timeout=_HEARTBEAT)
            if not done:
                yield ": still here\n\n"
                continue
            if (each := waiting.result()) is None:
                return
            data = json.dumps({"version": each.version})
            yield f"event: {each.event}\ndata: {data}\n\n"
            waiting = asyncio.ensure_future(anext(news, None))
    finally:
        waiting.cancel()
