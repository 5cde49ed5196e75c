"""Opens DuckDB files and says in plain words why one can't be opened or written."""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from tasks.core.errors import NewerWarehouseError, StorageError, WirehouseError, WriterBusyError
from tasks.core.paths import DataPaths

Connection = duckdb.DuckDBPyConnection
Setting = str | bool | int | float | list[str]

_HELD = re.compile(r"Conflicting lock is held(?: in (?P<program>\S+))?.*?\(PID (?P<pid>\d+)\)")
_NEWER = re.compile(r"newer|later version|higher version|different version", re.IGNORECASE)
_DAMAGED = re.compile(r"not a valid DuckDB|corrupt|checksum|serializ|deserializ", re.IGNORECASE)

OF_THE_FILE = (
    duckdb.IOException,
    duckdb.FatalException,
    duckdb.SerializationException,
    duckdb.OutOfMemoryException,
    duckdb.InternalException,
)
"""Errors that speak of a file, a disk or the memory, and not of a statement."""

WRITER_MEMORY = "768MB"
"""A batch needs a tenth of this; the bound keeps a run's memory flat as the warehouse grows."""


def private_connection(spill_folder: Path) -> Connection:
    """An in-memory database for the writer to attach its file to.

    Args:
        spill_folder: where DuckDB may write what doesn't fit in its memory.

    Returns:
        A connection in UTC that installs and loads no extension by itself.
    """
    connection = duckdb.connect(
        config={
            "memory_limit": WRITER_MEMORY,
            # Every query here is of a batch: a second thread costs a third more processor time
            # and saves none, since readers of pages are at work on the other cores.
            "threads": 1,
            "temp_directory": str(spill_folder),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )
    connection.execute("set timezone = 'UTC'")
    return connection


def published_connection(
    paths: DataPaths, config: Mapping[str, Setting] | None = None
) -> Connection:
    """The readers' copy, read-only.

    A program that opened the copy for writing, as DuckDB's own shell does unless told otherwise,
    keeps other processes out of that file; then a private copy of it is read.

    Args:
        layout: where the copy lies.
        config: further DuckDB settings.

    Returns:
        A connection in UTC.

    Raises:
        StorageError: the copy is damaged or can't be read.
        NewerWarehouseError: it was written by a newer DuckDB.
    """
    with explain_errors(paths.warehouse):
        try:
            return _read_only(paths.warehouse, config)
        except duckdb.IOException as error:
            if not _HELD.search(str(error)):
                raise
        try:
            with TemporaryDirectory(prefix=".reading-", dir=paths.state) as folder:
                private = Path(folder) / paths.warehouse.name
                shutil.copyfile(paths.warehouse, private)
                return _read_only(private, config)
        except OSError as error:
            raise StorageError.of(error, paths.warehouse) from error


def _read_only(path: Path, config: Mapping[str, Setting] | None) -> Connection:
    connection = duckdb.connect(str(path), read_only=True, config=dict(config or {}))
    connection.execute("set timezone = 'UTC'")
    return connection


@contextmanager
def explain_errors(path: Path) -> Iterator[None]:
    """Turns what DuckDB says of a file into what a person can act on.

    Args:
        path: the DuckDB file that the block works on.

    Raises:
        WriterBusyError: another program holds the file.
        NewerWarehouseError: its format is newer than this DuckDB.
        StorageError: it is damaged, or the disk is full or can't be written.
    """
    try:
        yield
    except OF_THE_FILE as error:
        raise _explanation(path, str(error)) from error


def _explanation(path: Path, said: str) -> WirehouseError:
    line = " ".join(said.split())[:300]
    if found := _HELD.search(line):
        program = f" ({Path(found['program']).name})" if found["program"] else ""
        return WriterBusyError(
            f"{path} is held open by process {found['pid']}{program}. What was fetched is kept "
            "and will be loaded by the next run; close that program and run again."
        )
    if "version" in line and _NEWER.search(line):
        return NewerWarehouseError(
            f"{path} was written by a newer DuckDB than this one: {line} Update Wirehouse."
        )
    if _DAMAGED.search(line):
        return StorageError(
            f"{path} is damaged or not a DuckDB file: {line} Move it away and rebuild the "
            "warehouse from the archive; the archive has every page."
        )
    return StorageError(
        f"{path} can't be read or written: {line} Free some space or mend the permissions, then "
        "run again; what was fetched is kept."
    )
