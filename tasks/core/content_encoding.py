"""Undoes the content coding of a body, within a bound on what comes out."""

import zlib
from collections.abc import Callable

from tasks.core.rejects import PageRefusedError, Reason

ACCEPTED = "gzip, deflate"
"""The `Accept-Encoding` that goes with every request: what the standard library undoes."""

_MAX_MEMBERS = 16
"""Of one gzip body. Each member copies what follows it; thousands of tiny ones would take hours."""
_GZIP_WINDOW = zlib.MAX_WBITS | 16
_GZIP_MAGIC = b"\x1f\x8b"
_ZLIB_METHOD = 8


def decode_body(body: bytes, content_encoding: str | None, *, limit: int) -> bytes:
    """The body as it was before its content coding.

    Args:
        body: the body as sent.
        content_encoding: the `Content-Encoding` header, `None` where there was none.
        limit: most bytes that may come out.

    Returns:
        The decoded body; the body itself where it was not coded.

    Raises:
        PageRefusedError: `too-large` for more than `limit` bytes, `broken-transfer` for a stream
            that is cut or damaged, `unsupported-encoding` for a coding other than gzip, deflate
            and identity, or for several on top of each other.
    """
    coding = _coding(content_encoding)
    decoded = _DECODERS[coding](body, limit) if body else body
    if len(decoded) > limit:
        raise _too_large(limit)
    return decoded


def _coding(content_encoding: str | None) -> str:
    named = [name.strip().lower() for name in (content_encoding or "").split(",")]
    codings = [name.removeprefix("x-") for name in named if name not in ("", "identity")]
    if not codings:
        return "identity"
    if len(codings) > 1 or codings[0] not in _DECODERS:
        shown = "".join(filter(str.isprintable, content_encoding or ""))[:100]
        raise PageRefusedError(
            Reason.UNSUPPORTED_ENCODING, f"content coding {shown!r}, asked for was {ACCEPTED!r}"
        )
    return codings[0]


def _as_sent(body: bytes, _limit: int) -> bytes:
    return body


def _from_gzip(body: bytes, limit: int) -> bytes:
    """Every member of a gzip stream; like browsers, it ignores what follows and is none."""
    parts: list[bytes] = []
    rest, room = body, limit
    while rest.startswith(_GZIP_MAGIC) or not parts:
        if len(parts) == _MAX_MEMBERS:
            raise PageRefusedError(Reason.TOO_LARGE, f"more than {_MAX_MEMBERS} gzip members")
        part, rest = _inflate(rest, _GZIP_WINDOW, room)
        parts.append(part)
        room -= len(part)
    return b"".join(parts)


def _from_deflate(body: bytes, limit: int) -> bytes:
    """With zlib's two-byte header, as the standard has it, or without, as some servers send it."""
    has_header = (
        len(body) > 1
        and body[0] & 0x0F == _ZLIB_METHOD
        and int.from_bytes(body[:2], "big") % 31 == 0
    )
    return _inflate(body, zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS, limit)[0]


def _inflate(body: bytes, window: int, limit: int) -> tuple[bytes, bytes]:
    """What one compressed stream holds, and what follows it."""
    stream = zlib.decompressobj(window)
    try:
        decoded = stream.decompress(body, limit + 1)
    except zlib.error as error:
        raise PageRefusedError(Reason.BROKEN_TRANSFER, f"damaged coding: {error}") from error
    if len(decoded) > limit:
        raise _too_large(limit)
    if not stream.eof:
        raise PageRefusedError(Reason.BROKEN_TRANSFER, "the coded body ends before its end mark")
    return decoded, stream.unused_data


def _too_large(limit: int) -> PageRefusedError:
    return PageRefusedError(Reason.TOO_LARGE, f"more than {limit} bytes once decoded")


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "identity": _as_sent,
    "gzip": _from_gzip,
    "deflate": _from_deflate,
}
