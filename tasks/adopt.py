"""Adopts the wire's stories in WARC files that are at hand."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.adapters.staging import read_records, write_records
from tasks.adopting import Adoption, PassedOver
from tasks.wire.errors import UsageError
from tasks.wire.run import Batch, Run

_log = logging.getLogger(__name__)


def warc_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The WARC files that paths name.

    Args:
        paths: files of any name, and folders, of which every `.warc` and `.warc.gz` is taken.

    Returns:
        The files, each once: the folders' in the order of their names.

    Raises:
        UsageError: a path doesn't exist, or a folder holds no WARC file.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            within = sorted(one for one in path.rglob("*") if _is_warc(one))
            if not within:
                raise UsageError(f"{path} holds no file that ends in .warc or .warc.gz.")
            found |= dict.fromkeys(within)
        elif path.is_file():
            found[path] = None
        else:
            raise UsageError(f"{path}: there is no such file or folder.")
    return tuple(found)


@task(cache_policy=NO_CACHE)
async def adopt(run: Run, files: Sequence[Path]) -> AsyncGenerator[Batch]:
    """Copies the wire's stories from WARC files to the archive and hands them on as if fetched.

    Args:
        run: the run.
        files: the files; each is streamed, from where an earlier run has come to.

    Yields:
        Batches of `tasks.adopting.Adoption.batches`.

    Raises:
        StorageError: a file can't be read, or the disk is full; what was copied stays.
    """
    adoption = Adoption(run)
    batches = adoption.batches(files)
    try:
        while (batch := await asyncio.to_thread(next, batches, None)) is not None:
            yield batch
    finally:
        await asyncio.to_thread(batches.close)
    counts = [PassedOver(why=why, count=count) for why, count in adoption.passed_over.items()]
    write_records(run.layout.of_run(run.run_id) / "passed_over.parquet", counts, PassedOver)


def passed_over(run: Run) -> dict[str, int]:
    """How many records `adopt` left out, by why; none before it has come to its end."""
    counts = read_records(run.layout.of_run(run.run_id) / "passed_over.parquet", PassedOver)
    return {one.why: one.count for one in counts}


def _is_warc(path: Path) -> bool:
    return path.is_file() and path.name.lower().endswith((".warc", ".warc.gz"))
