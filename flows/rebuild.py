"""The same story as an ingest's, told again from the archive; the wire is not asked."""

from collections.abc import AsyncGenerator

from prefect import flow

from flows.display import Step
from flows.passage import WORK, digested
from tasks.adapters.settings import read_settings
from tasks.adapters.workers import open_workers
from tasks.begin import at_work, begin
from tasks.check import check
from tasks.load import load
from tasks.publish import publish
from tasks.retrieve import rebuilding, retrieve
from tasks.summarise import summarise
from tasks.supersede import apart, inherit, others_waiting, supersede
from tasks.wire.run import Batch, Run, new_run
from tasks.wire.summary import Summary


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
    new = rebuilding(run)
    with at_work(run), apart(new):
        begin(new)
        with open_workers(run.settings.workers, preload=WORK):
            await _reread(new)
            with others_waiting(run):
                await _reread(new)  # what ingests have archived meanwhile
                inherit(new, accept_losses=accept_losses)
                check(new, everything=True)
                supersede(new)
        publish(run)
        return await summarise(run)


async def _reread(run: Run) -> None:
    step = Step("answers")
    async for one in retrieve(run):
        await digested(run, _each(one.batches), step)
        await load(run)


async def _each(batches: tuple[Batch, ...]) -> AsyncGenerator[Batch]:
    for batch in batches:
        yield batch
