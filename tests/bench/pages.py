"""The pages of a wire, as the plain loops get them: in memory, decoded."""

from collections.abc import Iterator
from pathlib import Path

from tasks.adapters.warc.parsing import ArchivedRecord
from tasks.adapters.warc.reader import walk
from tasks.wire.coding import decode_body
from tasks.wire.menafn.addresses import story_id

_LONGEST_PAGE = 1 << 20


def story_pages(warc: Path) -> Iterator[bytes]:
    """The body of every story page of a wire, in its order."""
    for record in walk(warc):
        if isinstance(record, ArchivedRecord) and story_id(record.url):
            coding = dict(record.headers).get("Content-Encoding")
            yield decode_body(record.payload, coding, limit=_LONGEST_PAGE)
