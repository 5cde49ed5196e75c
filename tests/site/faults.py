"""What a site can do wrong, each by its name, and the reason for which it must be refused.

A fault is played in place of a sound response.
"""

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tasks.archive.sample_site import RecordedResponse
from tasks.core.rejects import Reason
from tests.site import bombs
from tests.site.server import NOTICE_SECONDS, Fault, Visit, head

Play = Callable[[Visit, RecordedResponse], Awaitable[None]]

HTML = "text/html; charset=utf-8"
OTHER_STORY = 1_000_000_007
_BLOCK = b"x" * 65_536


def whole(body: bytes, *lines: str, content_type: str = HTML) -> bytes:
    """A sound response of status 200 with these further headers."""
    length = f"Content-Length: {len(body)}"
    return head("200 OK", f"Content-Type: {content_type}", length, *lines) + body


def saying(status: str, *lines: str) -> Play:
    """A response without a body."""

    async def play(visit: Visit, _sound: RecordedResponse) -> None:
        await visit.send(head(status, *lines, "Content-Length: 0"))

    return play


def later(status: str, seconds: int) -> Play:
    """A request to come back, as a date; dates have whole seconds."""

    async def play(visit: Visit, _sound: RecordedResponse) -> None:
        at = format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)
        await visit.send(head(status, f"Retry-After: {at}", "Content-Length: 0"))

    return play


def sending(make: Callable[[bytes], bytes]) -> Play:
    """Bytes made from the sound body, and then the end of the connection."""

    async def play(visit: Visit, sound: RecordedResponse) -> None:
        await visit.send(make(sound.body))
        visit.close()

    return play


def stalling(make: Callable[[bytes], bytes]) -> Play:
    """Bytes made from the sound body, and then nothing, for as long as the client waits."""

    async def play(visit: Visit, sound: RecordedResponse) -> None:
        await visit.send(make(sound.body))
        await visit.wait_until_left()
        visit.hang_up()

    return play


def repeating(opening: bytes, piece: bytes, seconds: float = 0.0) -> Play:
    """A piece without end, one after the other, until the client hangs up."""

    async def play(visit: Visit, _sound: RecordedResponse) -> None:
        try:
            await visit.send(opening)
            while True:
                await visit.send(piece)
                await asyncio.sleep(seconds)
        finally:  # the last pieces were sent after the client had left
            visit.held_until -= NOTICE_SECONDS + 2 * seconds

    return play


def page(body: bytes, *lines: str, content_type: str = HTML) -> Play:
    return sending(lambda _sound: whole(body, *lines, content_type=content_type))


def redirecting(make: Callable[[Visit], str]) -> Play:

    async def play(visit: Visit, _sound: RecordedResponse) -> None:
        await visit.send(head("302 Found", f"Location: {make(visit)}", "Content-Length: 0"))

    return play


def _chunked(body: bytes) -> bytes:
    size = f"{len(body):x}\r\n".encode()
    return head("200 OK", f"Content-Type: {HTML}", "Transfer-Encoding: chunked") + size + body


def _half(body: bytes) -> bytes:
    return body[: len(body) // 8]


def _next_hop(visit: Visit) -> str:
    path, _, number = visit.path.partition("?hop=")
    return f"{path}?hop={int(number or 0) + 1}"


_LONG = "Content-Length: 9000000"
_ERROR_PAGE = (
    b"<html><head><title>Error</title></head><body><h1>Sorry!!</h1>"
    b"<p>The page you were looking for doesn't exist.</p></body></html>"
)
_GATEWAY_PAGE = (
    b"<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1>"
    b"</center><hr><center>nginx</center></body></html>"
)
_OTHER_PAGE = (
    "<html><body><div id='ContentPlaceHolder1_div_story'><h1>Another Story</h1><p>(MENAFN) A story "
    f"that was not asked for.</p><p>MENAFN12082025000045017169ID{OTHER_STORY}</p></div></body></html>"
).encode()

_BAD, _LATE = Reason.BROKEN_TRANSFER, Reason.TIMED_OUT
_AWAY, _LOOP = Reason.REDIRECTED_AWAY, Reason.TOO_MANY_REDIRECTS
_BIG, _CODED = Reason.TOO_LARGE, Reason.UNSUPPORTED_ENCODING

_STORY_FAULTS: dict[str, tuple[Play, Reason | None]] = {
    # statuses
    "429": (saying("429 Too Many Requests"), Reason.RATE_LIMITED),
    "429-seconds": (saying("429 Too Many Requests", "Retry-After: 1"), Reason.RATE_LIMITED),
    "429-date": (later("429 Too Many Requests", 1), Reason.RATE_LIMITED),
    "503": (saying("503 Service Unavailable"), Reason.SERVER_ERROR),
    "503-seconds": (saying("503 Service Unavailable", "Retry-After: 1"), Reason.SERVER_ERROR),
    "503-date": (later("503 Service Unavailable", 1), Reason.SERVER_ERROR),
    "503-hour": (saying("503 Service Unavailable", "Retry-After: 3600"), Reason.SERVER_ERROR),
    "500": (saying("500 Internal Server Error"), Reason.SERVER_ERROR),
    "404": (saying("404 Not Found"), Reason.NOT_FOUND),
    "410": (saying("410 Gone"), Reason.GONE),
    "403": (saying("403 Forbidden"), Reason.FORBIDDEN),
    "204": (saying("204 No Content"), _BAD),
    "206": (sending(lambda body: head("206 Partial Content", "Content-Length: 9") + body[:9]), _BAD),
    "304": (sending(lambda _body: head("304 Not Modified")), _BAD),
    # cuts
    "cut-before-a-byte": (sending(lambda _body: b""), _BAD),
    "cut-in-status": (sending(lambda _body: b"HTTP/1.1 2"), _BAD),
    "cut-in-headers": (sending(lambda _body: b"HTTP/1.1 200 OK\r\nContent-Le"), _BAD),
    "cut-in-body": (sending(lambda body: whole(body)[:-9]), _BAD),
    "cut-in-chunk-size": (sending(lambda body: _chunked(body) + b"\r\n1"), _BAD),
    "cut-in-chunk": (sending(lambda body: _chunked(body)[:-9]), _BAD),
    "cut-in-last-chunk": (sending(lambda body: _chunked(body) + b"\r\n0\r\n"), _BAD),
    # lengths that lie
    "length-too-long": (sending(lambda body: head("200 OK", _LONG[:-1]) + body), _BAD),
    "length-too-long-waits": (stalling(lambda body: head("200 OK", _LONG[:-1]) + body), _LATE),
    "length-too-short": (sending(lambda body: whole(_half(body)) + body), _BAD),
    "length-over-limit": (sending(lambda body: head("200 OK", _LONG) + body), _BIG),
    "length-twice": (sending(lambda body: whole(body, "Content-Length: 5")), _BAD),
    "length-negative": (sending(lambda body: head("200 OK", "Content-Length: -5") + body), _BAD),
    # slowness
    "drip": (repeating(head("200 OK", _LONG[:-1]), b"x", 0.05), _LATE),
    "stall-before-a-byte": (stalling(lambda _body: b""), _LATE),
    "stall-in-headers": (stalling(lambda _body: b"HTTP/1.1 200 OK\r\nConte"), _LATE),
    "stall-in-body": (stalling(lambda body: whole(body)[:-9]), _LATE),
    # redirects
    "redirect-to-itself": (redirecting(lambda visit: visit.path), _LOOP),
    "redirect-chain": (redirecting(_next_hop), _LOOP),
    "redirect-to-another-host": (redirecting(lambda _visit: "https://evil.example/x"), _AWAY),
    "redirect-to-metadata": (redirecting(lambda _visit: "http://169.254.169.254/latest"), _AWAY),
    "redirect-to-private": (redirecting(lambda _visit: "//10.0.0.1/admin"), _AWAY),
    "redirect-to-a-file": (redirecting(lambda _visit: "file:///etc/hostname"), _AWAY),
    "redirect-to-another-story": (redirecting(lambda _visit: f"/{OTHER_STORY}/x"), _AWAY),
    "redirect-nowhere": (saying("301 Moved Permanently"), _AWAY),
    # codings
    "gzip-bomb": (page(bombs.GZIP_BOMB, "Content-Encoding: gzip"), _BIG),
    "gzip-members": (page(bombs.MANY_MEMBERS, "Content-Encoding: gzip"), _BIG),
    "brotli-bomb": (page(bombs.BROTLI_BOMB, "Content-Encoding: br"), _CODED),
    "zstd-bomb": (page(bombs.ZSTD_BOMB, "Content-Encoding: zstd"), _CODED),
    "gzip-twice": (page(bombs.GZIP_BOMB, "Content-Encoding: gzip, gzip"), _CODED),
    "gzip-unsaid": (page(gzip.compress(_OTHER_PAGE)), Reason.NOT_HTML),
    "gzip-untrue": (sending(lambda body: whole(body, "Content-Encoding: gzip")), _BAD),
    "gzip-cut": (
        sending(lambda body: whole(gzip.compress(body)[:-99], "Content-Encoding: gzip")), _BAD
    ),
    # what has no end
    "endless-body": (repeating(head("200 OK", "Connection: close"), _BLOCK), _BIG),
    "endless-chunks": (
        repeating(head("200 OK", "Transfer-Encoding: chunked"), b"10000\r\n" + _BLOCK + b"\r\n"), _BIG
    ),
    "endless-header": (repeating(b"HTTP/1.1 200 OK\r\nX-A: ", _BLOCK), _BAD),
    "endless-hints": (repeating(b"", head("103 Early Hints"), 0.01), _LATE),
    # headers and charsets
    "nul-in-a-header": (sending(lambda body: whole(body, "X-A: a\0b")), _BAD),
    "control-in-a-header": (sending(lambda body: whole(body, "X-A: \x1b[31mred")), None),
    "no-http": (sending(lambda _body: b"\x16\x03\x01\x02\x00 no HTTP\r\n\r\n"), _BAD),
    "cookies": (sending(lambda body: whole(body, *["Set-Cookie: a=b; Path=/"] * 90)), None),
    "charset-unknown": (
        sending(lambda body: whole(body, content_type="text/html; charset=x-none")), None
    ),
    "charset-untrue": (
        sending(lambda body: whole(body, content_type="text/html; charset=windows-1256")), None
    ),
    "charset-utf-7": (sending(lambda body: whole(body, content_type="text/html; charset=utf-7")), None),
    # 200, and yet no story
    "200-error-page": (page(_ERROR_PAGE), Reason.ERROR_PAGE),
    "200-gateway-page": (page(_GATEWAY_PAGE), Reason.ERROR_PAGE),
    "200-empty": (page(b""), Reason.EMPTY_BODY),
    "200-plain": (page(b"Service Unavailable", content_type="text/plain"), Reason.NOT_HTML),
    "200-json": (page(b'{"error": 503}', content_type="application/json"), Reason.NOT_HTML),
    "200-another-story": (page(_OTHER_PAGE), Reason.TOKEN_MISMATCH),
    "200-no-story": (page(b"<html><body><h1>Offers</h1><p>Buy.</p></body></html>"), Reason.NO_STORY),
}  # fmt: skip
STORY_FAULTS = tuple(
    Fault(name=name, play=play, reason=reason) for name, (play, reason) in _STORY_FAULTS.items()
)


def feed_faults(elsewhere: str) -> tuple[Fault, ...]:
    """What can be wrong with a feed; `elsewhere` is an address of another site, for entities."""
    xml = "text/xml"
    plays: dict[str, tuple[Play, Reason]] = {
        "feed-of-50-mb": (page(bombs.endless_feed(50 << 20), content_type=xml), _BIG),
        "entity-bomb": (page(bombs.ENTITY_BOMB, content_type=xml), Reason.NOT_A_FEED),
        "quadratic-bomb": (page(bombs.QUADRATIC_BOMB, content_type=xml), Reason.NOT_A_FEED),
        "external-entities": (
            page(bombs.external_entities(elsewhere), content_type=xml), Reason.NOT_A_FEED
        ),
        "feed-cut": (
            sending(lambda body: whole(body[:200], content_type=xml)), Reason.NOT_A_FEED
        ),
        "feed-bomb": (page(bombs.GZIP_BOMB, "Content-Encoding: gzip", content_type=xml), _BIG),
        "feed-is-html": (page(_ERROR_PAGE), Reason.NOT_A_FEED),
    }  # fmt: skip
    return tuple(Fault(name=name, play=play, reason=why) for name, (play, why) in plays.items())
