"""Puts the published copy in place, whole and in one step, and its manifest with it."""

import errno
import fcntl
import hashlib
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tasks.core.errors import StorageError
from tasks.core.files import replace_atomically
from tasks.core.paths import DataPaths
from tasks.core.reports import Summary
from tasks.core.run import Run
from tasks.core.settings import VERSION
from tasks.warehouse.connect import explain_errors, open_read_only, transaction
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.run_end import finish_run
from tasks.warehouse.sql import run_file
from tasks.warehouse.writer import session

_CLONE = 0x40049409  # Linux's FICLONE: the copy shares its blocks until one of them changes
_CANT_CLONE = {errno.EOPNOTSUPP, errno.ENOTTY, errno.EINVAL, errno.EXDEV, errno.ENOSYS}
_PIECE_BYTES = 8 << 20


def publish(run: Run) -> Summary:
    """Record how a run ended that could finish, and publish that; returns the run's row."""
    paths, wait_seconds = run.paths, run.settings.writer_wait_seconds
    with exclusive_lock(paths.writer_lock, wait_seconds=wait_seconds):
        with session(paths, wait_seconds=wait_seconds) as connection:
            summary = finish_run(connection, run)
        started = time.perf_counter()
        publish_file(paths.writer_file, paths)
        seconds = time.perf_counter() - started
        with session(paths, wait_seconds=wait_seconds) as connection, transaction(connection):
            run_file(connection, "runs/record_publication.sql", run_id=run.run_id, seconds=seconds)
    return summary


def publish_file(source: Path, paths: DataPaths) -> None:
    """Publish a copy of a closed warehouse and the copy's manifest; the caller holds the lock."""
    with explain_errors(source), closing(open_read_only(source)) as connection:
        ((version, run_id, _, _, newest_story_at, _),) = run_file(
            connection, "admin/select_summary.sql"
        ).fetchall()
        rows: dict[str, int] = dict(run_file(connection, "admin/count_rows.sql").fetchall())
    with ThreadPoolExecutor(max_workers=1) as pool:
        sha256 = pool.submit(_sha256, source)
        publish_copy(source, paths.warehouse, is_read_only=True)
    facts = paths.warehouse.stat()
    manifest = {
        "warehouse": paths.warehouse.name,
        "schema_version": version,
        "run_id": run_id,
        "newest_story_at": newest_story_at.isoformat() if newest_story_at else None,
        "rows": rows,
        "published_at": datetime.fromtimestamp(facts.st_mtime, UTC).isoformat(),
        "bytes": facts.st_size,
        "sha256": sha256.result(),
        "written_by": f"Wirehouse/{VERSION}",
    }
    with replace_atomically(paths.manifest) as temporary:
        temporary.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def publish_copy(source: Path, target: Path, *, is_read_only: bool = False) -> None:
    """Copy a closed DuckDB file over the published one, which readers may have open.

    Readers keep the old copy until they close it; who opens the path gets the old copy or the
    new one, never a part of it. One that `is_read_only` can't be opened for writing by mistake,
    which would lock out others.
    """
    with replace_atomically(target) as temporary:
        with source.open("rb") as original, temporary.open("wb") as copy:
            try:
                fcntl.ioctl(copy.fileno(), _CLONE, original.fileno())
            except OSError as error:
                if error.errno not in _CANT_CLONE:
                    raise
                position, end = 0, copy.fileno()
                while count := os.sendfile(end, original.fileno(), position, _PIECE_BYTES):
                    # This starts the writing of each piece while the next is copied; what isn't
                    # written yet stays in memory. Without it the sync took as long as the copy.
                    os.posix_fadvise(end, position, count, os.POSIX_FADV_DONTNEED)
                    position += count
        if is_read_only:
            temporary.chmod(temporary.stat().st_mode & 0o444)  # mode 0444, or what the umask allows
        # What a reader wrote into the old copy must not be replayed into the new one.
        target.with_name(f"{target.name}.wal").unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StorageError.of(error, path) from error
