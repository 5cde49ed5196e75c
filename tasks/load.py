"""Merges what is staged into the warehouse."""

import asyncio
import logging

from prefect import task

from tasks.core.errors import BatchError, WriterBusyError
from tasks.core.reports import Counts, LoadSummary
from tasks.core.run import Run
from tasks.core.staging import complete_batches, remove_batch, set_aside
from tasks.matchers import MATCHERS
from tasks.warehouse.load import cap_times, load_batch
from tasks.warehouse.writer import writer

_NOTHING = LoadSummary(batches=0, counts=Counts())
_WORTH_LOADING = 3  # opening the writer's file and checkpointing it costs as much as merging these
_log = logging.getLogger(__name__)


@task(task_run_name="load {run.run_id}")
async def load(run: Run, *, only_if_free: bool = False) -> LoadSummary:
    """Load every staged batch, whichever run staged it, and remove each once it is committed.

    With `only_if_free` the batches are left for a later load while another process holds the
    writer's file. A batch that can't be loaded is set aside. After any other error the batches that
    aren't loaded wait.
    """
    if not complete_batches(run.paths.staged):
        return _NOTHING
    if not only_if_free:
        return await asyncio.to_thread(_load_staged, run, run.settings.writer_wait_seconds)
    try:
        return await asyncio.to_thread(_load_staged, run, 0.0)
    except WriterBusyError as busy:
        _log.info("Left for a later load: %s", busy)
        return _NOTHING


def is_worth_loading(run: Run) -> bool:
    """Whether so many batches are staged that a load in the middle of a run pays."""
    return len(complete_batches(run.paths.staged)) >= _WORTH_LOADING


def _load_staged(run: Run, wait_seconds: float) -> LoadSummary:
    total = _NOTHING
    with writer(run.paths, wait_seconds=wait_seconds) as connection:
        cap_times(connection)
        for folder in complete_batches(run.paths.staged):
            try:
                counts = load_batch(connection, folder, run_id=run.run_id, matchers=MATCHERS)
            except BatchError as error:
                set_aside(folder, run.paths, str(error))
                _log.warning("A batch was set aside, and the others are loaded: %s", error)
                continue
            remove_batch(folder)
            total = LoadSummary(batches=total.batches + 1, counts=total.counts + counts)
            _log.info("Loaded %s: %s", folder.name, counts)
    return total
