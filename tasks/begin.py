"""Opens a run: its lock, its row, and the closing of what an earlier run left unfinished."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prefect import task

from tasks.adapters import staging
from tasks.adapters.warehouse.forgetting import recall
from tasks.adapters.warehouse.runs import begin_run, marked_as_working, refuse_mixture
from tasks.adapters.warehouse.snapshot import latest
from tasks.adapters.warehouse.writing import writer
from tasks.wire.errors import WriterBusyError
from tasks.wire.run import Run

_WAIT_SECONDS = 2.0

_log = logging.getLogger(__name__)


@contextmanager
def at_work(run: Run) -> Iterator[None]:
    """Marks a run as alive for the length of the block, so that a crash can be told from work.

    Args:
        run: the run.

    Raises:
        WriterBusyError: a story is being taken down, or a backup restored.
        StorageError: the disk is full or the data folder can't be written.
    """
    with marked_as_working(run):
        yield


@task
def begin(run: Run) -> None:
    """Writes the run's row, closes the rows of runs that died, and sweeps up what they half made.

    A run whose row can't be written now, because another process holds the writer's file, gets it
    when it ends.

    Args:
        run: the run, inside `at_work`.

    Raises:
        UsageError: the data folder has stories of a local wire and the run's is public, or the
            other way round.
        OperatorError: the warehouse can't be opened.
    """
    stages = (run.layout.fetched, run.layout.read, run.layout.staged)
    for folder in (*stages, run.layout.data_dir, run.layout.state, run.layout.state / "backfill"):
        staging.remove_leftovers(folder)
    waiting = {_run_of(batch) for stage in stages for batch in staging.complete_batches(stage)}
    try:
        with writer(run.layout, wait_seconds=_WAIT_SECONDS) as connection:
            refuse_mixture(connection, run, waiting=waiting)
            recall(connection, run.layout)
            begin_run(connection, run)
    except WriterBusyError as busy:
        _log.warning("The run's row will be written when it ends: %s", busy)
        with latest(run.layout, wait_seconds=0) as connection:
            refuse_mixture(connection, run, waiting=waiting)


def _run_of(batch: Path) -> str:
    return batch.name.rpartition("-")[0]
