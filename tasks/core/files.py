"""Files and folders that appear under their name complete and synced, or not at all.

Each is built under a temporary name (a leading dot, the builder's process id, `.part`) and renamed.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from tasks.core.errors import StorageError


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
    return path.with_name(f".{path.name}.{os.getpid()}-{uuid4().hex[:8]}.part")


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files and folders of processes that are gone."""
    for entry in folder.glob(".*.part"):  # a missing folder has none
        builder = entry.name.removesuffix(".part").rsplit(".", 1)[-1].split("-", 1)[0]
        if not builder.isdigit():
            continue
        try:
            os.kill(int(builder), 0)
        except ProcessLookupError:
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)
        except PermissionError:  # it is another user's, and running
            continue
