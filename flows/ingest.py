"""One pass over the wire: discover, deduplicate, fetch, read, recognise, load, check, publish."""

import asyncio
from functools import partial

from prefect import flow

from flows.display import Step
from flows.overlap import overlapped
from tasks.adapters.settings import read_settings
from tasks.adapters.workers import open_workers
from tasks.begin import at_work, begin
from tasks.check import check
from tasks.deduplicate import deduplicate, recall_validators
from tasks.discover import discover
from tasks.fetch import fetch
from tasks.load import load
from tasks.publish import publish
from tasks.read import read
from tasks.recognise import recognise
from tasks.resume import resume
from tasks.summarise import summarise
from tasks.wire.errors import WriterBusyError
from tasks.wire.run import Batch, Run, new_run
from tasks.wire.summary import Summary

_WORK = ("tasks.reading", "tasks.recognition")
"""What worker processes run; imported once, before they are forked."""

_BATCHES_AT_ONCE = 5
"""Opening the writer's file and checkpointing it costs as much as merging a few batches."""


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
    run = new_run("ingest", settings)
    with at_work(run):
        begin(run)
        try:
            await _pass_over(run)
        except WriterBusyError:
            raise  # the run's row can't be closed either; the next run does it
        except Exception as error:
            await summarise(run, failure=str(error) or type(error).__name__)
            raise
        return await summarise(run)


async def _pass_over(run: Run) -> None:
    with open_workers(run.settings.workers, preload=_WORK):
        await _carry_on(run)
        found = await discover(run, recall_validators(run))
        await load(run, only_if_free=True)
        wanted = deduplicate(run, found)
        digest = partial(_digest, run, Step("stories", total=wanted.count), asyncio.Lock())
        await overlapped(fetch(run, wanted.path), digest, at_once=run.settings.workers)
    await load(run)
    check(run)
    publish(run)


async def _carry_on(run: Run) -> None:
    """Finish what a run that died had archived, and load what a late one had staged."""
    left = resume(run)
    for fetched in left.fetched:
        await recognise(run, await read(run, fetched))
    for unrecognised in left.read:
        await recognise(run, unrecognised)
    await load(run, only_if_free=True)


async def _digest(run: Run, step: Step, loading: asyncio.Lock, fetched: Batch) -> None:
    """Take a batch from its archived pages to rows, or to the next load if the writer is busy."""
    await recognise(run, await read(run, fetched))
    async with loading:
        await load(run, only_if_free=True, at_least=_BATCHES_AT_ONCE)
    step.advance(fetched.count)
