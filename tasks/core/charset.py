"""Which characters the bytes of a page or a feed stand for, whatever its header claims."""

import codecs
import re

from tasks.core.rejects import PageRefusedError, Reason

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# In a header, in a `meta` element, or in an XML declaration.
_LABEL = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)  # what is commented out names nothing
_HEAD_BYTES = 4096  # a `meta` shall stand within the first kilobyte; on some pages it comes later

# The labels of the WHATWG encoding standard that a Middle Eastern site may carry. Browsers read
# "iso-8859-1" and "us-ascii" as windows-1252, so that is what pages so labelled are written in.
_CODECS = {
    "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252",
    "windows-1252": "cp1252", "cp1252": "cp1252",
    "windows-1256": "cp1256", "cp1256": "cp1256", "iso-8859-6": "iso8859-6",
    "windows-1254": "cp1254", "iso-8859-9": "cp1254", "windows-1251": "cp1251",
}  # fmt: skip

_ARABIC = re.compile(r"[\u0621-\u064a\u067e\u0686\u0698\u06af]")
_REPLACEMENT = "\ufffd"
_MAX_UNREADABLE = 0.02  # share of characters that no codec could read in what still counts as text
_MAX_NULS = 0.2  # a larger share of NUL bytes means two bytes a character


def decode(body: bytes, content_type: str | None) -> str:
    """The text of a body whose content coding is undone, without NUL characters.

    A byte-order mark decides; then bytes that are valid UTF-8 are UTF-8, whatever the header says,
    since other text of more than a few letters never is by chance; then the charset that the
    header or the body names; then windows-1256 or windows-1252, by the letters found. Bytes that
    mean nothing in the charset are U+FFFD. A `PageRefusedError` is `undecodable`.
    """
    text = decode_any(body, content_type)
    if text.count(_REPLACEMENT) > len(text) * _MAX_UNREADABLE:
        raise PageRefusedError(Reason.UNDECODABLE, "no charset makes text of these bytes")
    return text


def decode_any(body: bytes, content_type: str | None) -> str:
    """As `decode`, of whatever bytes there are."""
    return _decode(body, content_type).replace("\0", "")


def _decode(body: bytes, content_type: str | None) -> str:
    for mark, codec in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body.removeprefix(mark).decode(codec, "replace")
    nuls = body.count(0)
    if nuls > len(body) * _MAX_NULS:
        is_big_endian = body[::2].count(0) > nuls / 2
        return body.decode("utf-16-be" if is_big_endian else "utf-16-le", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
    broken = text.count(_REPLACEMENT)
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    if whole > broken:  # only a few bytes are broken, as on a page that was cut or joined
        return text
    header = (content_type or "").encode("ascii", "ignore")
    head = _COMMENT.sub(b"", body[:_HEAD_BYTES])
    for label in _LABEL.findall(header) + _LABEL.findall(head):
        name = label.decode("ascii").lower()
        if name in _CODECS:
            return body.decode(_CODECS[name], "replace")
    high_bytes = bytes(byte for byte in body if byte >= 0x80)  # noqa: PLR2004 - outside ASCII
    as_arabic = high_bytes.decode("cp1256", "replace")
    is_arabic = len(_ARABIC.findall(as_arabic)) > len(as_arabic) / 2
    return body.decode("cp1256" if is_arabic else "cp1252", "replace")
