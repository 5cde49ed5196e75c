"""DuckDB connections, and what DuckDB's errors about a file mean for a person."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir

import duckdb

from tasks.core.errors import NewerWarehouseError, StorageError, WriterBusyError, file_advice
from tasks.core.files import temporary_path
from tasks.core.paths import DataPaths
from tasks.core.settings import read_settings

Connection = duckdb.DuckDBPyConnection
Setting = str | bool | int | float | list[str]

_LOCKED = re.compile(r"Conflicting lock is held(?: in (?P<program>\S+))?.*?\(PID (?P<pid>\d+)\)")
_NEWER = re.compile(r"newer|later version|higher version|different version", re.IGNORECASE)
_DAMAGED = re.compile(r"not a valid DuckDB|corrupt|checksum|serializ|deserializ", re.IGNORECASE)

# Errors about a file, a disk or the memory, as opposed to a statement.
FILE_ERRORS = (
    duckdb.IOException, duckdb.FatalException, duckdb.SerializationException,
    duckdb.OutOfMemoryException, duckdb.InternalException,
)  # fmt: skip


def open_in_memory(spill_folder: Path, readable: Sequence[Path] = ()) -> Connection:
    """An in-memory database in UTC; if given folders, it can read no file outside them."""
    connection = duckdb.connect(
        config={
            "memory_limit": f"{read_settings().writer_memory_mb}MiB",
            # Every query here is of a batch: a second thread costs a third more processor time
            # and saves none, since the page readers use the other cores.
            "threads": 1,
            "temp_directory": str(spill_folder),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )
    connection.execute("set timezone = 'UTC'")
    if readable:
        connection.execute("set allowed_directories = $folders", {"folders": [*map(str, readable)]})
        connection.execute("set enable_external_access = false")
    return connection


def open_published(paths: DataPaths, config: Mapping[str, Setting] | None = None) -> Connection:
    """The published copy, read-only and in UTC; errors are those of `explain_errors`."""
    with explain_errors(paths.warehouse):
        try:
            return open_read_only(paths.warehouse, config)
        except duckdb.IOException as error:
            if not _LOCKED.search(str(error)):
                raise
        # A program that opened the copy for writing, as DuckDB's own shell does by default, locks
        # it against other processes: read a private copy of it.
        private = scratch_path(paths, paths.warehouse.name)
        try:
            shutil.copyfile(paths.warehouse, private)
            return open_read_only(private, config)
        except OSError as error:
            raise StorageError.of(error, private) from error
        finally:
            private.unlink(missing_ok=True)


def scratch_path(paths: DataPaths, name: str) -> Path:
    """A new temporary path for a reader, who may not be allowed to write to the data folder."""
    folder = paths.state if os.access(paths.state, os.W_OK) else Path(gettempdir())
    return temporary_path(folder / name)


def open_read_only(path: Path, config: Mapping[str, Setting] | None = None) -> Connection:
    """A file that nobody has open for writing, in UTC."""
    connection = duckdb.connect(str(path), read_only=True, config=dict(config or {}))
    connection.execute("set timezone = 'UTC'")
    prefer_base_tables(connection)
    return connection


def prefer_base_tables(connection: Connection) -> None:
    """Have an unqualified name mean a table of `ops` before a view of `main` that readers have."""
    with suppress(duckdb.CatalogException):  # there is no `ops` before migration 18
        connection.execute("set search_path = 'ops,main'")


def prefer_views(connection: Connection) -> None:
    """Have an unqualified name mean what it means to readers."""
    connection.execute("set search_path = 'main'")


@contextmanager
def explain_errors(path: Path) -> Iterator[None]:
    """Turn DuckDB's errors about a file into ours, which say what to do.

    Raises:
        WriterBusyError: another program has the file open.
        NewerWarehouseError: its format is newer than this DuckDB.
        StorageError: it is damaged, or the disk is full or can't be written.
    """
    try:
        yield
    except FILE_ERRORS as error:
        line = " ".join(str(error).split())[:300]
        if found := _LOCKED.search(line):
            program = f" ({Path(found['program']).name})" if found["program"] else ""
            raise WriterBusyError(
                f"{path} is held open by process {found['pid']}{program}. What was fetched is kept "
                "and will be loaded by the next run; close that program and run again."
            ) from error
        if "version" in line and _NEWER.search(line):
            raise NewerWarehouseError(
                f"{path} was written by a newer DuckDB than this one: {line} Update Wirehouse."
            ) from error
        if _DAMAGED.search(line):
            raise StorageError(
                f"{path} is damaged or not a DuckDB file: {line} Move it away and rebuild the "
                "warehouse from the archive; the archive has every page."
            ) from error
        cause = f"{line.rstrip('.')}. {file_advice(line)}"
        raise StorageError(f"{path} can't be read or written: {cause}") from error


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
    try:
        connection.commit()
    except duckdb.TransactionException as error:
        if "Could not write" in str(error):  # a full disk, which is no conflict
            raise duckdb.IOException(str(error)) from error
        raise
