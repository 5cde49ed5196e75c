"""A small HTTP/1.1 server on the loopback interface that answers from recorded responses.

It keeps connections alive, answers conditional requests, counts what it is asked for, and runs in
a thread of its own. It isn't for the network: it binds 127.0.0.1 only.
"""

import asyncio
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from threading import Thread
from typing import Self

MAX_HEAD_BYTES = 1 << 16
"""A request's line and headers; Wirehouse's own have a few hundred."""

_OF_THE_CONNECTION = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})
_ANSWERED = frozenset({"GET", "HEAD"})
_VALIDATORS = frozenset({"etag", "last-modified", "cache-control", "vary"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedResponse:
    """What a server once answered.

    Attributes:
        status: the HTTP status.
        phrase: the words after it.
        headers: the headers; those of the connection and the length are put right when served.
        body: the body as sent.
    """

    status: int
    phrase: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first value of a header, `None` where there is none; the name in lower case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One request that was answered.

    Attributes:
        at: when it had been read, on the monotonic clock (seconds).
        path: path and query as asked for.
        status: what it was answered with.
    """

    at: float
    path: str
    status: int


Lookup = Callable[[str], RecordedResponse | None]
"""Gives the response to a path and query, `None` for one that isn't known."""


class LoopbackServer:
    """Serves what a lookup gives, from entering the context until leaving it.

    Attributes:
        base_url: where it listens: `http://127.0.0.1:<port>`.
        hits: how often each path and query was asked for.
        log: every request in the order of asking.
    """

    def __init__(self, lookup: Lookup, *, latency_seconds: float = 0.0) -> None:
        """Bind a free port; requests wait there until the context is entered.

        Args:
            lookup: called in the server's thread for each request.
            latency_seconds: how long every answer is held back.
        """
        self.hits: Counter[str] = Counter()
        self.log: list[Hit] = []
        self._lookup = lookup
        self._latency_seconds = latency_seconds
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.base_url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._serve, name="loopback", daemon=True)
        self._connections: set[asyncio.Transport] = set()

    def __enter__(self) -> Self:
        """Begin to answer."""
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        """Close every connection and the port."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _serve(self) -> None:
        loop = self._loop
        server = loop.run_until_complete(loop.create_server(self._connection, sock=self._socket))
        loop.run_forever()
        server.close()
        for transport in self._connections:
            transport.abort()
        loop.run_until_complete(server.wait_closed())
        loop.run_until_complete(asyncio.sleep(0))  # connections are told of their end here
        loop.close()

    def _connection(self) -> asyncio.Protocol:
        return _Connection(self._answer, self._connections, self._latency_seconds)

    def _answer(self, method: str, path: str, headers: dict[str, str]) -> bytes:
        """The answer to one request, ready to send."""
        found = self._lookup(path) if method in _ANSWERED else _plain(HTTPStatus.METHOD_NOT_ALLOWED)
        response = found or _plain(HTTPStatus.NOT_FOUND)
        if response.status == HTTPStatus.OK and _is_unchanged(response, headers):
            response = _not_modified(response)
        self.hits[path] += 1
        self.log.append(Hit(at=time.monotonic(), path=path, status=response.status))
        return _on_the_wire(response, has_body=method != "HEAD")


class _Connection(asyncio.Protocol):
    """One client: requests are answered in turn, each before the next is read."""

    def __init__(
        self,
        answer: Callable[[str, str, dict[str, str]], bytes],
        connections: set[asyncio.Transport],
        latency_seconds: float,
    ) -> None:
        self._answer = answer
        self._connections = connections
        self._latency_seconds = latency_seconds
        self._received = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._connections.add(transport)

    def connection_lost(self, _error: Exception | None) -> None:
        self._connections.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head = self._received[:end].decode("latin-1")
            del self._received[: end + 4]
            self._reply(head)
        if len(self._received) > MAX_HEAD_BYTES:
            self._transport.abort()

    def _reply(self, head: str) -> None:
        request, *lines = head.split("\r\n")
        method, _, target = request.partition(" ")
        path, _, version = target.rpartition(" ")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        sent = self._answer(method, path, headers)
        is_last = version == "HTTP/1.0" or headers.get("connection", "").lower() == "close"
        if self._latency_seconds:
            loop = asyncio.get_running_loop()
            loop.call_later(self._latency_seconds, self._send, sent, is_last)
        else:
            self._send(sent, is_last)

    def _send(self, sent: bytes, is_last: bool) -> None:  # noqa: FBT001 - a callback
        if not self._transport.is_closing():
            self._transport.write(sent)
            if is_last:
                self._transport.close()


def _is_unchanged(response: RecordedResponse, headers: dict[str, str]) -> bool:
    """Whether what the client holds is what it would be sent; see RFC 9110, 13.1.2 and 13.1.3."""
    asked_tags, tag = headers.get("if-none-match"), response.header("etag")
    if asked_tags is not None:
        held = {one.strip().removeprefix("W/") for one in asked_tags.split(",")}
        return tag is not None and ("*" in held or tag.removeprefix("W/") in held)
    since, changed = headers.get("if-modified-since"), response.header("last-modified")
    if since is None or changed is None:
        return False
    return since == changed or _is_at_or_before(changed, since)


def _is_at_or_before(changed: str, since: str) -> bool:
    try:
        return _instant(changed) <= _instant(since)
    except ValueError:
        return False


def _instant(http_date: str) -> datetime:
    parsed = parsedate_to_datetime(http_date)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _not_modified(response: RecordedResponse) -> RecordedResponse:
    kept = tuple(pair for pair in response.headers if pair[0].lower() in _VALIDATORS)
    return RecordedResponse(
        status=HTTPStatus.NOT_MODIFIED, phrase="Not Modified", headers=kept, body=b""
    )


def _plain(status: HTTPStatus) -> RecordedResponse:
    return RecordedResponse(
        status=status,
        phrase=status.phrase,
        headers=(("Content-Type", "text/plain; charset=utf-8"),),
        body=f"{status} {status.phrase}\n".encode(),
    )


def _on_the_wire(response: RecordedResponse, *, has_body: bool) -> bytes:
    lines = [f"HTTP/1.1 {int(response.status)} {response.phrase}"]
    lines += [
        f"{name}: {value}"
        for name, value in response.headers
        if name.lower() not in _OF_THE_CONNECTION
    ]
    if response.status != HTTPStatus.NOT_MODIFIED:
        lines.append(f"Content-Length: {len(response.body)}")
    head = "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")
    return head + response.body if has_body else head
