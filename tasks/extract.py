"""Extract the stories of a batch of archived pages, with their names, figures and signatures."""

from typing import Any

from prefect import State, task

from tasks.core import workers
from tasks.core.errors import TransientError
from tasks.core.run import Batch, Run
from tasks.entities.annotate import annotate_batch
from tasks.entities.recogniser import usable_recogniser
from tasks.reading import SECONDS_PER_ARTICLE, SECONDS_TO_WARM, read_batch


def is_transient(_task: object, _task_run: object, state: State[Any]) -> bool:
    """Whether a failed task may succeed when it is run again at once."""
    return isinstance(state.data, TransientError)


# A worker that dies or hangs while annotating takes nothing with it: the batch is still there.
@task(task_run_name="extract {fetched.batch_id}", retries=1, retry_condition_fn=is_transient)
async def extract(run: Run, fetched: Batch) -> Batch:
    """See `read_batch`; one that fails is retried once, then by the next run."""
    return await read_batch(run, fetched)


@task(task_run_name="annotate {read.batch_id}", retries=1, retry_condition_fn=is_transient)
async def annotate(run: Run, read: Batch) -> Batch:
    """Annotate a batch under `state/read` and move it to `state/staged`, or leave it there."""
    staged = run.paths.staged / read.batch_id
    seconds = SECONDS_TO_WARM + SECONDS_PER_ARTICLE * read.count
    usable = usable_recogniser(run.settings.recogniser)
    await workers.run(annotate_batch, read.path, staged, usable, cpu_seconds=seconds)
    return Batch(batch_id=read.batch_id, path=staged, count=read.count)
