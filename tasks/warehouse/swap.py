"""Blue-green: a warehouse is rebuilt or restored in a folder of its own, then swapped in.

Each function raises `StorageError` where the disk is full or can't be written.
"""

import logging
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from tasks.core.errors import MigrationError, OperatorError, StorageError
from tasks.core.files import sync_path
from tasks.core.paths import DataPaths
from tasks.core.run import Run
from tasks.warehouse.connect import Connection, transaction
from tasks.warehouse.load import Matchers, begin_settling, settle
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.migrate import migrate
from tasks.warehouse.publish import publish_copy
from tasks.warehouse.sql import run_file, run_text, run_with_path
from tasks.warehouse.writer import log_path, session, writer

_SHOWN_FILES = 3

_log = logging.getLogger(__name__)


@contextmanager
def empty_folder(path: Path) -> Iterator[None]:
    """Make an empty folder, whatever was there before, and remove it with the block."""
    shutil.rmtree(path, ignore_errors=True)
    try:
        path.mkdir(parents=True)
    except OSError as error:
        raise StorageError.of(error, path) from error
    try:
        yield
    finally:
        shutil.rmtree(path, ignore_errors=True)


def replace_writer_file(new: Path, paths: DataPaths) -> None:
    """Put a closed file in the place of the writer's, in one step or not at all."""
    try:
        sync_path(new)
        log_path(paths.writer_file).unlink(missing_ok=True)
        new.replace(paths.writer_file)
        sync_path(paths.state)
    except OSError as error:
        raise StorageError.of(error, paths.writer_file) from error


# Rebuild: the new warehouse takes over what only the one in use knows.


@contextmanager
def staging_database(paths: DataPaths) -> Iterator[None]:
    """Have an empty folder for the new warehouse during the block, as the only rebuild."""
    lock = paths.state.with_name(f"{paths.state.name}.lock")
    with exclusive_lock(lock, wait_seconds=0.0), empty_folder(paths.state):
        _copy_former(DataPaths(paths.data_dir), paths)  # refuses a newer one at once
        yield


def inherit_state(run: Run, *, accept_losses: bool, matchers: Matchers) -> None:
    """Copy what only the warehouse in use knows into a rebuilt one: runs, decisions, refusals.

    With `accept_losses` it goes on though responses of the warehouse in use are not in the archive;
    else that is an `OperatorError`, which says in which file they were.
    """
    former = _copy_former(DataPaths(run.settings.data_dir), run.paths)
    with writer(run.paths, wait_seconds=0.0) as connection:
        with transaction(connection):
            run_file(connection, "admin/restore_rejects.sql")
        if former is not None:
            missing = run_with_path(connection, "admin/attach_former.sql", former).fetchall()
            if missing and not accept_losses:
                shown = ", ".join(f"{count} in {path}" for path, count in missing[:_SHOWN_FILES])
                unshown = len(missing) - _SHOWN_FILES
                more = f", and more in {unshown} other files" if unshown > 0 else ""
                raise OperatorError(
                    "The archive has lost responses that the warehouse was made from: "
                    f"{shown}{more}. The warehouse is as it was. Bring the files back, or rebuild "
                    "without them: wirehouse rebuild --accept-losses"
                )
            with transaction(connection):
                run_file(connection, "admin/inherit_history.sql")
            run_text(connection, "detach former")
        with transaction(connection):
            begin_settling(connection, has_all_gaps=True)
            settle(connection, matchers)


def swap_in(run: Run) -> None:
    """Put a rebuilt warehouse, closed, in the place of the one in use, whose lock is held."""
    in_use = DataPaths(run.settings.data_dir)
    if log_path(in_use.writer_file).exists():
        # A crash left it: what it holds belongs to the old file, which keeps it if the swap fails.
        try:
            with session(in_use, wait_seconds=run.settings.writer_wait_seconds):
                pass
        except StorageError as error:
            _log.warning("The log of the old warehouse is discarded with it: %s", error)
    replace_writer_file(run.paths.writer_file, in_use)
    # What had been set aside has come from the archive, but for what the rebuild set aside itself.
    shutil.rmtree(in_use.quarantine, ignore_errors=True)
    if run.paths.quarantine.exists():
        run.paths.quarantine.rename(in_use.quarantine)


def _copy_former(in_use: DataPaths, paths: DataPaths) -> Path | None:
    """A migrated copy of the warehouse in use; `None` if there is none that can be read."""
    copy = DataPaths(paths.data_dir, f"{paths.state_folder}/former")
    # The published copy stands in for a writer's file that is damaged or gone.
    for source in (in_use.writer_file, in_use.warehouse):
        if not source.exists():
            continue
        shutil.rmtree(copy.state, ignore_errors=True)
        try:
            publish_copy(source, copy.writer_file)
            if log_path(source).exists():
                shutil.copyfile(log_path(source), log_path(copy.writer_file))
            with session(copy, wait_seconds=0.0):
                return copy.writer_file
        except (OSError, StorageError) as error:
            _log.warning("%s has no readable history of runs: %s", source, error)
    return None


# Restore: a warehouse from a backup takes the place of the one in use.


def select_state(connection: Connection) -> tuple[int, datetime | None]:
    """How many stories a warehouse has, and when its newest run started."""
    summary = run_file(connection, "admin/select_summary.sql").fetchall()
    ((_, _, last_run_at, stories, _, _),) = summary
    return stories, last_run_at


def last_run_in_use(paths: DataPaths, *, wait_seconds: float) -> datetime | None:
    """When the newest run of the warehouse in use started, if there is one that can be read."""
    if not paths.writer_file.exists():
        return None
    try:
        with session(paths, wait_seconds=wait_seconds) as connection:
            return select_state(connection)[1]
    except StorageError as error:
        _log.warning("The backup can't be compared with the warehouse in use: %s", error)
        return None


@contextmanager
def restored_session(staging: DataPaths, backup: Path) -> Iterator[Connection]:
    """The writer's file out of a backup, whose author may be anyone.

    No file outside its folder can be reached by what it defines. A `StorageError` where it isn't a
    warehouse, or is damaged.
    """
    try:
        with session(staging, wait_seconds=0.0, is_confined=True) as connection:
            yield connection
    except (duckdb.Error, MigrationError, StorageError) as error:
        cause = error.__cause__ if isinstance(error, StorageError) else error
        if not isinstance(cause, duckdb.Error | MigrationError) or "No space left" in str(cause):
            raise
        raise _no_backup(backup, "can't be used: " + " ".join(str(cause).split())[:300]) from error


def require_own_schema(connection: Connection, backup: Path) -> None:
    """Make a restored warehouse's views again; nothing in it may be foreign to the schema."""
    run_text(connection, "delete from applied_files")
    migrate(connection)
    if foreign := _own_catalog() ^ _catalog(connection):
        kind, name, _ = min(foreign, key=str)
        raise _no_backup(backup, f"has a {kind} {name!r} that isn't of Wirehouse's schema")


@cache
def _own_catalog() -> frozenset[tuple[Any, ...]]:
    with closing(duckdb.connect()) as own:
        migrate(own)
        return _catalog(own)


def _catalog(connection: Connection) -> frozenset[tuple[Any, ...]]:
    return frozenset(run_file(connection, "admin/select_catalog.sql").fetchall())


def _no_backup(backup: Path, problem: str) -> StorageError:
    return StorageError(
        f"{backup} isn't a complete backup: its warehouse {problem}. Nothing was changed; take "
        "another backup."
    )
