"""Alerts: what the rules of `sql/alerts` find wrong with the site, the runs and this machine."""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import duckdb

from tasks.core.alert_limits import parse_limits
from tasks.core.listings import feed_addresses
from tasks.core.paths import DataPaths
from tasks.core.reports import Alert, AlertMessage, Health
from tasks.core.settings import Settings
from tasks.warehouse.connect import Connection
from tasks.warehouse.sql import SQL_FOLDER, run_available, run_file, sql_files
from tasks.warehouse.writer import open_snapshot

RULES = tuple(path.stem for path in sql_files(SQL_FOLDER / "alerts"))
# A schedule that has stopped opens no alert, so these are measured when somebody asks.
_OF_NOW = ("last_run", "newest_story")


def measure_rules(
    connection: Connection,
    settings: Settings,
    paths: DataPaths,
    now: datetime,
    rules: Iterable[str] = RULES,
) -> list[dict[str, Any]]:
    """What rules find, bad or not: `rule`, `subject`, `value` and `detail`."""
    file = paths.writer_file if paths.writer_file.exists() else paths.warehouse
    parameters = {
        "now": now,
        "feeds": feed_addresses(settings),
        "free_bytes": free_bytes(paths),
        "warehouse_bytes": float(file.stat().st_size),
    }
    names = ("subject", "value", "detail")
    return [
        {"rule": rule, **dict(zip(names, row, strict=True))}
        for rule in rules
        for row in run_file(connection, f"alerts/{rule}.sql", **parameters).fetchall()
    ]


def open_alerts(connection: Connection) -> tuple[Alert, ...]:
    """The open alerts, the worst first; none in a published copy of an earlier version."""
    try:
        rows = run_file(connection, "admin/select_alerts.sql").fetchall()
    except duckdb.CatalogException:
        return ()
    return tuple(Alert(*row) for row in rows)


def check_health(settings: Settings, *, now: datetime | None = None) -> Health:
    """The open alerts, with those on the schedule and the newest story as of now.

    Nothing is known of a data folder without a warehouse, or while another process writes and the
    published copy is of an earlier version.
    """
    paths = DataPaths(settings.data_dir)
    if not paths.writer_file.exists() and not paths.warehouse.exists():
        return Health(alerts=None)
    with open_snapshot(paths, wait_seconds=0.0) as connection, suppress(duckdb.CatalogException):
        found = measure_rules(connection, settings, paths, now or datetime.now(UTC), _OF_NOW)
        limits = parse_limits(settings.alert_thresholds)
        run_available(connection, "admin/update_alerts.sql", found=found, limits=limits)
        rows = run_file(connection, "admin/select_health.sql", rules=list(_OF_NOW)).fetchall()
        return Health(alerts=tuple(Alert(*row) for row in rows))
    return Health(alerts=None)


def unsent_messages(connection: Connection, channel: str) -> list[AlertMessage]:
    """What a channel has still to send on alerts."""
    name = "admin/select_messages.sql"
    rows = run_file(connection, name, channel=channel, now=datetime.now(UTC)).fetchall()
    return [AlertMessage(*row) for row in rows]


def record_message(
    connection: Connection, channel: str, message: AlertMessage, *, is_sent: bool
) -> None:
    """Note that a message was sent, or tried."""
    now = datetime.now(UTC)
    run_file(
        connection,
        "admin/record_message.sql",
        alert_id=message.alert_id,
        channel=channel,
        event=message.event,
        now=now,
        sent_at=now if is_sent else None,
    )


def free_bytes(paths: DataPaths) -> float:
    """What is free on the disk of the data folder."""
    return float(shutil.disk_usage(paths.data_dir).free)
