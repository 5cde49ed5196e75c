"""One response record of a WARC file, taken apart."""

from dataclasses import dataclass
from datetime import UTC, datetime

from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from tasks.wire.reject import PageRefusedError, Reason

MAX_RECORD_BYTES = 64 << 20
"""Longer records, films in other people's archives, are passed over."""
BLOCK_BYTES = 1 << 16
UNREADABLE = (EOFError, ArchiveLoadFailed, StatusAndHeadersParserException)
"""What warcio raises over a record that makes no sense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedRecord:
    """One response record of a WARC file.

    Attributes:
        offset: byte at which the record starts in its file.
        capture_id: the UUID of its `WARC-Record-ID`.
        url: its `WARC-Target-URI`.
        fetched_at: its `WARC-Date` (UTC); `None` where it can't be read.
        protocol: the version of HTTP that its status line names.
        status: the HTTP status.
        phrase: the words after the status.
        headers: the HTTP headers in their order.
        payload: the body as sent, its content coding not undone.
    """

    offset: int
    capture_id: str
    url: str
    fetched_at: datetime | None
    protocol: str
    status: int
    phrase: str
    headers: tuple[tuple[str, str], ...]
    payload: bytes

    def header(self, name: str) -> str | None:
        """The first value of a header, `None` where there is none; the name in lower case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


class _HeadersParser(StatusAndHeadersParser):  # type: ignore[misc]
    """Headers are bytes; read as Latin-1, each byte is a character and none is lost."""

    @staticmethod
    def decode_header(line: bytes) -> str:
        return line.decode("latin-1")


# Headers of HTTP are parsed here: the loader trips over a torn record that names no address.
_HTTP_HEADERS = _HeadersParser([], verify=False)


def is_answer(record: ArcWarcRecord) -> bool:
    """Whether it holds an HTTP response; some archives keep those of the name service too."""
    return record.rec_type == "response" and address_of(record).startswith(("http://", "https://"))


def address_of(record: ArcWarcRecord) -> str:
    """Its `WARC-Target-URI`, empty where there is none."""
    return record.rec_headers.get_header("WARC-Target-URI") or ""


def parse_answer(record: ArcWarcRecord, offset: int, limit: int) -> ArchivedRecord:
    """The answer in a record, whole; one that isn't must not pass for a short one.

    Args:
        record: as warcio loads it, its HTTP headers not parsed.
        offset: byte at which it starts.
        limit: most bytes of payload.

    Returns:
        The answer; nothing of the record is left unread.

    Raises:
        PageRefusedError: `too-large`, or `broken-transfer` for what is no sound response record.
        EOFError: it has no HTTP headers; see `UNREADABLE` for more of that kind.
    """
    if record.length is None or not is_answer(record):
        raise damaged(offset, f"a {record.rec_type} record without an answer")
    warc, http = record.rec_headers, _HTTP_HEADERS.parse(record.raw_stream)
    is_chunked = http.get_header("transfer-encoding", "").lower() == "chunked"
    stream = ChunkedDataReader(record.raw_stream) if is_chunked else record.raw_stream
    payload = stream.read(limit + 1)
    if len(payload) > limit:
        raise PageRefusedError(Reason.TOO_LARGE, f"more than {limit} bytes in the archive")
    require_all(record, offset)
    return ArchivedRecord(
        offset=offset,
        capture_id=_uuid(warc.get_header("WARC-Record-ID", "")),
        url=address_of(record),
        fetched_at=_instant(warc.get_header("WARC-Date", "")),
        protocol=http.protocol,
        status=_status(http.get_statuscode(), offset),
        phrase=http.statusline.partition(" ")[2],
        headers=tuple(http.headers),
        payload=payload,
    )


def require_all(record: ArcWarcRecord, offset: int) -> None:
    """Reads what is left of a record.

    Raises:
        PageRefusedError: `broken-transfer`, because the file ends before the record does.
    """
    while record.raw_stream.read(BLOCK_BYTES):
        pass
    if record.raw_stream.tell() != record.length:
        raise damaged(offset, f"{record.raw_stream.tell()} of {record.length} bytes are there")


def damaged(offset: int, why: str) -> PageRefusedError:
    """What is raised over a record that can't be read."""
    return PageRefusedError(
        Reason.BROKEN_TRANSFER, f"the archive's record at byte {offset} is damaged: {why[:200]}"
    )


def _status(text: str, offset: int) -> int:
    if not (text.isascii() and text.isdigit()):
        raise damaged(offset, f"its status is {text[:20]!r}")
    return int(text)


def _uuid(record_id: str) -> str:
    """`<urn:uuid:…>` without its wrapping; ids of other kinds as they are."""
    return record_id.strip("<>").removeprefix("urn:uuid:")


def _instant(warc_date: str) -> datetime | None:
    try:
        return datetime.fromisoformat(warc_date).astimezone(UTC)
    except ValueError:
        return None
