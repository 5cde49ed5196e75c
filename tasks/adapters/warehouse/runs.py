"""The rows of `runs`, and the lock by which a run that died is told from one that works."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from tasks.adapters.warehouse.connection import Connection
from tasks.adapters.warehouse.locking import held, holder
from tasks.adapters.warehouse.statements import run_file
from tasks.adapters.warehouse.writing import transaction
from tasks.wire.errors import UsageError
from tasks.wire.hosts import is_local_host
from tasks.wire.run import Layout, Run
from tasks.wire.summary import Summary

_WAIT_SECONDS = 5.0
"""Nobody else holds a run's lock, but another run may be looking whether somebody does."""


@contextmanager
def marked_as_working(run: Run) -> Iterator[None]:
    """Holds the run's own lock for the length of the block, and has a folder for its small files.

    Raises:
        StorageError: the disk is full or can't be written.
    """
    try:
        with held(_lock(run.layout, run.run_id), wait_seconds=_WAIT_SECONDS):
            yield
    finally:
        _remove_files(run.layout, run.run_id)


def refuse_mixture(connection: Connection, run: Run, *, waiting: Iterable[str]) -> None:
    """Keeps the stories of the live wire and of a local one, replayed or invented, apart.

    Args:
        connection: the writer's file or the readers' copy.
        run: the run that would start.
        waiting: ids of the runs whose batches wait on disk.

    Raises:
        UsageError: the data folder has stories of the other kind of wire.
    """
    dialled = run.settings.base_url
    held_wires = run_file(connection, "runs/wires_at_hand.sql", waiting=list(waiting)).fetchall()
    for (wire,) in held_wires:
        if _is_local(wire) != _is_local(dialled):
            raise UsageError(
                f"{run.layout.data_dir} has stories of {wire}, and this run would add those of "
                f"{dialled}. A local wire is a replayed or invented one, so the two never share a "
                "warehouse. Set WIREHOUSE_DATA_DIR to another folder."
            )


def begin_run(connection: Connection, run: Run) -> None:
    """Writes the run's row, and closes those of runs whose process is gone.

    Args:
        connection: the writer's file.
        run: the run that starts.
    """
    with transaction(connection):
        for (run_id,) in run_file(connection, "runs/running_runs.sql").fetchall():
            if run_id != run.run_id and not is_working(run.layout, run_id):
                run_file(connection, "runs/fail_run.sql", run_id=run_id, now=datetime.now(UTC))
                _remove_files(run.layout, run_id)
        run_file(
            connection,
            "runs/begin_run.sql",
            run_id=run.run_id,
            flow=run.flow,
            started_at=run.started_at,
            wire=run.settings.base_url,
            timezone=run.settings.timezone,
        )


def end_run(connection: Connection, run: Run, *, failure: str | None = None) -> Summary:
    """Writes how a run ended.

    Args:
        connection: the writer's file.
        run: the run.
        failure: why it failed, in one line; `None` if it completed.

    Returns:
        The row as it stands. A completed run keeps the end it was given first.
    """
    with transaction(connection):
        (row,) = run_file(
            connection,
            "runs/end_run.sql",
            run_id=run.run_id,
            flow=run.flow,
            started_at=run.started_at,
            finished_at=datetime.now(UTC),
            status="failed" if failure else "completed",
            detail=failure,
            wire=run.settings.base_url,
            timezone=run.settings.timezone,
        ).fetchall()
    return Summary(**dict(zip((field.name for field in fields(Summary)), row, strict=True)))


def is_working(layout: Layout, run_id: str) -> bool:
    """Whether the process of a run is alive and at it."""
    return holder(_lock(layout, run_id)) is not None


def _is_local(wire: str) -> bool:
    return is_local_host(urlsplit(wire).hostname or "")


def _lock(layout: Layout, run_id: str) -> Path:
    return layout.runs / f"{run_id}.lock"


def _remove_files(layout: Layout, run_id: str) -> None:
    shutil.rmtree(layout.of_run(run_id), ignore_errors=True)
    _lock(layout, run_id).unlink(missing_ok=True)
