"""Imports the site's stories from WARC files, ours or anyone's, into the archive."""

import asyncio
import hashlib
import logging
import os
from collections import Counter
from collections.abc import AsyncGenerator, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.archive.formats import format_problem
from tasks.archive.reader import DAMAGED, OTHER_ADDRESS, WarcScan
from tasks.archive.records import ArchivedRecord, capture_id_of, response_of, strip_false_coding
from tasks.archive.writer import ArchiveWriter
from tasks.core.errors import StorageError, UsageError
from tasks.core.parquet import read_records, write_records
from tasks.core.paths import DataPaths
from tasks.core.records import PAGE_STATUSES, Capture
from tasks.core.reports import printable
from tasks.core.run import Batch, Run
from tasks.core.staging import write_batch
from tasks.core.urls import canonical_url, is_interface_story, parse_story, story_id
from tasks.warehouse.erase import select_tombstones
from tasks.warehouse.requests import known_captures
from tasks.warehouse.writer import open_snapshot

KNOWN = "known already"
OTHER_STATUS = "a status other than 200"
OTHER_TYPE = "not a page"
UNDATED = "without a possible date"
FORGOTTEN = "taken down"

_PAGE_TYPES = ("text/html", "application/xhtml+xml", "application/json", "text/json")
_HEAD_BYTES = 1 << 16
_SHOWN_FILES = 5
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # when the site opened

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Progress:
    """A file was read up to this position, if its head still has this digest."""

    path: str
    position: int
    head_sha256: str


def warc_files(paths: Sequence[Path]) -> tuple[tuple[Path, ...], list[str]]:
    """The WARC files that paths name or have in them, each once; what is wrong with other paths.

    Other files in a folder are logged. A `UsageError` where there is no WARC file at all.
    """
    files: dict[Path, None] = {}
    refused: list[str] = []
    for path in paths:
        within = sorted(path.rglob("*")) if path.is_dir() else [path]
        checked = {file: format_problem(file) for file in within if not file.is_dir()}
        found = [file for file, problem in checked.items() if problem is None]
        problems = [problem for problem in checked.values() if problem is not None]
        files |= dict.fromkeys(found)
        if not path.is_dir():
            refused += problems
            continue
        if not found:
            refused.append(f"{printable(str(path), keep='')} holds no WARC file")
        if problems:
            _log.warning("Skipped %d files: %s.", len(problems), _list_some(problems))
    if not files:
        raise UsageError(f"There is nothing to import: {_list_some(refused)}.")
    return tuple(files), refused


def _list_some(texts: Sequence[str]) -> str:
    shown = "; ".join(texts[:_SHOWN_FILES])
    more = len(texts) - _SHOWN_FILES
    return f"{shown}; and {more} more" if more > 0 else shown


@task(task_run_name="import {importer.run.run_id}", cache_policy=NO_CACHE)
async def import_warc(importer: "WarcImport", files: Sequence[Path]) -> AsyncGenerator[Batch]:
    """Copy stories from WARC files to the archive, in batches like those of `fetch`.

    Each file is streamed from where an earlier run stopped. What is damaged is skipped; a
    `StorageError` where nothing of any file can be read. After one of the archive what was copied
    stays.
    """
    batches = importer.batches(files)
    try:
        while (batch := await asyncio.to_thread(next, batches, None)) is not None:
            yield batch
    finally:
        await asyncio.to_thread(batches.close)
    if len(importer.unread) == len(files):
        raise StorageError(f"Nothing could be read: {_list_some(importer.unread)}.")


class WarcImport:
    """One pass over some WARC files.

    A story's record is copied with its id; its address becomes the canonical one, and its date is
    no later than the import. The original ones are kept too. So every row of the warehouse points
    at bytes under the data folder.
    """

    def __init__(self, run: Run) -> None:
        self.skipped: Counter[str] = Counter()  # records left out, by reason
        self.unread: list[str] = []  # the files without a record that can be read, and why
        self.storyless: list[str] = []  # the files with records, and none of a story
        self.run = run
        self._left = run.settings.max_stories or None
        self._batch_ids = (f"{run.run_id}-{number:05d}" for number in count(1))
        self._forgotten: frozenset[int] = frozenset()

    def remarks(self) -> list[str]:
        """What an operator should know of it once it has ended."""
        lines = [f"{count} records skipped: {reason}" for reason, count in self.skipped.items()]
        if self.storyless:
            lines.append(f"No story of the site in {_list_some(self.storyless)}")
        return lines

    def batches(self, files: Sequence[Path]) -> Generator[Batch]:
        """Import files from where an earlier pass stopped; yield batches of new captures."""
        with open_snapshot(self.run.paths) as connection:
            self._forgotten = frozenset(one.article_id for one in select_tombstones(connection))
        with ArchiveWriter(self.run) as archive:
            for path in files:
                if self._left != 0:
                    yield from self._import_file(path, archive)

    def _import_file(self, path: Path, archive: ArchiveWriter) -> Iterator[Batch]:
        settings, start = self.run.settings, 0
        for noted in read_records(_progress_file(self.run.paths, path), _Progress):
            if _head_digest(path, noted.position) == noted.head_sha256:
                start = noted.position  # else it is another file by now
        scan = WarcScan(
            path,
            start=start,
            wants=lambda url: parse_story(url, base_url=settings.base_url) is not None,
            limit=settings.max_body_bytes,
            skip_damage=True,
        )
        pages, count = self._read_pages(scan), 0
        while True:
            found = list(islice(pages, settings.batch_pages))
            count += len(found)
            yield from self._archive_new(found, archive, scan)
            if len(found) < settings.batch_pages:
                break
            if self._left == 0:
                return
        shown = printable(str(path), keep="")
        if scan.damage is not None and not (scan.records or start):
            self.unread.append(f"{shown} ({scan.damage.detail})")
        elif scan.damage is not None:
            _log.warning(
                "%s: skipped %d damaged places, the last at byte %d: %s",
                shown, scan.skipped[DAMAGED], scan.damage.offset, scan.damage.detail,
            )  # fmt: skip
        if scan.records and not count and scan.skipped.keys() <= {OTHER_ADDRESS, DAMAGED}:
            self.storyless.append(shown)

    def _read_pages(self, scan: WarcScan) -> Iterator[ArchivedRecord]:
        """The pages of stories in a file, up to where the disk can't read it."""
        try:
            yield from filter(self._is_page, scan)
        except StorageError as error:
            self.unread.append(str(error).rstrip("."))
        self.skipped += scan.skipped

    def _is_page(self, record: ArchivedRecord) -> bool:
        """Whether a story can be read from it; counts why not."""
        content_type = (record.header("content-type") or _PAGE_TYPES[0]).partition(";")[0]
        if story_id(record.url, base_url=self.run.settings.base_url) in self._forgotten:
            reason = FORGOTTEN
        elif record.status not in PAGE_STATUSES:
            reason = OTHER_STATUS
        elif record.fetched_at is None or record.fetched_at < _EARLIEST:
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
            with open_snapshot(self.run.paths) as connection:
                for capture_id in known_captures(connection, list(by_id)):
                    del by_id[capture_id]
        if known := len(found) - len(by_id):
            self.skipped[KNOWN] += known
        new, position = list(by_id.values())[: self._left], scan.position
        if self._left is not None:
            self._left -= len(new)
            if new and self._left == 0:
                position = new[-1].offset
        captures = [self._copy(record, archive) for record in new]
        batch = None
        if captures:
            archive.sync()
            batch = write_batch(self.run.paths.fetched / next(self._batch_ids), captures)
        if scan.is_seekable:
            digest = _head_digest(scan.path, position)
            path = printable(str(scan.path.resolve()), keep="")
            noted = _Progress(path=path, position=position, head_sha256=digest)
            write_records(_progress_file(self.run.paths, scan.path), [noted], _Progress)
        if batch is not None:
            yield batch

    def _copy(self, record: ArchivedRecord, archive: ArchiveWriter) -> Capture:
        base_url = self.run.settings.base_url
        story = parse_story(record.url, base_url=base_url)
        url = canonical_url(record.url, base_url=base_url)
        assert story is not None
        assert url is not None
        assert record.fetched_at is not None
        url = url if is_interface_story(url) else story.url
        # Whatever a record claims, it was here no later than now.
        fetched_at = min(record.fetched_at, self.run.started_at)
        return archive.append(
            strip_false_coding(response_of(record, url, fetched_at)),
            story.article_id,
            capture_id=capture_id_of(record),
            source_url=record.url,
            claimed_at=record.fetched_at,
        )


def _progress_file(paths: DataPaths, path: Path) -> Path:
    name = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:24]
    return paths.state / "backfill" / f"{name}.parquet"


def _head_digest(path: Path, position: int) -> str:
    """Of the first `_HEAD_BYTES` before a position; empty for a file that is shorter or gone."""
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size < position:
                return ""
            return hashlib.sha256(file.read(min(position, _HEAD_BYTES))).hexdigest()
    except OSError:
        return ""
