"""Requests stories and yields them in batches."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import aclosing, nullcontext, suppress
from dataclasses import replace
from itertools import chain
from math import inf
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.core.errors import SiteUnreachableError
from tasks.core.ids import MissStreak
from tasks.core.parquet import stream_records
from tasks.core.records import FetchRequest
from tasks.core.rejects import MISSING, Reason, Reject, Stage
from tasks.core.run import Batch, Run
from tasks.core.settings import JSON
from tasks.core.staging import write_batch
from tasks.core.urls import interface_story_url
from tasks.http.network import NetworkClient
from tasks.warehouse.turns import fetch_turn, is_turn_wanted, stories_of_others

MIN_TURN_SECONDS = 2.0  # for so long at least a run requests before it lets another go first
FLUSH_SECONDS = 5.0  # a batch is written after this time, however few stories it holds
MAX_UNREACHABLE_STORIES = 10  # after so many in a row without a connection, the site is down

# Of a range of ids: beyond so many misses in a row it holds no more stories. If one id in twenty
# had one, a row as long would come about once in five million.
MAX_CONSECUTIVE_MISSES = 300

# A request that waits before its next attempt leaves its slot to another; so many may share one.
_REQUESTS_PER_SLOT = 4

_log = logging.getLogger(__name__)


# No retries: the client makes them, address by address, and the next run requests what is left.
@task(task_run_name="fetch {run.run_id}", cache_policy=NO_CACHE)
async def fetch(
    run: Run,
    client: NetworkClient,
    requests: Path,
    *,
    max_misses: int | None = None,
    in_turns: bool = False,
) -> AsyncGenerator[Batch]:
    """Request stories in their order, archive every response, and yield them batch by batch.

    `requests` is a Parquet file of `FetchRequest`. After `max_misses` in a row, in ranges of ids,
    the rest is left to another run. `in_turns` lets other runs go in between, and leaves out what
    they have requested. A `SiteUnreachableError` where robots.txt can't be read, or the site has
    stopped answering.
    """
    fetching = FetchBatches(run, client, max_misses=max_misses)
    queue = iter(stream_records(requests, FetchRequest))
    for first in queue:
        async with fetch_turn(run) if in_turns else nullcontext():
            rest: Iterator[FetchRequest] = chain((first,), queue)
            if in_turns:
                client.rate_limit.resume()
                others = await asyncio.to_thread(stories_of_others, run)
                rest = (one for one in rest if one.article_id not in others)
            async with aclosing(fetching.batches(rest, is_interruptible=in_turns)) as batches:
                async for batch in batches:
                    yield batch


class FetchBatches:
    """One fetch; whatever ends it, what has been archived is in a batch when `batches` ends."""

    def __init__(self, run: Run, client: NetworkClient, *, max_misses: int | None = None) -> None:
        self._run = run
        self._client = client
        self._batch_pages = run.settings.batch_pages
        self._misses = MissStreak(max_misses)
        self._rejects: list[Reject] = []
        self._finished = 0  # stories whose captures and rejects are in no batch yet
        self._batch_count = 0
        self._unreachable = 0
        self._may_end_at = inf
        self._is_due = asyncio.Event()
        # Two batches in memory at most: where nothing takes them, nothing is requested.
        self._free_places = asyncio.Semaphore(2 * self._batch_pages)

    async def batches(
        self, requests: Iterable[FetchRequest], *, is_interruptible: bool = False
    ) -> AsyncGenerator[Batch, None]:
        """Request stories in their order, several at a time; the count of a batch is of stories.

        A batch comes as soon as `batch_pages` stories are finished, or `FLUSH_SECONDS` after the
        last; the archive is synced before. If it is interruptible, it ends early when another run
        waits; the stories that `requests` has left then are for another call.
        """
        self._may_end_at = time.monotonic() + MIN_TURN_SECONDS if is_interruptible else inf

        async def fetch_all() -> None:
            queue = iter(requests)
            try:
                async with asyncio.TaskGroup() as group:
                    for _ in range(_REQUESTS_PER_SLOT * self._run.settings.concurrency):
                        group.create_task(self._fetch_in_turn(queue))
            except BaseExceptionGroup as failures:
                raise failures.exceptions[0] from failures

        fetching = asyncio.create_task(fetch_all())
        fetching.add_done_callback(lambda _task: self._is_due.set())
        try:
            while not fetching.done():
                self._is_due.clear()
                if self._finished < self._batch_pages:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._is_due.wait(), FLUSH_SECONDS)
                if self._is_pending:
                    yield await self._flush()
            while self._is_pending:
                yield await self._flush()
            await fetching
        finally:
            fetching.cancel()
            await asyncio.gather(fetching, return_exceptions=True)
            while self._is_pending:
                await self._flush()

    @property
    def _is_pending(self) -> bool:
        return bool(self._client.captures or self._rejects)

    async def _fetch_in_turn(self, queue: Iterator[FetchRequest]) -> None:
        for request in queue:
            if self._misses.is_over:
                _log.warning(
                    "Stopped after %d missing ids; %d not tried. If there should be stories among "
                    "them, run the same command again.",
                    self._misses.max_misses,
                    1 + sum(1 for _ in queue),
                )
                return
            await self._free_places.acquire()
            self._misses.step_to(request.article_id)
            reject = await self._fetch(request)
            if reject is not None:
                self._rejects.append(reject)
            self._misses.count(is_miss=reject is not None and reject.reason in MISSING)
            self._finished += 1
            if self._finished >= self._batch_pages:
                self._is_due.set()
            if reject is not None and self._unreachable >= MAX_UNREACHABLE_STORIES:
                raise SiteUnreachableError(
                    f"{self._run.settings.base_url} has stopped answering ({reject.detail}). What "
                    "was fetched is kept, the other stories wait. Check the network, then run it "
                    "again."
                )
            if time.monotonic() >= self._may_end_at and is_turn_wanted(self._run.paths):
                return

    async def _fetch(self, request: FetchRequest) -> Reject | None:
        """Request one story; return why there is nothing to use, where that is so."""
        is_json = self._run.settings.interface == JSON
        url = interface_story_url(request.article_id) if is_json else request.url
        result = await self._client.request(
            url,
            article_id=request.article_id,
            etag=request.etag,
            last_modified=request.last_modified,
        )
        if result.captures:
            self._unreachable = 0
        if result.failure is None:
            return None
        self._unreachable += result.failure.reason is Reason.NO_CONNECTION
        return result.failure.reject(
            url=url,
            article_id=request.article_id,
            stage=Stage.FETCH,
            run_id=self._run.run_id,
            # The time of the response that was refused, as in a rebuild.
            rejected_at=max((one.fetched_at for one in result.captures), default=None),
        )

    async def _flush(self) -> Batch:
        """Write what is pending as one batch; nothing is dropped before it is written."""
        limit = self._batch_pages
        captures, rejects = self._client.captures[:limit], self._rejects[:limit]
        is_all = max(len(self._client.captures), len(self._rejects)) <= limit
        finished = self._finished if is_all else min(self._finished, limit)
        path = self._run.paths.fetched / f"{self._run.run_id}-{self._batch_count + 1:05d}"
        await self._client.sync()
        batch = await asyncio.to_thread(write_batch, path, captures, rejects)
        del self._client.captures[: len(captures)]
        del self._rejects[: len(rejects)]
        self._finished -= finished
        self._batch_count += 1
        for _ in range(finished):
            self._free_places.release()
        return replace(batch, count=finished)
