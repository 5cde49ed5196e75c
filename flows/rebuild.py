"""The warehouse again, from the archive or from its own texts, without requesting anything."""

from collections.abc import AsyncGenerator

from prefect import flow

from flows.pipeline import (
    extract_and_load,
    load_check_publish,
    name_by_time,
    open_engine,
    recover_interrupted_runs,
    run_lifecycle,
    show_summary,
    worker_pool,
)
from flows.render import Step, echo
from tasks.check import check
from tasks.core.reports import Summary
from tasks.core.run import Batch, Run, new_run
from tasks.core.settings import read_settings
from tasks.extract import annotate
from tasks.load import load
from tasks.publish import publish
from tasks.report import report_lines
from tasks.reprocess import inherit_state, rebuild_run, replay_archive, swap_in
from tasks.retag import find_outdated, retag, retag_run
from tasks.runs import start_run
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.runs import hold_run_lock
from tasks.warehouse.swap import staging_database


@flow(name="rebuild", flow_run_name=name_by_time("rebuild"))
async def rebuild(*, accept_losses: bool = False) -> Summary:
    """Build the warehouse again from the archive, with today's extractors and recognisers.

    It is built in a staging database; the one in use stays until the new one is complete and
    checked, and ingests may run meanwhile. An interrupted rebuild starts from the beginning. With
    `accept_losses` it continues though responses that the warehouse in use was made from are no
    longer in the archive.
    """
    run = new_run("rebuild", read_settings())
    new = rebuild_run(run)
    with hold_run_lock(run), staging_database(new.paths):
        start_run(new)
        with worker_pool(run):
            await _replay(new)
            # What others stage waits for the new warehouse.
            with exclusive_lock(
                run.paths.writer_lock, wait_seconds=run.settings.writer_wait_seconds
            ):
                await _replay(new)  # what ingests have archived meanwhile
                inherit_state(new, accept_losses=accept_losses)
                check(new, everything=True)
                swap_in(new)
        summary = publish(run)
    await show_summary(summary, report_lines(run.settings))
    return summary


@flow(name="rebuild-entities", flow_run_name=name_by_time("rebuild-entities"))
async def rebuild_entities() -> Summary:
    """Find names and figures again where another recogniser, or another version, found them.

    Texts come from the warehouse; no page is parsed. It can be interrupted and run again: what it
    has loaded stays.
    """
    run = retag_run(new_run("rebuild-entities", read_settings()))
    async with run_lifecycle(run):
        with worker_pool(run):
            await recover_interrupted_runs(run)
            article_ids = await find_outdated(run)
            if not article_ids:
                echo("Nothing to do: today's recogniser has annotated every article.")
            step = Step("articles", total=len(article_ids))
            await extract_and_load(run, retag(run, article_ids), step, annotate)
        return await load_check_publish(run, check_everything=True)


async def _replay(run: Run) -> None:
    async def batches_of(window: tuple[Batch, ...]) -> AsyncGenerator[Batch]:
        for batch in window:
            yield batch

    step = Step("responses")
    async with open_engine(run) as engine:
        async for window in replay_archive(run):
            batches = batches_of(window)
            await extract_and_load(run, batches, step, engine.extract, limit=engine.limit)
            await load(run)
