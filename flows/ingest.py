"""One pass over the site: discover, deduplicate, fetch, extract, load, check, publish."""

from pathlib import Path

from prefect import flow

from flows.log_lines import LineFormatter
from flows.pipeline import (
    extract_and_load,
    load_check_publish,
    log_failure,
    name_by_time,
    open_client,
    recover_interrupted_runs,
    run_lifecycle,
    skip,
    worker_pool,
)
from flows.render import Step
from flows.signals import interrupt_on_signals
from tasks.archive.sample_site import LoopbackServer, Recording
from tasks.core.known_listings import ARABIC_FEED, COUNTRY_FEEDS
from tasks.core.reports import Summary
from tasks.core.run import new_run
from tasks.core.settings import read_settings
from tasks.deduplicate import deduplicate
from tasks.discover import discover, due_addresses
from tasks.fetch import fetch
from tasks.load import load
from tasks.warehouse.turns import fetch_turn

_SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
# The sample site as it was on three days: as a whole, with revisions, with one taken back.
SAMPLE_STATES = tuple(_SAMPLE / f"{name}.warc.gz" for name in ("wire", "revised", "reverted"))


@flow(
    name="ingest",
    flow_run_name=name_by_time("ingest"),
    on_failure=[log_failure],
    on_crashed=[log_failure],
)
async def ingest(
    base_url: str | None = None,
    feeds: list[str] | None = None,
    max_stories: int | None = None,
    requests_per_second: float | None = None,
    recheck_interval_hours: float | None = None,
    *,
    only_due: bool = False,
) -> Summary:
    """Fetch new and revised stories. Safe to run again at any time, whatever happened before.

    With `only_due`, as on a schedule, only the feeds and listings that are due are polled, and the
    run is skipped if none is. If another ingest of the data folder is running, this one is skipped
    or waits, by the settings, of which each argument replaces that of its name.

    Raises:
        OperatorError: a person must do something; nothing is lost.
        TransientError: the site or the writer's file could not be had; run it again.
    """
    settings = read_settings(
        base_url=base_url,
        feeds=feeds,
        max_stories=max_stories,
        requests_per_second=requests_per_second,
        recheck_interval_hours=recheck_interval_hours,
    )
    run = new_run("ingest", settings)
    LineFormatter.run_id = run.run_id
    interrupt_on_signals()  # it may have to wait
    async with fetch_turn(run) as other:
        if other is not None:
            return skip(run, f"{other} is running on this data folder")
        due = None  # everything is polled
        if only_due and (due := due_addresses(run)) is None:
            return skip(run, "no feed or listing is due")
        async with run_lifecycle(run):
            with worker_pool(run):
                await recover_interrupted_runs(run)
                async with open_client(run) as client:
                    with run.timed("discover"):
                        listings = await discover(run, client, due)
                    await load(run, only_if_free=True)
                    requests = deduplicate(run, listings)
                    batches = fetch(run, client, requests.path)
                    await extract_and_load(run, batches, Step("stories", total=requests.count))
            return await load_check_publish(run)


async def ingest_sample(max_stories: int | None = None) -> list[Summary]:
    """Ingest the bundled sample site: a pass over each of its states, if the first is new."""
    recording = Recording(*SAMPLE_STATES)
    summaries: list[Summary] = []
    with LoopbackServer(recording.response) as site:
        for recording.state in range(len(SAMPLE_STATES)):
            summary = await ingest(
                base_url=site.base_url,
                feeds=[*COUNTRY_FEEDS, ARABIC_FEED],
                max_stories=max_stories,
                requests_per_second=0.0,
                recheck_interval_hours=0.0 if summaries else None,
            )
            summaries.append(summary)
            if not summaries[0].inserted:
                break
    return summaries
