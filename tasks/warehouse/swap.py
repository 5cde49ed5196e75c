"""A warehouse that is built apart from the one in use, and takes its place in one step."""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tasks.core.errors import OperatorError, StorageError
from tasks.core.paths import DataPaths
from tasks.core.reports import WarehouseState
from tasks.core.run import Run
from tasks.warehouse.connect import Connection
from tasks.warehouse.erase import swap_file
from tasks.warehouse.load import settle_all_windows, settle_rulings
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.publish import facts_of, publish_copy, publish_digested, write_manifest
from tasks.warehouse.sql import attach, run_file, run_text
from tasks.warehouse.writer import session, transaction, writer

_SHOWN_FILES = 3

_log = logging.getLogger(__name__)


@contextmanager
def staging_database(paths: DataPaths) -> Iterator[None]:
    """An empty folder for the new warehouse for the length of the block, then none.

    Args:
        layout: the new warehouse's; what a rebuild that died left there goes.

    Raises:
        WriterBusyError: another rebuild is at work.
        StorageError: the disk is full or the folder can't be written.
        NewerWarehouseError: the warehouse in use was made by a newer version.
    """
    in_use = DataPaths(data_dir=paths.data_dir)
    lock = paths.state.with_name(f"{paths.state.name}.lock")
    with exclusive_lock(lock, wait_seconds=0.0):
        shutil.rmtree(paths.state, ignore_errors=True)
        try:
            _former_of(in_use, paths)
            yield
        finally:
            shutil.rmtree(paths.state, ignore_errors=True)


@contextmanager
def block_other_writers(run: Run) -> Iterator[None]:
    """Keeps others from writing to the warehouse in use; what they stage waits meanwhile.

    Args:
        run: any run; the warehouse in use is that of its data folder.

    Raises:
        WriterBusyError: another process writes for longer than `writer_wait_seconds`.
    """
    in_use = DataPaths(data_dir=run.settings.data_dir)
    with exclusive_lock(in_use.writer_lock, wait_seconds=run.settings.writer_wait_seconds):
        yield


def inherit_state(run: Run, *, accept_losses: bool) -> None:
    """Gives a rebuilt warehouse what only the one in use knows: runs, rulings, refusals.

    Args:
        run: the rebuild; the warehouse in use is held.
        accept_losses: go on though answers of the warehouse in use are not in the archive.

    Raises:
        OperatorError: they aren't; the text says which file they were in.
        StorageError: the disk is full or can't be written.
    """
    former = _former_of(DataPaths(data_dir=run.settings.data_dir), run.paths)
    with writer(run.paths, wait_seconds=0.0) as connection:
        with transaction(connection):
            run_file(connection, "rebuild/date_rejects.sql")
            run_file(connection, "rebuild/add_refused_answers.sql")
        if former is not None:
            _keep_history(connection, former, accept_losses=accept_losses)
        with transaction(connection):
            settle_rulings(connection)
            settle_all_windows(connection)


def swap_in(run: Run) -> None:
    """Puts a rebuilt warehouse in the place of the one in use, which is held.

    Args:
        run: the rebuild; nobody has its file open.

    Raises:
        StorageError: the file can't be moved; the warehouse in use is as it was.
    """
    in_use = DataPaths(data_dir=run.settings.data_dir)
    _settle_log(in_use, run.settings.writer_wait_seconds)
    try:
        run.paths.writer_file.replace(in_use.writer_file)
        _sync(in_use.state)
    except OSError as error:
        raise StorageError.of(error, in_use.writer_file) from error


def _former_of(in_use: DataPaths, paths: DataPaths) -> Path | None:
    """A copy of the warehouse in use, brought to the schema of today; `None` if none is readable.

    The readers' copy stands in for a writer's file that is damaged or gone.
    """
    copied = DataPaths(data_dir=paths.data_dir, state_folder=f"{paths.state_folder}/former")
    for source in (in_use.writer_file, in_use.warehouse):
        if not source.exists():
            continue
        shutil.rmtree(copied.state, ignore_errors=True)
        try:
            copied.state.mkdir(parents=True)
            _copy_with_log(source, copied.writer_file)
            with session(copied, wait_seconds=0.0):
                return copied.writer_file
        except StorageError as error:
            _log.warning("%s tells nothing of earlier runs: %s", source, error)
    return None


def _copy_with_log(source: Path, target: Path) -> None:
    publish_copy(source, target)
    log = _log_of(source)
    try:
        if log.exists():
            shutil.copyfile(log, _log_of(target))
    except OSError as error:
        raise StorageError.of(error, log) from error


def _keep_history(connection: Connection, former: Path, *, accept_losses: bool) -> None:
    attach(connection, "attach/former.sql", former)
    if not accept_losses:
        _refuse_losses(connection)
    with transaction(connection):
        run_file(connection, "rebuild/keep_history.sql")
    run_text(connection, "detach former")


def _refuse_losses(connection: Connection) -> None:
    missing: list[tuple[str, int]] = run_file(connection, "rebuild/missing_captures.sql").fetchall()
    if not missing:
        return
    shown = ", ".join(f"{count} in {path}" for path, count in missing[:_SHOWN_FILES])
    unshown = len(missing) - _SHOWN_FILES
    more = f", and more in {unshown} other files" if unshown > 0 else ""
    raise OperatorError(
        f"The archive has lost answers that the warehouse was made from: {shown}{more}. The "
        "warehouse is as it was. Bring the files back, or rebuild without them: "
        "wirehouse rebuild --accept-losses"
    )


def _settle_log(in_use: DataPaths, wait_seconds: float) -> None:
    """A log that a crash left beside the old file must not be replayed into the new one."""
    if not _log_of(in_use.writer_file).exists():
        return
    try:
        with session(in_use, wait_seconds=wait_seconds):
            pass
    except StorageError as error:
        _log.warning("The log of the old warehouse goes with it: %s", error)
        _log_of(in_use.writer_file).unlink(missing_ok=True)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_log_restoring = logging.getLogger(__name__)


def state_of(connection: Connection) -> WarehouseState:
    """How far a warehouse has come."""
    (row,) = run_file(connection, "backup/state.sql").fetchall()
    return WarehouseState(**dict(zip(WarehouseState.__slots__, row, strict=True)))


def state_in_use(paths: DataPaths, *, wait_seconds: float) -> WarehouseState | None:
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
    if not paths.writer_file.exists():
        return None
    try:
        with session(paths, wait_seconds=wait_seconds) as connection:
            return state_of(connection)
    except StorageError as error:
        _log_restoring.warning("What is restored can't be compared with what is there: %s", error)
        return None


@contextmanager
def place_for(paths: DataPaths) -> Iterator[DataPaths]:
    """An empty place beside the warehouse in use for the length of the block, then none.

    Args:
        layout: the warehouse in use, held alone.

    Raises:
        StorageError: the disk is full or the folder can't be written.
    """
    beside = DataPaths(data_dir=paths.data_dir, state_folder=f"{paths.state_folder}/restored")
    shutil.rmtree(beside.state, ignore_errors=True)
    try:
        beside.state.mkdir(parents=True)
        yield beside
    except OSError as error:
        raise StorageError.of(error, beside.state) from error
    finally:
        shutil.rmtree(beside.state, ignore_errors=True)


def put_in_place(restored: Path, paths: DataPaths) -> None:
    """Makes a closed warehouse the one in use, for its writer and then for readers.

    Args:
        restored: the file.
        layout: the warehouse in use, held alone.

    Raises:
        StorageError: the disk is full or can't be written.
    """
    try:
        swap_file(restored, paths.writer_file)
    except OSError as error:
        raise StorageError.of(error, paths.writer_file) from error
    copied = publish_digested(paths.writer_file, paths.warehouse)
    with session(paths, wait_seconds=0.0) as connection:
        facts = facts_of(connection)
    write_manifest(paths, copied, facts)
