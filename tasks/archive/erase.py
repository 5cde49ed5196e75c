"""Erases stories from files of the archive; every other record stays where it is, byte for byte.

A response for a story is replaced by a record of the same length that says so. What a feed or
listing prints of the story is redacted. Nothing moves, so no offset changes anywhere.
"""

import hashlib
import re
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from tasks.archive.files import all_files, is_ours
from tasks.archive.members import Member, pack_member, read_members
from tasks.archive.records import MAX_RECORD_BYTES, build_record, digest_of
from tasks.core.content_encoding import decode_body
from tasks.core.errors import StorageError
from tasks.core.files import replace_atomically
from tasks.core.paths import DataPaths
from tasks.core.rejects import PageRefusedError
from tasks.core.urls import story_id

# A listing without what it prints of stories; `None` where that can't be made with certainty.
Redact = Callable[[str, Collection[int]], str | None]

REDACTED = b"WARC-Redacted"  # header of a record that was changed: when

_MAX_MEMBER_BYTES = MAX_RECORD_BYTES + (1 << 20)  # with headers; longer ones hold no listing
_END = b"\r\n\r\n"
_REMOVED = b"A record was removed here, because the story that it held was taken down.\r\n"
_EMPTY_RECORD = b"WARC/1.1\r\nContent-Length: 0" + _END + _END
_FIELD = rb"^%s:[ \t]*([^\r\n]*)\r?\n"
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\0": "utf-16-le",
           b"\0<": "utf-16-be"}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class ErasureResult:
    """What was changed in files of the archive."""

    responses: int = 0  # of the stories, removed
    listings: int = 0  # redacted now
    # Ids of captures whose records are gone, listings that could not be redacted among them.
    removed: list[str] = field(default_factory=list)
    # SHA-256 (hexadecimal) and length of the payload of every listing that was redacted, now or
    # earlier, by the id of its capture.
    redacted: dict[str, tuple[str, int]] = field(default_factory=dict)


def erase_from_archive(
    paths: DataPaths,
    article_ids: Collection[int],
    redact: Redact,
    *,
    advance: Callable[[int], None] = lambda _count: None,
) -> ErasureResult:
    """Erase stories from every file of the archive, to which no run may write; a file a step."""
    result = ErasureResult()
    for path in all_files(paths):
        if path.match(".*.part"):
            path.unlink(missing_ok=True)
        elif is_ours(path):  # of one that is being compacted, both
            erase_stories(path, article_ids, redact, result)
            advance(1)
    for capture_id in result.removed:
        result.redacted.pop(capture_id, None)
    return result


def erase_stories(
    path: Path, article_ids: Collection[int], redact: Redact, result: ErasureResult
) -> None:
    """Erase stories from one file and add to the result; the file changes in one step, or not."""
    changes: dict[int, bytes] = {}
    try:
        for member in read_members(path, limit=_MAX_MEMBER_BYTES):
            head = member.content.partition(_END)[0]
            article_id = story_id(_field(head, b"WARC-Target-URI"))
            is_response = b"\nWARC-Type: response\r" in head
            if not is_response or not (article_id is None or article_id in article_ids):
                continue
            if member.damage:
                changes[member.offset] = b""
            elif article_id is not None:
                result.responses += 1
                changes[member.offset] = _remove(member, head, result)
            elif (packed := _redact_listing(member, article_ids, redact, result)) is not None:
                changes[member.offset] = packed
    except OSError as error:
        raise StorageError.of(error, path) from error
    if changes:
        with replace_atomically(path) as temporary:
            shutil.copyfile(path, temporary)
            with temporary.open("r+b") as file:
                for offset, packed in changes.items():
                    file.seek(offset)
                    file.write(packed)
                    if not packed:
                        file.truncate()


def _redact_listing(
    member: Member, article_ids: Collection[int], redact: Redact, result: ErasureResult
) -> bytes | None:
    """The member in place of a listing's, without what it prints of stories; `None` to keep it."""
    head, _, block = member.content.removesuffix(_END).partition(_END)
    http, _, payload = block.partition(_END)
    capture_id = _capture_id(head)
    if REDACTED in head:
        result.redacted[capture_id] = (hashlib.sha256(payload).hexdigest(), len(payload))
    if len(member.content) > _MAX_MEMBER_BYTES:
        return None
    try:
        body = decode_body(
            payload, _field(http, b"Content-Encoding") or None, limit=MAX_RECORD_BYTES
        )
    except PageRefusedError:
        return None  # nobody can read it, the program that lists its stories neither
    charset = next((name for sign, name in _UTF_16.items() if body.startswith(sign)), "utf-8")
    errors = "surrogateescape" if charset == "utf-8" else "replace"
    text = body.decode(charset, errors)
    redacted = redact(text, article_ids)
    if redacted == text:
        return None
    result.listings += 1
    if redacted is not None:
        payload = redacted.encode(charset, "surrogateescape")
        # Digests can't be packed, and what was redacted packed well: a short listing's record has
        # no room for them.
        for has_digests in (True, False):
            record = _listing_record(head, http, payload, has_digests=has_digests)
            if packed := pack_member(record, member.length):
                result.redacted[capture_id] = (hashlib.sha256(payload).hexdigest(), len(payload))
                return packed
    result.redacted.pop(capture_id, None)
    return _remove(member, head, result)


def _listing_record(head: bytes, http: bytes, payload: bytes, *, has_digests: bool) -> bytes:
    """The record of a response with another body; its headers are made to fit."""
    http = _without(http, b"Content-Encoding", b"Content-Length")
    block = http + b"\r\nContent-Length: %d" % len(payload) + _END + payload
    payload_digest, block_digest = b"WARC-Payload-Digest", b"WARC-Block-Digest"
    lines = [_without(head, payload_digest, block_digest, b"Content-Length", REDACTED)]
    if has_digests:
        lines.append(payload_digest + b": " + digest_of(payload).encode())
        lines.append(block_digest + b": " + digest_of(block).encode())
    lines.append(REDACTED + f": {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}".encode())
    lines.append(b"Content-Length: %d" % len(block))
    return b"\r\n".join(lines) + _END + block + _END


def _remove(member: Member, head: bytes, result: ErasureResult) -> bytes:
    """A member of the same length that holds nothing of the record."""
    result.removed.append(_capture_id(head))
    headers = [
        ("WARC-Type", "metadata"),
        ("WARC-Record-ID", f"<urn:uuid:{uuid4()}>"),
        ("WARC-Date", f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"),
    ]
    packed = pack_member(build_record(headers, _REMOVED, "text/plain"), member.length)
    # There is room for that in place of any response, but others' files may hold less than one.
    packed = packed or pack_member(_EMPTY_RECORD, member.length)
    assert packed is not None, "nothing that names a story is shorter than this"
    return packed


def _capture_id(head: bytes) -> str:
    return _field(head, b"WARC-Record-ID").strip("<>").removeprefix("urn:uuid:")


def _field(head: bytes, name: bytes) -> str:
    found = re.search(_FIELD % name, head + b"\r\n", re.IGNORECASE | re.MULTILINE)
    return found[1].decode("latin-1").strip() if found else ""


def _without(head: bytes, *names: bytes) -> bytes:
    dropped = tuple(name.lower() + b":" for name in names)
    lines = head.split(b"\r\n")
    return b"\r\n".join(line for line in lines if not line.lower().startswith(dropped))
