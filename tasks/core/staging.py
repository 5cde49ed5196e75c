"""Batches between two steps: files and folders that are complete once they have their name."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tasks.core.errors import BatchError, StorageError
from tasks.core.files import sync_path, temporary_path
from tasks.core.parquet import read_records, write_records
from tasks.core.paths import DataPaths
from tasks.core.records import Capture
from tasks.core.rejects import Reject, plain_line
from tasks.core.run import Batch

_REASON = "reason.txt"


@contextmanager
def staged_folder(path: Path) -> Iterator[Path]:
    """A temporary folder to write into; it replaces `path` when the block ends well."""
    temporary = temporary_path(path)
    try:
        temporary.mkdir(parents=True)
        yield temporary
        move_folder(temporary, path)
    except OSError as error:
        raise StorageError.of(error, path) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def write_batch(path: Path, captures: Sequence[Capture], rejects: Sequence[Reject] = ()) -> Batch:
    """A fetched batch at `path`, whose name is its id."""
    with staged_folder(path) as folder:
        write_records(folder / "captures.parquet", captures, Capture)
        write_records(folder / "rejects.parquet", rejects, Reject)
    return Batch(batch_id=path.name, path=path, count=len(captures))


def move_folder(source: Path, target: Path) -> None:
    """Hand a complete folder to the next step on the same disk; an older one is replaced."""
    replaced = temporary_path(target)
    try:
        sync_path(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            target.rename(replaced)
        source.rename(target)
        sync_path(target.parent)
        sync_path(source.parent)
    except OSError as error:
        raise StorageError.of(error, target) from error
    shutil.rmtree(replaced, ignore_errors=True)


def set_aside(folder: Path, paths: DataPaths, reason: str) -> None:
    """Move a batch that can't be used to the quarantine, with the reason in one line."""
    try:
        (folder / _REASON).write_text(f"{reason}\n", encoding="utf-8")
    except OSError as error:
        raise StorageError.of(error, folder) from error
    move_folder(folder, paths.quarantine / folder.name)


def batches_set_aside(paths: DataPaths, since: datetime | None = None) -> dict[str, str]:
    """The reason of each batch that was set aside, perhaps only since a time, by its id."""
    start = since.timestamp() if since else 0.0
    return {
        file.parent.name: plain_line(file.read_text(encoding="utf-8"))
        for file in sorted(paths.quarantine.glob(f"*/{_REASON}"))
        if file.stat().st_mtime >= start
    }


def remove_batch(folder: Path) -> None:
    """Remove a batch; it leaves its name in one step. A `StorageError` where it can't."""
    removed = temporary_path(folder)
    try:
        folder.rename(removed)
    except OSError as error:
        raise StorageError.of(error, folder) from error
    shutil.rmtree(removed, ignore_errors=True)


def complete_batches(folder: Path) -> list[Path]:
    """Files and folders that a step has finished, oldest run first; not those being built."""
    if not folder.is_dir():
        return []
    return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))


def queue_lengths(paths: DataPaths) -> dict[str, int]:
    """How many batches wait for each step."""
    return {
        "extraction": len(complete_batches(paths.fetched)),
        "entity_recognition": len(complete_batches(paths.read)),
        "loading": len(complete_batches(paths.staged)),
    }


def waiting_captures(paths: DataPaths) -> list[Capture]:
    """The captures of every batch between two steps or set aside, whichever run left it.

    One that another run moves on meanwhile is found in the step after, unless it is loaded. A
    damaged one counts for nothing: it will be set aside.
    """
    found: list[Capture] = []
    for step in (paths.fetched, paths.read, paths.staged, paths.quarantine):
        for folder in complete_batches(step):
            path = folder / "captures.parquet"
            try:
                found += read_records(path, Capture)
            except BatchError:
                continue
            except StorageError:
                if path.exists():
                    raise
    return found
