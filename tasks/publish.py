"""Ends a run by giving readers the new state of the warehouse."""

from prefect import task

from tasks.core.reports import Summary
from tasks.core.run import Run
from tasks.warehouse import lake
from tasks.warehouse import publish as published_copy


@task(task_run_name="publish {run.run_id}")
def publish(run: Run) -> Summary:
    """Record how the run, loaded and checked, ended; publish a copy in one step."""
    return published_copy.publish(run)


@task(task_run_name="publish {run.run_id} to the lake")
def publish_to_lake(run: Run) -> None:
    """Bring the lake of `WIREHOUSE_LAKE` to the published copy; see `lake.publish_lake`."""
    lake.publish_lake(run.settings)
