"""The gzip members of an archive file as bytes: found, and made anew at a given length."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tasks.adapters.warc.parsing import BLOCK_BYTES

END_OF_RECORD = b"\r\n\r\n"

_GZIP_WINDOW = zlib.MAX_WBITS | 16
_MAX_STORED = 0xFFFF
_MOST_TRIES = 64
_HAS_COMMENT = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member, and so one record.

    Attributes:
        offset: byte at which it starts.
        length: its bytes in the file.
        record: what it holds, inflated.
        is_whole: whether its end is there.
    """

    offset: int
    length: int
    record: bytes
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record that is to fill a given length.

    Attributes:
        head: everything before the payload, told how many blanks will stand behind that.
        payload: the body.
    """

    head: Callable[[int], bytes]
    payload: bytes


def members(path: Path) -> Iterator[Member]:
    """The members of a file compressed record by record; the last may be torn.

    Args:
        path: the file.

    Yields:
        The members in their order, up to the first that is damaged.

    Raises:
        OSError: the file can't be read.
    """
    offset = 0
    with path.open("rb") as file:
        block = file.read(BLOCK_BYTES)
        while block:
            inflater, parts, length = zlib.decompressobj(_GZIP_WINDOW), [], 0
            while block and not inflater.eof:
                try:
                    parts.append(inflater.decompress(block))
                except zlib.error:
                    break
                length += len(block) - len(inflater.unused_data)
                block = inflater.unused_data or file.read(BLOCK_BYTES)
            record, is_whole = b"".join(parts), inflater.eof
            yield Member(offset=offset, length=length, record=record, is_whole=is_whole)
            if not is_whole:
                return
            offset += length


def of_length(draft: Draft, length: int) -> bytes | None:
    """A member of exactly so many bytes, so that those behind it stay where they are.

    Blanks behind the payload, stored as they are, make up the length; a comment of a few bytes in
    the member's header makes up what they can't, where one more blank is one more digit too.

    Args:
        draft: the record.
        length: how many bytes.

    Returns:
        The member; `None` where the record doesn't fit.
    """
    packed_payload, blanks = _deflated(draft.payload), 0
    for attempt in range(_MOST_TRIES):
        for _ in range(3):
            member = _member(draft, packed_payload, blanks, comment=attempt)
            if len(member) == length:
                return member
            blanks = max(0, blanks + length - len(member))
    return None


def _member(draft: Draft, packed_payload: bytes, blanks: int, *, comment: int) -> bytes:
    head, tail = draft.head(blanks), b" " * blanks + END_OF_RECORD
    record = head + draft.payload + tail
    flags = _HAS_COMMENT if comment else 0
    return b"".join(
        (
            bytes((0x1F, 0x8B, 8, flags, 0, 0, 0, 0, 0, 255)),
            b" " * (comment - 1) + b"\0" if comment else b"",
            _deflated(head),
            packed_payload,
            _stored(tail),
            zlib.crc32(record).to_bytes(4, "little"),
            (len(record) & 0xFFFFFFFF).to_bytes(4, "little"),
        )
    )


def _deflated(part: bytes) -> bytes:
    """Whole blocks, none of them the last, that end on a byte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)


def _stored(part: bytes) -> bytes:
    """Blocks that hold bytes as they are; the last ends the stream."""
    blocks = []
    for start in range(0, len(part), _MAX_STORED):
        piece = part[start : start + _MAX_STORED]
        is_last = start + _MAX_STORED >= len(part)
        size = len(piece).to_bytes(2, "little")
        blocks += [bytes((is_last,)), size, bytes(byte ^ 0xFF for byte in size), piece]
    return b"".join(blocks)
