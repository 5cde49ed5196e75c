"""Reads answers back from WARC files: one by its offset, or all of a file in order."""

import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader

from tasks.archive.records import (
    BLOCK_BYTES,
    MAX_RECORD_BYTES,
    UNREADABLE,
    ArchivedRecord,
    damaged,
    parse_answer,
)
from tasks.archive.scan import TornRecord, WarcScan
from tasks.core.content_encoding import decode_body
from tasks.core.errors import StorageError
from tasks.core.rejects import PageRefusedError, Reason

_MAX_HEADER_BYTES = 1 << 18
_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_WINDOW = zlib.MAX_WBITS | 16
_LOADER = ArcWarcRecordLoader(arc2warc=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedResponse:
    """An archived answer, ready to be read.

    Attributes:
        url: its canonical address.
        status: the HTTP status.
        headers: the HTTP headers in their order.
        body: the body, its content coding undone.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first value of a header, `None` where there is none; the name in lower case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


def read_response(path: Path, offset: int, *, limit: int) -> ArchivedResponse:
    """An archived answer with its body decoded.

    Args:
        path: the WARC file.
        offset: byte at which the record starts.
        limit: most bytes of body, as sent and once decoded.

    Returns:
        The answer.

    Raises:
        PageRefusedError: `too-large`, `broken-transfer` or `unsupported-encoding`, as in
            `core.content_encoding.decode_body`; a torn or damaged record is `broken-transfer`.
        StorageError: the file can't be opened or read.
    """
    record = read_record(path, offset, limit=limit)
    return ArchivedResponse(
        url=record.url,
        status=record.status,
        headers=record.headers,
        body=decode_body(record.payload, record.header("content-encoding"), limit=limit),
    )


def read_record(path: Path, offset: int, *, limit: int = MAX_RECORD_BYTES) -> ArchivedRecord:
    """A response record as it lies in the archive.

    Args:
        path: the WARC file, compressed or not.
        offset: byte at which the record starts.
        limit: most bytes of payload.

    Returns:
        The record.

    Raises:
        PageRefusedError: `too-large`, or `broken-transfer` for what is no sound response record.
        StorageError: the file can't be opened or read.
    """
    try:
        with path.open("rb") as file:
            file.seek(offset)
            stream = _member(file, limit + _MAX_HEADER_BYTES)
            record = _LOADER.parse_record_stream(stream, no_record_parse=True)
            return parse_answer(record, offset, limit)
    except OSError as error:
        raise StorageError.of(error, path) from error
    except UNREADABLE as error:
        raise damaged(offset, str(error) or "nothing there") from error


def walk(path: Path, *, limit: int = MAX_RECORD_BYTES) -> Iterator[ArchivedRecord | TornRecord]:
    """Every response record of a WARC file, streamed, ours or anyone's.

    Args:
        path: the file, compressed or not.
        limit: longer records are passed over.

    Yields:
        The records in file order. Where the file is torn or damaged, a last `TornRecord` says
        where, and what lies behind is left.

    Raises:
        StorageError: the file can't be opened or read.
    """
    steps = WarcScan(path, limit=limit)
    yield from steps
    if steps.torn is not None:
        yield steps.torn


def _member(file: BinaryIO, limit: int) -> BinaryIO:
    """One gzip member, inflated within a bound; an uncompressed file stays itself."""
    block = file.read(BLOCK_BYTES)
    if not block.startswith(_GZIP_MAGIC):
        file.seek(-len(block), os.SEEK_CUR)
        return file
    stream = zlib.decompressobj(_GZIP_WINDOW)
    inflated = bytearray()
    try:
        while block and not stream.eof and len(inflated) <= limit:
            inflated += stream.decompress(block, limit + 1 - len(inflated))
            block = stream.unconsumed_tail or file.read(BLOCK_BYTES)
    except zlib.error as error:
        raise ArchiveLoadFailed(str(error)) from error
    if len(inflated) > limit:
        raise PageRefusedError(Reason.TOO_LARGE, f"a record of more than {limit} bytes")
    if not stream.eof:
        raise EOFError("it ends early")
    return BytesIO(inflated)
