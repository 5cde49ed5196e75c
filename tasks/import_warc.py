"""Imports the site's stories from WARC files, ours or anyone's, into the archive."""

import asyncio
import hashlib
import logging
import os
from collections import Counter
from collections.abc import AsyncGenerator, Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.archive.reader import WarcScan
from tasks.archive.records import ArchivedRecord, capture_id_of, response_of, strip_false_coding
from tasks.archive.writer import ArchiveWriter
from tasks.core.errors import StorageError, UsageError
from tasks.core.parquet import read_records, write_records
from tasks.core.paths import DataPaths
from tasks.core.records import PAGE_STATUSES, Capture
from tasks.core.run import Batch, Run
from tasks.core.staging import write_batch
from tasks.core.urls import canonical_url, is_interface_story, parse_story, story_id
from tasks.warehouse.erase import select_tombstones
from tasks.warehouse.requests import known_captures
from tasks.warehouse.writer import open_snapshot

KNOWN = "known already"
OTHER_STATUS = "a status other than 200"
OTHER_TYPE = "not a page"
UNDATED = "without a date"
FORGOTTEN = "taken down"

_PAGE_TYPES = ("text/html", "application/xhtml+xml", "application/json", "text/json")
_HEAD_BYTES = 1 << 16

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _SkippedRecords:
    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Progress:
    """A file was read up to this position, if its head still has this digest."""

    path: str
    position: int
    head_sha256: str


def warc_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The WARC files that paths name, each once: files of any name, and `.warc[.gz]` in folders."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            within = sorted(
                file
                for file in path.rglob("*")
                if file.is_file() and file.name.lower().endswith((".warc", ".warc.gz"))
            )
            if not within:
                raise UsageError(f"{path} holds no file that ends in .warc or .warc.gz.")
            found |= dict.fromkeys(within)
        elif path.is_file():
            found[path] = None
        else:
            raise UsageError(f"{path}: there is no such file or folder.")
    return tuple(found)


@task(task_run_name="import {run.run_id}", cache_policy=NO_CACHE)
async def import_warc(run: Run, files: Sequence[Path]) -> AsyncGenerator[Batch]:
    """Copy stories from WARC files to the archive, in batches like those of `fetch`.

    Each file is streamed from where an earlier run stopped. After a `StorageError` what was copied
    stays.
    """
    importer = WarcImport(run)
    batches = importer.batches(files)
    try:
        while (batch := await asyncio.to_thread(next, batches, None)) is not None:
            yield batch
    finally:
        await asyncio.to_thread(batches.close)
    skipped = [
        _SkippedRecords(reason=reason, count=number) for reason, number in importer.skipped.items()
    ]
    write_records(_skipped_file(run), skipped, _SkippedRecords)


def skipped_records(run: Run) -> dict[str, int]:
    """How many records `import_warc` skipped, by reason; none before it has ended."""
    return {one.reason: one.count for one in read_records(_skipped_file(run), _SkippedRecords)}


def _skipped_file(run: Run) -> Path:
    return run.paths.run_folder(run.run_id) / "skipped.parquet"


class WarcImport:
    """One pass over some WARC files.

    A story's record is copied with its id and date; its address becomes the canonical one, and the
    original one is kept too. So every row of the warehouse points at bytes under the data folder.
    """

    def __init__(self, run: Run) -> None:
        self.skipped: Counter[str] = Counter()  # records left out, by reason
        self._run = run
        self._left = run.settings.max_stories or None
        self._batch_ids = (f"{run.run_id}-{number:05d}" for number in count(1))
        self._forgotten: frozenset[int] = frozenset()

    def batches(self, files: Sequence[Path]) -> Generator[Batch]:
        """Import files from where an earlier pass stopped; yield batches of new captures."""
        with open_snapshot(self._run.paths) as connection:
            self._forgotten = frozenset(one.article_id for one in select_tombstones(connection))
        with ArchiveWriter(self._run) as archive:
            for path in files:
                if self._left != 0:
                    yield from self._import_file(path, archive)

    def _import_file(self, path: Path, archive: ArchiveWriter) -> Iterator[Batch]:
        settings, start = self._run.settings, 0
        for noted in read_records(_progress_file(self._run.paths, path), _Progress):
            if _head_digest(path, noted.position) == noted.head_sha256:
                start = noted.position  # else it is another file by now
        scan = WarcScan(
            path,
            start=start,
            wants=lambda url: parse_story(url, base_url=settings.base_url) is not None,
            limit=settings.max_body_bytes,
        )
        pages = filter(self._is_page, scan)
        while True:
            found = list(islice(pages, settings.batch_pages))
            yield from self._archive_new(found, archive, scan)
            if len(found) < settings.batch_pages:
                break
            if self._left == 0:
                return
        self.skipped += scan.skipped
        if scan.damage is not None:
            _log.warning(
                "%s: skipped what follows byte %d: %s",
                path, scan.damage.offset, scan.damage.detail,
            )  # fmt: skip

    def _is_page(self, record: ArchivedRecord) -> bool:
        """Whether a story can be read from it; counts why not."""
        content_type = (record.header("content-type") or _PAGE_TYPES[0]).partition(";")[0]
        if story_id(record.url, base_url=self._run.settings.base_url) in self._forgotten:
            reason = FORGOTTEN
        elif record.status not in PAGE_STATUSES:
            reason = OTHER_STATUS
        elif record.fetched_at is None:
            reason = UNDATED
        elif content_type.strip().lower() not in _PAGE_TYPES:
            reason = OTHER_TYPE
        else:
            return True
        self.skipped[reason] += 1
        return False

    def _archive_new(
        self, found: list[ArchivedRecord], archive: ArchiveWriter, scan: WarcScan
    ) -> Iterator[Batch]:
        """Copy what the warehouse lacks, each record once, and note how far the file is read."""
        by_id = {capture_id_of(record): record for record in found}
        if by_id:
            with open_snapshot(self._run.paths) as connection:
                for capture_id in known_captures(connection, list(by_id)):
                    del by_id[capture_id]
        self.skipped[KNOWN] += len(found) - len(by_id)
        new, position = list(by_id.values())[: self._left], scan.position
        if self._left is not None:
            self._left -= len(new)
            if new and self._left == 0:
                position = new[-1].offset
        captures = [self._copy(record, archive) for record in new]
        batch = None
        if captures:
            archive.sync()
            batch = write_batch(self._run.paths.fetched / next(self._batch_ids), captures)
        if scan.is_seekable:
            digest = _head_digest(scan.path, position)
            noted = _Progress(path=str(scan.path.resolve()), position=position, head_sha256=digest)
            write_records(_progress_file(self._run.paths, scan.path), [noted], _Progress)
        if batch is not None:
            yield batch

    def _copy(self, record: ArchivedRecord, archive: ArchiveWriter) -> Capture:
        base_url = self._run.settings.base_url
        story = parse_story(record.url, base_url=base_url)
        url = canonical_url(record.url, base_url=base_url)
        assert story is not None
        assert url is not None
        assert record.fetched_at is not None
        url = url if is_interface_story(url) else story.url
        response = strip_false_coding(response_of(record, url, record.fetched_at))
        return archive.append(
            response, story.article_id, capture_id=capture_id_of(record), source_url=record.url
        )


def _progress_file(paths: DataPaths, path: Path) -> Path:
    name = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:24]
    return paths.state / "backfill" / f"{name}.parquet"


def _head_digest(path: Path, position: int) -> str:
    """Of the first `_HEAD_BYTES` before a position; empty for a shorter file."""
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size < position:
                return ""
            return hashlib.sha256(file.read(min(position, _HEAD_BYTES))).hexdigest()
    except OSError as error:
        raise StorageError.of(error, path) from error
