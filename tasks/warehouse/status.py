"""The state of a warehouse at a glance."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from tasks.core.paths import DataPaths
from tasks.core.reports import Status
from tasks.core.staging import batches_set_aside, queue_lengths
from tasks.warehouse.alerts import open_alerts
from tasks.warehouse.connect import Connection
from tasks.warehouse.locks import lock_holder
from tasks.warehouse.sql import run_file
from tasks.warehouse.writer import open_snapshot


def select_status(paths: DataPaths) -> Status:
    """The newest state without waiting for a load, or that of an empty warehouse."""
    holder = lock_holder(paths.writer_lock)
    with open_snapshot(paths) as connection:
        _, ((*_, newest_story_at, last_answer_at),) = _table(connection, "admin/select_summary.sql")
        _, counts = _table(connection, "admin/count_rows.sql")
        _, states = _table(connection, "admin/count_states.sql")
        run_columns, runs = _table(connection, "admin/select_last_runs.sql")
        coverage_columns, coverage = _table(connection, "admin/select_coverage.sql")
        loss_columns, losses = _table(connection, "admin/select_open_gaps.sql")
        alerts = open_alerts(connection)
        schedule = tuple[tuple[Any, ...], ...]()
        with suppress(duckdb.CatalogException):  # a published copy of an earlier version
            _, schedule = _table(connection, "admin/select_schedule.sql")
        _, rejects = _table(connection, "admin/count_recent_rejects.sql", now=datetime.now(UTC))
    published = paths.warehouse.stat() if paths.warehouse.exists() else None
    beyond_link = paths.cold.rglob("*") if paths.cold.is_symlink() else ()
    return Status(
        warehouse=str(paths.warehouse),
        published_at=datetime.fromtimestamp(published.st_mtime, UTC) if published else None,
        counts=dict(counts),
        newest_story_at=newest_story_at,
        last_answer_at=last_answer_at,
        run_columns=run_columns,
        runs=runs,
        rejects=rejects,
        coverage=coverage,
        coverage_columns=coverage_columns,
        states=dict(states),
        alerts=alerts,
        losses=losses,
        loss_columns=loss_columns,
        schedule=schedule,
        waiting=queue_lengths(paths),
        set_aside=batches_set_aside(paths),
        writer=holder,
        bytes_on_disk={
            "warehouse": published.st_size if published else 0,
            "writer": _size(paths.writer_file),
            "archive": sum(_size(path) for path in (*paths.raw.rglob("*"), *beyond_link)),
            "prefect": sum(_size(path) for path in paths.prefect.rglob("*")),
        },
    )


def _table(
    connection: Connection, name: str, **parameters: Any
) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    """The columns' names, and the rows."""
    rows = tuple(run_file(connection, name, **parameters).fetchall())
    return tuple(column[0] for column in connection.description), rows


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
