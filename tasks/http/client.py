"""What every client of the site does: obey robots.txt, follow redirects, retry.

`NetworkClient` sends the requests, `ReplayClient` answers them from the archive.
"""

import asyncio
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from itertools import count
from urllib.parse import unquote

from tasks.core.records import Capture, FetchFailure, FetchResult, Response
from tasks.core.rejects import TRANSIENT, Reason, plain_line
from tasks.core.settings import Settings
from tasks.core.urls import canonical_url, dial_url, site_origin, story_id
from tasks.http.outcomes import REDIRECTS, failure_of
from tasks.http.robots import MAX_REDIRECTS, ROBOTS_URL, RobotsRules, read_rules

_FORBIDDEN = FetchFailure(reason=Reason.ROBOTS_FORBIDS, detail="robots.txt disallows it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One address, by whose rules it is requested, and what goes with it."""

    url: str
    rules: RobotsRules | None = None  # None only for robots.txt itself
    base_url: str | None = None  # where robots.txt is, which may redirect to the site's other host
    article_id: int | None = None
    conditions: tuple[tuple[bytes, bytes], ...] = ()


class Client(ABC):
    """Requests addresses of the site, and robots.txt before the first, within an event loop."""

    def __init__(self, settings: Settings) -> None:
        # Of archived responses in the archive's order; who writes them to a batch removes them.
        self.captures: list[Capture] = []
        self.robots: FetchResult | None = None  # what requesting robots.txt came to
        self._settings = settings
        self._rules: asyncio.Task[RobotsRules] | None = None

    async def request(
        self,
        url: str,
        *,
        article_id: int | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> FetchResult:
        """Request a canonical address until it has a response of 200 or 304, or has failed.

        A story (`article_id`) is followed to other addresses of its own only. Where robots.txt
        can't be read, nothing may be requested: `SiteUnreachableError`.
        """
        if self._rules is None:
            self._rules = asyncio.create_task(self.load_robots())
        rules = await asyncio.shield(self._rules)  # one caller's cancellation is not the others'
        if not rules.allows(url):
            return FetchResult(url=url, response=None, captures=(), failure=_FORBIDDEN)
        validators = ((b"If-None-Match", etag), (b"If-Modified-Since", last_modified))
        conditions = tuple((key, one.encode("latin-1", "ignore")) for key, one in validators if one)
        request = Request(url=url, rules=rules, article_id=article_id, conditions=conditions)
        return await self._request(request)

    async def load_robots(self) -> RobotsRules:
        self.robots = await self._request(
            Request(url=ROBOTS_URL, base_url=self._settings.base_url.rstrip("/"))
        )
        return read_rules(self.robots, self._settings)

    @abstractmethod
    async def exchange(self, request: Request) -> tuple[Response, Capture] | FetchFailure:
        """One complete response, archived, or why there is none."""

    @abstractmethod
    def retry_delay(self, url: str, failure: FetchFailure, number: int, /) -> float | None:
        """Seconds until an address is tried again after so many attempts; `None` for never."""

    async def _request(self, request: Request) -> FetchResult:
        captures: list[Capture] = []
        for number in count(1):
            result = await self._attempt(request, captures)
            if isinstance(result, Response) or result.reason not in TRANSIENT:
                break
            delay = self.retry_delay(request.url, result, number)
            if delay is None:
                break
            await asyncio.sleep(delay)
        response, failure = (result, None) if isinstance(result, Response) else (None, result)
        return FetchResult(
            url=request.url, response=response, captures=tuple(captures), failure=failure
        )

    async def _attempt(self, request: Request, captures: list[Capture]) -> Response | FetchFailure:
        """Request once, and follow redirects within the site."""
        seen = {request}
        while True:
            exchange = await self.exchange(request)
            if isinstance(exchange, FetchFailure):
                return exchange
            response, capture = exchange
            captures.append(capture)
            self.captures.append(capture)
            if response.status not in REDIRECTS:
                return failure_of(response, is_conditional=bool(request.conditions)) or response
            target = self._redirect_target(response, request)
            if isinstance(target, FetchFailure):
                return target
            most = self._settings.max_redirects if request.rules else MAX_REDIRECTS
            if target in seen or len(seen) > most:
                if target not in seen:
                    detail = f"more than {len(seen) - 1} redirects"
                elif len(seen) == 1:
                    detail = "redirected to itself: are WIREHOUSE_BASE_URL's scheme and host right?"
                else:
                    detail = f"redirected in a circle, by {len(seen)} addresses"
                return FetchFailure(reason=Reason.TOO_MANY_REDIRECTS, detail=detail)
            seen.add(target)
            request = target

    def _redirect_target(self, response: Response, request: Request) -> Request | FetchFailure:
        """What to request next, or why a redirect isn't followed."""
        base_url, location = request.base_url or self._settings.base_url, response.location
        page = dial_url(response.url, base_url)
        target = canonical_url(location, page=page, base_url=base_url)
        if not location or target is None:
            shown = plain_line(unquote(location))[:200]
            detail = f"status {response.status} to {shown or 'nowhere'}"
            return FetchFailure(reason=Reason.REDIRECTED_AWAY, detail=detail)
        if request.article_id is not None and story_id(target) != request.article_id:
            detail = f"to another page, {target}"
            return FetchFailure(reason=Reason.REDIRECTED_AWAY, detail=detail)
        if request.rules is None:
            # Without it nothing may be requested, so that it is read where the site has it.
            return replace(request, url=target, base_url=site_origin(location, page) or base_url)
        return replace(request, url=target) if request.rules.allows(target) else _FORBIDDEN
