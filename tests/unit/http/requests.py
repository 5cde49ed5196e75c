"""Asks a wire through the client, for tests."""

import asyncio
from typing import Any

from tasks.core.records import Capture, FetchResult, Response
from tasks.core.rejects import Reason
from tasks.core.settings import Settings
from tasks.http.client import Client
from tests.site.server import FakeSite

ORIGIN = "https://menafn.com"


class Shelf:
    """Keeps answers in memory, in the order they were given."""

    def __init__(self) -> None:
        self.answers: list[Response] = []

    async def keep(self, answer: Response, article_id: int | None) -> Capture:
        self.answers.append(answer)
        return Capture(
            capture_id=str(len(self.answers)), url=answer.url, article_id=article_id,
            fetched_at=answer.fetched_at, status=answer.status, content_type=None,
            body_bytes=len(answer.body), payload_sha256="", warc_path="", warc_offset=0,
            etag=None, last_modified=None, run_id="r",
        )  # fmt: skip


def settings(base_url: str, **changed: Any) -> Settings:
    told: dict[str, Any] = {"base_url": base_url, "requests_per_second": 0, "timeout_seconds": 0.5}
    return Settings(**(told | changed))


def ask_all(
    told: Settings, *paths: str, shelf: Shelf | None = None, **question: Any
) -> list[FetchResult]:
    async def ask() -> list[FetchResult]:
        keep = (shelf or Shelf()).keep
        async with Client(told, keep, backoff_seconds=0.01) as client:
            asked = (client.ask(ORIGIN + path, **question) for path in paths)
            return await asyncio.gather(*asked)

    return asyncio.run(ask())


def ask(
    wire: FakeSite, path: str = "/a", shelf: Shelf | None = None, **changed: Any
) -> FetchResult:
    (outcome,) = ask_all(settings(wire.base_url, **changed), path, shelf=shelf)
    return outcome


def reason(outcome: FetchResult) -> Reason | None:
    assert outcome.answer is None
    return outcome.refusal.reason if outcome.refusal else None
