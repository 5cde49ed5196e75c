"""Reads answers back from WARC files: one by its offset, or all of a file in order."""

import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from tasks.wire.coding import decode_body
from tasks.wire.errors import StorageError
from tasks.wire.reject import PageRefusedError, Reason

MAX_RECORD_BYTES = 64 << 20
"""Longer records, films in other people's archives, are passed over."""

_MAX_HEADER_BYTES = 1 << 18
_BLOCK_BYTES = 1 << 16
_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_WINDOW = zlib.MAX_WBITS | 16
# Headers of HTTP are parsed here: the loader trips over a torn record that names no address.
_LOADER = ArcWarcRecordLoader(arc2warc=False)
_HTTP_HEADERS = StatusAndHeadersParser([], verify=False)
_UNREADABLE = (EOFError, ArchiveLoadFailed, StatusAndHeadersParserException)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedRecord:
    """One response record of a WARC file.

    Attributes:
        offset: byte at which the record starts in its file.
        capture_id: the UUID of its `WARC-Record-ID`.
        url: its `WARC-Target-URI`.
        fetched_at: its `WARC-Date` (UTC); `None` where it can't be read.
        status: the HTTP status.
        phrase: the words after the status.
        headers: the HTTP headers in their order.
        payload: the body as sent, its content coding not undone.
    """

    offset: int
    capture_id: str
    url: str
    fetched_at: datetime | None
    status: int
    phrase: str
    headers: tuple[tuple[str, str], ...]
    payload: bytes

    def header(self, name: str) -> str | None:
        """The first value of a header, `None` where there is none; the name in lower case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TornRecord:
    """Where a WARC file stops making sense.

    Attributes:
        offset: byte at which the last sound record ends.
        detail: one line for a person.
    """

    offset: int
    detail: str


def read_response(path: Path, offset: int, *, limit: int) -> ArchivedResponse:
    """An archived answer with its body decoded.

    Args:
        path: the WARC file.
        offset: byte at which the record starts.
        limit: most bytes of body, as sent and once decoded.

    Returns:
        The answer.

    Raises:
        PageRefusedError: `too-large`, `broken-transfer`, `unsupported-encoding`: see
            `tasks.wire.coding.decode_body`; a record that is torn or damaged is `broken-transfer`.
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
            return _read(_LOADER.parse_record_stream(stream, no_record_parse=True), offset, limit)
    except OSError as error:
        raise StorageError.of(error, path) from error
    except _UNREADABLE as error:
        raise _damaged(offset, str(error) or "nothing there") from error


def walk(path: Path, *, limit: int = MAX_RECORD_BYTES) -> Iterator[ArchivedRecord | TornRecord]:
    """Every response record of a WARC file, streamed, ours or anyone's.

    Args:
        path: the file, compressed record by record or not at all.
        limit: longer records are passed over.

    Yields:
        The records in file order. Where the file is torn or damaged, a last `TornRecord` says
        where, and what lies behind is left.

    Raises:
        StorageError: the file can't be opened or read.
    """
    try:
        with path.open("rb") as file:
            yield from _walk(file, path.stat().st_size, limit)
    except OSError as error:
        raise StorageError.of(error, path) from error


def _walk(file: BinaryIO, size: int, limit: int) -> Iterator[ArchivedRecord | TornRecord]:
    archive = ArchiveIterator(file, no_record_parse=True, block_size=_BLOCK_BYTES)
    start = 0
    try:
        for record in archive:
            start = archive.offset
            if record.length is None:
                raise _damaged(start, "its headers end early")
            if _is_answer(record) and record.length <= limit:
                response = _read(record, start, limit)
                _require_end_of_member(archive)
                yield response
            archive.read_to_end()
            start = archive.offset
    except (*_UNREADABLE, PageRefusedError) as error:
        yield TornRecord(offset=start, detail=" ".join(str(error).split())[:300])
        return
    if start < size:
        yield TornRecord(offset=start, detail=f"{size - start} bytes that are no record")


def _read(record: ArcWarcRecord, offset: int, limit: int) -> ArchivedRecord:
    """The record, whole; one that isn't must not pass for a short one."""
    if record.length is None or not _is_answer(record):
        raise _damaged(offset, f"a {record.rec_type} record without an answer")
    warc, http = record.rec_headers, _HTTP_HEADERS.parse(record.raw_stream)
    is_chunked = http.get_header("transfer-encoding", "").lower() == "chunked"
    stream = ChunkedDataReader(record.raw_stream) if is_chunked else record.raw_stream
    payload = stream.read(limit + 1)
    if len(payload) > limit:
        raise PageRefusedError(Reason.TOO_LARGE, f"more than {limit} bytes in the archive")
    while record.raw_stream.read(_BLOCK_BYTES):  # what follows the last chunk
        pass
    if record.raw_stream.tell() != record.length:
        raise _damaged(offset, f"{record.raw_stream.tell()} of {record.length} bytes are there")
    return ArchivedRecord(
        offset=offset,
        capture_id=_uuid(warc.get_header("WARC-Record-ID", "")),
        url=warc.get_header("WARC-Target-URI", ""),
        fetched_at=_instant(warc.get_header("WARC-Date", "")),
        status=_status(http.get_statuscode(), offset),
        phrase=http.statusline.partition(" ")[2],
        headers=tuple(http.headers),
        payload=payload,
    )


def _require_end_of_member(archive: ArchiveIterator) -> None:
    """Refuse a compressed record whose last bytes, its check sum among them, are cut off."""
    start = archive.offset
    archive.read_to_end()
    inflater = archive.reader.decompressor
    if inflater is not None and not inflater.eof:
        raise _damaged(start, "it ends early, or is one of several in one gzip member")


def _is_answer(record: ArcWarcRecord) -> bool:
    """Whether it holds an HTTP response; some archives keep those of the name service too."""
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    return record.rec_type == "response" and url.startswith(("http://", "https://"))


def _member(file: BinaryIO, limit: int) -> BinaryIO:
    """One gzip member, inflated within a bound; an uncompressed file stays itself."""
    block = file.read(_BLOCK_BYTES)
    if not block.startswith(_GZIP_MAGIC):
        file.seek(-len(block), os.SEEK_CUR)
        return file
    stream = zlib.decompressobj(_GZIP_WINDOW)
    inflated = bytearray()
    try:
        while block and not stream.eof and len(inflated) <= limit:
            inflated += stream.decompress(block, limit + 1 - len(inflated))
            block = stream.unconsumed_tail or file.read(_BLOCK_BYTES)
    except zlib.error as error:
        raise ArchiveLoadFailed(str(error)) from error
    if len(inflated) > limit:
        raise PageRefusedError(Reason.TOO_LARGE, f"a record of more than {limit} bytes")
    if not stream.eof:
        raise EOFError("it ends early")
    return BytesIO(inflated)


def _damaged(offset: int, why: str) -> PageRefusedError:
    return PageRefusedError(
        Reason.BROKEN_TRANSFER, f"the archive's record at byte {offset} is damaged: {why[:200]}"
    )


def _status(text: str, offset: int) -> int:
    if not (text.isascii() and text.isdigit()):
        raise _damaged(offset, f"its status is {text[:20]!r}")
    return int(text)


def _uuid(record_id: str) -> str:
    """`<urn:uuid:…>` without its wrapping; ids of other kinds as they are."""
    return record_id.strip("<>").removeprefix("urn:uuid:")


def _instant(warc_date: str) -> datetime | None:
    try:
        return datetime.fromisoformat(warc_date).astimezone(UTC)
    except ValueError:
        return None
