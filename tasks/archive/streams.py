"""WARC files as streams: bounded, inflated, and searched for the next record."""

import gzip
import re
import zlib
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed

from tasks.archive.members import GZIP_MAGIC, read_member
from tasks.archive.records import MAX_RECORD_BYTES

BLOCK_BYTES = 1 << 16
MAX_HEADER_BYTES = 1 << 20

_CONTENT_LENGTH = re.compile(
    rb"^content-length:[ \t]*([0-9]{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE
)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_MAX_STARTS = 2  # lines that begin a record, where one is read: its own and the next one's
_RECORD_START = re.compile(rb"WARC/[01]\.[0-9]{1,2}\r?\n")
_MEMBER_START = re.compile(rb"\x1f\x8b\x08")
_LONGEST_START = 16


class Inflated:
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

    def seek(self, offset: int) -> None:
        try:
            self._stream.seek(offset)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            self.damage = str(error) or "it ends early"

    def tell(self) -> int:
        return self._stream.tell()


class _LineLimitedReader(DecompressingBufferedReader):  # type: ignore[misc]
    """Reads no more of one record as lines than headers need: a file may be one endless line."""

    def __init__(self, stream: BinaryIO | Inflated) -> None:
        super().__init__(stream, block_size=BLOCK_BYTES)
        self.reset_limit()

    def reset_limit(self) -> None:
        self._left = MAX_HEADER_BYTES
        self._starts = 0

    def _decompress(self, data: bytes) -> bytes:
        if self.decompressor is None or self.num_block_read == 0:
            return super()._decompress(data)  # type: ignore[no-any-return]
        try:  # warcio prints the error and goes on
            return self.decompressor.decompress(data)  # type: ignore[no-any-return]
        except zlib.error as error:
            raise ArchiveLoadFailed(str(error)) from error

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or self._left, self._left))
        self._left -= len(line)
        if self._left <= 0:
            raise ArchiveLoadFailed(f"headers of more than {MAX_HEADER_BYTES} bytes")
        self._starts += _RECORD_START.search(line) is not None
        if self._starts > _MAX_STARTS:
            raise ArchiveLoadFailed("another record begins within its headers")
        return line


class Records(ArchiveIterator):  # type: ignore[misc]
    """warcio's iterator, without what it prints of a record with a wrong length."""

    INC_RECORD = ""

    def __init__(self, stream: BinaryIO | Inflated) -> None:
        super().__init__(stream, no_record_parse=True)
        self.reader = _LineLimitedReader(stream)


def find_record(stream: BinaryIO | Inflated, start: int) -> int | None:
    """Where a record starts, at an offset or behind it."""
    pattern, file = _RECORD_START, None
    if not isinstance(stream, Inflated):
        stream.seek(0)
        if stream.read(len(GZIP_MAGIC)) == GZIP_MAGIC:
            pattern, file = _MEMBER_START, stream
    stream.seek(start)
    tail = b""
    while block := stream.read(BLOCK_BYTES):
        end, window = stream.tell(), tail + block
        for found in pattern.finditer(window):
            offset = end - len(window) + found.start()
            if file is None or read_member(file, offset, limit=8).content.startswith(b"WARC/"):
                return offset
        stream.seek(end)
        tail = window[-_LONGEST_START:]
    return None


def is_one_member(file: BinaryIO) -> bool:
    """Whether the file's first gzip member continues after the file's first record."""
    head = read_member(file, 0, limit=MAX_HEADER_BYTES).content
    if len(_RECORD_START.findall(head)) > 1:
        return True
    end, length = _END_OF_HEADERS.search(head), _CONTENT_LENGTH.search(head)
    if end is None or length is None or int(length[1]) > MAX_RECORD_BYTES:
        return False
    size = end.end() + int(length[1])
    return bool(read_member(file, 0, limit=size + BLOCK_BYTES).content[size:].strip())
