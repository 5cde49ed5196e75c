"""Recalls from the warehouse the articles that another recogniser went through."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

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
from tasks.warehouse import retag as recalling
from tasks.warehouse.writer import open_snapshot

_SECONDS_TO_WARM = 60
_BATCHES_AT_ONCE = 10
"""Opening the writer's file costs as much as reading a few batches from it."""

_log = logging.getLogger(__name__)


def retag_run(run: Run) -> Run:
    """The run as one that dials no wire: the archive's newest file says whose stories it is about.

    Args:
        run: the run.
    """
    return replace(run, settings=archived_settings(run))


@task
async def find_outdated(run: Run) -> list[int]:
    """The articles whose mentions or figures something else found than would find them today.

    Args:
        run: the run, within open workers; its setting names the recogniser.

    Returns:
        Their ids, none where all are up to date; oldest first, since an entity goes by the name
        in the first story that names it.

    Raises:
        OperatorError: what the recogniser needs is not installed, or the warehouse can't be read.
    """
    usable = usable_recogniser(run.settings.recogniser)
    today = await workers.run(signatures_of, usable, timeout=_SECONDS_TO_WARM)
    with open_snapshot(run.paths) as connection:
        article_ids = recalling.outdated_articles(connection, today)
    _log.info("%d articles are for %s to go through again", len(article_ids), today.recogniser)
    return article_ids


@task(cache_policy=NO_CACHE)
async def retag(run: Run, article_ids: Sequence[int]) -> AsyncGenerator[Batch]:
    """The current texts of articles, as batches for `recognise`.

    Args:
        run: the run.
        article_ids: what `find_outdated` gave.

    Yields:
        Folders under `state/read`.

    Raises:
        OperatorError: the warehouse can't be read, or the disk is full.
    """
    count = 0
    at_once = run.settings.batch_pages * _BATCHES_AT_ONCE
    for start in range(0, len(article_ids), at_once):
        some = article_ids[start : start + at_once]
        articles = await asyncio.to_thread(_read_articles, run, some)
        for first in range(0, len(articles), run.settings.batch_pages):
            count += 1
            yield _write_batch(run, count, articles[first : first + run.settings.batch_pages])


def _read_articles(run: Run, article_ids: Sequence[int]) -> list[Article]:
    with open_snapshot(run.paths, wait_seconds=run.settings.writer_wait_seconds) as connection:
        return recalling.known_articles(connection, article_ids)


def _write_batch(run: Run, number: int, articles: Sequence[Article]) -> Batch:
    batch_id = f"{run.run_id}-{number:05}"
    target = run.paths.read / batch_id
    with staged_folder(target) as folder:
        write_records(folder / "known.parquet", articles, Article)
    return Batch(batch_id=batch_id, path=target, count=len(articles))
