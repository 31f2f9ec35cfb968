"""Let in only who asks this machine for the preview, and say what a page may do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from notifier.preview.frames import FRAME_POLICY

_SHELL_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "frame-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
# Nothing in the frame can run a script: `allow-scripts` is missing. Its origin stays
# that of the preview (`allow-same-origin`), so that the page around it can read and
# restore how far it is scrolled; without scripts, the frame itself gains nothing by it.
_DOCUMENT_POLICY = f"sandbox allow-same-origin; {FRAME_POLICY}; frame-ancestors 'self'"
_DOCUMENT = "/frame"
_HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-DNS-Prefetch-Control": "off",
    }
)


class Guard:
    """Wraps *app*: refuses foreign Host headers, and adds the headers of security.

    A name of another machine that leads to this one (DNS rebinding) has another Host.
    """

    def __init__(self, app: ASGIApp, *, port: int) -> None:
        self._app = app
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_document = scope["path"] == _DOCUMENT
        policy = _DOCUMENT_POLICY if is_document else _SHELL_POLICY

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update({**_HEADERS, "Content-Security-Policy": policy})
            await send(message)

        host = Headers(scope=scope).get("host", "")
        refused = PlainTextResponse("this is not the preview's address\n", 400)
        app = self._app if host in self._hosts else refused
        await app(scope, receive, send_guarded)
