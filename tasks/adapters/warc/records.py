"""The bytes of the records that Wirehouse writes, before they are compressed."""

import hashlib
import json
import re
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tasks.wire.answer import NOT_MODIFIED, Answer
from tasks.wire.run import Run
from tasks.wire.settings import VERSION, Settings

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
    answer: Answer, capture_id: str, payload_digest: bytes, *, source_url: str | None = None
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
    return _packed(headers, block, "application/http; msgtype=response")


def _http_head(answer: Answer) -> bytes:
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
    return _packed(headers, block, "application/warc-fields")


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


def _packed(headers: list[tuple[str, str]], block: bytes, content_type: str) -> bytes:
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
