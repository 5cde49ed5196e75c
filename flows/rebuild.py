"""The same story as an ingest's, told again from the archive, or from the texts at hand."""

from collections.abc import AsyncGenerator

from prefect import flow

from flows.pipeline import carried_out, carry_on, digested, retold, workers_of
from flows.render import Step, tell
from tasks.check import check
from tasks.core.reports import Summary
from tasks.core.run import Batch, Run, new_run
from tasks.core.settings import read_settings
from tasks.load import load
from tasks.publish import publish
from tasks.reprocess import apart, inherit, others_waiting, rebuild_run, retrieve, supersede
from tasks.retag import outdated, recall, recalling_run
from tasks.runs import at_work, begin, summarise


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
    with at_work(run), apart(new):
        begin(new)
        with workers_of(run):
            await _reread(new)
            with others_waiting(run):
                await _reread(new)  # what ingests have archived meanwhile
                inherit(new, accept_losses=accept_losses)
                check(new, everything=True)
                supersede(new)
        publish(run)
        return await summarise(run)


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
    run = recalling_run(new_run("rebuild-entities", read_settings()))
    return await carried_out(run, _retell)


async def _retell(run: Run) -> None:
    with workers_of(run):
        await carry_on(run)
        article_ids = await outdated(run)
        if not article_ids:
            tell("All names and figures are those that today's recogniser finds: nothing to do.")
        step = Step("articles", total=len(article_ids))
        await retold(run, recall(run, article_ids), step)
    await load(run)
    check(run, everything=True)
    publish(run)


async def _reread(run: Run) -> None:
    step = Step("answers")
    async for one in retrieve(run):
        await digested(run, _each(one.batches), step)
        await load(run)


async def _each(batches: tuple[Batch, ...]) -> AsyncGenerator[Batch]:
    for batch in batches:
        yield batch
