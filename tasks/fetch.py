"""Fetches stories from the wire into the archive."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from itertools import chain
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.adapters.staging import stream_records
from tasks.fetching import Fetching
from tasks.wire.listing import Wanted
from tasks.wire.run import Batch, Run


@task(cache_policy=NO_CACHE)
async def fetch(run: Run, wanted: Path, most_holes: int | None = None) -> AsyncGenerator[Batch]:
    """Ask the wire for stories, archive every answer, and hand them on batch by batch.

    It is not tried again as a task: each address has its own attempts, and whatever is left
    over is wanted by the next run.

    Args:
        run: the run.
        wanted: a Parquet file of `Wanted`; asked for in its order.
        most_holes: for a walk along ids, after how many holes in a row it is over; see
            `tasks.fetching.HOLES_IN_A_ROW`.

    Yields:
        Batches of `tasks.fetching.Fetching.batches`.

    Raises:
        StorageError: the archive or a batch can't be written; what was written stays.
        WireUnreachableError: robots.txt can't be had, or the wire has stopped answering.
    """
    stories = stream_records(wanted, Wanted)
    first = next(stories, None)
    if first is None:
        return
    async with (
        Fetching(run, most_holes=most_holes) as fetching,
        aclosing(fetching.batches(chain((first,), stories))) as batches,
    ):
        async for batch in batches:
            yield batch
