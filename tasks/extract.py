"""Extract the stories of a batch of archived pages, with their names, figures and signatures."""

import logging
from functools import partial
from typing import Any

from prefect import State, task

from tasks.archive.reader import read_response
from tasks.core import workers
from tasks.core.errors import TransientError, WorkerDiedError, WorkerLostError, WorkTimedOutError
from tasks.core.records import Article
from tasks.core.rejects import Reason, Reject
from tasks.core.run import Batch, Run
from tasks.core.settings import RECOGNISERS
from tasks.duplicates.minhash import write_signatures
from tasks.entities.annotate import annotate_batch, write_annotations
from tasks.entities.recogniser import usable_recogniser
from tasks.pages import batch

# What worker processes need for these tasks.
WORKER_MODULES = (
    "tasks.archive.reader",
    "tasks.duplicates.minhash",
    "tasks.entities.annotate",
    "tasks.pages.batch",
)

# A page takes milliseconds: a batch that needs a tenth of its pages' time holds a hung one.
_PAGES_PER_ALLOWANCE = 10
_SECONDS_PER_ARTICLE = 5  # far above what the longest text takes; only a hung worker passes it
_SECONDS_TO_WARM = 60  # of a recogniser that each worker loads for itself

_log = logging.getLogger(__name__)


def is_transient(_task: object, _task_run: object, state: State[Any]) -> bool:
    """Whether a failed task may succeed when it is run again at once."""
    return isinstance(state.data, TransientError)


# A worker that dies or hangs while annotating takes nothing with it: the batch is still there.
@task(task_run_name="extract {fetched.batch_id}", retries=1, retry_condition_fn=is_transient)
async def extract(run: Run, fetched: Batch) -> Batch:
    """Read and annotate every page of a fetched batch in a worker process, and stage the articles.

    If a page hangs or kills its worker, the pages are read one by one, each within `page_seconds`:
    that page becomes a reject, the others are staged. If annotating does (`WorkerLostError`), the
    batch stays where it was fetched; it is retried once, then by the next run.
    """
    recogniser = usable_recogniser(run.settings.recogniser)
    job = batch.ExtractionJob(
        fetched=fetched.path,
        target=run.paths.staged / fetched.batch_id,
        data_dir=run.paths.data_dir,
        timezone=run.settings.timezone,
        read_response=partial(read_response, limit=run.settings.max_body_bytes),
        write_derived=(write_signatures, partial(write_annotations, recogniser=recogniser)),
    )
    page_seconds = run.settings.page_seconds
    annotation_seconds = _SECONDS_TO_WARM + _SECONDS_PER_ARTICLE * fetched.count
    # What ships with Wirehouse is loaded already and annotates within the pages' allowance.
    seconds = page_seconds * (1 + fetched.count / _PAGES_PER_ALLOWANCE)
    seconds += 0 if recogniser in RECOGNISERS else annotation_seconds
    try:
        count = await workers.run(batch.extract_batch, job, cpu_seconds=seconds)
    except WorkerLostError as error:
        _log.warning("%s Its pages are read one by one.", error)
        outcomes: list[Article | Reject] = []
        for page in batch.story_captures(job):
            try:
                outcome = await workers.run(batch.extract_page, job, page, cpu_seconds=page_seconds)
            except WorkTimedOutError as timed_out:
                outcome = batch.reject_page(page, Reason.READ_TIMED_OUT, str(timed_out))
            except WorkerDiedError as died:
                outcome = batch.reject_page(page, Reason.TOO_COMPLEX, str(died))
            outcomes.append(outcome)
        count = await workers.run(batch.stage_batch, job, outcomes, cpu_seconds=annotation_seconds)
    return Batch(batch_id=fetched.batch_id, path=job.target, count=count)


@task(task_run_name="annotate {read.batch_id}", retries=1, retry_condition_fn=is_transient)
async def annotate(run: Run, read: Batch) -> Batch:
    """Annotate a batch under `state/read` and move it to `state/staged`, or leave it there."""
    staged = run.paths.staged / read.batch_id
    seconds = _SECONDS_TO_WARM + _SECONDS_PER_ARTICLE * read.count
    usable = usable_recogniser(run.settings.recogniser)
    await workers.run(annotate_batch, read.path, staged, usable, cpu_seconds=seconds)
    return Batch(batch_id=read.batch_id, path=staged, count=read.count)
