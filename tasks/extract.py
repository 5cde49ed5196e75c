"""Extract the stories of a batch of archived pages, with their names, figures and signatures."""

import logging
from functools import partial

from prefect import task

from tasks.archive.reader import read_response
from tasks.core import workers
from tasks.core.errors import WorkerDiedError, WorkerLostError, WorkTimedOutError
from tasks.core.records import Article, Capture
from tasks.core.rejects import Reason, Reject
from tasks.core.run import Batch, Run
from tasks.core.settings import RECOGNISERS
from tasks.duplicates.minhash import write_signatures
from tasks.entities.annotate import annotate_batch, write_annotations
from tasks.entities.recogniser import usable_recogniser
from tasks.pages.batch import (
    ExtractionJob,
    extract_batch,
    extract_page,
    reject_page,
    stage_batch,
    story_captures,
)

WORKER_MODULES = (
    "tasks.archive.reader",
    "tasks.duplicates.minhash",
    "tasks.entities.annotate",
    "tasks.pages.batch",
)
"""What worker processes need for these tasks."""

# A page takes milliseconds: a batch that needs a tenth of its pages' time holds a hung one.
_PAGES_PER_ALLOWANCE = 10
_SECONDS_PER_ARTICLE = 5  # far above what the longest text takes; only a hung worker passes it
_SECONDS_TO_WARM = 60  # of a recogniser that each worker loads for itself

_log = logging.getLogger(__name__)


@task
async def extract(run: Run, fetched: Batch) -> Batch:
    """Reads and annotates every page of a fetched batch in a worker process.

    Where a page hangs or kills its worker, the pages are read one by one, each within
    `page_seconds`: the culprit becomes a reject, the others are staged. A batch that can't be
    annotated stays where it was fetched, and the next run takes it up again.

    Returns:
        The batch's folder under `state/staged`, and how many articles it holds.

    Raises:
        OperatorError: what the recogniser needs is not installed, the archive can't be read, or
            the disk is full.
        WorkerLostError: annotating the articles hung or killed the worker.
    """
    recogniser = usable_recogniser(run.settings.recogniser)
    job = ExtractionJob(
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
        count = await workers.run(extract_batch, job, timeout=seconds)
    except WorkerLostError as error:
        _log.warning("%s Its pages are read one by one.", error)
        outcomes = [await _extract_alone(job, page, page_seconds) for page in story_captures(job)]
        count = await workers.run(stage_batch, job, outcomes, timeout=annotation_seconds)
    return Batch(batch_id=fetched.batch_id, path=job.target, count=count)


async def _extract_alone(job: ExtractionJob, page: Capture, seconds: float) -> Article | Reject:
    try:
        return await workers.run(extract_page, job, page, timeout=seconds)
    except WorkTimedOutError:
        return reject_page(page, Reason.READ_TIMED_OUT, f"not read within {seconds:g} seconds")
    except WorkerDiedError as error:
        return reject_page(page, Reason.TOO_COMPLEX, str(error))


@task
async def annotate(run: Run, read: Batch) -> Batch:
    """Annotates articles that were recalled for it, or read by an earlier version.

    Args:
        run: the run; its setting names the recogniser.
        read: a folder under `state/read`.

    Returns:
        The same batch under `state/staged`.

    Raises:
        OperatorError: what the recogniser needs is not installed, or the disk is full.
        WorkerLostError: the worker hung or died; the batch stays where it is.
    """
    staged = run.paths.staged / read.batch_id
    seconds = _SECONDS_TO_WARM + _SECONDS_PER_ARTICLE * read.count
    usable = usable_recogniser(run.settings.recogniser)
    await workers.run(annotate_batch, read.path, staged, usable, timeout=seconds)
    return Batch(batch_id=read.batch_id, path=staged, count=read.count)
