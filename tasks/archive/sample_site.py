"""A small HTTP/1.1 server on the loopback interface that answers from recorded responses.

It keeps connections alive, answers conditional requests, counts what it is asked for, and runs in
a thread of its own. It isn't for the network: it binds 127.0.0.1 only.
"""

import argparse
import asyncio
import signal
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from threading import Thread
from typing import Self

from tasks.archive.reader import read_record, walk
from tasks.archive.records import ArchivedRecord
from tasks.archive.scan import TornRecord
from tasks.core.errors import StorageError
from tasks.core.records import NOT_MODIFIED
from tasks.core.urls import canonical_url

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a response lies; bodies stay on disk."""

    path: Path
    offset: int


class Recording:
    """The responses of WARC files by path and query, read from disk when they are asked for."""

    def __init__(self, *warcs: Path) -> None:
        """Note where every response lies; of several to one address the last counts.

        Args:
            warcs: WARC files of the wire, in their order. Answers that carry nothing (304), and
                those of other hosts, are left out.

        Raises:
            StorageError: a file can't be read, or is damaged.
        """
        self._places: dict[str, _Place] = {}
        for path in warcs:
            for record in walk(path):
                self._note(path, record)

    def __len__(self) -> int:
        """How many addresses are known."""
        return len(self._places)

    def response(self, path: str) -> RecordedResponse | None:
        """What was recorded for a path and query, `None` where nothing was."""
        url = canonical_url(path)
        place = self._places.get(url) if url else None
        if place is None:
            return None
        record = read_record(place.path, place.offset)
        return RecordedResponse(
            status=record.status, phrase=record.phrase, headers=record.headers, body=record.payload
        )

    def _note(self, path: Path, record: ArchivedRecord | TornRecord) -> None:
        if isinstance(record, TornRecord):
            raise StorageError(
                f"{path} is damaged at byte {record.offset} ({record.detail}). "
                "Copy it again from where it came."
            )
        url = canonical_url(record.url)
        if url is not None and record.status != NOT_MODIFIED:
            self._places[url] = _Place(path=path, offset=record.offset)


@contextmanager
def replay(*warcs: Path, latency_seconds: float = 0.0) -> Iterator[LoopbackServer]:
    """The wire of WARC files, over plain HTTP on a free port of the loopback interface.

    Args:
        warcs: the files.
        latency_seconds: how long every answer is held back.

    Yields:
        The server: its `base_url`, `hits` by path and query, and `log`.

    Raises:
        StorageError: a file can't be read, or is damaged.
    """
    recording = Recording(*warcs)
    with LoopbackServer(recording.response, latency_seconds=latency_seconds) as server:
        yield server


def main(arguments: list[str]) -> None:
    """Serve the named files, print the address, and wait for an interrupt."""
    parser = argparse.ArgumentParser(
        prog="python -m tasks.archive.sample_site", description=__doc__
    )
    parser.add_argument("warc", type=Path, nargs="+", help="a WARC file of the wire")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with replay(*parser.parse_args(arguments).warc) as server:
            print(server.base_url, flush=True)  # noqa: T201 - the one thing it says
            signal.pause()
    except KeyboardInterrupt:
        return
    except StorageError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main(sys.argv[1:])
