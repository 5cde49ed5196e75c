"""Starts a run: its row, and the removal of what interrupted runs left half built."""

import logging

from prefect import task

from tasks.core.errors import WriterBusyError
from tasks.core.files import remove_leftovers
from tasks.core.reports import Summary
from tasks.core.run import Run
from tasks.core.staging import complete_batches
from tasks.warehouse.erase import restore_tombstones
from tasks.warehouse.run_end import finish_run
from tasks.warehouse.runs import begin_run, other_timezones, refuse_mixed_sites
from tasks.warehouse.writer import open_snapshot, writer

_WAIT_SECONDS = 2.0  # a run starts without its row rather than wait for another's load

_log = logging.getLogger(__name__)


@task(task_run_name="start {run.run_id}")
def start_run(run: Run) -> None:
    """Insert the run's row, close the rows of runs that died, and remove what they half built.

    If another process holds the writer's file, the row is written when the run ends. The caller
    holds the run's lock. Stories of a local and of a public site don't mix: `UsageError`.
    """
    steps = (run.paths.fetched, run.paths.read, run.paths.staged)
    others = (run.paths.data_dir, run.paths.state, run.paths.state / "backfill")
    for folder in (*steps, *others, *run.paths.raw.glob("*/*")):
        remove_leftovers(folder)
    waiting = {batch.name.rpartition("-")[0] for step in steps for batch in complete_batches(step)}
    try:
        with writer(run.paths, wait_seconds=_WAIT_SECONDS) as connection:
            refuse_mixed_sites(connection, run, waiting=waiting)
            restore_tombstones(connection, run.paths)
            for timezone in other_timezones(connection, run):
                _log.warning(
                    "The warehouse has stories whose times were read with WIREHOUSE_TIMEZONE=%s, "
                    "and this run uses %s. To read all of them again: wirehouse rebuild",
                    timezone,
                    run.settings.timezone,
                )
            begin_run(connection, run)
    except WriterBusyError as busy:
        _log.warning("The run's row will be written when it ends: %s", busy)
        with open_snapshot(run.paths, wait_seconds=0) as connection:
            refuse_mixed_sites(connection, run, waiting=waiting)


@task(task_run_name="fail {run.run_id}")
def fail_run(run: Run, failure: str) -> Summary:
    """Record why a run failed, in one line; return its row."""
    with writer(run.paths, wait_seconds=run.settings.writer_wait_seconds) as connection:
        return finish_run(connection, run, failure=failure)
