"""The scheduled ingest, served to Prefect by one process until it is interrupted.

Imported only inside `flows.prefect_api.prefect_api`, since Prefect reads its settings once.
"""

import signal
from datetime import UTC, datetime, timedelta
from types import FrameType

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.schedules import Interval
from prefect.types.entrypoint import EntrypointType

from flows.ingest import ingest
from flows.prefect_api import API_URL
from flows.render import echo
from tasks.core.settings import Settings

DEPLOYMENT = "scheduled"
# The server writes a new schedule's runs down within seconds, and only those still to come.
FIRST_RUN_IN = timedelta(seconds=10)


def serve_schedule(settings: Settings, api_url: str) -> None:
    """Run the scheduled ingest until interrupted.

    A scheduled run that comes due while another is running is skipped, not queued: the next pass
    finds what it would have found.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    every = timedelta(minutes=settings.schedule_minutes)
    echo(f"Prefect at {api_url.removesuffix('/api')}, an ingest every {every}.")
    echo(f"By hand: {API_URL}={api_url} prefect deployment run ingest/{DEPLOYMENT}")
    echo("Ctrl-C ends both.")
    ingest.serve(
        name=DEPLOYMENT,
        description="Fetch new and revised stories.",
        schedule=Interval(every, anchor_date=datetime.now(UTC) + FIRST_RUN_IN),
        global_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
        ),
        entrypoint_type=EntrypointType.MODULE_PATH,
        print_starting_message=False,
    )


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
