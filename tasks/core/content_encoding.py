"""Undoes the content coding of a body, within a bound on what comes out."""

import zlib

from tasks.core.rejects import PageRefusedError, Reason

# The `Accept-Encoding` that goes with every request: what the standard library undoes.
ACCEPTED = "gzip, deflate"

# Of one gzip body. Each member copies what follows it; thousands of tiny ones would take hours.
_MAX_MEMBERS = 16
_GZIP_WINDOW = zlib.MAX_WBITS | 16
_GZIP_MAGIC = b"\x1f\x8b"
_ZLIB_METHOD = 8


def decode_body(body: bytes, content_encoding: str | None, *, limit: int) -> bytes:
    """The body as it was before its content coding; `limit` is the most bytes that may come out.

    Raises:
        PageRefusedError: `too-large` for more than `limit` bytes, `broken-transfer` for a stream
            that is cut or damaged, `unsupported-encoding` for a coding other than gzip, deflate
            and identity, or for several on top of each other.
    """
    names = [name.strip().lower() for name in (content_encoding or "").split(",")]
    codings = [name.removeprefix("x-") for name in names if name not in ("", "identity")]
    if not codings or (codings in (["gzip"], ["deflate"]) and not body):
        decoded = body
    elif codings == ["gzip"]:
        decoded = _from_gzip(body, limit)
    elif codings == ["deflate"]:
        # With zlib's two-byte header, as the standard has it, or without, as some servers send it.
        has_header = body[0] & 0x0F == _ZLIB_METHOD and int.from_bytes(body[:2], "big") % 31 == 0
        decoded, _ = _inflate(body, zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS, limit)
    else:
        shown = "".join(filter(str.isprintable, content_encoding or ""))[:100]
        raise PageRefusedError(
            Reason.UNSUPPORTED_ENCODING, f"content coding {shown!r}, accepted are {ACCEPTED!r}"
        )
    if len(decoded) > limit:
        raise PageRefusedError(Reason.TOO_LARGE, f"more than {limit} bytes once decoded")
    return decoded


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
        if room < 0:
            break
    return b"".join(parts)


def _inflate(body: bytes, window: int, limit: int) -> tuple[bytes, bytes]:
    """What one compressed stream holds, a byte more than `limit` at most, and what follows it."""
    stream = zlib.decompressobj(window)
    try:
        decoded = stream.decompress(body, limit + 1)
    except zlib.error as error:
        raise PageRefusedError(Reason.BROKEN_TRANSFER, f"damaged coding: {error}") from error
    if len(decoded) <= limit and not stream.eof:
        raise PageRefusedError(Reason.BROKEN_TRANSFER, "the coded body ends before its end mark")
    return decoded, stream.unused_data
