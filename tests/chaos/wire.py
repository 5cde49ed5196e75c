"""A recorded wire of which a share of the answers goes wrong, in every way there is."""

import asyncio
import json
import socket
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

from tasks.archive.sample_site import RecordedResponse, Recording
from tests.chaos.faults import STORY_FAULTS, Fault, feed_faults, give
from tests.site.build import build_site
from tests.site.feeds import ARABIC_FEED, FEED_NAMES, feed_path
from tests.unit.http.hostile_site import HostileWire, Visit

PAGE_KB = (31, 40)
FEED_SHARE = 0.4
"""Of the feeds that go wrong when they are asked first."""
LATENCY_SECONDS = 0.02
"""How long a sound answer takes, so that several are in flight at once."""
SILENCE = "429-seconds"
_NOT_FOUND = RecordedResponse(status=404, phrase="Not Found", headers=(), body=b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One fault that the wire played.

    Attributes:
        path: what was asked for.
        fault: what it got.
        visit: its place among all visits.
    """

    path: str
    fault: Fault
    visit: int


@dataclass(kw_only=True)
class FaultyWire:
    """A wire that answers well in the end, and until then as it likes.

    Attributes:
        stories: the expected articles by their id.
        to_come: by path, the faults that are played before a sound answer is given.
        played: the faults so far.
        silences: when the wire asked to be left alone for a second.
        server: where it listens; its `visits` say who asked when.
        elsewhere: another port, which nobody may ever ask.
    """

    stories: dict[int, dict[str, Any]]
    to_come: dict[str, list[Fault]]
    recording: Recording
    elsewhere: socket.socket
    played: list[Played] = field(default_factory=list)
    silences: list[float] = field(default_factory=list)
    server: HostileWire = field(init=False)
    _chained: dict[str, Fault] = field(default_factory=dict)

    async def answer(self, visit: Visit) -> None:
        """One answer; further hops of a chain of redirects are that chain's."""
        path, _, hop = visit.path.partition("?hop=")
        sound = self.recording.response(path) or _NOT_FOUND
        if hop:
            await self._chained[path].play(visit, sound)
        elif waiting := self.to_come.get(path):
            fault = self._chained[path] = waiting.pop(0)
            place = len(self.server.visits) - 1
            self.played.append(Played(path=path, fault=fault, visit=place))
            if fault.name == SILENCE:
                self.silences.append(visit.at)
            await fault.play(visit, sound)
        else:
            await asyncio.sleep(LATENCY_SECONDS)
            await give(visit, sound)

    def was_asked_elsewhere(self) -> bool:
        """Whether anybody ever came to the other port."""
        self.elsewhere.setblocking(False)
        try:
            self.elsewhere.accept()[0].close()
        except BlockingIOError:
            return False
        return True


@contextmanager
def faulty_wire(
    folder: Path, *, count: int, share: float, most: int, seed: int = 5
) -> Iterator[FaultyWire]:
    """Build and serve a wire.

    Args:
        folder: for its pages.
        count: stories.
        share: of the answers that go wrong, evenly of each kind.
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
        to_come = _planned(paths, STORY_FAULTS, share, most, random)
        to_come |= _planned(feeds, feed_faults(address), FEED_SHARE, 1, random)
        wire = FaultyWire(
            stories={row["article_id"]: row for row in rows},
            to_come=to_come,
            recording=Recording(facts.warc),
            elsewhere=elsewhere,
        )
        with HostileWire(wire.answer) as wire.server:
            yield wire


def _planned(
    paths: Sequence[str], faults: Sequence[Fault], share: float, most: int, random: Random
) -> dict[str, list[Fault]]:
    """What goes wrong where: of all answers the share, so of one path any number of times."""
    kinds = cycle(random.sample(faults, len(faults)))
    planned: dict[str, list[Fault]] = defaultdict(list)
    for path in paths:
        while random.random() < share and len(planned[path]) < most:
            planned[path].append(next(kinds))
    return dict(planned)
