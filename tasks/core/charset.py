"""Which characters a page's bytes stand for, whatever its header claims."""

import codecs
import re

from tasks.core.rejects import PageRefusedError, Reason

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
"""A `meta` that names the charset stands within the first kilobyte; some pages open later."""

# The labels of the WHATWG encoding standard that a Middle Eastern site may carry. Browsers read
# "iso-8859-1" and "us-ascii" as windows-1252, so that is what pages so labelled are written in.
_CODECS = {
    "utf-8": "utf-8", "utf8": "utf-8",
    "utf-16": "utf-16-le", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
    "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252",
    "windows-1252": "cp1252", "cp1252": "cp1252",
    "windows-1256": "cp1256", "cp1256": "cp1256", "iso-8859-6": "iso8859-6",
    "windows-1254": "cp1254", "iso-8859-9": "cp1254", "windows-1251": "cp1251",
}  # fmt: skip

_ARABIC = re.compile(r"[\u0621-\u064a\u067e\u0686\u0698\u06af]")
_REPLACEMENT = "\ufffd"
_MOST_UNREADABLE = 0.02
"""Largest share of characters that no codec could read in what still counts as text."""
_MOST_NULS = 0.2
"""A larger share of NUL bytes means two bytes a character."""


def decode(body: bytes, content_type: str | None) -> str:
    """The text of a page.

    A byte-order mark decides; then bytes that are valid UTF-8 are UTF-8, whatever the header
    says, for no other text of more than a few letters passes for it by chance; then the charset
    that the header or a `meta` names; then windows-1256 or windows-1252, by the letters found.

    Args:
        body: the page as sent, its content coding undone.
        content_type: the `Content-Type` header.

    Returns:
        The text without NUL characters; bytes that mean nothing in the charset are U+FFFD.

    Raises:
        PageRefusedError: `undecodable`, if no charset makes text of the bytes.
    """
    for mark, codec in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return _checked(body.removeprefix(mark).decode(codec, "replace"))
    if body.count(0) > len(body) * _MOST_NULS:
        return _checked(body.decode(_two_byte_codec(body), "replace"))
    try:
        return _checked(body.decode("utf-8"))
    except UnicodeDecodeError:
        return _checked(_decode_other(body, _declared_codecs(body, content_type)))


def _checked(text: str) -> str:
    text = text.replace("\0", "")
    if text.count(_REPLACEMENT) > len(text) * _MOST_UNREADABLE:
        raise PageRefusedError(Reason.UNDECODABLE, "no charset makes text of these bytes")
    return text


def _two_byte_codec(body: bytes) -> str:
    even = body[::2].count(0)
    return "utf-16-be" if even > body.count(0) - even else "utf-16-le"


def _declared_codecs(body: bytes, content_type: str | None) -> list[str]:
    header = (content_type or "").encode("ascii", "ignore")
    labels = [*_CHARSET.findall(header), *_CHARSET.findall(body[:_HEAD_BYTES])]
    known = [_CODECS.get(label.decode("ascii").lower()) for label in labels]
    return [codec for codec in known if codec]


def _decode_other(body: bytes, declared: list[str]) -> str:
    """Text of bytes that are not valid UTF-8 throughout."""
    text = body.decode("utf-8", "replace")
    if _is_mostly_utf8(text):
        return text
    single = [codec for codec in declared if not codec.startswith("utf")]
    return body.decode(single[0] if single else _codec_by_letters(body), "replace")


def _is_mostly_utf8(text: str) -> bool:
    """Whether only a few bytes are broken, as on a page that was cut or stitched together."""
    broken = text.count(_REPLACEMENT)
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    return whole > broken


def _codec_by_letters(body: bytes) -> str:
    high_bytes = bytes(byte for byte in body if byte >= 0x80)  # noqa: PLR2004 - outside ASCII
    as_arabic = high_bytes.decode("cp1256", "replace")
    return "cp1256" if len(_ARABIC.findall(as_arabic)) > len(as_arabic) / 2 else "cp1252"
