"""One answer of the wire, as it was archived."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Where the bytes of one answer lie and what came with them.

    Attributes:
        capture_id: the UUID of its WARC record.
        url: the address in its canonical form on `https://menafn.com`, whatever base was dialled.
        article_id: the story it was asked for, `None` for listings and robots.txt.
        fetched_at: when the answer was complete (UTC).
        status: the HTTP status.
        content_type: the `Content-Type` header as sent, `None` where there was none.
        body_bytes: length of the body as sent, before any content decoding.
        payload_sha256: hexadecimal digest of the body as sent.
        warc_path: the WARC file, relative to the data folder.
        warc_offset: byte at which the record starts in it.
        etag: validator for the next conditional request.
        last_modified: the other validator.
        run_id: the run that asked.
    """

    capture_id: str
    url: str
    article_id: int | None
    fetched_at: datetime
    status: int
    content_type: str | None
    body_bytes: int
    payload_sha256: str
    warc_path: str
    warc_offset: int
    etag: str | None
    last_modified: str | None
    run_id: str
