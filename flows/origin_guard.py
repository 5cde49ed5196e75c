"""What keeps web pages of other origins away from Prefect's server.

CORS and Prefect's CSRF tokens, which the settings of `flows.prefect_api` turn on, don't cover all
of it: a browser opens WebSockets to any origin, and a name that an attacker points at loopback
makes his page and the server one origin.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose


class OriginGuard:
    """An ASGI application that answers its own pages, and programs that are no browsers."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        """Guard `app`, whose own pages have these origins, such as `http://localhost:4200`."""
        self._app = app
        self._hosts = {urlsplit(origin).netloc for origin in origins}
        self._origins = {None, *origins}  # programs send none

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, or refuse it with status 403."""
        answer: ASGIApp = self._app
        if scope["type"] != "lifespan":
            headers = Headers(scope=scope)
            if headers.get("host") not in self._hosts or headers.get("origin") not in self._origins:
                answer = PlainTextResponse("Only pages of this server may use it.", 403)
                if scope["type"] == "websocket":
                    answer = WebSocketClose()
        await answer(scope, receive, send)
