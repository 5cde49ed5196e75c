"""The same story as an ingest's, told again from the archive, or from the texts at hand."""

from collections.abc import AsyncGenerator

from prefect import flow

from flows.pipeline import (
    extract_and_load,
    recover_interrupted_runs,
    retag_and_load,
    run_lifecycle,
    show_summary,
    worker_pool,
)
from flows.render import Step, echo
from tasks.check import check
from tasks.core.reports import Summary
from tasks.core.run import Batch, Run, new_run
from tasks.core.settings import read_settings
from tasks.load import load
from tasks.publish import publish
from tasks.reprocess import inherit_state, rebuild_run, replay_archive, swap_in
from tasks.retag import find_outdated, retag, retag_run
from tasks.runs import start_run
from tasks.warehouse.runs import hold_run_lock
from tasks.warehouse.swap import block_other_writers, staging_database


@flow(name="rebuild")
async def rebuild(*, accept_losses: bool = False) -> Summary:
    """Make the warehouse anew from the archive, by the readers and recognisers of today.

    It is built beside the one in use, which stays as it is until the new one is complete and
    checked; ingests go on meanwhile. A rebuild that is cut short begins again from the start.

    Args:
        accept_losses: go on though answers that the warehouse in use was made from are no
            longer in the archive.

    Returns:
        What it brought, in numbers.

    Raises:
        OperatorError: a person must do something; the warehouse is as it was.
        TransientError: another process holds the warehouse, or a worker died; run it again.
    """
    run = new_run("rebuild", read_settings())
    new = rebuild_run(run)
    with hold_run_lock(run), staging_database(new.paths):
        start_run(new)
        with worker_pool(run):
            await _reread(new)
            with block_other_writers(run):
                await _reread(new)  # what ingests have archived meanwhile
                inherit_state(new, accept_losses=accept_losses)
                check(new, everything=True)
                swap_in(new)
        summary = publish(run)
    await show_summary(summary)
    return summary


@flow(name="rebuild-entities")
async def rebuild_entities() -> Summary:
    """Find names and figures anew where another recogniser, or another version, found them.

    Texts come from the warehouse; no page is read. It can be cut short and run again: what it has
    loaded stays.

    Returns:
        What it brought, in numbers.

    Raises:
        OperatorError: a person must do something; nothing is lost.
        TransientError: another process holds the warehouse, or a worker died; run it again.
    """
    run = retag_run(new_run("rebuild-entities", read_settings()))
    return await run_lifecycle(run, _retag)


async def _retag(run: Run) -> Summary:
    with worker_pool(run):
        await recover_interrupted_runs(run)
        article_ids = await find_outdated(run)
        if not article_ids:
            echo("All names and figures are those that today's recogniser finds: nothing to do.")
        step = Step("articles", total=len(article_ids))
        await retag_and_load(run, retag(run, article_ids), step)
    await load(run)
    check(run, everything=True)
    return publish(run)


async def _reread(run: Run) -> None:
    step = Step("answers")
    async for window in replay_archive(run):
        await extract_and_load(run, _each(window), step)
        await load(run)


async def _each(batches: tuple[Batch, ...]) -> AsyncGenerator[Batch]:
    for batch in batches:
        yield batch
