"""The rows of `runs`, and the locks that tell a running run from one that died."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from tasks.core.errors import UsageError, WriterBusyError
from tasks.core.paths import DataPaths
from tasks.core.reports import RunStatus, Summary
from tasks.core.run import Run, new_run
from tasks.core.settings import Settings
from tasks.core.urls import is_local_host
from tasks.warehouse.connect import Connection, transaction
from tasks.warehouse.locks import exclusive_lock, lock_holder, shared_lock
from tasks.warehouse.outcome import judge_run
from tasks.warehouse.sql import run_available, run_file

# Only another run that looks whether this one is alive may hold a run's lock, for a moment.
_WAIT_SECONDS = 5.0


@contextmanager
def hold_run_lock(run: Run) -> Iterator[None]:
    """Hold the run's own lock; the lock file of a run that fails stays, to be claimed."""
    runs_lock = run.paths.runs_lock
    with ExitStack() as stack:
        try:
            stack.enter_context(
                shared_lock(runs_lock, wait_seconds=run.settings.writer_wait_seconds)
            )
        except WriterBusyError as busy:
            by = lock_holder(runs_lock) or "a process that has just ended"
            raise WriterBusyError(
                f"A story is being taken down, a backup restored or the archive compacted by {by}, "
                "and no run may start meanwhile. Run it again when that is done."
            ) from busy
        stack.enter_context(
            exclusive_lock(_run_lock(run.paths, run.run_id), wait_seconds=_WAIT_SECONDS)
        )
        yield
        _remove_files(run.paths, run.run_id)


@contextmanager
def exclusive_run(paths: DataPaths, *, wait_seconds: float) -> Iterator[None]:
    """Keep out every run and every other writer; small files of runs that died are removed."""
    with ExitStack() as stack:
        try:
            stack.enter_context(exclusive_lock(paths.runs_lock, wait_seconds=wait_seconds))
        except WriterBusyError as busy:
            running = [path.stem for path in sorted(paths.runs.glob("*.lock")) if lock_holder(path)]
            name = f"Run {', '.join(running)}" if running else "Another run"
            raise WriterBusyError(
                f"{name} is in progress, and nothing was changed: this needs the archive and the "
                "warehouse to itself. Wait for the run to end, or end it (nothing is lost), and "
                "run this again."
            ) from busy
        stack.enter_context(exclusive_lock(paths.writer_lock, wait_seconds=wait_seconds))
        for folder in paths.runs.glob("*/"):
            shutil.rmtree(folder, ignore_errors=True)
        yield


@contextmanager
def claim_interrupted_runs(
    paths: DataPaths, *, waiting: Iterable[str]
) -> Iterator[tuple[str, ...]]:
    """Hold the locks of runs that died, so that nobody else recovers them; yields their ids.

    `waiting` are the ids of the runs whose batches wait on disk. When the block ends well the small
    files of the claimed runs are gone, otherwise they can be claimed again.
    """
    with ExitStack() as stack:
        claimed = []
        for run_id in sorted({path.stem for path in paths.runs.glob("*.lock")} | set(waiting)):
            try:
                stack.enter_context(exclusive_lock(_run_lock(paths, run_id), wait_seconds=0.0))
            except WriterBusyError:
                continue  # it is alive, or claimed already
            claimed.append(run_id)
        yield tuple(claimed)
        for run_id in claimed:
            _remove_files(paths, run_id)


def refuse_mixed_sites(connection: Connection, run: Run, *, waiting: Iterable[str]) -> None:
    """Keep stories of the live site and of a local one, replayed or invented, apart: `UsageError`.

    `connection` may be read-only; `waiting` are the ids of the runs whose batches wait on disk.
    """

    def is_local(base_url: str) -> bool:
        return is_local_host(urlsplit(base_url).hostname or "")

    base_url = run.settings.base_url
    known = run_file(connection, "runs/select_sites.sql", waiting=list(waiting)).fetchall()
    for (other_url,) in known:
        if is_local(other_url) != is_local(base_url):
            raise UsageError(
                f"{run.paths.data_dir} has stories of {other_url}, and this run would add those of "
                f"{base_url}. A local site is a replayed or invented one, so the two never share a "
                "warehouse. Set WIREHOUSE_DATA_DIR to another folder."
            )


def other_timezones(connection: Connection, run: Run) -> list[str]:
    """The time zones, other than the run's, in which stories of the warehouse were read."""
    name = "runs/select_timezones.sql"
    rows = run_file(connection, name, timezone=run.settings.timezone).fetchall()
    return [timezone for (timezone,) in rows]


def begin_run(connection: Connection, run: Run) -> None:
    """Insert the run's row, and mark the runs whose process is gone as failed."""
    with transaction(connection):
        running = run_file(connection, "runs/select_running.sql").fetchall()
        others = [run_id for (run_id,) in running if run_id != run.run_id]
        run_file(
            connection,
            "runs/begin_run.sql",
            dead_run_ids=[one for one in others if not lock_holder(_run_lock(run.paths, one))],
            now=datetime.now(UTC),
            run_id=run.run_id,
            flow=run.flow,
            started_at=run.started_at,
            base_url=run.settings.base_url,
            timezone=run.settings.timezone,
        )


def close_dead_runs(connection: Connection, settings: Settings) -> list[Run]:
    """Mark the runs whose process is gone as failed; returns them."""
    with transaction(connection):
        running = run_file(connection, "runs/select_running.sql").fetchall()
        paths = DataPaths(settings.data_dir)
        dead = [run_id for (run_id,) in running if not lock_holder(_run_lock(paths, run_id))]
        parameters = {"dead_run_ids": dead, "now": datetime.now(UTC)}
        run_available(connection, "runs/begin_run.sql", **parameters)
    return [replace(new_run("ingest", settings), run_id=run_id) for run_id in dead]


def end_run(connection: Connection, run: Run, *, failure: str | None = None) -> Summary:
    """Record how a run ended, `failure` being why it could not finish; return its row.

    Without one, what it got from the site says how it ended. A run keeps the end it was given
    first, unless it fails afterwards.
    """
    status, detail = (RunStatus.FAILED, failure) if failure else judge_run(connection, run)
    with transaction(connection):
        (row,) = run_file(
            connection,
            "runs/end_run.sql",
            run_id=run.run_id,
            flow=run.flow,
            started_at=run.started_at,
            finished_at=datetime.now(UTC),
            status=status,
            detail=detail,
            base_url=run.settings.base_url,
            timezone=run.settings.timezone,
        ).fetchall()
    return Summary(**dict(zip((field.name for field in fields(Summary)), row, strict=True)))


def last_captures(connection: Connection, run_ids: Sequence[str]) -> dict[str, int]:
    """The offset of the last record that the warehouse has of each archive file of some runs."""
    rows = run_file(connection, "crawl/select_last_captures.sql", run_ids=list(run_ids)).fetchall()
    return {str(warc_path): int(offset) for warc_path, offset in rows}


def _run_lock(paths: DataPaths, run_id: str) -> Path:
    return paths.runs / f"{run_id}.lock"


def _remove_files(paths: DataPaths, run_id: str) -> None:
    shutil.rmtree(paths.run_folder(run_id), ignore_errors=True)
    _run_lock(paths, run_id).unlink(missing_ok=True)
