"""The fake site's server: raw sockets, so that no HTTP library puts right what must go wrong."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread
from typing import Self

from tasks.archive.sample_site import RecordedResponse, Recording
from tasks.core.rejects import Reason

# A client that hangs up is noticed after this time at the latest, on a busy machine too.
NOTICE_SECONDS = 0.25

BODY = b"<p>The harbour opened.</p>" * 100
NOT_FOUND = RecordedResponse(status=404, phrase="Not Found", headers=(), body=b"")
_OWN_HEADERS = frozenset({"content-length", "transfer-encoding", "connection"})


@dataclass(eq=False)
class Visit:
    """One request and the connection it came on."""

    path: str  # path and query
    headers: dict[str, str]  # by lower-case name
    number: int  # how often the path has been requested, this time included
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    at: float = field(default_factory=time.monotonic)
    # Up to when, at least, the client waited for the rest.
    held_until: float = field(default_factory=time.monotonic)

    async def send(self, data: bytes) -> None:
        # Whatever was sent before, the client had not seen all of it till now.
        self.held_until = time.monotonic()
        self.writer.write(data)
        await self.writer.drain()

    async def wait_until_left(self) -> None:
        with suppress(ConnectionError):
            await self.reader.read(1)
        self.held_until = time.monotonic() - NOTICE_SECONDS

    async def respond(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A sound response; underscores in header names stand for hyphens."""
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        await self.send(head(f"{status} OK", *lines, f"Content-Length: {len(body)}") + body)

    async def respond_as_recorded(self, sound: RecordedResponse) -> None:
        """The response as it should be, with a cookie that must not come back."""
        etag = sound.header("etag")
        if etag and self.headers.get("if-none-match") == etag:
            await self.send(head("304 Not Modified", f"ETag: {etag}"))
            return
        lines = [f"{name}: {text}" for name, text in sound.headers
                 if name.lower() not in _OWN_HEADERS]  # fmt: skip
        lines += [f"Content-Length: {len(sound.body)}", "Set-Cookie: id=1; Path=/; Max-Age=9999"]
        await self.send(head(f"{sound.status} {sound.phrase}", *lines) + sound.body)

    def hang_up(self) -> None:
        # What the client has not read yet is lost to it.
        self.writer.transport.abort()

    def close(self) -> None:
        # What was sent still arrives.
        self.writer.close()


Script = Callable[[Visit], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    name: str
    play: Callable[[Visit, RecordedResponse], Awaitable[None]]
    reason: Reason | None  # why the response is refused; `None` if the story is read all the same


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedFault:
    path: str
    fault: Fault
    visit: int  # its number among all visits


class FakeSite:
    """Serves scripts, faults and recorded responses, in this order; anything else is not found.

    A robots.txt that is not found is no visit, because every client requests it first.
    """

    def __init__(
        self,
        recording: Recording | None = None,
        faults: Mapping[str, list[Fault]] | None = None,
        latency_seconds: float = 0.0,
    ) -> None:
        """Bind a free port; every sound response waits for the latency."""
        self.recording = recording
        self.faults = faults or {}  # by path, played before a sound response is given
        self.replaced: dict[str, RecordedResponse] = {}  # by path, or `*` for any
        self.scripts: dict[str, Script] = {}  # by path
        self.visits: list[Visit] = []  # in their order
        self.hits: Counter[str] = Counter()  # by path
        self.played: list[PlayedFault] = []
        self._hops: dict[str, Fault] = {}
        self._latency_seconds = latency_seconds
        self._loop = asyncio.new_event_loop()
        server = self._loop.run_until_complete(
            self._loop.create_task(asyncio.start_server(self._serve, "127.0.0.1", 0))
        )
        self.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._server = server
        self._thread = Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def paths(self) -> list[str]:
        return [visit.path for visit in self.visits]

    def on(self, path: str, script: Script) -> None:
        self.scripts[path] = script

    def response(self, path: str) -> RecordedResponse:
        """The sound response to a path, 404 where there is none; a proxy gets a URL."""
        path = re.sub("^http://[^/]+", "", path)
        replaced = self.replaced.get(path) or self.replaced.get("*")
        recorded = self.recording.response(path) if self.recording else None
        return replaced or recorded or NOT_FOUND

    def _has(self, path: str) -> bool:
        is_found = self.response(path) is not NOT_FOUND
        return is_found or path in self.scripts or path in self.faults

    def stop_listening(self) -> None:
        """Refuse every further connection; those that stand go on."""
        self._loop.call_soon_threadsafe(self._server.close)

    async def _close(self) -> None:
        self._server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                first, *lines = request.strip().split("\r\n")
                pairs = (line.partition(":") for line in lines)
                headers = {name.lower(): value.strip() for name, _, value in pairs}
                path = first.split(" ")[1]
                if path.endswith("/robots.txt") and not self._has(path):
                    await Visit(path, headers, 0, reader, writer).respond(404)
                    continue
                self.hits[path] += 1
                visit = Visit(path, headers, self.hits[path], reader, writer)
                self.visits.append(visit)
                await self._respond(visit)
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        except asyncio.CancelledError:  # at the end of the site
            # Closed only, the socket would stay open for what the client has not taken.
            writer.transport.abort()
        finally:
            writer.close()

    async def _respond(self, visit: Visit) -> None:
        """Respond to one request; further hops of a chain of redirects are that chain's."""
        if script := self.scripts.get(visit.path):
            await script(visit)
            return
        path, _, hop = visit.path.partition("?hop=")
        sound = self.response(path)
        if hop:
            await self._hops[path].play(visit, sound)
        elif waiting := self.faults.get(path):
            fault = self._hops[path] = waiting.pop(0)
            place = len(self.visits) - 1
            self.played.append(PlayedFault(path=path, fault=fault, visit=place))
            await fault.play(visit, sound)
        else:
            await asyncio.sleep(self._latency_seconds)
            await visit.respond_as_recorded(sound)


def head(status: str, *lines: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("latin-1")


def responding(status: int, body: bytes = b"", **headers: str) -> Script:

    async def script(visit: Visit) -> None:
        await visit.respond(status, body, **headers)

    return script


def then_well(script: Script) -> Script:
    """A script that is replaced by a sound response after the first visit."""

    async def both(visit: Visit) -> None:
        await (script(visit) if visit.number == 1 else visit.respond(200, BODY))

    return both


def raw(data: bytes) -> Script:
    """A script that sends some bytes and hangs up."""

    async def script(visit: Visit) -> None:
        await visit.send(data)
        await asyncio.sleep(0.02)
        visit.hang_up()

    return script
