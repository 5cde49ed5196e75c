"""Verb: read the stories of a batch of archived pages."""

import logging

from prefect import task

from tasks.core import workers
from tasks.core.errors import WorkerDiedError, WorkerLostError, WorkTimedOutError
from tasks.core.parquet import read_records
from tasks.core.records import Article, Capture
from tasks.core.rejects import Reason, Reject
from tasks.core.run import Batch, Run
from tasks.entities.annotate import recognise_batch
from tasks.entities.recogniser import usable_recogniser
from tasks.pages.batch import (
    ReadingJob,
    count_read,
    pages_of,
    read_batch,
    read_capture,
    refused,
    stage,
)

_PAGES_IN_ONE_S_TIME = 10
"""A page takes milliseconds: a batch that needs a tenth of its pages' time holds a hung one."""

_log = logging.getLogger(__name__)


@task
async def read(run: Run, fetched: Batch) -> Batch:
    """Reads every page of a fetched batch in a worker process.

    Where a page hangs or kills its worker, the pages are read one by one, each within
    `page_seconds`: the culprit becomes a reject, the others are read.

    Args:
        run: the run.
        fetched: a file of captures under `state/fetched`; gone afterwards, with its rejects.

    Returns:
        The batch's folder under `state/read`, and how many articles it holds.

    Raises:
        StorageError: the archive can't be read, or the disk is full.
    """
    job = _job(run, fetched)
    seconds = run.settings.page_seconds
    budget = seconds * (1 + fetched.count / _PAGES_IN_ONE_S_TIME)
    try:
        count = await workers.run(read_batch, job, timeout=budget)
    except WorkerLostError as error:
        _log.warning("%s Its pages are read one by one.", error)
        count = await _read_one_by_one(job, seconds)
    return Batch(batch_id=fetched.batch_id, path=job.target, count=count)


def _job(run: Run, fetched: Batch) -> ReadingJob:
    return ReadingJob(
        fetched=fetched.path,
        target=run.paths.read / fetched.batch_id,
        data_dir=run.paths.data_dir,
        timezone=run.settings.timezone,
        max_body_bytes=run.settings.max_body_bytes,
    )


async def _read_one_by_one(job: ReadingJob, seconds: float) -> int:
    if job.is_done:
        return count_read(job)
    captures = read_records(job.fetched, Capture)
    outcomes = [await _read_alone(job, page, seconds) for page in pages_of(captures)]
    return stage(job, captures, outcomes)


async def _read_alone(job: ReadingJob, page: Capture, seconds: float) -> Article | Reject:
    try:
        return await workers.run(read_capture, job, page, timeout=seconds)
    except WorkTimedOutError:
        detail = f"not read within {seconds:g} seconds"
        return refused(page, Reason.READ_TIMED_OUT, detail)
    except WorkerDiedError as error:
        return refused(page, Reason.TOO_COMPLEX, str(error))


_SECONDS_PER_ARTICLE = 5  # far above what the longest text takes; only a hung worker passes it
_SECONDS_TO_WARM = 60


@task
async def recognise(run: Run, read: Batch) -> Batch:
    """Adds mentions and figures to a batch of articles and stages it for loading.

    Args:
        run: the run; its setting says which recogniser finds the names. Where `builtin` lacks
            its model, `rules` stands in.
        read: a folder under `state/read`.

    Returns:
        The same batch under `state/staged`.

    Raises:
        OperatorError: what the recogniser needs is not installed.
        StorageError: the disk is full, or the batch can't be read or moved.
    """
    staged = run.paths.staged / read.batch_id
    seconds = _SECONDS_TO_WARM + _SECONDS_PER_ARTICLE * read.count
    usable = usable_recogniser(run.settings.recogniser)
    await workers.run(recognise_batch, read.path, staged, usable, timeout=seconds)
    return Batch(batch_id=read.batch_id, path=staged, count=read.count)
