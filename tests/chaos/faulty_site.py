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
FEED_SHARE = 0.4
"""Of the feeds that go wrong when they are asked first."""
LATENCY_SECONDS = 0.02
"""How long a sound response takes, so that several are in flight at once."""
SILENCE = "429-seconds"


class FaultySite(FakeSite):
    """A site that answers well in the end, and until then as it likes.

    Attributes:
        stories: the expected articles by their id.
        elsewhere: another port, which nobody may ever ask.
    """

    def __init__(
        self,
        recording: Recording,
        faults: dict[str, list[Fault]],
        stories: dict[int, dict[str, Any]],
        elsewhere: socket.socket,
    ) -> None:
        super().__init__(recording, faults, LATENCY_SECONDS)
        self.stories = stories
        self.elsewhere = elsewhere

    @property
    def silences(self) -> list[float]:
        """When the site asked to be left alone for a second."""
        return [self.visits[one.visit].at for one in self.played if one.fault.name == SILENCE]

    def was_asked_elsewhere(self) -> bool:
        """Whether anybody ever came to the other port."""
        self.elsewhere.setblocking(False)
        try:
            self.elsewhere.accept()[0].close()
        except BlockingIOError:
            return False
        return True


@contextmanager
def faulty_site(
    folder: Path, *, count: int, share: float, most: int, seed: int = 5
) -> Iterator[FaultySite]:
    """Build and serve a site.

    Args:
        folder: for its pages.
        count: stories.
        share: of the responses that go wrong, evenly of each kind.
        most: faults of one address, before it answers well.
        seed: another seed lets other stories go wrong.
    """
    facts = build_site(folder, count=count, page_kb=PAGE_KB)
    rows = [json.loads(line) for line in facts.articles.read_text().splitlines()]
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        address = f"http://127.0.0.1:{elsewhere.getsockname()[1]}"
        paths = [urlsplit(row["url"]).path for row in rows]
        feeds = [feed_path(name) for name in (*FEED_NAMES, ARABIC_FEED)]
        random = Random(seed)
        faults = _plan(paths, STORY_FAULTS, share, most, random)
        faults |= _plan(feeds, feed_faults(address), FEED_SHARE, 1, random)
        stories = {row["article_id"]: row for row in rows}
        with FaultySite(Recording(facts.warc), faults, stories, elsewhere) as site:
            yield site


def _plan(
    paths: Sequence[str], faults: Sequence[Fault], share: float, most: int, random: Random
) -> dict[str, list[Fault]]:
    """What goes wrong where: of all responses the share, so of one path any number of times."""
    kinds = cycle(random.sample(faults, len(faults)))
    planned: dict[str, list[Fault]] = defaultdict(list)
    for path in paths:
        while random.random() < share and len(planned[path]) < most:
            planned[path].append(next(kinds))
    return dict(planned)
