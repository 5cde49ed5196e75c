"""Replays the archive: its responses go through the stages again, window by window."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.archive.files import (
    ArchivePart,
    archived_files,
    archived_parts,
    archived_response,
    archived_settings,
    captures_of,
    info_of,
)
from tasks.archive.reader import WarcScan
from tasks.archive.records import settings_of
from tasks.core.errors import UsageError
from tasks.core.parquet import read_records, write_records
from tasks.core.records import Capture, Validators
from tasks.core.run import Batch, Run
from tasks.core.staging import write_batch
from tasks.http.replay import ReplayClient
from tasks.listings.poll import poll_site
from tasks.matchers import MATCHERS
from tasks.warehouse import swap

# Enough to keep every worker busy, few enough to lose little where a window waits for its last.
MAX_BATCHES_PER_WINDOW = 20

_log = logging.getLogger(__name__)

swap_in = task(swap.swap_in)


@task(task_run_name="inherit-state {run.run_id}")
def inherit_state(run: Run, *, accept_losses: bool) -> None:
    """See `swap.inherit_state`."""
    swap.inherit_state(run, accept_losses=accept_losses, matchers=MATCHERS)


def rebuild_run(run: Run) -> Run:
    """The run with stages and a database of its own, and the archive's base URL."""
    if not archived_files(run.paths):
        raise UsageError(
            f"{run.paths.raw} holds no archive of Wirehouse to rebuild from. WARC files of other "
            "origin are imported by wirehouse backfill --warc"
        )
    return replace(run, settings=archived_settings(run), state_folder=f"{run.state_folder}/rebuild")


@task(task_run_name="replay-archive {run.run_id}", cache_policy=NO_CACHE)
async def replay_archive(run: Run) -> AsyncGenerator[tuple[Batch, ...]]:
    """Replay what was archived since this run's last pass; `run` is what `rebuild_run` gave.

    What listings said is staged; the responses for stories are yielded as fetched batches, in
    windows. The batches of a window can be loaded in any order, because no two runs requested a
    story of one; each window must be loaded before the next is taken.
    """
    async with aclosing(ArchiveReplay(run).windows()) as windows:
        async for window in windows:
            yield window


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReplayProgress:
    """How far a part of the archive has been replayed."""

    name: str
    position: int


class ArchiveReplay:
    """One pass over the archive, from where the pass before it ended."""

    def __init__(self, run: Run) -> None:
        self._run = run
        passes = sorted(run.paths.state.glob("replayed-*.parquet"))
        progress = read_records(passes[-1], _ReplayProgress) if passes else []
        self._pass = len(passes)
        self._positions = {one.name: one.position for one in progress}
        self._validators: dict[str, Validators] = {}
        self._pages: list[Capture] = []
        self._batches: list[Batch] = []
        self._runs_by_story: dict[int, str] = {}
        self._count = 0

    async def windows(self) -> AsyncGenerator[tuple[Batch, ...], None]:
        """Go through the archive in its order; see `replay_archive`."""
        read = partial(archived_response, self._run.paths.data_dir)
        parts = archived_parts(self._run.paths)
        while part := await asyncio.to_thread(next, parts, None):
            end = part.within.stop if part.within else part.path.stat().st_size
            if end <= self._positions.get(part.name, 0):
                continue
            run, captures, position = await asyncio.to_thread(self._read_rest, part)
            stories = {one.article_id for one in captures if one.article_id is not None}
            runs = {self._runs_by_story.get(article_id, run.run_id) for article_id in stories}
            if runs - {run.run_id} or len(self._batches) >= MAX_BATCHES_PER_WINDOW:
                yield self._close_window()
            client = ReplayClient(run.settings, captures, read)
            if client.has_listings:
                result = await poll_site(run, client, self._validators.values())
                self._validators |= {one.url: one for one in result.validators}
                staged = self._run.paths.staged / self._next_id()
                result.stage(staged, client.captures, unanswered=client.unanswered)
            self._pages += client.remaining_captures()
            while len(self._pages) >= self._run.settings.batch_pages:
                self._write_batch()
            self._positions[part.name] = position
            self._runs_by_story |= dict.fromkeys(stories, run.run_id)
        yield self._close_window()
        progress = [_ReplayProgress(name=name, position=n) for name, n in self._positions.items()]
        path = self._run.paths.state / f"replayed-{self._pass}.parquet"
        write_records(path, progress, _ReplayProgress)

    def _read_rest(self, part: ArchivePart) -> tuple[Run, tuple[Capture, ...], int]:
        """The run that wrote a part, what of it has not been replayed yet, and where that ends."""
        start = self._positions.get(part.name, 0)
        scan = WarcScan(part.path, start=start, within=part.within)
        captures = tuple(captures_of(scan, self._run.paths, part.run_id))
        if scan.damage is not None and self._pass:  # in the first, a run may be writing its end
            _log.warning(
                "%s is truncated at byte %d: %s", part.path, scan.damage.offset, scan.damage.detail
            )
        settings = settings_of(scan.info or info_of(part.path, part.within), self._run.settings)
        run = replace(self._run, run_id=part.run_id, settings=settings)
        return run, captures, scan.position

    def _write_batch(self) -> None:
        limit = self._run.settings.batch_pages
        captures, self._pages = self._pages[:limit], self._pages[limit:]
        path = self._run.paths.fetched / self._next_id()
        self._batches.append(write_batch(path, captures))

    def _close_window(self) -> tuple[Batch, ...]:
        if self._pages:
            self._write_batch()
        window, self._batches, self._runs_by_story = tuple(self._batches), [], {}
        return window

    def _next_id(self) -> str:
        self._count += 1
        return f"{self._run.run_id}-{self._pass}{self._count:07d}"
