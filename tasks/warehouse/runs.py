"""The rows of `runs`, and the lock by which a run that died is told from one that works."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from tasks.core.errors import UsageError, WriterBusyError
from tasks.core.paths import DataPaths
from tasks.core.reports import Summary
from tasks.core.run import Run
from tasks.core.urls import is_local_host
from tasks.warehouse.connect import Connection
from tasks.warehouse.locks import exclusive_lock, lock_holder
from tasks.warehouse.sql import run_file
from tasks.warehouse.writer import transaction


def last_captures(connection: Connection, run_ids: Sequence[str]) -> dict[str, int]:
    """The offset of the last record that the warehouse has, by file of the archive.

    Args:
        connection: the writer's file or the readers' copy.
        run_ids: the runs whose files are meant.
    """
    rows = run_file(connection, "crawl/select_last_captures.sql", run_ids=list(run_ids)).fetchall()
    return {str(warc_path): int(offset) for warc_path, offset in rows}


_WAIT_SECONDS = 5.0
"""Nobody else holds a run's lock, but another run may be looking whether somebody does."""


@contextmanager
def hold_run_lock(run: Run) -> Iterator[None]:
    """Holds the run's own lock for the length of the block, and has a folder for its small files.

    A run that doesn't end well leaves its lock, which nobody holds: another takes it over.

    Raises:
        WriterBusyError: a story is being taken down, or a backup restored; see `exclusive_run`.
        StorageError: the disk is full or can't be written.
    """
    with _shared(run), exclusive_lock(_lock(run.paths, run.run_id), wait_seconds=_WAIT_SECONDS):
        yield
        _remove_files(run.paths, run.run_id)


@contextmanager
def exclusive_run(paths: DataPaths, *, wait_seconds: float) -> Iterator[None]:
    """Sees to it that no run is at work for the length of the block, nor any other writer.

    What runs that died left among their small files is removed.

    Args:
        layout: the data folder.
        wait_seconds: how long to wait for runs at work to end, and for the writer's lock.

    Raises:
        WriterBusyError: a run is at work for longer; the text names it.
        StorageError: a lock can't be written.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(exclusive_lock(paths.runs_lock, wait_seconds=wait_seconds))
        except WriterBusyError as busy:
            raise WriterBusyError(_at_work(paths)) from busy
        stack.enter_context(exclusive_lock(paths.writer_lock, wait_seconds=wait_seconds))
        for folder in paths.runs.glob("*/"):
            shutil.rmtree(folder, ignore_errors=True)
        yield


@contextmanager
def claim_interrupted_runs(
    paths: DataPaths, *, waiting: Iterable[str]
) -> Iterator[tuple[str, ...]]:
    """Holds the locks of runs that didn't end well, so that nobody else does what they left.

    Args:
        layout: where the locks lie.
        waiting: ids of the runs whose batches wait on disk.

    Yields:
        The ids of the runs that are taken over, oldest first. When the block ends well their
        small files are gone; otherwise they can be taken over again.

    Raises:
        StorageError: the disk is full or can't be written.
    """
    left = {path.stem for path in paths.runs.glob("*.lock")} | set(waiting)
    with ExitStack() as stack:
        gone = tuple(run_id for run_id in sorted(left) if _took_over(stack, paths, run_id))
        yield gone
        for run_id in gone:
            _remove_files(paths, run_id)


def _took_over(stack: ExitStack, paths: DataPaths, run_id: str) -> bool:
    try:
        stack.enter_context(exclusive_lock(_lock(paths, run_id), wait_seconds=0.0))
    except WriterBusyError:
        return False  # it is alive, or taken over already
    return True


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
    held_wires = run_file(connection, "runs/select_sites.sql", waiting=list(waiting)).fetchall()
    for (wire,) in held_wires:
        if _is_local(wire) != _is_local(dialled):
            raise UsageError(
                f"{run.paths.data_dir} has stories of {wire}, and this run would add those of "
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
        running = run_file(connection, "runs/select_running.sql").fetchall()
        run_file(
            connection,
            "runs/begin_run.sql",
            dead_run_ids=[
                run_id
                for (run_id,) in running
                if run_id != run.run_id and not is_running(run.paths, run_id)
            ],
            now=datetime.now(UTC),
            run_id=run.run_id,
            flow=run.flow,
            started_at=run.started_at,
            base_url=run.settings.base_url,
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
            base_url=run.settings.base_url,
            timezone=run.settings.timezone,
        ).fetchall()
    return Summary(**dict(zip((field.name for field in fields(Summary)), row, strict=True)))


def is_running(paths: DataPaths, run_id: str) -> bool:
    """Whether the process of a run is alive and at it."""
    return lock_holder(_lock(paths, run_id)) is not None


@contextmanager
def _shared(run: Run) -> Iterator[None]:
    lock, wait_seconds = run.paths.runs_lock, run.settings.writer_wait_seconds
    with ExitStack() as stack:
        try:
            stack.enter_context(exclusive_lock(lock, wait_seconds=wait_seconds, shared=True))
        except WriterBusyError as busy:
            who = lock_holder(lock)
            told = f" by process {who.process_id}" if who and who.process_id else ""
            raise WriterBusyError(
                f"A story is being taken down or a backup restored{told}, and no run may be at "
                "work meanwhile. Run it again when that is done."
            ) from busy
        yield


def _at_work(paths: DataPaths) -> str:
    runs = [path.stem for path in sorted(paths.runs.glob("*.lock")) if lock_holder(path)]
    named = f"Run {', '.join(runs)} is" if runs else "Another run is"
    return (
        f"{named} at work, and nothing was changed: this needs the archive and the warehouse to "
        "itself. Wait for the run to end, or end it (nothing is lost), and run this again."
    )


def _is_local(wire: str) -> bool:
    return is_local_host(urlsplit(wire).hostname or "")


def _lock(paths: DataPaths, run_id: str) -> Path:
    return paths.runs / f"{run_id}.lock"


def _remove_files(paths: DataPaths, run_id: str) -> None:
    shutil.rmtree(paths.run_folder(run_id), ignore_errors=True)
    _lock(paths, run_id).unlink(missing_ok=True)
