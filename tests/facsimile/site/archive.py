"""Writes answers into a WARC file that comes out the same, byte for byte, every time."""

import gzip
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.facsimile.site.answers import Answer

CAPTURED_AT = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
"""When the first answer of every wire is said to have been captured."""


class WireArchive:
    """A WARC 1.1 file of responses, gzip record by record; use it as a context manager.

    Record ids are derived from name and number of a record, dates from its number.

    Attributes:
        written: records so far.
    """

    def __init__(self, path: Path, *, level: int = 6) -> None:
        self.written = 0
        self._path = path
        self._level = level
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._path.open("wb")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, answer: Answer) -> None:
        """Appends one response record."""
        if self._file is None:
            raise ValueError("the archive is not open")
        captured_at = CAPTURED_AT + timedelta(milliseconds=350 * self.written)
        record_id = uuid5(NAMESPACE_URL, f"{self._path.name}#{self.written}#{answer.url}")
        plain = BytesIO()
        writer = WARCWriter(plain, gzip=False, warc_version="WARC/1.1")
        writer.write_record(
            writer.create_warc_record(
                answer.url,
                "response",
                payload=BytesIO(answer.body),
                length=len(answer.body),
                warc_headers_dict={
                    "WARC-Record-ID": f"<urn:uuid:{record_id}>",
                    "WARC-Date": f"{captured_at:%Y-%m-%dT%H:%M:%SZ}",
                },
                http_headers=StatusAndHeaders(
                    answer.status_line, list(answer.headers), protocol="HTTP/1.1"
                ),
            )
        )
        self._file.write(gzip.compress(plain.getvalue(), compresslevel=self._level, mtime=0))
        self.written += 1
