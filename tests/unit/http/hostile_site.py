"""A wire that misbehaves on purpose: raw sockets, so that no HTTP library puts things right."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from threading import Thread
from typing import Self

Script = Callable[["Visit"], Awaitable[None]]

NOTICE_SECONDS = 0.25
"""A client that hangs up is noticed after this time at the latest, on a busy machine too."""


class Visit:
    """One request and the connection it came on.

    Attributes:
        path: path and query.
        headers: by lower-case name.
        number: how often the path has been asked for, this time included.
        at: when it came, on the monotonic clock.
        held_until: up to when, at least, the client waited for the rest of the answer.
    """

    def __init__(
        self,
        path: str,
        headers: dict[str, str],
        number: int,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.path = path
        self.headers = headers
        self.number = number
        self.at = self.held_until = time.monotonic()
        self._reader = reader
        self._writer = writer

    async def send(self, data: bytes) -> None:
        """Send this much; whatever was sent before, the client had not seen all of it till now."""
        self.held_until = time.monotonic()
        self._writer.write(data)
        await self._writer.drain()

    async def wait_until_left(self) -> None:
        """Say nothing more until the client has hung up."""
        with suppress(ConnectionError):
            await self._reader.read(1)
        self.held_until = time.monotonic() - NOTICE_SECONDS

    async def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A sound answer; underscores in header names stand for hyphens."""
        lines = [f"HTTP/1.1 {status} Told", f"Content-Length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        await self.send("\r\n".join([*lines, "", ""]).encode("latin-1") + body)

    def hang_up(self) -> None:
        """Cut the connection without a word; what the client has not read yet is lost to it."""
        self._writer.transport.abort()

    def close(self) -> None:
        """End the connection once everything is sent."""
        self._writer.close()


class HostileWire:
    """Serves scripts by path; a robots.txt without a script is missing, and not logged.

    Attributes:
        base_url: where it listens.
        scripts: what to do for each path.
        hits: how often each path was asked for.
        log: when each request came, on the monotonic clock, and its path.
        requests: the headers of each request.
        visits: each request, in the order of asking.
    """

    def __init__(self, otherwise: Script | None = None) -> None:
        """Bind a free port; a path without a script is answered by `otherwise`, or with 404."""
        self.scripts: dict[str, Script] = {}
        self.visits: list[Visit] = []
        self._otherwise = otherwise or _not_found
        self.hits: Counter[str] = Counter()
        self.log: list[tuple[float, str]] = []
        self.requests: list[dict[str, str]] = []
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

    def on(self, path: str, script: Script) -> None:
        self.scripts[path] = script

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
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                request, *lines = head.strip().split("\r\n")
                path = request.split(" ")[1]
                headers = {
                    name.lower(): value.strip()
                    for name, _, value in (line.partition(":") for line in lines)
                }
                if path.endswith("/robots.txt") and path not in self.scripts:
                    await Visit(path, headers, 0, reader, writer).answer(404)
                    continue
                self.hits[path] += 1
                self.log.append((time.monotonic(), path))
                self.requests.append(headers)
                visit = Visit(path, headers, self.hits[path], reader, writer)
                self.visits.append(visit)
                await self.scripts.get(path, self._otherwise)(visit)
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()


async def _not_found(visit: Visit) -> None:
    await visit.answer(404)


BODY = b"<p>The harbour opened.</p>" * 100


def answering(status: int, body: bytes = b"", **headers: str):
    async def script(visit: Visit) -> None:
        await visit.answer(status, body, **headers)

    return script


def then_well(script):
    """What a script does the first time, and a sound answer ever after."""

    async def both(visit: Visit) -> None:
        await (script(visit) if visit.number == 1 else visit.answer(200, BODY))

    return both


def raw(data: bytes):
    async def script(visit: Visit) -> None:
        await visit.send(data)
        await asyncio.sleep(0.02)
        visit.hang_up()

    return script
