"""Which run of a data folder may request from the site: one at a time, so that limits hold for all.

The holder of `fetch.lock` may. A run that waits for it holds `fetch-queue.lock`, which tells a
holder that can stop in between, as a backfill, to let it go first. An ingest holds its turn from
beginning to end: what it fetched is loaded when another selects its requests.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from math import inf

from tasks.core.errors import WriterBusyError
from tasks.core.paths import DataPaths
from tasks.core.reports import LockHolder
from tasks.core.run import Run
from tasks.core.settings import SKIP
from tasks.core.staging import waiting_captures
from tasks.warehouse.locks import exclusive_lock, lock_holder
from tasks.warehouse.requests import stories_fetched_since
from tasks.warehouse.writer import open_snapshot

INGEST = "ingest"
_POLL_SECONDS = 0.1
_PATIENCE_SECONDS = 3.0  # a longer wait is logged

_log = logging.getLogger(__name__)


@asynccontextmanager
async def fetch_turn(run: Run) -> AsyncIterator[LockHolder | None]:
    """Be the only run that requests from the site while the block lasts; waits for others.

    Yields `None`, or, for an ingest that is skipped, the other ingest because of which it is: one
    that is running, or with `WIREHOUSE_OVERLAP=wait` one that waits already. This run does not have
    the turn in that case.
    """
    skips = run.flow == INGEST and run.settings.overlap == SKIP
    other: LockHolder | None = None
    warn_at = time.monotonic() + _PATIENCE_SECONDS
    with ExitStack() as turn, ExitStack() as queue:
        locks = [(queue, run.paths.fetch_queue_lock), (turn, run.paths.fetch_lock)]
        while locks and other is None:
            stack, path = locks[0]
            try:
                stack.enter_context(exclusive_lock(path, wait_seconds=0, flow=run.flow))
                locks.pop(0)
            except WriterBusyError:
                holders = [lock_holder(each) for _, each in locks]
                # A schedule of waiting runs would grow: one of them finds what all would find.
                is_second_waiter = run.flow == INGEST and path == run.paths.fetch_queue_lock
                if skips or is_second_waiter:
                    ahead = holders if skips else holders[:1]
                    other = next((one for one in ahead if one and one.flow == INGEST), None)
                if other is None:
                    if time.monotonic() >= warn_at:
                        holder, warn_at = holders[-1] or holders[0] or "a process", inf
                        _log.warning(
                            "Waiting for the turn to request from the site: %s has it.", holder
                        )
                    await asyncio.sleep(_POLL_SECONDS)
        queue.close()
        if other is not None and not skips:
            _log.warning("Skipped: %s waits for the running ingest already.", other)
        elif other is not None:
            _log.warning(
                "Skipped: %s is running on this data folder. Set WIREHOUSE_OVERLAP=wait to wait "
                "for it instead.",
                other,
            )
        yield other


def is_turn_wanted(paths: DataPaths) -> bool:
    """Whether another run waits for its turn."""
    return lock_holder(paths.fetch_queue_lock) is not None


def stories_of_others(run: Run) -> set[int]:
    """The stories that other runs have requested since this one started."""
    # Batches before the warehouse: one that is loaded meanwhile is found in either.
    waiting = waiting_captures(run.paths)
    found = {one.article_id for one in waiting if one.run_id != run.run_id and one.article_id}
    with open_snapshot(run.paths, wait_seconds=run.settings.writer_wait_seconds) as connection:
        return found | stories_fetched_since(connection, run.started_at, except_by=run.run_id)
