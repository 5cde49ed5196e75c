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
from tasks.core.records import OK, Capture
from tasks.core.run import Batch, Run
from tasks.core.staging import staged_folder
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
    """A file was read up to this position, if it still begins in this way."""

    path: str
    position: int
    head_sha256: str


def warc_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The WARC files that paths name, each once: files of any name, and `.warc[.gz]` in folders.

    Raises:
        UsageError: a path doesn't exist, or a folder holds no WARC file.
    """
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


@task(cache_policy=NO_CACHE)
async def import_warc(run: Run, files: Sequence[Path]) -> AsyncGenerator[Batch]:
    """Copies stories from WARC files to the archive; its batches are as those that are fetched.

    Each file is streamed, from where an earlier run has come to.

    Raises:
        StorageError: a file can't be read, or the disk is full; what was copied stays.
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
    """How many records `import_warc` skipped, by reason; none before it has come to its end."""
    return {one.reason: one.count for one in read_records(_skipped_file(run), _SkippedRecords)}


def _skipped_file(run: Run) -> Path:
    return run.paths.run_folder(run.run_id) / "skipped.parquet"


class WarcImport:
    """One pass over some WARC files.

    A story's record is copied: its response, its id and its date stay, and its address is written
    in the canonical form, with the original one beside it. So every row of the warehouse points
    at bytes under the data folder, whatever becomes of the files.

    Attributes:
        skipped: how many records were left out, by reason.
    """

    def __init__(self, run: Run) -> None:
        self.skipped: Counter[str] = Counter()
        self._run = run
        self._left = run.settings.max_stories or None
        self._batch_ids = (f"{run.run_id}-{number:05d}" for number in count(1))
        self._forgotten: frozenset[int] = frozenset()

    def batches(self, files: Sequence[Path]) -> Generator[Batch]:
        """Imports files, from where an earlier pass has come to.

        Yields:
            Batches of new captures, at least one in each; the archive is synced before.

        Raises:
            StorageError: a file can't be read, or the archive or a batch can't be written.
        """
        with open_snapshot(self._run.paths) as connection:
            self._forgotten = frozenset(one.article_id for one in select_tombstones(connection))
        with ArchiveWriter(self._run) as archive:
            for path in files:
                if self._left != 0:
                    yield from self._import_file(path, archive)

    def _import_file(self, path: Path, archive: ArchiveWriter) -> Iterator[Batch]:
        settings = self._run.settings
        scan = WarcScan(
            path,
            start=_read_progress(self._run.paths, path),
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
                "%s: what follows byte %d is left out: %s",
                path, scan.damage.offset, scan.damage.detail,
            )  # fmt: skip

    def _is_page(self, record: ArchivedRecord) -> bool:
        """Whether a story can be read from it; counts why not."""
        content_type = (record.header("content-type") or _PAGE_TYPES[0]).partition(";")[0]
        if story_id(record.url, base_url=self._run.settings.base_url) in self._forgotten:
            reason = FORGOTTEN
        elif record.status != OK:
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
        """Copies what the warehouse lacks, each record once, and notes how far the file is read."""
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
        if captures:
            batch_id = next(self._batch_ids)
            path = self._run.paths.fetched / batch_id
            archive.sync()
            with staged_folder(path) as folder:
                write_records(folder / "captures.parquet", captures, Capture)
        if scan.is_seekable:
            _note_progress(self._run.paths, scan.path, position)
        if captures:
            yield Batch(batch_id=batch_id, path=path, count=len(captures))

    def _copy(self, record: ArchivedRecord, archive: ArchiveWriter) -> Capture:
        base_url = self._run.settings.base_url
        story = parse_story(record.url, base_url=base_url)
        url = canonical_url(record.url, base_url=base_url)
        assert story is not None
        assert url is not None
        assert record.fetched_at is not None
        response = response_of(
            record, url if is_interface_story(url) else story.url, record.fetched_at
        )
        return archive.append(
            strip_false_coding(response),
            story.article_id,
            capture_id=capture_id_of(record),
            source_url=record.url,
        )


def _read_progress(paths: DataPaths, path: Path) -> int:
    """The position up to which a file was read; 0 if it is another file by now."""
    for noted in read_records(_progress_file(paths, path), _Progress):
        if _head_digest(path, noted.position) == noted.head_sha256:
            return noted.position
    return 0


def _note_progress(paths: DataPaths, path: Path, position: int) -> None:
    noted = _Progress(
        path=str(path.resolve()), position=position, head_sha256=_head_digest(path, position)
    )
    write_records(_progress_file(paths, path), [noted], _Progress)


def _progress_file(paths: DataPaths, path: Path) -> Path:
    name = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:24]
    return paths.state / "backfill" / f"{name}.parquet"


def _head_digest(path: Path, position: int) -> str:
    """Of the first bytes before a position, `_HEAD_BYTES` at most; none of a shorter file."""
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size < position:
                return ""
            return hashlib.sha256(file.read(min(position, _HEAD_BYTES))).hexdigest()
    except OSError as error:
        raise StorageError.of(error, path) from error
