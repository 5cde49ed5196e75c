"""A fake site of which a share of the responses goes wrong, in every way there is."""

import json
import socket
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

from tasks.archive.sample_site import Recording
from tests.site.build import build_site
from tests.site.faults import STORY_FAULTS, feed_faults
from tests.site.feeds import ARABIC_FEED, FEED_NAMES, feed_path
from tests.site.server import FakeSite, Fault

PAGE_KB = (31, 40)
FEED_SHARE = 0.4  # of the feeds fail at the first request
LATENCY_SECONDS = 0.02  # of a sound response, so that several are in flight at once


class FaultySite(FakeSite):
    """A site that responds well in the end; `stories` are the expected articles by their id."""

    def __init__(
        self,
        recording: Recording,
        faults: dict[str, list[Fault]],
        stories: dict[int, dict[str, Any]],
        other_port: socket.socket,
    ) -> None:
        super().__init__(recording, faults, LATENCY_SECONDS)
        self.stories = stories
        self._other_port = other_port

    def was_other_port_used(self) -> bool:
        """Whether anybody connected to the port that only the faults name."""
        self._other_port.setblocking(False)
        try:
            self._other_port.accept()[0].close()
        except BlockingIOError:
            return False
        return True


@contextmanager
def faulty_site(
    folder: Path, *, count: int, share: float, max_faults: int, seed: int = 5
) -> Iterator[FaultySite]:
    """Build and serve a site of so many stories.

    The share of its responses goes wrong, evenly of each kind, and no address more than
    `max_faults` times before it responds well.
    """
    facts = build_site(folder, count=count, page_kb=PAGE_KB)
    stories = [json.loads(line) for line in facts.articles.read_text().splitlines()]
    with socket.create_server(("127.0.0.1", 0)) as other_port:
        address = f"http://127.0.0.1:{other_port.getsockname()[1]}"
        paths = [urlsplit(story["url"]).path for story in stories]
        feeds = [feed_path(name) for name in (*FEED_NAMES, ARABIC_FEED)]
        random = Random(seed)
        faults = _plan(paths, STORY_FAULTS, share, max_faults, random)
        faults |= _plan(feeds, feed_faults(address), FEED_SHARE, 1, random)
        by_id = {story["article_id"]: story for story in stories}
        with FaultySite(Recording(facts.warc), faults, by_id, other_port) as site:
            yield site


def _plan(
    paths: Sequence[str], faults: Sequence[Fault], share: float, max_faults: int, random: Random
) -> dict[str, list[Fault]]:
    kinds = cycle(random.sample(faults, len(faults)))
    planned: dict[str, list[Fault]] = defaultdict(list)
    for path in paths:
        while random.random() < share and len(planned[path]) < max_faults:
            planned[path].append(next(kinds))
    return dict(planned)
