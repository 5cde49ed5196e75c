"""A backup: a folder of copies, and the list of their digests that makes them one.

`sha256sum -c SHA256SUMS` verifies it. The list is written last and in one step, so a folder holds
what its list names; everything but digests is in a JSON file, which the list names too.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from tasks.core.errors import StorageError, UsageError
from tasks.core.files import replace_atomically
from tasks.core.rejects import plain_line
from tasks.core.settings import VERSION

SUMS = "SHA256SUMS"

_BLOCK_BYTES = 1 << 20
_WAREHOUSE = re.compile(r"warehouse-[0-9TZ]+\.(duckdb|json)")
# No part may begin with a dot, so none leads out of the folder or is a file half written.
_PART = r"[^./\\\x00-\x1f\x7f][^/\\\x00-\x1f\x7f]*"
ARCHIVED = re.compile(rf"raw/(?:forgotten\.parquet|(?:{_PART}/)*{_PART}\.warc\.gz)")
_LINE = re.compile(r"(?P<sha256>[0-9a-f]{64})  (?P<path>.+)")
_MAX_LIST_BYTES = 64 << 20  # some 400,000 files


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupFile:
    path: str  # relative to the backup; for the archive's files to the data folder too
    # The archive's files grow: the copy of a later backup that was interrupted may be longer.
    size: int
    sha256: str  # hexadecimal, of the first `size` bytes
    changed_ns: int  # when the original had been changed, in nanoseconds since 1970


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    made_at: datetime  # the moment of the warehouse, in UTC
    stories: int
    last_run_at: datetime | None  # when the newest run started, in UTC
    warehouse: BackupFile  # the copy of the writer's file
    archive: tuple[BackupFile, ...]


def read_manifest(folder: Path) -> Manifest:
    """What the backup in a folder holds, all of it within that folder.

    A `UsageError` where there is none; a `StorageError` where its list is damaged, or names what
    is no file of a backup.
    """
    try:
        digests = _read_sums(folder)
        (facts_path,) = (path for path in digests if path.endswith(".json"))
        facts_json = _read_small(folder, facts_path)
        if hashlib.sha256(facts_json).hexdigest() != digests.pop(facts_path):
            raise ValueError(f"{facts_path} isn't what was backed up")  # noqa: TRY301 - see below
        facts = json.loads(facts_json)
        files = {
            path: BackupFile(
                path=path,
                size=_count(facts["files"][path]["size"]),
                sha256=digest,
                changed_ns=_count(facts["files"][path]["changed_ns"]),
            )
            for path, digest in digests.items()
        }
        (warehouse,) = (path for path in files if _WAREHOUSE.fullmatch(path))
        return Manifest(
            made_at=_instant(facts["made_at"]),
            stories=_count(facts["stories"]),
            last_run_at=None if (last := facts["last_run_at"]) is None else _instant(last),
            warehouse=files.pop(warehouse),
            archive=tuple(files.values()),
        )
    except FileNotFoundError as error:
        raise UsageError(
            f"{folder} isn't a complete backup: there is no {Path(error.filename).name} in it. "
            "Nothing was changed."
        ) from error
    except (OSError, ValueError, LookupError, TypeError, ArithmeticError, RuntimeError) as error:
        raise StorageError(
            f"{folder} isn't a complete backup: its list is damaged "
            f"({type(error).__name__}: {plain_line(str(error))}). Nothing was changed; take "
            "another backup."
        ) from error


def _read_sums(folder: Path) -> dict[str, str]:
    """The digests in the list, by path."""
    digests: dict[str, str] = {}
    names = set()  # in one case, because some file systems take such names for one
    for line in _read_small(folder, SUMS).decode().removesuffix("\n").split("\n"):
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"{line[:100]!r} is no line of {SUMS}")
        path = match["path"]
        require_name(folder, path)
        if path.casefold() in names:
            raise ValueError(f"{path!r} is named twice")
        names.add(path.casefold())
        digests[path] = match["sha256"]
    return digests


def _read_small(folder: Path, path: str) -> bytes:
    file = folder / path
    if not leads_within(file, folder) or (file.exists() and not file.is_file()):
        raise ValueError(f"{path} is no file of the folder")
    with file.open("rb") as opened:
        content = opened.read(_MAX_LIST_BYTES + 1)
    if len(content) > _MAX_LIST_BYTES:
        raise ValueError(f"{path} has more than {_MAX_LIST_BYTES} bytes")
    return content


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"{str(value)[:20]!r} is no count")
    return value


def _instant(value: str) -> datetime:
    instant = datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone")
    return instant.astimezone(UTC)


def require_name(folder: Path, path: str) -> None:
    """Refuse, by a `StorageError`, a path that is no file of a backup or leads out of it."""
    is_known = _WAREHOUSE.fullmatch(path) or ARCHIVED.fullmatch(path)
    if not (is_known and leads_within(folder / path, folder)):
        raise StorageError(
            f"{folder}: {path!r} can't be part of a backup, which holds the warehouse and the "
            "WARC files of raw/. Nothing was changed."
        )


def leads_within(path: Path, folder: Path) -> bool:
    """Whether a path stays within a folder when every link in it is followed."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # too long, or links in a circle
        return False


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Complete a backup and remove the warehouse of the one before."""
    files = (manifest.warehouse, *manifest.archive)
    facts = {
        "program": VERSION,
        "made_at": manifest.made_at.isoformat(),
        "stories": manifest.stories,
        "last_run_at": manifest.last_run_at and manifest.last_run_at.isoformat(),
        "files": {file.path: {"size": file.size, "changed_ns": file.changed_ns} for file in files},
    }
    facts_json = json.dumps(facts, indent=1).encode() + b"\n"
    facts_path = Path(manifest.warehouse.path).with_suffix(".json").name
    digests = {file.path: file.sha256 for file in files}
    digests[facts_path] = hashlib.sha256(facts_json).hexdigest()
    with replace_atomically(folder / facts_path) as temporary:
        temporary.write_bytes(facts_json)
    with replace_atomically(folder / SUMS) as temporary:
        lines = (f"{digest}  {path}\n" for path, digest in digests.items())
        temporary.write_text("".join(lines), encoding="utf-8")
    for path in folder.glob("warehouse-*"):
        if path.name not in digests:
            path.unlink(missing_ok=True)


def copy(source: Path, folder: Path, path: str) -> BackupFile:
    """Copy what a file holds now to a path in a folder, where it appears whole and synced."""
    digest, size = hashlib.sha256(), 0
    with (
        replace_atomically(folder / path) as temporary,
        source.open("rb") as original,
        temporary.open("wb") as file,
    ):
        facts = os.fstat(original.fileno())
        for block in _blocks(original, facts.st_size):
            digest.update(block)
            size += file.write(block)
    return BackupFile(path=path, size=size, sha256=digest.hexdigest(), changed_ns=facts.st_mtime_ns)


def is_there(path: Path, wanted: BackupFile) -> bool:
    """Whether a file is there and begins with the bytes that a backup noted."""
    digest = hashlib.sha256()
    try:
        if not path.is_file():  # opening a pipe would wait for ever
            return False
        with path.open("rb") as file:
            for block in _blocks(file, wanted.size):
                digest.update(block)
    except OSError as error:
        raise StorageError.of(error, path) from error
    return digest.hexdigest() == wanted.sha256


def _blocks(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0 and (block := file.read(min(size, _BLOCK_BYTES))):
        size -= len(block)
        yield block
