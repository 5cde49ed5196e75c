"""Opens a run: its lock, its row, and the closing of what an earlier run left unfinished."""

import asyncio
import logging
from dataclasses import asdict
from html import escape
from pathlib import Path

from prefect import task
from prefect.artifacts import acreate_table_artifact
from prefect.context import TaskRunContext

from tasks.core.errors import WriterBusyError
from tasks.core.files import remove_leftovers
from tasks.core.reports import Summary
from tasks.core.run import Run
from tasks.core.staging import complete_batches
from tasks.warehouse.erase import restore_tombstones
from tasks.warehouse.runs import begin_run, end_run, refuse_mixture
from tasks.warehouse.writer import latest, writer

_WAIT_SECONDS = 2.0

_log = logging.getLogger(__name__)


@task
def start_run(run: Run) -> None:
    """Writes the run's row, closes the rows of runs that died, and sweeps up what they half made.

    A run whose row can't be written now, because another process holds the writer's file, gets it
    when it ends.

    Args:
        run: the run, inside `hold_run_lock`.

    Raises:
        UsageError: the data folder has stories of a local wire and the run's is public, or the
            other way round.
        OperatorError: the warehouse can't be opened.
    """
    stages = (run.paths.fetched, run.paths.read, run.paths.staged)
    for folder in (*stages, run.paths.data_dir, run.paths.state, run.paths.state / "backfill"):
        remove_leftovers(folder)
    waiting = {_run_of(batch) for stage in stages for batch in complete_batches(stage)}
    try:
        with writer(run.paths, wait_seconds=_WAIT_SECONDS) as connection:
            refuse_mixture(connection, run, waiting=waiting)
            restore_tombstones(connection, run.paths)
            begin_run(connection, run)
    except WriterBusyError as busy:
        _log.warning("The run's row will be written when it ends: %s", busy)
        with latest(run.paths, wait_seconds=0) as connection:
            refuse_mixture(connection, run, waiting=waiting)


def _run_of(batch: Path) -> str:
    return batch.name.rpartition("-")[0]


@task
async def finish_run(run: Run, *, failure: str | None = None) -> Summary:
    """Writes how the run ended, and shows it as an artifact in Prefect.

    Args:
        run: the run.
        failure: why it failed, in one line; `None` if it completed.

    Returns:
        The run in numbers.

    Raises:
        WriterBusyError: another process holds the writer's file; the next run closes the row.
        OperatorError: the file can't be opened.
    """
    summary = await asyncio.to_thread(_end, run, failure)
    if TaskRunContext.get():
        await acreate_table_artifact(
            key=f"{run.flow}-summary",
            description=f"Run {run.run_id}: {summary.status}",
            table=artifact_rows(summary),
        )
    return summary


def artifact_rows(summary: Summary) -> list[dict[str, str]]:
    """The table that Prefect's web page shows: a failure may quote a page, so no markup passes."""
    return [
        {"what": name, "value": escape(str(value)).replace("[", "&#91;")}
        for name, value in asdict(summary).items()
    ]


def _end(run: Run, failure: str | None) -> Summary:
    with writer(run.paths, wait_seconds=run.settings.writer_wait_seconds) as connection:
        return end_run(connection, run, failure=failure)
