"""Walks a WARC file from one end to the other, ours or anyone's, however large."""

import gzip
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParser

from tasks.archive.records import (
    BLOCK_BYTES,
    MAX_RECORD_BYTES,
    UNREADABLE,
    ArchivedRecord,
    address_of,
    damaged,
    is_answer,
    parse_answer,
    require_all,
)
from tasks.core.errors import StorageError
from tasks.core.rejects import PageRefusedError, plain_line

OTHER_ADDRESS = "another address"
REVISIT = "a repetition without its page"
TOO_LARGE = "too large"
MALFORMED = "no HTTP answer"

_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_WINDOW = zlib.MAX_WBITS | 16
_MAX_HEADER_BYTES = 1 << 20
_MAX_INFO_BYTES = 1 << 20
_CONTENT_LENGTH = re.compile(
    rb"^content-length:[ \t]*([0-9]{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE
)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_FIELDS = StatusAndHeadersParser([], verify=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TornRecord:
    """Where a WARC file stops making sense.

    Attributes:
        offset: byte at which the last sound record ends.
        detail: one line for a person.
    """

    offset: int
    detail: str


def any_address(_url: str) -> bool:
    """Wants every record."""
    return True


class WarcScan:
    """One pass over a WARC file; iterate over it once.

    Compressed record by record, compressed as one or not at all: the file is streamed, and of
    records that aren't wanted nothing but the headers is looked at.

    Attributes:
        path: the file.
        info: the fields of the file's `warcinfo` record, names in lower case.
        passed_over: responses and revisits that were left out, by why.
        position: byte up to which the file has been walked; another walk can start there.
        can_start_anywhere: whether records can be found by their offset, which they can't in a
            file that was compressed as one.
        torn: where the file stops making sense; `None` as long as it doesn't.
    """

    def __init__(
        self,
        path: Path,
        *,
        start: int = 0,
        wants: Callable[[str], bool] = any_address,
        limit: int = MAX_RECORD_BYTES,
    ) -> None:
        """Take note of the file; it is opened by the iteration.

        Args:
            path: the file.
            start: a `position` of an earlier walk; ignored for a file compressed as one.
            wants: whether the record of a target address shall be given.
            limit: longer records are passed over, in bytes.
        """
        self.info: dict[str, str] = {}
        self.passed_over: Counter[str] = Counter()
        self.position = start
        self.can_start_anywhere = True
        self.torn: TornRecord | None = None
        self.path = path
        self._wants = wants
        self._limit = limit

    def __iter__(self) -> Iterator[ArchivedRecord]:
        """The wanted response records in file order, up to where the file is torn.

        Raises:
            StorageError: the file can't be opened or read.
        """
        try:
            with self.path.open("rb") as file:
                if _is_one_member(file):
                    self.can_start_anywhere = False
                    self.position = 0
                    yield from self._walk_inflated(file)
                else:
                    file.seek(self.position)
                    yield from self._walk(file)
                    self._require_end(self.path.stat().st_size)
        except OSError as error:
            raise StorageError.of(error, self.path) from error

    def _walk_inflated(self, file: BinaryIO) -> Iterator[ArchivedRecord]:
        file.seek(0)
        stream = _Inflated(file)
        yield from self._walk(stream)
        if self.torn is None and stream.trouble:
            self.torn = TornRecord(offset=self.position, detail=stream.trouble)

    def _walk(self, file: "BinaryIO | _Inflated") -> Iterator[ArchivedRecord]:
        archive = _Records(file)
        try:
            for record in archive:
                self.position = archive.offset
                if record.length is None:
                    raise damaged(self.position, "its headers end early")
                answer = self._take(record)
                _require_end_of_member(archive)
                self.position = archive.offset
                if answer is not None:
                    yield answer
                archive.reader.renew()
        except (*UNREADABLE, PageRefusedError) as error:
            told = plain_line(str(error)) or "it ends early"
            self.torn = TornRecord(offset=self.position, detail=told)

    def _take(self, record: ArcWarcRecord) -> ArchivedRecord | None:
        """The answer in a record, if it is wanted and there is one."""
        if record.rec_type == "warcinfo":
            self._note_info(record)
            return None
        why = self._why_not(record)
        if why is None:
            try:
                return parse_answer(record, self.position, self._limit)
            except (*UNREADABLE, PageRefusedError):
                require_all(record, self.position)
                why = MALFORMED
        if why:
            self.passed_over[why] += 1
        return None

    def _why_not(self, record: ArcWarcRecord) -> str | None:
        """Why a record isn't looked into; empty for a kind that holds no answers at all."""
        if record.rec_type == "revisit" and self._wants(address_of(record)):
            return REVISIT
        if not is_answer(record):
            return ""
        if not self._wants(address_of(record)):
            return OTHER_ADDRESS
        return TOO_LARGE if record.length > self._limit else None

    def _note_info(self, record: ArcWarcRecord) -> None:
        block = record.raw_stream.read(_MAX_INFO_BYTES)
        require_all(record, self.position)
        fields = _FIELDS.parse(BytesIO(b"fields\r\n" + block + b"\r\n\r\n"))
        self.info = {name.lower(): value for name, value in fields.headers}

    def _require_end(self, size: int) -> None:
        if self.torn is None and self.position < size:
            detail = f"{size - self.position} bytes that are no record"
            self.torn = TornRecord(offset=self.position, detail=detail)


class _Inflated:
    """The inside of a file that was compressed as one; ends early where that is damaged."""

    def __init__(self, file: BinaryIO) -> None:
        self.trouble = ""
        self._stream = gzip.GzipFile(fileobj=file, mode="rb")

    def read(self, size: int = -1) -> bytes:
        try:
            return self._stream.read1(size)  # what is sound before the damage is given too
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            self.trouble = str(error) or "it ends early"
            return b""

    def tell(self) -> int:
        return self._stream.tell()


class _Reader(DecompressingBufferedReader):  # type: ignore[misc]
    """Gives no more of one record as lines than headers need: a file may be one endless line."""

    def __init__(self, stream: "BinaryIO | _Inflated") -> None:
        super().__init__(stream, block_size=BLOCK_BYTES)
        self.renew()

    def renew(self) -> None:
        """Begin to count anew, for the next record."""
        self._left = _MAX_HEADER_BYTES

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or self._left, self._left))
        self._left -= len(line)
        if self._left <= 0:
            raise ArchiveLoadFailed(f"headers of more than {_MAX_HEADER_BYTES} bytes")
        return line


class _Records(ArchiveIterator):  # type: ignore[misc]
    """warcio's iterator, but for what it would print of a record with a wrong length."""

    INC_RECORD = ""

    def __init__(self, stream: "BinaryIO | _Inflated") -> None:
        super().__init__(stream, no_record_parse=True)
        self.reader = _Reader(stream)


def _require_end_of_member(archive: _Records) -> None:
    """Refuse a compressed record whose last bytes, its check sum among them, are cut off."""
    start = archive.offset
    archive.read_to_end()
    inflater = archive.reader.decompressor
    if inflater is not None and not inflater.eof:
        raise damaged(start, "it ends early, or is one of several in one gzip member")


def _is_one_member(file: BinaryIO) -> bool:
    """Whether the file's first gzip member goes on behind the file's first record."""
    head = _start_of_member(file, _MAX_HEADER_BYTES)
    end, length = _END_OF_HEADERS.search(head), _CONTENT_LENGTH.search(head)
    if end is None or length is None or int(length[1]) > MAX_RECORD_BYTES:
        return False
    record = end.end() + int(length[1])
    return bool(_start_of_member(file, record + BLOCK_BYTES)[record:].strip())


def _start_of_member(file: BinaryIO, wanted: int) -> bytes:
    """The first bytes of the first gzip member, inflated; nothing of a file without one."""
    file.seek(0)
    block = file.read(BLOCK_BYTES)
    stream = zlib.decompressobj(_GZIP_WINDOW)
    inflated = bytearray()
    if not block.startswith(_GZIP_MAGIC):
        return b""
    with suppress(zlib.error):  # the walk will say where
        while block and not stream.eof and len(inflated) < wanted:
            inflated += stream.decompress(block, wanted - len(inflated))
            block = stream.unconsumed_tail or file.read(BLOCK_BYTES)
    return bytes(inflated)
