"""Retrieves from the archive what was asked of the wire, and what it answered."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.retrieving import Retrieval, Round, archived_files, archived_settings
from tasks.wire.errors import UsageError
from tasks.wire.run import Run


def rebuilding(run: Run) -> Run:
    """The run as one that builds a warehouse from the archive, apart from the one in use.

    Args:
        run: the run.

    Returns:
        The same run with stages and a writer's file of its own, over the wire that the archive
        is of.

    Raises:
        UsageError: there is no archive.
    """
    if not archived_files(run.layout):
        raise UsageError(
            f"{run.layout.raw} holds no archive of Wirehouse to rebuild from. WARC files of other "
            "origin are taken in by wirehouse backfill --warc"
        )
    return replace(run, settings=archived_settings(run), state_folder=f"{run.state_folder}/rebuild")


@task(cache_policy=NO_CACHE)
async def retrieve(run: Run) -> AsyncGenerator[Round]:
    """Goes through the archive, from where this run has come to, without asking the wire.

    Args:
        run: what `rebuilding` gave.

    Yields:
        Rounds of `tasks.retrieving.Retrieval.rounds`: each must be loaded before the next is
        asked for.

    Raises:
        StorageError: the archive can't be read, or the disk is full.
    """
    async with aclosing(Retrieval(run).rounds()) as rounds:
        async for one in rounds:
            yield one
