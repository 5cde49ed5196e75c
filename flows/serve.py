"""A Prefect server and the scheduled ingest, kept running by one command.

Imported only after `flows.environment.prepare_prefect`, since Prefect reads its settings once.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import FrameType

from flows.prefect_settings import API_URL
from flows.render import echo
from tasks.core.errors import OperatorError
from tasks.core.settings import Settings

DEPLOYMENT = "scheduled"
SERVER_PATIENCE = timedelta(minutes=3)
"""A first start migrates the server's database; on two busy cores that took a minute."""
FIRST_RUN_IN = timedelta(seconds=30)
"""The server writes a new schedule's turns down within seconds, and only those still to come."""


def serve_schedule(settings: Settings, *, port: int) -> None:
    """Run until interrupted: a Prefect server, unless one is named, and the scheduled ingest.

    A schedule that falls due while an ingest is still at work is dropped, not queued: the next
    pass finds whatever it would have found.

    Args:
        settings: how often, and where the data lies.
        port: of the server that is started when `PREFECT_API_URL` names none.

    Raises:
        OperatorError: the server does not start.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    with _server(port):
        # Read by Prefect when it is imported, so only now that the server's address is set.
        from prefect.client.schemas.objects import (
            ConcurrencyLimitConfig,
            ConcurrencyLimitStrategy,
        )
        from prefect.schedules import Interval
        from prefect.types.entrypoint import EntrypointType

        from flows.ingest import ingest

        every = timedelta(minutes=settings.schedule_minutes)
        echo(f"Prefect at {os.environ[API_URL].removesuffix('/api')}, an ingest every {every}.")
        echo(f"By hand: {API_URL}={os.environ[API_URL]} prefect deployment run ingest/{DEPLOYMENT}")
        echo("Ctrl-C ends both.")
        ingest.serve(
            name=DEPLOYMENT,
            description="One pass over the wire.",
            schedule=Interval(every, anchor_date=datetime.now(UTC) + FIRST_RUN_IN),
            global_limit=ConcurrencyLimitConfig(
                limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
            ),
            entrypoint_type=EntrypointType.MODULE_PATH,
            print_starting_message=False,
        )


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def _server(port: int) -> Iterator[None]:
    """The server that `PREFECT_API_URL` names, or one of our own for as long as the block runs."""
    if os.environ.get(API_URL):
        yield
        return
    os.environ[API_URL] = f"http://127.0.0.1:{port}/api"
    command = (sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1")
    server = subprocess.Popen(
        (*command, "--port", str(port)), stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _await_server(server, port)
        yield
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _await_server(server: subprocess.Popen[bytes], port: int) -> None:
    from prefect.client.orchestration import get_client

    until = time.monotonic() + SERVER_PATIENCE.total_seconds()
    with get_client(sync_client=True) as client:
        while client.api_healthcheck() is not None:
            if server.poll() is not None:
                raise OperatorError(
                    f"The Prefect server ended at once. Is port {port} taken? "
                    "Choose another: wirehouse serve --port 4201"
                )
            if time.monotonic() > until:
                raise OperatorError(f"The Prefect server on port {port} gave no sign of life.")
            time.sleep(0.5)
