"""Archived records as the rest of the house knows them: answers of the wire, and captures."""

import re
from dataclasses import replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from tasks.adapters.warc.parsing import ArchivedRecord
from tasks.wire.answer import Answer
from tasks.wire.capture import Capture

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_GZIP_MAGIC = b"\x1f\x8b"
_CODINGS = frozenset({b"gzip", b"x-gzip"})


def answer_of(record: ArchivedRecord, url: str, fetched_at: datetime) -> Answer:
    """The answer that a record holds.

    Args:
        record: the record.
        url: the canonical form of its target address.
        fetched_at: its date.

    Returns:
        The answer; who gave it isn't known any more.
    """
    return Answer(
        url=url,
        status=record.status,
        phrase=record.phrase,
        http_version=record.protocol,
        headers=tuple(
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in record.headers
        ),
        body=record.payload,
        remote_ip=None,
        fetched_at=fetched_at,
    )


def without_false_coding(answer: Answer) -> Answer:
    """The answer without a header that speaks of a coding its body doesn't have.

    Some crawlers store a body with its coding undone and leave the header in its place, as the
    early news crawls of Common Crawl did.
    """
    if answer.body.startswith(_GZIP_MAGIC):
        return answer
    true = tuple(one for one in answer.headers if not _says_gzip(*one))
    return replace(answer, headers=true)


def capture_of(
    answer: Answer,
    *,
    capture_id: str,
    article_id: int | None,
    payload_sha256: str,
    warc_path: str,
    warc_offset: int,
    run_id: str,
) -> Capture:
    """What is noted of an answer that lies in the archive; see `Capture`."""
    return Capture(
        capture_id=capture_id,
        url=answer.url,
        article_id=article_id,
        fetched_at=answer.fetched_at,
        status=answer.status,
        content_type=answer.header("content-type"),
        body_bytes=len(answer.body),
        payload_sha256=payload_sha256,
        warc_path=warc_path,
        warc_offset=warc_offset,
        etag=answer.header("etag"),
        last_modified=answer.header("last-modified"),
        run_id=run_id,
    )


def capture_id_of(record: ArchivedRecord) -> str:
    """The id of a record's capture: its UUID, or one made of its id, address and date.

    The standard asks for a unique URI, which need not hold a UUID; whatever it is, the same
    record always gets the same id.
    """
    if _UUID.fullmatch(record.capture_id):
        return record.capture_id.lower()
    return str(uuid5(NAMESPACE_URL, f"{record.capture_id} {record.url} {record.fetched_at}"))


def _says_gzip(name: bytes, value: bytes) -> bool:
    return name.lower() == b"content-encoding" and value.strip().lower() in _CODINGS
