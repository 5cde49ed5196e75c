"""Ends a run by giving readers the new state of the warehouse."""

from prefect import task

from tasks.core.reports import Summary
from tasks.core.run import Run
from tasks.warehouse import publish as published_copy


@task(task_run_name="publish {run.run_id}")
def publish(run: Run) -> Summary:
    """Record how the run, loaded and checked, ended; publish a copy in one step."""
    return published_copy.publish(run)
