"""The scheduled ingest, served to Prefect by one process until it is interrupted.

Imported only inside `flows.prefect_api.prefect_api`, since Prefect reads its settings once.
"""

import asyncio
import logging
import multiprocessing
import signal
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import wait
from typing import Any
from uuid import UUID

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas import filters
from prefect.client.schemas.objects import TERMINAL_STATES, StateType
from prefect.exceptions import ObjectNotFound
from prefect.runner import Runner
from prefect.schedules import Interval
from prefect.states import Crashed
from prefect.types.entrypoint import EntrypointType

from flows.ingest import ingest
from flows.prefect_api import API_URL
from flows.render import echo
from tasks.core.errors import OperatorError
from tasks.core.paths import DataPaths
from tasks.core.settings import Settings

DEPLOYMENT = "scheduled"
_FULL_NAME = f"ingest/{DEPLOYMENT}"
# The server writes a new schedule's runs down within seconds, and only those still to come.
FIRST_RUN_IN = timedelta(seconds=10)
# An interrupted run closes its archive and reports to Prefect; then it is killed.
_RUN_MAY_TAKE = timedelta(seconds=5)
_CLEANUP_MAY_TAKE = timedelta(seconds=3)
_DEAD = "Its process ended together with `wirehouse serve`; the next run goes on from there."


class _Runner(Runner):
    def handle_sigterm(self, *_args: Any, **_kwargs: Any) -> None:
        # Prefect's own leaves a coroutine that nobody awaits, and waits for the run.
        signal.raise_signal(signal.SIGINT)


async def serve_schedule(settings: Settings, api_url: str) -> None:
    """Run the scheduled ingest until interrupted; then every run has ended.

    A run that starts while another is running is skipped by the flow itself, which says so. The
    caller holds the data folder's schedule lock, so every run that Prefect takes for running at
    the start is dead, and is closed.
    """
    runner = _Runner(name=DEPLOYMENT)
    # Its own is below /tmp/runner_storage, which belongs to the first user who ever ran Prefect,
    # and stays when it is cancelled.
    runner._tmp_dir = DataPaths(settings.data_dir).prefect / "runner"  # noqa: SLF001
    async with get_client() as client:
        deployment_id = await _deploy(runner, client, settings)
        every = timedelta(minutes=settings.schedule_minutes)
        echo(f"Prefect at {api_url.removesuffix('/api')}, an ingest of what is due every {every}.")
        echo(f"By hand: {API_URL}={api_url} prefect deployment run {_FULL_NAME}")
        echo("Ctrl-C ends both.")
        serving = asyncio.create_task(runner.start())
        try:
            await asyncio.shield(serving)
        finally:
            # Runs that end now were interrupted, which is no failure to report one by one.
            logging.getLogger("flows").setLevel(logging.CRITICAL)
            # A runner that is cancelled first waits for its runs without asking them to end.
            children = multiprocessing.active_children()
            for child in children:
                child.terminate()
            for child in children:
                await asyncio.to_thread(wait, [child.sentinel], _RUN_MAY_TAKE.total_seconds())
                child.kill()
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
            with suppress(Exception):  # the next start does it too
                async with asyncio.timeout(_CLEANUP_MAY_TAKE.total_seconds()):
                    await _close_dead_runs(client, deployment_id)


async def _deploy(runner: Runner, client: PrefectClient, settings: Settings) -> UUID:
    """Register the schedule with the server, once nothing of its last life is left there."""
    owned = DataPaths(settings.data_dir).deployments_file
    with suppress(ObjectNotFound):
        known = await client.read_deployment_by_name(_FULL_NAME)
        if not owned.exists() or str(known.id) not in owned.read_text("utf-8").split():
            raise OperatorError(
                f"The Prefect server at {client.api_url} has a deployment {_FULL_NAME} that "
                f"another data folder or a work pool uses ({known.description}). Unset {API_URL} "
                "to have a server of its own started, or, if nothing uses it any more, run: "
                f"prefect deployment delete {_FULL_NAME}"
            )
        await _close_dead_runs(client, known.id)
    deployment_id = await runner.aadd_flow(
        ingest,
        name=DEPLOYMENT,
        description=f"Fetch new and revised stories into {settings.data_dir.resolve()}.",
        schedule=Interval(
            timedelta(minutes=settings.schedule_minutes),
            anchor_date=datetime.now(UTC) + FIRST_RUN_IN,
            parameters={"only_due": True},  # of the schedule: a run by hand polls everything
        ),
        paused=False,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    with owned.open("a", encoding="utf-8") as file:
        file.write(f"{deployment_id}\n")
    return deployment_id


async def _close_dead_runs(client: PrefectClient, deployment_id: UUID) -> None:
    """Close the deployment's runs that no process carries out, and delete those not started."""
    states = filters.FlowRunFilterStateType(not_any_=list(TERMINAL_STATES))
    runs = await client.read_flow_runs(
        flow_run_filter=filters.FlowRunFilter(
            deployment_id=filters.FlowRunFilterDeploymentId(any_=[deployment_id]),
            state=filters.FlowRunFilterState(type=states),
        )
    )
    for run in runs:
        if run.state_type is not StateType.SCHEDULED:
            await client.set_flow_run_state(run.id, Crashed(message=_DEAD))
        elif run.auto_scheduled:  # of a schedule that is replaced; one by hand is still wanted
            await client.delete_flow_run(run.id)
