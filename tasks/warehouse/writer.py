"""The writer's file, held by one process at a time and only for the length of a piece of work."""

import logging
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from pathlib import Path

import duckdb

from tasks.core.errors import StorageError, WriterBusyError
from tasks.core.paths import DataPaths
from tasks.warehouse.connect import (
    Connection,
    explain_errors,
    private_connection,
    published_connection,
)
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.migrate import migrate, refuse_newer
from tasks.warehouse.sql import run_text, run_with_path

_POLL_SECONDS = 0.1


@contextmanager
def writer(paths: DataPaths, *, wait_seconds: float) -> Iterator[Connection]:
    """The writer's file, locked, open and migrated for the length of the block.

    Args:
        layout: where the file lies; it is made if need be.
        wait_seconds: how long to wait for another holder of the lock or of the file.

    Yields:
        A connection in UTC; each load is the caller's own transaction.

    Raises:
        WriterBusyError: another process holds the file; the text says which.
        NewerWarehouseError: the file was made by a newer version.
        MigrationError: the schema can't be brought up to date.
        StorageError: the file is damaged, or the disk is full or can't be written.
    """
    deadline = time.monotonic() + wait_seconds
    with (
        exclusive_lock(paths.writer_lock, wait_seconds=wait_seconds),
        session(paths, wait_seconds=max(0.0, deadline - time.monotonic())) as connection,
    ):
        yield connection


@contextmanager
def session(paths: DataPaths, *, wait_seconds: float) -> Iterator[Connection]:
    """The writer's file for one who holds its lock; see `writer`.

    When the block ends well the file is checkpointed and closed, so that it is whole by itself.
    """
    with explain_errors(paths.writer_file):
        connection = _opened(paths, time.monotonic() + wait_seconds)
        try:
            migrate(connection)
            yield connection
            run_text(connection, "checkpoint")
        finally:
            connection.close()


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """One transaction: committed when the block ends well, else rolled back."""
    connection.begin()
    try:
        yield
    except BaseException:
        # A database that a full disk has made unusable can't roll back either, and needs not.
        with suppress(duckdb.Error):
            connection.rollback()
        raise
    connection.commit()


def _opened(paths: DataPaths, deadline: float) -> Connection:
    """The file, attached; waits for any other program that has opened it past our lock."""
    _make_folder(paths.state)
    while True:
        connection = private_connection(paths.state / "spill")
        try:
            with explain_errors(paths.writer_file):
                run_with_path(connection, "admin/attach_writer.sql", paths.writer_file)
        except WriterBusyError:
            connection.close()
            if time.monotonic() >= deadline:
                raise
            time.sleep(_POLL_SECONDS)
        else:
            return connection


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError.of(error, folder) from error


_WAIT_SECONDS = 2.0
"""A load's transaction is shorter than this; whoever holds the file for longer isn't waited for."""

_log = logging.getLogger(__name__)


@contextmanager
def latest(paths: DataPaths, *, wait_seconds: float = _WAIT_SECONDS) -> Iterator[Connection]:
    """The writer's file; while another process holds it, the readers' copy.

    Where there is no warehouse none is made: an empty one in memory stands in.

    Args:
        layout: where both lie.
        wait_seconds: how long to wait for the writer's file.

    Yields:
        A connection in UTC on which temporary tables may be made and nothing else be written.

    Raises:
        OperatorError: the file can't be opened; see `writer`.
    """
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(_existing(paths, wait_seconds))
        except WriterBusyError as busy:
            _log.warning("Reading the published copy instead: %s", busy)
            connection = stack.enter_context(closing(_published_or_empty(paths)))
        yield connection


def _existing(paths: DataPaths, wait_seconds: float) -> AbstractContextManager[Connection]:
    if paths.writer_file.exists():
        return writer(paths, wait_seconds=wait_seconds)
    return closing(_published_or_empty(paths))


def _published_or_empty(paths: DataPaths) -> Connection:
    if paths.warehouse.exists():
        published = published_connection(paths)
        refuse_newer(published)
        return published
    connection = private_connection(paths.state / "spill")
    migrate(connection)
    return connection
