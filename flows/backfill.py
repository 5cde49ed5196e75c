"""The same steps as an ingest's, over stories named by ids, addresses, WARC files or gaps."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from prefect import flow

from flows.pipeline import (
    extract_and_load,
    load_check_publish,
    name_by_time,
    open_client,
    recover_interrupted_runs,
    run_lifecycle,
    worker_pool,
)
from flows.render import Step, echo
from tasks.core.errors import OperatorError, UsageError
from tasks.core.ids import parse_ids
from tasks.core.reports import Summary
from tasks.core.run import Batch, Run, new_run
from tasks.core.settings import read_settings
from tasks.deduplicate import (
    MAX_GAP_STORIES,
    MAX_STORIES,
    request_addresses,
    request_gaps,
    request_ids,
    require_readable,
)
from tasks.fetch import MAX_CONSECUTIVE_MISSES, fetch
from tasks.import_warc import import_report, import_warc, warc_files
from tasks.warehouse.turns import fetch_turn


@flow(name="backfill", flow_run_name=name_by_time("backfill"))
async def backfill(
    *,
    ids: str | None = None,
    urls: Path | None = None,
    warc: list[Path] | None = None,
    gaps: bool = False,
    base_url: str | None = None,
    max_stories: int | None = None,
    requests_per_second: float | None = None,
) -> Summary:
    """Fetch older stories by id, URL or WARC file; safe to run again at any time.

    Exactly one of the first four names the stories; the others replace the settings of their names.

    Args:
        ids: ids and ranges of ids, such as `1109916000-1109916999`; requested from the newest.
        urls: a file with one URL a line.
        warc: WARC files and folders of them; nothing is requested.
        gaps: ids never fetched, those in feed gaps first; `MAX_GAP_STORIES` of them by default.
        base_url: the site.
        max_stories: most stories to request; 0 means `MAX_STORIES`.
        requests_per_second: per host; 0 means no limit.

    Raises:
        OperatorError: a person must do something; nothing is lost.
        TransientError: the site or the writer's file could not be had; run it again.
    """
    settings = read_settings(
        fixed={
            "base_url": base_url,
            "max_stories": max_stories,
            "requests_per_second": requests_per_second,
        }
    )
    run = new_run("backfill", settings)
    unread: list[str] = []
    along_ids = partial(_fetch, run, max_misses=MAX_CONSECUTIVE_MISSES)
    match (ids, urls, warc, gaps):  # what can't be done is refused before the run has a row
        case (str(), None, None, False):
            extract_stories = partial(along_ids, partial(request_ids, ids=parse_ids(ids)))
        case (None, Path(), None, False):
            file = require_readable(urls)
            extract_stories = partial(_fetch, run, partial(request_addresses, file=file))
        case (None, None, [_, *_], False):
            found = warc_files(warc)
            unread += found.refused
            extract_stories = partial(_import, run, found.files, unread)
        case (None, None, None, True):
            limit = MAX_STORIES if max_stories == 0 else settings.max_stories or MAX_GAP_STORIES
            extract_stories = partial(along_ids, partial(request_gaps, limit=limit))
        case _:
            raise UsageError("Name the stories: give one of --ids, --urls, --warc and --gaps.")
    async with run_lifecycle(run):
        with worker_pool(run):
            await recover_interrupted_runs(run)
            await extract_stories()
        summary = await load_check_publish(run)
    if unread:
        raise OperatorError(f"Everything else was imported: {'; '.join(unread)}.")
    return summary


async def _fetch(
    run: Run, select_requests: Callable[[Run], Batch], max_misses: int | None = None
) -> None:
    async with fetch_turn(run):  # what other runs have fetched is known when they end theirs
        requests = select_requests(run)
    async with open_client(run) as client:
        batches = fetch(run, client, requests.path, max_misses=max_misses, in_turns=True)
        await extract_and_load(run, batches, Step("stories", total=requests.count))


async def _import(run: Run, files: Sequence[Path], unread: list[str]) -> None:
    await extract_and_load(run, import_warc(run, files), Step("stories"))
    remarks, failures = import_report(run)
    for remark in remarks:
        echo(remark)
    unread += failures
