"""Undoes the content coding of a body, within a bound on what comes out."""

import struct
import zlib

from tasks.core.rejects import PageRefusedError, Reason

# The `Accept-Encoding` that goes with every request: what the standard library undoes.
ACCEPTED = "gzip, deflate"

# Registered codings that can't be undone here. Any other name, such as utf-8, none or binary, is a
# server's mistake for another header and codes nothing.
_UNSUPPORTED = frozenset(
    {"br", "zstd", "compress", "exi", "pack200-gzip", "dcb", "dcz", "aes128gcm"}
)
_SUPPORTED = frozenset({"gzip", "deflate"})

# Of one gzip body. Each member copies what follows it; thousands of tiny ones would take hours.
_MAX_MEMBERS = 16
_GZIP_WINDOW = zlib.MAX_WBITS | 16
_GZIP_MAGIC = b"\x1f\x8b"
_ZLIB_METHOD = 8
# Coded bytes are spread evenly, so that these stand among the first hundreds of any coded body, and
# among those of no text but UTF-16.
_CONTROLS = frozenset({*range(32)} - set(b"\t\n\f\r"))
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE_BYTES = 1024


def decode_body(body: bytes, content_encoding: str | None, *, limit: int) -> bytes:
    """The body as it was before its content coding; `limit` is the most bytes that may come out.

    A `PageRefusedError` is `too-large` for more than `limit` bytes, `broken-transfer` for a stream
    that is cut or damaged, `unsupported-encoding` for a coding other than gzip and deflate, or for
    several on top of each other.
    """
    decoded = _decode(body, content_encoding, limit)
    if len(decoded) > limit:
        raise PageRefusedError(Reason.TOO_LARGE, f"more than {limit} bytes once decoded")
    return decoded


def decode_start(body: bytes, content_encoding: str | None, *, limit: int) -> bytes:
    """As `decode_body`, but the first `limit` bytes, of a body that may be cut short too."""
    codings = _codings(content_encoding)
    if body and len(codings) == 1 and codings[0] in _SUPPORTED:
        stream = zlib.decompressobj(_window(body, codings[0]))
        try:
            return stream.decompress(body, limit)
        except zlib.error as error:
            raise PageRefusedError(Reason.BROKEN_TRANSFER, f"damaged coding: {error}") from error
    return _decode(body, content_encoding, limit)[:limit]


def _decode(body: bytes, content_encoding: str | None, limit: int) -> bytes:
    codings = _codings(content_encoding)
    if not body or not (codings or body.startswith(_GZIP_MAGIC)):
        return body
    match codings:
        case [] | ["gzip"]:  # every member of it; like browsers, what follows is ignored
            parts: list[bytes] = []
            while limit >= 0 and (body.startswith(_GZIP_MAGIC) or not parts):
                if len(parts) == _MAX_MEMBERS:
                    raise PageRefusedError(
                        Reason.TOO_LARGE, f"more than {_MAX_MEMBERS} gzip members"
                    )
                part, body = _inflate(body, _GZIP_WINDOW, limit)
                parts.append(part)
                limit -= len(part)
            return b"".join(parts)
        case ["deflate"]:
            return _inflate(body, _window(body, "deflate"), limit)[0]
    shown = "".join(filter(str.isprintable, content_encoding or ""))[:100]
    raise PageRefusedError(
        Reason.UNSUPPORTED_ENCODING, f"content coding {shown!r}, accepted are {ACCEPTED!r}"
    )


def _codings(content_encoding: str | None) -> list[str]:
    names = [one.strip().lower().removeprefix("x-") for one in (content_encoding or "").split(",")]
    return [name for name in names if name in _SUPPORTED | _UNSUPPORTED]


def is_text(body: bytes) -> bool:
    """Whether a body is not coded, by its first bytes."""
    return body.startswith(_UTF_16) or _CONTROLS.isdisjoint(body[:_SAMPLE_BYTES])


def _window(body: bytes, coding: str) -> int:
    if coding == "gzip":
        return _GZIP_WINDOW
    # With zlib's two-byte header, as the standard has it, or without, as some servers send it.
    has_header = body[0] & 0x0F == _ZLIB_METHOD and int.from_bytes(body[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS


def _inflate(body: bytes, window: int, limit: int) -> tuple[bytes, bytes]:
    """What one compressed stream holds, a byte more than `limit` at most, and what follows it."""
    stream = zlib.decompressobj(window)
    try:
        decoded = stream.decompress(body, limit + 1)
    except zlib.error as error:
        raise PageRefusedError(Reason.BROKEN_TRANSFER, f"damaged coding: {error}") from error
    if len(decoded) <= limit and not (stream.eof or _lacks_only_trailer(stream, window, decoded)):
        raise PageRefusedError(Reason.BROKEN_TRANSFER, "the coded body ends before its end mark")
    return decoded, stream.unused_data


def _lacks_only_trailer(stream: "zlib._Decompress", window: int, decoded: bytes) -> bool:
    """Whether all of the text came out, and no more than its checksum is cut, as browsers allow."""
    trailer = struct.pack(">L", zlib.adler32(decoded))
    if window == _GZIP_WINDOW:
        trailer = struct.pack("<LL", zlib.crc32(decoded), len(decoded))
    for sent in range(len(trailer)):
        rest = stream.copy()
        try:
            rest.decompress(trailer[sent:])
        except zlib.error:
            continue
        if rest.eof:
            return True
    return False
