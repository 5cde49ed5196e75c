"""Reads WARC files, ours or anyone's: one record by its offset, or a whole file in its order."""

import logging
import re
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import SEEK_END, BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from tasks.archive.members import GZIP_MAGIC, read_member
from tasks.archive.records import MAX_RECORD_BYTES, SOURCE_DATE, ArchivedRecord
from tasks.archive.streams import (
    BLOCK_BYTES,
    MAX_HEADER_BYTES,
    Inflated,
    Records,
    find_record,
    is_one_member,
)
from tasks.core.content_encoding import decode_body
from tasks.core.errors import StorageError
from tasks.core.rejects import PageRefusedError, Reason, plain_line
from tasks.core.sources import Source

OTHER_ADDRESS = "another address"
REVISIT = "a repetition without its page"
TOO_LARGE = "too large"
MALFORMED = "no HTTP response"
DAMAGED = "damaged"

_MAX_INFO_BYTES = 1 << 20
# What is read in vain before records that claim more than there is, over and over; then the scan
# gives up, so that no file takes a time that grows with its square.
_MAX_REREAD_BYTES = 8 << 30
_LENGTH = re.compile(r"[0-9]{1,18}")
_STATUS = re.compile(r"[1-5][0-9]{2}")
# What warcio raises over a record that makes no sense, and what is raised over one here.
_UNREADABLE = (
    EOFError, ValueError, ArithmeticError, LookupError, ArchiveLoadFailed,
    StatusAndHeadersParserException, PageRefusedError,
)  # fmt: skip
# It warns of blanks in an address, and prints the address as it is.
logging.getLogger("warcio").setLevel(logging.CRITICAL)
_LOADER = ArcWarcRecordLoader(arc2warc=False)
_FIELDS = StatusAndHeadersParser([], verify=False)


class _LatinParser(StatusAndHeadersParser):  # type: ignore[misc]
    """Headers are bytes; read as Latin-1, each byte is a character and nothing is lost."""

    @staticmethod
    def decode_header(line: bytes) -> str:
        return line.decode("latin-1")


# Headers of HTTP are parsed here: the loader trips over a damaged record that names no address.
_HTTP_HEADERS = _LatinParser([], verify=False)


def read_response(path: Path, offset: int, *, limit: int) -> ArchivedRecord:
    """A response record, as `read_record`, with the content coding of its body undone."""
    record = read_record(path, offset, limit=limit)
    body = decode_body(record.body, record.header("content-encoding"), limit=limit)
    return replace(record, body=body)


def read_record(path: Path, offset: int, *, limit: int = MAX_RECORD_BYTES) -> ArchivedRecord:
    """The response record that starts at an offset, its body at most `limit` bytes.

    A `PageRefusedError` is `too-large`, or `broken-transfer` for what is no sound response record.
    """
    try:
        with path.open("rb") as file:
            file.seek(offset)
            stream: BinaryIO = file
            if file.peek(len(GZIP_MAGIC)).startswith(GZIP_MAGIC):
                most = limit + MAX_HEADER_BYTES
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
    """Where a WARC file stops making sense, after a sound record, and why."""

    offset: int
    detail: str


class WarcScan:
    """One streamed pass over a WARC file, however it is compressed; iterate over it once."""

    def __init__(
        self,
        path: Path | Source,
        *,
        start: int = 0,
        within: range | None = None,
        wants: Callable[[str], bool] = lambda _url: True,
        limit: int = MAX_RECORD_BYTES,
        skip_damage: bool = False,
    ) -> None:
        """The file is opened by the iteration.

        `start` is a `position` of an earlier scan, and ignored for a file compressed as one;
        `within` leaves out the records that start at other bytes.
        `wants` takes a target address; records longer than `limit` bytes are skipped. Damage ends
        the scan; with `skip_damage` it continues at the next record.
        """
        self.path = path
        self.info: dict[str, str] = {}  # fields of the `warcinfo` record, names in lower case
        self.skipped: Counter[str] = Counter()  # records left out, by reason
        self.records = 0  # sound records so far, of any kind
        self.position = start  # byte up to which the file has been read
        self.is_seekable = True  # whether records have an offset: not where compressed as one
        self.damage: Damage | None = None  # the last place where the file makes no sense
        self._within = within
        self._wants = wants
        self._limit = limit
        self._skip_damage = skip_damage

    def __iter__(self) -> Iterator[ArchivedRecord]:
        """The wanted response records in file order."""
        try:
            with self.path.open("rb") as file:
                self.is_seekable = not is_one_member(file)
                file.seek(0)
                stream = file if self.is_seekable else Inflated(file)
                start: int | None = self.position if self.is_seekable else 0
                if self._within and self._within.start:
                    start = find_record(stream, self._within.start)
                reread_bytes = 0
                while start is not None:
                    stream.seek(start)
                    self.position = start
                    damage = yield from self._scan(stream)
                    if damage is None:
                        return
                    self.damage = damage
                    if not self._skip_damage:
                        return
                    self.skipped[DAMAGED] += 1
                    reread_bytes += stream.tell() - (damage.offset if self.is_seekable else 0)
                    if reread_bytes > _MAX_REREAD_BYTES:
                        detail = "too much is damaged, and the rest was not read"
                        self.damage = replace(damage, detail=detail)
                        return
                    start = find_record(stream, damage.offset + 1)
        except OSError as error:
            raise StorageError.of(error, str(self.path)) from error

    def _scan(
        self, stream: "BinaryIO | Inflated"
    ) -> Generator[ArchivedRecord, None, Damage | None]:
        """The records up to the next damage, which is returned."""
        archive = Records(stream)
        try:
            for record in archive:
                self.position = archive.offset
                if self._within and self.position not in self._within:
                    return None
                if record.format != "warc":  # warcio takes many a line for the older ARC
                    raise ArchiveLoadFailed("it is no WARC")
                length = record.rec_headers.get_header("Content-Length") or ""
                if not _LENGTH.fullmatch(length):
                    raise ArchiveLoadFailed(f"its Content-Length is {length[:20]!r}")
                found = self._read(record)
                _read_rest(record, self.position)  # of a record that nobody wants, too
                archive.read_to_end()
                # Its last bytes, the check sum among them, may be missing; and behind the first
                # record of a member there is no telling at which byte another one starts.
                inflater = archive.reader.decompressor
                if inflater is not None and (archive.next_line or not inflater.eof):
                    raise ArchiveLoadFailed("it ends early, or is one of several in one member")
                if archive.err_count:  # no blank line follows, so its Content-Length is wrong
                    raise ArchiveLoadFailed(f"it has another length than {length}")
                self.position = archive.offset
                self.records += 1
                if isinstance(found, ArchivedRecord):
                    yield found
                elif found:
                    self.skipped[found] += 1
                archive.reader.reset_limit()
        except _UNREADABLE as error:
            return Damage(offset=self.position, detail=plain_line(str(error)) or "it ends early")
        end = self.position if isinstance(stream, Inflated) else stream.seek(0, SEEK_END)
        rest = end - self.position
        detail = f"{rest} bytes that are no record" if rest else getattr(stream, "damage", "")
        return Damage(offset=self.position, detail=detail) if detail else None

    def _read(self, record: ArcWarcRecord) -> ArchivedRecord | str | None:
        """The response in a record, if it is wanted and there is one, or why it is skipped."""
        url = _target_url(record)
        if record.rec_type == "warcinfo":
            block = record.raw_stream.read(_MAX_INFO_BYTES)
            fields = _FIELDS.parse(BytesIO(b"fields\r\n" + block + b"\r\n\r\n"))
            self.info = {name.lower(): value for name, value in fields.headers}
        elif record.rec_type == "revisit" and self._wants(url):
            return REVISIT
        elif _is_response(record):
            if not self._wants(url):
                return OTHER_ADDRESS
            if record.length > self._limit:
                return TOO_LARGE
            try:
                return _parse_response(record, self.position, self._limit)
            except _UNREADABLE:
                return MALFORMED
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
    fetched_at = _parse_date(warc.get_header("WARC-Date"))
    is_copied = warc.get_header("WARC-Source-URI")  # by a version that kept no date of its source
    return ArchivedRecord(
        offset=offset,
        capture_id=warc.get_header("WARC-Record-ID", "").strip("<>").removeprefix("urn:uuid:"),
        url=_target_url(record),
        fetched_at=fetched_at,
        claimed_at=_parse_date(warc.get_header(SOURCE_DATE)) or (fetched_at if is_copied else None),
        protocol=http.protocol,
        status=int(status),
        phrase=http.statusline.partition(" ")[2],
        headers=tuple(http.headers),
        body=body,
    )


def _parse_date(text: str | None) -> datetime | None:
    """An instant in UTC, which is meant where no zone is named; `None` for what is none."""
    try:
        date = datetime.fromisoformat(text or "")
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):  # a zone can lead out of the years 1 to 9999
        return None


def _read_rest(record: ArcWarcRecord, offset: int) -> None:
    while record.raw_stream.read(BLOCK_BYTES):
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
