"""Finds what runs that died left between two stages, and takes it over."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from prefect import task

from tasks.adapters import staging
from tasks.adapters.warehouse import runs
from tasks.recognition import TEXTS
from tasks.recovering import Recovery
from tasks.wire.article import Article
from tasks.wire.capture import Capture
from tasks.wire.run import Batch, Run


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
def taken_over(run: Run) -> Iterator[tuple[str, ...]]:
    """Keeps others from doing what runs that died left, for the length of the block.

    Args:
        run: the run that carries on with it.

    Yields:
        The ids of those runs; when the block ends well nothing of theirs may be left to do but
        to load what is staged, which any run does.

    Raises:
        StorageError: the disk is full or can't be written.
    """
    stages = (run.layout.fetched, run.layout.read)
    waiting = {_run_of(path) for stage in stages for path in staging.complete_batches(stage)}
    with runs.taken_over(run.layout, waiting=waiting) as gone:
        yield gone
        for path in _batches_of(run.layout.fetched, gone):
            path.unlink(missing_ok=True)  # rejects whose captures were read, or never written


@task
async def resume(run: Run, gone: Sequence[str]) -> Leftovers:
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
    fetched = await asyncio.to_thread(_left, run.layout.fetched, gone)
    again = {one.batch_id for one in fetched}
    read = await asyncio.to_thread(_left, run.layout.read, gone)
    return Leftovers(
        fetched=(*fetched, *recovered),
        read=tuple(one for one in read if one.batch_id not in again),
    )


def _left(stage: Path, gone: Sequence[str]) -> list[Batch]:
    return [_batch(path) for path in _batches_of(stage, gone) if not _are_rejects(path)]


def _batches_of(stage: Path, gone: Sequence[str]) -> list[Path]:
    return [path for path in staging.complete_batches(stage) if _run_of(path) in gone]


def _batch(path: Path) -> Batch:
    if path.is_file():
        count = len(staging.read_records(path, Capture))
    else:
        count = sum(len(staging.read_records(path / name, Article)) for name in TEXTS)
    return Batch(batch_id=path.name.removesuffix(".parquet"), path=path, count=count)


def _are_rejects(path: Path) -> bool:
    return path.name.endswith(".rejects.parquet")


def _run_of(batch: Path) -> str:
    return batch.name.rpartition("-")[0]
