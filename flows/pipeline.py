"""What the flows share: the life of a run, its workers, and the way of batches to rows."""

import asyncio
import logging
import textwrap
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, aclosing, asynccontextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from prefect import Flow, State
from prefect.artifacts import acreate_markdown_artifact
from prefect.client.schemas.objects import FlowRun
from prefect.states import Completed, Failed

from flows.log_lines import LineFormatter
from flows.render import Step
from flows.signals import end_with_parent, interrupt_on_signals
from tasks.alert import alert, alert_of_dead_run, alert_of_unrecorded_failure
from tasks.archive.writer import Archive
from tasks.check import check
from tasks.core import workers
from tasks.core.cluster import open_cluster
from tasks.core.errors import SiteRefusedError, WirehouseError, WriterBusyError
from tasks.core.memory import is_scarce, memory_limit, warn_if_short
from tasks.core.reports import Counts, RunStatus, Summary, printable
from tasks.core.run import Batch, Run
from tasks.core.setting_types import LOCAL
from tasks.core.settings import read_settings
from tasks.core.workers import open_workers
from tasks.extract import annotate, extract
from tasks.http.network import NetworkClient
from tasks.load import is_worth_loading, load
from tasks.publish import publish, publish_to_lake
from tasks.reading import SECONDS_TO_WARM, read_batch, versions_of, work_alone, worker_modules
from tasks.recover import claim_interrupted_runs, recover
from tasks.report import report_lines
from tasks.runs import fail_run, start_run
from tasks.units import ImportUnit, Receipt, process_unit
from tasks.warehouse.runs import hold_run_lock

_log = logging.getLogger(__name__)

Work = TypeVar("Work", Batch, ImportUnit)

_FAILURE = "Flow run encountered an exception: "  # what Prefect puts before the error's own words
# What Prefect says of a run that got a signal: a stop, which reports itself, or a person's.
_INTERRUPTED = ("Execution was cancelled by", "Execution was aborted by")

_REFUSALS = {
    RunStatus.FAILED: "The site gave nothing of what was requested",
    RunStatus.DEGRADED: "The run is degraded",
}

# A process that `wirehouse serve` spawns for a run imports this before it does anything else.
end_with_parent()


def name_by_time(flow: str) -> Callable[[], str]:
    """A name for each run of a flow in Prefect's pages, such as `ingest 2026-11-29 18:30:05`."""
    return lambda: f"{flow} {datetime.now(UTC):%Y-%m-%d %H:%M:%S}"


def log_failure(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001
    """Log how a run of a deployment failed or crashed; a command prints its own failure."""
    if flow_run.deployment_id:
        cause = (state.message or state.name or "").removeprefix(_FAILURE)
        if not cause.startswith(_INTERRUPTED):
            _log.error("%s ended as %s: %s", flow_run.name, str(state.name).lower(), cause)
            if state.is_crashed():  # in the process that serves, since the run's own is gone
                alert_of_dead_run(read_settings())


@asynccontextmanager
async def run_lifecycle(run: Run) -> AsyncIterator[None]:
    """A run from its row to its end, which publishing or a failure of the block makes."""
    interrupt_on_signals()
    LineFormatter.run_id = run.run_id
    with ExitStack() as stack:
        try:
            stack.enter_context(hold_run_lock(run))
            start_run(run)
            yield
        except WriterBusyError:
            raise  # the run's row can't be closed either; the next run does it
        except Exception as error:
            cause = str(error) or type(error).__name__
            try:
                summary = fail_run(run, cause)
            except WirehouseError:  # the warehouse itself is what is wrong
                alert_of_unrecorded_failure(run.settings, cause)
            else:
                alert(run)
                await show_summary(summary)
            raise


def skip(run: Run, message: str) -> Summary:
    """End a run that has nothing to do, and no row: its summary as a state that says why."""
    now = datetime.now(UTC)
    summary = Summary(
        run_id=run.run_id,
        flow=run.flow,
        status=RunStatus.SKIPPED,
        started_at=run.started_at,
        finished_at=now,
        **asdict(Counts()),
        seconds=(now - run.started_at).total_seconds(),
        detail=message,
    )
    return cast("Summary", Completed(name="Skipped", message=message, data=summary))


def worker_pool(run: Run) -> AbstractContextManager[None]:
    """The worker processes of a run, with what they need imported before they are forked."""
    settings, limit = run.settings, memory_limit()
    warn_if_short(settings.workers, limit)
    preload = worker_modules(settings)
    return open_workers(settings.workers, preload=preload, stop_server=is_scarce(limit))


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Where pages are read: in this machine's workers, or by a cluster."""

    versions: str  # what a unit's receipt must have; see `versions_of`
    limit: int  # units or batches in progress
    process_unit: Callable[[Run, ImportUnit, str], Awaitable[Receipt]] = process_unit
    extract: Callable[[Run, Batch], Awaitable[Batch]] = extract


@asynccontextmanager
async def open_engine(run: Run) -> AsyncIterator[Engine]:
    """The engine that `WIREHOUSE_ENGINE` names; the run's workers must be open."""
    settings = run.settings
    versions = await workers.run(versions_of, settings.recogniser, cpu_seconds=SECONDS_TO_WARM)
    if settings.engine == LOCAL:
        yield Engine(versions=versions, limit=settings.workers)
        return
    there = replace(run, settings=settings.for_cluster())
    async with open_cluster(settings.engine, versions) as cluster:
        await cluster.find_workers()

        async def process_there(_run: Run, unit: ImportUnit, versions: str) -> Receipt:
            return await cluster.run(work_alone, process_unit, there, unit, versions)

        async def extract_there(_run: Run, fetched: Batch) -> Batch:
            batch = replace(fetched, path=fetched.path.resolve())
            return await cluster.run(work_alone, read_batch, there, batch)

        _log.info("The cluster of %s has %d workers", settings.engine, cluster.cores)
        # One waits for each worker, so that none has to wait for this process.
        limit = 2 * cluster.cores
        yield Engine(
            versions=versions, limit=limit, process_unit=process_there, extract=extract_there
        )


@asynccontextmanager
async def open_client(run: Run) -> AsyncIterator[NetworkClient]:
    """The one client of a run, which archives every response; nothing is sent or opened yet."""
    async with (
        Archive(run) as archive,
        NetworkClient(
            run.settings, archive, next_request=run.paths.next_request, clock=run.clock
        ) as client,
    ):
        yield client


async def recover_interrupted_runs(run: Run) -> None:
    """Extract and load what interrupted runs had archived or staged."""
    with claim_interrupted_runs(run) as run_ids:
        fetched, read = await recover(run, run_ids)
        for batch in fetched:
            await extract(run, batch)
        for batch in read:
            await annotate(run, batch)
    await load(run, only_if_free=True)


async def extract_and_load(
    run: Run,
    batches: AsyncGenerator[Work],
    step: Step,
    process: Callable[[Run, Any], Awaitable[object]] = extract,
    *,
    limit: int | None = None,
) -> None:
    """Take batches, or what else there is to process, to rows while the next ones are fetched.

    As many as there are workers at a time, or `limit`.
    """
    loading = asyncio.Lock()

    async def process_batch(batch: Work) -> None:
        with run.timed("extract"):
            await process(run, batch)
        async with loading:
            if is_worth_loading(run):
                with run.timed("load"):
                    await load(run, only_if_free=True)
        step.advance(batch.count)

    with run.timed("fetch"):
        await map_concurrently(batches, process_batch, limit=limit or run.settings.workers)


async def map_concurrently(
    batches: AsyncGenerator[Work], process: Callable[[Work], Awaitable[None]], *, limit: int
) -> None:
    """Process each batch as soon as it comes, `limit` at a time.

    The generator is not asked for a batch while so many are in progress, so that whatever queue it
    keeps fills up and it waits; it is closed at the end. Once everything else is cancelled the
    first exception of either side is raised.
    """
    slots = asyncio.Semaphore(limit)

    async def process_and_release(batch: Work) -> None:
        try:
            await process(batch)
        finally:
            slots.release()

    try:
        async with aclosing(batches), asyncio.TaskGroup() as group:
            async for batch in batches:
                await slots.acquire()
                group.create_task(process_and_release(batch))
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from failures


async def load_check_publish(run: Run, *, check_everything: bool = False) -> Summary:
    """Load, check and publish the rest; `SiteRefusedError` where the site gave too little."""
    with run.timed("load"):
        await load(run)
    with run.timed("check"):
        check(run, everything=check_everything)
    summary = publish(run)
    alert(run)
    await show_summary(summary, report_lines(run.settings))
    if run.settings.lake:
        try:
            publish_to_lake(run)
        except WirehouseError as failure:  # the run is recorded as it ended: it is published
            return cast("Summary", Failed(name="Lake", message=str(failure), data=failure))
    if summary.status == RunStatus.COMPLETED:
        return summary
    refusal = _REFUSALS[RunStatus(summary.status)]
    rest = "What was fetched is published; the next run requests the rest."
    message = f"{refusal}: {summary.detail}. {rest}"
    error = SiteRefusedError(message, summary)
    # Prefect makes a flow's result of the state that it returns, and raises the error in it.
    return cast("Summary", Failed(name=summary.status.capitalize(), message=message, data=error))


async def show_summary(summary: Summary, report: Sequence[str] = ()) -> None:
    """Show how a run ended, and what is in the warehouse, as an artifact in Prefect's pages."""
    await acreate_markdown_artifact(
        key=f"{summary.flow}-summary",
        description=f"Run {summary.run_id}: {summary.status}",
        markdown=artifact_text(summary, report),
    )


def artifact_text(summary: Summary, report: Sequence[str] = ()) -> str:
    """The text of that artifact, indented: as code it has no markup and no links of a page."""
    of_run = [
        f"{name.replace('_', ' ')}: {value}"
        for name, value in asdict(summary).items()
        if value is not None
    ]
    return "\n".join(
        textwrap.fill(
            printable(line),
            width=88,
            initial_indent=" " * 4,
            subsequent_indent=" " * 8,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in (*of_run, *report)
    )
