"""Reads WARC files, ours or anyone's: one record by its offset, or a whole file in its order."""

import gzip
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader, DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from tasks.archive.members import GZIP_MAGIC, read_member
from tasks.archive.records import MAX_RECORD_BYTES, ArchivedRecord
from tasks.core.content_encoding import decode_body
from tasks.core.errors import StorageError
from tasks.core.rejects import PageRefusedError, Reason, plain_line

OTHER_ADDRESS = "another address"
REVISIT = "a repetition without its page"
TOO_LARGE = "too large"
MALFORMED = "no HTTP response"

_BLOCK_BYTES = 1 << 16
_MAX_HEADER_BYTES = 1 << 20
_MAX_INFO_BYTES = 1 << 20
_CONTENT_LENGTH = re.compile(
    rb"^content-length:[ \t]*([0-9]{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE
)
_STATUS = re.compile("[1-5][0-9]{2}")
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
# What warcio raises over a record that makes no sense, and what is raised over one here.
_UNREADABLE = (EOFError, ArchiveLoadFailed, StatusAndHeadersParserException, PageRefusedError)
_LOADER = ArcWarcRecordLoader(arc2warc=False)
_FIELDS = StatusAndHeadersParser([], verify=False)


class _LatinParser(StatusAndHeadersParser):  # type: ignore[misc]
    """Headers are bytes; read as Latin-1, each byte is a character and none is lost."""

    @staticmethod
    def decode_header(line: bytes) -> str:
        return line.decode("latin-1")


# Headers of HTTP are parsed here: the loader trips over a damaged record that names no address.
_HTTP_HEADERS = _LatinParser([], verify=False)


def read_response(path: Path, offset: int, *, limit: int) -> ArchivedRecord:
    """A response record with the content coding of its body undone, within the same limit.

    Errors are those of `read_record` and `decode_body`.
    """
    record = read_record(path, offset, limit=limit)
    body = decode_body(record.body, record.header("content-encoding"), limit=limit)
    return replace(record, body=body)


def read_record(path: Path, offset: int, *, limit: int = MAX_RECORD_BYTES) -> ArchivedRecord:
    """The response record that starts at an offset, its body at most `limit` bytes.

    Raises:
        PageRefusedError: `too-large`, or `broken-transfer` for what is no sound response record.
        StorageError: the file can't be opened or read.
    """
    try:
        with path.open("rb") as file:
            file.seek(offset)
            stream: BinaryIO = file
            if file.peek(len(GZIP_MAGIC)).startswith(GZIP_MAGIC):
                most = limit + _MAX_HEADER_BYTES
                member = read_member(file, offset, limit=most)
                if member.damage and len(member.content) <= most:
                    raise _damage_error(offset, member.damage)
                stream = BytesIO(member.content)
            record = _LOADER.parse_record_stream(stream, no_record_parse=True)
            return _parse_response(record, offset, limit)
    except PageRefusedError:
        raise
    except OSError as error:
        raise StorageError.of(error, path) from error
    except _UNREADABLE as error:
        raise _damage_error(offset, str(error) or "nothing there") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Where a WARC file stops making sense, after its last sound record, and why."""

    offset: int
    detail: str


class WarcScan:
    """One pass over a WARC file, however it is compressed; iterate over it once.

    The file is streamed, and of records that aren't wanted only the headers are read.
    """

    def __init__(
        self,
        path: Path,
        *,
        start: int = 0,
        wants: Callable[[str], bool] = lambda _url: True,
        limit: int = MAX_RECORD_BYTES,
    ) -> None:
        """The file is opened by the iteration.

        `start` is a `position` of an earlier scan, and ignored for a file compressed as one.
        `wants` takes a target address; records longer than `limit` bytes are skipped.
        """
        self.path = path
        self.info: dict[str, str] = {}  # fields of the `warcinfo` record, names in lower case
        self.skipped: Counter[str] = Counter()  # responses and revisits left out, by reason
        self.position = start  # byte up to which the file has been read
        self.is_seekable = True  # whether records have an offset: not where compressed as one
        self.damage: Damage | None = None  # where the file stops making sense
        self._wants = wants
        self._limit = limit

    def __iter__(self) -> Iterator[ArchivedRecord]:
        """The wanted response records in file order, up to where the file is damaged."""
        try:
            with self.path.open("rb") as file:
                self.is_seekable = not _is_one_member(file)
                if self.is_seekable:
                    file.seek(self.position)
                    yield from self._scan(file)
                    rest = self.path.stat().st_size - self.position
                    detail = f"{rest} bytes that are no record" if rest else ""
                else:
                    file.seek(0)
                    self.position = 0
                    stream = _Inflated(file)
                    yield from self._scan(stream)
                    detail = stream.damage
                if self.damage is None and detail:
                    self.damage = Damage(offset=self.position, detail=detail)
        except OSError as error:
            raise StorageError.of(error, self.path) from error

    def _scan(self, stream: "BinaryIO | _Inflated") -> Iterator[ArchivedRecord]:
        archive = _Records(stream)
        try:
            for record in archive:
                self.position = archive.offset
                if record.format != "warc":  # warcio takes many a line for the older ARC
                    raise _damage_error(self.position, "it is no WARC")
                if record.length is None:
                    raise _damage_error(self.position, "its headers end early")
                found = self._read(record)
                _read_rest(record, self.position)  # of a record that nobody wants, too
                archive.read_to_end()
                # Its last bytes, the check sum among them, may be missing; and behind the first
                # record of a member there is no telling at which byte another one starts.
                inflater = archive.reader.decompressor
                if inflater is not None and (archive.next_line or not inflater.eof):
                    detail = "it ends early, or is one of several in one gzip member"
                    raise _damage_error(self.position, detail)
                self.position = archive.offset
                if found is not None:
                    yield found
                archive.reader.reset_limit()
        except _UNREADABLE as error:
            detail = plain_line(str(error)) or "it ends early"
            self.damage = Damage(offset=self.position, detail=detail)

    def _read(self, record: ArcWarcRecord) -> ArchivedRecord | None:
        """The response in a record, if it is wanted and there is one."""
        url = _target_url(record)
        if record.rec_type == "warcinfo":
            block = record.raw_stream.read(_MAX_INFO_BYTES)
            fields = _FIELDS.parse(BytesIO(b"fields\r\n" + block + b"\r\n\r\n"))
            self.info = {name.lower(): value for name, value in fields.headers}
            return None
        if record.rec_type == "revisit" and self._wants(url):
            reason = REVISIT
        elif not _is_response(record):
            return None
        elif not self._wants(url):
            reason = OTHER_ADDRESS
        elif record.length > self._limit:
            reason = TOO_LARGE
        else:
            try:
                return _parse_response(record, self.position, self._limit)
            except _UNREADABLE:
                reason = MALFORMED
        self.skipped[reason] += 1
        return None


def _parse_response(record: ArcWarcRecord, offset: int, limit: int) -> ArchivedRecord:
    """The response in a record, whole; one that isn't must not pass for a short one.

    Nothing of the record is left unread. Raises `PageRefusedError`, or one of `_UNREADABLE`.
    """
    if record.length is None or not _is_response(record):
        raise _damage_error(offset, f"a {record.rec_type} record without a response")
    warc, http = record.rec_headers, _HTTP_HEADERS.parse(record.raw_stream)
    is_chunked = http.get_header("transfer-encoding", "").lower() == "chunked"
    stream = ChunkedDataReader(record.raw_stream) if is_chunked else record.raw_stream
    body = stream.read(limit + 1)
    if len(body) > limit:
        raise PageRefusedError(Reason.TOO_LARGE, f"more than {limit} bytes in the archive")
    _read_rest(record, offset)
    status = http.get_statuscode()
    if not _STATUS.fullmatch(status):
        raise _damage_error(offset, f"its status is {status[:20]!r}")
    try:
        fetched_at = datetime.fromisoformat(warc.get_header("WARC-Date", "")).astimezone(UTC)
    except ValueError:
        fetched_at = None
    return ArchivedRecord(
        offset=offset,
        capture_id=warc.get_header("WARC-Record-ID", "").strip("<>").removeprefix("urn:uuid:"),
        url=_target_url(record),
        fetched_at=fetched_at,
        protocol=http.protocol,
        status=int(status),
        phrase=http.statusline.partition(" ")[2],
        headers=tuple(http.headers),
        body=body,
    )


def _read_rest(record: ArcWarcRecord, offset: int) -> None:
    while record.raw_stream.read(_BLOCK_BYTES):
        pass
    if record.raw_stream.tell() != record.length:
        detail = f"{record.raw_stream.tell()} of {record.length} bytes are there"
        raise _damage_error(offset, detail)


def _is_response(record: ArcWarcRecord) -> bool:
    """Whether it holds an HTTP response; some archives keep those of the name service too."""
    return record.rec_type == "response" and _target_url(record).startswith(("http://", "https://"))


def _target_url(record: ArcWarcRecord) -> str:
    return record.rec_headers.get_header("WARC-Target-URI") or ""


def _damage_error(offset: int, detail: str) -> PageRefusedError:
    message = f"the archive's record at byte {offset} is damaged: {detail[:200]}"
    return PageRefusedError(Reason.BROKEN_TRANSFER, message)


class _Inflated:
    """The content of a file that was compressed as one; ends early where that is damaged."""

    def __init__(self, file: BinaryIO) -> None:
        self.damage = ""
        self._stream = gzip.GzipFile(fileobj=file, mode="rb")

    def read(self, size: int = -1) -> bytes:
        try:
            return self._stream.read1(size)  # what is sound before the damage is returned too
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            self.damage = str(error) or "it ends early"
            return b""

    def tell(self) -> int:
        return self._stream.tell()


class _LineLimitedReader(DecompressingBufferedReader):  # type: ignore[misc]
    """Reads no more of one record as lines than headers need: a file may be one endless line."""

    def __init__(self, stream: BinaryIO | _Inflated) -> None:
        super().__init__(stream, block_size=_BLOCK_BYTES)
        self.reset_limit()

    def reset_limit(self) -> None:
        self._left = _MAX_HEADER_BYTES

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or self._left, self._left))
        self._left -= len(line)
        if self._left <= 0:
            raise ArchiveLoadFailed(f"headers of more than {_MAX_HEADER_BYTES} bytes")
        return line


class _Records(ArchiveIterator):  # type: ignore[misc]
    """warcio's iterator, without what it prints of a record with a wrong length."""

    INC_RECORD = ""

    def __init__(self, stream: BinaryIO | _Inflated) -> None:
        super().__init__(stream, no_record_parse=True)
        self.reader = _LineLimitedReader(stream)


def _is_one_member(file: BinaryIO) -> bool:
    """Whether the file's first gzip member continues after the file's first record."""
    head = read_member(file, 0, limit=_MAX_HEADER_BYTES).content
    end, length = _END_OF_HEADERS.search(head), _CONTENT_LENGTH.search(head)
    if end is None or length is None or int(length[1]) > MAX_RECORD_BYTES:
        return False
    size = end.end() + int(length[1])
    return bool(read_member(file, 0, limit=size + _BLOCK_BYTES).content[size:].strip())
