"""Puts the readers' copy in place, whole, in one step."""

import errno
import fcntl
import hashlib
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tasks.core.errors import StorageError
from tasks.core.paths import DataPaths
from tasks.core.reports import Summary
from tasks.core.run import Run
from tasks.core.settings import VERSION
from tasks.warehouse.connect import Connection
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.runs import end_run
from tasks.warehouse.sql import run_file
from tasks.warehouse.writer import session, transaction

_WAIT_SECONDS = 60.0
"""Describing a copy takes a moment; who publishes meanwhile waits for its turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A readers' copy as it was put in place.

    Attributes:
        file: by which it can be told from later ones.
        sha256: hexadecimal SHA-256 of its bytes.
    """

    file: os.stat_result
    sha256: str


def facts_of(connection: Connection) -> dict[str, Any]:
    """What a warehouse says of itself: schema, last run, newest story, rows of the main tables.

    Args:
        connection: the file that the copy is made of.
    """
    ((version, run_id, _, _, newest_story_at, _),) = run_file(
        connection, "admin/select_summary.sql"
    ).fetchall()
    rows: dict[str, int] = dict(run_file(connection, "admin/count_rows.sql").fetchall())
    return {
        "schema_version": version,
        "run_id": run_id,
        "newest_story_at": newest_story_at.isoformat() if newest_story_at else None,
        "rows": rows,
    }


def write_manifest(paths: DataPaths, copied: Copied, facts: dict[str, Any]) -> None:
    """Puts the description of a copy beside it in one step, unless another copy is there by now.

    Args:
        layout: where the copy lies.
        copied: the copy, as it was when it was put in place.
        facts: those of the file that it was made of.

    Raises:
        WriterBusyError: another process has been describing a copy for too long.
        StorageError: the copy is gone, or the manifest can't be written.
    """
    with exclusive_lock(paths.state / "manifest.lock", wait_seconds=_WAIT_SECONDS):
        try:
            if os.path.samestat(copied.file, paths.warehouse.stat()):
                _replace(paths, _told(paths, copied, facts))
        except OSError as error:
            raise StorageError.of(error, paths.manifest) from error


def _told(paths: DataPaths, copied: Copied, facts: dict[str, Any]) -> str:
    told = {
        "warehouse": paths.warehouse.name,
        **facts,
        "published_at": datetime.fromtimestamp(copied.file.st_mtime, UTC).isoformat(),
        "bytes": copied.file.st_size,
        "sha256": copied.sha256,
        "written_by": f"Wirehouse/{VERSION}",
    }
    return json.dumps(told, indent=2) + "\n"


def _replace(paths: DataPaths, text: str) -> None:
    temporary = paths.manifest.with_name(f".{paths.manifest.name}.{os.getpid()}.part")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(paths.manifest)


_CLONE = 0x40049409
"""Linux's FICLONE: the copy shares its blocks with the original until one of them changes."""

_PIECE_BYTES = 8 << 20

_CANT_CLONE = {errno.EOPNOTSUPP, errno.ENOTTY, errno.EINVAL, errno.EXDEV, errno.ENOSYS}


def publish(run: Run) -> Summary:
    """Writes that a run completed, and gives readers a copy of the warehouse with that in it.

    Args:
        run: the run.

    Returns:
        The run's row.

    Raises:
        WriterBusyError: another process holds the writer's file.
        OperatorError: the file can't be opened, or the copy can't be written.
    """
    paths, wait_seconds = run.paths, run.settings.writer_wait_seconds
    with exclusive_lock(paths.writer_lock, wait_seconds=wait_seconds):
        with session(paths, wait_seconds=wait_seconds) as connection:
            summary = end_run(connection, run)
            facts = facts_of(connection)
        started = time.perf_counter()
        copied = publish_digested(paths.writer_file, paths.warehouse)
        seconds = time.perf_counter() - started
        with session(paths, wait_seconds=wait_seconds) as connection, transaction(connection):
            run_file(connection, "runs/record_publication.sql", run_id=run.run_id, seconds=seconds)
    write_manifest(paths, copied, facts)
    return summary


def publish_digested(source: Path, target: Path) -> Copied:
    """Publishes a copy as `publish_copy` does, and digests the file meanwhile.

    Returns:
        The copy, as its manifest tells of it.

    Raises:
        StorageError: the file can't be read, the disk is full or the folder can't be written.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        extract_and_load = beside.submit(_sha256, source)
        return Copied(file=publish_copy(source, target), sha256=extract_and_load.result())


def publish_copy(source: Path, target: Path) -> os.stat_result:
    """Copies a closed DuckDB file over the published one, which readers may have open.

    Whoever holds the old copy open keeps it until they close it; whoever opens the path gets the
    old copy or the new one, never a part of it.

    Args:
        source: the writer's file, checkpointed and closed, so that it has no log beside it.
        target: the published file.

    Returns:
        The copy's file, by which it can be told from later ones.

    Raises:
        StorageError: the disk is full or the folder can't be written.
    """
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _copy(source, temporary)
        # What a reader wrote into the old copy must not be replayed into the new one.
        target.with_name(f"{target.name}.wal").unlink(missing_ok=True)
        copied = temporary.stat()
        temporary.replace(target)
        _sync(target.parent)
    except OSError as error:
        raise StorageError.of(error, target) from error
    finally:
        temporary.unlink(missing_ok=True)
    return copied


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StorageError.of(error, path) from error


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as original, target.open("wb") as copy:
        try:
            fcntl.ioctl(copy.fileno(), _CLONE, original.fileno())
        except OSError as error:
            if error.errno not in _CANT_CLONE:
                raise
            _copy_bytes(original.fileno(), copy.fileno())
        os.fsync(copy.fileno())


def _copy_bytes(source: int, target: int) -> None:
    """Each piece is on its way to the disk while the next is copied.

    The advice starts the writing; what isn't written yet stays in memory all the same. So the
    sync at the end has little left to wait for: on a fast disk it took as long as the copy itself.
    """
    position = 0
    while count := os.sendfile(target, source, position, _PIECE_BYTES):
        os.posix_fadvise(target, position, count, os.POSIX_FADV_DONTNEED)
        position += count


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
