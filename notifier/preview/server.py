"""Serve the preview on this machine: find a free port, run until interrupted."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import uvicorn

from notifier.errors import NotifierError, Problem
from notifier.preview.app import make_app
from notifier.preview.desk import Desk

RULES = {"preview/no-port": "no port is free to listen on"}
_HOST = "127.0.0.1"
_TRIED = 50


def open_port(wanted: int) -> socket.socket:
    """Return a socket of this machine alone, at the port *wanted* or the next free one.

    Zero stands for any.

    Raises:
        NotifierError: fifty ports from *wanted* on are taken, or not allowed.
    """
    for port in range(wanted, min(wanted + _TRIED, 65_536)):
        bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((_HOST, port))
            # A second listener would be refused only now.
            bound.listen()
        except OSError:
            bound.close()
        else:
            return bound
    message = f"no port from {wanted} on is free"
    hint = "name another one with --port"
    raise NotifierError([Problem("preview/no-port", message, hint=hint)])


class Server(uvicorn.Server):
    """Serves one desk; open event streams end when it stops."""

    def __init__(
        self, desk: Desk, *, port: int, ready: Callable[[], None] = lambda: None
    ) -> None:
        self._desk, self._ready = desk, ready
        super().__init__(
            uvicorn.Config(
                make_app(desk, port=port),
                lifespan="on",
                log_level="error",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=2,
            )
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve, and say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving; who listens to the news is let go first."""
        await self._desk.close()
        await super().shutdown(sockets)


def serve(
    folder: Path,
    bound: socket.socket,
    *,
    now: datetime,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Show the notice *folder* at the port of *bound* until interrupted.

    *ready* is called once the page can be opened.
    """
    desk = Desk(folder, now=now)
    Server(desk, port=bound.getsockname()[1], ready=ready).run([bound])
