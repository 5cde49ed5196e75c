"""Says in numbers what a run brought."""

import asyncio
from dataclasses import asdict
from html import escape

from prefect import task
from prefect.artifacts import acreate_table_artifact
from prefect.context import TaskRunContext

from tasks.adapters.warehouse.runs import end_run
from tasks.adapters.warehouse.writing import writer
from tasks.wire.run import Run
from tasks.wire.summary import Summary


@task
async def summarise(run: Run, *, failure: str | None = None) -> Summary:
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
    with writer(run.layout, wait_seconds=run.settings.writer_wait_seconds) as connection:
        return end_run(connection, run, failure=failure)
