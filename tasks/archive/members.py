"""Gzip members; a WARC file that is compressed record by record is a row of them."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

GZIP_MAGIC = b"\x1f\x8b"

_WINDOW = zlib.MAX_WBITS | 16
_BLOCK_BYTES = 1 << 14  # a story's record takes about 10 kB
_UNLIMITED = 1 << 62
_HAS_COMMENT = 1 << 4  # FCOMMENT; see RFC 1952, 2.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    offset: int  # byte at which it starts
    length: int  # its bytes in the file
    content: bytes  # what it holds, inflated; of a damaged one all that is sound
    damage: str  # why its end could not be reached, empty where it was


def read_member(
    file: BinaryIO, offset: int, *, limit: int = _UNLIMITED, to_end: bool = False
) -> Member:
    """The member at an offset, inflated, or cut at `limit` + 1 bytes; `to_end` for its length."""
    inflater, content, length, damage = zlib.decompressobj(_WINDOW), bytearray(), 0, "it ends early"
    file.seek(offset)
    block = file.read(_BLOCK_BYTES)
    try:
        while block and not inflater.eof and (to_end or len(content) <= limit):
            space = limit + 1 - len(content)
            content += inflater.decompress(block, space or _BLOCK_BYTES)[:space]
            rest = b"" if inflater.eof else inflater.unconsumed_tail  # at the end it is kept twice
            length += len(block) - len(rest) - len(inflater.unused_data)
            block = rest or file.read(_BLOCK_BYTES)
    except zlib.error as error:
        damage = str(error)
    return Member(
        offset=offset, length=length, content=bytes(content), damage="" if inflater.eof else damage
    )


def read_members(
    path: Path, *, limit: int = _UNLIMITED, within: range | None = None
) -> Iterator[Member]:
    """The members of a file up to the first damaged one, cut at `limit` + 1 bytes each.

    With `within` those that start at other bytes are left out; it begins where one starts.
    """
    start = within.start if within else 0
    with path.open("rb") as file:
        while within is None or start in within:
            member = read_member(file, start, limit=limit, to_end=True)
            if not member.length:
                return
            yield member
            if member.damage:
                return
            start += member.length


def pack_member(content: bytes, length: int) -> bytes | None:
    """A member of exactly so many bytes, by a comment in its header; `None` if it can't be."""
    packed = gzip.compress(content, 9, mtime=0)
    spare = length - len(packed)
    if spare <= 0:
        return packed if spare == 0 else None
    comment = b" " * (spare - 1) + b"\0"
    return packed[:3] + bytes((packed[3] | _HAS_COMMENT,)) + packed[4:10] + comment + packed[10:]
