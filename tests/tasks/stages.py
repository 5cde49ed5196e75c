"""A site of recorded responses, and single stages of runs over it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from flows.pipeline import open_client
from tasks.archive.sample_site import LoopbackServer, RecordedResponse
from tasks.core.parquet import read_records, write_records
from tasks.core.paths import DataPaths
from tasks.core.records import Capture, FetchRequest
from tasks.core.run import Batch, Run
from tasks.core.settings import Settings
from tasks.core.staging import complete_batches
from tasks.discover import discover
from tasks.fetch import fetch
from tasks.warehouse.writer import writer
from tests.sql.records import load_batch

ORIGIN = "https://menafn.com"
Record = TypeVar("Record")


def respond(body: str | bytes, status: int = 200, **headers: str) -> RecordedResponse:
    return RecordedResponse(
        status=status,
        phrase="OK",
        headers=tuple((name.replace("_", "-"), value) for name, value in headers.items()),
        body=body.encode() if isinstance(body, str) else body,
    )


def feed(*items: tuple[str, str, str]) -> RecordedResponse:
    """A feed of links, titles and dates."""
    written = "".join(
        f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate></item>"
        for link, title, date in items
    )
    body = f"<rss><channel>{written}</channel></rss>"
    return respond(body, ETag='"f1"', Last_Modified="Mon, 23 Nov 2026 22:00:00 GMT")


def listing(*links: str, following: str | None = None, tag: str = '"l1"') -> RecordedResponse:
    anchors = "".join(f'<li><a href="{link}">Title of {link[-1]}</a></li>' for link in links)
    more = f'<a rel="next" href="{following}">next</a>' if following else ""
    return respond(f"<html><body><ul>{anchors}</ul>{more}</body></html>", ETag=tag)


def story_request(article_id: int, url: str | None = None, etag: str | None = None) -> FetchRequest:
    url = url or f"{ORIGIN}/{article_id}/x"
    return FetchRequest(article_id=article_id, url=url, etag=etag, last_modified=None)


async def discover_alone(run: Run) -> Batch:
    async with open_client(run) as client:
        return await discover.fn(run, client)


async def fetch_alone(
    run: Run, requests: list[FetchRequest], max_misses: int | None = None
) -> list[Batch]:
    path = run.settings.data_dir / "requests.parquet"
    write_records(path, requests, FetchRequest)
    async with open_client(run) as client:
        return [batch async for batch in fetch.fn(run, client, path, max_misses=max_misses)]


def captures_of(batch: Path) -> list[Capture]:
    return read_records(batch / "captures.parquet", Capture)


class StagedSite:
    """A site whose responses a test sets, and the runs over it, each with its own server."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.folder = folder
        self.paths = DataPaths(data_dir=folder)
        self.settings: dict[str, Any] = {
            "data_dir": folder, "requests_per_second": 0, "attempts": 1, "feeds": (),
        } | settings  # fmt: skip
        # By path; of several each is sent once, and the last for every further request.
        self.pages: dict[str, RecordedResponse | list[RecordedResponse]] = {}
        self.requested: list[tuple[str, int]] = []  # paths and statuses of the last run
        self._runs = 0

    def discover(self, **changed: Any) -> Batch:
        with self._run(changed) as run:
            return asyncio.run(discover_alone(run))

    def fetch(self, *requests: FetchRequest, **changed: Any) -> list[Batch]:
        with self._run(changed) as run:
            return asyncio.run(fetch_alone(run, list(requests)))

    def load(self) -> None:
        """Load what is staged, so that the next poll's requests are conditional."""
        with writer(self.paths, wait_seconds=0) as connection:
            for folder in complete_batches(self.paths.staged):
                load_batch(connection, folder, run_id="r")

    @contextmanager
    def _run(self, changed: dict[str, Any]) -> Iterator[Run]:
        self._runs += 1
        with LoopbackServer(self._respond) as server:
            settings = Settings(**({"base_url": server.base_url} | self.settings | changed))
            run_id = f"20261123T22510{self._runs}Z-1f3a9c"
            started_at = datetime.now(UTC)
            try:
                yield Run(run_id=run_id, flow="ingest", started_at=started_at, settings=settings)
            finally:
                self.requested = [(hit.path, hit.status) for hit in server.log]

    def _respond(self, path: str) -> RecordedResponse | None:
        response = self.pages.get(path)
        if isinstance(response, list):
            return response.pop(0) if len(response) > 1 else response[0]
        return response
