"""The client that answers from archived responses, without network and delays."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from itertools import chain
from operator import attrgetter

from tasks.core.records import Capture, FetchFailure, Response
from tasks.core.rejects import Reason
from tasks.core.settings import Settings
from tasks.http.client import Client, Request
from tasks.http.robots import ROBOTS_URL

_NO_RESPONSE = FetchFailure(reason=Reason.NO_CONNECTION, detail="the archive has no response")


class ReplayClient(Client):
    """The site as it was archived: each response is returned once, in the archive's order."""

    def __init__(
        self, settings: Settings, captures: Iterable[Capture], read: Callable[[Capture], Response]
    ) -> None:
        """Index a file's responses, which `read` gets; the settings are of the run that made it."""
        super().__init__(settings)
        self.unanswered: set[str] = set()  # requested, and without a response in the archive
        self._read = read
        self._waiting: dict[str, deque[Capture]] = defaultdict(deque)
        for capture in captures:
            self._waiting[capture.url].append(capture)

    @property
    def has_listings(self) -> bool:
        """Whether the archive holds anything but stories and robots.txt."""
        return any(
            queue and queue[0].article_id is None and url != ROBOTS_URL
            for url, queue in self._waiting.items()
        )

    def remaining_captures(self) -> list[Capture]:
        """Those of responses that nothing has requested, in the archive's order."""
        left = chain.from_iterable(self._waiting.values())
        return sorted(left, key=attrgetter("warc_offset"))

    async def exchange(self, request: Request) -> tuple[Response, Capture] | FetchFailure:
        waiting = self._waiting[request.url]
        if not waiting:
            self.unanswered.add(request.url)
            return _NO_RESPONSE
        capture = waiting.popleft()
        return self._read(capture), capture

    def retry_delay(self, url: str, _failure: FetchFailure, _number: int, /) -> float | None:
        """No time at all: the run retried where the archive has another response."""
        return 0.0 if self._waiting[url] else None
