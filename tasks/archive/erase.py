"""Takes stories out of a file of the archive; every other record stays where it is, byte for byte.

An answer for a story gives way to a record of the same length that says so. What a feed or listing
prints of the story is blotted out of it. Nothing moves, so no offset changes anywhere.
"""

import gzip
import hashlib
import os
import re
import shutil
import zlib
from base64 import b32encode
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from tasks.archive.records import BLOCK_BYTES, MAX_RECORD_BYTES
from tasks.core.content_encoding import decode_body
from tasks.core.errors import StorageError
from tasks.core.rejects import PageRefusedError
from tasks.core.urls import story_id
from tasks.listings.redact import redact_listing

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


BLOTTED = b"WARC-Blotted"
"""Header of a record that was changed: when."""

_END = b"\r\n\r\n"
_REMOVED = b"A record was removed here, because the story that it held was taken down.\r\n"
_FIELD = rb"^%s:[ \t]*([^\r\n]*)\r?\n"
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\0": "utf-16-le",
           b"\0<": "utf-16-be"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactedListing:
    """A listing's answer that was changed.

    Attributes:
        capture_id: of its record.
        payload_sha256: hexadecimal SHA-256 of the payload as it is now.
        body_bytes: its length.
    """

    capture_id: str
    payload_sha256: str
    body_bytes: int


@dataclass(slots=True, kw_only=True)
class ErasureResult:
    """What became of a file.

    Attributes:
        answers: how many answers for the stories were removed.
        listings: how many listings' answers were blotted now.
        removed: ids of captures whose records are gone, listings that could not be blotted
            among them.
        blotted: every listing's answer that was blotted, now or by an earlier pass.
    """

    answers: int = 0
    listings: int = 0
    removed: list[str] = field(default_factory=list)
    redacted: list[RedactedListing] = field(default_factory=list)


def erase_stories(path: Path, article_ids: Collection[int]) -> ErasureResult:
    """Takes stories out of a file that no run is at work on; the file changes in one step.

    Args:
        path: the file, compressed record by record.
        article_ids: the stories, at least one.

    Returns:
        What was changed. A file that has nothing of the stories isn't touched.

    Raises:
        StorageError: the file can't be read or written; it is as it was.
    """
    struck, changes = ErasureResult(), {}
    try:
        for member in members(path):
            changed = _changed(member, frozenset(article_ids), struck)
            if changed is not None:
                changes[member.offset] = changed
        if changes:
            _write(path, changes)
    except OSError as error:
        raise StorageError.of(error, path) from error
    return struck


def _changed(member: Member, article_ids: Collection[int], struck: ErasureResult) -> bytes | None:
    """What a member gives way to, `None` where it stays; nothing is what a torn one becomes."""
    head, _, _ = member.record.partition(_END)
    if b"\nWARC-Type: response\r" not in head:
        return None
    named = story_id(_field_of(head, b"WARC-Target-URI"))
    if named is not None and named not in article_ids:
        return None
    if not member.is_whole:
        return b""
    if named is None:
        return _listing(member, head, article_ids, struck)
    struck.answers += 1
    return _removed(member, head, struck)


def _listing(
    member: Member, head: bytes, article_ids: Collection[int], struck: ErasureResult
) -> bytes | None:
    block = member.record.removesuffix(END_OF_RECORD)[len(head + _END) :]
    http, _, payload = block.partition(_END)
    if BLOTTED in head:
        struck.redacted.append(_note(head, payload))
    try:
        body = decode_body(
            payload, _field_of(http, b"Content-Encoding") or None, limit=MAX_RECORD_BYTES
        )
    except PageRefusedError:
        return None  # nobody can read it, the program that lists its stories neither
    charset = next((name for sign, name in _UTF_16.items() if body.startswith(sign)), "utf-8")
    text = body.decode(charset, "surrogateescape" if charset == "utf-8" else "replace")
    blot = redact_listing(text, article_ids)
    if blot == text:
        return None
    struck.listings += 1
    struck.redacted = [one for one in struck.redacted if one.capture_id != _capture_id(head)]
    changed = None
    if blot is not None:
        new = blot.encode(charset, "surrogateescape")
        drafts = (_draft(head, http, new, has_digests=one) for one in (True, False))
        changed = next(filter(None, (of_length(draft, member.length) for draft in drafts)), None)
    if changed is None:
        return _removed(member, head, struck)
    struck.redacted.append(_note(*_parts(changed)))
    return changed


def _draft(head: bytes, http: bytes, payload: bytes, *, has_digests: bool) -> Draft:
    """The record of an answer with another body, its headers made to fit.

    Digests are left out of a short listing's record, where there is no room for them: they can't
    be packed, and what was blotted out packed well.
    """
    now = datetime.now(UTC)
    kept = _without(http, b"Content-Encoding", b"Content-Length")
    told = _without(head, b"WARC-Payload-Digest", b"WARC-Block-Digest", b"Content-Length", BLOTTED)

    def with_blanks(blanks: int) -> bytes:
        body = payload + b" " * blanks
        inner = kept + b"\r\nContent-Length: %d" % len(body) + _END
        digests = (
            b"WARC-Payload-Digest: " + _written(hashlib.sha256(body).digest()),
            b"WARC-Block-Digest: " + _written(hashlib.sha256(inner + body).digest()),
        )
        lines = (
            told,
            *(digests if has_digests else ()),
            BLOTTED + f": {now:%Y-%m-%dT%H:%M:%SZ}".encode(),
            b"Content-Length: %d" % (len(inner) + len(body)),
        )
        return b"\r\n".join(lines) + _END + inner

    return Draft(head=with_blanks, payload=payload)


def _removed(member: Member, head: bytes, struck: ErasureResult) -> bytes:
    """A record of the same length that holds nothing."""
    struck.removed.append(_capture_id(head))
    record_id, now = uuid4(), datetime.now(UTC)

    def with_blanks(blanks: int) -> bytes:
        lines = (
            "WARC/1.1",
            "WARC-Type: metadata",
            f"WARC-Record-ID: <urn:uuid:{record_id}>",
            f"WARC-Date: {now:%Y-%m-%dT%H:%M:%SZ}",
            "Content-Type: text/plain",
            f"Content-Length: {len(_REMOVED) + blanks}",
        )
        return "\r\n".join(lines).encode() + _END

    filled = of_length(Draft(head=with_blanks, payload=_REMOVED), member.length)
    assert filled is not None, "no answer is shorter than this"
    return filled


def _write(path: Path, changes: dict[int, bytes]) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(path, temporary)
        with temporary.open("r+b") as file:
            for offset, member in changes.items():
                file.seek(offset)
                file.write(member)
                if not member:
                    file.truncate()
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _parts(member: bytes) -> tuple[bytes, bytes]:
    """The head and the payload of a member's record."""
    head, _, block = gzip.decompress(member).removesuffix(END_OF_RECORD).partition(_END)
    return head, block.partition(_END)[2]


def _note(head: bytes, payload: bytes) -> RedactedListing:
    return RedactedListing(
        capture_id=_capture_id(head),
        payload_sha256=hashlib.sha256(payload).hexdigest(),
        body_bytes=len(payload),
    )


def _capture_id(head: bytes) -> str:
    return _field_of(head, b"WARC-Record-ID").strip("<>").removeprefix("urn:uuid:")


def _field_of(head: bytes, name: bytes) -> str:
    found = re.search(_FIELD % name, head + b"\r\n", re.IGNORECASE | re.MULTILINE)
    return found[1].decode("latin-1").strip() if found else ""


def _without(head: bytes, *names: bytes) -> bytes:
    lines = head.split(b"\r\n")
    left_out = tuple(name.lower() + b":" for name in names)
    return b"\r\n".join(line for line in lines if not line.lower().startswith(left_out))


def _written(digest: bytes) -> bytes:
    return b"sha256:" + b32encode(digest)
