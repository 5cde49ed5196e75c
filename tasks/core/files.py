"""Files and folders that appear under their name complete and synced, or not at all.

Each is built under a temporary name (a leading dot, the builder's host and process id, `.part`) and
renamed.
"""

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from platform import node
from uuid import uuid4

from tasks.core.errors import StorageError

_HOST = re.sub(r"[^A-Za-z0-9]", "_", node())
# `.name.host-process-number.part`; earlier versions left the host out.
_TEMPORARY = re.compile(r"\..*\.(?:(?P<host>[A-Za-z0-9_]*)-)?(?P<process>\d+)-[0-9a-f]+\.part")
_SECONDS_TO_BUILD = 86_400  # far longer than any file takes; another host's process can't be asked


@contextmanager
def replace_atomically(path: Path) -> Iterator[Path]:
    """A temporary path to write a file to; it is synced and renamed to `path` at the block's end.

    The folder is created as needed. If the block fails, an older file stays as it was. `OSError`,
    the block's own too, becomes `StorageError`.
    """
    temporary = temporary_path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        sync_path(temporary)
        temporary.replace(path)
        sync_path(path.parent)
    except OSError as error:
        raise StorageError.of(error, path) from error
    finally:
        temporary.unlink(missing_ok=True)


def sync_path(path: Path) -> None:
    """Return once a file's bytes, or the names in a folder, would outlast a power failure."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def temporary_path(path: Path) -> Path:
    """A new name in the same folder, which `remove_leftovers` removes once this process is gone."""
    return path.with_name(f".{path.name}.{_HOST}-{os.getpid()}-{uuid4().hex[:8]}.part")


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files and folders of processes that are gone.

    Those of another host, with which the folder is shared, are removed a day after they changed.
    """
    for entry in folder.glob(".*.part"):  # a missing folder has none
        if (found := _TEMPORARY.fullmatch(entry.name)) and not _is_in_progress(entry, found):
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)


def _is_in_progress(entry: Path, found: re.Match[str]) -> bool:
    try:
        if found["host"] not in (None, _HOST):
            return entry.stat().st_mtime > time.time() - _SECONDS_TO_BUILD
        os.kill(int(found["process"]), 0)
    except (ProcessLookupError, FileNotFoundError):
        return False
    except PermissionError:  # it is another user's, and running
        return True
    return True
