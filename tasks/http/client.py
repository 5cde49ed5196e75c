"""The one client of a run.

It dials the settings' base URL and nothing else; redirects are followed by hand, within the wire.
It is httpx's transport alone, the connections without the client around them: that one keeps
cookies, knows redirects, and takes a quarter of the time of each request. The environment's
proxies are used, but not for a loopback base.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any, Self
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx
from tenacity import AsyncRetrying, RetryCallState, wait_random_exponential

from tasks.core.content_encoding import ACCEPTED
from tasks.core.errors import SettingsError
from tasks.core.records import Capture, FetchFailure, FetchResult, Response
from tasks.core.rejects import Reason
from tasks.core.settings import Settings
from tasks.core.urls import canonical_url, dial_url, is_local_host, is_wires_own_name
from tasks.http.outcomes import (
    REDIRECTS,
    TRANSIENT,
    refusal_by_error,
    refusal_by_status,
    retry_after,
)
from tasks.http.rate_limit import Pace

BACKOFF_SECONDS = 0.5
"""The first pause before asking again is at most this, the next at most twice that, and so on."""
MAX_BACKOFF_SECONDS = 30.0

_ACCEPT = (
    b"text/html, application/xhtml+xml, application/rss+xml, application/json, "
    b"application/xml;q=0.9, */*;q=0.1"
)

Keep = Callable[[Response, int | None], Awaitable[Capture]]
"""Archives an answer that was given for a story, or for none; called before anything reads it."""
Veto = Callable[[str], FetchFailure | None]
"""Why a redirect to a canonical address isn't followed; `None` where it is."""


def follow_all(_url: str) -> FetchFailure | None:
    """The veto that has nothing against any address of the wire."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """One address with what goes along with it; the captures of every answer gather in it."""

    url: str
    article_id: int | None
    validators: tuple[tuple[bytes, bytes], ...]
    veto: Veto
    captures: list[Capture] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """How one try ended: with an answer to use or a refusal."""

    answer: Response | None = None
    refusal: FetchFailure | None = None
    retry_after: float | None = None


class Client:
    """Asks the wire for addresses; an async context manager, for one event loop."""

    def __init__(
        self, settings: Settings, keep: Keep, *, backoff_seconds: float = BACKOFF_SECONDS
    ) -> None:
        """Make the client; nothing is dialled yet.

        Args:
            settings: limits, base URL and user agent.
            keep: archives every answer, whatever its status.
            backoff_seconds: see `BACKOFF_SECONDS`.

        Raises:
            SettingsError: the environment names a proxy that can't be used.
        """
        self.pace = Pace(settings.requests_per_second)
        self._settings = settings
        self._keep = keep
        self._slots = asyncio.Semaphore(settings.concurrency)
        self._backoff = wait_random_exponential(backoff_seconds, MAX_BACKOFF_SECONDS)
        self._headers = (
            (b"User-Agent", settings.user_agent.encode("ascii")),
            (b"Accept", _ACCEPT),
            (b"Accept-Encoding", ACCEPTED.encode("ascii")),
        )
        timeouts = httpx.Timeout(settings.timeout_seconds, pool=None).as_dict()
        self._proxy = _proxy(settings.base_url)
        self._extensions: dict[str, Any] = {"timeout": timeouts}
        if is_wires_own_name(settings.base_url) and self._proxy is None:
            self._extensions["trace"] = _refuse_private_network
        self._transport = _transport(settings, self._proxy)

    async def __aenter__(self) -> Self:
        """The wire itself."""
        return self

    async def __aexit__(self, *_exception: object) -> None:
        """Close every connection."""
        await self._transport.aclose()

    async def ask(
        self,
        url: str,
        *,
        article_id: int | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        veto: Veto = follow_all,
    ) -> FetchResult:
        """Ask for one address until there is an answer to use or no hope of one.

        Whatever the wire does is in the outcome; nothing it does raises.

        Args:
            url: a canonical address.
            article_id: the story it is asked for, for the captures.
            etag: validator of what is known already.
            last_modified: the other validator.
            veto: says why a redirect within the wire isn't to be followed.

        Returns:
            An answer of status 200 or, with a validator, 304; or the reason why there is none.
            Every answer on the way has been archived.

        Raises:
            StorageError: an answer can't be archived.
        """
        question = _Question(
            url=url,
            article_id=article_id,
            validators=_conditions(etag, last_modified),
            veto=veto,
        )
        attempt = await self._attempt(question)
        if self._may_try_again(attempt) and self._settings.attempts > 1:
            attempt = await self._try_again(question, attempt)
        return FetchResult(
            url=url,
            answer=attempt.answer,
            captures=tuple(question.captures),
            refusal=attempt.refusal,
        )

    async def _try_again(self, question: _Question, first: _Attempt) -> _Attempt:
        """Further attempts, each after the pause that the one before it asks for."""
        attempts = iter([first])

        async def attempt() -> _Attempt:
            return next(attempts, None) or await self._attempt(question)

        retrying = AsyncRetrying(
            retry=lambda state: self._may_try_again(_result(state)),
            stop=lambda state: state.attempt_number >= self._settings.attempts,
            wait=self._pause,
            retry_error_callback=_result,
        )
        return await retrying(attempt)

    def _may_try_again(self, attempt: _Attempt) -> bool:
        if attempt.refusal is None or attempt.refusal.reason not in TRANSIENT:
            return False
        return (attempt.retry_after or 0.0) <= self._settings.max_retry_after_seconds

    def _pause(self, state: RetryCallState) -> float:
        """What the wire asked for, or exponential backoff with full jitter."""
        asked = _result(state).retry_after
        return self._backoff(state) if asked is None else asked

    async def _attempt(self, question: _Question) -> _Attempt:
        """Ask once, and follow redirects within the wire."""
        url, seen = question.url, {question.url}
        while True:
            answer = await self._exchange(url, question.validators)
            if isinstance(answer, FetchFailure):
                return _Attempt(refusal=answer)
            question.captures.append(await self._keep(answer, question.article_id))
            if answer.status not in REDIRECTS:
                return self._judged(answer, is_conditional=bool(question.validators))
            target = self._target(answer, url, question.veto)
            if isinstance(target, FetchFailure):
                return _Attempt(refusal=target)
            if target in seen or len(seen) > self._settings.max_redirects:
                return _Attempt(refusal=_too_many_redirects(target, seen))
            seen.add(target)
            url = target

    def _judged(self, answer: Response, *, is_conditional: bool) -> _Attempt:
        refusal = refusal_by_status(answer, is_conditional=is_conditional)
        if refusal is None:
            return _Attempt(answer=answer)
        pause = retry_after(answer) if refusal.reason in TRANSIENT else None
        if refusal.reason is Reason.RATE_LIMITED and pause is not None:
            # It is about us, not about this address: every other request waits as well.
            self.pace.keep_silent(min(pause, self._settings.max_retry_after_seconds))
        return _Attempt(refusal=refusal, retry_after=pause)

    def _target(self, answer: Response, url: str, veto: Veto) -> str | FetchFailure:
        """Where a redirect leads, or why it isn't followed."""
        base_url = self._settings.base_url
        location = answer.header("location") or ""
        target = canonical_url(location, page=dial_url(url, base_url), base_url=base_url)
        if not location or target is None:
            shown = location[:200] or "nowhere"
            return FetchFailure(
                reason=Reason.REDIRECTED_AWAY, detail=f"status {answer.status} to {shown}"
            )
        return veto(target) or target

    async def _exchange(
        self, url: str, validators: tuple[tuple[bytes, bytes], ...]
    ) -> Response | FetchFailure:
        """One request and its whole answer, in its turn and within the deadline."""
        async with self._slots:
            await self.pace.turn()
            try:
                async with asyncio.timeout(self._settings.deadline_seconds):
                    return await self._receive(url, validators)
            except TimeoutError:
                detail = f"not complete after {self._settings.deadline_seconds:g} s"
                return FetchFailure(reason=Reason.TIMED_OUT, detail=detail)
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
                return refusal_by_error(error)

    async def _receive(
        self, url: str, validators: tuple[tuple[bytes, bytes], ...]
    ) -> Response | FetchFailure:
        request = httpx.Request(
            "GET",
            dial_url(url, self._settings.base_url),
            headers=[*self._headers, *validators],
            extensions=self._extensions,
        )
        response = await self._transport.handle_async_request(request)
        try:
            body = await _body(response, self._settings.max_body_bytes)
        finally:
            await response.aclose()
        if body is None:
            detail = f"more than {self._settings.max_body_bytes} bytes"
            return FetchFailure(reason=Reason.TOO_LARGE, detail=detail)
        return Response(
            url=url,
            status=response.status_code,
            phrase=response.reason_phrase,
            http_version=response.http_version,
            headers=tuple(response.headers.raw),
            body=body,
            remote_ip=None if self._proxy else _remote_ip(response),
            fetched_at=datetime.now(UTC),
        )


async def _body(response: httpx.Response, limit: int) -> bytes | None:
    """The body as sent; `None` once it passes the limit, or says that it will."""
    assert isinstance(response.stream, httpx.AsyncByteStream)
    declared = response.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared[:20]) > limit:
        return None
    parts: list[bytes] = []
    received = 0
    async for part in response.stream:
        received += len(part)
        if received > limit:
            return None
        parts.append(part)
    return b"".join(parts)


def _remote_ip(response: httpx.Response) -> str | None:
    stream = response.extensions.get("network_stream")
    address = stream.get_extra_info("server_addr") if stream is not None else None
    return str(address[0]) if address else None


async def _refuse_private_network(event: str, told: Mapping[str, Any]) -> None:
    """Hangs up, before anything is asked, where the wire's name leads to a private network.

    Whoever answers for that name there is not the wire, and a request could reach what only this
    machine or its neighbours may. An operator who means it sets that address as the base.

    Raises:
        httpx.ConnectError: it does.
    """
    if event != "connection.connect_tcp.complete":
        return
    stream = told["return_value"]
    address = str(stream.get_extra_info("server_addr")[0])
    if is_local_host(address):
        await stream.aclose()
        raise httpx.ConnectError(f"the wire's name leads to {address}, a private address")


def _conditions(etag: str | None, last_modified: str | None) -> tuple[tuple[bytes, bytes], ...]:
    given = ((b"If-None-Match", etag), (b"If-Modified-Since", last_modified))
    return tuple((name, value.encode("latin-1", "ignore")) for name, value in given if value)


def _result(state: RetryCallState) -> _Attempt:
    assert state.outcome is not None
    attempt: _Attempt = state.outcome.result()
    return attempt


def _too_many_redirects(target: str, seen: set[str]) -> FetchFailure:
    if target not in seen:
        detail = f"more than {len(seen) - 1} redirects"
    elif len(seen) == 1:
        detail = "redirected to itself; does WIREHOUSE_BASE_URL have the right scheme and host?"
    else:
        detail = f"redirected in a circle, by {len(seen)} addresses"
    return FetchFailure(reason=Reason.TOO_MANY_REDIRECTS, detail=detail)


def _transport(settings: Settings, proxy: str | None) -> httpx.AsyncHTTPTransport:
    connections = httpx.Limits(
        max_connections=settings.concurrency, max_keepalive_connections=settings.concurrency
    )
    try:
        _require_port(proxy)
        return httpx.AsyncHTTPTransport(http2=True, limits=connections, proxy=proxy)
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        # The error isn't shown: it quotes the address, with the password in it.
        raise SettingsError(
            f"The environment's proxy for {settings.base_url} can't be used. Check HTTP_PROXY, "
            "HTTPS_PROXY and ALL_PROXY; Wirehouse speaks to proxies over HTTP, at an address such "
            "as http://user:password@host:3128."
        ) from error


def _require_port(proxy: str | None) -> None:
    """Refuse a port that no connection could be made to.

    Raises:
        ValueError: it is none.
    """
    if proxy is not None and urlsplit(proxy).port == 0:
        raise ValueError("port 0")


def _proxy(base_url: str) -> str | None:
    """The environment's proxy for the wire, `None` where there is none or it isn't to be used."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if _is_loopback(host) or proxy_bypass(host):
        return None
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    return f"http://{proxy}" if proxy and "://" not in proxy else proxy


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
