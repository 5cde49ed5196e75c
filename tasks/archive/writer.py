"""Appends responses to the archive.

A file is `raw/<yyyy>/<mm>/wirehouse-<run_id>-<serial>.warc.gz`. Only the process that made it
appends to it, so a truncated record can only be the last of its file.
"""

import asyncio
import gzip
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from io import FileIO
from itertools import count
from pathlib import Path
from typing import Self
from uuid import uuid4

from tasks.archive.records import capture_of, info_record, response_record
from tasks.core.errors import StorageError
from tasks.core.files import sync_path, temporary_path
from tasks.core.records import Capture, Response
from tasks.core.run import Run

MAX_FILE_BYTES = 1 << 30  # the next file is begun then; larger ones are hard to copy and check

# warcio compresses at level 9 only: a story's record is 15 % smaller then, at four times the cost.
_LEVEL = 1
_STORED = 0  # for bodies that came compressed


def archive_folder(run: Run, day: datetime) -> Path:
    """Where files of the archive that are made on a day lie."""
    return run.paths.raw / f"{day:%Y/%m}"


class ArchiveWriter:
    """Appends one run's responses; a context manager, from one thread at a time.

    A file is made with the first response. Nothing is certain to outlast a power failure before
    `sync` has returned. With a `target` all goes to that one file, which has its name when
    `hand_over` has returned; else nothing is left of it.
    """

    def __init__(self, run: Run, target: Path | None = None) -> None:
        self._run = run
        self._target = target
        self._file: FileIO | None = None
        self._path = Path()
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
        if self._target is not None and self._path.is_file():
            self._path.unlink()

    def append(
        self,
        response: Response,
        article_id: int | None = None,
        *,
        capture_id: str | None = None,
        source_url: str | None = None,
        claimed_at: datetime | None = None,
    ) -> Capture:
        """Archive one response, requested for a story or none.

        `capture_id`, `source_url` and `claimed_at`, its date, are those of the record that it is
        copied from. After a `StorageError` earlier records are whole and more can be appended.
        """
        capture_id = capture_id or str(uuid4())
        record = response_record(response, capture_id, source_url=source_url, claimed_at=claimed_at)
        is_coded = response.header("content-encoding") is not None
        packed = gzip.compress(record, _STORED if is_coded else _LEVEL, mtime=0)
        is_full = self._end >= MAX_FILE_BYTES and self._target is None
        if self._file is None or is_full:
            self._begin_file()
        offset = self._end
        self._write(packed)
        return capture_of(
            response,
            capture_id=capture_id,
            article_id=article_id,
            warc_path=self._path.relative_to(self._run.paths.data_dir).as_posix(),
            warc_offset=offset,
            run_id=self._run.run_id,
            claimed_at=claimed_at,
        )

    def sync(self) -> None:
        """Return once everything appended would outlast a power failure."""
        if self._file is not None:
            try:
                os.fsync(self._file.fileno())
            except OSError as error:
                raise StorageError.of(error, self._path) from error

    def close(self) -> None:
        """Sync and close the file; a later response would begin another."""
        if self._file is not None:
            self.sync()
            self._file.close()
            self._file = None

    def hand_over(self) -> None:
        """Give the target its name, if anything was appended; nothing can be after that."""
        if self._file is not None and self._target is not None:
            self.close()
            try:
                self._path.replace(self._target)
                sync_path(self._target.parent)
            except OSError as error:
                raise StorageError.of(error, self._target) from error

    def _begin_file(self) -> None:
        self.close()
        folder = archive_folder(self._run, datetime.now(UTC))
        if self._target is not None:
            folder = self._target.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for serial in count():
                name = f"wirehouse-{self._run.run_id}-{serial:05d}.warc.gz"
                path = temporary_path(self._target) if self._target else folder / name
                with suppress(FileExistsError):
                    file = FileIO(path, "xb")
                    break
            # Up to the data folder: a new month is a new name in its year.
            for new in (folder, *list(folder.parents)[:3]):
                sync_path(new)
        except OSError as error:
            raise StorageError.of(error, folder) from error
        self._path, self._file, self._end = path, file, 0
        try:
            info = info_record(self._run, (self._target or path).name)
            self._write(gzip.compress(info, _LEVEL, mtime=0))
        except StorageError:
            file.close()
            self._file = None
            raise

    def _write(self, packed: bytes) -> None:
        """Write one whole record or, when the disk refuses, nothing."""
        assert self._file is not None
        rest = memoryview(packed)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            self._file.truncate(self._end)
            self._file.seek(self._end)
            raise StorageError.of(error, self._path) from error
        self._end += len(packed)


class Archive:
    """An `ArchiveWriter` in a thread of its own, for an event loop; it keeps the order."""

    def __init__(self, run: Run) -> None:
        self._writer = ArchiveWriter(run)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exception: object) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._writer.close)
        finally:
            self._thread.shutdown()

    async def keep(self, response: Response, article_id: int | None = None) -> Capture:
        """Archive one response; see `ArchiveWriter.append`."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._writer.append, response, article_id)

    async def sync(self) -> None:
        """Return once everything kept so far would outlast a power failure."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._writer.sync)


def truncate_file(path: Path, size: int) -> int:
    """Shorten a file of ours, to which nobody writes, or remove it; how many bytes were cut off."""
    try:
        removed = path.stat().st_size - size
        if size == 0:
            path.unlink()
            sync_path(path.parent)
        else:
            os.truncate(path, size)
            sync_path(path)
    except OSError as error:
        raise StorageError.of(error, path) from error
    return removed
