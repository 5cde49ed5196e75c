"""Finds out which stories the site lists."""

import logging

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.core.run import Batch, Run
from tasks.http.network import NetworkClient
from tasks.http.outcomes import clock_skew
from tasks.listings.poll import poll_site
from tasks.warehouse.requests import known_validators
from tasks.warehouse.writer import open_snapshot

_log = logging.getLogger(__name__)


# No retries: the client makes them, address by address.
@task(task_run_name="discover {run.run_id}", cache_policy=NO_CACHE)
async def discover(run: Run, client: NetworkClient) -> Batch:
    """Poll every feed and listing by conditional requests, and stage what they list.

    The batch is number 0 of its run and counts the different stories that it lists. If robots.txt
    can't be read (`SiteUnreachableError`) the responses so far are staged first.
    """
    with open_snapshot(run.paths) as connection:
        held = known_validators(connection)
    result = await poll_site(run, client, held)
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
