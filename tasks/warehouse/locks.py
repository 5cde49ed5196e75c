"""File locks that the operating system drops with the process, so that a crash leaves none."""

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from tasks.core.errors import StorageError, WriterBusyError
from tasks.core.reports import LockHolder

_POLL_SECONDS = 0.05
_PATIENCE_SECONDS = 3.0  # longer than a load takes; a longer wait is logged

_log = logging.getLogger(__name__)


@contextmanager
def exclusive_lock(path: Path, *, wait_seconds: float, flow: str = "") -> Iterator[None]:
    """Hold a lock file's lock alone; its text names the holder, as does the `WriterBusyError`."""
    with _lock(path, fcntl.LOCK_EX, wait_seconds) as descriptor:
        os.pwrite(descriptor, f"{os.getpid()} {datetime.now(UTC).isoformat()} {flow}\n".encode(), 0)
        yield


@contextmanager
def shared_lock(path: Path, *, wait_seconds: float) -> Iterator[None]:
    """Hold a lock file's lock together with others; errors as for `exclusive_lock`."""
    with _lock(path, fcntl.LOCK_SH, wait_seconds):
        yield


def lock_holder(path: Path) -> LockHolder | None:
    """Who holds a lock now; `None` if nobody does."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except (FileNotFoundError, PermissionError):
        return None
    try:
        return None if _try_lock(descriptor, fcntl.LOCK_EX) else _read_holder(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _lock(path: Path, kind: int, wait_seconds: float) -> Iterator[int]:
    descriptor = _acquire(path, kind, time.monotonic() + wait_seconds)
    try:
        os.ftruncate(descriptor, 0)
        yield descriptor
    finally:
        # Explicit, because a worker forked meanwhile shares the lock until this is called.
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


def _acquire(path: Path, kind: int, deadline: float) -> int:
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StorageError.of(error, path) from error
        try:
            _wait_for_lock(path, descriptor, kind, deadline)
            # A file that its last holder removed meanwhile locks nobody out: open the new one.
            with suppress(FileNotFoundError):
                if os.path.samestat(path.stat(), os.fstat(descriptor)):
                    return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _wait_for_lock(path: Path, descriptor: int, kind: int, deadline: float) -> None:
    warn_at = time.monotonic() + _PATIENCE_SECONDS
    while not _try_lock(descriptor, kind):
        now = time.monotonic()
        if now >= min(deadline, warn_at):
            use = f"{path.with_suffix('.duckdb')} is in use by {_read_holder(descriptor)}"
            if now >= deadline:
                raise WriterBusyError(
                    f"{use}. What was fetched is kept and will be loaded by the next run; run it "
                    "again, or end that process if it hangs."
                )
            _log.warning("Waiting: %s", use)
            warn_at = deadline
        time.sleep(_POLL_SECONDS)


def _try_lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read_holder(descriptor: int) -> LockHolder:
    try:
        text = os.pread(descriptor, 200, 0).decode("ascii")
        process_id, since, *flow = text.split()
        return LockHolder(
            process_id=int(process_id),
            since=datetime.fromisoformat(since),
            flow="".join(flow) or None,
        )
    except ValueError:
        return LockHolder(process_id=0, since=None)
