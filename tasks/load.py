"""Merges what is staged into the warehouse."""

import asyncio
import logging
from collections import deque

from prefect import task

from tasks.core.errors import BatchError, WriterBusyError
from tasks.core.reports import Counts
from tasks.core.run import Run
from tasks.core.staging import complete_batches, remove_batch, set_aside
from tasks.matchers import MATCHERS
from tasks.warehouse.load import bundle_batches, cap_times, load_batch
from tasks.warehouse.writer import writer

_WORTH_LOADING = 3  # opening the writer's file and checkpointing it costs as much as merging these
# What is merged at once costs half as much a page as batch by batch; twice as much gains little.
_PAGES_A_LOAD = 2_000
_log = logging.getLogger(__name__)


@task(task_run_name="load {run.run_id}")
async def load(run: Run, *, only_if_free: bool = False) -> list[Counts]:
    """Load every staged batch, whichever run staged it, and remove each once it is committed.

    With `only_if_free` the batches are left for a later load while another process holds the
    writer's file. A batch that can't be loaded is set aside. After any other error the batches that
    aren't loaded wait. Returns what was loaded in each transaction: up to ten batches together.
    """
    if not complete_batches(run.paths.staged):
        return []
    wait_seconds = 0.0 if only_if_free else run.settings.writer_wait_seconds
    try:
        return await asyncio.to_thread(_load_staged, run, wait_seconds)
    except WriterBusyError as busy:
        if not only_if_free:
            raise
        _log.info("Left for a later load: %s", busy)
        return []


def is_worth_loading(run: Run) -> bool:
    """Whether so many batches are staged that a load in the middle of a run pays."""
    return len(complete_batches(run.paths.staged)) >= _WORTH_LOADING


def _load_staged(run: Run, wait_seconds: float) -> list[Counts]:
    loaded: list[Counts] = []
    size = max(1, _PAGES_A_LOAD // run.settings.batch_pages)
    with writer(run.paths, wait_seconds=wait_seconds) as connection:
        cap_times(connection)
        bundles = deque(bundle_batches(connection, complete_batches(run.paths.staged), size))
        while bundles:
            bundle = bundles.popleft()
            try:
                counts = load_batch(connection, *bundle, run_id=run.run_id, matchers=MATCHERS)
            except BatchError as error:
                if len(bundle) > 1:
                    bundles.extendleft([folder] for folder in reversed(bundle))
                    continue
                set_aside(bundle[0], run.paths, str(error))
                _log.warning("A batch was set aside, and the others are loaded: %s", error)
                continue
            for folder in bundle:
                remove_batch(folder)
            loaded.append(counts)
            _log.info("Loaded %s: %s", ", ".join(folder.name for folder in bundle), counts)
    return loaded
