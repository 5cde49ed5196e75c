"""Selects the articles that another recogniser, or another version, annotated."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from itertools import count

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.archive.files import archived_settings
from tasks.core import workers
from tasks.core.parquet import write_records
from tasks.core.records import Article
from tasks.core.run import Batch, Run
from tasks.core.staging import staged_folder
from tasks.entities.annotate import signatures_of
from tasks.entities.recogniser import usable_recogniser
from tasks.warehouse.retag import known_articles, outdated_articles
from tasks.warehouse.writer import open_snapshot

_SECONDS_TO_WARM = 60
_BATCHES_AT_ONCE = 10  # opening the writer's file costs as much as reading a few batches from it

_log = logging.getLogger(__name__)


def retag_run(run: Run) -> Run:
    """The run with the base URL of the archive, because it makes no request itself."""
    return replace(run, settings=archived_settings(run))


@task(task_run_name="find-outdated {run.run_id}")
async def find_outdated(run: Run) -> list[int]:
    """Ids of articles that another recogniser or version annotated; workers must be open.

    Oldest first, since an entity goes by the name in the first story that names it.
    """
    usable = usable_recogniser(run.settings.recogniser)
    today = await workers.run(signatures_of, usable, cpu_seconds=_SECONDS_TO_WARM)
    with open_snapshot(run.paths) as connection:
        article_ids = outdated_articles(connection, today)
    _log.info("%d articles are for %s to annotate again", len(article_ids), today.recogniser)
    return article_ids


@task(task_run_name="retag {run.run_id}", cache_policy=NO_CACHE)
async def retag(run: Run, article_ids: Sequence[int]) -> AsyncGenerator[Batch]:
    """The current texts of articles, as batches under `state/read` for `annotate`."""

    def read_articles(some_ids: Sequence[int]) -> list[Article]:
        with open_snapshot(run.paths, wait_seconds=run.settings.writer_wait_seconds) as connection:
            return known_articles(connection, some_ids)

    numbers = count(1)
    batch_pages = run.settings.batch_pages
    at_once = batch_pages * _BATCHES_AT_ONCE
    for start in range(0, len(article_ids), at_once):
        articles = await asyncio.to_thread(read_articles, article_ids[start : start + at_once])
        for first in range(0, len(articles), batch_pages):
            some = articles[first : first + batch_pages]
            target = run.paths.read / f"{run.run_id}-{next(numbers):05}"
            with staged_folder(target) as folder:
                write_records(folder / "known.parquet", some, Article)
            yield Batch(batch_id=target.name, path=target, count=len(some))
