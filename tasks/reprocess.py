"""Takes what the archive holds back to where it stood when it was archived.

This module stands beside the verb `replay_archive` because it puts several adapters together, which
adapters may not do themselves.
"""

import asyncio
import hashlib
import logging
import re
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.archive.records import ArchivedRecord, answer_of, capture_of, settings_of
from tasks.archive.scan import WarcScan
from tasks.core.errors import UsageError
from tasks.core.parquet import read_records, write_records
from tasks.core.paths import DataPaths
from tasks.core.records import Capture, Validators
from tasks.core.run import Batch, Run
from tasks.core.settings import Settings
from tasks.core.urls import story_id
from tasks.duplicates.cluster import cluster_batch
from tasks.entities.resolution import resolve_entities
from tasks.http.replay import ArchivedSite, poll_again, stage_again
from tasks.warehouse import swap
from tasks.warehouse.load import Matchers

MAX_BATCHES_PER_WINDOW = 20
"""In one round: enough to keep every worker at work, few enough to lose little by a barrier."""

_OUR_NAME = re.compile(r"wirehouse-(?P<run_id>.+)-[0-9]{5,}\.warc\.gz")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayWindow:
    """Batches that can be loaded in any order, because no story was asked for twice in them.

    Attributes:
        batches: fetched batches, to be read.
    """

    batches: tuple[Batch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walked:
    """How far a file of the archive has been gone through."""

    path: Path
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What of a file has not been gone through yet."""

    path: Path
    run_id: str
    settings: Settings
    captures: tuple[Capture, ...]
    position: int

    @property
    def article_ids(self) -> set[int]:
        """The stories that were asked for in it."""
        return {one.article_id for one in self.captures if one.article_id is not None}


def archived_files(paths: DataPaths) -> list[Path]:
    """The files of the archive that Wirehouse wrote, oldest run first."""
    files = (path for path in paths.raw.rglob("*.warc.gz") if _OUR_NAME.fullmatch(path.name))
    return sorted(files, key=lambda path: path.name)


def archived_settings(run: Run) -> Settings:
    """The settings of a run, but for where the archive's newest file says that the wire was."""
    for path in reversed(archived_files(run.paths)):
        info = info_of(path)
        if info:
            return replace(run.settings, base_url=settings_of(info, run.settings).base_url)
    return run.settings


def captures_of(walk: WarcScan, paths: DataPaths, run_id: str) -> Iterator[Capture]:
    """A capture of every answer that a walk through a file of the archive comes to.

    Args:
        walk: the walk.
        layout: the file's.
        run_id: the run that wrote it.
    """
    warc_path = walk.path.relative_to(paths.data_dir).as_posix()
    for record in walk:
        if record.fetched_at is not None:
            yield _capture(record, record.fetched_at, warc_path, run_id)


class ArchiveReplay:
    """One pass over the archive, from where an earlier pass has come to."""

    def __init__(self, run: Run) -> None:
        """Take note of the run; its stages lie apart from those of other runs."""
        self._run = run
        earlier = sorted(run.paths.state.glob("walked-*.parquet"))
        noted = read_records(earlier[-1], _Walked) if earlier else []
        self._pass = len(earlier)
        self._walked = {one.path: one.position for one in noted}
        self._validators: dict[str, Validators] = {}
        self._pages: list[Capture] = []
        self._batches: list[Batch] = []
        self._runs_of: dict[int, str] = {}
        self._count = 0

    async def rounds(self) -> AsyncGenerator[ReplayWindow, None]:
        """Goes through the archive in its order.

        What listings said is staged; stories are to be read. A round is given when one of its
        stories was asked for again by a later run: what became of it then must be loaded later.

        Yields:
            Rounds; the next is made when it is asked for.

        Raises:
            StorageError: a file can't be read, or the disk is full.
        """
        for path in archived_files(self._run.paths):
            part = await asyncio.to_thread(self._part, path)
            if part is None:
                continue
            if self._repeats(part) or len(self._batches) >= MAX_BATCHES_PER_WINDOW:
                yield self._round()
            await self._take(part)
        yield self._round()
        walked = [_Walked(path=path, position=one) for path, one in self._walked.items()]
        noted = self._run.paths.state / f"walked-{self._pass}.parquet"
        write_records(noted, walked, _Walked)

    def _part(self, path: Path) -> _Part | None:
        start = self._walked.get(path, 0)
        if path.stat().st_size <= start:
            return None
        found = _OUR_NAME.fullmatch(path.name)
        assert found is not None
        walk = WarcScan(path, start=start)
        captures = tuple(captures_of(walk, self._run.paths, found["run_id"]))
        if walk.torn is not None and self._pass:  # before, another run may be at its end
            _log.warning("%s is torn at byte %d: %s", path, walk.torn.offset, walk.torn.detail)
        return _Part(
            path=path,
            run_id=found["run_id"],
            settings=settings_of(walk.info or info_of(path), self._run.settings),
            captures=captures,
            position=walk.position,
        )

    def _repeats(self, part: _Part) -> bool:
        """Whether a story of the round was asked for again by another run."""
        return any(
            self._runs_of.get(article_id, part.run_id) != part.run_id
            for article_id in part.article_ids
        )

    async def _take(self, part: _Part) -> None:
        """Stages what the listings of a part said, and puts its stories into batches."""
        wire = ArchivedSite(part.settings, part.captures)
        if wire.has_listings:
            await self._poll_again(part, wire)
        self._pages += wire.unasked()
        self._runs_of |= dict.fromkeys(part.article_ids, part.run_id)
        while len(self._pages) >= self._run.settings.batch_pages:
            self._flush()
        self._walked[part.path] = part.position

    async def _poll_again(self, part: _Part, wire: ArchivedSite) -> None:
        run = replace(self._run, run_id=part.run_id, settings=part.settings)
        findings = await poll_again(run, wire, self._validators.values())
        self._validators |= {one.url: one for one in findings.validators}
        stage_again(self._run.paths.staged / self._next_id(), run, wire, findings)

    def _flush(self) -> None:
        most = self._run.settings.batch_pages
        captures, self._pages = self._pages[:most], self._pages[most:]
        batch_id = self._next_id()
        path = self._run.paths.fetched / f"{batch_id}.parquet"
        write_records(path, captures, Capture)
        self._batches.append(Batch(batch_id=batch_id, path=path, count=len(captures)))

    def _round(self) -> ReplayWindow:
        if self._pages:
            self._flush()
        batches, self._batches, self._runs_of = tuple(self._batches), [], {}
        return ReplayWindow(batches=batches)

    def _next_id(self) -> str:
        self._count += 1
        return f"{self._run.run_id}-{self._pass}{self._count:07d}"


def _capture(record: ArchivedRecord, fetched_at: datetime, warc_path: str, run_id: str) -> Capture:
    return capture_of(
        answer_of(record, record.url, fetched_at),
        capture_id=record.capture_id,
        article_id=story_id(record.url),
        payload_sha256=hashlib.sha256(record.payload).hexdigest(),
        warc_path=warc_path,
        warc_offset=record.offset,
        run_id=run_id,
    )


def info_of(path: Path) -> dict[str, str]:
    """What the `warcinfo` record at the start of a file says."""
    walk = WarcScan(path)
    for _ in walk:
        break
    return walk.info


def rebuild_run(run: Run) -> Run:
    """The run as one that builds a warehouse from the archive, apart from the one in use.

    Args:
        run: the run.

    Returns:
        The same run with stages and a writer's file of its own, over the wire that the archive
        is of.

    Raises:
        UsageError: there is no archive.
    """
    if not archived_files(run.paths):
        raise UsageError(
            f"{run.paths.raw} holds no archive of Wirehouse to rebuild from. WARC files of other "
            "origin are taken in by wirehouse backfill --warc"
        )
    return replace(run, settings=archived_settings(run), state_folder=f"{run.state_folder}/rebuild")


@task(cache_policy=NO_CACHE)
async def replay_archive(run: Run) -> AsyncGenerator[ReplayWindow]:
    """Goes through the archive, from where this run has come to, without asking the wire.

    Args:
        run: what `rebuild_run` gave.

    Yields:
        Rounds of `tasks.retrieving.ArchiveReplay.rounds`: each must be loaded before the next is
        asked for.

    Raises:
        StorageError: the archive can't be read, or the disk is full.
    """
    async with aclosing(ArchiveReplay(run).rounds()) as rounds:
        async for one in rounds:
            yield one


@contextmanager
def staging_database(run: Run) -> Iterator[None]:
    """Has an empty place for the new warehouse for the length of the block.

    Args:
        run: the rebuild, with stages of its own.

    Raises:
        WriterBusyError: another rebuild is at work.
        OperatorError: the warehouse in use was made by a newer version, or the disk is full.
    """
    with swap.staging_database(run.paths):
        yield


@contextmanager
def block_other_writers(run: Run) -> Iterator[None]:
    """Keeps other runs from loading into the warehouse in use; their batches wait.

    Args:
        run: the rebuild.

    Raises:
        WriterBusyError: another process writes and doesn't end.
    """
    with swap.block_other_writers(run):
        yield


@task
def inherit_state(run: Run, *, accept_losses: bool = False) -> None:
    """Takes over what only the warehouse in use knows; see `swap.inherit_state`."""
    matchers = Matchers(cluster_batch=cluster_batch, resolve_entities=resolve_entities)
    swap.inherit_state(run, accept_losses=accept_losses, matchers=matchers)


@task
def swap_in(run: Run) -> None:
    """Puts the new warehouse in the place of the one in use, in one step.

    Args:
        run: the rebuild, within `block_other_writers`.

    Raises:
        StorageError: the file can't be moved; the warehouse in use is as it was.
    """
    swap.swap_in(run)
