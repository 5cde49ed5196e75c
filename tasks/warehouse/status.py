"""The state of a warehouse at a glance."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tasks.core.paths import DataPaths
from tasks.core.reports import Status
from tasks.core.staging import complete_batches
from tasks.warehouse.connect import Connection
from tasks.warehouse.locks import lock_holder
from tasks.warehouse.sql import run_file
from tasks.warehouse.writer import latest


def status_of(paths: DataPaths) -> Status:
    """Runs, counts, freshness, rejects, what waits and who writes.

    Args:
        layout: where the warehouse lies; it need not be there yet.

    Returns:
        The newest state that can be had without waiting for a load to end.

    Raises:
        OperatorError: the warehouse can't be opened.
    """
    writer = lock_holder(paths.writer_lock)
    with latest(paths) as connection:
        ((newest_story_at, last_answer_at),) = _rows(connection, "status/freshness.sql")
        counts: dict[str, int] = dict(_rows(connection, "status/counts.sql"))
        run_columns, runs = _table(connection, "status/last_runs.sql")
        coverage_columns, coverage = _table(connection, "status/coverage.sql")
        states: dict[str, int] = dict(_rows(connection, "status/states.sql"))
        loss_columns, losses = _table(connection, "status/open_losses.sql")
        rejects = run_file(
            connection, "status/recent_rejects.sql", now=datetime.now(UTC)
        ).fetchall()
    return Status(
        warehouse=str(paths.warehouse),
        published_at=_changed_at(paths.warehouse),
        counts=counts,
        newest_story_at=newest_story_at,
        last_answer_at=last_answer_at,
        run_columns=run_columns,
        runs=runs,
        rejects=tuple(rejects),
        coverage=coverage,
        coverage_columns=coverage_columns,
        states=states,
        losses=losses,
        loss_columns=loss_columns,
        waiting={
            "read": len(complete_batches(paths.fetched)),
            "recognise": len(complete_batches(paths.read)),
            "load": len(complete_batches(paths.staged)),
        },
        writer=writer,
        bytes_on_disk={
            "warehouse": _size(paths.warehouse),
            "writer": _size(paths.writer_file),
            "archive": sum(_size(path) for path in paths.raw.rglob("*")),
        },
    )


def _rows(connection: Connection, name: str) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = run_file(connection, name).fetchall()
    return rows


def _table(
    connection: Connection, name: str
) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    """The columns' names, and the rows."""
    rows = tuple(_rows(connection, name))
    return tuple(column[0] for column in connection.description), rows


def _changed_at(path: Path) -> datetime | None:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.exists() else None


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
