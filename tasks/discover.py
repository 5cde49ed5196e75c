"""Finds out which stories the site lists."""

import logging
from collections.abc import Collection

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.core.run import Batch, Run
from tasks.core.staging import queue_lengths
from tasks.http.network import NetworkClient
from tasks.http.outcomes import clock_skew
from tasks.listings.poll import poll_site
from tasks.warehouse.polling import plan_polls
from tasks.warehouse.requests import known_validators
from tasks.warehouse.sql import run_file
from tasks.warehouse.writer import open_snapshot

_log = logging.getLogger(__name__)


# No retries: the client makes them, address by address.
@task(task_run_name="discover {run.run_id}", cache_policy=NO_CACHE)
async def discover(run: Run, client: NetworkClient, due: Collection[str] | None = None) -> Batch:
    """Poll every feed and listing, or those that are due, and stage what they list.

    The batch is number 0 of its run and counts the different stories that it lists. If robots.txt
    can't be read (`SiteUnreachableError`) the responses so far are staged first.
    """
    with open_snapshot(run.paths) as connection:
        held = known_validators(connection)
    result = await poll_site(run, client, held, due)
    batch_id = f"{run.run_id}-00000"
    path = run.paths.staged / batch_id
    if client.robots is not None and client.robots.response is not None:
        skew = clock_skew(client.robots.response)
        if skew is not None:
            run.measured["clock_skew_seconds"] = skew
    await client.sync()
    result.stage(path, client.captures)
    stories = {article_id for article_id, _ in result.entries}
    _log.info("%d stories listed, %d responses", len(stories), len(client.captures))
    client.captures.clear()
    if result.error is not None:
        raise result.error
    return Batch(batch_id=batch_id, path=path, count=len(stories))


def due_addresses(run: Run) -> set[str] | None:
    """The feeds and listings that are due now; `None` if a run would have nothing to do at all."""
    with open_snapshot(run.paths, wait_seconds=run.settings.writer_wait_seconds) as connection:
        planned = plan_polls(connection, run.settings, run.clock())
        [(was_interrupted,)] = run_file(connection, "runs/was_interrupted.sql").fetchall()
    due = {one.listing_url for one in planned if one.is_due}
    has_work = due or was_interrupted or any(queue_lengths(run.paths).values())
    return due if has_work else None
