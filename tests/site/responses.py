"""What the site answers, and the WARC file it is kept in, the same byte for byte every time."""

import gzip
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from http import HTTPStatus
from io import BytesIO
from itertools import count
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.site.page import SITE, Delivery

CHANGED_AT = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)  # of whatever is no story
CAPTURED_AT = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
_SERVER = ("Server", "Microsoft-IIS/10.0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    url: str  # absolute, on `https://menafn.com`
    status: int
    headers: tuple[tuple[str, str], ...]  # in the order sent
    body: bytes  # as sent

    @property
    def path(self) -> str:
        """Path and query."""
        return self.url.removeprefix(SITE)


def document(
    path: str,
    body: bytes,
    content_type: str,
    *,
    changed_at: datetime = CHANGED_AT,
    is_gzipped: bool = False,
) -> Response:
    """A response of status 200 with validators."""
    sent = gzip.compress(body, compresslevel=6, mtime=0) if is_gzipped else body
    coding = (("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")) if is_gzipped else ()
    headers = (
        _SERVER,
        ("Cache-Control", "private"),
        ("Content-Type", content_type),
        *coding,
        ("ETag", f'"{hashlib.sha256(sent).hexdigest()[:16]}"'),
        ("Last-Modified", format_datetime(changed_at.astimezone(UTC), usegmt=True)),
        ("Content-Length", str(len(sent))),
    )
    return Response(url=SITE + path, status=200, headers=headers, body=sent)


def html_page(
    path: str, text: str, delivery: Delivery | None = None, *, changed_at: datetime = CHANGED_AT
) -> Response:
    """An HTML page in the charset of its delivery; what that lacks becomes a reference."""
    delivery = delivery or Delivery()
    charset = f"; charset={delivery.header}" if delivery.header else ""
    return document(
        path,
        text.encode(delivery.charset, "xmlcharrefreplace"),
        f"text/html{charset}",
        changed_at=changed_at,
        is_gzipped=delivery.is_gzipped,
    )


def redirect(path: str, location: str, *, status: int = 301) -> Response:
    """A redirect to a location, given as the header has it: absolute, relative or without scheme."""
    body = f'<html><body><h2>Object moved to <a href="{location}">here</a>.</h2></body></html>'
    return _plain(path, status, body.encode(), ("Location", location))


def error_page(path: str, status: int, text: str) -> Response:
    body = (
        f"<!DOCTYPE html><html><head><title>{status}</title></head><body><h1>{status}</h1>"
        f"<h2>Sorry!!</h2><p>{escape(text)}</p></body></html>"
    )
    return _plain(path, status, body.encode())


def _plain(path: str, status: int, body: bytes, *more: tuple[str, str]) -> Response:
    length = ("Content-Length", str(len(body)))
    headers = (_SERVER, *more, ("Content-Type", "text/html; charset=utf-8"), length)
    return Response(url=SITE + path, status=status, headers=headers, body=body)


@contextmanager
def site_archive(
    path: Path, *, level: int, captured_at: datetime = CAPTURED_AT
) -> Iterator[Callable[[Response], None]]:
    """Write a WARC 1.1 file, gzip record by record; yields the function that adds a response.

    Record ids are derived from name and number of a record, dates from its number.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    numbers = count()
    with path.open("wb") as file:

        def add(response: Response) -> None:
            number = next(numbers)
            at = captured_at + timedelta(milliseconds=350 * number)
            record_id = uuid5(NAMESPACE_URL, f"{path.name}#{number}#{response.url}")
            phrase = HTTPStatus(response.status).phrase
            plain = BytesIO()
            writer = WARCWriter(plain, gzip=False, warc_version="WARC/1.1")
            writer.write_record(
                writer.create_warc_record(
                    response.url,
                    "response",
                    payload=BytesIO(response.body),
                    length=len(response.body),
                    warc_headers_dict={
                        "WARC-Record-ID": f"<urn:uuid:{record_id}>",
                        "WARC-Date": f"{at:%Y-%m-%dT%H:%M:%SZ}",
                    },
                    http_headers=StatusAndHeaders(
                        f"{response.status} {phrase}", list(response.headers), protocol="HTTP/1.1"
                    ),
                )
            )
            file.write(gzip.compress(plain.getvalue(), compresslevel=level, mtime=0))

        yield add
