"""The end of a run: its row, the alerts that it opens and closes, and the metrics."""

import logging
from datetime import UTC, datetime

import duckdb

from tasks.core.alert_limits import parse_limits
from tasks.core.errors import StorageError
from tasks.core.reports import Summary
from tasks.core.run import Run
from tasks.warehouse.alerts import free_bytes, measure_rules
from tasks.warehouse.connect import Connection, transaction
from tasks.warehouse.metrics import write_metrics
from tasks.warehouse.polling import plan_polls
from tasks.warehouse.runs import end_run
from tasks.warehouse.sql import run_file

_log = logging.getLogger(__name__)


def finish_run(connection: Connection, run: Run, *, failure: str | None = None) -> Summary:
    """Record how a run ended, as `end_run`, and what is wrong then."""
    summary = end_run(connection, run, failure=failure)
    update_alerts(connection, run)
    return summary


def update_alerts(connection: Connection, run: Run, *, now: datetime | None = None) -> None:
    """Open and close alerts at the end of a run, keep what it measured and when polls are due.

    Whatever goes wrong with it is logged and not the run's failure.
    """
    now = now or datetime.now(UTC)
    try:
        measured = run.measured | {"disk_free_bytes": free_bytes(run.paths)}
        with transaction(connection):
            run_file(
                connection,
                "admin/record_measurements.sql",
                run_id=run.run_id,
                now=now,
                names=list(measured),
                values=list(measured.values()),
            )
            plan_polls(connection, run.settings, now)
            run_file(connection, "crawl/store_polls.sql")
            run_file(
                connection,
                "admin/update_alerts.sql",
                found=measure_rules(connection, run.settings, run.paths, now),
                limits=parse_limits(run.settings.alert_thresholds),
                now=now,
                run_id=run.run_id,
            )
        write_metrics(connection, run.paths)
    except (duckdb.Error, OSError, StorageError) as error:
        cause = " ".join(str(error).split())[:300]
        _log.warning("The alerts and metrics are those of the run before: %s", cause)
