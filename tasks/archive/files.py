"""The archive as files: which ones there are, which run wrote each, and the captures in them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tasks.archive.reader import WarcScan, read_record
from tasks.archive.records import capture_of, response_of, settings_of
from tasks.core.paths import DataPaths
from tasks.core.records import Capture, Response
from tasks.core.run import Run, started_at_of
from tasks.core.settings import Settings
from tasks.core.urls import story_id

UNIT_DIGITS = 17  # of the number of a unit; those of other files of a run are shorter

_NAME = re.compile(r"wirehouse-(?P<run_id>.+)-[0-9]{5,}\.warc\.gz")


def archived_files(paths: DataPaths) -> list[Path]:
    """The files of the archive that Wirehouse wrote, oldest run first."""
    files = (path for path in paths.raw.rglob("*.warc.gz") if _NAME.fullmatch(path.name))
    return sorted(files, key=lambda path: path.name)


def run_id_of(path: Path) -> str:
    """The run that wrote one of the `archived_files`."""
    name = _NAME.fullmatch(path.name)
    assert name is not None
    return name["run_id"]


def unit_id_of(path: Path) -> str | None:
    """The unit whose stories one of the `archived_files` holds, if a WARC file was imported."""
    number = path.name.rpartition("-")[2].removesuffix(".warc.gz")
    return number if len(number) == UNIT_DIGITS else None


def info_of(path: Path) -> dict[str, str]:
    """What the `warcinfo` record at the start of a file says."""
    scan = WarcScan(path)
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
