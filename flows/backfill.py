"""The same story as an ingest's, over stories that are named by ids, addresses or WARC files."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from prefect import flow

from flows.pipeline import (
    extract_and_load,
    load_check_publish,
    open_client,
    recover_interrupted_runs,
    run_lifecycle,
    worker_pool,
)
from flows.render import Step, echo
from tasks.core.errors import UsageError
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
from tasks.import_warc import import_warc, skipped_records, warc_files

Work = Callable[[Run], Awaitable[Summary]]


@flow(name="backfill")
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
    """Bring stories that no listing shows any more; safe to run again at any time.

    Exactly one of the first four says which stories.

    Args:
        ids: ids and ranges of ids, such as `1109916000-1109916999`; asked for from the newest.
        urls: a file with one address a line.
        warc: WARC files and folders of them; nothing is asked of the wire.
        gaps: ids of which nothing is known, those first that feeds may have passed by unseen.
        base_url: the wire, instead of the setting.
        max_stories: most stories to ask for, instead of the setting; 0 means no limit. Gaps are
            filled by `MAX_GAP_STORIES` a run where neither says anything.
        requests_per_second: per host, instead of the setting; 0 means no limit.

    Returns:
        What it brought, in numbers.

    Raises:
        OperatorError: a person must do something; nothing is lost.
        TransientError: the wire or the writer's file could not be had; run it again.
    """
    settings = read_settings(
        fixed={
            "base_url": base_url,
            "max_stories": max_stories,
            "requests_per_second": requests_per_second,
        }
    )
    most_gaps = MAX_STORIES if max_stories == 0 else settings.max_stories or MAX_GAP_STORIES
    work = _work(ids, urls, warc, most_gaps if gaps else None)
    return await run_lifecycle(new_run("backfill", settings), work)


def _work(
    ids: str | None, urls: Path | None, warc: list[Path] | None, most_gaps: int | None
) -> Work:
    """What is to be done; what can't be is refused before a run begins."""
    match (ids, urls, warc, most_gaps):
        case (str(), None, None, None):
            return partial(_walk, request=partial(request_ids, ids=parse_ids(ids)))
        case (None, Path(), None, None):
            return partial(_ask, request=partial(request_addresses, file=require_readable(urls)))
        case (None, None, [_, *_], None):
            return partial(_adopt, files=warc_files(warc))
        case (None, None, None, int()):
            return partial(_walk, request=partial(request_gaps, limit=most_gaps))
    raise UsageError("Say which stories: give one of --ids, --urls, --warc and --gaps.")


async def _ask(run: Run, request: Callable[[Run], Batch], max_misses: int | None = None) -> Summary:
    with worker_pool(run):
        await recover_interrupted_runs(run)
        requests = request(run)
        async with open_client(run) as client:
            batches = fetch(run, client, requests.path, max_misses)
            await extract_and_load(run, batches, Step("stories", total=requests.count))
    return await load_check_publish(run)


_walk = partial(_ask, max_misses=MAX_CONSECUTIVE_MISSES)


async def _adopt(run: Run, files: Sequence[Path]) -> Summary:
    with worker_pool(run):
        await recover_interrupted_runs(run)
        await extract_and_load(run, import_warc(run, files), Step("stories"))
        for reason, count in skipped_records(run).items():
            echo(f"{count} records skipped: {reason}")
    return await load_check_publish(run)
