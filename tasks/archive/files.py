"""The archive as files: which ones there are, which run wrote each, and the captures in them."""

import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby, pairwise
from pathlib import Path

from tasks.archive.members import Member, read_members
from tasks.archive.reader import WarcScan, read_record
from tasks.archive.records import capture_of, response_of, settings_of
from tasks.core.errors import OperatorError, StorageError
from tasks.core.files import sync_path
from tasks.core.paths import DataPaths
from tasks.core.records import Capture, Response
from tasks.core.run import Run, started_at_of
from tasks.core.settings import Settings
from tasks.core.urls import story_id

UNIT_DIGITS = 17  # of the number of a unit; those of other files of a run are shorter

_NAME = re.compile(r"wirehouse-(?P<run_id>.+)-[0-9]{5,}\.warc\.gz")
_DAILY = re.compile(r"wirehouse-(?P<day>[0-9]{8})T[0-9]{6}Z-[0-9a-f]+-[0-9]{5,16}\.warc\.gz")
_JOINED = re.compile(r"wirehouse-[0-9]{8}-[0-9]{5,}\.warc\.gz")
_TO_DAY = len("wirehouse-20261123")
_START = re.compile(
    rb"WARC/1\.1\r\nWARC-Type: warcinfo\r\n(?:[^\r\n]+\r\n)*?WARC-Filename: ([^\r\n]+)\r\n"
)
_START_BYTES = 1 << 10


@dataclass(frozen=True, slots=True)
class ArchivePart:
    """What one run wrote to one file; `wirehouse compact` joins the files of a day to one."""

    path: Path
    name: str  # of the file that was written
    within: range | None  # bytes of the file; `None` for all of it

    @property
    def run_id(self) -> str:
        """The run that wrote it."""
        return run_id_of(Path(self.name))


def archived_files(paths: DataPaths) -> list[Path]:
    """The files of the archive that Wirehouse wrote, oldest run first.

    Of one that is being compacted, only the compacted one. A `StorageError` where `raw/cold` is a
    link that leads nowhere.
    """
    files = {path.name: path for path in all_files(paths) if is_ours(path)}
    return [files[name] for name in sorted(files)]


def archived_parts(paths: DataPaths, names: Collection[str] | None = None) -> Iterator[ArchivePart]:
    """What each run wrote to each of the `archived_files`, oldest run first, each once.

    With `names` only those of the days of files of such names: files of joined ones are read.
    """
    days = None if names is None else {name[:_TO_DAY] for name in names}
    for day, files in groupby(archived_files(paths), key=lambda path: path.name[:_TO_DAY]):
        if days is None or day in days:
            parts: dict[str, ArchivePart] = {}
            for path in files:  # joined ones first: what they hold may not be removed yet
                for part in parts_of(path):
                    parts.setdefault(part.name, part)
            yield from (parts[name] for name in sorted(parts))


def parts_of(path: Path) -> list[ArchivePart]:
    """The parts of one of the `archived_files`, in its order; of a file that is not joined, one."""
    if not is_joined(path):
        return [ArchivePart(path, path.name, None)]
    # All of it is inflated, since a list of the parts would be one more thing to damage, and a
    # look for the first bytes of gzip members would find those within a response, too.
    try:
        starts = [
            (member.offset, name)
            for member in read_members(path, limit=_START_BYTES)
            if _DAILY.fullmatch(name := name_of_start(member))
        ]
    except OSError as error:
        raise StorageError.of(error, path) from error
    ends = pairwise([*starts, (path.stat().st_size, "")])
    return [ArchivePart(path, name, range(start, end)) for (start, name), (end, _) in ends]


def name_of_start(member: Member) -> str:
    """What a record that is a `warcinfo` as ours are names as its file; empty of another record."""
    found = _START.match(member.content)
    return found[1].decode("latin-1") if found else ""


def all_files(paths: DataPaths) -> list[Path]:
    """Every file of the archive's folders, those that are not WARC files too; `raw/cold` last."""
    require_cold_folder(paths)
    hot = (path for path in paths.raw.rglob("*") if not path.is_relative_to(paths.cold))
    found = (*sorted(hot), *sorted(paths.cold.rglob("*")))  # a link is not followed by `rglob`
    return [path for path in found if path.is_file()]


def require_cold_folder(paths: DataPaths) -> None:
    """A `StorageError` where `raw/cold` is a link that leads nowhere."""
    if paths.cold.is_symlink() and not paths.cold.is_dir():
        raise StorageError(
            f"{paths.cold} leads to {paths.cold.readlink()}, where there is no folder. Mount that "
            "disk, or make the link lead to where the compacted files are; then run it again."
        )


def link_cold_folder(settings: Settings) -> None:
    """Have `raw/cold` lead to `WIREHOUSE_COLD_DIR`, where that is set, and never anywhere else."""
    paths, wanted = DataPaths(settings.data_dir), Path(settings.cold_dir)
    if not settings.cold_dir:
        return
    require_cold_folder(paths)
    if wanted.is_mount():
        raise OperatorError(
            f"WIREHOUSE_COLD_DIR ({wanted}) is where a disk is mounted. Name a folder on that "
            f"disk, such as {wanted / 'cold'}, so that it is noticed when the disk is missing."
        )
    try:
        if not os.path.lexists(paths.cold):
            wanted.mkdir(parents=True, exist_ok=True)
            paths.raw.mkdir(parents=True, exist_ok=True)
            paths.cold.symlink_to(wanted, target_is_directory=True)
            sync_path(paths.raw)
    except OSError as error:
        raise StorageError.of(error, wanted) from error
    if paths.cold.resolve() != wanted.resolve():
        raise OperatorError(
            f"{paths.cold} holds compacted files in {paths.cold.resolve()}, not in "
            f"WIREHOUSE_COLD_DIR ({wanted}). Move them there, remove {paths.cold}, then run it "
            "again."
        )


def is_ours(path: Path) -> bool:
    """Whether a file's name is one that Wirehouse gives to a file of the archive."""
    return _NAME.fullmatch(path.name) is not None


def is_joined(path: Path) -> bool:
    """Whether a file's name is that of a file of several parts."""
    return _JOINED.fullmatch(path.name) is not None


def day_of(path: Path) -> str | None:
    """The day by whose name a file's run began; `None` where it is not to be joined to others.

    An imported file is not: its name says that it was imported.
    """
    found = _DAILY.fullmatch(path.name)
    return found and found["day"]


def run_id_of(path: Path) -> str:
    """The run that wrote one of the `archived_files`."""
    name = _NAME.fullmatch(path.name)
    assert name is not None
    return name["run_id"]


def unit_id_of(path: Path) -> str | None:
    """The unit whose stories one of the `archived_files` holds, if a WARC file was imported."""
    number = path.name.rpartition("-")[2].removesuffix(".warc.gz")
    return number if len(number) == UNIT_DIGITS else None


def info_of(path: Path, within: range | None = None) -> dict[str, str]:
    """What the `warcinfo` record at the start of a file, or of a part of one, says."""
    scan = WarcScan(path, within=within)
    next(iter(scan), None)
    return scan.info


def archived_settings(run: Run) -> Settings:
    """The settings of a run, with the base URL that the archive's newest file names."""
    for path in reversed(archived_files(run.paths)):
        info = info_of(path)
        if info:
            return replace(run.settings, base_url=settings_of(info, run.settings).base_url)
    return run.settings


def captures_of(scan: WarcScan, paths: DataPaths, run_id: str) -> Iterator[Capture]:
    """A capture of every response in a scan of a file of the archive."""
    assert isinstance(scan.path, Path)
    warc_path = scan.path.relative_to(paths.data_dir).as_posix()
    started_at, now = started_at_of(run_id), datetime.now(UTC)
    for record in scan:
        fetched_at, claimed_at = record.fetched_at, record.claimed_at
        if fetched_at is not None:
            if started_at is not None and started_at <= now < fetched_at:
                # An earlier version imported it with a date to come.
                fetched_at, claimed_at = started_at, fetched_at
            yield capture_of(
                response_of(record, record.url, fetched_at),
                capture_id=record.capture_id,
                article_id=story_id(record.url),
                warc_path=warc_path,
                warc_offset=record.offset,
                run_id=run_id,
                claimed_at=claimed_at,
            )


def archived_response(data_dir: Path, capture: Capture) -> Response:
    """The response of a capture, as it was archived."""
    record = read_record(data_dir / capture.warc_path, capture.warc_offset)
    return response_of(record, capture.url, capture.fetched_at)
