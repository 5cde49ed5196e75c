"""Requests addresses of a site through the client, for tests."""

import asyncio
from typing import Any

from tasks.archive.records import capture_of
from tasks.core.errors import SiteUnreachableError
from tasks.core.records import Capture, FetchResult, Response
from tasks.core.rejects import Reason
from tasks.core.settings import Settings
from tasks.http.network import NetworkClient
from tests.site.server import FakeSite

ORIGIN = "https://menafn.com"


class MemoryStore:
    """Keeps responses in memory, in the order they were given."""

    def __init__(self) -> None:
        self.responses: list[Response] = []

    async def keep(self, response: Response, article_id: int | None) -> Capture:
        self.responses.append(response)
        return capture_of(
            response, capture_id=str(len(self.responses)), article_id=article_id, warc_path="",
            warc_offset=0, run_id="r",
        )  # fmt: skip

    async def sync(self) -> None:
        """Nothing outlasts the test."""


def settings(base_url: str, **changed: Any) -> Settings:
    given: dict[str, Any] = {"base_url": base_url, "requests_per_second": 0, "timeout_seconds": 0.5}
    return Settings(**(given | changed))


def request_all(
    given: Settings, *paths: str, store: MemoryStore | None = None, **options: Any
) -> list[Any]:
    """The results; where robots.txt can't be read, that of requesting it."""

    async def request() -> list[FetchResult]:
        async with NetworkClient(given, store or MemoryStore(), backoff_seconds=0.01) as client:
            try:
                requests = (client.request(ORIGIN + path, **options) for path in paths)
                return await asyncio.gather(*requests)
            except SiteUnreachableError:
                assert client.robots is not None
                return [client.robots]

    return asyncio.run(request())


def request(
    site: FakeSite, path: str = "/a", store: MemoryStore | None = None, **changed: Any
) -> Any:  # so that a test can use the response, or the failure, that it expects
    (result,) = request_all(settings(site.base_url, **changed), path, store=store)
    return result


def reason(result: FetchResult) -> Reason | None:
    assert result.response is None
    return result.failure.reason if result.failure else None
