"""The same steps as an ingest's, over stories that a person names, or that were rejected."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from prefect import flow

from flows.pipeline import (
    extract_and_load,
    load_check_publish,
    name_by_time,
    open_client,
    open_engine,
    recover_interrupted_runs,
    run_lifecycle,
    worker_pool,
)
from flows.render import Step, echo
from tasks.core.errors import OperatorError, UsageError
from tasks.core.ids import parse_ids
from tasks.core.rejects import retriable_reasons
from tasks.core.reports import Summary
from tasks.core.run import Batch, Run, new_run
from tasks.core.settings import read_settings
from tasks.deduplicate import request_addresses, request_gaps, request_ids, request_rejected
from tasks.fetch import MAX_CONSECUTIVE_MISSES, fetch
from tasks.import_warc import WarcImport, list_some, warc_units
from tasks.listings.address_file import require_readable
from tasks.units import ImportUnit
from tasks.warehouse.frontier import MAX_GAP_STORIES, MAX_STORIES
from tasks.warehouse.turns import fetch_turn


@flow(name="backfill", flow_run_name=name_by_time("backfill"))
async def backfill(
    *,
    ids: str | None = None,
    urls: Path | None = None,
    warc: list[str] | None = None,
    gaps: bool = False,
    retry: bool = False,
    reasons: list[str] | None = None,
    since: datetime | None = None,
    base_url: str | None = None,
    max_stories: int | None = None,
    requests_per_second: float | None = None,
) -> Summary:
    """Fetch older stories by id, URL or WARC file; safe to run again at any time.

    Exactly one of the first five names the stories; of `warc` files, folders, patterns and
    addresses such as s3://bucket/prefix. Of `gaps` those in feed gaps come first; a
    `max_stories` of 0 means `MAX_STORIES`. `retry` means those rejected for `reasons`, of
    `RETRIABLE` all by default, and `since` a time. The others replace the settings of their names.
    """
    settings = read_settings(
        base_url=base_url, max_stories=max_stories, requests_per_second=requests_per_second
    )
    run = new_run("backfill", settings)
    select_requests: Callable[[Run], Batch] | None = None  # WARC files need none
    units: list[ImportUnit] = []
    unread: list[str] = []
    match (ids, urls, warc, gaps, retry):  # what can't be done is refused before the run has a row
        case (str(), None, None, False, False):
            select_requests = partial(request_ids, ids=parse_ids(ids))
        case (None, Path(), None, False, False):
            select_requests = partial(request_addresses, file=require_readable(urls))
        case (None, None, [_, *_], False, False):
            units, unread = warc_units(warc)
        case (None, None, None, False, True):
            chosen = retriable_reasons(reasons or [])
            select_requests = partial(request_rejected, reasons=chosen, since=since)
        case (None, None, None, True, False):
            limit = MAX_STORIES if max_stories == 0 else settings.max_stories or MAX_GAP_STORIES
            select_requests = partial(request_gaps, limit=limit)
        case _:
            raise UsageError("Name the stories: give one of --ids, --urls, --warc and --gaps.")
    async with run_lifecycle(run):
        with worker_pool(run):
            await recover_interrupted_runs(run)
            if select_requests is None:
                unread += await _import(run, units)
            else:
                await _fetch(run, select_requests, is_of_ids=urls is None and not retry)
        summary = await load_check_publish(run)
    if unread:
        raise OperatorError(f"Everything else was imported: {list_some(unread)}.")
    return summary


async def _fetch(run: Run, select_requests: Callable[[Run], Batch], *, is_of_ids: bool) -> None:
    max_misses = MAX_CONSECUTIVE_MISSES if is_of_ids else None
    async with fetch_turn(run):  # what other runs have fetched is known when they end theirs
        requests = select_requests(run)
    async with open_client(run) as client:
        batches = fetch(run, client, requests.path, max_misses=max_misses, in_turns=True)
        await extract_and_load(run, batches, Step("stories", total=requests.count))


async def _import(run: Run, units: Sequence[ImportUnit]) -> list[str]:
    """Why what could not be imported was not."""
    async with open_engine(run) as engine:
        importer = WarcImport(run, units, engine.versions, engine.process_unit)
        step = Step("units", total=len(importer.units))
        limit = 1 if run.settings.max_stories else engine.limit
        await extract_and_load(run, importer.pending(), step, importer.do, limit=limit)
    for remark in importer.remarks():
        echo(remark)
    return importer.unread
