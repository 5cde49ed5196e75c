"""The client that sends requests, at the settings' base URL and nowhere else.

It uses httpx's transport without the client around it, which keeps cookies, follows redirects by
itself and takes four times as long per request. The environment's proxies are used, but not for a
loopback base URL.
"""

import asyncio
import logging
import random
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, Self
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx
from h2.events import ResponseReceived
from httpcore._async.http2 import AsyncHTTP2Connection

from tasks.core.content_encoding import ACCEPTED
from tasks.core.errors import SettingsError
from tasks.core.records import Capture, FetchFailure, Response
from tasks.core.rejects import Reason
from tasks.core.run import utc_now
from tasks.core.settings import NO_CONTACT, Settings
from tasks.core.urls import dial_url, is_local_host, is_loopback_host, is_public_site
from tasks.http.client import Client, Request
from tasks.http.rate_limit import RateLimiter
from tasks.http.robots import MAX_DELAY_SECONDS, MAX_RULE_BYTES, RobotsRules

_log = logging.getLogger(__name__)

BACKOFF_SECONDS = 0.5  # upper bound of the first delay, which doubles with each attempt
MAX_BACKOFF_SECONDS = 30.0

_ACCEPT = (
    b"text/html, application/xhtml+xml, application/rss+xml, application/json, "
    b"application/xml;q=0.9, */*;q=0.1"
)
_REASONS: tuple[tuple[type[Exception], Reason], ...] = (
    (httpx.ConnectError, Reason.NO_CONNECTION),
    (httpx.ConnectTimeout, Reason.NO_CONNECTION),
    (httpx.ProxyError, Reason.NO_CONNECTION),
    (httpx.TimeoutException, Reason.TIMED_OUT),
    (TimeoutError, Reason.TIMED_OUT),
    (httpx.InvalidURL, Reason.NO_STORY_ID),
)
_MAX_DETAIL_CHARS = 300
_STATUS = re.compile(rb"[1-5][0-9]{2}")  # the others have no meaning, and no column would hold some


class ResponseStore(Protocol):
    """Where responses are archived."""

    async def keep(self, response: Response, article_id: int | None) -> Capture:
        """Archive one response, whatever its status."""

    async def sync(self) -> None:
        """Write everything kept so far to disk."""


class NetworkClient(Client):
    """Requests over the network, rate limited and bounded; an async context manager."""

    def __init__(
        self,
        settings: Settings,
        store: ResponseStore,
        *,
        next_request: Path | None = None,
        backoff_seconds: float = BACKOFF_SECONDS,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        """Prepare, unconnected; `next_request` is the file by which runs share the rate."""
        super().__init__(settings)
        self._store = store
        self._backoff_seconds = backoff_seconds
        self._clock = clock
        self.rate_limit = RateLimiter(
            settings.requests_per_second, next_request, max_pause_seconds=MAX_DELAY_SECONDS
        )
        self._slots = asyncio.Semaphore(settings.concurrency)
        self._headers = (
            (b"User-Agent", settings.user_agent.encode("ascii")),
            (b"Accept", _ACCEPT),
            (b"Accept-Encoding", ACCEPTED.encode("ascii")),
        )
        self._proxy = _proxy(settings.base_url)
        self._extensions: dict[str, Any] = {
            "timeout": httpx.Timeout(settings.timeout_seconds, pool=None).as_dict()
        }
        if is_public_site(settings.base_url) and self._proxy is None:
            self._extensions["trace"] = _refuse_private_network
        self._transport = _transport(settings, self._proxy)

    async def __aenter__(self) -> Self:
        self.rate_limit.resume()
        return self

    async def __aexit__(self, *_exception: object) -> None:
        if self._rules is not None:
            self._rules.cancel()
            await asyncio.gather(self._rules, return_exceptions=True)
        await self._transport.aclose()

    async def sync(self) -> None:
        """Write the responses of all `captures` to disk; call it before they go into a batch."""
        await self._store.sync()

    async def load_robots(self) -> RobotsRules:
        if NO_CONTACT in self._settings.user_agent and is_public_site(self._settings.base_url):
            _log.warning("Set WIREHOUSE_USER_AGENT: the site can't tell whom to write to.")
        rules = await super().load_robots()
        self.rate_limit.lower_to(rules.delay_seconds)
        return rules

    def retry_delay(self, _url: str, failure: FetchFailure, number: int, /) -> float | None:
        """The delay that the site requires, or exponential backoff with full jitter."""
        required, longest = failure.retry_after, self._settings.max_retry_after_seconds
        if failure.reason is Reason.RATE_LIMITED and required is not None:
            # It is about us, not about this address: every other request waits as well.
            self.rate_limit.pause(min(required, longest))
        if number >= self._settings.attempts or (required or 0.0) > longest:
            return None
        if required is not None:
            return required
        bound = min(self._backoff_seconds * 2 ** (number - 1), MAX_BACKOFF_SECONDS)
        return random.uniform(0.0, bound)  # noqa: S311 - it spreads load and guards nothing

    async def exchange(self, request: Request) -> tuple[Response, Capture] | FetchFailure:
        """One request, when the rate limit allows it, and within the deadline.

        Whatever the server sends, the libraries that read it may raise anything: a response that
        they can't read, or whose status is none, is a broken transfer and not archived.
        """
        seconds = self._settings.deadline_seconds
        async with self._slots:
            await self.rate_limit.acquire()
            try:
                async with asyncio.timeout(seconds):
                    response = await self._receive(request)
            except TimeoutError:
                detail = f"not complete after {seconds:g} s"
                return FetchFailure(reason=Reason.TIMED_OUT, detail=detail)
            except Exception as error:  # noqa: BLE001 - httpx passes on what others raise
                kinds = (reason for kind, reason in _REASONS if isinstance(error, kind))
                text = "".join(filter(str.isprintable, str(error)))[:_MAX_DETAIL_CHARS]
                return FetchFailure(
                    reason=next(kinds, Reason.BROKEN_TRANSFER), detail=text or type(error).__name__
                )
            if response is None:
                detail = f"more than {self._settings.max_body_bytes} bytes"
                return FetchFailure(reason=Reason.TOO_LARGE, detail=detail)
            # In its slot: a site that goes down is noticed only after what came is archived.
            return response, await self._store.keep(response, request.article_id)

    async def _receive(self, request: Request) -> Response | None:
        """The whole response; `None` where its body is too long. Of robots.txt a part will do."""
        sent = httpx.Request(
            "GET",
            dial_url(request.url, request.base_url or self._settings.base_url),
            headers=[*self._headers, *request.conditions],
            extensions=self._extensions,
        )
        received = await self._transport.handle_async_request(sent)
        assert isinstance(received.stream, httpx.AsyncByteStream)
        is_robots = request.rules is None
        body, limit = bytearray(), MAX_RULE_BYTES if is_robots else self._settings.max_body_bytes
        try:
            _require_status(b"%d" % received.status_code)
            declared = received.headers.get("content-length", "")
            is_declared = declared.isascii() and declared.isdigit()
            if not is_robots and is_declared and int(declared[:20]) > limit:
                return None
            async for part in received.stream:
                body += part
                if len(body) > limit:
                    if not is_robots:
                        return None
                    del body[limit:]
                    break
        finally:
            await received.aclose()
        stream = received.extensions.get("network_stream")
        address = stream.get_extra_info("server_addr") if stream and not self._proxy else None
        return Response(
            url=request.url,
            status=received.status_code,
            phrase=received.reason_phrase,
            http_version=received.http_version,
            headers=tuple(received.headers.raw),
            body=bytes(body),
            remote_ip=str(address[0]) if address else None,
            fetched_at=self._clock(),
        )


def _require_status(status: bytes) -> None:
    if not _STATUS.fullmatch(status):
        shown = status[:20].decode("latin-1")
        raise httpcore.RemoteProtocolError(f"its status is {shown!r}, which is no HTTP status")


_receive_stream_event = AsyncHTTP2Connection._receive_stream_event  # noqa: SLF001


async def _receive_checked_event(self: AsyncHTTP2Connection, *arguments: Any) -> Any:
    event = await _receive_stream_event(self, *arguments)
    if isinstance(event, ResponseReceived):
        _require_status(dict(event.headers or ()).get(b":status", b""))
    return event


# httpcore takes a response without a status for a 200, and `2_00` for one.
AsyncHTTP2Connection._receive_stream_event = _receive_checked_event  # type: ignore[method-assign,assignment] # noqa: SLF001


async def _refuse_private_network(event: str, info: Mapping[str, Any]) -> None:
    """Close a connection, before anything is sent, if it leads to a private network."""
    # The server there is not the site, and a request could reach what only this machine may.
    if event != "connection.connect_tcp.complete":
        return
    stream = info["return_value"]
    address = str(stream.get_extra_info("server_addr")[0])
    if is_local_host(address):
        await stream.aclose()
        raise httpx.ConnectError(f"the site's name leads to {address}, a private address")


def _transport(settings: Settings, proxy: str | None) -> httpx.AsyncHTTPTransport:
    limits = httpx.Limits(
        max_connections=settings.concurrency, max_keepalive_connections=settings.concurrency
    )
    try:
        if proxy is not None and urlsplit(proxy).port == 0:
            raise ValueError("port 0")  # noqa: TRY301 - httpx takes it and fails at each request
        return httpx.AsyncHTTPTransport(http2=True, limits=limits, proxy=proxy)
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        # The error isn't shown: it quotes the address, with the password in it.
        raise SettingsError(
            f"The environment's proxy for {settings.base_url} can't be used. Check HTTP_PROXY, "
            "HTTPS_PROXY and ALL_PROXY; Wirehouse speaks to proxies over HTTP, at an address such "
            "as http://user:password@host:3128."
        ) from error


def _proxy(base_url: str) -> str | None:
    """The environment's proxy for the site, `None` where there is none or it isn't to be used."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if is_loopback_host(host) or proxy_bypass(host):
        return None
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    return f"http://{proxy}" if proxy and "://" not in proxy else proxy
