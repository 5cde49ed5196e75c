"""Serves recorded responses on the loopback interface, from a thread of the same process.

Conditional requests are answered, and every request is logged. It isn't for the network: it binds
127.0.0.1 only.
"""

import argparse
import asyncio
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate
from http import HTTPStatus
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self

from tasks.archive.reader import WarcScan, read_record
from tasks.core.errors import StorageError
from tasks.core.records import NOT_MODIFIED, OK
from tasks.core.urls import canonical_url

# The server sets those of its own connection; a recorded length may be that of chunks.
_CONNECTION_HEADERS = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})
_NOT_MODIFIED_HEADERS = frozenset({"etag", "last-modified", "cache-control", "vary"})
_KEEP_ALIVE_SECONDS = 600  # a client may load what it has before its next request


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedResponse:
    """A response of a site; `body` is as sent, its content coding not undone."""

    status: int
    phrase: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first value of a header, `None` where there is none; the name in lower case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    at: float  # monotonic seconds
    path: str  # with the query
    status: int  # of the response


class LoopbackServer:
    """Answers with what `lookup` has for a path and query, or 404, while its context is entered."""

    def __init__(self, lookup: Callable[[str], RecordedResponse | None]) -> None:
        """Bind a free port; `lookup` will be called in the server's thread."""
        self.log: list[Hit] = []  # every request in its order
        self._lookup = lookup
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=256)
        # Head and body are written apart; the second write must not wait for an acknowledgement.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.base_url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = Thread(
            target=lambda: asyncio.run(self._serve()), name="loopback", daemon=True
        )
        self._is_started = Event()

    def __enter__(self) -> Self:
        self._thread.start()
        self._is_started.wait()
        return self

    def __exit__(self, *_exception: object) -> None:
        """Close every connection and the port."""
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def _serve(self) -> None:
        import uvicorn

        config = uvicorn.Config(
            self._app,
            interface="asgi3",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="warning",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        )
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        await server.startup(sockets=[self._socket])
        self._is_started.set()
        await self._stop.wait()
        # `Server.serve` would notice the end, and close connections, a tenth of a second later.
        for listener in server.servers:
            listener.close()
        for connection in list(server.server_state.connections):
            connection.transport.abort()

    async def _app(self, scope: Any, _receive: Any, send: Any) -> None:
        query = scope["query_string"]
        path = (scope["raw_path"] + b"?" * bool(query) + query).decode()
        if scope["method"] in ("GET", "HEAD"):
            response = self._lookup(path) or _error(HTTPStatus.NOT_FOUND)
        else:
            response = _error(HTTPStatus.METHOD_NOT_ALLOWED)
        status, body = response.status, response.body
        headers = [
            (name.encode("latin-1"), value.encode("latin-1"))
            for name, value in response.headers
            if name.lower() not in _CONNECTION_HEADERS
        ]
        if status == OK and _is_unchanged(response, dict(scope["headers"])):
            status, body = NOT_MODIFIED, b""
            headers = [one for one in headers if one[0].decode().lower() in _NOT_MODIFIED_HEADERS]
        if status != NOT_MODIFIED:
            headers.append((b"Content-Length", b"%d" % len(body)))
        self.log.append(Hit(at=time.monotonic(), path=path, status=status))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _is_unchanged(response: RecordedResponse, request_headers: dict[bytes, bytes]) -> bool:
    """Whether the client has what it would be sent; see RFC 9110, 13.1.2 and 13.1.3."""
    if_none_match = request_headers.get(b"if-none-match")
    if if_none_match is not None:
        held = {tag.strip().removeprefix("W/") for tag in if_none_match.decode().split(",")}
        etag = response.header("etag")
        return etag is not None and ("*" in held or etag.removeprefix("W/") in held)
    since = parsedate(request_headers.get(b"if-modified-since", b"").decode())
    modified = parsedate(response.header("last-modified"))
    return since is not None and modified is not None and modified <= since


def _error(status: HTTPStatus) -> RecordedResponse:
    return RecordedResponse(
        status=status,
        phrase=status.phrase,
        headers=(("Content-Type", "text/plain; charset=utf-8"),),
        body=f"{status} {status.phrase}\n".encode(),
    )


class Recording:
    """The responses of WARC files by path and query; each file is a later state of the site."""

    def __init__(self, *warcs: Path) -> None:
        """Index the responses, but for 304 and those of other hosts; no file may be damaged."""
        self.state = len(warcs) - 1  # index of the newest file that counts
        self._offsets: list[dict[str, tuple[Path, int]]] = []
        offsets: dict[str, tuple[Path, int]] = {}
        for path in warcs:
            scan = WarcScan(path)
            for record in scan:
                url = canonical_url(record.url)
                if url is not None and record.status != NOT_MODIFIED:
                    offsets[url] = (path, record.offset)
            if scan.damage:
                raise StorageError(
                    f"{path} is damaged at byte {scan.damage.offset} ({scan.damage.detail}). "
                    "Copy it again from its source."
                )
            self._offsets.append(dict(offsets))

    def response(self, path: str) -> RecordedResponse | None:
        """What was recorded last for a path and query, `None` where nothing was."""
        found = self._offsets[self.state].get(canonical_url(path) or "")
        if found is None:
            return None
        record = read_record(*found)
        return RecordedResponse(
            status=record.status, phrase=record.phrase, headers=record.headers, body=record.body
        )


def main(arguments: list[str]) -> None:
    """Serve the named files, print the address, and wait for an interrupt."""
    parser = argparse.ArgumentParser(
        prog="python -m tasks.archive.sample_site", description=__doc__
    )
    parser.add_argument("warc", type=Path, nargs="+", help="a WARC file of the site")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        recording = Recording(*parser.parse_args(arguments).warc)
        with LoopbackServer(recording.response) as server:
            print(server.base_url, flush=True)  # noqa: T201 - the one thing it says
            signal.pause()
    except KeyboardInterrupt:
        return
    except StorageError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main(sys.argv[1:])
