"""A wire of a dozen stories on loopback, any address of which a test can make misbehave."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tasks.archive.sample_site import LoopbackServer, RecordedResponse, Recording
from tests.site.build import build_site

STORIES = 12


@dataclass(kw_only=True)
class SmallWire:
    """The wire, and what it answers instead of what it should.

    Attributes:
        recording: what it should answer.
        story_paths: the paths of its stories, as its feeds link them.
        instead: answers by path and query that a test has put in their place.
        server: where it is served; its log says what was asked.
    """

    recording: Recording
    story_paths: tuple[str, ...]
    instead: dict[str, RecordedResponse] = field(default_factory=dict)
    server: LoopbackServer = field(init=False)

    def answer(self, path: str) -> RecordedResponse | None:
        """The answer to one path and query."""
        return self.instead.get(path) or self.instead.get("*") or self.recording.response(path)


@contextmanager
def small_wire(folder: Path) -> Iterator[SmallWire]:
    """Build and serve a wire of ordinary stories, listed in its feeds."""
    facts = build_site(folder, count=STORIES)
    rows = [json.loads(line) for line in facts.articles.read_text().splitlines()]
    paths = tuple(urlsplit(row["url"]).path for row in rows)
    wire = SmallWire(recording=Recording(facts.warc), story_paths=paths)
    with LoopbackServer(wire.answer) as wire.server:
        yield wire


def response(
    status: int, body: bytes = b"", content_type: str = "text/html; charset=utf-8"
) -> RecordedResponse:
    """An answer of a test's own."""
    headers = (("Content-Type", content_type),)
    return RecordedResponse(status=status, phrase="", headers=headers, body=body)
