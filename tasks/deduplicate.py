"""Chooses the stories that a run requests: those a listing showed, or that a person names.

A story is requested unless the warehouse has it, its response waits in a batch, or a refusal is
too recent. A batch of requests is a Parquet file of `FetchRequest`.
"""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from prefect import task

from tasks.core.parquet import write_records
from tasks.core.records import FetchRequest
from tasks.core.rejects import Reason, Reject, Stage
from tasks.core.run import Batch, Run
from tasks.core.staging import staged_folder
from tasks.listings.address_file import read_addresses
from tasks.warehouse.frontier import MAX_STORIES, max_listed_stories, open_frontier

_log = logging.getLogger(__name__)


@task(task_run_name="deduplicate {run.run_id}")
def deduplicate(run: Run, discovered: Batch) -> Batch:
    """The listed stories to request, then up to `max_gap_stories` ids of feed gaps."""
    with open_frontier(run.paths, run.settings) as frontier:
        requests = frontier.select_listed(discovered.path / "listing_entries.parquet")
        _log.info("%d stories to request, of %d listed", len(requests), discovered.count)
        if not run.settings.max_stories and len(requests) == max_listed_stories(run.settings):
            _warn_of_rest(len(requests))
        missed = frontier.select_missed(len(requests))
        _log.info("%d ids of feed gaps to request", len(missed))
    return _write_requests(run, requests + missed)


@task(task_run_name="request-addresses {run.run_id}")
def request_addresses(run: Run, file: Path) -> Batch:
    """Requests for the stories whose addresses a file names, newest first.

    A line that names no story of the site becomes a reject.
    """
    stories, failures = read_addresses(file, run.settings.base_url)
    if failures:
        rejects = [
            failure.reject(url=url, article_id=None, stage=Stage.DISCOVER, run_id=run.run_id)
            for url, failure in failures.items()
        ]
        with staged_folder(run.paths.staged / f"{run.run_id}-00000") as folder:
            write_records(folder / "rejects.parquet", rejects, Reject)
    limit = run.settings.max_stories or MAX_STORIES
    with open_frontier(run.paths, run.settings) as frontier:
        return _write_requests(run, frontier.select_named([stories], limit), limit)


@task(task_run_name="request-ids {run.run_id}")
def request_ids(run: Run, ids: Sequence[range]) -> Batch:
    """Requests for the stories of what `parse_ids` gave, but for those refused too recently."""
    _log.info("%d ids are named", sum(map(len, ids)))
    limit = run.settings.max_stories or MAX_STORIES
    with open_frontier(run.paths, run.settings) as frontier:
        return _write_requests(run, frontier.select_ids(ids, limit), limit)


@task(task_run_name="request-gaps {run.run_id}")
def request_gaps(run: Run, limit: int) -> Batch:
    """Requests for unknown ids within the warehouse's span, those of feed gaps first."""
    with open_frontier(run.paths, run.settings) as frontier:
        return _write_requests(run, frontier.select_gaps(limit), limit)


@task(task_run_name="request-rejected {run.run_id}")
def request_rejected(run: Run, reasons: Collection[Reason], since: datetime | None) -> Batch:
    """Requests for stories that were refused for one of these reasons, newest first."""
    limit = run.settings.max_stories or MAX_STORIES
    with open_frontier(run.paths, run.settings) as frontier:
        return _write_requests(run, frontier.select_rejected(reasons, since, limit), limit)


def _warn_of_rest(limit: int) -> None:
    _log.warning(
        "Limited to %d stories in this run; run the same command again for the rest.", limit
    )


def _write_requests(run: Run, requests: list[FetchRequest], limit: int | None = None) -> Batch:
    if limit is not None and len(requests) >= limit:
        _warn_of_rest(limit)
    path = run.paths.run_folder(run.run_id) / "requests.parquet"
    write_records(path, requests, FetchRequest)
    return Batch(batch_id=run.run_id, path=path, count=len(requests))
