"""What the site answers, before it is archived."""

import gzip
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from tests.facsimile.site.addresses import SITE
from tests.facsimile.site.sheet import Delivery

_REASONS = {
    200: "OK",
    301: "Moved Permanently",
    302: "Found",
    404: "Not Found",
    410: "Gone",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One HTTP answer.

    Attributes:
        url: the address asked for, on `https://menafn.com`.
        status: the status code.
        headers: header fields in the order sent.
        body: the body as sent.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def status_line(self) -> str:
        """Status code and reason phrase."""
        return f"{self.status} {_REASONS[self.status]}"


def document(
    path: str, body: bytes, content_type: str, *, changed_at: datetime, is_gzipped: bool = False
) -> Answer:
    """A document that was found, with validators.

    Args:
        path: path and query on the site.
        body: what is sent, before any content coding.
        content_type: as the header names it.
        changed_at: its `Last-Modified`.
        is_gzipped: whether it is sent with `Content-Encoding: gzip`.
    """
    sent = gzip.compress(body, compresslevel=6, mtime=0) if is_gzipped else body
    coding = (("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")) if is_gzipped else ()
    headers = (
        ("Server", "Microsoft-IIS/10.0"),
        ("Cache-Control", "private"),
        ("Content-Type", content_type),
        *coding,
        ("ETag", f'"{hashlib.sha256(sent).hexdigest()[:16]}"'),
        ("Last-Modified", format_datetime(changed_at.astimezone(UTC), usegmt=True)),
        ("Content-Length", str(len(sent))),
    )
    return Answer(url=SITE + path, status=200, headers=headers, body=sent)


def page(path: str, text: str, delivery: Delivery, *, changed_at: datetime) -> Answer:
    """An HTML page in the charset of its delivery; what that lacks becomes a reference."""
    charset = f"; charset={delivery.header}" if delivery.header else ""
    return document(
        path,
        text.encode(delivery.charset, "xmlcharrefreplace"),
        f"text/html{charset}",
        changed_at=changed_at,
        is_gzipped=delivery.is_gzipped,
    )


def redirect(path: str, location: str, *, status: int = 301) -> Answer:
    """A redirect to a location, given as the header has it: absolute, relative or without scheme."""
    body = f'<html><body><h2>Object moved to <a href="{location}">here</a>.</h2></body></html>'
    return _plain(path, status, body.encode(), (("Location", location),))


def refusal(path: str, status: int, text: str) -> Answer:
    """An error page with its status."""
    body = (
        f"<!DOCTYPE html><html><head><title>{status}</title></head><body><h1>{status}</h1>"
        f"<h2>Sorry!!</h2><p>{text}</p></body></html>"
    )
    return _plain(path, status, body.encode(), ())


def _plain(path: str, status: int, body: bytes, more: tuple[tuple[str, str], ...]) -> Answer:
    headers = (
        ("Server", "Microsoft-IIS/10.0"),
        *more,
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
    )
    return Answer(url=SITE + path, status=status, headers=headers, body=body)
