"""The bytes of the records that Wirehouse writes, before they are compressed."""

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

from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import (
    StatusAndHeaders,
    StatusAndHeadersParser,
    StatusAndHeadersParserException,
)
from warcio.warcwriter import WARCWriter

from tasks.core.records import NOT_MODIFIED, Capture, Response
from tasks.core.rejects import PageRefusedError, Reason
from tasks.core.run import Run
from tasks.core.settings import VERSION, Settings

MAX_RECORD_BYTES = 64 << 20
"""Longer records, films in other people's archives, are passed over."""
BLOCK_BYTES = 1 << 16
UNREADABLE = (EOFError, ArchiveLoadFailed, StatusAndHeadersParserException)
"""What warcio raises over a record that makes no sense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedRecord:
    """One response record of a WARC file.

    Attributes:
        offset: byte at which the record starts in its file.
        capture_id: the UUID of its `WARC-Record-ID`.
        url: its `WARC-Target-URI`.
        fetched_at: its `WARC-Date` (UTC); `None` where it can't be read.
        protocol: the version of HTTP that its status line names.
        status: the HTTP status.
        phrase: the words after the status.
        headers: the HTTP headers in their order.
        payload: the body as sent, its content coding not undone.
    """

    offset: int
    capture_id: str
    url: str
    fetched_at: datetime | None
    protocol: str
    status: int
    phrase: str
    headers: tuple[tuple[str, str], ...]
    payload: bytes

    def header(self, name: str) -> str | None:
        """The first value of a header, `None` where there is none; the name in lower case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


class _HeadersParser(StatusAndHeadersParser):  # type: ignore[misc]
    """Headers are bytes; read as Latin-1, each byte is a character and none is lost."""

    @staticmethod
    def decode_header(line: bytes) -> str:
        return line.decode("latin-1")


# Headers of HTTP are parsed here: the loader trips over a torn record that names no address.
_HTTP_HEADERS = _HeadersParser([], verify=False)


def is_answer(record: ArcWarcRecord) -> bool:
    """Whether it holds an HTTP response; some archives keep those of the name service too."""
    return record.rec_type == "response" and address_of(record).startswith(("http://", "https://"))


def address_of(record: ArcWarcRecord) -> str:
    """Its `WARC-Target-URI`, empty where there is none."""
    return record.rec_headers.get_header("WARC-Target-URI") or ""


def parse_answer(record: ArcWarcRecord, offset: int, limit: int) -> ArchivedRecord:
    """The answer in a record, whole; one that isn't must not pass for a short one.

    Args:
        record: as warcio loads it, its HTTP headers not parsed.
        offset: byte at which it starts.
        limit: most bytes of payload.

    Returns:
        The answer; nothing of the record is left unread.

    Raises:
        PageRefusedError: `too-large`, or `broken-transfer` for what is no sound response record.
        EOFError: it has no HTTP headers; see `UNREADABLE` for more of that kind.
    """
    if record.length is None or not is_answer(record):
        raise damaged(offset, f"a {record.rec_type} record without an answer")
    warc, http = record.rec_headers, _HTTP_HEADERS.parse(record.raw_stream)
    is_chunked = http.get_header("transfer-encoding", "").lower() == "chunked"
    stream = ChunkedDataReader(record.raw_stream) if is_chunked else record.raw_stream
    payload = stream.read(limit + 1)
    if len(payload) > limit:
        raise PageRefusedError(Reason.TOO_LARGE, f"more than {limit} bytes in the archive")
    require_all(record, offset)
    return ArchivedRecord(
        offset=offset,
        capture_id=_uuid(warc.get_header("WARC-Record-ID", "")),
        url=address_of(record),
        fetched_at=_instant(warc.get_header("WARC-Date", "")),
        protocol=http.protocol,
        status=_status(http.get_statuscode(), offset),
        phrase=http.statusline.partition(" ")[2],
        headers=tuple(http.headers),
        payload=payload,
    )


def require_all(record: ArcWarcRecord, offset: int) -> None:
    """Reads what is left of a record.

    Raises:
        PageRefusedError: `broken-transfer`, because the file ends before the record does.
    """
    while record.raw_stream.read(BLOCK_BYTES):
        pass
    if record.raw_stream.tell() != record.length:
        raise damaged(offset, f"{record.raw_stream.tell()} of {record.length} bytes are there")


def damaged(offset: int, why: str) -> PageRefusedError:
    """What is raised over a record that can't be read."""
    return PageRefusedError(
        Reason.BROKEN_TRANSFER, f"the archive's record at byte {offset} is damaged: {why[:200]}"
    )


def _status(text: str, offset: int) -> int:
    if not (text.isascii() and text.isdigit()):
        raise damaged(offset, f"its status is {text[:20]!r}")
    return int(text)


def _uuid(record_id: str) -> str:
    """`<urn:uuid:…>` without its wrapping; ids of other kinds as they are."""
    return record_id.strip("<>").removeprefix("urn:uuid:")


def _instant(warc_date: str) -> datetime | None:
    try:
        return datetime.fromisoformat(warc_date).astimezone(UTC)
    except ValueError:
        return None


_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_GZIP_MAGIC = b"\x1f\x8b"
_CODINGS = frozenset({b"gzip", b"x-gzip"})


def answer_of(record: ArchivedRecord, url: str, fetched_at: datetime) -> Response:
    """The answer that a record holds.

    Args:
        record: the record.
        url: the canonical form of its target address.
        fetched_at: its date.

    Returns:
        The answer; who gave it isn't known any more.
    """
    return Response(
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


def without_false_coding(answer: Response) -> Response:
    """The answer without a header that speaks of a coding its body doesn't have.

    Some crawlers store a body with its coding undone and leave the header in its place, as the
    early news crawls of Common Crawl did.
    """
    if answer.body.startswith(_GZIP_MAGIC):
        return answer
    true = tuple(one for one in answer.headers if not _says_gzip(*one))
    return replace(answer, headers=true)


def capture_of(
    answer: Response,
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


_WARC_VERSION = "WARC/1.1"
# They belong to the connection that is gone; the body is archived without chunks.
_HOP_BY_HOP = frozenset(
    {b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"transfer-encoding",
     b"upgrade", b"content-length"}
)  # fmt: skip
_ASKED_BY = ("base_url", "feeds", "listings", "interface", "sections", "listing_pages")
"""The settings that say which address was asked for as what; an archive is read by them again."""
_CONTROLS = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_NAME_UNFIT = re.compile(rb"[^!#-'*+.0-9A-Z^_`a-z|~-]")


def response_record(
    answer: Response, capture_id: str, payload_digest: bytes, *, source_url: str | None = None
) -> bytes:
    """The record of one answer.

    A 304 is a `response` record too: a `revisit` record would have to name the date and address
    of the answer it confirms, and the archive shall be whole without the warehouse.

    Args:
        answer: the answer; nothing in its headers can end a header or the record early.
        capture_id: a UUID.
        payload_digest: SHA-256 of the body.
        source_url: the target address of the record that this one was copied from, where it is
            another one.

    Returns:
        The record with both digests, uncompressed.
    """
    head = _http_head(answer)
    block = head + answer.body
    headers = [
        ("WARC-Type", "response"),
        ("WARC-Record-ID", f"<urn:uuid:{capture_id}>"),
        ("WARC-Target-URI", answer.url),
        ("WARC-Date", f"{answer.fetched_at:%Y-%m-%dT%H:%M:%S.%fZ}"),
        ("WARC-Payload-Digest", _written(payload_digest)),
        ("WARC-Block-Digest", _written(hashlib.sha256(block).digest())),
    ]
    if answer.remote_ip is not None:
        headers.append(("WARC-IP-Address", answer.remote_ip))
    if source_url is not None and source_url != answer.url:
        headers.append(("WARC-Source-URI", source_url))
    if answer.http_version == "HTTP/2":
        headers.append(("WARC-Protocol", "h2"))
    return build_record(headers, block, "application/http; msgtype=response")


def _http_head(answer: Response) -> bytes:
    """Status line and headers as received, less what spoke of the connection.

    Content-Length is that of the body as it lies here; a 304 has none, since its own would be
    that of the body it spared. HTTP/2 is written in the form of HTTP/1.1, which WARC tools read.
    """
    kept = [
        _NAME_UNFIT.sub(b"", name) + b": " + _CONTROLS.sub(b"", value)
        for name, value in answer.headers
        if name.lower() not in _HOP_BY_HOP and not name.startswith(b":")
    ]
    if answer.body or answer.status != NOT_MODIFIED:
        kept.append(b"Content-Length: %d" % len(answer.body))
    version = b"HTTP/1.0" if answer.http_version == "HTTP/1.0" else b"HTTP/1.1"
    phrase = _CONTROLS.sub(b" ", answer.phrase.encode("latin-1", "replace"))
    return b"\r\n".join([version + b" %d " % answer.status + phrase, *kept, b"", b""])


def info_record(run: Run, name: str) -> bytes:
    """The `warcinfo` record that opens a file: who wrote it, from where and how.

    Args:
        run: the run that writes the file.
        name: the file's name.

    Returns:
        The record, uncompressed.
    """
    settings = run.settings
    lines = {
        "software": f"Wirehouse/{VERSION}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf": run.run_id,
        "description": f"Answers of {settings.base_url}",
        "http-header-user-agent": settings.user_agent,
        "robots": "obey",
        "wirehouse-settings": json.dumps({name: getattr(settings, name) for name in _ASKED_BY}),
    }
    block = "".join(f"{key}: {value}\r\n" for key, value in lines.items()).encode()
    headers = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", f"<urn:uuid:{uuid4()}>"),
        ("WARC-Filename", name),
        ("WARC-Date", f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"),
        ("WARC-Block-Digest", _written(hashlib.sha256(block).digest())),
    ]
    return build_record(headers, block, "application/warc-fields")


def settings_of(info: Mapping[str, str], settings: Settings) -> Settings:
    """The settings by which the answers of a file of ours were asked for.

    Args:
        info: the fields of its `warcinfo` record, names in lower case.
        settings: what holds now.

    Returns:
        The settings of now, but for what the file's record says of where the wire was, what was
        asked of it, and as whom.
    """
    try:
        told = json.loads(info["wirehouse-settings"])
        known = {name: _revived(one) for name, one in told.items() if name in _ASKED_BY}
        return replace(settings, **known, user_agent=info["http-header-user-agent"])
    except (
        AttributeError,
        KeyError,
        TypeError,
        ValueError,
    ):  # a record that others wrote, or that was edited
        return settings


def _revived(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


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


def _written(digest: bytes) -> str:
    return "sha256:" + b32encode(digest).decode("ascii")
