"""Locks that a crash can't leave behind: the system drops them with the process that held them."""

import errno
import fcntl
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tasks.core.errors import StorageError, WriterBusyError
from tasks.core.reports import LockHolder

_POLL_SECONDS = 0.05
_PATIENCE_SECONDS = 3.0
"""Longer than a load; whoever waits longer is told what for."""

_log = logging.getLogger(__name__)


@contextmanager
def exclusive_lock(path: Path, *, wait_seconds: float, shared: bool = False) -> Iterator[None]:
    """Holds a lock for the length of the block.

    Args:
        path: the lock file; it is made if need be and stays, its text says who holds it alone.
        wait_seconds: how long to wait for another holder.
        shared: whether others may share it; it waits for one who holds it alone.

    Raises:
        WriterBusyError: another holder kept it for longer; the text names the process.
        StorageError: the lock file can't be written.
    """
    descriptor = _taken(path, time.monotonic() + wait_seconds, shared=shared)
    try:
        os.ftruncate(descriptor, 0)
        if not shared:
            os.pwrite(descriptor, f"{os.getpid()} {datetime.now(UTC).isoformat()}\n".encode(), 0)
        yield
    finally:
        # Said outright, because a worker forked meanwhile shares the lock until it is.
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


def lock_holder(path: Path) -> LockHolder | None:
    """Who holds a lock now.

    Args:
        path: the lock file.

    Returns:
        The holder, `None` where nobody does.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        if _took(descriptor):
            return None
        return _holder_in(descriptor)
    finally:
        os.close(descriptor)


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StorageError.of(error, path) from error


def _taken(path: Path, deadline: float, *, shared: bool) -> int:
    """The lock file, open and locked; another one if somebody removed it meanwhile."""
    while True:
        descriptor = _opened(path)
        try:
            _wait_for(descriptor, path, deadline, shared=shared)
            if _is_at(path, descriptor):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _wait_for(descriptor: int, path: Path, deadline: float, *, shared: bool) -> None:
    telling_at = time.monotonic() + _PATIENCE_SECONDS
    while not _took(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX):
        now = time.monotonic()
        if now >= deadline:
            raise WriterBusyError(_busy(path, _holder_in(descriptor)))
        if now >= telling_at:
            _log.warning("Waiting: %s", _in_use(path, _holder_in(descriptor)))
            telling_at = deadline
        time.sleep(_POLL_SECONDS)


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _took(descriptor: int, kind: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            return False
        raise
    return True


def _holder_in(descriptor: int) -> LockHolder:
    process_id, _, since = os.pread(descriptor, 200, 0).decode("ascii", "replace").partition(" ")
    try:
        return LockHolder(
            process_id=int(process_id or 0), since=datetime.fromisoformat(since.strip())
        )
    except ValueError:
        return LockHolder(process_id=0, since=None)


def _busy(path: Path, busy: LockHolder) -> str:
    return (
        f"{_in_use(path, busy)}. What was fetched is kept and "
        "will be loaded by the next run; run it again, or end that process if it hangs."
    )


def _in_use(path: Path, busy: LockHolder) -> str:
    who = f"process {busy.process_id}" if busy.process_id else "another process"
    since = f" since {busy.since:%Y-%m-%d %H:%M:%S} UTC" if busy.since else ""
    return f"{path.with_suffix('.duckdb')} is in use by {who}{since}"
