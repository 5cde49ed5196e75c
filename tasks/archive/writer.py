"""Appends answers to the archive.

A file is `raw/<yyyy>/<mm>/wirehouse-<run_id>-<serial>.warc.gz`. It is made exclusively and only
ever appended to by the process that made it, so a torn record can only be the last of its file.
warcio compresses at level 9 only, at four times the cost, so that is done here.
"""

import asyncio
import gzip
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import Self
from uuid import uuid4

from tasks.archive.records import capture_of, info_record, response_record
from tasks.core.errors import StorageError
from tasks.core.records import Capture, Response
from tasks.core.run import Run

MAX_FILE_BYTES = 1 << 30
"""A file is closed and the next begun once it has reached this; larger ones are unhandy."""

_LEVEL = 1  # a story page comes out 15 % larger than by level 9, in a third of the time
_STORED = 0  # for bodies that came compressed


class ArchiveWriter:
    """Appends one run's answers; use it as a context manager, from one thread at a time.

    A file is made with the first answer. Nothing is certain to outlast a power failure before
    `sync` has returned.
    """

    def __init__(self, run: Run, *, max_file_bytes: int = MAX_FILE_BYTES) -> None:
        """Take note of the run; nothing is written yet."""
        self._run = run
        self._max_file_bytes = max_file_bytes
        self._file: FileIO | None = None
        self._path = Path()
        self._end = 0

    def __enter__(self) -> Self:
        """The writer itself."""
        return self

    def __exit__(self, *_exception: object) -> None:
        """Sync and close."""
        self.close()

    def append(
        self,
        answer: Response,
        article_id: int | None = None,
        *,
        capture_id: str | None = None,
        source_url: str | None = None,
    ) -> Capture:
        """Archives one answer.

        Args:
            answer: the answer.
            article_id: the story it was asked for.
            capture_id: the id of the record that it is copied from; a new one by default.
            source_url: the address that record names.

        Returns:
            The capture: where the record lies, with digest and validators.

        Raises:
            StorageError: the disk is full or can't be written; what had been appended before is
                whole, and the writer can be used again once there is room.
        """
        capture_id = capture_id or str(uuid4())
        digest = hashlib.sha256(answer.body)
        record = response_record(answer, capture_id, digest.digest(), source_url=source_url)
        is_coded = answer.header("content-encoding") is not None
        packed = gzip.compress(record, _STORED if is_coded else _LEVEL, mtime=0)
        if self._file is None or self._end >= self._max_file_bytes:
            self._begin_file()
        offset = self._end
        self._write(packed)
        return capture_of(
            answer,
            capture_id=capture_id,
            article_id=article_id,
            payload_sha256=digest.hexdigest(),
            warc_path=self._path.relative_to(self._run.paths.data_dir).as_posix(),
            warc_offset=offset,
            run_id=self._run.run_id,
        )

    def sync(self) -> None:
        """Returns once everything appended would outlast a power failure.

        Raises:
            StorageError: the disk refuses.
        """
        if self._file is not None:
            try:
                os.fsync(self._file.fileno())
            except OSError as error:
                raise StorageError.of(error, self._path) from error

    def close(self) -> None:
        """Syncs and closes the file; a later answer would begin another."""
        self.sync()
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begin_file(self) -> None:
        self.close()
        folder = self._run.paths.raw / f"{datetime.now(UTC):%Y/%m}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._path, self._file = _new_file(folder, self._run.run_id)
            for one in (folder, folder.parent, folder.parents[1], folder.parents[2]):
                _sync_folder(one)  # up to the data folder: a new month is a new name in its year
        except OSError as error:
            raise StorageError.of(error, folder) from error
        self._end = 0
        try:
            self._write(gzip.compress(info_record(self._run, self._path.name), _LEVEL, mtime=0))
        except StorageError:
            self._file.close()
            self._file = None
            raise

    def _write(self, packed: bytes) -> None:
        """Writes one whole record or, when the disk refuses, takes its beginning back."""
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


def cut_off(path: Path, position: int) -> int:
    """Takes away the end of a file that was cut short amid a record; the rest is synced.

    Args:
        path: a file of ours; nobody writes to it any more.
        position: byte up to which it is sound. A file that is sound nowhere is removed.

    Returns:
        How many bytes went.

    Raises:
        StorageError: the file can't be written.
    """
    try:
        size = path.stat().st_size
        if position == 0:
            path.unlink()
            _sync_folder(path.parent)
        else:
            with path.open("r+b") as file:
                file.truncate(position)
                os.fsync(file.fileno())
    except OSError as error:
        raise StorageError.of(error, path) from error
    return size - position


class Archive:
    """An `ArchiveWriter` in a thread of its own, so that an event loop needn't wait for it."""

    def __init__(self, run: Run) -> None:
        """Take note of the run; nothing is written yet."""
        self._writer = ArchiveWriter(run)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive")

    async def __aenter__(self) -> Self:
        """The archive itself."""
        return self

    async def __aexit__(self, *_exception: object) -> None:
        """Sync and close."""
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._writer.close)
        finally:
            self._thread.shutdown()

    async def keep(self, answer: Response, article_id: int | None = None) -> Capture:
        """Archives one answer; see `ArchiveWriter.append`."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._writer.append, answer, article_id)

    async def sync(self) -> None:
        """Makes sure of everything kept so far; see `ArchiveWriter.sync`."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._writer.sync)


def _new_file(folder: Path, run_id: str) -> tuple[Path, FileIO]:
    """The next file of the run that no one has begun yet."""
    serial = 0
    while True:
        path = folder / f"wirehouse-{run_id}-{serial:05d}.warc.gz"
        try:
            return path, FileIO(path, "xb")
        except FileExistsError:
            serial += 1


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
