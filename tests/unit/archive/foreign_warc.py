"""Responses to archive, and WARC files as other crawlers write them."""

import gzip
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tasks.core.records import Response

PAGE = b"<html><body>" + b"The harbour opened again. " * 40 + b"</body></html>"

URL = "https://menafn.com/1109916091/Harbour-Talks-Resume"
FETCHED_AT = datetime(2026, 11, 23, 22, 51, 0, 123456, tzinfo=UTC)


def make_response(body: bytes = PAGE, **given: Any) -> Response:
    values: dict[str, Any] = {
        "url": URL,
        "status": 200,
        "phrase": "OK",
        "http_version": "HTTP/1.1",
        "headers": ((b"Content-Type", b"text/html; charset=utf-8"),),
        "remote_ip": "127.0.0.1",
        "fetched_at": FETCHED_AT,
    }
    return Response(**values | given, body=body)


@dataclass(frozen=True, kw_only=True)
class Record:
    """One record; every part may be replaced."""

    url: str
    body: bytes = PAGE
    kind: str = "response"
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    date: str = "2017-03-01T10:00:00Z"
    record_id: str = field(default_factory=lambda: f"<urn:uuid:{uuid4()}>")


def write_warc(path: Path, *records: Record, form: str = "records") -> Path:
    """A file compressed by records, as one, or (plain) not at all."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=form == "records")
    info = writer.create_warcinfo_record(path.name, {"software": "other/1"})
    # The same records make the same file, so that what fuzzing finds is found again.
    info.rec_headers.replace_header("WARC-Date", "2017-03-01T09:00:00Z")
    info.rec_headers.replace_header("WARC-Record-ID", f"<urn:uuid:{UUID(int=0)}>")
    writer.write_record(info)
    for record in records:
        http = StatusAndHeaders(record.status, list(record.headers), protocol="HTTP/1.1")
        headers = {"WARC-Date": record.date, "WARC-Record-ID": record.record_id}
        made = writer.create_warc_record(
            record.url, record.kind, payload=BytesIO(record.body), length=len(record.body),
            http_headers=http, warc_headers_dict=headers,
        )  # fmt: skip
        writer.write_record(made)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(out.getvalue(), mtime=0) if form == "one" else out.getvalue())
    return path
