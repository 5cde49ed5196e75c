"""A backup on disk: copies with their digests, and the manifest that makes them one. No library."""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from tasks.core.errors import StorageError, UsageError
from tasks.core.reports import BackupFile, Manifest, WarehouseState

MANIFEST = "manifest.json"

_BLOCK_BYTES = 1 << 20


def read_manifest(folder: Path) -> Manifest:
    """What the backup in a folder holds.

    Raises:
        UsageError: there is no backup.
        StorageError: its manifest is damaged.
    """
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return _manifest(told)
    except FileNotFoundError as error:
        raise UsageError(
            f"{folder} holds no complete backup: there is no {MANIFEST} in it. Nothing was changed."
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(
            f"{path} is damaged ({type(error).__name__}). Nothing was changed; take another backup."
        ) from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Completes a backup; from then on it is the one that the folder holds.

    Raises:
        StorageError: the disk is full or can't be written.
    """
    told = asdict(manifest)
    text = json.dumps(told, indent=1, default=lambda instant: instant.isoformat())
    temporary = folder / f".{MANIFEST}.part"
    try:
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(folder / MANIFEST)
        _sync_folder(folder)
    except OSError as error:
        raise StorageError.of(error, folder / MANIFEST) from error


def copy(source: Path, target: Path) -> BackupFile:
    """Copies what a file holds now; the copy appears under its name whole and synced, or not.

    Args:
        source: the file; what is added to it meanwhile is left out.
        target: the copy; an older one gives way.

    Returns:
        The copy's size and digest; its path is the target's name.

    Raises:
        StorageError: one can't be read, or the other not written.
    """
    temporary = target.with_name(f".{target.name}.part")
    digest, size = hashlib.sha256(), 0
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as original, temporary.open("wb") as file:
            facts = os.fstat(original.fileno())
            for block in _blocks(original, facts.st_size):
                digest.update(block)
                size += file.write(block)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise StorageError.of(error, target) from error
    return BackupFile(
        path=target.name, size=size, sha256=digest.hexdigest(), changed_ns=facts.st_mtime_ns
    )


def is_there(path: Path, wanted: BackupFile) -> bool:
    """Whether a file is there and begins with the bytes that a backup noted.

    Raises:
        StorageError: it can't be read.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            for block in _blocks(file, wanted.size):
                digest.update(block)
                size += len(block)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StorageError.of(error, path) from error
    return (size, digest.hexdigest()) == (wanted.size, wanted.sha256)


def remove_leftovers(folder: Path) -> None:
    """Removes what a copying that died left half done."""
    for left in folder.rglob(".*.part"):
        left.unlink(missing_ok=True)


def _blocks(file: Any, size: int) -> Iterator[bytes]:
    while size and (block := file.read(min(size, _BLOCK_BYTES))):
        size -= len(block)
        yield block


def _manifest(told: dict[str, Any]) -> Manifest:
    state = told["state"]
    last_run_at = state["last_run_at"]
    return Manifest(
        program=told["program"],
        made_at=datetime.fromisoformat(told["made_at"]),
        state=WarehouseState(
            schema=int(state["schema"]),
            stories=int(state["stories"]),
            last_run_at=datetime.fromisoformat(last_run_at) if last_run_at else None,
        ),
        warehouse=_backed_up(told["warehouse"]),
        archive=tuple(map(_backed_up, told["archive"])),
    )


def _backed_up(told: dict[str, Any]) -> BackupFile:
    """One file's entry; a path that leads out of the backup is damage."""
    one = BackupFile(**told)
    if Path(one.path).is_absolute() or ".." in Path(one.path).parts:
        raise ValueError(one.path)
    return one


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
