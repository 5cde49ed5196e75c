"""How far a warehouse has come, and the putting of another in its place."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tasks.adapters.warehouse.connection import Connection
from tasks.adapters.warehouse.forgetting import take_place
from tasks.adapters.warehouse.manifest import facts_of, write_manifest
from tasks.adapters.warehouse.publishing import publish_digested
from tasks.adapters.warehouse.statements import run_file
from tasks.adapters.warehouse.writing import session
from tasks.wire.backup import State
from tasks.wire.errors import StorageError
from tasks.wire.run import Layout

_log = logging.getLogger(__name__)


def state_of(connection: Connection) -> State:
    """How far a warehouse has come."""
    (row,) = run_file(connection, "backup/state.sql").fetchall()
    return State(**dict(zip(State.__slots__, row, strict=True)))


def state_in_use(layout: Layout, *, wait_seconds: float) -> State | None:
    """How far the warehouse in use has come.

    Args:
        layout: the warehouse in use, whose writer's lock is held.
        wait_seconds: how long to wait for another program that has the file open.

    Returns:
        Its state; `None` where there is none, or none that can be read.

    Raises:
        WriterBusyError: another program has the file open.
        NewerWarehouseError: it was made by a newer version.
    """
    if not layout.writer_file.exists():
        return None
    try:
        with session(layout, wait_seconds=wait_seconds) as connection:
            return state_of(connection)
    except StorageError as error:
        _log.warning("What is restored can't be compared with what is there: %s", error)
        return None


@contextmanager
def place_for(layout: Layout) -> Iterator[Layout]:
    """An empty place beside the warehouse in use for the length of the block, then none.

    Args:
        layout: the warehouse in use, held alone.

    Raises:
        StorageError: the disk is full or the folder can't be written.
    """
    beside = Layout(data_dir=layout.data_dir, state_folder=f"{layout.state_folder}/restored")
    shutil.rmtree(beside.state, ignore_errors=True)
    try:
        beside.state.mkdir(parents=True)
        yield beside
    except OSError as error:
        raise StorageError.of(error, beside.state) from error
    finally:
        shutil.rmtree(beside.state, ignore_errors=True)


def put_in_place(restored: Path, layout: Layout) -> None:
    """Makes a closed warehouse the one in use, for its writer and then for readers.

    Args:
        restored: the file.
        layout: the warehouse in use, held alone.

    Raises:
        StorageError: the disk is full or can't be written.
    """
    try:
        take_place(restored, layout.writer_file)
    except OSError as error:
        raise StorageError.of(error, layout.writer_file) from error
    copied = publish_digested(layout.writer_file, layout.warehouse)
    with session(layout, wait_seconds=0.0) as connection:
        facts = facts_of(connection)
    write_manifest(layout, copied, facts)
