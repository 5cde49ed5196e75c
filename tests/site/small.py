"""A site of a dozen ordinary stories, any address of which a test can make misbehave."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tasks.archive.sample_site import RecordedResponse, Recording
from tests.site.build import build_site
from tests.site.server import FakeSite

STORIES = 12


class SmallSite(FakeSite):
    """The served site; `story_paths` are the paths of its stories, as its feeds link them."""

    def __init__(self, recording: Recording, story_paths: tuple[str, ...]) -> None:
        super().__init__(recording)
        self.story_paths = story_paths


@contextmanager
def small_site(folder: Path) -> Iterator[SmallSite]:
    """Build and serve the site; its stories stand in its feeds."""
    facts = build_site(folder, count=STORIES)
    rows = [json.loads(line) for line in facts.articles.read_text().splitlines()]
    paths = tuple(urlsplit(row["url"]).path for row in rows)
    with SmallSite(Recording(facts.warc), paths) as site:
        yield site


def response(
    status: int, body: bytes = b"", content_type: str = "text/html; charset=utf-8"
) -> RecordedResponse:
    """A response of a test's own."""
    headers = (("Content-Type", content_type),)
    return RecordedResponse(status=status, phrase="", headers=headers, body=body)
