"""The writer's file, open in one process at a time and only for the length of a piece of work."""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from tasks.core.errors import StorageError, WriterBusyError
from tasks.core.paths import DataPaths
from tasks.warehouse.connect import (
    Connection,
    explain_errors,
    open_in_memory,
    open_published,
    prefer_base_tables,
)
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.migrate import migrate, refuse_newer
from tasks.warehouse.sql import SQL_FOLDER, run_text, run_with_path

_POLL_SECONDS = 0.1
_SNAPSHOT_WAIT_SECONDS = 2.0  # a load's transaction is shorter; a longer one isn't waited for

# What each file looked like when this process closed it: unchanged, it is of today's schema.
_closed: dict[Path, tuple[int, ...]] = {}

_log = logging.getLogger(__name__)


@contextmanager
def writer(paths: DataPaths, *, wait_seconds: float) -> Iterator[Connection]:
    """Lock, open and migrate the writer's file, which is made as needed; a connection in UTC.

    Raises:
        WriterBusyError: another process holds the file; the text says which.
        MigrationError: the schema can't be brought up to date.
        OperatorError: see `explain_errors`.
    """
    deadline = time.monotonic() + wait_seconds
    with (
        exclusive_lock(paths.writer_lock, wait_seconds=wait_seconds),
        session(paths, wait_seconds=max(0.0, deadline - time.monotonic())) as connection,
    ):
        yield connection


@contextmanager
def session(
    paths: DataPaths, *, wait_seconds: float, is_confined: bool = False
) -> Iterator[Connection]:
    """The writer's file for a caller that holds its lock; else as `writer`.

    When the block ends well the file is checkpointed and closed, so that it is whole by itself.
    If `is_confined`, nothing that it defines can reach a file outside its folder.
    """
    path = paths.writer_file
    with explain_errors(path):
        is_current = path in _closed and _closed[path] == _file_state(path)
        connection = _open(paths, time.monotonic() + wait_seconds, is_confined=is_confined)
        try:
            if not is_current:
                migrate(connection)
            yield connection
            run_text(connection, "checkpoint")
        finally:
            connection.close()
        _closed[path] = _file_state(path)


@contextmanager
def open_snapshot(
    paths: DataPaths, *, wait_seconds: float = _SNAPSHOT_WAIT_SECONDS
) -> Iterator[Connection]:
    """The writer's file; the published copy while another process holds that.

    No warehouse is made where there is none: an empty one in memory stands in. Temporary tables
    may be made on the connection, and nothing else be written. Errors are those of `writer`,
    except that a busy writer is none.
    """
    with ExitStack() as stack:
        connection = None
        if os.access(paths.writer_file, os.W_OK):  # a reader may have no permission
            try:
                connection = stack.enter_context(writer(paths, wait_seconds=wait_seconds))
            except WriterBusyError as busy:
                _log.warning("Reading the published copy instead: %s", busy)
        if connection is None and paths.warehouse.exists():
            connection = stack.enter_context(closing(open_published(paths)))
            refuse_newer(connection)
        if connection is None:
            connection = stack.enter_context(closing(open_in_memory(paths.state / "spill")))
            migrate(connection)
        yield connection


def _open(paths: DataPaths, deadline: float, *, is_confined: bool) -> Connection:
    """The file, attached; waits for a program that has opened it without our lock."""
    try:
        paths.state.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError.of(error, paths.state) from error
    seeds = (SQL_FOLDER / "seeds", SQL_FOLDER.parent / "data" / "entities")  # one links there
    readable = (paths.state, *seeds) if is_confined else ()
    is_new = not paths.writer_file.exists()
    while True:
        connection = open_in_memory(paths.state / "spill", readable)
        try:
            with explain_errors(paths.writer_file):
                run_with_path(connection, "admin/attach_writer.sql", paths.writer_file)
        except WriterBusyError:
            connection.close()
            if time.monotonic() >= deadline:
                raise
            time.sleep(_POLL_SECONDS)
        except StorageError:
            connection.close()
            if is_new:  # a full disk may have left the beginning of one
                paths.writer_file.unlink(missing_ok=True)
            raise
        else:
            prefer_base_tables(connection)
            return connection


def log_path(path: Path) -> Path:
    """Where DuckDB keeps the write-ahead log of a file until it is checkpointed."""
    return path.with_name(f"{path.name}.wal")


def _file_state(path: Path) -> tuple[int, ...]:
    """Another whenever another process wrote to the file, replaced it, or left a log next to it."""
    if not path.exists():
        return ()
    facts = path.stat()
    return (facts.st_ino, facts.st_size, facts.st_mtime_ns, log_path(path).exists())
