"""What every flow does with its run and its batches: open, digest, load, check, publish, close."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager, aclosing, asynccontextmanager
from dataclasses import asdict
from html import escape

from prefect.artifacts import acreate_table_artifact

from flows.render import Step
from tasks.archive.writer import Archive
from tasks.check import check
from tasks.core.errors import WriterBusyError
from tasks.core.reports import Summary
from tasks.core.run import Batch, Run
from tasks.core.workers import open_workers
from tasks.extract import WORKER_MODULES, annotate, extract
from tasks.http.network import NetworkClient
from tasks.load import is_worth_loading, load
from tasks.publish import publish
from tasks.recover import claim_interrupted_runs, recover
from tasks.runs import fail_run, start_run
from tasks.warehouse.runs import hold_run_lock


async def map_concurrently(
    batches: AsyncGenerator[Batch], work: Callable[[Batch], Awaitable[None]], *, at_once: int
) -> None:
    """Work on each batch as soon as it is there, while the next ones are being made.

    Args:
        batches: the first step; it is not asked for a batch while `at_once` are being worked on,
            so that whatever queue it keeps fills up and it waits. It is closed at the end.
        work: the second step, for one batch.
        at_once: batches in work at the same time.

    Raises:
        Exception: the first that either step raised, once the others are cancelled.
    """
    free = asyncio.Semaphore(at_once)

    async def work_and_free(batch: Batch) -> None:
        try:
            await work(batch)
        finally:
            free.release()

    try:
        async with aclosing(batches), asyncio.TaskGroup() as working:
            async for batch in batches:
                await free.acquire()
                working.create_task(work_and_free(batch))
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from failures


_BUILTIN = "tasks.entities.preload"


async def run_lifecycle(run: Run, work: Callable[[Run], Awaitable[Summary]]) -> Summary:
    """A run from its first row to its last.

    Args:
        run: the run.
        work: what it does; it ends by publishing, which gives the summary.

    Returns:
        What it brought, in numbers.

    Raises:
        Exception: whatever the work raises, once the run's row says so.
    """
    with hold_run_lock(run):
        start_run(run)
        try:
            summary = await work(run)
        except WriterBusyError:
            raise  # the run's row can't be closed either; the next run does it
        except Exception as error:
            await show_summary(fail_run(run, str(error) or type(error).__name__))
            raise
    await show_summary(summary)
    return summary


async def show_summary(summary: Summary) -> None:
    """Show how a run ended as an artifact in Prefect's web interface."""
    await acreate_table_artifact(
        key=f"{summary.flow}-summary",
        description=f"Run {summary.run_id}: {summary.status}",
        table=artifact_rows(summary),
    )


def artifact_rows(summary: Summary) -> list[dict[str, str]]:
    """The rows of that artifact, without markup, since a failure may quote a page."""
    return [
        {"what": name, "value": escape(str(value)).replace("[", "&#91;")}
        for name, value in asdict(summary).items()
    ]


def worker_pool(run: Run) -> AbstractContextManager[None]:
    """The worker processes of a run, with what they need imported before they are forked.

    The built-in recogniser is loaded by then, too; libraries that are installed beside Wirehouse
    may start threads, which do not survive a fork.
    """
    loaded = (_BUILTIN,) if run.settings.recogniser == "builtin" else ()
    return open_workers(run.settings.workers, preload=(*WORKER_MODULES, *loaded))


@asynccontextmanager
async def open_client(run: Run) -> AsyncIterator[NetworkClient]:
    """The one client of a run, which archives every response; nothing is sent or opened yet."""
    async with Archive(run) as archive, NetworkClient(run.settings, archive) as client:
        yield client


async def recover_interrupted_runs(run: Run) -> None:
    """Finish what a run that died had archived, and load what a late one had staged."""
    with claim_interrupted_runs(run) as run_ids:
        batches = await recover(run, run_ids)
        for fetched in batches.fetched:
            await extract(run, fetched)
        for unannotated in batches.read:
            await annotate(run, unannotated)
    await load(run, only_if_free=True)


async def extract_and_load(run: Run, batches: AsyncGenerator[Batch], step: Step) -> None:
    """Take batches of archived pages to rows while the next ones are being made.

    Args:
        run: the run, within open workers.
        batches: the batches.
        step: what the progress line shows of it.
    """
    loading = asyncio.Lock()

    async def work(fetched: Batch) -> None:
        await extract(run, fetched)
        await _load_staged(run, step, loading, count=fetched.count)

    await map_concurrently(batches, work, at_once=run.settings.workers)


async def load_check_publish(run: Run) -> Summary:
    """Load the rest, hold the warehouse against its claims, and give it to the readers."""
    await load(run)
    check(run)
    return publish(run)


async def retag_and_load(run: Run, batches: AsyncGenerator[Batch], step: Step) -> None:
    """Take batches of the warehouse's own texts through the recogniser and back to rows.

    Args:
        run: the run, within open workers.
        batches: the batches.
        step: what the progress line shows of it.
    """
    loading = asyncio.Lock()

    async def work(known: Batch) -> None:
        await annotate(run, known)
        await _load_staged(run, step, loading, count=known.count)

    await map_concurrently(batches, work, at_once=run.settings.workers)


async def _load_staged(run: Run, step: Step, loading: asyncio.Lock, *, count: int) -> None:
    """Load what is staged if it is worth it; a busy writer leaves it to the next load."""
    async with loading:
        if is_worth_loading(run):
            await load(run, only_if_free=True)
    step.advance(count)
