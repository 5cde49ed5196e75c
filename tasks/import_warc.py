"""Takes the wire's stories out of WARC files, ours or anyone's, into the archive.

This module stands beside the verb `import_warc` because it puts several adapters together, which
adapters may not do themselves.
"""

import asyncio
import hashlib
import logging
import os
from collections import Counter
from collections.abc import AsyncGenerator, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.archive.records import ArchivedRecord, answer_of, capture_id_of, without_false_coding
from tasks.archive.scan import WarcScan
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
from tasks.warehouse.writer import latest

KNOWN = "known already"
OTHER_STATUS = "a status other than 200"
OTHER_TYPE = "not a page"
UNDATED = "without a date"
FORGOTTEN = "taken down"

_PAGE_TYPES = ("text/html", "application/xhtml+xml", "application/json", "text/json")
_HEAD_BYTES = 1 << 16

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedRecords:
    """Records that were left out.

    Attributes:
        why: the reason, in a few words.
        count: how many.
    """

    why: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Progress:
    """How far a file has been gone through: to this byte, if it still begins in this way."""

    path: str
    position: int
    head_sha256: str


class WarcImport:
    """One pass over some WARC files.

    A story's record is copied: its answer, its id and its date stay, and its address is written
    in the canonical form, with the original one beside it. So every row of the warehouse points
    at bytes under the data folder, whatever becomes of the files.

    Attributes:
        passed_over: how many records were left out, by why.
    """

    def __init__(self, run: Run) -> None:
        """Take note of the run."""
        self.passed_over: Counter[str] = Counter()
        self._run = run
        self._settings = run.settings
        self._left = run.settings.max_stories or None
        self._batches = 0
        self._forgotten: frozenset[int] = frozenset()

    def batches(self, files: Sequence[Path]) -> Generator[Batch]:
        """Goes through files, from where an earlier pass has come to.

        Args:
            files: WARC files.

        Yields:
            Batches of captures as `tasks.fetching.Fetching.batches` does; the archive is synced
            before. A batch that nothing was new in isn't given.

        Raises:
            StorageError: a file can't be read, or the archive or a batch can't be written.
        """
        with latest(self._run.paths) as connection:
            self._forgotten = frozenset(one.article_id for one in select_tombstones(connection))
        with ArchiveWriter(self._run) as archive:
            for path in files:
                if self._left != 0:
                    yield from self._adopt(path, archive)

    def _adopt(self, path: Path, archive: ArchiveWriter) -> Iterator[Batch]:
        walk = WarcScan(
            path,
            start=_progress_of(self._run.paths, path),
            wants=self._is_story,
            limit=self._settings.max_body_bytes,
        )
        found: list[ArchivedRecord] = []
        for record in walk:
            if self._is_page(record):
                found.append(record)
            if len(found) >= self._settings.batch_pages:
                yield from self._hand_on(found, archive, walk)
                found = []
                if self._left == 0:
                    return
        yield from self._hand_on(found, archive, walk)
        self.passed_over += walk.passed_over
        if walk.torn is not None:
            _log.warning(
                "%s: what follows byte %d is left out: %s",
                path, walk.torn.offset, walk.torn.detail,
            )  # fmt: skip

    def _is_story(self, address: str) -> bool:
        return parse_story(address, base_url=self._settings.base_url) is not None

    def _is_page(self, record: ArchivedRecord) -> bool:
        """Whether a story can be read from it; notes why not."""
        why = _why_no_page(record)
        if story_id(record.url, base_url=self._settings.base_url) in self._forgotten:
            why = FORGOTTEN
        if why is not None:
            self.passed_over[why] += 1
        return why is None

    def _hand_on(
        self,
        found: list[ArchivedRecord],
        archive: ArchiveWriter,
        walk: WarcScan,
    ) -> Iterator[Batch]:
        """Archives what is new among records, and notes how far the file is gone through."""
        new = self._new(found)[: self._left]
        captures = [self._keep(record, archive) for record in new]
        position = walk.position
        if self._left is not None:
            self._left -= len(new)
            position = new[-1].offset if new and self._left == 0 else position
        batch = self._batch(captures, archive) if captures else None
        if walk.can_start_anywhere:
            _note_progress(self._run.paths, walk.path, position)
        if batch is not None:
            yield batch

    def _new(self, records: list[ArchivedRecord]) -> list[ArchivedRecord]:
        """Each record once, and those not that the warehouse has."""
        by_id = {capture_id_of(record): record for record in records}
        if not by_id:
            return []
        with latest(self._run.paths) as connection:
            known = known_captures(connection, list(by_id))
        new = [record for capture_id, record in by_id.items() if capture_id not in known]
        self.passed_over[KNOWN] += len(records) - len(new)
        return new

    def _keep(self, record: ArchivedRecord, archive: ArchiveWriter) -> Capture:
        assert record.fetched_at is not None
        base_url = self._settings.base_url
        story = parse_story(record.url, base_url=base_url)
        asked = canonical_url(record.url, base_url=base_url)
        assert story is not None
        assert asked is not None
        url = asked if is_interface_story(asked) else story.url
        return archive.append(
            without_false_coding(answer_of(record, url, record.fetched_at)),
            story.article_id,
            capture_id=capture_id_of(record),
            source_url=record.url,
        )

    def _batch(self, captures: list[Capture], archive: ArchiveWriter) -> Batch:
        self._batches += 1
        batch_id = f"{self._run.run_id}-{self._batches:05d}"
        path = self._run.paths.fetched / batch_id
        archive.sync()
        with staged_folder(path) as folder:
            write_records(folder / "captures.parquet", captures, Capture)
        return Batch(batch_id=batch_id, path=path, count=len(captures))


def _why_no_page(record: ArchivedRecord) -> str | None:
    if record.status != OK:
        return OTHER_STATUS
    if record.fetched_at is None:
        return UNDATED
    content_type = (record.header("content-type") or _PAGE_TYPES[0]).partition(";")[0]
    return None if content_type.strip().lower() in _PAGE_TYPES else OTHER_TYPE


def _progress_of(paths: DataPaths, path: Path) -> int:
    """How far a file was gone through; its start if it is another file by now."""
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
            if file.seek(0, os.SEEK_END) < position:
                return ""
            file.seek(0)
            return hashlib.sha256(file.read(min(position, _HEAD_BYTES))).hexdigest()
    except OSError as error:
        raise StorageError.of(error, path) from error


_log_adopt = logging.getLogger(__name__)


def warc_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The WARC files that paths name.

    Args:
        paths: files of any name, and folders, of which every `.warc` and `.warc.gz` is taken.

    Returns:
        The files, each once: the folders' in the order of their names.

    Raises:
        UsageError: a path doesn't exist, or a folder holds no WARC file.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            within = sorted(one for one in path.rglob("*") if _is_warc(one))
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
    """Copies the wire's stories from WARC files to the archive and hands them on as if fetched.

    Args:
        run: the run.
        files: the files; each is streamed, from where an earlier run has come to.

    Yields:
        Batches of `tasks.adopting.WarcImport.batches`.

    Raises:
        StorageError: a file can't be read, or the disk is full; what was copied stays.
    """
    adoption = WarcImport(run)
    batches = adoption.batches(files)
    try:
        while (batch := await asyncio.to_thread(next, batches, None)) is not None:
            yield batch
    finally:
        await asyncio.to_thread(batches.close)
    counts = [SkippedRecords(why=why, count=count) for why, count in adoption.passed_over.items()]
    write_records(run.paths.run_folder(run.run_id) / "passed_over.parquet", counts, SkippedRecords)


def passed_over(run: Run) -> dict[str, int]:
    """How many records `import_warc` left out, by why; none before it has come to its end."""
    counts = read_records(run.paths.run_folder(run.run_id) / "passed_over.parquet", SkippedRecords)
    return {one.why: one.count for one in counts}


def _is_warc(path: Path) -> bool:
    return path.is_file() and path.name.lower().endswith((".warc", ".warc.gz"))
