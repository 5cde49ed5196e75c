"""Notes what runs that died had archived and not noted, so that nothing is asked for twice.

A run archives each answer at once and notes it a little later, with others. What it archived in
between is found again here, as a rebuild would find it.

This module stands beside the verb `recover` because it puts several adapters together, which
adapters may not do themselves.
"""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from prefect import task

from tasks.archive.files import archived_files, captures_of, info_of
from tasks.archive.reader import WarcScan, read_record
from tasks.archive.records import response_of, settings_of
from tasks.archive.writer import truncate_file
from tasks.core.parquet import read_records, write_records
from tasks.core.records import Article, Capture, Validators
from tasks.core.rejects import Reject, Stage
from tasks.core.run import Batch, Run
from tasks.core.settings import Settings
from tasks.core.staging import complete_batches, waiting_captures
from tasks.entities.annotate import TEXTS
from tasks.http.outcomes import REDIRECTS, TRANSIENT, refusal_by_status
from tasks.http.replay import ArchivedSite, poll_again, stage_again
from tasks.warehouse import runs
from tasks.warehouse.requests import known_validators
from tasks.warehouse.runs import last_captures
from tasks.warehouse.writer import latest

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unnoted:
    """What of a file of the archive is noted nowhere: its answers in their order."""

    run_id: str
    settings: Settings
    captures: tuple[Capture, ...]


class Recovery:
    """One pass over the archive of runs that died."""

    def __init__(self, run: Run) -> None:
        """Take note of the run that carries on."""
        self._run = run
        self._paths = run.paths
        self._count = 0
        self._validators: list[Validators] = []

    async def batches(self, gone: Sequence[str]) -> list[Batch]:
        """Stages what listings had said, and makes batches of the stories' pages.

        Args:
            gone: ids of the runs; nobody else recovers them now.

        Returns:
            Batches of captures as `tasks.fetching.Fetching.batches` gives them.

        Raises:
            StorageError: the archive can't be read, or the disk is full.
            OperatorError: the warehouse can't be read.
        """
        files = [path for path in archived_files(self._paths) if _run_of(path) in gone]
        if not files:
            return []
        noted = await asyncio.to_thread(self._last_noted, gone)
        batches: list[Batch] = []
        for path in files:
            left = await asyncio.to_thread(self._unnoted, path, noted)
            if left.captures:
                batches += await self._note(left)
        return batches

    def _last_noted(self, gone: Sequence[str]) -> dict[str, int]:
        """The offset of the last record that is noted, by file.

        Batches before the warehouse: one that is loaded meanwhile is found in either.
        """
        noted: dict[str, int] = {}
        for path in waiting_captures(self._paths):
            for capture in read_records(path, Capture):
                if capture.warc_offset >= noted.get(capture.warc_path, 0):
                    noted[capture.warc_path] = capture.warc_offset
        with latest(self._paths) as connection:
            self._validators = known_validators(connection)
            for warc_path, offset in last_captures(connection, gone).items():
                noted[warc_path] = max(offset, noted.get(warc_path, 0))
        return noted

    def _unnoted(self, path: Path, noted: dict[str, int]) -> _Unnoted:
        """Answers are noted in the order of the file, so that all after the last one are meant."""
        start = noted.get(path.relative_to(self._paths.data_dir).as_posix())
        walk = WarcScan(path, start=start or 0)
        found = captures_of(walk, self._paths, _run_of(path))
        captures = tuple(islice(found, 0 if start is None else 1, None))
        settings = settings_of(walk.info or info_of(path), self._run.settings)
        self._cut_torn(walk, start)
        return _Unnoted(run_id=_run_of(path), settings=settings, captures=captures)

    def _cut_torn(self, walk: WarcScan, start: int | None) -> None:
        """What no row can point at goes; a record that one points at is left for a person."""
        if walk.damage is None or walk.damage.offset == start:
            return
        count = truncate_file(walk.path, walk.damage.offset)
        _log.warning(
            "%s ended amid a record (%s): its %d bytes were cut off, the rest is used.",
            walk.path, walk.damage.detail, count,
        )  # fmt: skip

    async def _note(self, left: _Unnoted) -> list[Batch]:
        run = replace(self._run, run_id=left.run_id, settings=left.settings)
        wire = ArchivedSite(left.settings, left.captures)
        if wire.has_listings:
            findings = await poll_again(run, wire, self._validators)
            stage_again(self._paths.staged / self._next_id(), run, wire, findings)
        return list(self._flushed(wire.unasked()))

    def _flushed(self, pages: list[Capture]) -> Iterator[Batch]:
        most = self._run.settings.batch_pages
        for first in range(0, len(pages), most):
            captures = pages[first : first + most]
            batch_id = self._next_id()
            path = self._paths.fetched / f"{batch_id}.parquet"
            if rejects := list(self._refused(captures)):
                write_records(path.with_suffix(".rejects.parquet"), rejects, Reject)
            write_records(path, captures, Capture)
            yield Batch(batch_id=batch_id, path=path, count=len(captures))

    def _refused(self, captures: Sequence[Capture]) -> Iterator[Reject]:
        """Stories whose last answer says no; one that only said "later" is asked for again."""
        last = {one.article_id: one for one in captures if one.article_id is not None}
        for capture in last.values():
            if capture.status in REDIRECTS:
                continue
            record = read_record(self._paths.data_dir / capture.warc_path, capture.warc_offset)
            answer = response_of(record, capture.url, capture.fetched_at)
            refusal = refusal_by_status(answer, is_conditional=True)
            if refusal is not None and refusal.reason not in TRANSIENT:
                told = refusal.reject(
                    url=capture.url,
                    article_id=capture.article_id,
                    stage=Stage.FETCH,
                    run_id=capture.run_id,
                )
                yield replace(told, rejected_at=capture.fetched_at)

    def _next_id(self) -> str:
        self._count += 1
        return f"{self._run.run_id}-r{self._count:05d}"


def _run_of(path: Path) -> str:
    return path.name.removeprefix("wirehouse-").rpartition("-")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftovers:
    """Batches that no living run is at work on.

    Attributes:
        fetched: archived, and not read yet.
        read: read, and not gone through the recogniser yet.
    """

    fetched: tuple[Batch, ...]
    read: tuple[Batch, ...]


@contextmanager
def claim_interrupted_runs(run: Run) -> Iterator[tuple[str, ...]]:
    """Keeps others from doing what runs that died left, for the length of the block.

    Args:
        run: the run that carries on with it.

    Yields:
        The ids of those runs; when the block ends well nothing of theirs may be left to do but
        to load what is staged, which any run does.

    Raises:
        StorageError: the disk is full or can't be written.
    """
    stages = (run.paths.fetched, run.paths.read)
    waiting = {_run_of_resume(path) for stage in stages for path in complete_batches(stage)}
    with runs.claim_interrupted_runs(run.paths, waiting=waiting) as gone:
        yield gone
        for path in _batches_of(run.paths.fetched, gone):
            path.unlink(missing_ok=True)  # rejects whose captures were read, or never written


@task
async def recover(run: Run, gone: Sequence[str]) -> Leftovers:
    """What runs left for the readers and recognisers; staged batches need no looking for.

    What was archived and not yet noted anywhere is noted first, and a record that was cut short
    is cut off.

    Args:
        run: the run that will carry on with it.
        gone: the runs, taken over.

    Returns:
        The batches, oldest first.

    Raises:
        OperatorError: the archive or the warehouse can't be read, or the disk is full.
    """
    recovered = await Recovery(run).batches(gone) if gone else []
    fetched = await asyncio.to_thread(_left, run.paths.fetched, gone)
    again = {one.batch_id for one in fetched}
    read = await asyncio.to_thread(_left, run.paths.read, gone)
    return Leftovers(
        fetched=(*fetched, *recovered),
        read=tuple(one for one in read if one.batch_id not in again),
    )


def _left(stage: Path, gone: Sequence[str]) -> list[Batch]:
    return [_batch(path) for path in _batches_of(stage, gone) if not _are_rejects(path)]


def _batches_of(stage: Path, gone: Sequence[str]) -> list[Path]:
    return [path for path in complete_batches(stage) if _run_of_resume(path) in gone]


def _batch(path: Path) -> Batch:
    if path.is_file():
        count = len(read_records(path, Capture))
    else:
        count = sum(len(read_records(path / name, Article)) for name in TEXTS)
    return Batch(batch_id=path.name.removesuffix(".parquet"), path=path, count=count)


def _are_rejects(path: Path) -> bool:
    return path.name.endswith(".rejects.parquet")


def _run_of_resume(batch: Path) -> str:
    return batch.name.rpartition("-")[0]
