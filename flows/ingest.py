"""One pass over the wire: discover, deduplicate, fetch, read, recognise, load, check, publish."""

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
from flows.render import Step
from tasks.archive.sample_site import replay
from tasks.core.reports import Summary
from tasks.core.run import Run, new_run
from tasks.core.settings import ARABIC_FEED, COUNTRY_FEEDS, read_settings
from tasks.deduplicate import deduplicate
from tasks.discover import discover
from tasks.fetch import fetch
from tasks.load import load

SAMPLE_WIRE = Path(__file__).resolve().parents[1] / "data" / "sample" / "wire.warc.gz"


async def ingest_sample(max_stories: int | None = None) -> Summary:
    """Replay the sample wire on a free loopback port and make one pass over it.

    Args:
        max_stories: most stories to fetch; `None` leaves it to the settings.

    Returns:
        The pass's summary.

    Raises:
        WirehouseError: as `flows.ingest.ingest` does.
    """
    with replay(SAMPLE_WIRE) as wire:
        return await ingest(
            base_url=wire.base_url,
            feeds=[*COUNTRY_FEEDS, ARABIC_FEED],
            max_stories=max_stories,
            requests_per_second=0.0,
        )


@flow(name="ingest")
async def ingest(
    base_url: str | None = None,
    feeds: list[str] | None = None,
    max_stories: int | None = None,
    requests_per_second: float | None = None,
) -> Summary:
    """Make one pass over the wire; safe to run again at any time, whatever happened before.

    Args:
        base_url: the wire, instead of the setting.
        feeds: paths or URLs of feeds, instead of the setting.
        max_stories: most stories to fetch, instead of the setting; 0 means no limit.
        requests_per_second: per host, instead of the setting; 0 means no limit.

    Returns:
        What the pass brought, in numbers.

    Raises:
        OperatorError: a person must do something; nothing is lost.
        TransientError: the wire or the writer's file could not be had; run it again.
    """
    settings = read_settings(
        fixed={
            "base_url": base_url,
            "feeds": feeds,
            "max_stories": max_stories,
            "requests_per_second": requests_per_second,
        }
    )
    return await run_lifecycle(new_run("ingest", settings), _pass_over)


async def _pass_over(run: Run) -> Summary:
    with worker_pool(run):
        await recover_interrupted_runs(run)
        async with open_client(run) as client:
            listed = await discover(run, client)
            await load(run, only_if_free=True)
            requests = deduplicate(run, listed)
            batches = fetch(run, client, requests.path)
            await extract_and_load(run, batches, Step("stories", total=requests.count))
    return await load_check_publish(run)
