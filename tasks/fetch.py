"""Asks the wire for stories and hands them on in batches.

This module stands beside the verb `fetch` because it puts several adapters together, which
adapters may not do themselves.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import aclosing, suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Self

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.archive.writer import Archive
from tasks.core.errors import WireUnreachableError
from tasks.core.ids import MissStreak
from tasks.core.parquet import stream_records, write_records
from tasks.core.records import Capture, FetchFailure, FetchRequest, Response
from tasks.core.rejects import Reason, Reject, Stage
from tasks.core.run import Batch, Run
from tasks.core.settings import JSON
from tasks.core.urls import interface_story_url, story_id
from tasks.http.client import Client, Veto
from tasks.http.robots import ROBOTS_URL, RobotsRules, read_rules

FLUSH_SECONDS = 5.0
"""A batch is handed on after this time at the latest, however few stories it holds."""
UNANSWERED_STORIES = 10
"""After so many stories in a row that no connection could be made for, the wire is down."""

MAX_CONSECUTIVE_MISSES = 300
"""On a walk along ids: beyond so many in an unbroken row without a story there is none to be found.
If one id in twenty had one, a row as long would come about once in five million."""

# Whoever waits before asking again leaves its slot to another; so many may share one.
_ASKERS_PER_SLOT = 4
_HOLES = frozenset({Reason.NOT_FOUND, Reason.GONE, Reason.REDIRECTED_AWAY})
_FORBIDDEN = FetchFailure(reason=Reason.ROBOTS_FORBIDS, detail="robots.txt disallows it")

_log = logging.getLogger(__name__)


class Fetching:
    """One fetch; an async context manager that holds the run's archive and client.

    A capture is noted in the moment its answer has been archived. Whatever ends the fetch, what
    is noted is written to disk, at the latest when the iteration of `batches` ends.
    """

    def __init__(
        self, run: Run, *, most_holes: int | None = None, flush_seconds: float = FLUSH_SECONDS
    ) -> None:
        """Take note of the run; nothing is asked yet.

        Args:
            run: the run.
            most_holes: see `MAX_CONSECUTIVE_MISSES`; `None` where no ids are walked along.
            flush_seconds: see `FLUSH_SECONDS`.
        """
        self._run = run
        self._settings = run.settings
        self._flush_seconds = flush_seconds
        self._archive = Archive(run)
        self._wire = Client(run.settings, self._keep)
        self._rules = RobotsRules("", run.settings.user_agent)
        self._walk = MissStreak(most_holes)
        self._captures: list[Capture] = []
        self._rejects: list[Reject] = []
        self._settled = 0
        self._batches = 0
        self._unanswered = 0
        self._is_due = asyncio.Event()
        self._room = asyncio.Semaphore(2 * run.settings.batch_pages)

    async def __aenter__(self) -> Self:
        """The fetch itself."""
        return self

    async def __aexit__(self, *_exception: object) -> None:
        """Close the connections, then the archive."""
        try:
            await self._wire.__aexit__()
        finally:
            await self._archive.__aexit__()

    async def batches(self, stories: Iterable[FetchRequest]) -> AsyncGenerator[Batch, None]:
        """Ask for stories in their order, several at a time.

        No more than two batches are held in memory: where nobody takes them, nobody asks. Close
        the generator before this context, so that what it holds is still written.

        Args:
            stories: what to ask for.

        Yields:
            A batch as soon as `batch_pages` stories are settled, or `FLUSH_SECONDS` after the
            last; its path is a Parquet file of `Capture`, with rejects beside it where there are
            any, its count that of the settled stories. The archive is synced before.

        Raises:
            StorageError: the archive or a batch can't be written.
            WireUnreachableError: robots.txt can't be had, or the wire has stopped answering.
        """
        asking = asyncio.create_task(self._ask_all(stories))
        asking.add_done_callback(lambda _task: self._is_due.set())
        try:
            while not asking.done():
                await self._wait_until_due()
                if self._captures or self._rejects:
                    yield await self._flush()
            while self._captures or self._rejects:
                yield await self._flush()
            await asking
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            while self._captures or self._rejects:
                await self._flush()

    async def _wait_until_due(self) -> None:
        self._is_due.clear()
        if self._settled >= self._settings.batch_pages:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(self._flush_seconds):
                await self._is_due.wait()

    async def _ask_all(self, stories: Iterable[FetchRequest]) -> None:
        outcome = await self._wire.ask(ROBOTS_URL)
        self._rules = read_rules(outcome, self._settings)
        self._wire.pace.slow_to(self._rules.delay_seconds)
        waiting = iter(stories)
        try:
            async with asyncio.TaskGroup() as asking:
                for _ in range(_ASKERS_PER_SLOT * self._settings.concurrency):
                    asking.create_task(self._ask_in_turn(waiting))
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from failures

    async def _ask_in_turn(self, waiting: Iterator[FetchRequest]) -> None:
        for story in waiting:
            if self._walk.is_over:
                self._give_up(waiting)
                return
            await self._room.acquire()
            self._walk.step_to(story.article_id)
            reject = await self._ask(story)
            if reject is not None:
                self._note(reject)
            self._walk.meet(is_hole=reject is not None and reject.reason in _HOLES)
            self._settled += 1
            if self._settled >= self._settings.batch_pages:
                self._is_due.set()

    def _give_up(self, waiting: Iterator[FetchRequest]) -> None:
        """Leaves the rest of a walk to another run."""
        left = 1 + sum(1 for _ in waiting)
        _log.warning(
            "The wire has no story for %d ids in a row: no more is asked for, and %d ids are left. "
            "If there should be stories among them, run the same command again.",
            self._walk.most_holes,
            left,
        )

    async def _ask(self, story: FetchRequest) -> Reject | None:
        """Ask for one story; gives why there is nothing to use, where that is so.

        A refusal has the time of the answer that was refused, as it will in a rebuild.
        """
        url = self._address(story)
        if not self._rules.allows(url):
            return self._rejected(story, _FORBIDDEN)
        outcome = await self._wire.ask(
            url,
            article_id=story.article_id,
            etag=story.etag,
            last_modified=story.last_modified,
            veto=self._veto(story.article_id),
        )
        if outcome.refusal is None:
            return None
        reject = self._rejected(story, outcome.refusal)
        answered_at = [capture.fetched_at for capture in outcome.captures]
        return replace(reject, rejected_at=max(answered_at, default=reject.rejected_at))

    def _address(self, story: FetchRequest) -> str:
        """Where a story is asked for: its page, or the JSON interface."""
        is_json = self._settings.interface == JSON
        return interface_story_url(story.article_id) if is_json else story.url

    def _veto(self, article_id: int) -> Veto:
        """Follows a story to another address of its own, and nowhere else."""

        def veto(url: str) -> FetchFailure | None:
            if story_id(url) != article_id:
                return FetchFailure(reason=Reason.REDIRECTED_AWAY, detail=f"to another page, {url}")
            return None if self._rules.allows(url) else _FORBIDDEN

        return veto

    async def _keep(self, answer: Response, article_id: int | None) -> Capture:
        capture = await self._archive.keep(answer, article_id)
        self._captures.append(capture)
        self._unanswered = 0
        return capture

    def _rejected(self, story: FetchRequest, refusal: FetchFailure) -> Reject:
        return refusal.reject(
            url=self._address(story),
            article_id=story.article_id,
            stage=Stage.FETCH,
            run_id=self._run.run_id,
        )

    def _note(self, reject: Reject) -> None:
        """Notes a refusal, and gives up when one after the other finds nobody there."""
        self._rejects.append(reject)
        self._unanswered += reject.reason is Reason.NO_CONNECTION
        if self._unanswered >= UNANSWERED_STORIES:
            raise WireUnreachableError(
                f"{self._settings.base_url} has stopped answering ({reject.detail}). What was "
                "fetched is kept, the other stories wait. Check the network, then run it again."
            )

    async def _flush(self) -> Batch:
        """Writes what is noted as one batch; should it not come to the end, nothing is gone."""
        most = self._settings.batch_pages
        captures, rejects = self._captures[:most], self._rejects[:most]
        is_all = len(self._captures) <= most and len(self._rejects) <= most
        settled = self._settled if is_all else min(self._settled, most)
        batch_id = f"{self._run.run_id}-{self._batches + 1:05d}"
        path = self._run.paths.fetched / f"{batch_id}.parquet"
        await self._archive.sync()
        await asyncio.to_thread(_write, path, captures, rejects)
        del self._captures[: len(captures)]
        del self._rejects[: len(rejects)]
        self._settled -= settled
        self._batches += 1
        for _ in range(settled):
            self._room.release()
        return Batch(batch_id=batch_id, path=path, count=settled)


def _write(path: Path, captures: list[Capture], rejects: list[Reject]) -> None:
    """The rejects first: a batch is there once its captures are."""
    if rejects:
        write_records(path.with_suffix(".rejects.parquet"), rejects, Reject)
    write_records(path, captures, Capture)


@task(cache_policy=NO_CACHE)
async def fetch(run: Run, wanted: Path, most_holes: int | None = None) -> AsyncGenerator[Batch]:
    """Ask the wire for stories, archive every answer, and hand them on batch by batch.

    It is not tried again as a task: each address has its own attempts, and whatever is left
    over is wanted by the next run.

    Args:
        run: the run.
        wanted: a Parquet file of `FetchRequest`; asked for in its order.
        most_holes: for a walk along ids, after how many holes in a row it is over; see
            `tasks.fetching.MAX_CONSECUTIVE_MISSES`.

    Yields:
        Batches of `tasks.fetching.Fetching.batches`.

    Raises:
        StorageError: the archive or a batch can't be written; what was written stays.
        WireUnreachableError: robots.txt can't be had, or the wire has stopped answering.
    """
    stories = stream_records(wanted, FetchRequest)
    first = next(stories, None)
    if first is None:
        return
    async with (
        Fetching(run, most_holes=most_holes) as fetching,
        aclosing(fetching.batches(chain((first,), stories))) as batches,
    ):
        async for batch in batches:
            yield batch
