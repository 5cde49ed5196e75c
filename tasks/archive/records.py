"""Records of WARC files: what is read from them, and the bytes of those that Wirehouse writes."""

import hashlib
import json
import re
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tasks.core.content_encoding import is_text
from tasks.core.records import NOT_MODIFIED, Capture, Response
from tasks.core.run import Run
from tasks.core.settings import VERSION, Settings

MAX_RECORD_BYTES = 64 << 20  # longer ones are films in other people's archives

SOURCE_DATE = "WARC-Source-Date"  # marks the records that were imported

_WARC_VERSION = "WARC/1.1"
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# They belong to the connection that is gone; the body is archived without chunks.
_HOP_BY_HOP = frozenset(
    {b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"transfer-encoding",
     b"upgrade", b"content-length"}
)  # fmt: skip
# They say which address was requested as what; an archive is read by them again.
_REQUEST_SETTINGS = ("base_url", "feeds", "listings", "interface", "sections", "listing_pages")
_CONTROLS = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_NOT_IN_NAMES = re.compile(rb"[^!#-'*+.0-9A-Z^_`a-z|~-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedRecord:
    offset: int  # byte at which the record starts in its file
    capture_id: str  # its WARC-Record-ID, a UUID without its wrapping
    url: str  # its WARC-Target-URI
    fetched_at: datetime | None  # its WARC-Date in UTC, None where it can't be read
    claimed_at: datetime | None  # that of the record that it was copied from, None where it wasn't
    protocol: str  # HTTP version of the status line
    status: int
    phrase: str  # the words after the status
    headers: tuple[tuple[str, str], ...]  # in their order
    body: bytes  # as sent, its content coding not undone

    def header(self, name: str) -> str | None:
        """The first value of a header, `None` where there is none; the name in lower case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


def response_of(record: ArchivedRecord, url: str, fetched_at: datetime) -> Response:
    """The response that a record holds, under a canonical address; the server's IP is lost."""
    return Response(
        url=url,
        status=record.status,
        phrase=record.phrase,
        http_version=record.protocol,
        headers=tuple(
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in record.headers
        ),
        body=record.body,
        remote_ip=None,
        fetched_at=fetched_at,
    )


def strip_false_coding(response: Response) -> Response:
    """The response without a header that names a coding where the body is plain text."""
    # Some crawlers, such as the early news crawls of Common Crawl, store a decoded body with it.
    if not is_text(response.body):
        return response
    headers = tuple(one for one in response.headers if one[0].lower() != b"content-encoding")
    return replace(response, headers=headers)


def capture_id_of(record: ArchivedRecord) -> str:
    """The id of a record's capture: its UUID, or one made of its id, address and date."""
    # The standard requires a unique URI, which need not hold a UUID. The id must be stable.
    if _UUID.fullmatch(record.capture_id):
        return record.capture_id.lower()
    return str(uuid5(NAMESPACE_URL, f"{record.capture_id} {record.url} {record.fetched_at}"))


def capture_of(
    response: Response,
    *,
    capture_id: str,
    article_id: int | None,
    warc_path: str,
    warc_offset: int,
    run_id: str,
    claimed_at: datetime | None = None,
) -> Capture:
    """The capture of an archived response."""
    return Capture(
        capture_id=capture_id,
        url=response.url,
        article_id=article_id,
        fetched_at=response.fetched_at,
        status=response.status,
        content_type=response.header("content-type"),
        body_bytes=len(response.body),
        payload_sha256=hashlib.sha256(response.body).hexdigest(),
        warc_path=warc_path,
        warc_offset=warc_offset,
        etag=response.header("etag"),
        last_modified=response.header("last-modified"),
        run_id=run_id,
        claimed_at=claimed_at,
    )


def settings_of(info: Mapping[str, str], settings: Settings) -> Settings:
    """The settings, but for those by which a file of ours, of this `warcinfo`, was requested."""
    try:
        noted = json.loads(info["wirehouse-settings"])
        known: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in noted.items()
            if name in _REQUEST_SETTINGS
        }
        return replace(settings, **known, user_agent=info["http-header-user-agent"])
    except (AttributeError, KeyError, TypeError, ValueError):
        return settings


def response_record(
    response: Response,
    capture_id: str,
    *,
    source_url: str | None = None,
    claimed_at: datetime | None = None,
) -> bytes:
    """The record of a response with both digests, uncompressed.

    Nothing in the response's headers can end a header or the record early. `source_url` and
    `claimed_at` are the target address and the date of the record that this one was copied from.
    """
    # A 304 is a `response` record too: a `revisit` record would have to name the date and address
    # of the response it confirms, and the archive must be readable without the warehouse.
    http_headers = [
        _NOT_IN_NAMES.sub(b"", name) + b": " + _CONTROLS.sub(b"", value)
        for name, value in response.headers
        if name.lower() not in _HOP_BY_HOP and not name.startswith(b":")
    ]
    # The length of the body as archived; a 304 may name that of the body it did not send.
    if response.body or response.status != NOT_MODIFIED:
        http_headers.append(b"Content-Length: %d" % len(response.body))
    # HTTP/2 is written in the form of HTTP/1.1, which WARC tools read.
    version = b"HTTP/1.0" if response.http_version == "HTTP/1.0" else b"HTTP/1.1"
    phrase = _CONTROLS.sub(b" ", response.phrase.encode("latin-1", "replace"))
    status_line = version + b" %d " % response.status + phrase
    block = b"\r\n".join([status_line, *http_headers, b"", response.body])
    headers = [
        ("WARC-Type", "response"),
        ("WARC-Record-ID", f"<urn:uuid:{capture_id}>"),
        ("WARC-Target-URI", response.url),
        ("WARC-Date", _warc_date(response.fetched_at)),
        ("WARC-Payload-Digest", digest_of(response.body)),
        ("WARC-Block-Digest", digest_of(block)),
    ]
    if response.remote_ip is not None:
        headers.append(("WARC-IP-Address", response.remote_ip))
    if source_url is not None and source_url != response.url:
        headers.append(("WARC-Source-URI", source_url))
    if claimed_at is not None:
        headers.append((SOURCE_DATE, _warc_date(claimed_at)))
    if response.http_version == "HTTP/2":
        headers.append(("WARC-Protocol", "h2"))
    return build_record(headers, block, "application/http; msgtype=response")


def info_record(run: Run, name: str) -> bytes:
    """The `warcinfo` record that opens a file of this name, uncompressed: who wrote it, and how."""
    settings = run.settings
    fields = {
        "software": f"Wirehouse/{VERSION}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf": run.run_id,
        "description": f"Responses of {settings.base_url}",
        "http-header-user-agent": settings.user_agent,
        "robots": "obey",
        "wirehouse-settings": json.dumps(
            {name: getattr(settings, name) for name in _REQUEST_SETTINGS}
        ),
    }
    block = "".join(f"{key}: {value}\r\n" for key, value in fields.items()).encode()
    headers = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", f"<urn:uuid:{uuid4()}>"),
        ("WARC-Filename", name),
        ("WARC-Date", _warc_date(datetime.now(UTC))),
        ("WARC-Block-Digest", digest_of(block)),
    ]
    return build_record(headers, block, "application/warc-fields")


def _warc_date(instant: datetime) -> str:
    return instant.isoformat(timespec="microseconds").replace("+00:00", "Z")


def build_record(headers: list[tuple[str, str]], block: bytes, content_type: str) -> bytes:
    """A record with these WARC headers, its type among them, uncompressed."""
    out = BytesIO()
    warc_headers = StatusAndHeaders("", headers, protocol=_WARC_VERSION)
    record = ArcWarcRecord(
        "warc", dict(headers)["WARC-Type"], warc_headers, BytesIO(block), None, content_type,
        len(block),
    )  # fmt: skip
    WARCWriter(out, gzip=False, warc_version=_WARC_VERSION).write_record(record)
    return out.getvalue()


def digest_of(content: bytes) -> str:
    """A SHA-256 as WARC headers have it."""
    return "sha256:" + b32encode(hashlib.sha256(content).digest()).decode("ascii")
