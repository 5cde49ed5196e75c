"""Reads a batch of archived pages: their stories, with names, figures and signatures.

Nothing here may import Prefect: on a cluster it runs in processes that have nothing to do with it.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Coroutine
from functools import partial
from platform import node
from typing import Any, TypeVar, TypeVarTuple, Unpack

from tasks.archive.reader import read_response
from tasks.core import workers
from tasks.core.errors import StorageError, WorkerDiedError, WorkerLostError, WorkTimedOutError
from tasks.core.paths import DataPaths
from tasks.core.records import Article
from tasks.core.rejects import Reason, Reject
from tasks.core.run import Batch, Run
from tasks.core.setting_types import RECOGNISERS
from tasks.core.settings import VERSION, Settings
from tasks.duplicates.minhash import write_signatures
from tasks.entities.annotate import signatures_of, write_annotations
from tasks.entities.recogniser import usable_recogniser
from tasks.pages import batch
from tasks.pages.article import READER_VERSION
from tasks.pages.main_text import VERSION as TRAFILATURA_VERSION

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")

# What worker processes need for this.
WORKER_MODULES = (
    "tasks.archive.reader",
    "tasks.duplicates.minhash",
    "tasks.entities.annotate",
    "tasks.pages.batch",
)

# A page takes milliseconds: a batch that needs a tenth of its pages' time holds a hung one.
_PAGES_PER_ALLOWANCE = 10
SECONDS_PER_ARTICLE = 5  # far above what the longest text takes; only a hung worker passes it
SECONDS_TO_WARM = 60  # of a recogniser that each worker loads for itself

_log = logging.getLogger(__name__)


def worker_modules(settings: Settings) -> list[str]:
    """What is imported before worker processes are forked."""
    # Libraries of other recognisers may start threads, which do not survive a fork.
    own = ["tasks.entities.preload"] if settings.recogniser == "builtin" else []
    return [*WORKER_MODULES, *own]  # it is loaded when it is imported


def versions_of(recogniser: str) -> str:
    """Whatever decides what is read from a page, as one word; errors as of `signatures_of`."""
    signatures = signatures_of(usable_recogniser(recogniser))
    recognisers = (
        f"{signatures.recogniser}+{signatures.arabic}+figures-{signatures.figures_version}"
    )
    text = f"wirehouse-{VERSION}+{READER_VERSION}+trafilatura-{TRAFILATURA_VERSION}+{recognisers}"
    return re.sub(r"[^A-Za-z0-9.+-]", "-", text)


def work_alone(
    work: Callable[[Run, Unpack[Arguments]], Coroutine[Any, Any, Result]],
    run: Run,
    *args: *Arguments,
) -> Result:
    """What is made by a process of a cluster, which has a worker for it."""
    data_dir = run.settings.data_dir
    if not (DataPaths(data_dir).runs / f"{run.run_id}.lock").exists():
        raise StorageError(
            f"{node()} doesn't have the data folder {data_dir} of run {run.run_id}. Mount it there "
            "at the same path"
        )
    with workers.open_workers(1, preload=worker_modules(run.settings)):
        return asyncio.run(work(run, *args))


async def read_batch(run: Run, fetched: Batch) -> Batch:
    """Read and annotate every page of a batch in a worker process, and stage the articles.

    If a page hangs or kills its worker, the pages are read one by one, each within `page_seconds`:
    that page becomes a reject, the others are staged. If annotating does (`WorkerLostError`), the
    batch stays where it was.
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
    annotation_seconds = SECONDS_TO_WARM + SECONDS_PER_ARTICLE * fetched.count
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
