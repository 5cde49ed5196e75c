"""The pages of a wire, as the plain loops and the reader get them: in memory, decoded."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tasks.archive.reader import WarcScan
from tasks.core.content_encoding import decode_body
from tasks.core.records import OK
from tasks.core.urls import story_id
from tasks.duplicates.minhash import signature
from tests.unit.pages.page_builders import read

_LONGEST_PAGE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """One story's page.

    Attributes:
        article_id: the story.
        body: its bytes, decoded.
    """

    article_id: int
    body: bytes


def story_pages(warc: Path) -> Iterator[StoryPage]:
    """Every story page of a wire, in its order; redirects to it are no pages."""
    for record in WarcScan(warc):
        if record.status != OK:
            continue
        if article_id := story_id(record.url):
            coding = dict(record.headers).get("Content-Encoding")
            body = decode_body(record.body, coding, limit=_LONGEST_PAGE)
            yield StoryPage(article_id=article_id, body=body)


def read_story(page: StoryPage) -> tuple[int, ...]:
    """What a worker makes of a page: its article, and of that the signature of its text."""
    return signature(read(page.body, article_id=page.article_id).body)
