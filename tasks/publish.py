"""Gives readers the new state of the warehouse."""

from pathlib import Path

from prefect import task

from tasks.core.run import Run
from tasks.warehouse import publish as publishing


@task
def publish(run: Run) -> Path:
    """Writes that the run completed, and puts a copy of the warehouse in place in one step.

    Args:
        run: the run; everything it was to do is done and checked.

    Returns:
        The readers' copy.

    Raises:
        WriterBusyError: another process holds the writer's file.
        OperatorError: the file can't be opened, or the copy can't be written.
    """
    publishing.publish(run)
    return run.paths.warehouse
